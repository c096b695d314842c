"""Killed, injured and missing: who says what, ranges by a named rule, running totals.

Takes the facts frame of `known.load_facts` and gives frames. Killed, injured, missing, and killed or missing stay apart
in every row of every frame. Each row names the ids of its facts (`facts`).
"""

from collections.abc import Sequence
from itertools import islice
from pathlib import Path

import numpy as np
import pandas as pd

from analysis.claims import gather, match, reconcile, series
from analysis.claims.divisions import areas_of_reports
from analysis.claims.figures import prepare_figures
from analysis.claims.marks import mark_claims
from analysis.claims.reference import Loaded, load_declarations, load_reference
from analysis.claims.words import join_words, say_day, say_range, say_start, say_value
from analysis.topics.selection import column

MEASURES = ("killed", "injured", "missing", "killed_or_missing")
MEASURE_WORDS = {
    "killed": "Killed", "injured": "Injured", "missing": "Missing", "killed_or_missing": "Killed or missing"
}  # fmt: skip
BASIS_WORDS = {
    "reported_total": "reported", "identified": "identified", "verified": "verified", "estimate": "estimate"
}  # fmt: skip
KEY_FIGURES = 6
# More names than that no longer fit beside a number.
NAMED_SOURCES = 3


def select_figures(facts: pd.DataFrame) -> pd.DataFrame:
    """The casualty figures that stand, prepared for comparison, each with its `event_id` where it belongs to an event."""
    if "event_id" not in facts or facts["event_id"].isna().all():
        facts = match.assign_events(facts)
    figures = prepare_figures(facts)
    return figures[figures["measure"].isin(MEASURES) & figures["trend"].isna()]


def list_claims(facts: pd.DataFrame) -> pd.DataFrame:
    """Every claim as data: the frame of `gather.gather_claims`, casualties only."""
    return gather.gather_claims(select_figures(facts))


def tabulate_claims(facts: pd.DataFrame) -> pd.DataFrame:
    """The claims for a reader: `measure`, `claim`, `who`, `place`, `source`, `basis`, `window`, `as_of`, `published`, `caveat`,
    `corroborated_by`, `relayed_by`, `printed`, `standing`, `event_id`, `facts`; newest last within place and measure.
    """
    claims = list_claims(facts)
    table = pd.DataFrame({
        "measure": claims["measure"].map(MEASURE_WORDS),
        "claim": say_claims(claims, facts),
        "who": claims["population"].where((claims["victims"] == "all") | (claims["population"] != "all"), claims["victims"]),
        "place": claims["place"], "source": claims["source"], "basis": claims["basis"].map(BASIS_WORDS),
        "window": say_windows(claims), "as_of": claims["as_of"], "published": claims["published"],
        "caveat": claims["caveat"], "corroborated_by": claims["corroborated_by"].map(join_words),
        "relayed_by": claims["relayed_by"].map(join_words), "printed": claims["printed"],
        "standing": say_standings(claims), "event_id": claims["event_id"],
        "facts": claims["facts"],
    })  # fmt: skip
    return table.sort_values(["place", "measure"], kind="stable", na_position="last").reset_index(drop=True)


def say_claims(claims: pd.DataFrame, facts: pd.DataFrame) -> list[str]:
    """Each claim's number as claimed; the words of its fact where it states none."""
    firsts = pd.Series([ids[0] for ids in claims["facts"]], claims.index, dtype=object)
    unnumbered = set(firsts[claims["value_low"].isna()])
    words = facts[facts["fact_id"].isin(unnumbered)].drop_duplicates("fact_id").set_index("fact_id")["text"].to_dict()
    columns = (claims["value_low"], claims["value_high"], claims["operator"], firsts)
    return [
        say_value(low, high, operator, words.get(first, ""))
        for low, high, operator, first in zip(*columns, strict=True)
    ]


SCOPE_WORDS = {"incident": "one event", "new_in_period": "new in the period", "cumulative": "total so far"}


def say_windows(claims: pd.DataFrame) -> list[str]:
    """Over which time each claim or range counts, in words; empty where the document does not say."""
    days = {day: say_start(day) for day in claims["period_start"].dropna().unique()}
    bare = is_total(claims) & (claims["scope"] != "cumulative")
    return [
        f"since {days[start]}"
        if start in days and scope != "incident"
        else ""
        if unknown
        else SCOPE_WORDS.get(scope, "")
        for start, scope, unknown in zip(claims["period_start"], claims["scope"], bare, strict=True)
    ]


def say_standings(claims: pd.DataFrame) -> np.ndarray:
    """Whether each claim stands: `standing`, `superseded`, `stale`, or its modality (`denied` ...) where nobody claims it."""
    stands = np.select([claims["superseded"], claims["stale"]], ["superseded", "stale"], "standing")
    return np.where(claims["claimed"], stands, claims["modality"])


def build_ranges(facts: pd.DataFrame, rule: str = "range_only", hierarchy: Sequence[str] = ()) -> pd.DataFrame:
    """One row for each event, or place and window, and measure, population and basis: the frame of `reconcile.reconcile`
    with `says` ("60 to at least 109") and `window` in words.
    """
    return word_ranges(reconcile.reconcile(list_claims(facts), rule, hierarchy))


def word_ranges(ranges: pd.DataFrame) -> pd.DataFrame:
    """The frame of `reconcile.reconcile` with `says` and `window` in words."""
    columns = (ranges["low"], ranges["high"], ranges["open_high"], ranges["operator"])
    return ranges.assign(says=[_say_range(*row) for row in zip(*columns, strict=True)], window=say_windows(ranges))


def _say_range(low: float, high: float, open_high: bool, operator: str | None) -> str:
    if low == high and isinstance(operator, str):
        return say_value(low, high, operator)
    return say_range(low, high, bool(open_high))


def list_not_comparable(facts: pd.DataFrame) -> pd.DataFrame:
    """Which counts must not be set side by side, and why: the frame of `reconcile.list_not_comparable`."""
    return reconcile.list_not_comparable(list_claims(facts))


def build_series(facts: pd.DataFrame) -> pd.DataFrame:
    """Running totals for small multiples: one row a source, place, measure and day; see `series.build_series`."""
    return series.build_series(select_figures(facts))


def compare_reference(facts: pd.DataFrame, root: Path, as_of: str | None = None) -> tuple[pd.DataFrame, list[Loaded]]:
    """The claims with their mark beside the reference series of `seeds/reference.yml` (see `marks.mark_claims`), and what came
    of loading each series: `problem` says why one is not loaded.
    """
    claims = list_claims(facts)
    rows, loaded = load_reference(root, as_of)
    return claims.join(mark_claims(claims, rows, load_declarations(root))), loaded


# Of a count that tells since when it counts, but not where.
UNPLACED = " (place not stated)"


def pick_key_figures(facts: pd.DataFrame, rule: str = "range_only", most: int = KEY_FIGURES) -> list[dict]:
    """The few numbers that come first: `label`, `value`, `attribution`, `as_of`, `facts`.

    Rule: totals of the killed (`is_total`), the largest first (those without a place last), one a place and population; then the
    deadliest events; then running totals of the injured. Counts that could not be compared are separate figures, not one.
    A total without a place says what its report is about; where that is not known, since when it counts; else it is left out.
    """
    claims = list_claims(facts)
    ranges = reconcile.reconcile(claims, rule)
    plain = (ranges["victims"] == "all") | (ranges["population"] != "all")
    ranges = ranges[ranges["low"].notna() & (ranges["basis"] == "reported_total") & plain]
    ranges = ranges.sort_values("high", ascending=False, kind="stable")
    whole = ranges[is_total(ranges)]
    whole = whole.assign(where=whole["place_key"].fillna(""))
    whole = whole.assign(unplaced=whole["place_key"].isna()).sort_values("unplaced", kind="stable")
    whole = whole.drop_duplicates(["where", "measure", "population"])
    deaths = ranges[(ranges["scope"] == "incident") & (ranges["population"] == "all") & (ranges["measure"] == "killed")]
    deaths = deaths.assign(event=deaths["event_id"].where(deaths["event_id"].notna(), deaths["count"].astype(str)))
    deaths = deaths[deaths["event_id"].notna() | deaths["place_key"].notna()]
    # What is less than one event took is the sum of nothing larger, whatever its words ("the toll").
    whole = whole[~whole["unplaced"] | (whole["measure"] != "killed") | ~(whole["high"] < deaths["high"].max())]
    ordered = pd.concat([
        whole[whole["measure"] == "killed"].head(most - 2), deaths.drop_duplicates("event"),
        whole[whole["measure"] == "injured"],
    ])  # fmt: skip
    told = (_describe_key_figure(row, claims, facts) for row in word_ranges(ordered).itertuples())
    return list(islice((figure for figure in told if figure), most))


def is_total(counted: pd.DataFrame) -> pd.Series:
    """Which claims or ranges count all so far: running totals, and counts that name neither place nor day nor event ("in five days
    of fighting").
    """
    bare = counted["event_id"].isna() & counted["place"].isna() & counted["period_start"].isna()
    bare &= column(counted, "as_of").isna()
    return (counted["scope"] == "cumulative") | bare


def _describe_key_figure(row, claims: pd.DataFrame, facts: pd.DataFrame) -> dict | None:
    """One range as a key figure. `as_of` only where a claim states its day; else the attribution says when it was published.

    None for a count of which neither where nor since when it counts is known.
    """
    counted = claims[claims["count"] == row.count]
    standing = counted[reconcile.select_standing(counted)]
    about = "" if isinstance(row.place, str) else say_report(facts, row.facts)
    if about is None and row.window.startswith("since"):
        about = UNPLACED  # "killed since the fighting began": which fighting, its words tell
    if about is None:
        return None
    sources = standing["source"].drop_duplicates().tolist()
    named = sources if len(sources) <= NAMED_SOURCES else [*sources[:2], f"{len(sources) - 2} others"]
    stated = standing.loc[standing["dated_by"] == "claim", "date"].dropna()
    as_of = max(stated, default=None)
    published = max(standing["published"].dropna(), default=None)
    told = "" if as_of or published is None else f", published {say_day(published)}"
    return {
        "label": label_range(row, as_of, _span_of(standing)) + about, "value": row.says,
        "attribution": join_words(named) + told, "as_of": as_of,
        "published": published, "window": row.window, "rule": row.rule, "facts": row.facts,
    }  # fmt: skip


def say_report(facts: pd.DataFrame, ids: Sequence[str]) -> str | None:
    """For counts that name no place, what their reports are about: " (report on Sudan)"; None where that is not known."""
    areas = areas_of_reports(facts, facts.loc[facts["fact_id"].isin(list(ids)), "doc_id"])
    return f" (report on {join_words(areas)})" if areas else None


def _span_of(claims: pd.DataFrame) -> str:
    """The first and the last day that some claims count, where all that state days state these: "26 January 2025 to 30 January
    2025".
    """
    spans = claims[["period_start", "as_of"]].dropna(how="all").drop_duplicates()
    start, end = spans.iloc[0] if len(spans) == 1 else (None, None)
    return (
        f"{say_day(start)} to {say_day(end)}" if isinstance(start, str) and isinstance(end, str) and start < end else ""
    )


def label_range(row, as_of: str | None = None, span: str = "") -> str:
    """What a range counts and where: "Killed in Gaza", "Soldiers killed in Lebanon since 30 September 2024"; one event with its
    day, from its id or from `as_of`, or the `span` of days in words.
    """
    words = MEASURE_WORDS[row.measure]
    if row.population != "all":
        words = f"{row.population.replace('_', ' ').capitalize()} {words.lower()}"
    where = f" in {row.place}" if isinstance(row.place, str) else ""
    when = f" {row.window}" if row.window.startswith("since") else ""
    if row.scope == "incident":
        day = (match.event_day(row.event_id) if isinstance(row.event_id, str) else None) or as_of
        when = f", {span or say_day(day)}" if span or day else ""
    return words + where + when
