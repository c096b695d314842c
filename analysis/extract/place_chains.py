"""Places named together, one within the other: "in Al Jubah district of Marib", "Catatumbo, in northeastern Colombia"."""

import re
from itertools import pairwise

from analysis.extract.place_words import HOLDING
from analysis.facts import Place

LONGEST_GAP = 40  # characters between a place and the one that holds it
_POSSESSIVE = re.compile(r"['\u2019]s?\b")
_WORD = re.compile(r"[^\W\d_]+")
_ONLY_THESE = re.compile(r"[\w\s,(]*")


def find_chain(text: str, place: Place, here: list[Place]) -> list[Place]:
    """The run of places around one that are named together, in text order; `here` is in text order and holds it."""
    at = here.index(place)
    first, last = at, at
    while first > 0 and _is_joined(text, here[first - 1], here[first]):
        first -= 1
    while last + 1 < len(here) and _is_joined(text, here[last], here[last + 1]):
        last += 1
    return here[first : last + 1]


def most_exact(text: str, place: Place, here: list[Place]) -> Place:
    """Of places named together the most exact: what lies "in" or "of" the next, what the one before owns."""
    chain = find_chain(text, place, here)
    best = chain[0]
    for one, other in pairwise(chain):
        gap = text[one.end : other.start]
        owned = bool(_POSSESSIVE.search(gap))
        if best is one and (owned or (not _WORD.search(gap) and _precision(other) < _precision(one))):
            best = other
    return best


def _precision(place: Place) -> int:
    """GED's where_prec; of a place that no gazetteer has, that of a village."""
    return place.where_prec or 1


def _is_joined(text: str, one: Place, other: Place) -> bool:
    """Whether nothing stands between two places but what says that one holds the other."""
    gap = text[one.end : other.start]
    if len(gap) > LONGEST_GAP or one.end > other.start:
        return False
    bare = _POSSESSIVE.sub("", gap)
    return bool(_ONLY_THESE.fullmatch(bare)) and all(word.lower() in HOLDING for word in _WORD.findall(bare))
