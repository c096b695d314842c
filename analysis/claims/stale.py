"""Totals printed late: a running total that is lower than one the same source had already given by then."""

import numpy as np
import pandas as pd

from analysis.claims.groups import group_codes, rank_values

SAME_SERIES = ("source", "place_group", "measure", "population", "victims", "unit_group", "basis", "window_start")
# A running total that falls below half starts a new count; a smaller fall is a correction, a mistake, or an old number.
RESET_SHARE = 0.5


def find_stale(claims: pd.DataFrame) -> pd.DataFrame:
    """For each claim (same index): `stale`, `newer_low`, `newer_date`, `newer_facts` (the highest total out by the day it
    was printed) and `same_as` (the day of the total that it repeats, exactly or rounded down).

    A claim that states the older day itself ("as of 13 November") is dated, not stale. A number that repeats no earlier
    total is not stale either: it may be a correction.
    """
    chosen = (claims["scope"] == "cumulative") & claims["claimed"] & claims["low"].notna() & claims["published"].notna()
    totals = claims[chosen].assign(series=lambda frame: group_codes(frame, SAME_SERIES))
    newest = _find_newest(totals)
    repeated = _find_repeated(totals)
    told = totals["as_of"].where(totals["as_of"].notna(), totals["published"])
    stale = (totals["low"] < newest["newer_low"]) & (totals["low"] > RESET_SHARE * newest["newer_low"])
    stale &= (told >= newest["newer_date"]) & repeated.notna() & (repeated < newest["newer_date"])
    found = newest.assign(same_as=repeated).where(stale)
    return found.assign(stale=stale).reindex(claims.index).assign(stale=lambda frame: frame["stale"].eq(True))


def _find_newest(totals: pd.DataFrame) -> pd.DataFrame:
    """The highest total of each series that was out by the day each claim was printed."""
    ordered = totals.take(np.lexsort((totals["low"], rank_values(totals["published"]), totals["series"])))
    by_day = ordered.drop_duplicates(["series", "published"], keep="last")
    highest = by_day.groupby("series")["low"].cummax()
    place = (
        pd.Series(np.where(by_day["low"] == highest, np.arange(len(by_day)), -1), by_day.index)
        .groupby(by_day["series"])
        .cummax()
    )
    top = by_day.iloc[place.to_numpy()] if len(by_day) else by_day
    newest = pd.DataFrame({
        "series": by_day["series"].to_numpy(), "published": by_day["published"].to_numpy(), "newer_low": top["low"].to_numpy(),
        "newer_date": top["date"].to_numpy(), "newer_facts": top["facts"].to_numpy(),
    })  # fmt: skip
    joined = totals[["series", "published"]].merge(newest, on=["series", "published"], how="left")
    return joined.set_index(totals.index)[["newer_low", "newer_date", "newer_facts"]]


def _find_repeated(totals: pd.DataFrame) -> pd.Series:
    """The day of the lowest total of the series that is not below each claim, where it rounds down to the claim."""
    known = totals[totals["operator"] == "eq"].sort_values(["low", "date"], kind="stable")
    known = known.drop_duplicates(["series", "low"])[["series", "low", "date"]].rename(columns={"date": "same_as"})
    known["total"] = known["low"]
    asked = totals[["series", "low"]].assign(row=totals.index).sort_values("low", kind="stable")
    found = (
        pd.merge_asof(asked, known, on="low", by="series", direction="forward").set_index("row").reindex(totals.index)
    )
    rounded = (found["total"] - totals["low"]) < rounding_steps(totals["low"])
    return found["same_as"].where(rounded)


def rounding_steps(numbers: pd.Series) -> pd.Series:
    """To what each number is rounded, at most: 2,790 to 10, 43,000 to 1,000, 43,163 to 1."""
    steps = pd.Series(1.0, numbers.index)
    for power in range(1, 7):
        steps = steps.where(numbers % 10**power != 0, float(10**power))
    return steps
