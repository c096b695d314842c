"""The first-level division (province, governorate, state) in which a place lies, as the gazetteer has it: GED's `adm_1`."""

from functools import cache

import pandas as pd

from analysis.extract.gazetteer import load_gazetteer

# A listed place farther than that from an event's coordinates (degrees) is another one of the same name.
SAME_PLACE = 0.3
DIVISION, WIDER = (
    "A",
    5,
)  # the gazetteer's kind of first-level divisions; GED's `where_prec` from which a place is wider than one


def find_divisions(places: pd.DataFrame) -> pd.Series:
    """The division of each row (`where_coordinates`, `latitude`, `longitude`, `where_prec`); None where none is known."""
    known = places["where_coordinates"].notna() & places["latitude"].notna() & ~places["where_prec"].ge(WIDER)
    rows = places.loc[known, ["where_coordinates", "latitude", "longitude"]]
    named = [_division(*row) for row in rows.itertuples(index=False, name=None)]
    return pd.Series(named, rows.index, dtype=object).reindex(places.index)


@cache
def _division(place: str, lat: float, lon: float) -> str | None:
    found = [
        record for record in load_gazetteer().find(place)
        if record.region and abs(record.lat - lat) < SAME_PLACE and abs(record.lon - lon) < SAME_PLACE
    ]  # fmt: skip
    return _name_of(found[0].region, found[0].country) if found else None


def _name_of(region: str, country: str) -> str:
    """The division's listed name; else its key with capitals."""
    listed = [r.name for r in load_gazetteer().find(region) if r.kind == DIVISION and r.country == country]
    return listed[0] if listed else region.title()
