"""The one-sentence answers at the head of each notebook, and the lists under its tables."""

from pathlib import Path
from typing import Any

import pandas as pd

from analysis.claims.reconcile import select_standing
from analysis.claims.words import join_words, say_day
from analysis.prose import Sentence
from analysis.settled import FIRST_DAY
from analysis.topics import casualties, chronology, humanitarian, implied, sources, statements
from analysis.topics.selection import live, of_kind
from analysis.wording import compose, titles
from analysis.wording.changes import change_sentence
from analysis.wording.figures import figure_of_claim, figure_sentence, range_sentence, source_words, with_article
from analysis.wording.headlines import condition_sentences
from analysis.wording.lead import fit
from analysis.wording.phrases import count_words, list_of, quoted, sentence, stated, text_of
from analysis.wording.situation import Situation
from analysis.wording.talks import (
    change_of_stance_sentence,
    contact_sentence,
    meeting_sentences,
    track_name,
    track_sentence,
)

MOST_POINTS = 6
# Words that point at what stood before them: alone, what begins so tells a reader nothing.
POINTING = ("it", "they", "he", "she", "this", "these", "that", "those")


def casualty_lead(situation: Situation) -> list[Sentence]:
    """The highest standing toll, attributed, and how many counts there are."""
    claims = situation.claims
    standing = claims[claims["claimed"] & ~claims["superseded"] & claims["low"].notna()] if len(claims) else claims
    if standing.empty:
        return [sentence("no casualty figure was reported in the documents known at this cut-off")]
    killed = standing[standing["measure"] == "killed"]
    top = (killed if len(killed) else standing).sort_values("high", kind="stable").iloc[-1]
    ids = [name for names in standing["facts"] for name in names]
    counted = count_words(len(standing), "standing claim")
    by = count_words(standing["source"].nunique(), "source")
    return fit([
        figure_sentence(figure_of_claim(situation.facts, top.to_dict())),
        sentence("in all there are ", stated(f"{counted} of {by}", ids), ", each kept apart by what it counts"),
    ])  # fmt: skip


def range_points(situation: Situation) -> list[Sentence]:
    """A sentence for each range that holds more than one claim, each originator named."""
    claims = situation.claims[select_standing(situation.claims)] if len(situation.claims) else situation.claims
    several = situation.ranges[situation.ranges["claims"] > 1] if len(situation.ranges) else situation.ranges
    found = [range_sentence(row, claims[claims["count"] == row["count"]]) for row in several.to_dict("records")]
    return found[:MOST_POINTS] or [sentence("no two claims count the same, so there is no range to give")]


def not_comparable_points(facts: pd.DataFrame) -> list[Sentence]:
    """Pairs of counts that must stay apart, with the reason; a sentence where there is none."""
    pairs = casualties.list_not_comparable(facts).to_dict("records")
    found = [sentence(stated(str(pair["text"]), list_of(pair, "facts"))) for pair in pairs]
    return found[:MOST_POINTS] or [sentence("no two figures of one place or event differ in what they count")]


def talks_lead(situation: Situation) -> list[Sentence]:
    """How far each track has got."""
    rows = situation.register.to_dict("records")
    return fit(track_sentence(row) for row in rows[:3]) or [
        sentence("no negotiation is reported in the documents known at this cut-off")
    ]


def track_points(situation: Situation) -> list[Sentence]:
    """Last and next contact of each track."""
    found = [contact_sentence(row) for row in situation.register.to_dict("records")]
    return [point for point in found if point] or [sentence("no contact between the parties is reported")]


def track_names(situation: Situation) -> dict[str, str]:
    """What each track is called, by slug."""
    return {row["track"]: track_name(row) for row in situation.register.to_dict("records")}


def track_heading(situation: Situation, track: str) -> str:
    """The name of a track's section."""
    row = situation.register[situation.register["track"] == track].iloc[0].to_dict()
    return f"{track_name(row)}: terms by party"


def matrix_title(situation: Situation, track: str) -> str:
    """What a track's matrix shows: on how many provisions a party's position is reported."""
    row = situation.register[situation.register["track"] == track].iloc[0].to_dict()
    points = situation.points.get(track)
    spoken = 0 if points is None else int((points["verdict"] != "unclaimed").sum())
    whole = 0 if points is None else len(points)
    return f"{track_name(row)}: a party’s position is reported on {spoken} of {count_words(whole, 'provision')}"


def meeting_points(situation: Situation, track: str) -> list[Sentence]:
    """Where positions on a track meet and where they do not, from the cells."""
    points = situation.points.get(track)
    rows = [] if points is None else points.to_dict("records")
    return meeting_sentences(rows) or [sentence("no party's position on any term is reported on this track")]


def stance_change_points(situation: Situation) -> list[Sentence]:
    """Each change of stance with both wordings."""
    found = [change_of_stance_sentence(row) for row in situation.stance_changes.to_dict("records")]
    return found or [sentence("no change of a party's stance is seen in these documents")]


def humanitarian_lead(facts: pd.DataFrame) -> list[Sentence]:
    """The gravest indicators, attributed."""
    found = fit(condition_sentences(facts))
    return found or [sentence("no humanitarian indicator was reported in the documents known at this cut-off")]


def humanitarian_points(facts: pd.DataFrame) -> list[Sentence]:
    """What UN bodies and aid organisations said, in their words."""
    bodies = set(live(of_kind(facts, "actor")).query("actor_type == 'un_body'")["name"])
    rows = statements.statements(facts)
    said = rows[rows["speaker"].isin(bodies)].drop_duplicates(["speaker", "words"])
    found = [_said(row) for row in said.to_dict("records") if row["words"].split()[0].lower() not in POINTING]
    return found[:MOST_POINTS] or [sentence("no statement of a UN body is reported")]


def _said(row: dict[str, Any]) -> Sentence:
    who = with_article(text_of(row, "speaker") or "an unnamed speaker")
    return sentence(f"{who} said: ", quoted(row["words"], row["facts"]), kind="reported")


def missing_indicator_points(facts: pd.DataFrame) -> list[Sentence]:
    """Expected indicators that nobody reported."""
    missing = humanitarian.list_missing_indicators(facts).to_dict("records")
    names = [str(row["label"]).lower() for row in missing]
    if not names:
        return [sentence("every expected indicator was reported")]
    return [sentence(f"not reported in this period: {', '.join(names)}")]


def sources_lead(facts: pd.DataFrame) -> list[Sentence]:
    """How many documents and originators, and how much rests on one of them."""
    table, alone = sources.originator_table(facts), sources.single_source(facts)
    documents = count_words(facts["doc_id"].nunique(), "document")
    publishers = count_words(facts["publisher"].nunique(), "publisher")
    named = count_words(len(table), "originator")
    ids = list(alone["fact_id"]) if len(alone) else []
    figures = count_words(int((alone["kind"] == "figure").sum()) if len(alone) else 0, "figure")
    one = sentence(f"this edition rests on {documents} of {publishers}, which name {named}")
    return [
        one,
        sentence(
            stated(figures, ids), " have one originator and no corroboration" if ids else " rest on one source alone"
        ),
    ]


def changes_lead(changes: pd.DataFrame, earlier: str | None, as_of: str) -> list[Sentence]:
    """How much changed, by kind."""
    if not earlier:
        return [sentence("this is the first edition: there is none to compare it with")]
    kinds = changes["kind"].value_counts() if len(changes) else pd.Series(dtype=int)
    words = {"new": "new fact", "superseded": "superseded figure", "corrected": "correction", "retracted": "retraction"}
    listed = ", ".join(count_words(int(kinds.get(kind, 0)), noun) for kind, noun in words.items())
    return [sentence(f"between {say_day(earlier)} and {say_day(as_of)} there are {listed}")]


def moved_points(changes: pd.DataFrame) -> list[Sentence]:
    """Each figure that moved past its threshold, with the reason."""
    moved = changes[changes["kind"] == "moved"] if len(changes) else changes
    found = [change_sentence(row) for row in moved.to_dict("records")]
    return found[:MOST_POINTS] or [sentence("no figure moved past its threshold")]


def key_figures(facts: pd.DataFrame, rule: str, most: int = 6) -> list[dict[str, Any]]:
    """The strip on page 1: the tolls, then the gravest humanitarian indicators, four to six in all."""
    tolls = casualties.pick_key_figures(facts, rule, most - 2)
    return [*tolls, *humanitarian.pick_key_figures(facts, most - len(tolls))]


def track_state(situation: Situation, track: str) -> list[Sentence]:
    """How far a track has got, its last and its next contact."""
    row = situation.register[situation.register["track"] == track].iloc[0].to_dict()
    return [found for found in (track_sentence(row), contact_sentence(row)) if found]


def trigger_points(facts: pd.DataFrame, documents: pd.DataFrame) -> list[Sentence]:
    """What set off what, according to whom."""
    rows = chronology.triggers(facts, documents).to_dict("records")
    return [
        sentence(
            f"according to {source_words(str(row['according_to']))}: ",
            quoted(row["sentence"], list_of(row, "facts")),
            kind="reported",
        )
        for row in rows[:MOST_POINTS]
    ]


def implied_points(facts: pd.DataFrame, root: Path) -> list[Sentence]:
    """Each count with its share, and the whole that both imply."""
    rows = implied.find_implied_totals(facts, root).to_dict("records")
    return [sentence(stated(str(row["text"]), list_of(row, "facts"))) for row in rows]


def audit_points(findings: pd.DataFrame) -> list[Sentence]:
    """The audit's findings, gravest first."""
    rows = findings.sort_values("severity", kind="stable").to_dict("records")
    found = [_finding(row) for row in rows[:MOST_POINTS]]
    left = len(rows) - len(found)
    found += [sentence(f"{count_words(left, 'finding')} more: see the briefing on sources")] if left else []
    return found or [sentence("no check of the consistency audit found anything")]


def _finding(row: dict[str, Any]) -> Sentence:
    """A finding; where two facts do not agree, both passages."""
    quotes = list_of(row, "passages") if len(row["facts"]) > 1 else []
    shown = f": {join_words(quotes[:2])}" if quotes else ""
    return sentence(stated(str(row["text"]), list_of(row, "facts")), shown)


def method_points(facts: pd.DataFrame, documents: pd.DataFrame, rule: str) -> list[Sentence]:
    """How the edition was made, from what, by which rules, and how to cite it."""
    days = sorted(day[:10] for day in documents["published"] if isinstance(day, str))
    span = f"{say_day(days[0])} to {say_day(days[-1])}" if days else "undated"
    span = say_day(days[0]) if days and days[0] == days[-1] else span
    held = count_words(len(documents), "document")
    inferred = int((documents["published_basis"] == "inferred").sum())
    found = [
        sentence(f"made by program from {held} published {span}; every number leads to the words that claim it"),
        sentence(titles.rule_note(rule)),
        sentence(compose.LIKELIHOOD_RULE),
        sentence(compose.RANKING),
    ]
    if first := facts.attrs.get(FIRST_DAY):
        found.append(
            sentence(f"what was published before {say_day(first)} is held and left out here: so many facts are held")
        )
    if inferred:
        found.append(sentence(f"the day of publication of {count_words(inferred, 'document')} is inferred, not stated"))
    return found
