"""Which place a name stands for: chosen by what else the document names.

A first round takes each name's most prominent reading. A second weighs every reading by countries and divisions the
document speaks of, by nearness to other places named in it, and by the division named right after a comma. One name
is one place in one document unless a comma says otherwise.
"""

from collections import Counter
from dataclasses import dataclass
from math import asin, cos, log10, radians, sin, sqrt

from analysis.extract.gazetteer import Record, key_of
from analysis.extract.place_mentions import PlaceMention
from analysis.extract.place_words import DIVISIONS

EARTH_KM = 12742.0
# Weights found on newspaper text; the order matters more than the numbers: container, then neighbours, then size.
CONTAINER, SAME_DIVISION, SAME_COUNTRY, NEAR, CURATED, COUNTRY_NAME, DIVISION_NAME = 20.0, 2.2, 2.0, 2.5, 1.5, 3.0, 2.0
NEAR_KM = 250.0
SEAT_SHARE = 20  # a seat holds at least a twentieth of its division's people; a namesake village does not
AROUND = 30


@dataclass
class Setting:
    """What the document speaks of: how often each country and division is named, and where."""

    countries: Counter[str]
    regions: Counter[tuple[str, str]]
    points: list[tuple[str, float, float]]


def distance_km(a_lat: float, a_lon: float, b_lat: float, b_lon: float) -> float:
    """The great-circle distance."""
    p, q = radians(a_lat), radians(b_lat)
    h = sin((q - p) / 2) ** 2 + cos(p) * cos(q) * sin(radians(b_lon - a_lon) / 2) ** 2
    return EARTH_KM * asin(min(1.0, sqrt(h)))


def resolve_mentions(mentions: list[PlaceMention], adjectives: Counter[str]) -> None:
    """Set `record` of each mention that can be resolved."""
    setting = _first_setting(mentions, adjectives)
    for _ in range(2):
        chosen: dict[str, Record | None] = {}
        for mention in sorted(mentions, key=lambda m: m.container is None):
            key = key_of(mention.text)
            if mention.container is not None or key not in chosen:
                record = _choose(mention, setting)
                chosen.setdefault(key, record)
                mention.record = record
            else:
                mention.record = chosen[key]
        setting = _setting(mentions, adjectives)


def prefer_cities(text: str, mentions: list[PlaceMention]) -> None:
    """A bare name that a division shares with its seat is the city: "Khartoum", but not "Khartoum state"."""
    for mention in mentions:
        record = mention.record
        if record is None or record.kind not in "AB" or record.curated or _names_division(text, mention):
            continue
        seats = [r for r in mention.records if r.kind == "P" and _is_seat(r, record)]
        mention.record = max(seats, key=lambda r: r.population, default=record)


def prefer_divisions(text: str, mentions: list[PlaceMention]) -> None:
    """ "The state of Zulia" is no town of that name: the division, where its country is spoken of."""
    for mention in mentions:
        if mention.record is None or mention.record.kind != "P" or not _names_division(text, mention):
            continue
        others = {m.record.country for m in mentions if m.record is not None and m.text != mention.text}
        divisions = [r for r in mention.records if r.kind in "AB" and r.country in others]
        mention.record = max(divisions, key=lambda r: r.population, default=mention.record)


def _names_division(text: str, mention: PlaceMention) -> bool:
    """Whether the word before "of" or the word after says so: "the state of Khartoum", "Donetsk oblast"."""
    before = text[max(0, mention.start - AROUND) : mention.start].lower().split()
    after = text[mention.end : mention.end + AROUND].lower().split()
    return (before[-1:] == ["of"] and before[-2:-1] != [] and before[-2] in DIVISIONS) or (
        after != [] and after[0].strip(".,;:'\"") in DIVISIONS
    )


def _is_seat(city: Record, division: Record) -> bool:
    return (
        city.country == division.country
        and city.population * SEAT_SHARE >= division.population
        and distance_km(city.lat, city.lon, division.lat, division.lon) < NEAR_KM
    )


def _first_setting(mentions: list[PlaceMention], adjectives: Counter[str]) -> Setting:
    """From names with one reading, and from countries and divisions."""
    for mention in mentions:
        big = [r for r in mention.records if r.kind in "CAR" and r.curated]
        if len(mention.records) == 1 or (big and len(big) == 1):
            mention.record = big[0] if big else mention.records[0]
    return _setting(mentions, adjectives)


def _setting(mentions: list[PlaceMention], adjectives: Counter[str]) -> Setting:
    countries, regions = Counter(adjectives), Counter[tuple[str, str]]()
    points = []
    for mention in mentions:
        record = mention.record
        if record is None:
            continue
        countries[record.country] += 1
        if record.region:
            regions[record.country, record.region] += 1
        if record.kind in "PBR":
            points.append((key_of(mention.text), record.lat, record.lon))
    return Setting(countries, regions, points)


def _choose(mention: PlaceMention, setting: Setting) -> Record | None:
    if not mention.records:
        return None
    return max(
        mention.records, key=lambda record: (_score(record, mention, setting), record.curated, record.population)
    )


def _score(record: Record, mention: PlaceMention, setting: Setting) -> float:
    score = log10(record.population + 10)
    score += (
        CURATED * record.curated
        + COUNTRY_NAME * (record.kind == "C")
        + DIVISION_NAME * (record.kind == "A" and record.curated)
    )
    own = mention.record is not None and mention.record.country == record.country
    named = setting.countries[record.country] - own
    score += SAME_COUNTRY * _saturated(named) if record.country else 0.0
    same_region = setting.regions[record.country, record.region] - (
        mention.record is not None and mention.record.region == record.region
    )
    score += SAME_DIVISION * _saturated(same_region) if record.region else 0.0
    score += NEAR * _saturated(_neighbours(record, mention, setting))
    return score + (CONTAINER if _contained(record, mention.container) else 0.0)


def _saturated(count: int) -> float:
    """0, 1, 1.3, 1.5 ...: a second mention says less than the first."""
    return 1 + log10(count) if count > 0 else 0.0


def _neighbours(record: Record, mention: PlaceMention, setting: Setting) -> int:
    key = key_of(mention.text)
    near = {k for k, lat, lon in setting.points if k != key and distance_km(lat, lon, record.lat, record.lon) < NEAR_KM}
    return len(near)


def _contained(record: Record, container: PlaceMention | None) -> bool:
    """Whether the place named after the comma holds this one."""
    if container is None:
        return False
    for outer in container.records:
        if outer.kind == "C" and outer.country == record.country and record.kind != "C":
            return True
        if (
            outer.kind == "A"
            and outer.country == record.country
            and outer.region == record.region
            and record.kind in "PB"
        ):
            return True
    return False
