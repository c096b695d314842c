"""Running totals over time, one series a source: what was added, what fell, what was printed late.

A series holds together by source, measure, place, population, basis and the day from which it counts. Days without a
report are gaps: nothing is filled in.
"""

import pandas as pd

from analysis.claims.gather import gather_claims
from analysis.claims.groups import group_codes
from analysis.claims.stale import RESET_SHARE, SAME_SERIES

# A source that reports daily and is silent for longer leaves a gap.
GAP_DAYS = 2


def build_series(figures: pd.DataFrame) -> pd.DataFrame:
    """The running totals of a frame of `prepare_figures`: one row a total, in order of series and date.

    Columns: those of claims, and `series` (number), `step` (change since the last total of the series; missing at the
    start and after a reset), `days` (since the last total), `gap`, `falls`, `resets`, `reported_new` (what the same source said was
    new on that day), `disagrees` (that is not the step, over one day), `previous_facts`.
    """
    claims = gather_claims(figures[figures["scope"].isin(["cumulative", "new_in_period"])])
    totals = claims[
        (claims["scope"] == "cumulative") & claims["claimed"] & claims["low"].notna() & claims["trend"].isna()
    ]
    totals = _settle_days(totals)
    series = totals.groupby("series")
    dates = pd.to_datetime(totals["date"], errors="coerce", format="ISO8601")
    totals["days"] = dates.groupby(totals["series"]).diff().dt.days
    change = series["low"].diff()
    totals["resets"] = change < -RESET_SHARE * series["low"].shift()
    totals["falls"] = (change < 0) & ~totals["resets"] & (totals["operator"] == "eq")
    totals["step"] = change.where(~totals["resets"])
    totals["gap"] = totals["days"] > GAP_DAYS
    totals["previous_facts"] = series["facts"].shift()
    return _add_reported_new(totals, claims)


def _settle_days(totals: pd.DataFrame) -> pd.DataFrame:
    """One total a day and series: of several on one day the highest, that said last. Old totals printed again are left out."""
    totals = totals[~totals["stale"]].copy()
    totals["series"] = group_codes(totals, SAME_SERIES)
    totals = totals.dropna(subset="date").sort_values(["series", "date", "low"], kind="stable")
    totals = totals.drop_duplicates(["series", "date"], keep="last")
    return totals.reset_index(drop=True)


def _add_reported_new(totals: pd.DataFrame, claims: pd.DataFrame) -> pd.DataFrame:
    """What the source itself called new on the day of each total, and whether that is the change of the total."""
    new = claims[(claims["scope"] == "new_in_period") & claims["claimed"] & claims["low"].notna()]
    keys = ["source", "place_group", "measure", "population", "victims", "basis", "date"]
    new = new.drop_duplicates(keys)[[*keys, "low", "facts"]].rename(
        columns={"low": "reported_new", "facts": "new_facts"}
    )
    joined = totals.merge(new, on=keys, how="left")
    known = joined["step"].notna() & joined["reported_new"].notna() & (joined["days"] == 1)
    joined["disagrees"] = known & (joined["operator"] == "eq") & (joined["step"] != joined["reported_new"])
    return joined


def list_gaps(series: pd.DataFrame, as_of: str | None = None) -> pd.DataFrame:
    """Spans without a report, the last one up to `as_of`: `series`, `source`, `place`, `measure`, `date_from` ... `days`."""
    columns = ["series", "source", "place", "measure", "date_from", "date_to", "days"]
    before = series.groupby("series")["date"].shift()
    within = series.assign(date_from=before, date_to=series["date"])[series["gap"]]
    last = series.drop_duplicates("series", keep="last").assign(date_from=lambda frame: frame["date"], date_to=as_of)
    span = pd.to_datetime(last["date_to"]) - pd.to_datetime(last["date_from"], format="ISO8601")
    last = last.assign(days=span.dt.days)
    return pd.concat([within[columns], last.loc[last["days"] > GAP_DAYS, columns]], ignore_index=True)
