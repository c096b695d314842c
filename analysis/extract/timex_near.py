"""TIMEX3 values of days, weeks, seasons and years near the day of publication (see `timex_dates.py`)."""

from datetime import date, timedelta

from analysis.extract.timex_calendar import (
    easter,
    election_day,
    moved_unit,
    next_weekday,
    previous_weekday,
    thanksgiving,
)  # fmt: skip
from analysis.extract.timex_dates import UNKNOWN_YEAR, shift_of
from analysis.extract.timex_grammar import GRAMMAR, Match
from analysis.extract.timex_months import spoken_year
from analysis.extract.timex_scene import Scene
from analysis.extract.timex_tense import FUTURE, PAST

_A_WEEK = timedelta(weeks=1)
COMPUTED_HOLIDAYS = {"easter": easter, "thanksgiving": thanksgiving}


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
    if unit == "D" and match.form("shift") in ("last", "next"):
        return None  # "the last day of the truce"; "the next day" moves from the date in focus
    if match.form("shift") == "past" and unit != "Y":
        if unit in ("DE", "CE"):
            return ("P10Y" if unit == "DE" else "P100Y"), "DURATION"
        return f"P1{unit}", "DURATION"
    return moved_unit(scene.published, unit, shift) if scene.published else None


def year_end(match: Match, scene: Scene) -> str | None:
    """year-end"""
    if not scene.published:
        return None
    past = scene.published.month <= 6 and scene.tense(match.start) == PAST
    return f"{scene.published.year - past}-12-31"


def focus_day(match: Match, scene: Scene) -> str | None:
    """then, in "since then", "by then": the date spoken of last"""
    return next((value for value in reversed(scene.values) if value[:4].isdigit()), None)


def focus_unit(match: Match, scene: Scene) -> str | None:
    """that day, the following year, the day before: moved from the date in focus"""
    base = scene.focus or scene.published
    if not base:
        return None
    if match.form("unit") == "year" and "that" in match.forms and scene.year():
        return str(scene.year())
    shift = shift_of(match)
    if match.has("way"):
        shift = 1 if match.form("way") in GRAMMAR.words["LATER"] else -1
    return moved_unit(base, match.meaning("unit", "UNIT"), shift)


def nth_unit(match: Match, scene: Scene) -> str | None:
    """the 16th day of the truce, (now in) its third year: the day in focus, else the unit of publication"""
    unit, published = match.meaning("unit", "UNIT"), scene.published
    is_near = scene.focus and published and abs(published - scene.focus) < _A_WEEK
    base = scene.focus if is_near else published
    return moved_unit(base, unit, 0) if base else None


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


def the_unit(match: Match, scene: Scene) -> str | tuple[str, str] | None:
    """the year, the week: as a stretch of time; "in the year", "of the week" is the one of publication"""
    unit = match.meaning("unit", "UNIT")
    if match.word(-1) in ("in", "of", "this") and match.word(0) not in ("to", "ended", "ending") and scene.published:
        moved = moved_unit(scene.published, unit, 0)
        return (moved, "DATE") if moved else None
    return f"P1{unit}", "DURATION"
