"""The year of a dateline that states none ("KHARTOUM, May 8 (Agency)"), from the dates that the text names with a year."""

from datetime import date
from operator import itemgetter

from analysis.extract.reading import Reading
from analysis.extract.timex_calendar import make_date
from analysis.extract.timex_grammar import GRAMMAR, Match
from analysis.extract.timex_tense import FUTURE, tense_around

Spans = list[tuple[int, int]]
# The days of the week come round again on the same dates after five, six or eleven years: within five they tell a year.
_YEARS_TOLD_BY_WEEKDAY = 5
_AHEAD = GRAMMAR.context["until"] - {"through"}


def full_date(match: Match) -> date | None:
    """The day of an expression that names day, month and year, else None."""
    if match.rule.value == "iso_date":
        return make_date(int(match.form("year")), int(match.form("month")), int(match.form("day")))
    if match.rule.value != "calendar_date" or len(match.form("year")) != 4 or not match.form("day").isdigit():
        return None
    return make_date(int(match.form("year")), int(match.meaning("month", "MONTH")), int(match.form("day")))


def infer_year(reading: Reading, month: int, day: int, matches: list[Match], evidence: Spans) -> int | None:
    """The first year in which the dateline's day is not before the newest date that the text looks back on.

    Where the text names weekdays with their dates ("Thursday, January 12"), the first such year that has them so. A text
    that only looks ahead to dated days was written before the first of them. What was used is added to `evidence`; None
    where the text dates nothing.
    """
    dated = [(start, match) for match in matches if (start := _first_day(match))]
    past = [pair for pair in dated if not _is_ahead(reading, pair[1])]
    if not dated:
        return None
    known, match = max(past, key=itemgetter(0)) if past else min(dated, key=itemgetter(0))
    evidence.append((match.start, match.end))
    if not past:
        return known.year - int((month, day) > (known.month, known.day))
    first = known.year + int((month, day) < (known.month, known.day))
    return _year_by_weekday(first, matches, evidence) or first


def _year_by_weekday(first: int, matches: list[Match], evidence: Spans) -> int | None:
    """The first year from `first` on in which all days named with weekday and date fall on these."""
    weekdays = [
        m for m in matches if m.has("weekday") and m.has("month") and m.form("day").isdigit() and not m.has("year")
    ]
    fitting = [
        year
        for year in range(first, first + _YEARS_TOLD_BY_WEEKDAY + 1)
        if all(_has_weekday(m, year) for m in weekdays)
    ]
    if not weekdays or not fitting:
        return None
    evidence.extend((m.start, m.end) for m in weekdays)
    return fitting[0]


def _first_day(match: Match) -> date | None:
    """The first day of a date or month that is said with its year."""
    if match.rule.value == "month_year" and match.has("year"):
        return make_date(int(match.form("year")), int(match.meaning("month", "MONTH")), 1)
    return full_date(match)


def _is_ahead(reading: Reading, match: Match) -> bool:
    return match.word(-1) in _AHEAD or tense_around(reading.token_at(match.start)) == FUTURE


def _has_weekday(match: Match, year: int) -> bool:
    found = make_date(year, int(match.meaning("month", "MONTH")), int(match.form("day")))
    return found is not None and found.isoweekday() == match.meaning("weekday", "WEEKDAY")
