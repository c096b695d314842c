"""TIMEX3 values of months, their weeks, years, decades and centuries: named in the lexicon like those of `timex_dates.py`."""

from datetime import date, timedelta

from analysis.extract.timex_calendar import last_day, make_date, week_value
from analysis.extract.timex_dates import UNKNOWN_YEAR, nearest_year, ordinal_or_number, shift_of
from analysis.extract.timex_grammar import GRAMMAR, Match
from analysis.extract.timex_scene import Scene

# "2014-15" names neighbouring years, "1990-31" something else.
_LONGEST_YEAR_RANGE = 15


def week_of_day(match: Match, scene: Scene) -> str | None:
    """the week of March 6"""
    month, day = match.meaning("month", "MONTH"), int(match.form("day"))
    year = _year_of(match, scene, month, day)
    found = make_date(year, month, day) if year else None
    return week_value(found) if found else None


def week_of_month(match: Match, scene: Scene) -> str | None:
    """the first week of October (2023): the first that has more than half of its days in the month"""
    month = match.meaning("month", "MONTH")
    year = _year_of(match, scene, month, 15)
    number = int(GRAMMAR.words["ORDINAL"].get(match.form("n"), 0))
    if year is None or number > 5:
        return None
    is_last = not number or match.form("n") == "final"
    middle = (
        last_day(year, month) - timedelta(days=3) if is_last else date(year, month, 4) + timedelta(weeks=number - 1)
    )
    return week_value(middle)


def _year_of(match: Match, scene: Scene, month: int, day: int) -> int | None:
    if match.has("year"):
        return int(match.form("year"))
    return nearest_year(month, day, match, scene)


def month_year(match: Match, scene: Scene) -> str | None:
    """September 2024, June last year"""
    month = match.meaning("month", "MONTH")
    if match.has("year"):
        return f"{int(match.form('year'))}-{month:02d}"
    return f"{scene.published.year + shift_of(match)}-{month:02d}" if scene.published else f"{UNKNOWN_YEAR}-{month:02d}"


def month_of_that_year(match: Match, scene: Scene) -> str | None:
    """May of that year, 3 May that year: the year spoken of"""
    year, month = scene.year(), match.meaning("month", "MONTH")
    if year is None:
        return None
    if not match.has("day"):
        return f"{year}-{month:02d}"
    found = make_date(year, month, int(match.form("day")))
    return found.isoformat() if found else None


def month_only(match: Match, scene: Scene) -> str | None:
    """September, last September, next May"""
    month = match.meaning("month", "MONTH")
    if not match.has("shift"):
        year = nearest_year(month, min(scene.published.day, 28) if scene.published else 1, match, scene)
    else:
        year = _shifted_year(scene.published, month, shift_of(match)) if scene.published else None
    return f"{year or UNKNOWN_YEAR}-{month:02d}"


def _shifted_year(published: date, month: int, shift: int) -> int:
    """ "Last September" is the latest that is over, "next September" the first to come."""
    if shift < 0:
        return published.year - (month >= published.month)
    return published.year + (shift > 0 and month <= published.month)


def year_only(match: Match, scene: Scene) -> str | None:
    """1990"""
    return match.form("year")


def year_range(match: Match, scene: Scene) -> str | None:
    """2014-15"""
    first, last = int(match.form("year")), match.form("last")
    years = int(last) - first % 100
    return f"{first}/{first + years}" if len(last) == 2 and 0 < years <= _LONGEST_YEAR_RANGE else None


def spoken_year(match: Match, scene: Scene) -> str | None:
    """nineteen ninety-six, two thousand (and one)"""
    words = GRAMMAR.words["NUMBERWORD"]
    century, rest, unit = words[match.form("century")], words[match.form("rest")], words.get(match.form("unit"), 0)
    if rest == 1000:
        return str(century * 1000 + unit)
    return str(century * 100 + rest + unit)


def month_spoken(match: Match, scene: Scene) -> str | None:
    """January nineteen ninety-seven"""
    return f"{spoken_year(match, scene)}-{match.meaning('month', 'MONTH'):02d}"


def decade(match: Match, scene: Scene) -> str | None:
    """the 1990s: three digits, as TIMEX3 writes a decade"""
    if match.has("year"):
        return match.form("year")[:3] if match.form("year").endswith("0") else None
    form = match.form("tens")
    if form.isdigit():
        return f"19{form[0]}" if len(form) == 2 and form.endswith("0") else None
    return f"19{GRAMMAR.words['TENS'][form]}"


def century(match: Match, scene: Scene) -> str | None:
    """the 20th century: 19"""
    number = ordinal_or_number(match.form("day").split(" ")[0])
    return f"{number - 1:02d}" if 1 < number < 30 else None
