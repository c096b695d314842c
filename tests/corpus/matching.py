"""When a fact that was found counts as a fact of the gold, and whether a field of it holds.

Both sides are facts as JSON objects (dicts). Pairs are made one to one, best overlap first, required facts before optional
ones; what is left is a miss (gold) or a false alarm (found), unless an optional fact excuses it.
"""

import math
import re
import unicodedata
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from difflib import SequenceMatcher
from typing import Any

Fact = dict[str, Any]

SPAN_IOU = 0.5  # statements and terms: the contents are long, their edges a matter of taste
ALIKE = 0.8  # names: "Qassem" and "Kassem" are one, "Sudan" and "Sudanese" share their first letters
STEM = 4
EARTH_KM = 6371.0
FAMILIES = {"at_least": "over", "more_than": "over", "at_most": "under", "less_than": "under"}
EMPTY_WORDS = frozenset({"the", "a", "an", "of", "in", "for", "and", "its", "his", "their", "run", "senior", "general"})
ACRONYMS = {
    "us": "united states", "unocha": "united nations office coordination humanitarian affairs", "uae": "united arab emirates",
    "un": "united nations", "eln": "national liberation army", "rsf": "rapid support forces", "uk": "united kingdom",
    "who": "world health organization", "wfp": "world food programme", "tplf": "tigray people liberation front",
}  # fmt: skip
NOT_SCORED = frozenset(
    {
        "doc",
        "doc_id",
        "kind",
        "start",
        "end",
        "text",
        "optional",
        "alternatives",
        "tolerance_km",
        "lon",
        "value_low",
        "value_high",
    }
)


@dataclass
class Matches:
    """What became of the facts of one kind: pairs (gold, found), gold that was missed, found that nobody asked for."""

    pairs: list[tuple[Fact, Fact]] = field(default_factory=list)
    misses: list[Fact] = field(default_factory=list)
    alarms: list[Fact] = field(default_factory=list)


def match_facts(gold: Iterable[Fact], found: Iterable[Fact]) -> Matches:
    """Pairs of the facts of one kind and one document."""
    gold, free = list(gold), list(found)
    required = [fact for fact in gold if not fact.get("optional")]
    matches = Matches(misses=list(required))
    candidates = [(_closeness(g, f), i, j) for i, g in enumerate(required) for j, f in enumerate(free)]
    taken_gold, taken_found = set(), set()
    for closeness, i, j in sorted(candidates, key=lambda c: -c[0]):
        if closeness > 0 and i not in taken_gold and j not in taken_found:
            taken_gold.add(i)
            taken_found.add(j)
            matches.pairs.append((required[i], free[j]))
    matches.misses = [fact for i, fact in enumerate(required) if i not in taken_gold]
    excuses = [fact for fact in gold if fact.get("optional")]
    rest = [fact for j, fact in enumerate(free) if j not in taken_found]
    matches.alarms = [fact for fact in rest if not any(_excuses(excuse, fact) for excuse in excuses)]
    return matches


def drop_provisions(events: Iterable[Fact], gold: Iterable[Fact]) -> list[Fact]:
    """The events found outside of the gold's terms: whether a provision's verb is a planned event too is left open.

    An event of the gold keeps its own.
    """
    gold = list(gold)
    terms = [fact for fact in gold if fact["kind"] == "term"]
    asked = [fact for fact in gold if fact["kind"] == "event"]
    return [
        event
        for event in events
        if any(intersection_over_union(event, fact) for fact in asked)
        or not any(term["start"] <= event["start"] and event["end"] <= term["end"] for term in terms)
    ]


def intersection_over_union(one: Fact, other: Fact) -> float:
    """How much of two spans is common to both, 0 to 1."""
    common = min(one["end"], other["end"]) - max(one["start"], other["start"])
    return max(common, 0) / (max(one["end"], other["end"]) - min(one["start"], other["start"]))


def _closeness(gold: Fact, found: Fact) -> float:
    """How well two facts of a kind fit, 0 when they are not the same fact."""
    overlap = max(intersection_over_union(span, found) for span in _spans(gold))
    kind = gold["kind"]
    if kind == "actor":
        return float(same_name(gold["name"], found["name"])) * (1 + overlap)
    if kind in ("statement", "term"):
        return overlap if overlap >= SPAN_IOU else 0.0
    keys = {"figure": ("value_low", "value_high"), "event": ("event_type",), "time": ("value",), "place": ()}[kind]
    fits = all(key not in gold or _equal(gold, found, key) for key in keys)
    return overlap if fits and _operator_family(gold) in (None, _operator_family(found)) else 0.0


def _spans(gold: Fact) -> list[Fact]:
    return [gold, *({"start": start, "end": end} for start, end in gold.get("alternatives", []))]


def _operator_family(fact: Fact) -> str | None:
    operator = fact.get("operator")
    return FAMILIES.get(operator, operator) if operator else None


def _excuses(optional: Fact, found: Fact) -> bool:
    overlap = intersection_over_union(optional, found)
    return overlap >= SPAN_IOU if optional["kind"] in ("statement", "term") else overlap > 0


def same_name(one: str | None, other: str | None) -> bool:
    """Whether two names plainly mean one thing: the words of the shorter are all in the longer, inflected or misspelt or not.

    >>> same_name("Naim Kassem", "Naim Qassem"), same_name("Sudan's army", "the Sudanese army"), same_name("ELN", "FARC")
    (True, True, False)
    """
    if not one or not other:
        return one == other
    shorter, longer = sorted((_words(one), _words(other)), key=len)
    if not shorter:
        return not longer
    return all(any(_same_word(word, candidate) for candidate in longer) for word in shorter)


def _words(name: str) -> list[str]:
    straight = name.replace("’", "'")
    plain = unicodedata.normalize("NFKD", straight).encode("ascii", "ignore").decode()
    plain = re.sub(r"(['`]s|s['`])(?!\w)", "", plain.lower().replace(".", "").replace("-", " "))
    words = [word for word in re.findall(r"\w+", plain) if word not in EMPTY_WORDS]
    return [part for word in words for part in ACRONYMS.get(word, word).split()]


def _same_word(one: str, other: str) -> bool:
    if min(len(one), len(other)) >= STEM and one[:STEM] == other[:STEM]:
        return True
    return SequenceMatcher(None, one, other).ratio() >= ALIKE


def kilometres(lat: float, lon: float, other_lat: float, other_lon: float) -> float:
    """The great-circle distance of two points in degrees.

    >>> round(kilometres(33.89, 35.5, 33.51, 36.29))
    84
    """
    a, b, c, d = map(math.radians, (lat, lon, other_lat, other_lon))
    half = math.sin((c - a) / 2) ** 2 + math.cos(a) * math.cos(c) * math.sin((d - b) / 2) ** 2
    return 2 * EARTH_KM * math.asin(math.sqrt(half))


def scored_fields(gold: Fact) -> list[str]:
    """The fields that the gold decides, those by which the pairs were made left out."""
    made_by = {"time": {"value"}, "event": {"event_type"}}.get(gold["kind"], set())
    return [key for key in gold if key not in NOT_SCORED | made_by]


def holds(key: str, gold: Fact, found: Fact) -> bool:
    """Whether the field of the found fact says what the gold says."""
    return CHECKS.get(key, _equal)(gold, found, key)


def _equal(gold: Fact, found: Fact, key: str) -> bool:
    return found.get(key) in _options(gold[key])


def _options(value: Any) -> list[Any]:
    """The values that are as good: a list where the annotators let several stand."""
    return value if isinstance(value, list) else [value]


def _named(gold: Fact, found: Fact, key: str) -> bool:
    return any(same_name(option, found.get(key)) for option in _options(gold[key]))


def _listed(gold: Fact, found: Fact, key: str) -> bool:
    ours, theirs = gold[key], found.get(key) or []
    return len(ours) == len(theirs) and all(any(same_name(name, other) for other in theirs) for name in ours)


def _cued(gold: Fact, found: Fact, key: str) -> bool:
    return bool(found.get(key)) and intersection_over_union(gold[key], found[key]) > 0


def _worded(gold: Fact, found: Fact, key: str) -> bool:
    """Free text: nothing against nothing, else at least half of the words in common."""
    theirs = set((found.get(key) or "").lower().split())
    options = [set((option or "").lower().split()) for option in _options(gold[key])]
    return any(ours == theirs or len(ours & theirs) * 2 > len(ours | theirs) for ours in options)


def _contained(gold: Fact, found: Fact, key: str) -> bool:
    return _named(gold, found, key) or _worded(gold, found, key)


def _located(gold: Fact, found: Fact, _key: str) -> bool:
    if found.get("lat") is None:
        return False
    return kilometres(gold["lat"], gold["lon"], found["lat"], found["lon"]) <= gold["tolerance_km"]


NAMES = (
    "name", "place", "asserted_by", "speaker", "actor", "target", "affiliation", "obligor", "demanded_by", "proposed_by",
    "addressee", "venue", "geography", "denominator", "track",
)  # fmt: skip
CHECKS: dict[str, Callable[[Fact, Fact, str], bool]] = {
    **dict.fromkeys(NAMES, _named),
    **dict.fromkeys(("relayed_by", "corroborated_by", "mediators"), _listed),
    **dict.fromkeys(("condition", "caveat"), _worded),
    **dict.fromkeys(("role", "quantity"), _contained),
    "cue": _cued,
    "lat": _located,
}
