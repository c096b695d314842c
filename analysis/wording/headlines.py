"""What is reported, on page 1: who leads, who is open to a deal in which words, each track's terms, the tolls, how people live.

Every point is composed from facts and attributed in its own sentences; the sections after page 1 hold the rest.
"""

from collections.abc import Iterable
from typing import Any

import pandas as pd

from analysis.prose import Phrase, Sentence
from analysis.topics import actors, humanitarian
from analysis.topics.matters import ON_DEAL
from analysis.topics.selection import column, is_missing
from analysis.wording.figures import figure_of_claim, figure_sentence, source_words, with_article
from analysis.wording.offers import track_terms
from analysis.wording.periods import event_period
from analysis.wording.phrases import Part, list_of, quoted, sentence, stated, text_of
from analysis.wording.situation import Situation, stands_at_table, track_rows
from analysis.wording.talks import contact_sentence, stance_sentence, track_sentence

MOST_LEADERS, MOST_TRACKS, MOST_COUNTS, MOST_CONDITIONS = 3, 3, 3, 2
# Stances that a reader must know in the speaker's own words, the weightiest first.
TOLD_STANCES = ("accepts", "conditionally_open", "rejects")
CHANGE_VERBS = {
    "appointed": "was appointed", "left office": "left office", "reported killed": "was killed", "reported detained": "was detained"
}  # fmt: skip
KINDS = (
    Phrase("How to read: a plain sentence says what the source named in it reports; one marked ◆ is established by two or more "
           "independent originators, as the documents tell; "),
    Sentence((Phrase("one in italics that begins with “We assess” is our own judgement."),), "assessed"),
)  # fmt: skip


def headlines(situation: Situation, figures: Iterable[dict[str, Any]] = ()) -> list[list[Sentence]]:
    """The points of page 1, each a list of sentences; `figures` are those of the strip above, whose numbers are not repeated."""
    shown = {name for figure in figures for name in figure["facts"]}
    points = [
        leader_sentences(situation.facts), stance_sentences(situation),
        *(track_sentences(situation, row) for row in track_rows(situation)[:MOST_TRACKS]),
        count_sentences(situation, shown), condition_sentences(situation.facts),
    ]  # fmt: skip
    return [point for point in points if point] or [[sentence("no document held at this cut-off reports on these")]]


def leader_sentences(facts: pd.DataFrame) -> list[Sentence]:
    """The last changes at the top, those of one publisher in one sentence."""
    rows = [row for row in actors.actor_changes(facts).to_dict("records") if row["change"] in CHANGE_VERBS]
    rows = sorted(rows, key=lambda row: row["date"] or "")[-MOST_LEADERS:]
    register = actors.actors(facts).set_index("name").to_dict("index")
    by_source: dict[str, list[dict[str, Any]]] = {}
    for row in rows:
        by_source.setdefault(str(row["according_to"]), []).append(row)
    return [_leaders(source, group, facts, register) for source, group in by_source.items()]


def _leaders(
    source: str, rows: list[dict[str, Any]], facts: pd.DataFrame, register: dict[Any, dict[Any, Any]]
) -> Sentence:
    parts: list[Part] = [f"according to {source_words(source)}, "]
    for number, row in enumerate(rows):
        parts += ["; " if number else "", *_leader(row, facts, register.get(row["name"], {}))]
    return sentence(*parts, kind="reported")


def _leader(row: dict[str, Any], facts: pd.DataFrame, actor: dict[Any, Any]) -> list[Part]:
    """ "Naim Qassem (Hezbollah) was appointed leader, on a day not given"."""
    ids = list_of(row, "facts")
    event = facts[facts["fact_id"].isin(ids)].iloc[0].to_dict()
    role = f" {actor['role']}" if row["change"] == "appointed" and actor.get("role") else ""
    group = f" ({actor['affiliation']})" if actor.get("affiliation") else ""
    by = text_of(event, "actor") if row["change"] != "appointed" else None
    blamed = f", by {with_article(by)}," if by and by != row["name"] else ""
    when = event_period(event)
    return [stated(f"{row['name']}{group} {CHANGE_VERBS[row['change']]}{role}", ids),
            f"{blamed} {when}" if when else f"{blamed.rstrip(',')}, on a day not given"]  # fmt: skip


def stance_sentences(situation: Situation) -> list[Sentence]:
    """For each party of a track that accepts, is open on conditions or refuses: its newest words, direct speech first.

    What was said before a track was settled no longer tells where the party stands.
    """
    tracks = {row["track"]: row for row in situation.register.to_dict("records")}
    rows = [row for row in situation.stances.to_dict("records") if _is_told(tracks.get(row["track"], {}), row)]
    newest: dict[tuple[str, str], str] = {}
    for row in rows:
        key = (row["track"], row["party"])
        newest[key] = max(newest.get(key, ""), row["date"] or "")
    rows = [row for row in rows if (row["date"] or "") == newest[row["track"], row["party"]]]
    rows.sort(
        key=lambda row: (
            row["about"] not in ON_DEAL,
            row["mode"] != "direct",
            is_missing(row["condition"]),
            _weight(row),
        )
    )
    chosen = {(row["track"], row["party"]): row for row in reversed(rows)}
    picked = sorted(chosen.values(), key=lambda row: (row["date"] or "", -_weight(row)), reverse=True)
    return [stance_sentence(row) for row in picked[:2]]


def _weight(row: dict[str, Any]) -> int:
    return TOLD_STANCES.index(row["stance"])


def _is_told(track: dict[Any, Any], row: dict[str, Any]) -> bool:
    return row["stance"] in TOLD_STANCES and stands_at_table(track, row)


def track_sentences(situation: Situation, row: dict[str, Any]) -> list[Sentence]:
    """How far a track has got, its terms in the documents' words with who holds them, its contacts."""
    contact = contact_sentence(row)
    return [track_sentence(row), *track_terms(situation, row), *([contact] if contact else [])]


def count_sentences(situation: Situation, shown: set[str]) -> list[Sentence]:
    """Standing counts of the dead unlike those in the strip of key figures, then who backs or doubts the ones in the strip."""
    claims = situation.claims
    standing = claims["claimed"] & ~claims["superseded"] & ~claims["stale"] & claims["low"].notna()
    rows = claims[standing & (claims["measure"] == "killed")].sort_values("high", ascending=False, kind="stable")
    held = rows["facts"].map(lambda ids: bool(shown & set(ids)))
    others = rows[~held & rows["place"].notna() & ~_keys(rows).isin(set(_keys(rows[held])))]
    others = others.sort_values("scope", kind="stable")  # running totals ("cumulative") come before single incidents
    by_id = situation.facts.drop_duplicates("fact_id").set_index("fact_id", drop=False)
    rows_told = [figure_of_claim(situation.facts, claim) for claim in others.head(MOST_COUNTS).to_dict("records")]
    # An incident without its day needs the day of its report.
    told = [figure_sentence(row, brief=row["scope"] != "incident") for row in rows_told]
    strip = [by_id.loc[ids[0]].to_dict() for ids in rows.loc[held, "facts"]]
    backed = [figure_sentence(row) for row in strip if list_of(row, "corroborated_by")]
    return [*told, *backed[:1], *[found for row in strip if (found := _doubt(row))][:1]]


def _keys(claims: pd.DataFrame) -> pd.Series:
    """What each claim counts, whoever says it."""
    parts = [column(claims, name).fillna("").astype(str) for name in ("place_key", "population", "scope")]
    return parts[0] + "|" + parts[1] + "|" + parts[2]


def _doubt(row: dict[str, Any]) -> Sentence | None:
    """The document's own caveat on a count, quoted, with whose count it is."""
    caveat = text_of(row, "caveat")
    if not caveat:
        return None
    whose = f" of {with_article(name)}" if (name := text_of(row, "asserted_by")) else ""
    return sentence(f"on the count{whose} the document says: ", quoted(caveat, (row["fact_id"],)), kind="reported")


def condition_sentences(facts: pd.DataFrame) -> list[Sentence]:
    """The gravest humanitarian figures in the words of who gives them; as a plain figure where no statement holds them."""
    found: dict[str, Sentence] = {}
    for figure in humanitarian.pick_key_figures(facts, MOST_CONDITIONS):
        row = facts.loc[facts["fact_id"] == list_of(figure, "facts")[0]].iloc[0].to_dict()
        said = humanitarian.statement_around(facts, row)
        words = said["text"] if said else row["fact_id"]
        found.setdefault(words, _said(said, row) if said else figure_sentence(row))
    return list(found.values())


def _said(said: dict[str, Any], figure: dict[str, Any]) -> Sentence:
    who = with_article(str(said["speaker"]))
    return sentence(f"{who} said that ", quoted(said["text"], [figure["fact_id"], said["fact_id"]]), kind="reported")
