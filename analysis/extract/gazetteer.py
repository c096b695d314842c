"""The gazetteer: what places a name may stand for.

Three layers: countries and their parts (`lexicons/countries.tsv`, `divisions.tsv`), places of conflicts and talks
(`lexicons/places.yml`, and additions by hand), and GeoNames' populated places and divisions (`gazetteer_data/`,
450,000 names). The last stays one block of bytes in memory that is searched by halves, so that loading costs a tenth
of a second and no object a row.
"""

import csv
import gzip
import re
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from functools import cached_property, lru_cache
from pathlib import Path
from typing import Any

from analysis.extract.word_index import load_yaml

HERE = Path(__file__).parent
TABLE = HERE / "gazetteer_data" / "gazetteer.tsv.gz"
COUNTRIES = HERE / "lexicons" / "countries.tsv"
DIVISIONS = HERE / "lexicons" / "divisions.tsv"
PLACES = HERE / "lexicons" / "places.yml"
# GED's where_prec by kind: populated place, second- and first-level division, region, country.
PRECISION = {"P": 1, "B": 3, "A": 4, "R": 5, "C": 6}
KINDS = {precision: kind for kind, precision in PRECISION.items()} | {2: "P", 7: "R"}
SAME_DEGREES = 0.3
_ODD = re.compile(r"[^a-z0-9]+")
_MUTE = re.compile(r"['`.\u2018\u2019\u02bb\u02bc\u02bf]")
# Articles of Arabic names, left out by some writers.
_ARTICLE = re.compile(r"^(al|el|an|as|ash|at|ad|az|ar) ")


@dataclass(frozen=True)
class Record:
    """One place: `kind` is C country, A or B division, P populated place, R region or water; `curated` says a person listed it."""

    name: str
    kind: str
    country: str
    region: str
    lat: float
    lon: float
    population: int
    geonames_id: int | None
    where_prec: int
    curated: bool = False


@lru_cache(maxsize=50_000)
def key_of(name: str) -> str:
    """The search key of a name.

    >>> key_of("Deir ez-Zor"), key_of("Bayt L\u0101hy\u0101"), key_of("U.S.")
    ('deir ez zor', 'bayt lahya', 'us')
    """
    plain = unicodedata.normalize("NFKD", _MUTE.sub("", name)).encode("ascii", "ignore").decode().lower()
    return " ".join(_ODD.sub(" ", plain).split())


class Gazetteer:
    """All three layers. `hand` is a folder with a `places.yml`: a list of name, variants, lat, lon, where_prec, country."""

    def __init__(self, hand: Path | None = None) -> None:
        self.curated: dict[str, list[Record]] = {}
        self.abbreviations: dict[str, Record] = {}
        self.demonyms: dict[str, Record] = {}
        self.wary: frozenset[str] = frozenset()
        self._read_countries()
        self._read_divisions()
        self._read_places()
        if hand and (hand / "places.yml").exists():
            self._read_hand(hand / "places.yml")

    @cached_property
    def first_words(self) -> frozenset[str]:
        """First words of all listed names, for texts without capitals."""
        names = [key.split()[0] for key in self.curated if key not in self.wary]
        return (frozenset(names) - self.wary) | {key.split()[0] for key in self.demonyms}

    @cached_property
    def countries(self) -> dict[str, str]:
        """The name of each country, by its ISO code."""
        return {r.country: r.name for records in self.curated.values() for r in records if r.kind == "C"}

    def find(self, name: str) -> tuple[Record, ...]:
        """The places a name may stand for, those listed by hand first; empty where it is not known."""
        return self._find(key_of(name))

    @lru_cache(maxsize=50_000)  # noqa: B019  (one gazetteer a folder of additions)
    def _find(self, key: str) -> tuple[Record, ...]:
        if not key:
            return ()
        found = _joined(self.curated.get(key, []), _rows(self._table, key))
        if not found and _ARTICLE.match(key):
            return self._find(_ARTICLE.sub("", key))
        return tuple(found)

    @cached_property
    def _table(self) -> bytes:
        with gzip.open(TABLE) as stream:
            return stream.read()

    def _add(self, record: Record, names: Iterable[str]) -> None:
        for key in {key_of(name) for name in (record.name, *names)} - {""}:
            self.curated.setdefault(key, []).append(record)

    def _read_countries(self) -> None:
        for code, name, lat, lon, others, adjectives in _table_rows(COUNTRIES):
            record = Record(name, "C", code, "", float(lat), float(lon), 10_000_000, None, PRECISION["C"], True)
            self._add(record, filter(None, others.split(";")))
            self.demonyms.update({key_of(word): record for word in filter(None, adjectives.split(";"))})

    def _read_divisions(self) -> None:
        for code, name, lat, lon, short in _table_rows(DIVISIONS):
            region = key_of(name.removesuffix(" State"))
            record = Record(name, "A", code, region, float(lat), float(lon), 5_000_000, None, PRECISION["A"], True)
            full = [word for word in short.split(";") if len(word) > 4 and "." not in word]
            self._add(record, full)
            self.abbreviations.update({word: record for word in short.split(";") if word})

    def _read_places(self) -> None:
        table = load_yaml(PLACES)
        for name, country, lat, lon, precision, variants in table["places"]:
            self._add(_curated(name, country, lat, lon, precision), variants)
        self.wary = frozenset(key_of(str(word)) for word in table["wary"])

    def _read_hand(self, path: Path) -> None:
        for entry in load_yaml(path) or []:
            record = _curated(
                entry["name"], entry.get("country"), entry["lat"], entry["lon"], entry.get("where_prec", 1)
            )
            for key in {key_of(name) for name in (record.name, *(entry.get("variants") or ()))} - {""}:
                self.curated[key] = [record]  # what a person added here wins over everything else of the name


def _curated(name: str, country: Any, lat: float, lon: float, precision: int) -> Record:
    return Record(name, KINDS[precision], country or "", "", float(lat), float(lon), 1_000_000, None, precision, True)


def _table_rows(path: Path) -> Iterator[list[str]]:
    with path.open(encoding="utf-8", newline="") as stream:
        yield from csv.reader((line for line in stream if not line.startswith("#")), delimiter="\t")


def _rows(table: bytes, key: str) -> list[Record]:
    """The lines of the sorted table whose first column is `key`."""
    wanted = key.encode() + b"\t"
    low, high = 0, len(table)
    while low < high:  # the first line that is not below `wanted`
        middle = table.rfind(b"\n", 0, (low + high) // 2) + 1
        end = table.find(b"\n", (low + high) // 2) + 1
        if table[middle:end] < wanted:
            low = end
        else:
            high = middle
    found = []
    while table.startswith(wanted, low):
        end = table.find(b"\n", low)
        found.append(_record(table[low:end].decode()))
        low = end + 1
    return found


def _joined(curated: list[Record], rows: list[Record]) -> list[Record]:
    """Listed places take the GeoNames id of the row that is the same place, and replace it."""
    found = []
    for record in curated:
        same = [row for row in rows if _is_same(record, row)]
        number = next((row.geonames_id for row in same if row.geonames_id and row.kind == record.kind), None)
        found.append(replace(record, geonames_id=number, region=record.region or (same[0].region if same else "")))
        rows = [row for row in rows if row not in same]
    return found + rows


def _is_same(record: Record, row: Record) -> bool:
    near = abs(record.lat - row.lat) < SAME_DEGREES and abs(record.lon - row.lon) < SAME_DEGREES
    return record.country == row.country and (near if record.kind == "P" else record.kind == row.kind)


def _record(line: str) -> Record:
    _, name, kind, country, region, lat, lon, population, number = line.split("\t")
    return Record(
        name, kind, country, region, float(lat), float(lon), int(population), int(number) or None, PRECISION[kind]
    )


@lru_cache(maxsize=4)
def load_gazetteer(hand: Path | None = None) -> Gazetteer:
    """The gazetteer, loaded once a folder of additions."""
    return Gazetteer(hand)
