"""Running totals that name no place: "the ministry put the total since 8 October at 2,822 killed".

Where the same originator's other totals of the same count, from the same first day, name one place and no other, it is that place's
total. The fact itself keeps what its words say; only what is set side by side is completed.
"""

import pandas as pd

# What makes one count, its place aside.
SAME_BUT_PLACE = ("asserted_by", "measure", "population", "victim_status", "period_start")
WHERE = ("place", "geonames_id", "lat", "lon", "where_prec")


def place_totals(figures: pd.DataFrame) -> pd.DataFrame:
    """The figures with the columns of WHERE filled for such totals; the others, and the index, as they are."""
    if not {*SAME_BUT_PLACE, "place", "scope"} <= set(figures.columns):
        return figures
    counted = (figures["scope"] == "cumulative") & figures["period_start"].notna() & figures["asserted_by"].notna()
    asking = counted & figures["place"].isna() & figures["value_low"].notna()
    if not asking.any():
        return figures
    keys, where = list(SAME_BUT_PLACE), [name for name in WHERE if name in figures.columns]
    known = figures.loc[counted & figures["place"].notna(), [*keys, *where]].drop_duplicates([*keys, "place"])
    known = known[~known.duplicated(keys, keep=False)]
    found = figures.loc[asking, keys].merge(known, on=keys, how="left").set_index(figures.index[asking])
    found = found[found["place"].notna()]
    placed = figures.copy()
    for name in where:
        placed.loc[found.index, name] = found[name]
    return placed
