"""Counts that no numeral says: "most of them civilians" (a part of a whole), "less than a month" (one, with a bound)."""

import re
from collections.abc import Iterator

from analysis.extract.bounds import Bounded, read_bounds
from analysis.extract.counted import Counted, read_counted
from analysis.extract.counted_classes import classify, lemma_of
from analysis.extract.mention import Mentioned, shadow_of
from analysis.extract.numbers import Number
from analysis.extract.reading import Reading

_PART = re.compile(
    r"\b(most|many|the majority|a majority) of (?:them|whom|those killed|the dead|the victims)\s?(?:,\s)?"
    r"(?:were |are |being |reportedly )?(?=[a-z])",
    re.IGNORECASE,
)
_UNIT = re.compile(
    r"\b(an?)\s(?:full\s)?(second|minute|hour|day|week|fortnight|month|year|decade)\b(?!-)", re.IGNORECASE
)
DURATIONS = {"second", "minute", "hour", "day", "week", "fortnight", "month", "year", "decade"}


def find_parts(reading: Reading) -> Iterator[Mentioned]:
    """Parts of a whole and durations of one, by offset."""
    shadow = shadow_of(reading)
    for match in _PART.finditer(shadow):
        mention = _part(reading, match)
        if mention is not None:
            yield mention
    for match in _UNIT.finditer(shadow):
        mention = _duration(reading, shadow, match)
        if mention is not None:
            yield mention


def _part(reading: Reading, match: re.Match[str]) -> Mentioned | None:
    """ "most of them civilians": no number, and the noun says who they are."""
    doc = reading.parsed
    counted = read_counted(doc, reading.token_at(match.end()).i, False)
    if counted.head is None or not counted.people:
        return None
    number = Number(match.start(), match.end(1), None, None, "vague", match[1].lower())
    bounded = Bounded(number, match.start(), match.end(), "unspecified_plural")
    last = counted.head
    return Mentioned(
        match.start(),
        last.idx + len(last),
        reading.token_at(match.start()).i,
        last.i,
        bounded,
        counted,
        None,
        "other",
        "part",
    )


def _duration(reading: Reading, shadow: str, match: re.Match[str]) -> Mentioned | None:
    """ "less than a month" is one month with a bound; "a month" alone counts nothing."""
    number = Number(match.start(1), match.end(1), 1.0, 1.0, "cardinal", "a")
    bounded = read_bounds(shadow, number)
    if (
        bounded.operator == "eq"
        or bounded.start == match.start()
        or shadow[match.end() : match.end() + 8].lstrip().startswith("ago")
    ):
        return None
    head = reading.token_at(match.start(2))
    if lemma_of(head) not in DURATIONS:
        return None
    counted = Counted(head, head, lemma_of(head), classify(head, (head.lower_,)), (head.lower_,))
    return Mentioned(
        bounded.start,
        match.end(),
        reading.token_at(bounded.start).i,
        head.i,
        bounded,
        counted,
        None,
        "duration",
        "duration",
    )
