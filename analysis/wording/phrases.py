"""Building sentences out of words and phrases that carry their facts; words of measures, populations, stances.

A part of a sentence is a string (words that only join) or a Phrase (words that state facts). Numbers always come as phrases.
"""

import re
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import yaml

from analysis.claims.words import join_words, say_day, say_value
from analysis.prose import Phrase, Sentence, SentenceKind
from analysis.topics.selection import is_missing

WORDS: dict[str, Any] = yaml.safe_load((Path(__file__).parent / "words.yml").read_text(encoding="utf-8"))
# A quotation longer than this is cut at a word and ends in an ellipsis: the whole of it is one click away.
QUOTED_WORDS = 30
# Quotation marks inside a quotation.
INNER_QUOTES = str.maketrans({"“": "‘", "”": "’", '"': "’"})
_OPENING = re.compile(r'(?<![^\s(\[])"')  # a straight mark before a word
Part = str | Phrase
SMALL_NUMBERS = ("no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine")


def sentence(*parts: Part, kind: SentenceKind = "plain") -> Sentence:
    """A sentence of parts, its first letter a capital, one full stop at its end.

    >>> sentence("hostilities went on", kind="plain").text
    'Hostilities went on.'
    """
    phrases = [part if isinstance(part, Phrase) else Phrase(part) for part in parts]
    phrases = [phrase for phrase in phrases if phrase.text]
    if not phrases:
        return Sentence((), kind)
    first = phrases[0]
    phrases[0] = Phrase(first.text[:1].upper() + first.text[1:], first.facts)
    ending = "" if phrases[-1].text.rstrip("”’\"'").endswith((".", "?", "!")) else "."
    return Sentence((*phrases, Phrase(ending)) if ending else tuple(phrases), kind)


def stated(text: str, facts: Iterable[str]) -> Phrase:
    """Words that state facts."""
    return Phrase(text, tuple(dict.fromkeys(facts)))


def quoted(text: str, facts: Iterable[str] = ()) -> Phrase:
    """A document's own words in quotation marks, cut to QUOTED_WORDS.

    >>> quoted("“we accept,”").text, quoted('an "immediate halt"').text
    ('“we accept”', '“an ‘immediate halt’”')
    """
    plain = " ".join(str(text).split()).removeprefix("that ").strip(" ,;:.")
    whole = plain.startswith(("“", '"')) and plain.endswith(("”", '"')) and not re.search('[“"]', plain[1:-1])
    if whole or plain.count("“") != plain.count("”") or plain.count('"') == 1:
        plain = plain.strip(' ,;:.“”"')
    words = _OPENING.sub("‘", plain).translate(INNER_QUOTES).split(" ")
    shown = " ".join(words[:QUOTED_WORDS]) + (" …" if len(words) > QUOTED_WORDS else "")
    return stated(f"“{shown}”", facts)


def count_words(number: int, noun: str, plural: str | None = None) -> str:
    """A small count with its noun, in words below ten.

    >>> count_words(0, "party"), count_words(1, "party"), count_words(12, "report")
    ('no parties', 'one party', '12 reports')
    """
    many = plural or plural_of(noun)
    said = SMALL_NUMBERS[number] if 0 <= number < len(SMALL_NUMBERS) else f"{number:,}"
    return f"{said} {noun if number == 1 else many}"


def plural_of(noun: str) -> str:
    """The plural of a noun.

    >>> plural_of("child"), plural_of("party"), plural_of("crossing"), plural_of("bus")
    ('children', 'parties', 'crossings', 'buses')
    """
    if noun in WORDS["plurals"]:
        return WORDS["plurals"][noun]
    if noun.endswith("y") and noun[-2:-1] not in "aeiou":
        return noun[:-1] + "ies"
    return noun + ("es" if noun.endswith(("s", "x", "ch", "sh")) else "s")


def text_of(row: dict, name: str) -> str | None:
    """A cell as text, None where it holds none."""
    value = row.get(name)
    return value if isinstance(value, str) and value else None


def list_of(row: dict, name: str) -> list[str]:
    """A cell as a list of texts; empty where it holds none."""
    value = row.get(name)
    return [str(item) for item in value] if isinstance(value, list | tuple) else []


def day_words(day: str | None, otherwise: str = "on a day not given") -> str:
    """A day in words, or words that say that there is none."""
    return say_day(day) or otherwise


def value_words(row: dict) -> str:
    """A figure's number as claimed; no number as "no"; its own words, quoted, where no number is stated."""
    low, high = row.get("value_low"), row.get("value_high")
    if low is None or is_missing(low):
        return f"“{row.get('text') or 'an unstated number of'}”"
    if low == 0 and (is_missing(high) or high == 0):
        return "no"
    return say_value(
        float(low), None if high is None or is_missing(high) else float(high), text_of(row, "operator") or "eq"
    )


def names_words(names: Iterable[str], most: int = 3) -> str:
    """Names as a list, "and 4 others" where there are more than `most`."""
    listed = list(dict.fromkeys(names))
    if len(listed) <= most:
        return join_words(listed)
    return join_words([*listed[:most], count_words(len(listed) - most, "other")])
