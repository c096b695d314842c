"""By which words a passage shows that it speaks of one negotiation track and of no other."""

import re

import numpy as np
import pandas as pd

from analysis.topics.selection import column

_WORD = re.compile(r"\w+")


def find_named(rows: pd.DataFrame, words: dict[str, set[str]]) -> pd.Series:
    """The one track of which a word that is its alone stands in the row's text or place; None where none or several do."""
    codes, texts = pd.factorize(column(rows, "text").fillna("") + " | " + column(rows, "place").fillna(""))
    own = {slug: names for slug, names in _own_words(words).items() if names}
    patterns = {slug: re.compile(_pattern(names)) for slug, names in own.items()}
    beginnings = _beginnings(own)
    found = [_track_named(text, beginnings, patterns) for text in texts]
    return pd.Series(np.array([*found, None], dtype=object)[codes], rows.index, dtype=object)


def _beginnings(words: dict[str, list[str]]) -> dict[str, set[str]]:
    """For the first word of each name the tracks that it may show: looking words up spares most texts the patterns."""
    found: dict[str, set[str]] = {}
    for slug, names in words.items():
        for name in names:
            found.setdefault(next(iter(_WORD.findall(name.lower())), ""), set()).add(slug)
    return found


def _track_named(text: str, beginnings: dict[str, set[str]], patterns: dict[str, re.Pattern[str]]) -> str | None:
    words = _WORD.findall(text.lower())
    if "" not in beginnings and beginnings.keys().isdisjoint(words):
        return None
    present = {"", *words} & beginnings.keys()
    likely = set().union(*(beginnings[word] for word in present))
    named = [slug for slug in likely if patterns[slug].search(text)]
    return named[0] if len(named) == 1 else None


def _own_words(words: dict[str, set[str]]) -> dict[str, list[str]]:
    """The words of each track that no other track has."""
    return {
        slug: sorted(own - {word for other, theirs in words.items() if other != slug for word in theirs})
        for slug, own in words.items()
    }


def _pattern(words: list[str]) -> str:
    return r"(?i)\b(?:" + "|".join(re.escape(word) for word in words) + r")\b"
