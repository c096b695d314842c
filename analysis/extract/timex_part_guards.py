"""Conditions on weekdays and parts of the day that words alone do not show: is "mon" a day, is "overnight" a time?

Each takes the match and the scene and says whether the expression holds; the name stands in `lexicons/times.yml`.
"""

from analysis.extract.timex_grammar import GRAMMAR, Match
from analysis.extract.timex_scene import Scene

_AFTER_ADVERB = GRAMMAR.context["after_adverb"]
# Edges of the day and the night.
_EDGES = frozenset({"dawn", "daybreak", "sunrise", "dusk", "sunset", "nightfall"})
# "Wed" is a verb, "Mon" a people: only with a full stop or comma are they days.
_SHORT_WEEKDAYS = frozenset({"mon", "tue", "wed", "thu", "fri", "thur", "tues", "thurs"})
# "the morning news", "the evening of his life"
_PART_LEADS = GRAMMAR.context["part_leads"]
_NO_PART_BEFORE = frozenset({"news", "of", "session", "post", "standard"})


def weekday_word(match: Match, scene: Scene) -> bool:
    """Weekdays, but not the abbreviations that are names or verbs ("Wed", "Mon")."""
    return match.form("weekday") not in _SHORT_WEEKDAYS or (match.word(0) in (".", ",") and not scene.lowered)


def sharp_part(match: Match, scene: Scene) -> bool:
    """ "noon Thursday", "the morning of Thursday"."""
    return "of" in match.forms or "on" in match.forms or match.form("part") in ("noon", "midnight", "night", "morning")


def overnight_word(match: Match, scene: Scene) -> bool:
    """ "overnight" by itself, not "overnight interest rate"."""
    return not match.word(0).isalpha() or match.word(0) in _AFTER_ADVERB


def clear_part(match: Match, scene: Scene) -> bool:
    """ "the morning", not "the dawn of" or "the night shift"."""
    return match.form("part") in ("morning", "afternoon", "evening") and match.word(0) not in _NO_PART_BEFORE


def clock_time(match: Match, scene: Scene) -> bool:
    """10:35 or 10:35 a.m.; 10.35 only with a.m."""
    return ":" in match.forms or match.has("half")


def noon_word(match: Match, scene: Scene) -> bool:
    """The parts of a day that are points in it; "dawn" and its like only as "at dawn"."""
    part = match.form("part")
    if part in ("noon", "midday", "midnight"):
        return True
    return (
        part in _EDGES
        and match.word(-1) in _PART_LEADS
        and not (match.last == match.first + 1 and match.word(0) == "of")
    )


def four_digits(match: Match, scene: Scene) -> bool:
    """ "0300 GMT", "1730 hours": four digits, and beside "hours" a lead or a nought before them."""
    hour = match.form("hour")
    if len(hour) != 4 or not hour.isascii():
        return False
    return hour.startswith("0") or "hours" not in match.forms or match.word(-1) in _PART_LEADS


def bare_season(match: Match, scene: Scene) -> bool:
    """ "in winter", not "a spring in his step" nor "in summer uniforms"."""
    if match.form("season") == "fall" or match.word(-1) not in GRAMMAR.context["season_leads"]:
        return False
    return not match.word(0).isalpha() or match.word(0) in _AFTER_ADVERB
