"""Killed, injured and missing: who says what, ranges by a named rule, running totals.

Takes the facts frame of `known.load_facts` and gives frames. Killed, injured, missing, and killed or missing stay apart
in every row of every frame. Each row names the ids of its facts (`facts`).
"""

from collections.abc import Sequence
from pathlib import Path

import pandas as pd

from analysis.claims import gather, match, reconcile, series
from analysis.claims.figures import prepare_figures
from analysis.claims.marks import mark_claims
from analysis.claims.reference import Loaded, load_declarations, load_reference
from analysis.claims.words import join_words, say_day, say_range, say_value

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
    words = facts.set_index("fact_id")["text"]
    table = pd.DataFrame({
        "measure": claims["measure"].map(MEASURE_WORDS),
        "claim": [_say_claim(row, words) for row in claims.itertuples()],
        "who": claims["population"].where(claims["victims"] == "all", claims["victims"] + " " + claims["population"]),
        "place": claims["place"], "source": claims["source"], "basis": claims["basis"].map(BASIS_WORDS),
        "window": [say_window(row) for row in claims.itertuples()], "as_of": claims["as_of"], "published": claims["published"],
        "caveat": claims["caveat"], "corroborated_by": claims["corroborated_by"].map(join_words),
        "relayed_by": claims["relayed_by"].map(join_words), "printed": claims["printed"],
        "standing": [say_standing(row) for row in claims.itertuples()], "event_id": claims["event_id"],
        "facts": claims["facts"],
    })  # fmt: skip
    return table.sort_values(["place", "measure"], kind="stable", na_position="last").reset_index(drop=True)


def _say_claim(row, words: pd.Series) -> str:
    return say_value(row.value_low, row.value_high, row.operator, words.get(row.facts[0], ""))


def say_window(row) -> str:
    """Over which time a claim or range counts, in words; empty where the document does not say."""
    if isinstance(row.period_start, str) and row.scope != "incident":
        return f"since {say_day(row.period_start)}"
    return {"incident": "one event", "new_in_period": "new in the period", "cumulative": "total so far"}.get(
        row.scope, ""
    )


def say_standing(row) -> str:
    """Whether a claim stands: `standing`, `superseded`, `stale`, or its modality (`denied` ...) where nobody claims it."""
    if not row.claimed:
        return row.modality
    return "superseded" if row.superseded else "stale" if row.stale else "standing"


def build_ranges(facts: pd.DataFrame, rule: str = "range_only", hierarchy: Sequence[str] = ()) -> pd.DataFrame:
    """One row for each event, or place and window, and measure, population and basis: the frame of `reconcile.reconcile`
    with `says` ("60 to at least 109") and `window` in words.
    """
    ranges = reconcile.reconcile(list_claims(facts), rule, hierarchy)
    says = [_say_range(row) for row in ranges.itertuples()]
    return ranges.assign(says=says, window=[say_window(row) for row in ranges.itertuples()])


def _say_range(row) -> str:
    if row.low == row.high and isinstance(row.operator, str):
        return say_value(row.low, row.high, row.operator)
    return say_range(row.low, row.high, bool(row.open_high))


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


def pick_key_figures(facts: pd.DataFrame, rule: str = "range_only", most: int = KEY_FIGURES) -> list[dict]:
    """The few numbers that come first: `label`, `value`, `attribution`, `as_of`, `facts`.

    Rule: running totals of the killed, the largest first, one a place and population; then the deadliest events; then
    running totals of the injured. Counts that could not be compared are separate figures, not one.
    """
    ranges = build_ranges(facts, rule)
    ranges = ranges[ranges["low"].notna() & (ranges["basis"] == "reported_total") & (ranges["victims"] == "all")]
    ranges = ranges.sort_values("high", ascending=False, kind="stable")
    whole = ranges[ranges["scope"] == "cumulative"]
    whole = whole.assign(where=whole["place_key"].where(whole["place_key"].notna(), whole["count"].astype(str)))
    whole = whole.drop_duplicates(["where", "measure", "population"])
    deaths = ranges[(ranges["scope"] == "incident") & (ranges["population"] == "all") & (ranges["measure"] == "killed")]
    ordered = pd.concat([
        whole[whole["measure"] == "killed"].head(most - 2), deaths.drop_duplicates("event_id"),
        whole[whole["measure"] == "injured"],
    ])  # fmt: skip
    claims = list_claims(facts)
    return [_describe_key_figure(row, claims) for row in ordered.head(most).itertuples()]


def _describe_key_figure(row, claims: pd.DataFrame) -> dict:
    standing = claims[claims["count"] == row.count]
    sources = standing.loc[reconcile.select_standing(standing), "source"].drop_duplicates().tolist()
    named = sources if len(sources) <= NAMED_SOURCES else [*sources[:2], f"{len(sources) - 2} others"]
    return {
        "label": label_range(row), "value": row.says, "attribution": join_words(named),
        "as_of": row.date_to if isinstance(row.date_to, str) else None, "window": row.window, "rule": row.rule,
        "facts": row.facts,
    }  # fmt: skip


def label_range(row) -> str:
    """What a range counts and where: "Killed in Gaza", "Soldiers killed in Lebanon since 30 September 2024"."""
    words = MEASURE_WORDS[row.measure]
    if row.population != "all":
        words = f"{row.population.replace('_', ' ').capitalize()} {words.lower()}"
    where = f" in {row.place}" if isinstance(row.place, str) else ""
    when = f" {row.window}" if row.window.startswith("since") else ""
    if row.scope == "incident" and isinstance(row.event_id, str):
        day = match.event_day(row.event_id) or row.date_from
        when = f", {say_day(day)}" if day else ""
    return words + where + when
