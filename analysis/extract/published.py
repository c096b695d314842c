"""When a document was published: stated in its dateline, or inferred from its own evidence.

`stated` needs day, month and year in the document's own words about itself; a release number or a full date nearby
may give the year. Otherwise the day is `inferred`: the year from the latest full date, the month from what the text
says of "last month" and of months that are over, the day from the last weekend or weekday it speaks of. What remains
open is no guess: too little evidence gives None and `unknown`. Where evidence was found it is left in
`reading.notes["published_evidence"]` as (start, end) spans.
"""

import re
from datetime import date, timedelta

from analysis.extract.dateline import HEAD, Release, StatedDate, day_of, find_release, find_stated
from analysis.extract.published_year import full_date, infer_year
from analysis.extract.reading import Reading
from analysis.extract.timex_calendar import last_day, month_of, previous_weekday
from analysis.extract.timex_distance import REPORTING
from analysis.extract.timex_grammar import Match, matches_at, runs
from analysis.extract.timex_guards import clean_month
from analysis.extract.timex_scene import Scene
from analysis.extract.timex_tense import PAST, governing_verb, tense_around

EVIDENCE = "published_evidence"
_YEAR = re.compile(r"\b(19[5-9]\d|20\d\d)\b")
# Verbs of the whole month as something over: "October saw ...", "in October ... were".
_NEARBY = 200


def find_published(reading: Reading) -> tuple[str | None, str]:
    """The day (ISO) and its basis (`stated`, `inferred`, `unknown`)."""
    release = find_release(reading.text)
    stated = next(find_stated(reading.text), None)
    if stated is not None:
        found = _stated_day(reading, stated, release)
        if found:
            return found
    return (_from_release(reading, release) if release else None) or _infer(reading)


def _from_release(reading: Reading, release: Release) -> tuple[str, str] | None:
    """Year and month by a release's number, the day by the last day of that month the text names."""
    days = [
        day_of(StatedDate(None, release.month, int(m.form("day")), m.start, m.end), release.year)
        for m in _expressions(reading)
        if m.has("month") and m.form("day").isdigit() and m.meaning("month", "MONTH") == release.month
    ]
    latest = max(filter(None, days), default=None)
    if latest is None:
        return None
    reading.notes[EVIDENCE] = [(release.start, release.end)]
    return latest.isoformat(), "inferred"


def _stated_day(reading: Reading, stated: StatedDate, release: Release | None) -> tuple[str, str] | None:
    """A dateline, its year taken from itself, the release number, another stated date, or the newest full date of the text."""
    evidence = [(stated.start, stated.end)]
    year = stated.year
    if year is None and release is not None:
        # a release of January may report a day of December
        year = release.year - (stated.month == 12 and release.month == 1)
        evidence.append((release.start, release.end))
    if year is None:
        year = _year_nearby(reading.text, stated)
    basis = "stated" if year is not None else "inferred"
    if year is None:
        year = infer_year(reading, stated.month, stated.day, _expressions(reading), evidence)
    day = day_of(stated, year) if year else None
    if day is None:
        return None
    reading.notes[EVIDENCE] = sorted(set(evidence))
    return day.isoformat(), basis


def _year_nearby(text: str, stated: StatedDate) -> int | None:
    """A year in the same head lines, from a date that names the same day or from a bare year."""
    for other in find_stated(text):
        if other.year and (other.month, other.day) == (stated.month, stated.day):
            return other.year
    match = _YEAR.search(text[max(0, stated.start - _NEARBY) : min(HEAD, stated.end + 12)])
    return int(match[1]) if match else None


# --- inference ------------------------------------------------------------------------------------------------------


def _infer(reading: Reading) -> tuple[str | None, str]:
    """Year, month and day from the expressions of the text."""
    matches = _expressions(reading)
    dated = _full_dates(matches)
    if not dated:
        return None, "unknown"
    newest, newest_match = max(dated, key=lambda pair: pair[0])
    evidence = [(newest_match.start, newest_match.end)]
    if newest_match.has("weekday"):  # "said on Sunday, Jan. 19, 2025": only a day just past is named so
        return _by_newest(reading, newest, matches, evidence)
    month = _month(newest, matches, evidence)
    if month is None:
        return _by_newest(reading, newest, matches, evidence)
    day = _day_in_month(reading, *month, matches, evidence)
    reading.notes[EVIDENCE] = sorted(set(evidence))
    return day.isoformat(), "inferred"


def _expressions(reading: Reading) -> list[Match]:
    """The longest expression at each place, by words alone."""
    scene = Scene(reading)
    words = scene.words
    found: list[Match] = []
    for first, last in runs(words):
        index = first
        while index < last:
            fits = [
                m for m in matches_at(words, index, last) if not m.has("month") or clean_month(m, scene) or m.has("day")
            ]
            if fits:
                found.append(fits[0])
            index = fits[0].last if fits else index + 1
    return found


def _full_dates(matches: list[Match]) -> list[tuple[date, Match]]:
    """Days with month and year said."""
    return [(day, match) for match in matches if (day := full_date(match))]


def _month(newest: date, matches: list[Match], evidence: list[tuple[int, int]]) -> tuple[int, int] | None:
    """The year and month of publication: the first after the newest full date in which all months named without a year are past.

    "Last month" beside a month's name, or a month named and another called "last", fix it: with days in September and the whole
    of October spoken of, and something that "began last month" dated September, it is October or the first days after.
    """
    bare = [
        (m, m.meaning("month", "MONTH"))
        for m in matches
        if m.has("month") and not m.has("year") and m.meaning("month", "MONTH")
    ]
    relative = [
        m for m in matches if m.rule.value == "near_unit" and m.form("unit") == "month" and m.form("shift") == "last"
    ]
    if not bare:
        return None
    latest = _latest_month(newest, [month for _, month in bare])
    evidence.extend((m.start, m.end) for m, _ in bare)
    evidence.extend((m.start, m.end) for m in relative)
    days = [m for m, month in bare if m.has("day") and month == latest[1]]
    return _after(latest, bool(relative), bool(days), {month for _, month in bare})


def _latest_month(newest: date, months: list[int]) -> tuple[int, int]:
    """Months without a year follow the newest full date within a year; the last of them.

    The month of that date itself is named again a year later if others are half a year after it and more.
    """
    steps = {(month - newest.month) % 12 for month in months}
    again = 0 in steps and max(steps) > 5
    return month_of(newest, 12 if again else max(steps))


def _after(latest: tuple[int, int], has_relative: bool, by_day: bool, named: set[int]) -> tuple[int, int]:
    """A day named in the only month, and "last month" besides: that is the last month; otherwise the month itself."""
    if has_relative and by_day and len(named) == 1:
        return month_of(date(*latest, 1), 1)
    return latest


def _day_in_month(
    reading: Reading, year: int, month: int, matches: list[Match], evidence: list[tuple[int, int]]
) -> date:
    """The day: the first after all days named in the month; of a month spoken of as a whole the last days, after its weekend."""
    end = last_day(year, month)
    named = [
        int(m.form("day"))
        for m in matches
        if m.has("day") and m.form("day").isdigit() and m.meaning("month", "MONTH") == month and not m.has("year")
    ]
    if named:
        return min(end, date(year, month, min(max(named), end.day)) + timedelta(days=1))
    weekend = next((m for m in matches if m.rule.value == "weekend"), None)
    if weekend is None:
        return end
    evidence.append((weekend.start, weekend.end))
    # a weekend is "the weekend" until the middle of the week after it
    return min(end, previous_weekday(end, 7) + timedelta(days=3))


def _by_newest(
    reading: Reading, newest: date, matches: list[Match], evidence: list[tuple[int, int]]
) -> tuple[str | None, str]:
    """Only full dates: the day after the newest one, if the text moves near it ("on Tuesday", "yesterday", "today")."""
    near = [m for m in matches if m.rule.value in ("weekday", "today", "this_part", "weekday_part", "overnight")]
    if not near:
        return None, "unknown"
    evidence.extend((m.start, m.end) for m in near[:3])
    reading.notes[EVIDENCE] = sorted(set(evidence))
    same_day = _is_reported(reading, matches, newest)
    return (newest + timedelta(days=not same_day)).isoformat(), "inferred"


def _is_reported(reading: Reading, matches: list[Match], newest: date) -> bool:
    """Whether somebody "said on Saturday, 19 July" and nothing is told of the day after: the report is of that day."""
    verbs = (governing_verb(reading.token_at(m.start)) for m in matches if full_date(m) == newest)
    if not any(verb is not None and verb.lemma_.lower() in REPORTING for verb in verbs):
        return False
    following = newest.isoweekday() % 7 + 1
    weekdays = [m for m in matches if m.has("weekday") and not m.has("month")]
    later = [m for m in weekdays if m.meaning("weekday", "WEEKDAY") == following]
    return not any(tense_around(reading.token_at(m.start)) == PAST for m in later)
