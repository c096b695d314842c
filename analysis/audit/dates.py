"""Checks of days: what cannot have been known yet, what is told for two days, what began twice."""

import re

import pandas as pd

from analysis.audit.evidence import Evidence
from analysis.audit.findings import make_findings
from analysis.claims.match import HARM, event_day
from analysis.claims.words import say_day

WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
_WEEKDAY = re.compile(rf"\b({'|'.join(WEEKDAYS)})\b", re.IGNORECASE)
_WHOLE_DAY = re.compile(r"\d{4}-\d\d-\d\d")
# Fighting told for so long before a war's stated outbreak began it: shorter spans are an escalation told loosely.
ONSET_DAYS = 60
UNSURE_BASES = ("unknown", "inferred")


def find_late_as_of(evidence: Evidence) -> pd.DataFrame:
    """Figures that count up to a day after their publication (rule 2 of the facts contract)."""
    figures = evidence.figures
    late = figures[figures["as_of"].notna() & (figures["as_of"] > figures["published"])]
    return make_findings(
        (f"counts up to {say_day(row.as_of)}, but was published on {say_day(row.published)}", [row.fact_id])
        for row in late.itertuples()
    )


def find_reversed_periods(evidence: Evidence) -> pd.DataFrame:
    """Periods that end before they begin, of figures and of events."""
    facts = evidence.facts
    spans = pd.concat([
        facts[["fact_id", "period_start", "as_of"]].set_axis(["fact_id", "first", "last"], axis=1),
        facts[["fact_id", "date_start", "date_end"]].set_axis(["fact_id", "first", "last"], axis=1),
    ]).dropna()  # fmt: skip
    reversed_spans = spans[spans["first"] > spans["last"]]
    return make_findings(
        (f"a period from {say_day(row.first)} to {say_day(row.last)}", [row.fact_id])
        for row in reversed_spans.itertuples()
    )


def find_future_events(evidence: Evidence) -> pd.DataFrame:
    """Events told as past and dated after publication."""
    events = evidence.facts[(evidence.facts["kind"] == "event") & (evidence.facts["modality"] == "asserted")]
    future = events[events["date_start"].notna() & (events["date_start"] > events["published"])]
    return make_findings(
        (f"told as past on {say_day(row.published)}, but dated {say_day(row.date_start)}", [row.fact_id])
        for row in future.itertuples()
    )


def find_wrong_weekdays(evidence: Evidence) -> pd.DataFrame:
    """A weekday named beside a date that was another day of the week ("Sunday, 14 October")."""
    times = evidence.facts[evidence.facts["kind"] == "time"]
    times = times[times["text"].str.contains(r"\d") & times["value"].map(_is_whole_day)]
    rows = []
    for row in times.itertuples():
        named = _WEEKDAY.search(row.text)
        actual = WEEKDAYS[pd.Timestamp(row.value[:10]).weekday()]
        if named and named.group(1).lower() != actual:
            rows.append(
                (f"{say_day(row.value[:10])} was a {actual.capitalize()}, not a {named.group(1)}", [row.fact_id])
            )
    return make_findings(rows)


def _is_whole_day(value: object) -> bool:
    return isinstance(value, str) and bool(_WHOLE_DAY.match(value))


def find_moved_tolls(evidence: Evidence) -> pd.DataFrame:
    """Tolls told for one day of an event that most reports put on another."""
    figures = evidence.figures[evidence.figures["event_id"].notna() & evidence.figures["as_of"].notna()]
    days = figures["event_id"].map({event: event_day(event) for event in figures["event_id"].unique()})
    told = figures["period_start"].where(figures["period_start"].notna(), figures["as_of"])
    moved = figures[days.notna() & (told != days)]
    others = figures[days.notna() & (told == days)].drop_duplicates("event_id").set_index("event_id")["fact_id"]
    return make_findings(
        (
            f"gives {say_day(row.as_of)} for what others put on {say_day(event_day(row.event_id))}",
            [row.fact_id, *([others[row.event_id]] if row.event_id in others.index else [])],
        )
        for row in moved.itertuples()
    )


def find_onsets(evidence: Evidence) -> pd.DataFrame:
    """A conflict's outbreak told for two times: by two onsets of one place, or beside older fighting in the same document."""
    dated = evidence.facts[evidence.facts["date_start"].notna() & (evidence.facts["modality"] == "asserted")]
    dated = dated.assign(day=pd.to_datetime(dated["date_start"], format="ISO8601", errors="coerce"))
    onsets = dated[dated["event_type"] == "conflict_onset"]
    fighting = dated[dated["event_type"].isin([*HARM, "conflict_onset"])]
    within = onsets.merge(fighting, on="doc_id", suffixes=("", "_old"))
    placed = onsets[onsets["place"].notna()]
    across = placed.merge(placed, on="place", suffixes=("", "_old"))
    pairs = pd.concat([within, across], ignore_index=True).drop_duplicates(["fact_id", "fact_id_old"])
    old = pairs[(pairs["day"] - pairs["day_old"]).dt.days > ONSET_DAYS]
    first = old.sort_values("day_old", kind="stable").drop_duplicates("fact_id")
    return make_findings(
        (
            f"an outbreak is dated {_say_precisely(row.date_start, row.date_prec)}, but fighting is told for "
            f"{_say_precisely(row.date_start_old, row.date_prec_old)}",
            [row.fact_id, row.fact_id_old],
        )
        for row in first.itertuples()
    )


# GED `date_prec` from 4 on: no more than the month is known.
MONTH_PRECISION = 4


def _say_precisely(day: str, precision: float) -> str:
    return say_day(day[:7] if precision >= MONTH_PRECISION else day)


def find_undated(evidence: Evidence) -> pd.DataFrame:
    """Documents whose day of publication is unknown or inferred: one finding a document."""
    unsure = evidence.facts[evidence.facts["published"].isna() | evidence.facts["published_basis"].isin(UNSURE_BASES)]
    return make_findings(
        (
            f"the day of publication of “{row.title or row.doc}” is "
            + (f"inferred: {say_day(row.published)}" if isinstance(row.published, str) else "unknown"),
            [row.fact_id],
        )
        for row in unsure.drop_duplicates("doc_id").itertuples()
    )
