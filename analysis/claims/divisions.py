"""What a place lies in, as the gazetteer has it: its first-level division (GED's `adm_1`), and its country."""

import math
from collections.abc import Iterable
from functools import cache

import pandas as pd

from analysis.extract.gazetteer import load_gazetteer

# A listed place farther than that from an event's coordinates (degrees) is another one of the same name.
SAME_PLACE = 0.3
DIVISION, COUNTRY = "A", "C"  # the gazetteer's kinds
WIDER = 5  # GED's `where_prec` from which a place is wider than a division

# Its parts lie apart and are told of by their own names: Gaza, the West Bank.
TOLD_BY_PART = ("PS",)

# Numbers that say where people are harmed or in need; a count of envoys says nothing of a war's place.
HARM_MEASURES = (
    "killed", "injured", "missing", "killed_or_missing", "displaced", "detained", "hostages", "people_in_need", "facilities",
)  # fmt: skip
# Events that do not say it either: a capital that hosts a meeting is not what the war is about.
TALKS = ("meeting", "visit", "mediation", "agreement", "other")
MOST_AREAS = 2
TELLING = 50_000  # inhabitants from which an ambiguous name is that place's
LEAST_SHARE = 0.1  # of the facts of the country told of most: one stray place is not what a report is about


def select_located(facts: pd.DataFrame) -> pd.DataFrame:
    """The facts that say where a war is fought and who it harms: `place`, `where_prec`, `doc_id` and `area` (see `find_areas`)."""
    about = facts["measure"].isin(HARM_MEASURES) | (facts["kind"].eq("event") & ~facts["event_type"].isin(TALKS))
    located = facts.loc[about & facts["place"].notna(), ["place", "lat", "lon", "where_prec", "doc_id"]]
    return located.assign(area=find_areas(located))


def rank_areas(located: pd.DataFrame) -> pd.Series:
    """How often each country stands in the frame of `select_located`, the most frequent first, stray ones left out."""
    counts = rank_names(located["area"].dropna())
    return counts[counts >= counts.max() * LEAST_SHARE]


def rank_names(names: pd.Series) -> pd.Series:
    """How often each name stands, the most frequent first."""
    return names.value_counts().sort_index(kind="stable").sort_values(ascending=False, kind="stable")


def areas_of_reports(facts: pd.DataFrame, doc_ids: Iterable[str]) -> list[str]:
    """The one or two countries that some documents tell most of: what a number may count that names no place of its own.

    A document that places nothing is on the same war as the others, where those tell of no more countries than that.
    """
    located = select_located(facts)
    own = rank_areas(located[located["doc_id"].isin(set(doc_ids))])
    every = rank_areas(located)
    return list((own if len(own) else every if len(every) <= MOST_AREAS else own).index[:MOST_AREAS])


def find_areas(places: pd.DataFrame) -> pd.Series:
    """The country of each row (`place`, `lat`, `lon`), or the part of one told of by its own name; None where the gazetteer does
    not know the place.
    """
    rows = places[["place", "lat", "lon"]].astype({"lat": float, "lon": float})
    named = [area_of(place, lat, lon) for place, lat, lon in rows.itertuples(index=False, name=None)]
    return pd.Series(named, places.index, dtype=object)


@cache
def area_of(place: str, lat: float = math.nan, lon: float = math.nan) -> str | None:
    """The country in which one place lies; None where the gazetteer does not know it, or knows several of the name and none of them
    is at these coordinates.

    >>> area_of("Goma", -1.68, 29.22), area_of("Beit Lahia"), area_of("Nowhere-on-Sea")
    ('Democratic Republic of the Congo', 'Gaza', None)
    """
    found = load_gazetteer().find(place)
    near = [r for r in found if abs(r.lat - lat) < SAME_PLACE and abs(r.lon - lon) < SAME_PLACE]
    single = found[:1] if found and (found[0].curated or len({r.country for r in found}) == 1) else ()
    record = next(iter(near or single), None)
    # A village that many countries have one of says little of where a report is about.
    if record is None or (not record.curated and record.population < TELLING and len({r.country for r in found}) > 1):
        return None
    if record.country in TOLD_BY_PART and record.kind != COUNTRY:
        return _name_of(record.region, record.country) if record.region else record.name
    return load_gazetteer().countries.get(record.country)


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
