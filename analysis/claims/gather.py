"""Mentions become claims: the same number by the same source about the same thing is one claim, however often printed."""

import numpy as np
import pandas as pd

from analysis.claims.groups import collect_lists, count_distinct, flatten_lists, group_codes, rank_values
from analysis.claims.stale import find_stale

# What makes two mentions the same claim. About one event the day on which it was said does not matter.
SAME_CLAIM = (
    "event_id", "place_group", "source", "measure", "population", "victims", "unit_group", "scope", "basis", "operator",
    "value_low", "value_high", "window_start", "window_end", "modality", "trend", "denominator",
)  # fmt: skip
# What two claims must share before their numbers may be set side by side.
SAME_COUNT = (
    "event_id", "place_group", "measure", "population", "victims", "unit_group", "scope", "basis", "window_start", "trend"
)  # fmt: skip
KEPT = (
    "event_id", "place", "geonames_id", "lat", "lon", "where_prec", "place_key", "measure", "population", "victims", "unit",
    "scope", "basis", "operator", "value_low", "value_high", "period_start", "as_of", "date", "dated_by", "published",
    "source", "asserted_by", "modality", "claimed", "caveat", "trend", "denominator", "reliability", "status",
)  # fmt: skip
# Counted by their measure alone: "93 people" and "93 Palestinians" killed are not two kinds of number.
PEOPLE_MEASURES = frozenset(
    {"killed", "injured", "missing", "killed_or_missing", "displaced", "detained", "hostages", "people_in_need"}
)
LOWER_BOUNDS, UPPER_BOUNDS = ("at_least", "more_than"), ("at_most", "less_than")


def gather_claims(figures: pd.DataFrame) -> pd.DataFrame:
    """One row a claim, from the frame of `prepare_figures` (with `event_id` where events were matched).

    Beside the columns of KEPT: `facts`, `documents`, `publishers`, `relayed_by`, `corroborated_by` (lists), `printed` (in
    how many reports, copies counted once where `copy_of` is there), `low`, `high`, `open_high`, `superseded`, `count` (the
    number of the group of claims that may be compared), and those of `stale.find_stale`. In order of date.
    """
    keyed = add_windows(figures)
    codes = group_codes(keyed, SAME_CLAIM)
    first = _find_first(keyed["published"], codes)
    first = first[np.lexsort((rank_values(keyed["published"])[first], rank_values(keyed["date"])[first]))]
    numbers = codes[first]
    claims = keyed.take(first).reindex(columns=[*KEPT, "place_group", "unit_group", "window_start", "window_end"])
    claims = claims.reset_index(drop=True)
    for name, column in (("facts", "fact_id"), ("documents", "doc"), ("publishers", "publisher")):
        claims[name] = _pick(collect_lists(keyed[column], codes), numbers)
    for name in ("relayed_by", "corroborated_by"):
        claims[name] = _pick(flatten_lists(keyed[name], codes), numbers)
    claims["printed"] = count_distinct(name_reports(keyed), codes)[numbers]
    claims["low"], claims["high"] = claims["value_low"], claims["value_high"]
    claims["open_high"] = claims["operator"].isin(LOWER_BOUNDS)
    claims["count"] = group_codes(claims, SAME_COUNT)
    claims["superseded"] = mark_superseded(claims)
    return claims.join(find_stale(claims))


def _find_first(published: pd.Series, codes: np.ndarray) -> np.ndarray:
    """The row of each group that was printed first (undated ones last), in the order of the rows."""
    ranks, rows = rank_values(published), np.arange(len(codes))
    order = np.where(ranks < 0, len(ranks), ranks) * len(ranks) + rows
    return np.sort(pd.Series(order).groupby(codes).min().to_numpy() % max(1, len(ranks)))


def name_reports(figures: pd.DataFrame) -> pd.Series:
    """The report that each figure's document is, or is a copy of (see `copies.mark_copies`)."""
    if "copy_of" not in figures:
        return figures["doc_id"]
    return figures["copy_of"].where(figures["copy_of"].notna(), figures["doc_id"])


def _pick(lists: list[list], numbers: np.ndarray) -> list[list]:
    return [lists[number] for number in numbers.tolist()]


def add_windows(figures: pd.DataFrame) -> pd.DataFrame:
    """Adds what tells claims apart: where (`place_group`), when (`window_start`, `window_end`), what (`unit_group`)."""
    keyed = figures.reset_index(drop=True)
    if "event_id" not in keyed:
        keyed["event_id"] = None
    whole = keyed["event_id"].notna()
    # Two numbers without a place may be of two countries: such a claim is comparable with nothing but itself.
    # So may two incidents that could not be told apart by town and day.
    known = keyed["place_key"].notna() & (keyed["scope"] != "incident")
    alone = keyed[~known & ~whole]
    keyed["place_group"] = keyed["place_key"].where(known & ~whole, None)
    keyed.loc[alone.index, "place_group"] = "? " + name_reports(alone) + " " + alone["value_low"].astype(str)
    keyed["window_end"] = keyed["date"].where(~whole, None)
    keyed["window_start"] = keyed["counted_from" if "counted_from" in keyed else "period_start"].where(~whole, None)
    daily = (keyed["scope"] == "new_in_period") & keyed["window_start"].isna() & ~whole
    keyed["window_start"] = keyed["window_start"].where(~daily, keyed["date"])
    keyed["scope"] = keyed["scope"].where(~whole, "incident")
    keyed["unit_group"] = keyed["unit"].where(~keyed["measure"].isin(PEOPLE_MEASURES), None)
    keyed["victims"] = keyed["victim_status"].where(keyed["victim_status"].isin(["civilian", "combatant"]), "all")
    return keyed


def mark_superseded(claims: pd.DataFrame) -> pd.Series:
    """Whether a later claim of the same source replaces this one (rule 4 of the contract; another source's never does).

    Later means a later `date`, or the same date published later. A lower bound gives way to the same source's higher
    number of the same day. Two different numbers of one source, same date and day, both stay: that is a contradiction.
    """
    flags = pd.Series(claims["status"].eq("superseded") if "status" in claims else False, claims.index)
    live = claims[claims["claimed"] & ~flags & claims["value_low"].notna()]
    codes = group_codes(live, ["count", "source"])
    days = rank_values(live["published"])
    ages = rank_values(live["date"]) * (len(days) + 1) + days
    ranked = pd.DataFrame({"code": codes, "age": ages, "high": live["high"].to_numpy()}, live.index)
    newest = ranked.groupby("code")["age"].transform("max")
    older = ranked["age"] < newest
    most = ranked["high"].where(~older).groupby(ranked["code"]).transform("max")
    outgrown = ~older & live["open_high"] & (ranked["high"] < most)
    flags.loc[live.index[(older | outgrown).to_numpy()]] = True
    return flags
