"""Numbers that belong to a body's name: "the Three Brotherhood Alliance", "the Group of 20", "P5+1"."""

import re

from analysis.extract.numbers import Number
from analysis.extract.place_of_clause import is_headline
from analysis.extract.reading import Reading

_BODY = re.compile(
    r"\bthe\s(?:Group|Council|Committee|Alliance|Coalition|Club|Front|League|Gang|Quartet)\sof\s(?:the\s)?$",
    re.IGNORECASE,
)
_SIGNED = re.compile(r"[A-Z]\d{0,2}\+$")  # "P5+1"
_NAME = re.compile(r"\s[A-Z][a-z]+\s(?:[A-Z][a-z]+\s){0,3}(?=[a-z]{4})")
_NAMED = re.compile(r"\b(?:the|The|a|A|of|and|by|with|from)\s(?:[A-Z][a-z]+\s){0,2}$")
_STOP = frozenset(".!?\"\u201d\u2019'")


def is_in_name(reading: Reading, before: str, after: str, number: Number) -> bool:
    """Whether a number is part of a name; words are, where they are capitalised though no sentence begins with them."""
    if _SIGNED.search(before) or (_BODY.search(before) and _is_capital(reading, before)):
        return True
    word = reading.text[number.start : number.start + 1]
    if not (word.isupper() and _NAMED.search(before) and _NAME.match(after)):
        return False
    sentence = reading.sentence_at(number.start).text.strip()
    return not is_headline(reading, number.start) and sentence[-1:] in _STOP


def _is_capital(reading: Reading, before: str) -> bool:
    """Whether the body is named, "the Group of 20", and not described: "the group of 20 men"."""
    return before.split(" of ")[0].split()[-1][:1].isupper()
