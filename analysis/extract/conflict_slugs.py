"""A slug for a conflict that the register of tracks lacks: the countries at war, not those who host or mediate."""

import re
from collections import Counter
from itertools import pairwise

from spacy.tokens import Token

from analysis.extract.reading import Reading
from analysis.extract.term_words import words
from analysis.facts import Place

# Two countries named as a pair count before one named more often (a mediator who speaks much), unless it is named that much more.
PAIR_SHARE = 0.4
COUNTRY = 6  # GED's `where_prec`
# What joins two countries to a pair: "Chad and Libya", "the Chad-Libya talks".
_PAIRED = re.compile(r"(?: and | & |-|–|/)(?:the )?")
_WITHIN = ("in", "at")


def is_host(token: Token) -> bool:
    """Whether a name stands for where talks are held or who brokers them: "signed in Khartoum", "mediated by Chad"."""
    while token.dep_ in ("compound", "conj") and token.head.i != token.i:
        token = token.head
    above = token.head
    if any(c.dep_ == "relcl" and c.lemma_ in words("mediating") for c in token.rights):
        return True  # "Norway, which brokered the truce"
    if token.dep_ == "nsubj":
        return above.lemma_ in words("mediating")
    if token.dep_ != "pobj":
        return False
    mediated = above.lower_ == "by" and above.head.lemma_ in words("mediating")
    held = above.head.head if above.head.dep_ == "dobj" and above.head.head.lemma_ == "sign" else above.head
    return mediated or (above.lower_ in _WITHIN and held.lemma_.lower() in words("hosted"))


def find_pair(reading: Reading) -> tuple[str, ...]:
    """The two countries that a report names as a pair, one of them where it first names any; empty without such a pair."""
    countries = _countries(reading)
    counts = Counter(place.name for place in reading.of(Place) if place.where_prec == COUNTRY)
    opening = {place.name for place in countries if place.start < _end_of_opening(reading, countries)}
    pairs = {
        tuple(sorted((str(one.name), str(other.name))))
        for one, other in pairwise(countries)
        if one.name != other.name and _PAIRED.fullmatch(reading.text, one.end, other.start)
    }
    near = [pair for pair in sorted(pairs) if opening.intersection(pair)]
    best = max(near, key=lambda pair: min(counts[name] for name in pair), default=())
    top = max(counts.values(), default=0)
    return best if best and min(counts[name] for name in best) >= PAIR_SHARE * top else ()


def _end_of_opening(reading: Reading, countries: list[Place]) -> int:
    """Where the first sentence ends that names a country; a dateline is none, it has no verb."""
    sentences = (reading.sentence_at(place.start) for place in countries)
    return next((s.end_char for s in sentences if any(t.pos_ == "VERB" for t in s)), 0)


def slug_of_conflict(reading: Reading) -> str | None:
    """A slug of the pair, else of the country or place named most; the same from most documents on a conflict."""
    names: tuple[str, ...] = find_pair(reading)
    if not names:
        places = sorted(reading.of(Place), key=lambda place: place.start)
        counts = Counter(str(place.name) for place in _countries(reading) or places)
        counts = counts or Counter(entity.text for entity in reading.parsed.ents if entity.label_ == "GPE")
        names = (max(counts, key=lambda name: counts[name]),) if counts else ()
    return re.sub(r"[^a-z0-9]+", "-", "-".join(names).lower()).strip("-") or None


def _countries(reading: Reading) -> list[Place]:
    """The countries named, in order, without hosts and mediators where others are named too."""
    named = sorted((p for p in reading.of(Place) if p.where_prec == COUNTRY), key=lambda place: place.start)
    return [p for p in named if not is_host(reading.token_at(p.start))] or named
