"""TIMEX3 values of dates: one function a kind of pattern, named in `lexicons/times.yml`.

Each takes the match and the scene and gives the value, or None where the words are no such expression after all. Without a day of
publication what depends on it stays open in the way of TIMEX3 (`XXXX-09-30`, `XXXX-WXX-3`).
"""

from datetime import date

from analysis.extract.timex_calendar import make_date, month_of
from analysis.extract.timex_grammar import GRAMMAR, Match
from analysis.extract.timex_lists import find_list_month, year_after, year_of_pair
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
    """10/30/2024 or 30/10/2024; where both readings exist, as the document writes its other dates, else as in wire copy."""
    if len(match.form("year")) not in (2, 4):
        return None
    first, second = int(match.form("first")), int(match.form("second"))
    year = full_year(match.form("year"), scene.published)
    month_first, day_first = make_date(year, first, second), make_date(year, second, first)
    if month_first is None or day_first is None:
        found = month_first or day_first
    else:
        found = day_first if scene.day_first or _is_too_late(month_first, day_first, match, scene) else month_first
    return found.isoformat() if found else None


def _is_too_late(found: date, other: date, match: Match, scene: Scene) -> bool:
    """Whether a reading lies after publication, though nothing is announced and the other reading lies before it."""
    published = scene.published
    return published is not None and other <= published < found and scene.tense(match.start) != FUTURE


def dotted_date(match: Match, scene: Scene) -> str | None:
    """23.04.2024, 23-04-2024: the day first"""
    first, second, year = (int(match.form(name)) for name in ("first", "second", "year"))
    found = make_date(year, second, first) or make_date(year, first, second)
    return found.isoformat() if found else None


def calendar_date(match: Match, scene: Scene) -> str | None:
    """September 30 (2024); the year, where none is said, is that of the nearest such day the tense allows."""
    month = match.meaning("month", "MONTH")
    day = ordinal_or_number(match.form("day"))
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


def ordinal_or_number(form: str) -> int:
    """ "third", "3": 3; 0 where it is neither."""
    return int(form) if form.isdigit() else int(GRAMMAR.words["ORDINAL"].get(form, 0))


def nearest_day(month: int, day: int, match: Match, scene: Scene) -> str | None:
    """A month and day without a year."""
    if make_date(2000, month, day) is None:
        return None
    year = nearest_year(month, day, match, scene)
    if year is None:
        return f"{UNKNOWN_YEAR}-{month:02d}-{day:02d}"
    found = make_date(_named_year(year, month, day, scene) or year, month, day)
    return found.isoformat() if found else None


def _named_year(year: int, month: int, day: int, scene: Scene) -> int | None:
    """The year of a day that is known by its date alone, where the nearest such day is long past and the document is about it."""
    named, near = GRAMMAR.named_days.get(f"{month:02d}-{day:02d}"), make_date(year, month, day)
    if named is None or near is None or scene.published is None or year <= named["year"]:
        return None
    about = any(word in scene.text.lower() for word in named["words"])
    return int(named["year"]) if about and (scene.published - near).days > _LONG_PAST_DAYS else None


def nearest_year(month: int, day: int, match: Match, scene: Scene) -> int | None:
    """The year in which a month (and day) lies nearest to publication, on the side of the tense; None without publication.

    A year said with the end of a pair holds for its beginning too ("between 28 April and 2 May 2023"). What happened
    more than a season ahead of publication happened the year before; a plan lies ahead.
    """
    paired, published = year_of_pair(match, month) or scene.year_of_sentence(match.start), scene.published
    if paired or published is None:
        return paired
    ahead = (published.replace(month=month, day=min(day, 28)) - published).days
    if scene.tense(match.start) == FUTURE:
        return published.year + (ahead < -_SOON_DAYS)
    if scene.plainly_past(match.start):
        return published.year - (ahead > 0)
    if ahead > _FAR_DAYS:
        return published.year - 1
    return published.year + (ahead < -_YEAR_DAYS + _SEASON_DAYS)


_SOON_DAYS = 45
# "On October 7" told within these many days is this year's.
_LONG_PAST_DAYS = 60
_FAR_DAYS = 100
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


def listed_day(match: Match, scene: Scene) -> str | None:
    """the 4 of "May 3 and 4" or the 3 of "3 and 4 May": the guard has found the month"""
    at = find_list_month(match.words, match.first)
    if at is None:
        return None
    month, day = int(GRAMMAR.words["MONTH"][match.words.forms[at]]), int(match.form("day"))
    year = year_after(match.words, max(at, match.first))
    found = make_date(year, month, day) if year else None
    return found.isoformat() if found else nearest_day(month, day, match, scene)


def day_of_month(match: Match, scene: Scene) -> str | None:
    """the 10th: the last one up to publication, or the next in a future tense"""
    day = int(match.form("day"))
    if not scene.published:
        return f"{UNKNOWN_YEAR}-XX-{day:02d}"
    ahead = scene.tense(match.start) == FUTURE
    shift = int(day < scene.published.day) if ahead else -int(day > scene.published.day)
    found = make_date(*month_of(scene.published, shift), day)
    return found.isoformat() if found else None
