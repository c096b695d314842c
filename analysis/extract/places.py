"""Places: every mention of one, with coordinates where the gazetteer knows it, and which place holds for a clause."""

from collections import Counter
from collections.abc import Iterator
from typing import Any

from analysis.extract.gazetteer import Record, load_gazetteer
from analysis.extract.place_finder import find_mentions
from analysis.extract.place_mentions import PlaceMention
from analysis.extract.place_of_clause import ADJECTIVE, nearest
from analysis.extract.place_resolution import prefer_cities, prefer_divisions, resolve_mentions
from analysis.extract.reading import Reading
from analysis.facts import Fact, Place

__all__ = ["find_facts", "nearest"]


def find_facts(reading: Reading) -> Iterator[Fact]:
    """The `place` facts of a document, one a mention.

    Adjectives and peoples ("Sudanese") count as mentions of their country, as in the corpora of the field (associative toponyms;
    Gritta et al. 2020); they carry a rule of their own and never say where something happened.
    """
    gazetteer = load_gazetteer(reading.notes.get("hand"))
    mentions, adjectives = find_mentions(reading, gazetteer)
    resolve_mentions(mentions, Counter(record.country for _, _, record in adjectives))
    prefer_cities(reading.shadow, mentions)
    prefer_divisions(reading.shadow, mentions)
    for mention in mentions:
        yield reading.fact(Place, mention.start, mention.end, rule="places.name", **_fields(mention))
    for start, end, record in adjectives:
        yield reading.fact(Place, start, end, rule=ADJECTIVE, **_record_fields(record, record.name))


def _fields(mention: PlaceMention) -> dict[str, Any]:
    record = mention.record
    return {"name": mention.text} if record is None else _record_fields(record, _canonical(record, mention.text))


def _record_fields(record: Record, name: str) -> dict[str, Any]:
    return {
        "name": name, "geonames_id": record.geonames_id, "lat": record.lat, "lon": record.lon, "where_prec": record.where_prec,
    }  # fmt: skip


def _canonical(record: Record, text: str) -> str:
    """The listed name; of gazetteer rows, whose names are transliterations, the form the text uses."""
    if record.curated:
        return record.name
    return text if text[:1].isupper() and not (text.isupper() and len(text) > 3) else text.title()
