"""TIMEX3 values of dates: one function a kind of pattern, named in `lexicons/times.yml`.

Each takes the match and the scene and gives the value, or None where the words are no such expression after all. Without a day of
publication what depends on it stays open in the way of TIMEX3 (`XXXX-09-30`, `XXXX-WXX-3`).
"""

from datetime import date

from analysis.extract.timex_calendar import (
    make_date,
)  # fmt: skip
from analysis.extract.timex_grammar import GRAMMAR, Match
from analysis.extract.timex_scene import Scene
from analysis.extract.timex_tense import FUTURE

UNKNOWN_YEAR = "XXXX"
_SHIFTS = ("LAST", "BEFORE", "THIS", "CURRENT", "LATEST", "NEXT", "FOLLOWING", "THESE")


def shift_of(match: Match) -> int:
    """-1 for "last", 0 for "this", +1 for "next"; 0 where nothing is said."""
    form = match.form("shift").split(" ")[-1] if match.has("shift") else ""
    return next((int(GRAMMAR.words[c][form]) for c in _SHIFTS if form in GRAMMAR.words[c]), 0)


def full_year(form: str, published: date | None) -> int:
    """The year meant by two or four digits: of two, the one not more than a few years after publication."""
    if len(form) == 4:
        return int(form)
    latest = published.year + 5 if published else 2050
    century = latest // 100 * 100
    return century + int(form) if century + int(form) <= latest else century - 100 + int(form)


def iso_date(match: Match, scene: Scene) -> str | None:
    """2024-10-30"""
    day = make_date(int(match.form("year")), int(match.form("month")), int(match.form("day")))
    return day.isoformat() if day else None


def slash_date(match: Match, scene: Scene) -> str | None:
    """10/30/2024 or 30/10/2024; where both readings exist the American one, as in wire copy."""
    if len(match.form("year")) not in (2, 4):
        return None
    first, second = int(match.form("first")), int(match.form("second"))
    month, day = (second, first) if first > 12 else (first, second)
    found = make_date(full_year(match.form("year"), scene.published), month, day)
    return found.isoformat() if found else None


def calendar_date(match: Match, scene: Scene) -> str | None:
    """September 30 (2024); the year, where none is said, is that of the nearest such day the tense allows."""
    month = match.meaning("month", "MONTH")
    day = _ordinal_or_number(match.form("day"))
    if not day or not 1 <= day <= 31:
        return None
    if match.has("year"):
        found = make_date(full_year(match.form("year"), scene.published), month, day)
    elif match.has("shift") and scene.published and match.form("shift") != "this":
        found = make_date(_shifted_year(match, scene, month), month, day)
    else:
        return nearest_day(month, day, match, scene)
    return found.isoformat() if found else None


def _shifted_year(match: Match, scene: Scene, month: int) -> int:
    """ "Oct. 23 of last year" is the calendar year; "last Oct. 23" the last one there was."""
    assert scene.published is not None
    year, shift = scene.published.year, shift_of(match)
    if match.forms[-1] == "year":
        return year + shift
    return year - (month >= scene.published.month) if shift < 0 else year + (month <= scene.published.month)


def _ordinal_or_number(form: str) -> int:
    return int(form) if form.isdigit() else int(GRAMMAR.words["ORDINAL"].get(form, 0))


def nearest_day(month: int, day: int, match: Match, scene: Scene) -> str | None:
    """A month and day without a year."""
    if make_date(2000, month, day) is None:
        return None
    if not scene.published:
        return f"{UNKNOWN_YEAR}-{month:02d}-{day:02d}"
    year = nearest_year(month, day, match, scene)
    found = make_date(year, month, day)
    return found.isoformat() if found else None


def nearest_year(month: int, day: int, match: Match, scene: Scene) -> int:
    """The year in which a month (and day) lies nearest to publication, on the side of the tense.

    What happened more than a season ahead of publication happened the year before; a plan lies ahead.
    """
    published = scene.published
    assert published is not None
    here = published.replace(month=month, day=min(day, 28))
    ahead = (here - published).days
    if scene.tense(match.start) == FUTURE:
        return published.year + (ahead < -_SOON_DAYS)
    if scene.plainly_past(match.start):
        return published.year - (ahead > 0)
    if ahead > _FAR_DAYS:
        return published.year - 1
    return published.year + (ahead < -_YEAR_DAYS + _SEASON_DAYS)


_SOON_DAYS = 45
_FAR_DAYS = 180
_YEAR_DAYS, _SEASON_DAYS = 365, 100


def day_range(match: Match, scene: Scene) -> str | None:
    """7 to 9 May: both days."""
    month = match.meaning("month", "MONTH")
    first, last = int(match.form("day")), int(match.form("last"))
    if first >= last:
        return None
    ends = []
    for day in (first, last):
        if match.has("year"):
            found = make_date(int(match.form("year")), month, day)
            ends.append(found.isoformat() if found else None)
        else:
            ends.append(nearest_day(month, day, match, scene))
    return None if None in ends else f"{ends[0]}/{ends[1]}"


def month_year(match: Match, scene: Scene) -> str | None:
    """September 2024, June last year"""
    month = match.meaning("month", "MONTH")
    if match.has("year"):
        return f"{int(match.form('year'))}-{month:02d}"
    return f"{scene.published.year + shift_of(match)}-{month:02d}" if scene.published else f"{UNKNOWN_YEAR}-{month:02d}"


def month_only(match: Match, scene: Scene) -> str | None:
    """September, last September, next May"""
    month = match.meaning("month", "MONTH")
    if not scene.published:
        return f"{UNKNOWN_YEAR}-{month:02d}"
    year, shift = scene.published.year, shift_of(match)
    if shift < 0:
        year -= month >= scene.published.month
    elif shift > 0:
        year += month <= scene.published.month
    elif not match.has("shift"):
        year = nearest_year(month, min(scene.published.day, 28), match, scene)
    return f"{year}-{month:02d}"


def year_only(match: Match, scene: Scene) -> str | None:
    """1990"""
    return match.form("year")


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
    number = _ordinal_or_number(match.form("day").split(" ")[0])
    return f"{number - 1:02d}" if 1 < number < 30 else None
