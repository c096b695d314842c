"""Conditions on dates that words alone do not show: is "may" a month here, is 2000 a year?

Each takes the match and the scene and says whether the expression holds; the name stands in `lexicons/times.yml`.
"""

from analysis.extract.timex_grammar import GRAMMAR, Match, Words
from analysis.extract.timex_lists import find_list_month
from analysis.extract.timex_scene import Scene

_YEAR_LEADS = GRAMMAR.context["year_leads"]
_NO_YEAR_LEADS = GRAMMAR.context["no_year_leads"]
_PLAIN_YEAR_LEADS = GRAMMAR.context["plain_year_leads"]
_COUNT_LEADS = GRAMMAR.context["count_leads"]
_NO_COUNT_LEADS = GRAMMAR.context["no_count_leads"]
_DAY_LEADS, _AFTER_DAY = GRAMMAR.context["day_leads"], GRAMMAR.context["after_day"]
_MONTH_LEADS = GRAMMAR.context["month_leads"]
# "May" and "march" are an auxiliary and a verb more often than months; April, June and August are people's names too.
_VERB_MONTHS = frozenset({"may", "march"})
_NAME_MONTHS = frozenset({"april", "june", "august"})
_SHORT_MONTHS = GRAMMAR.context["abbreviated"]
_ORDINARY_YEARS = range(1900, 2051)


def shows_capital(match: Match, scene: Scene, name: str) -> bool:
    """Whether the captured part begins with a capital."""
    return scene.text[match.words.starts[match.groups[name][0]]].isupper()


def clean_month(match: Match, scene: Scene) -> bool:
    """A month's name and not the verb, the auxiliary, or a person called April."""
    month = match.form("month")
    if month in _SHORT_MONTHS:
        return match.has("year") or match.word(0) == "." or "." in match.forms
    if match.has("year") or match.has("shift"):
        return month not in _VERB_MONTHS or scene.lowered or shows_capital(match, scene, "month")
    if month in _VERB_MONTHS:
        return match.word(-1) in _MONTH_LEADS and (scene.lowered or shows_capital(match, scene, "month"))
    if month in _NAME_MONTHS and not scene.lowered:
        return shows_capital(match, scene, "month") and not _is_person(match, scene)
    return True


def _is_person(match: Match, scene: Scene) -> bool:
    return scene.reading.token_at(match.start).ent_type_ == "PERSON"


def no_may(match: Match, scene: Scene) -> bool:
    """ "may first" needs a capital or "the"."""
    return "the" in match.forms or match.form("month") not in _VERB_MONTHS or _is_capital_month(match, scene)


def _is_capital_month(match: Match, scene: Scene) -> bool:
    return not scene.lowered and shows_capital(match, scene, "month")


def day_before_month(match: Match, scene: Scene) -> bool:
    """ "8 May", not "killed 8 may"."""
    return match.form("month") not in _VERB_MONTHS or scene.lowered or shows_capital(match, scene, "month")


def short_year(match: Match, scene: Scene) -> bool:
    """A year of two digits, as in datelines: nothing that is counted may follow."""
    following = match.word(0)
    if following == "." and not match.word(1).isdigit():
        return True
    return len(match.form("year")) == 2 and not following.isalpha() and following not in ("%", ".")


def between_days(match: Match, scene: Scene) -> bool:
    """ "between 7 and 9 May", "7-9 May": "and" needs its "between", and the days a lead of their own."""
    return match.forms[0] in ("between", "from") or any(form in match.forms for form in ("-", "–", "to"))


def range_end(match: Match, scene: Scene) -> bool:
    """ "May 7-9", and no "May 7 to 9 people"."""
    return not match.word(0).isalpha() or "-" in match.forms or "–" in match.forms


def plain_year(match: Match, scene: Scene) -> bool:
    """1990 as a year: led like one, or beside nothing that could be counted."""
    before, after = match.word(-1), match.word(0)
    if len(match.forms) > 1 or before in _NO_YEAR_LEADS or after in ("%", "$"):
        return len(match.forms) > 1 and before not in _NO_YEAR_LEADS
    if _is_part_of_number(match) or _counts_something(match, scene):
        return False
    year = int(match.form("year"))
    return before in _PLAIN_YEAR_LEADS or (year in _ORDINARY_YEARS and (year != 2000 or before in _YEAR_LEADS))


def _is_part_of_number(match: Match) -> bool:
    """1990.5, 1900:30, 3/1990 and the like."""
    before, after = match.word(-1), match.word(0)
    if after in (",", ".", ":") and match.word(1).isdigit() and match.words.starts[match.last] == match.end:
        return True
    if before in ("-", "/", ".") and match.word(-2).isdigit():
        return before != "-" or len(match.word(-2)) != 4
    return False


def _counts_something(match: Match, scene: Scene) -> bool:
    """A number before a plural noun counts it, except in "the 1992 elections"."""
    before = match.word(-1)
    if before in _COUNT_LEADS or before in _NO_COUNT_LEADS:
        return before in _COUNT_LEADS
    token = scene.reading.token_at(match.start)
    head = token.head
    return token.dep_ in ("nummod", "quantmod", "compound") and head.i > token.i and head.tag_ in ("NNS", "NNPS")


def listed_day(match: Match, scene: Scene) -> bool:
    """The 4 of "May 3 and 4" and the 3 of "3 and 4 May"; not that of "May 3 and 4 people"."""
    at = find_list_month(match.words, match.first)
    return at is not None and (at > match.first or _stands_alone(match.words, match.last, scene))


def _stands_alone(words: Words, index: int, scene: Scene) -> bool:
    """Whether the list that a day belongs to is followed by nothing that it would count."""
    while index < len(words.forms) and (words.forms[index] in (",", "and", "or") or words.forms[index].isdigit()):
        index += 1
    following = words.forms[index] if index < len(words.forms) else ""
    if not following.isalpha() or following in _AFTER_DAY:
        return True
    return scene.reading.token_at(words.starts[index]).pos_ in ("VERB", "AUX")


def listed_ordinal(match: Match, scene: Scene) -> bool:
    """The 17th of "the 16th and 17th"."""
    first = match.first
    return (
        match.word(-1) in ("and", "or")
        and match.word(-2) in ("th", "st", "nd", "rd")
        and first > 4
        and (match.word(-4) == "the" and match.word(-5) in _DAY_LEADS)
    )


def bare_day(match: Match, scene: Scene) -> bool:
    """ "On the 10th", not "the 7th floor" nor "the 7th of the brigades"."""
    after = match.word(0)
    return match.word(-1) in _DAY_LEADS and (not after.isalpha() or (after in _AFTER_DAY and after != "of"))


def spoken_year(match: Match, scene: Scene) -> bool:
    """nineteen ninety-six, (the year) two thousand"""
    words = GRAMMAR.words["NUMBERWORD"]
    century, rest = words[match.form("century")], words[match.form("rest")]
    unit = words.get(match.form("unit"), 0)
    if rest == 1000:
        return "year" in match.forms and century <= 2
    return 17 <= century <= 20 and 10 <= rest < 100 and unit < 10 and (not unit or rest >= 20)


def season_word(match: Match, scene: Scene) -> bool:
    """ "the fall of the government" is no season."""
    season = match.form("season")
    if season not in ("fall", "spring") or match.has("year") or match.has("rest") or match.has("shift"):
        return True
    return len(match.forms) > 2 or (match.word(0) in (",", ".") and season == "spring")


def holiday_word(match: Match, scene: Scene) -> bool:
    """Easter Island is no day."""
    return match.word(0) not in ("island", "eve") and (scene.lowered or shows_capital(match, scene, "holiday"))
