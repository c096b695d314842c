"""TIMEX3 values of quarters and halves of a year: named in the lexicon like those of `timex_dates.py`."""

from analysis.extract.timex_calendar import quarter_value
from analysis.extract.timex_dates import UNKNOWN_YEAR, shift_of
from analysis.extract.timex_grammar import GRAMMAR, Match
from analysis.extract.timex_scene import Scene
from analysis.extract.timex_tense import PAST


def quarter(match: Match, scene: Scene) -> str | None:
    """the third quarter (of 1990); without a year the latest that has begun, or the next where the tense is future"""
    number = 4 if match.form("n") == "last" else GRAMMAR.words["ORDINAL"].get(match.form("n"))
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
