"""A track's terms in one or two sentences: what is on the table, in whose words, and what each party demands, offers or refuses."""

from typing import Any

import pandas as pd

from analysis.claims.words import join_words
from analysis.prose import Phrase, Sentence
from analysis.topics import negotiations
from analysis.topics.positions import ON_THE_TABLE, words_with_quantity
from analysis.topics.register import SETTLED
from analysis.topics.selection import term_statuses
from analysis.wording.agreement import is_plural
from analysis.wording.figures import with_article
from analysis.wording.phrases import Part, list_of, quoted, sentence, text_of
from analysis.wording.situation import Situation

MOST_TERMS = 5  # of one holder; the matrix has them all
VERBS = {"demanded": ("demands", "demand"), "offered": ("offers", "offer"), "accepted": ("accepts", "accept"),
         "opposed": ("opposes", "oppose")}  # fmt: skip
# Where terms without a holder stand: once a deal is made, older drafts are no longer on the table.
OPEN = ("proposed", "under_discussion", "rejected")
TABLED, IN_THE_TEXT = "on the table", "part of the deal"
# Conditions are told with the stance that they belong to.
LEFT_OUT = ("condition",)


def track_terms(situation: Situation, track: dict[str, Any]) -> list[Sentence]:
    """Sentences on a track's terms: those on the table by who reports them, then each party's own, quoted.

    Once a deal is agreed, what its parties demanded or refused before, and older drafts, are left to the matrix.
    """
    cells = negotiations.matrix(situation.facts, track["track"], situation.tracks)
    if cells.empty:
        return []
    cells = cells[~cells["term_type"].isin(LEFT_OUT)]
    own = cells[cells["party"].isin(track["parties"]) | (cells["position"] == "offered")]
    settled = track["status"] in SETTLED
    positions = ["accepted"] if settled else list(VERBS)
    terms = (
        situation.facts[situation.facts["kind"] == "term"].drop_duplicates("fact_id").set_index("fact_id", drop=False)
    )
    tabled = cells[cells["position"] == ON_THE_TABLE]
    told = (
        _on_the_table(tabled, terms[~term_statuses(terms).isin(OPEN)], IN_THE_TEXT)
        if settled
        else _on_the_table(tabled, terms, TABLED)
    )
    return [
        *told,
        *(found for position in positions for found in _held(own[own["position"] == position], terms, VERBS[position])),
    ]


def _on_the_table(cells: pd.DataFrame, terms: pd.DataFrame, where: str) -> list[Sentence]:
    """Terms without a holder, together by who reports or relays them; `where` says what they are part of."""
    by_source: dict[str, list[Phrase]] = {}
    for ids in cells["facts"]:
        for row in terms.loc[[name for name in ids if name in terms.index]].to_dict("records"):
            told = by_source.setdefault(_reporter(row), [])
            if len(told) < MOST_TERMS:
                told.append(term_words(row))
    found = []
    for source, told in by_source.items():
        head = f"according to {with_article(source)}, {where}: " if source else f"{where}, no source named: "
        found.append(sentence(head, *_listed(told), kind="reported"))
    return found


def _reporter(row: dict[str, Any]) -> str:
    relays = list_of(row, "relayed_by")
    return text_of(row, "asserted_by") or (join_words(relays) if relays else "")


def _held(cells: pd.DataFrame, terms: pd.DataFrame, verbs: tuple[str, str]) -> list[Sentence]:
    """What the parties demand, offer, accept or refuse; those of the same terms in one sentence."""
    by_terms: dict[tuple[str, ...], list[str]] = {}
    for party, own in cells.groupby("party", sort=False):
        ids = dict.fromkeys(name for names in own["facts"] for name in names if name in terms.index)
        if ids:
            by_terms.setdefault(tuple(ids)[:MOST_TERMS], []).append(with_article(str(party)))
    return [
        sentence(f"{join_words(names)} {verbs[len(names) > 1 or is_plural(names[0])]} ",
                 *_listed([term_words(row) for row in terms.loc[list(ids)].to_dict("records")]), kind="reported")
        for ids, names in by_terms.items()
    ]  # fmt: skip


def term_words(row: dict[str, Any]) -> Phrase:
    """A term in its document's words, with its quantity where those words leave it out.

    >>> term_words({"text": "The proposed ceasefire", "quantity": "less than a month", "fact_id": "t"}).text
    '“The proposed ceasefire … less than a month”'
    """
    return quoted(words_with_quantity(str(row["text"]), text_of(row, "quantity")), [row["fact_id"]])


def _listed(told: list[Phrase]) -> list[Part]:
    """Phrases as a list in prose."""
    unique = list({phrase.text: phrase for phrase in told}.values())
    parts: list[Part] = []
    for number, phrase in enumerate(unique):
        joint = "" if not number else " and " if number == len(unique) - 1 else ", "
        parts += [joint, phrase]
    return parts
