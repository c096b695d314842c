"""The words by which a statement takes a side, from stance.yml."""

import re
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from analysis.extract.word_index import load_yaml

_LEXICON = Path(__file__).parent / "lexicons" / "stance.yml"
NEGATION = re.compile(r"\b(?:not|never|no|nothing|neither|nor|cannot)\b|n['’]t\b", re.IGNORECASE)
_WORD = re.compile(r"[\w'’-]+")
_REACH = 4  # words from "stop" to "attacks", from "not" to "negotiate"
_PAIRS = ("halts", "hostilities", "refusable")


@dataclass(frozen=True)
class Lexicon:
    """The lists of stance.yml: one pattern for each list of words, one set for each list of cues or single words."""

    patterns: dict[str, re.Pattern[str]]
    cues: dict[str, frozenset[str]]
    conditions: tuple[str, ...]
    any_condition: re.Pattern[str]


@lru_cache(maxsize=1)
def lexicon() -> Lexicon:
    """The lists, read once."""
    data = load_yaml(_LEXICON)
    openings = data.pop("conditions")
    listed = {name: frozenset(words) for name, words in data.items() if name.startswith("cue_") or name in _PAIRS}
    patterns = {name: word_pattern(words) for name, words in data.items() if name not in listed}
    return Lexicon(patterns, listed, tuple(openings), word_pattern(openings))


def word_pattern(words: list[str]) -> re.Pattern[str]:
    """Any of some words or groups of words, at word boundaries."""
    return re.compile(r"\b(?:" + "|".join(map(re.escape, sorted(words, key=len, reverse=True))) + r")\b", re.IGNORECASE)


def has(name: str, words: str) -> bool:
    """Whether any word of a list stands in a text."""
    return bool(lexicon().patterns[name].search(words))


def is_about_deal(words: str) -> bool:
    """Whether words name a ceasefire, talks, terms or an offer."""
    return names_deal(words) or has("offers", words)


def names_deal(words: str) -> bool:
    """Whether words name a ceasefire, a deal or talks, or an end to fighting: "suspend its offensive"."""
    return has("deal", words) or _reaches(words, lexicon().cues["halts"], lexicon().cues["hostilities"])


def refuses(words: str) -> bool:
    """Whether something one can be asked for is negated: "will never sit down", "could not agree to a truce"."""
    return _reaches(words, _NOT, lexicon().cues["refusable"])


_NOT = frozenset({"not", "never", "cannot", "neither", "nor"})


def _reaches(words: str, first: frozenset[str], second: frozenset[str]) -> bool:
    """Whether a word of the first set stands at most a few words before one of the second."""
    listed = [word.strip("'’").lower() for word in _WORD.findall(words)]
    for number, word in enumerate(listed):
        opens = word in first or (first is _NOT and word.endswith(("n't", "n’t")))
        if opens and not second.isdisjoint(listed[number + 1 : number + 1 + _REACH]):
            return True
    return False
