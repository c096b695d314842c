"""Dates a document states about itself: its dateline, "Published: ...", the number of a release, the date in a headline.

Wire copy and press releases open with place and day; the year is often left to a release number or a headline. All
patterns are anchored and read only the head of a text.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from analysis.extract.timex_calendar import make_date
from analysis.extract.timex_grammar import GRAMMAR

HEAD = 1500  # characters in which a document speaks of itself
_MONTHS = GRAMMAR.words["MONTH"]
_NAME = "|".join(sorted(_MONTHS, key=len, reverse=True))
_MONTH_DAY = rf"(?P<month>{_NAME})\.?[ \t]{{1,3}}(?P<day>\d{{1,2}})(?:st|nd|rd|th)?(?:,?[ \t]{{1,3}}(?P<year>\d{{4}}))?(?!\d|:\d)"
_DAY_MONTH = (
    rf"(?P<day>\d{{1,2}})(?:st|nd|rd|th)?[ \t]{{1,3}}(?:of[ \t])?(?P<month>{_NAME})\b\.?,?"
    r"(?:[ \t]{1,3}(?P<year>\d{4}|\d{2}(?=[ \t]*(?:\(|-|–|—|,|$))))?"
)
_ISO = r"(?P<year>\d{4})-(?P<month>\d\d)-(?P<day>\d\d)(?!\d)"
_ANY = (re.compile(_ISO), re.compile(rf"\b{_MONTH_DAY}", re.I), re.compile(rf"\b{_DAY_MONTH}", re.I))
# "Published: 30 October 2024", "Posted on ...", "Last updated ..."
_LABEL = re.compile(
    r"^[ \t]*(?:date ?line|date|published|posted|issued|released|updated|last updated|first published)"
    r"(?: on| at)?[ \t]{0,3}:?[ \t]{1,3}",
    re.I | re.M,
)
# "KABUL, Afghanistan (Apr. 25)", "BEIRUT, Oct 30 (Agency) -", "San Salvador, 8 Jan 90 (...)"
_PLACE_LEAD = re.compile(
    r"(?:^|\n|[ \t]{2,}|PDF[ \t]+|Release[ \t]+)[ \t]*(?P<place>[^\W\d_][^\n\d:;]{1,70}?)[ \t]*(?:,|\(|-|–|—)[ \t]*\(?[ \t]*"
    r"(?:(?:mon|tues|wednes|thurs|fri|satur|sun)day,?[ \t]*)?$",
    re.I,
)
# One character for one, so that offsets hold.
_PLAIN = str.maketrans({"\u2028": "\n", "\u2029": "\n", "\r": "\n", "\xa0": " ", "\u202f": " "})
_AFTER_LEAD = re.compile(r"[ \t]{0,3}(?:\(|\)|-|–|—|/|\n|$|:)")
# "2011-05-S-022": year, month, series, number
_RELEASE = re.compile(r"\b(?P<year>(?:19|20)\d\d)[-/](?P<month>0[1-9]|1[0-2])-[A-Z]{1,3}-\d{1,4}\b")
_EARLIEST, _LATEST = 1900, 2100
# What may stand beside a date on a line of its own: "Wed 12 Mar 2025 14.05 GMT", "12 March 2025 at 2:05 p.m. (UTC)".
_BEFORE_STAMP = re.compile(r"(?:(?:mon|tue|tues|wed|wednes|thu|thur|thurs|fri|sat|satur|sun)(?:day)?\.?,?)?", re.I)
_AFTER_STAMP = re.compile(
    r"[,.|/–—-]?[ \t]{0,3}(?:at[ \t])?(?:\d{1,2}[:.h]\d\d(?:[:.]\d\d)?)?[ \t]{0,2}(?:[ap]\.?m\.?)?[ \t]{0,2}"
    r"\(?(?:[A-Z]{1,5})?(?:[+-]\d{1,2}(?::?\d\d)?)?\)?",
    re.I,
)
# "By A. Writer | 12 March 2025", "Example News - 12 March 2025": who wrote or printed it, then the day.
_BYLINE = re.compile(r"by[ \t].*|.*[|·•]", re.I)
# So many newlines, and so many lines that are not blank, may come before a date that is no more than a line of the head.
_HEAD_NEWLINES, _HEAD_LINES = 3, 6


@dataclass(frozen=True)
class StatedDate:
    """A day the document gives for itself; the year may be missing. `start`, `end` are its words."""

    year: int | None
    month: int
    day: int
    start: int
    end: int


@dataclass(frozen=True)
class Release:
    """Year and month of a numbered release."""

    year: int
    month: int
    start: int
    end: int


def find_stated(text: str) -> Iterator[StatedDate]:
    """Labelled dates first, then datelines, then a date that makes a headline's end, in the head of the text."""
    head = text[:HEAD].translate(_PLAIN)
    dates = list(_dates(head))
    for kind in (_is_labelled, _is_dateline, _is_line):
        yield from (found for found in dates if kind(head, found))


def find_release(text: str) -> Release | None:
    """The number of a release, which carries year and month."""
    match = _RELEASE.search(text[:HEAD])
    return Release(int(match["year"]), int(match["month"]), match.start(), match.end()) if match else None


def _dates(head: str) -> Iterator[StatedDate]:
    found = [_stated(match) for pattern in _ANY for match in pattern.finditer(head)]
    taken: list[StatedDate] = []
    for stated in sorted(filter(None, found), key=lambda s: (s.start, s.start - s.end)):
        if not taken or stated.start >= taken[-1].end:
            taken.append(stated)
            yield stated


def _stated(match: re.Match[str]) -> StatedDate | None:
    month = int(match["month"]) if match["month"].isdigit() else int(_MONTHS[match["month"].lower()])
    year = _full(match["year"]) if match["year"] else None
    if make_date(year or 2000, month, int(match["day"])) is None:
        return None
    return StatedDate(year, month, int(match["day"]), match.start(), match.end())


def _full(digits: str) -> int | None:
    """Two digits belong to the last century from 60 on."""
    year = int(digits) if len(digits) == 4 else int(digits) + (1900 if int(digits) >= 60 else 2000)
    return year if _EARLIEST <= year <= _LATEST else None


def _is_labelled(head: str, found: StatedDate) -> bool:
    return any(match.end() == found.start for match in _LABEL.finditer(head[: found.start]))


def _is_dateline(head: str, found: StatedDate) -> bool:
    return bool(
        _PLACE_LEAD.search(head[max(0, found.start - 110) : found.start]) and _AFTER_LEAD.match(head[found.end :])
    )


def _is_line(head: str, found: StatedDate) -> bool:
    """A date that ends or opens one of the first lines ("Evening update, April 9, 2011"; "Nov. 8: ..."), or a line, or a byline."""
    start = head.rfind("\n", 0, found.start) + 1
    line_end = head.find("\n", found.end) if "\n" in head[found.end :] else len(head)
    before, after = head[start : found.start].strip(), head[found.end : line_end].strip()
    if head.count("\n", 0, start) > _HEAD_NEWLINES:
        lines = sum(1 for line in head[:start].split("\n") if line.strip())
        return lines <= _HEAD_LINES and (_is_stamp(before, after) or (not after and bool(_BYLINE.fullmatch(before))))
    return (
        _is_stamp(before, after)
        or (not after.strip(" .") and len(before) < 120 and not before.endswith((".", "on")))
        or (not before and after.startswith((":", "-", "–", "—", "(")))
    )


def _is_stamp(before: str, after: str) -> bool:
    """Whether a line is nothing but a day, with its weekday and the time of day."""
    return bool(_BEFORE_STAMP.fullmatch(before) and _AFTER_STAMP.fullmatch(after))


def day_of(stated: StatedDate, year: int) -> date | None:
    """The day in a year."""
    return make_date(year, stated.month, stated.day)
