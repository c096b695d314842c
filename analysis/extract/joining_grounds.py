"""What speaks for and against two mentions being of one event: their parties, days and places."""

from functools import lru_cache

from analysis.extract.event_mention import Mention
from analysis.extract.trigger_lexicon import load_lexicon

# How many paragraphs back "the attack" may point.
NEAR = 2


def agree(mention: Mention, earlier: Mention) -> bool:
    """Nothing that both say differs."""
    if _differ(mention.actor, earlier.actor):
        return False
    if _differ(mention.target, earlier.target) and not (is_area(mention.target) or is_area(earlier.target)):
        return False
    dates = mention.dates.get("date_start"), earlier.dates.get("date_start")
    if all(dates) and dates[0] != dates[1]:
        return False
    places = mention.place.get("place"), earlier.place.get("place")
    return not all(places) or places[0] == places[1]


def _differ(one: str | None, other: str | None) -> bool:
    return bool(one and other) and not overlap(one, other)


def is_area(target: str | None) -> bool:
    """ "the city", "targeted areas": words for a place, which the place's own name says better."""
    words = (target or "").lower().split()
    return bool(words) and words[-1].removesuffix("s") in load_lexicon().classes["territory"]


def share_place(mention: Mention, earlier: Mention) -> bool:
    place = mention.place.get("place")
    # A country is too wide to make two strikes one.
    return bool(place) and place == earlier.place.get("place") and (mention.place.get("where_prec") or 1) < 5


def overlap(one: str | None, other: str | None) -> bool:
    """Whether two names or phrases share a word that means something."""
    if not one or not other:
        return False
    return one == other or not _long_words(one).isdisjoint(_long_words(other))


@lru_cache(maxsize=2_000)
def _long_words(text: str) -> frozenset[str]:
    return frozenset(word for word in text.lower().replace("’", "'").split() if len(word) > 3)
