"""Numbers that are days of a month or calendar years: "September 28", "in 2014", but "over 2000 rebel positions"."""

import re
from bisect import bisect_right

from analysis.extract.numbers import Number
from analysis.extract.reading import Reading
from analysis.facts import Time

_MONTHS = (
    r"(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?"
    r"|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)"
)
_MONTH_BEFORE = re.compile(
    rf"\b{_MONTHS}\.?,?\s(?:\d{{1,2}}\s?(?:,|-|and|to|or|\u2013)\s?)?(?:{_MONTHS}\.?\s)?$", re.IGNORECASE
)
_MONTH_AFTER = re.compile(rf"\s?(?:of\s)?{_MONTHS}\b(?!\s(?:be|have|not|also|lead|cause))", re.IGNORECASE)
_YEAR_CUE = re.compile(
    r"\b(?:in|since|by|until|till|from|of|during|before|after|early|late|mid|year|and|to|through|spring|summer"
    r"|autumn|fall|winter|back in|the|election|elections|between)[\s-]$|\d{4}\s?[-/\u2013]\s?$|[(\[,]\s?$|\bq[1-4]\s$",
    re.IGNORECASE,
)


def is_date(reading: Reading, before: str, after: str, number: Number) -> bool:
    """Days of a month, calendar years, and whatever a time expression holds."""
    if number.words[:1].isdigit() and number.low is not None and number.low == int(number.low):
        if number.high is not None and number.high <= 31 and (_MONTH_AFTER.match(after) or _is_day_after_month(before)):
            return True
        if _is_year(before, after, number):
            return True
    return _in_time(reading, number)


def _is_day_after_month(before: str) -> bool:
    """ "September 28", but not "on 23 September 28 bodies were found"."""
    month = _MONTH_BEFORE.search(before)
    return month is not None and not re.search(r"\d\s$", before[: month.start()])


def _is_year(before: str, after: str, number: Number) -> bool:
    """Four digits that read as a year, with nothing counted after them: "in 2014", but "over 2000 rebel positions"."""
    if not _YEARS.fullmatch(number.words):
        return False
    if re.match(r"s\b|'s\b|-\d\d\b", after) or _is_day_after_month(before):
        return True
    if _YEAR_AFTER_DAY.search(before):
        return True
    if _COUNTED_BEFORE.search(before):
        return False
    words = re.match(r"\s([a-z-]+)(?:\s([a-z-]+))?(?:\s([a-z-]+))?", after, re.IGNORECASE)
    if words is None:
        return True
    if re.search(r"\d\s?$", before):
        return False
    plural = any(is_plural(word) for word in words.groups() if word)
    return not plural or bool(_YEAR_CUE.search(before) and not is_plural(words[1]))


_YEAR_AFTER_DAY = re.compile(rf"\b{_MONTHS}\.?\s\d{{1,2}},?\s$", re.IGNORECASE)
_COUNTED_BEFORE = re.compile(
    r"\b(?:average|total|number|sum|tune|than|least|most|least|toll) of\s$|\b(?:more|fewer|less) than\s$", re.IGNORECASE
)
_YEARS = re.compile(r"(?:1[5-9]|20)\d\d(?:\s?(?:-|\u2013|and|to|or)\s?(?:(?:1[5-9]|20)?\d\d))?")
_NO_PLURALS = {
    "was",
    "is",
    "has",
    "as",
    "its",
    "his",
    "this",
    "us",
    "does",
    "versus",
    "elections",
    "says",
    "shows",
    "across",
    "less",
    "hours",
    "politics",
    "olympics",
}


def is_plural(word: str) -> bool:
    """Whether a word looks like a counted plural: "2000 people", "2000 soldiers", but not "2000 was"."""
    word = word.lower()
    return word in ("people", "men", "women", "children", "police", "dead", "troops") or (
        word.endswith("s") and word not in _NO_PLURALS
    )


def _in_time(reading: Reading, number: Number) -> bool:
    """Whether an expression that names a day or an hour holds the number (durations do count)."""
    if "figures.times" not in reading.notes:
        times = sorted((fact.start, fact.end) for fact in reading.of(Time) if fact.time_type in ("DATE", "TIME"))
        reading.notes["figures.times"] = ([start for start, _ in times], times)
    starts, times = reading.notes["figures.times"]
    at = bisect_right(starts, number.start) - 1
    return at >= 0 and number.end <= times[at][1] and not _YEARS.fullmatch(number.words)
