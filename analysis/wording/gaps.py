"""What is not known: sentences on what the documents leave open, the widest gap first."""

from collections.abc import Callable

import pandas as pd

from analysis.claims.words import join_words
from analysis.prose import Sentence
from analysis.topics import sources
from analysis.topics.selection import column, live, of_kind
from analysis.wording.figures import counted_words, with_article
from analysis.wording.phrases import Part, count_words, list_of, sentence, stated
from analysis.wording.situation import Situation, support, track_rows
from analysis.wording.talks import track_name

# Provisions that a halt is usually asked about; when nobody speaks of them that is worth a sentence.
EXPECTED = {"monitoring": "monitoring", "enforcement": "enforcement", "duration": "duration"}
NAMED = 3


def gaps(situation: Situation) -> list[Sentence]:
    """Sentences on what cannot be established from the documents known at the cut-off."""
    finders: tuple[Callable[[Situation], list[Sentence]], ...] = (
        _single_publisher, _undated, _no_originator, _alone, _no_window, _silent_parties, _missing_provisions, _no_next_contact,
    )  # fmt: skip
    return [found for finder in finders for found in finder(situation)]


def _single_publisher(situation: Situation) -> list[Sentence]:
    facts = live(situation.facts)
    if facts.empty:
        return [sentence("no document is held at this cut-off, so nothing is known")]
    publishers, _ = support(facts, list(facts["fact_id"]))
    if publishers > 1:
        return []
    documents = facts["doc_id"].nunique()
    text = f"all facts come from {count_words(documents, 'document')} of one publisher, so that no second one can confirm them"
    return [sentence(stated(text, facts["fact_id"].head(1)))]


def _undated(situation: Situation) -> list[Sentence]:
    facts = live(situation.facts)
    basis = column(facts, "published_basis")
    undated = facts[basis.isin(["inferred", "unknown"])]
    if undated.empty:
        return []
    number = undated["doc_id"].nunique()
    verb = "states" if number == 1 else "state"
    text = f"{count_words(number, 'document')} {verb} no day of publication, so days are inferred or missing"
    return [sentence(stated(text, undated["fact_id"].head(1)))]


def _tolls(situation: Situation) -> pd.DataFrame:
    figures = live(of_kind(situation.facts, "figure"))
    return (
        figures[figures["measure"].isin(["killed", "injured", "missing", "killed_or_missing"])]
        if len(figures)
        else figures
    )


def _no_originator(situation: Situation) -> list[Sentence]:
    tolls = _tolls(situation)
    rows = tolls[column(tolls, "asserted_by").isna() & column(tolls, "value_low").notna()].to_dict("records")
    return _listed(rows, "the document names nobody who counted ", "the documents name nobody who counted ")


def _listed(rows: list[dict], one: str, many: str, after: str = "") -> list[Sentence]:
    """Figures named in one sentence, each with its fact."""
    if not rows:
        return []
    shown = rows[:NAMED]
    phrases: list[Part] = [one if len(rows) == 1 else many]
    for number, row in enumerate(shown):
        joint = "" if not number else " or " if number == len(shown) - 1 else ", "
        phrases += [joint, stated(counted_words(row) + _where(row), [row["fact_id"]])]
    more = f" and {count_words(len(rows) - NAMED, 'other figure')}" if len(rows) > NAMED else ""
    return [sentence(*phrases, stated(more, [row["fact_id"] for row in rows[NAMED:]]), after)]


def _where(row: dict) -> str:
    return f" in {row['place']}" if isinstance(row.get("place"), str) else ""


def _alone(situation: Situation) -> list[Sentence]:
    """Tolls that rest on one originator."""
    tolls = _tolls(situation)
    alone = sources.single_source(tolls) if len(tolls) else tolls
    alone = alone[column(alone, "asserted_by").notna()]
    if alone.empty:
        return []
    names = join_words([with_article(name) for name in dict.fromkeys(alone["originator"])][:NAMED])
    number = len(alone)
    verb = "rests" if number == 1 else "rest"
    text = f"{count_words(number, 'count')} of casualties {verb} on one originator each"
    return [sentence(stated(text, alone["fact_id"]), f", among them counts of {names}" if number > 1 else f", {names}")]


def _no_window(situation: Situation) -> list[Sentence]:
    tolls = _tolls(situation)
    bare = tolls[column(tolls, "as_of").isna() & column(tolls, "period_start").isna()]
    if bare.empty:
        return []
    verb = "does not say" if len(bare) == 1 else "do not say"
    text = f"{count_words(len(bare), 'count')} of casualties {verb} from when to when it counts"
    return [sentence(stated(text if len(bare) == 1 else text.replace(" it counts", " they count"), bare["fact_id"]))]


def _silent_parties(situation: Situation) -> list[Sentence]:
    """Parties of whom no position on any provision is reported."""
    found = []
    for row in track_rows(situation):
        points = situation.points[row["track"]]
        silent = [
            party
            for party in row["parties"]
            if len(points) and points["silent"].map(lambda names, p=party: p in names).all()
        ]
        if silent:
            words = stated(
                f"no position of {join_words([with_article(name) for name in silent])}", list_of(row, "facts")[:1]
            )
            found.append(sentence(words, f" is reported on the {track_name(row)} track"))
    return found


def _missing_provisions(situation: Situation) -> list[Sentence]:
    """Provisions usually in a halt that no document mentions on a track."""
    found = []
    for row in track_rows(situation):
        mine = situation.facts[situation.facts["fact_id"].isin(row["facts"]) & (situation.facts["kind"] == "term")]
        missing = [words for name, words in EXPECTED.items() if name not in set(mine["term_type"])]
        if missing and len(mine):
            words = stated(f"nothing is reported on {join_words(missing)}", list(mine["fact_id"].head(1)))
            found.append(sentence(f"on the {track_name(row)} track ", words))
    return found


def _no_next_contact(situation: Situation) -> list[Sentence]:
    rows = [
        row for row in track_rows(situation) if not row.get("next_contact_date") and row.get("status") != "in_force"
    ]
    return [
        sentence(
            "no date of a next contact is reported on the ",
            stated(f"{track_name(row)} track", list_of(row, "facts")[:1]),
        )
        for row in rows
    ]
