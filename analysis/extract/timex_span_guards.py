"""Conditions on units, lengths and vague words that words alone do not show: is "now" a time, is "the day before" a day?

Each takes the match and the scene and says whether the expression holds; the name stands in `lexicons/times.yml`.
"""

from analysis.extract.timex_grammar import GRAMMAR, Match
from analysis.extract.timex_guards import shows_capital
from analysis.extract.timex_scene import Scene
from analysis.extract.timex_spans import is_rate

_AFTER_CLAUSE = GRAMMAR.context["after_clause"]
_STRETCH_LEADS = GRAMMAR.context["stretch_leads"]
_THEN_LEADS = frozenset({"since", "until", "till", "by", "before"})
_PLURALS = frozenset(GRAMMAR.words["UNITS"]) | frozenset(GRAMMAR.words["CLOCKUNITS"])
_OLD = frozenset({"old", "olds"})


def no_night(match: Match, scene: Scene) -> bool:
    """ "last day", "this quarter" and "prior week" are read elsewhere or nothing."""
    unit = match.meaning("unit", "UNIT")
    return unit not in ("D", "WE", "Q", "2W", "6M") and match.form("shift") not in GRAMMAR.words["BEFORE"]


def then_word(match: Match, scene: Scene) -> bool:
    """ "Since then", "until then"."""
    return match.word(-1) in _THEN_LEADS


def end_only(match: Match, scene: Scene) -> bool:
    """year-end"""
    return match.forms[-1] == "end"


def day_before(match: Match, scene: Scene) -> bool:
    """ "the day before", "the day after" with nothing following that would say before what."""
    return not match.word(0).isalpha() or match.word(0) in _AFTER_CLAUSE


def plain_unit(match: Match, scene: Scene) -> bool:
    """ "the year", "the week" where they speak of a time already named."""
    if match.form("unit") not in ("year", "week"):
        return False
    before, after = match.word(-1), match.word(0)
    return not after.isalpha() or after in ("ended", "ending") or before in ("for", "during", "of", "in")


def no_before(match: Match, scene: Scene) -> bool:
    """ "two days before the vote" is measured from what follows: a duration, not a date."""
    return match.form("way") in ("earlier", "later", "previously") or not match.word(0).isalpha()


def no_age(match: Match, scene: Scene) -> bool:
    """Ages are no durations of anything, nor are shares."""
    if _is_share(match):
        return False
    after = match.word(1) if match.word(0) == "-" else match.word(0)
    return after not in _OLD and "old" not in match.forms


def _is_share(match: Match) -> bool:
    """ "About a quarter of the population", "three quarters of them"."""
    return match.form("unit") in ("quarter", "quarters") and match.word(0) == "of"


def vague_count(match: Match, scene: Scene) -> bool:
    """ "several months", not "some day", "many a day"."""
    return match.form("n") not in ("some", "various") and match.form("unit") in _PLURALS


def single_unit(match: Match, scene: Scene) -> bool:
    """ "a year", not "a second", "a quarter of"."""
    if match.word(0) == "-" and match.word(1) in ("long", "old"):
        return False  # "a week-long siege": the length is "week-long"
    if _is_share(match):
        return False
    if match.has("half") or match.last - match.first > 2 or is_rate(match):
        return True
    return match.form("unit") not in ("second", "quarter", "minute", "weekend", "day")


def bare_units(match: Match, scene: Scene) -> bool:
    """ "months" alone as a stretch of time: after a preposition, or before "of"."""
    if "quarters" in match.forms:
        return False
    return len(match.forms) > 1 or match.word(-1) in _STRETCH_LEADS or match.word(0) in ("-", "of", "before", "after")


def long_unit(match: Match, scene: Scene) -> bool:
    """ "The month before the truce": a length; "the day after the strike" is a day that nobody can tell."""
    return match.form("unit") in ("week", "month", "year", "decade")


def nth_day(match: Match, scene: Scene) -> bool:
    """ "the third day", "a second straight day", not "a second week", "the third quarter" nor "the first day"."""
    if match.word(0) == "-":
        return False
    if match.form("unit") in ("quarter", "century", "weekend", "semester") or match.form("n") in (
        "first",
        "1",
        "final",
    ):
        return False
    return (
        match.forms[0] != "a" or match.word(-1) == "for" or any(f in GRAMMAR.words["ADDITIONAL"] for f in match.forms)
    )


def adverb_word(match: Match, scene: Scene) -> bool:
    """ "daily", not the title of a paper."""
    return scene.lowered or not shows_capital(match, scene, "word")


def plain_now(match: Match, scene: Scene) -> bool:
    """ "now" as a time, not "now that"."""
    return match.word(0) != "that"


def plain_soon(match: Match, scene: Scene) -> bool:
    """ "soon", not "as soon as", "soon after"."""
    return match.word(-1) != "as" and match.word(0) not in ("after", "before", "as", "thereafter")


def the_past(match: Match, scene: Scene) -> bool:
    """ "in the past", nothing following that it would belong to."""
    return not match.word(0).isalnum() or match.word(0) in ("and", "but", "as", "to", "that", "when")


def attribute_word(match: Match, scene: Scene) -> bool:
    """ "recent" before a noun."""
    return match.word(0).isalpha()


def current_word(match: Match, scene: Scene) -> bool:
    """ "current" before a noun."""
    return match.form("word") == "current" and match.word(0).isalpha()


def these_days(match: Match, scene: Scene) -> bool:
    """ "these days"."""
    return match.forms == ["these", "days"]
