"""From when running totals count: one originator's total is one series, whether or not each report repeats its first day.

"3,103 killed since 8 October 2023" and, a week later, "3,365 killed" are one count. "558 killed since Monday" by the same
ministry is another. A total without a start, or with one a few days off, joins the series of the same count into which its
number fits: not below the totals before it, not above those after it.
"""

import pandas as pd

# What makes one count, its start aside.
SAME_BUT_START = ("source", "place_key", "measure", "population", "victim_status", "basis")
# Reports give the day of an attack or the day after it as the first day of one count.
NEAR_DAYS = 7


def align_starts(figures: pd.DataFrame, keys: tuple[str, ...] = SAME_BUT_START) -> pd.Series:
    """The first day by which running totals may be set side by side; `period_start` itself for all other figures.

    Needs `scope`, `period_start`, `value_low`, `date` and the keys; the index is kept.
    """
    starts = figures["period_start"].astype(object)
    chosen = (figures["scope"] == "cumulative") & figures["value_low"].notna() & figures["date"].notna()
    totals = figures.loc[chosen, [*keys, "period_start", "value_low", "date"]]
    if totals.empty or not totals["period_start"].notna().any():
        return starts
    group = totals.groupby(list(keys), sort=False, dropna=False)["period_start"]
    mixed = (group.transform("nunique") + group.transform(lambda days: days.isna().any())) > 1
    aligned = [_align(count) for _, count in totals[mixed].groupby(list(keys), sort=False, dropna=False)]
    if aligned:
        joined = pd.concat(aligned)
        starts.loc[joined.index] = joined
    return starts


def _align(count: pd.DataFrame) -> pd.Series:
    """The starts of one count's totals, those that are the same series made equal."""
    starts = _merge_near(count["period_start"].astype(object))
    for row in starts.index[starts.isna()]:
        fitting = [day for day in starts.dropna().unique() if _fits(count.loc[row], count[starts == day])]
        if len(fitting) == 1:
            starts[row] = fitting[0]
    return starts


def _merge_near(starts: pd.Series) -> pd.Series:
    """Starts within NEAR_DAYS of an earlier one become that one."""
    days = sorted(starts.dropna().unique())
    first: dict[str, str] = {}
    for day in days:
        near = [known for known in first.values() if (pd.Timestamp(day) - pd.Timestamp(known)).days <= NEAR_DAYS]
        first[day] = near[0] if near else day
    return starts.map(first).astype(object).where(starts.notna(), None)


def _fits(total: pd.Series, series: pd.DataFrame) -> bool:
    """Whether a total continues a series: between its neighbours in time, or a number that it has already."""
    if (series["value_low"] == total["value_low"]).any():
        return True
    before, after = series[series["date"] <= total["date"]], series[series["date"] >= total["date"]]
    return bool((before["value_low"] <= total["value_low"]).all() and (after["value_low"] >= total["value_low"]).all())
