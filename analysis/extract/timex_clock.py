"""TIMEX3 values of times of day: named in the lexicon like those of `timex_dates.py`."""

from datetime import timedelta

from analysis.extract.timex_dates import nearest_day, shift_of
from analysis.extract.timex_grammar import GRAMMAR, Match
from analysis.extract.timex_near import weekday_date
from analysis.extract.timex_scene import Scene
from analysis.extract.timex_spans import count_of

_A_MONTH = timedelta(days=31)


def part_of(match: Match) -> str:
    """The code of a part of the day, as it follows a date: TMO, TNI, T12:00; without words for one the night."""
    code = str(GRAMMAR.words["PART"].get(match.form("part")) or GRAMMAR.words["PARTS"].get(match.form("part")) or "NI")
    return code if code.startswith("T") else f"T{code}"


def weekday_part(match: Match, scene: Scene) -> str:
    """Friday night"""
    number = match.meaning("weekday", "WEEKDAY")
    return (weekday_date(match, scene, number).isoformat() if scene.published else f"XXXX-WXX-{number}") + part_of(
        match
    )


def today_part(match: Match, scene: Scene) -> str | None:
    """yesterday evening"""
    if not scene.published:
        return None
    return (scene.published + timedelta(days=match.meaning("day", "TODAY"))).isoformat() + part_of(match)


def this_part(match: Match, scene: Scene) -> str | None:
    """this morning, last night, tonight"""
    if not scene.published:
        return None
    return (scene.published + timedelta(days=shift_of(match))).isoformat() + part_of(match)


def overnight(match: Match, scene: Scene) -> str | None:
    """overnight: the night before publication"""
    return f"{scene.published - timedelta(days=1)}TNI" if scene.published else None


def small_hours(match: Match, scene: Scene) -> str | None:
    """the early hours of Saturday, of today"""
    return _clock_day(match, scene) + "TMO"


def focus_part(match: Match, scene: Scene) -> str | None:
    """the morning: of the date in focus"""
    base = scene.focus or scene.published
    ahead = any(form in GRAMMAR.words["FOLLOWING"] for form in match.forms)
    return (base + timedelta(days=ahead)).isoformat() + part_of(match) if base else None


def clock(match: Match, scene: Scene) -> str | None:
    """10:35 a.m. (Tuesday)"""
    form = match.form("hour")
    hour = int(form) if form.isdigit() else int(count_of(form) or 99)
    half = match.form("half")[:1]
    minute = match.form("minute")
    if hour > 24 or (half and hour > 12) or (minute and (len(minute) != 2 or int(minute) > 59)):
        return None
    evening = half == "p" or match.form("part") in ("afternoon", "evening")
    hour = hour % 12 + 12 * evening if half or match.has("part") else hour
    return f"{_clock_day(match, scene)}T{hour:02d}:{minute or '00'}"


def four_digit_clock(match: Match, scene: Scene) -> str | None:
    """0300 GMT"""
    hour, minute = int(match.form("hour")[:2]), int(match.form("hour")[2:])
    return f"{_clock_day(match, scene)}T{hour:02d}:{minute:02d}" if hour <= 24 and minute <= 59 else None


def _clock_day(match: Match, scene: Scene) -> str:
    if match.has("weekday"):
        number = match.meaning("weekday", "WEEKDAY")
        return weekday_date(match, scene, number).isoformat() if scene.published else f"XXXX-WXX-{number}"
    if match.has("month"):
        day = nearest_day(match.meaning("month", "MONTH"), int(match.form("date")), match, scene)
        return day or "XXXX-XX-XX"
    if match.has("day") and scene.published:
        return (scene.published + timedelta(days=match.meaning("day", "TODAY"))).isoformat()
    base = scene.focus or scene.published
    if base and scene.published and abs(scene.published - base) > _A_MONTH:
        base = scene.published  # "the curfew runs from 10 p.m." is not of the day of a treaty told before
    return base.isoformat() if base else "XXXX-XX-XX"


def noon(match: Match, scene: Scene) -> str | None:
    """noon, midnight (on Friday), dawn"""
    return _clock_day(match, scene) + ("T12:00" if match.form("part") == "midday" else part_of(match))


def weekday_set(match: Match, scene: Scene) -> str:
    """every Thursday, Mondays, Tuesday nights"""
    number = match.meaning("weekday", "WEEKDAYS") or match.meaning("weekday", "WEEKDAY")
    return f"XXXX-WXX-{number}" + (part_of(match) if match.has("part") else "")


def set_part(match: Match, scene: Scene) -> str:
    """every night"""
    return "XXXX-XX-XX" + part_of(match)
