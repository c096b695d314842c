"""What each claim is beside a reference series: exact, stale by some days, rounded, different, or not covered."""

import re
from collections.abc import Iterable, Iterator

import numpy as np
import pandas as pd

from analysis.claims.reference import Column, Series
from analysis.claims.stale import rounding_steps
from analysis.claims.words import say_day, say_number

MARKS = ("exact", "stale", "rounded", "different", "not_covered")
# A ministry that reports on the morning after gives the dead of the 29th on the 30th.
REPORTED_WITHIN_DAYS = 1
# A report older than that says nothing about the day asked for.
COVERED_DAYS = 2


def mark_claims(claims: pd.DataFrame, rows: pd.DataFrame, declared: Iterable[Series]) -> pd.DataFrame:
    """For each claim of `gather_claims` (same index): `mark` (MARKS), `days` (how old a stale one is), `series`, `reference_date`,
    `reference_value` (the row that it equals; for `different` the row of its day), `reference` (a sentence for the table).
    """
    found = pd.DataFrame({
        "mark": "not_covered", "days": np.nan, "series": None, "reference_date": None, "reference_value": np.nan
    }, index=claims.index).astype({"series": object, "reference_date": object, "mark": object})  # fmt: skip
    for series in declared:
        for column, chosen in _select_claims(claims, series):
            held = rows[(rows["series"] == series.id) & (rows["measure"] == column.measure)]
            held = held[(held["scope"] == column.scope) & (held["basis"] == column.basis)].sort_values(
                "date", kind="stable"
            )
            if len(held) and len(chosen):
                found.loc[chosen.index, found.columns] = _mark_column(chosen, held, column.scope).assign(
                    series=series.id
                )
    return found.assign(reference=[_say_mark(row) for row in found.itertuples()])


def _select_claims(claims: pd.DataFrame, series: Series) -> Iterator[tuple[Column, pd.DataFrame]]:
    """For each column of a series, the claims that it covers: same place, source, measure, scope, basis, and start."""
    whole = claims["claimed"] & claims["low"].notna() & (claims["population"] == "all") & (claims["victims"] == "all")
    whole &= claims["place"].isin(series.places) & _is_named(claims["source"], series.sources)
    whole &= (
        claims["period_start"].isna() | (claims["period_start"] == series.since) | (claims["scope"] != "cumulative")
    )
    covered = claims[whole]
    for column in series.columns:
        same = (covered["measure"] == column.measure) & (covered["scope"] == column.scope)
        yield column, covered[same & (covered["basis"] == column.basis)]


def _is_named(sources: pd.Series, names: list[str]) -> pd.Series:
    """Whether each source's name holds all words of one of the declared names."""
    wanted = [set(name.lower().split()) for name in names]
    known = {}
    for source in sources.unique():
        words = set(re.findall(r"[a-z]+", str(source).lower()))
        known[source] = any(name <= words for name in wanted)
    return sources.map(known).astype(bool)


def _mark_column(claims: pd.DataFrame, rows: pd.DataFrame, scope: str) -> pd.DataFrame:
    """Marks of claims against one column's rows (in order of date)."""
    days = pd.to_datetime(rows["date"], format="ISO8601").to_numpy(dtype="datetime64[D]")
    values = rows["value"].to_numpy(dtype=float)
    numbers = claims["low"].to_numpy(dtype=float)
    told = pd.to_datetime(claims["date"], format="ISO8601", errors="coerce").to_numpy(dtype="datetime64[D]")
    steps = rounding_steps(claims["low"]).to_numpy()
    here, covered = _find_rows(days, told)
    after = np.minimum(here + 1, len(days) - 1)
    after = np.where((days[after] - told).astype(float) <= REPORTED_WITHIN_DAYS, after, here)
    at_day = np.where(values[after] == numbers, after, here)
    exact = covered & (values[at_day] == numbers)
    rounded = covered & ~exact & _rounds_to(values[here], numbers, steps)
    match, repeats = _find_repeated_rows(values, numbers, steps)
    old = (match < here) | ((match == here) & ~covered & (values[match] == numbers))
    stale = repeats & old & ~exact & ~rounded & (scope == "cumulative")
    mark = np.select([exact, rounded, stale, covered], ["exact", "rounded", "stale", "different"], "not_covered")
    row = np.select([exact, stale], [at_day, match], here)
    known = mark != "not_covered"
    age = (told - days[row]).astype("timedelta64[D]").astype(float)
    return pd.DataFrame({
        "mark": mark, "days": np.where(stale, age, np.nan), "series": None,
        "reference_date": np.where(known, np.datetime_as_string(days[row]), None),
        "reference_value": np.where(known, values[row], np.nan),
    }, index=claims.index)  # fmt: skip


def _find_rows(days: np.ndarray, told: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """The last row up to each day, and whether it is recent enough to speak for that day."""
    place = np.searchsorted(days, told, side="right") - 1
    here = np.clip(place, 0, len(days) - 1)
    gap = (told - days[here]).astype("timedelta64[D]").astype(float)
    return here, (place >= 0) & ~np.isnat(told) & (gap <= COVERED_DAYS)


def _rounds_to(values: np.ndarray, numbers: np.ndarray, steps: np.ndarray) -> np.ndarray:
    """Whether a claimed number is the value, rounded down or to the nearest step."""
    return (steps > 1) & (
        ((values - numbers >= 0) & (values - numbers < steps)) | (np.abs(values - numbers) <= steps / 2)
    )


def _find_repeated_rows(values: np.ndarray, numbers: np.ndarray, steps: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """The last row whose total is, or rounds down to, each number, and whether there is one."""
    highest = np.maximum.accumulate(values)
    exact = np.searchsorted(highest, numbers, side="right") - 1
    near = np.searchsorted(highest, numbers + steps, side="left") - 1
    is_exact = (exact >= 0) & (highest[np.maximum(exact, 0)] == numbers)
    match = np.maximum(np.where(is_exact, exact, near), 0)
    return match, (highest[match] >= numbers) & (highest[match] < numbers + steps)


def _say_mark(row) -> str:
    """One mark in words."""
    if row.mark == "not_covered":
        return "not covered by a reference series"
    value, day = say_number(row.reference_value), say_day(row.reference_date)
    if row.mark == "stale":
        return f"stale by {row.days:.0f} day{'s' if row.days != 1 else ''}: the number of {day}, {value}"
    words = {
        "exact": "exactly the number of",
        "rounded": f"rounded from {value} of",
        "different": f"differs from {value} of",
    }
    return f"{words[row.mark]} {day}"
