"""Calendar arithmetic for time expressions: pure functions on dates, and TIMEX3 values to spans of days."""

import re
from datetime import date, timedelta

_VALUE = re.compile(
    r"(?P<year>\d{4})(?:-(?P<month>\d\d)(?:-(?P<day>\d\d)(?:T.*)?)?|-W(?P<week>\d\d)(?P<weekend>-WE)?|-Q(?P<quarter>\d)"
    r"|-H(?P<half>\d)|-(?P<season>SP|SU|FA|WI))?$"
)
# Meteorological seasons of the northern hemisphere: the first month of each.
SEASON_MONTHS = {"SP": 3, "SU": 6, "FA": 9, "WI": 12}


def month_of(day: date, shift: int) -> tuple[int, int]:
    """The year and month `shift` months after that of `day`."""
    index = day.year * 12 + day.month - 1 + shift
    return index // 12, index % 12 + 1


def last_day(year: int, month: int) -> date:
    """The last day of a month."""
    following = date(year + month // 12, month % 12 + 1, 1)
    return following - timedelta(days=1)


def shift_months(day: date, shift: int) -> date:
    """The same day of another month, or that month's last day where it is shorter."""
    year, month = month_of(day, shift)
    return min(date(year, month, 1) + timedelta(days=day.day - 1), last_day(year, month))


def previous_weekday(day: date, weekday: int, strictly: bool = False) -> date:
    """The last `weekday` (1 Monday - 7 Sunday) up to `day`, or before it where `strictly`."""
    back = (day.isoweekday() - weekday) % 7
    return day - timedelta(days=7 if strictly and not back else back)


def next_weekday(day: date, weekday: int) -> date:
    """The first `weekday` after `day`."""
    return day + timedelta(days=(weekday - day.isoweekday() - 1) % 7 + 1)


def week_value(day: date) -> str:
    """The ISO week, as TIMEX3 writes it.

    >>> week_value(date(2024, 10, 30))
    '2024-W44'
    """
    year, week, _ = day.isocalendar()
    return f"{year}-W{week:02d}"


def quarter_value(year: int, quarter: int) -> str:
    """A quarter; numbers outside 1-4 run into other years."""
    return f"{year + (quarter - 1) // 4}-Q{(quarter - 1) % 4 + 1}"


def make_date(year: int, month: int, day: int) -> date | None:
    """A date, or None where there is no such day."""
    try:
        return date(year, month, day)
    except ValueError:
        return None


def value_days(value: str) -> tuple[date, date] | None:
    """First and last day of a TIMEX3 value, None where it names no stretch of the calendar.

    >>> value_days("2024-09")
    (datetime.date(2024, 9, 1), datetime.date(2024, 9, 30))
    """
    if "/" in value:
        first, last = (value_days(part) for part in value.split("/", 1))
        return (first[0], last[1]) if first and last else None
    match = _VALUE.match(value)
    if not match:
        return None
    return _match_days(match)


def _match_days(match: re.Match[str]) -> tuple[date, date] | None:
    year = int(match["year"])
    if match["day"]:
        day = make_date(year, int(match["month"]), int(match["day"]))
        return (day, day) if day else None
    if match["week"]:
        return _week_days(year, int(match["week"]), bool(match["weekend"]))
    first, months = _month_span(match)
    if not 1 <= first <= 12 or not year:
        return None
    start = date(year, first, 1)
    return start, shift_months(start, months) - timedelta(days=1)


def _month_span(match: re.Match[str]) -> tuple[int, int]:
    if match["month"]:
        return int(match["month"]), 1
    if match["quarter"]:
        return int(match["quarter"]) * 3 - 2, 3
    if match["half"]:
        return int(match["half"]) * 6 - 5, 6
    return (SEASON_MONTHS[match["season"]], 3) if match["season"] else (1, 12)


def _week_days(year: int, week: int, weekend: bool) -> tuple[date, date] | None:
    try:
        monday = date.fromisocalendar(year, week, 1)
    except ValueError:
        return None
    return monday + timedelta(days=5 if weekend else 0), monday + timedelta(days=6)


def easter(year: int) -> date:
    """Western Easter Sunday (the anonymous Gregorian computus)."""
    century, rest = divmod(year, 100)
    golden = year % 19
    epact = (19 * golden + century - century // 4 - (century - (century + 8) // 25 + 1) // 3 + 15) % 30
    sunday = (32 + 2 * (century % 4) + 2 * (rest // 4) - epact - rest % 4) % 7
    correction = (golden + 11 * epact + 22 * sunday) // 451
    month, day = divmod(epact + sunday - 7 * correction + 114, 31)
    return date(year, month, day + 1)


def thanksgiving(year: int) -> date:
    """The fourth Thursday of November (United States)."""
    return next_weekday(date(year, 10, 31), 4) + timedelta(weeks=3)


def election_day(year: int) -> date:
    """The Tuesday after the first Monday of November (United States)."""
    return next_weekday(date(year, 10, 31), 1) + timedelta(days=1)


def moved_unit(day: date, unit: str, shift: int) -> str | None:
    """The calendar unit of a day, moved.

    >>> moved_unit(date(2024, 10, 30), "M", -1)
    '2024-09'
    """
    if unit == "D":
        return (day + timedelta(days=shift)).isoformat()
    if unit == "W":
        return week_value(day + timedelta(weeks=shift))
    if unit == "M":
        year, month = month_of(day, shift)
        return f"{year}-{month:02d}"
    if unit == "Q":
        return quarter_value(day.year, (day.month + 2) // 3 + shift)
    if unit in ("Y", "DE", "CE"):
        return {"Y": str(day.year + shift), "DE": str(day.year // 10 + shift), "CE": str(day.year // 100 + shift)}[unit]
    return None
