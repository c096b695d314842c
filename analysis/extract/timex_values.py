"""TIMEX3 values of dates: one function a kind of pattern, named in `lexicons/times.yml`.

Each takes the match and the scene and gives the value, or None where the words are no such expression after all. Without a day of
publication what depends on it stays open in the way of TIMEX3 (`XXXX-09-30`, `XXXX-WXX-3`).
"""

from datetime import date, timedelta

from analysis.extract.timex_calendar import (
    easter, election_day, make_date, month_of, next_weekday, previous_weekday, quarter_value, thanksgiving, week_value,
)  # fmt: skip
from analysis.extract.timex_grammar import GRAMMAR, Match
from analysis.extract.timex_scene import FUTURE, PAST, Scene

UNKNOWN_YEAR = "XXXX"
COMPUTED_HOLIDAYS = {"easter": easter, "thanksgiving": thanksgiving}
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


def the_unit(match: Match, scene: Scene) -> str | tuple[str, str] | None:
    """the year, the week: as a stretch of time; "in the year", "of the week" is the one of publication"""
    unit = match.meaning("unit", "UNIT")
    if match.word(-1) in ("in", "of", "this") and scene.published:
        moved = moved_unit(scene.published, unit, 0)
        return (moved, "DATE") if moved else None
    return f"P1{unit}", "DURATION"


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


def quarter(match: Match, scene: Scene) -> str | None:
    """the third quarter (of 1990); without a year the latest that has begun, or the next where the tense is future"""
    number = GRAMMAR.words["ORDINAL"].get(match.form("n"))
    if match.has("year"):
        return quarter_value(int(match.form("year")), number) if number and number <= 4 else _same_quarter(match, scene)
    if not scene.published:
        return f"{UNKNOWN_YEAR}-Q{number}" if number else None
    if match.has("shift"):
        year = scene.published.year + shift_of(match)
        return quarter_value(year, number) if number else _moved_quarter(scene, year)
    if not number or number > 4:
        return None
    begun = number <= (scene.published.month + 2) // 3
    return quarter_value(scene.published.year - (not begun and scene.tense(match.start) == PAST), number)


def _same_quarter(match: Match, scene: Scene) -> str | None:
    return _moved_quarter(scene, int(match.form("year")))


def _moved_quarter(scene: Scene, year: int) -> str:
    latest = scene.quarter()
    return f"{year}-{latest[5:7]}" if latest else f"{year}-QX"


def current_quarter(scene: Scene, shift: int = 0) -> str | None:
    """The quarter of the day of publication, moved."""
    if not scene.published:
        return None
    return quarter_value(scene.published.year, (scene.published.month + 2) // 3 + shift)


def this_quarter(match: Match, scene: Scene) -> str | None:
    """the quarter: the one spoken of, else the latest that has ended"""
    return scene.quarter() or current_quarter(scene, -1)


def last_quarter(match: Match, scene: Scene) -> str | None:
    """last quarter"""
    return current_quarter(scene, -1)


def next_quarter(match: Match, scene: Scene) -> str | None:
    """next quarter"""
    return current_quarter(scene, 1)


def quarter_year_ago(match: Match, scene: Scene) -> str | None:
    """the year-earlier (third) quarter"""
    number = GRAMMAR.words["ORDINAL"].get(match.form("n"))
    latest = scene.quarter() or current_quarter(scene, -1)
    if not latest:
        return None
    return f"{int(latest[:4]) - (latest[:4] == str(scene.published and scene.published.year))}-Q{number or latest[6]}"


def half_year(match: Match, scene: Scene) -> str | None:
    """the first half of 1990"""
    number = GRAMMAR.words["ORDINAL"].get(match.form("n"), 2)
    if number > 2:
        return None
    if match.has("year"):
        return f"{match.form('year')}-H{number}"
    return f"{scene.published.year + shift_of(match)}-H{number}" if scene.published else None


def weekday(match: Match, scene: Scene) -> str | None:
    """Wednesday: the last one up to publication unless the tense is future.

    On the weekday of publication itself the day itself is meant: papers print "on Wednesday" on Wednesdays.
    """
    number = match.meaning("weekday", "WEEKDAY")
    if not scene.published:
        return f"{UNKNOWN_YEAR}-WXX-{number}"
    return weekday_date(match, scene, number).isoformat()


def weekday_date(match: Match, scene: Scene, number: int) -> date:
    """The day a weekday stands for."""
    published, shift = scene.published, shift_of(match)
    assert published is not None
    if shift < 0:
        base = scene.focus if match.form("shift") in GRAMMAR.words["BEFORE"] and scene.focus else published
        return previous_weekday(base, number, strictly=True)
    if shift > 0:
        base = scene.focus if match.form("shift") in ("following", "subsequent") and scene.focus else published
        return next_weekday(base, number)
    if scene.tense(match.start) == FUTURE and published.isoweekday() != number:
        return next_weekday(published, number)
    return previous_weekday(published, number)


def weekday_week(match: Match, scene: Scene) -> str | None:
    """Wednesday of last week"""
    if not scene.published:
        return None
    monday = previous_weekday(scene.published, 1) + timedelta(weeks=shift_of(match))
    return (monday + timedelta(days=match.meaning("weekday", "WEEKDAY") - 1)).isoformat()


def today(match: Match, scene: Scene) -> str | None:
    """today, yesterday, tomorrow"""
    if not scene.published:
        return None if match.form("day") != "today" else "PRESENT_REF"
    return (scene.published + timedelta(days=match.meaning("day", "TODAY"))).isoformat()


def day_beyond(match: Match, scene: Scene) -> str | None:
    """the day before yesterday, the day after tomorrow, the day before last Tuesday"""
    if not scene.published:
        return None
    if match.has("weekday"):
        return (weekday_date(match, scene, match.meaning("weekday", "WEEKDAY")) - timedelta(days=1)).isoformat()
    return (scene.published + timedelta(days=2 * match.meaning("day", "TODAY"))).isoformat()


def near_unit(match: Match, scene: Scene) -> str | tuple[str, str] | None:
    """last month, this week, next year, the past year"""
    unit, shift = match.meaning("unit", "UNIT"), shift_of(match)
    if match.form("shift") == "past" and unit != "Y":
        if unit in ("DE", "CE"):
            return ("P10Y" if unit == "DE" else "P100Y"), "DURATION"
        return f"P1{unit}", "DURATION"
    return moved_unit(scene.published, unit, shift) if scene.published else None


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


def year_end(match: Match, scene: Scene) -> str | None:
    """year-end"""
    if not scene.published:
        return None
    past = scene.published.month <= 6 and scene.tense(match.start) == PAST
    return f"{scene.published.year - past}-12-31"


def focus_unit(match: Match, scene: Scene) -> str | None:
    """that day, the following year, the day before: moved from the date in focus"""
    base = scene.focus or scene.published
    if not base:
        return None
    shift = shift_of(match)
    if match.has("way"):
        shift = 1 if match.form("way") in GRAMMAR.words["LATER"] else -1
    return moved_unit(base, match.meaning("unit", "UNIT"), shift)


def weekend(match: Match, scene: Scene) -> str | None:
    """over the weekend: the last Saturday and Sunday that have begun, or the coming ones in a future tense"""
    if not scene.published:
        return "XXXX-WXX-WE"
    saturday = previous_weekday(scene.published, 6)
    if "next" in match.forms or (scene.tense(match.start) == FUTURE and scene.published.isoweekday() < 6):
        saturday += timedelta(weeks=1)
    elif match.forms[0] == "last" and saturday + timedelta(days=1) >= scene.published:
        saturday -= timedelta(weeks=1)
    return f"{saturday}/{saturday + timedelta(days=1)}"


def season(match: Match, scene: Scene) -> str | None:
    """last fall, the summer of 1990"""
    code = match.meaning("season", "SEASON")
    if match.has("year"):
        return f"{match.form('year')}-{code}"
    if match.has("rest"):
        return f"{spoken_year(match, scene)}-{code}"
    if not scene.published:
        return f"{UNKNOWN_YEAR}-{code}"
    return f"{scene.published.year + _season_shift(match, scene, code)}-{code}"


def _season_shift(match: Match, scene: Scene, code: str) -> int:
    first = {"SP": 3, "SU": 6, "FA": 9, "WI": 12}[code]
    assert scene.published is not None
    begun = scene.published.month >= first
    if match.form("shift") in ("last", "past"):
        return 0 if scene.published.month > first + 2 else -1
    if match.form("shift") in ("next", "coming", "upcoming"):
        return 1 if begun else 0
    return -1 if not begun and not match.has("shift") and scene.tense(match.start) == PAST else 0


def holiday(match: Match, scene: Scene) -> str | None:
    """Christmas, Thanksgiving Day"""
    rule = match.meaning("holiday", "HOLIDAY") or match.meaning("holiday", "VALENTINE")
    if not scene.published:
        return None if rule in COMPUTED_HOLIDAYS else f"{UNKNOWN_YEAR}-{rule}"
    year = scene.published.year

    def on(y: int) -> date:
        return COMPUTED_HOLIDAYS[rule](y) if rule in COMPUTED_HOLIDAYS else date.fromisoformat(f"{y}-{rule}")

    past = match.form("shift") == "last" or scene.tense(match.start) == PAST
    return on(year - (past and on(year) > scene.published)).isoformat()


def new_year(match: Match, scene: Scene) -> str | None:
    """New Year's Day, New Year's Eve"""
    if not scene.published:
        return None
    first = date(scene.published.year + (scene.published.month > 6), 1, 1)
    return (first - timedelta(days=match.form("edge") == "eve")).isoformat()


def election(match: Match, scene: Scene) -> str | None:
    """election day (United States)"""
    if not scene.published:
        return None
    day = election_day(scene.published.year)
    passed = day > scene.published and scene.tense(match.start) == PAST
    return (election_day(day.year - 1) if passed else day).isoformat()
