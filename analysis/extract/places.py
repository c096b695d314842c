"""Places: every mention of one, with coordinates where the gazetteer knows it, and which place holds for a clause."""

from bisect import bisect_left
from collections import Counter
from collections.abc import Iterator
from typing import Any

from spacy.tokens import Token

from analysis.extract.gazetteer import Record, load_gazetteer
from analysis.extract.place_mentions import PlaceMention, find_mentions
from analysis.extract.place_resolution import resolve_mentions
from analysis.extract.reading import Reading
from analysis.extract.timex_scene import governing_verb
from analysis.facts import Fact, Place

ADJECTIVE = "places.adjective"


def find_facts(reading: Reading) -> Iterator[Fact]:
    """The `place` facts of a document, one a mention.

    Adjectives and peoples ("Sudanese") count as mentions of their country, as in the corpora of the field (associative toponyms;
    Gritta et al. 2020); they carry a rule of their own and never say where something happened.
    """
    gazetteer = load_gazetteer(reading.notes.get("hand"))
    mentions, adjectives = find_mentions(reading, gazetteer)
    resolve_mentions(mentions, Counter(record.country for _, _, record in adjectives))
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


# --- the place that holds for a clause ------------------------------------------------------------------------------


def nearest(reading: Reading, start: int, end: int) -> dict[str, Any]:
    """The place of what the words [start, end) tell, as fields of a Figure or Event; empty where none plainly applies."""
    sentence = reading.sentence_at(start)
    here = _places_between(reading, sentence.start_char, sentence.end_char)
    scored = [(_cost(reading, place, start, end), place) for place in here]
    usable = [pair for pair in scored if pair[0] is not None]
    if not usable:
        return {}
    best = min(usable, key=lambda pair: pair[0] or 0.0)[1]
    return _flat(_most_specific(reading, best, here))


def _flat(place: Place) -> dict[str, Any]:
    return {
        "place": place.name,
        "geonames_id": place.geonames_id,
        "lat": place.lat,
        "lon": place.lon,
        "where_prec": place.where_prec,
    }


def _places_between(reading: Reading, start: int, end: int) -> list[Place]:
    places = reading.notes.get("places")
    if places is None:
        places = reading.notes["places"] = sorted(
            (place for place in reading.of(Place) if place.extractor != ADJECTIVE), key=lambda place: place.start
        )
        reading.notes["place starts"] = [place.start for place in places]
    starts = reading.notes["place starts"]
    return places[bisect_left(starts, start) : bisect_left(starts, end)]


_LOCATIVE = frozenset(
    {
        "in",
        "at",
        "near",
        "on",
        "around",
        "outside",
        "inside",
        "across",
        "throughout",
        "within",
        "over",
        "into",
        "through",
        "toward",
        "towards",
    }
)
_STEPS = 10


def _cost(reading: Reading, place: Place, start: int, end: int) -> float | None:
    """Grammatical distance of a place, None where it is only somebody's side ("Israel said")."""
    token, anchor = reading.token_at(place.start), reading.token_at(start)
    distance = abs(token.i - anchor.i) / 100
    lead = _preposition(token)
    if start <= place.start < end:
        return distance if lead in _LOCATIVE else 0.5 + distance
    if lead not in _LOCATIVE:
        return 3 + distance if lead in ("of", "from", "to") or _is_target(token) else None
    own, other = governing_verb(anchor), governing_verb(token)
    same = own is not None and other is not None and own.i == other.i
    return distance + (0 if same else 1)


def _preposition(token: Token) -> str:
    """The preposition a name hangs on, through compounds and appositions."""
    for _ in range(_STEPS):
        if token.dep_ == "pobj":
            return token.head.lower_
        if token.dep_ not in ("compound", "appos", "conj", "amod", "nmod", "poss") or token.head.i == token.i:
            return ""
        token = token.head
    return ""


def _is_target(token: Token) -> bool:
    return token.dep_ in ("dobj", "nsubjpass")


def _most_specific(reading: Reading, place: Place, here: list[Place]) -> Place:
    """ "In Sudan's Kassala", "in Kassala, Sudan": of places named side by side, the most exact."""
    beside = [p for p in here if abs(p.start - place.end) < 4 or abs(place.start - p.end) < 4]
    exact = [p for p in [place, *beside] if p.where_prec is not None]
    return min(exact, key=lambda p: p.where_prec or 9) if exact else place
