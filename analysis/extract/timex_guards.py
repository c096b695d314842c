"""Conditions that words alone do not show: is "may" a month here, is 2000 a year, is "now" a time?

Each takes the match and the scene and says whether the expression holds; the name stands in `lexicons/times.yml`.
"""

from analysis.extract.timex_grammar import GRAMMAR, Match
from analysis.extract.timex_scene import Scene

# Before these words a bare year is a year.
_YEAR_LEADS = GRAMMAR.context["year_leads"]
_NO_YEAR_LEADS = GRAMMAR.context["no_year_leads"]
_MONTH_LEADS = GRAMMAR.context["month_leads"]
# Lower-case "march", "may" are a verb and an auxiliary more often than months.
_AMBIGUOUS_MONTHS = frozenset({"march", "may", "mar", "sep", "dec", "jan", "jun", "nov"})
_ORDINARY_YEARS = range(1900, 2051)


def _capital(match: Match, scene: Scene, name: str) -> bool:
    first = match.words.starts[match.groups[name][0]]
    return scene.text[first].isupper()


def clean_month(match: Match, scene: Scene) -> bool:
    """A month's name and not the verb, the auxiliary, or a person called April."""
    month = match.form("month")
    if month in ("dec", "jan", "mar", "nov", "sep", "jun", "feb", "apr", "jul", "aug", "oct", "sept"):
        return match.has("year") or match.word(0) == "." or "." in match.forms
    if match.has("year") or match.has("shift"):
        return month not in ("may", "march") or scene.lowered or _capital(match, scene, "month")
    if month in ("may", "march"):
        return match.word(-1) in _MONTH_LEADS and (scene.lowered or _capital(match, scene, "month"))
    if month in ("april", "june", "august"):
        return _capital(match, scene, "month") and not _is_person(match, scene) if not scene.lowered else True
    return True


def _is_person(match: Match, scene: Scene) -> bool:
    return scene.reading.token_at(match.start).ent_type_ == "PERSON"


def no_may(match: Match, scene: Scene) -> bool:
    """ "may first" needs a capital or "the"."""
    return (
        match.form("month") not in ("may", "march")
        or "the" in match.forms
        or (not scene.lowered and _capital(match, scene, "month"))
    )


def day_before_month(match: Match, scene: Scene) -> bool:
    """ "8 May", not "killed 8 may"; a month's name before wins ("January 8 May ..." is none)."""
    month = match.form("month")
    return month not in ("may", "march") or scene.lowered or _capital(match, scene, "month")


def short_year(match: Match, scene: Scene) -> bool:
    """A year of two digits, as in datelines: nothing that is counted may follow."""
    return (len(match.form("year")) == 2 and not match.word(0).isalpha() and match.word(0) not in ("%", ".")) or (
        match.word(0) == "." and not match.word(1).isdigit()
    )


def between_days(match: Match, scene: Scene) -> bool:
    """ "between 7 and 9 May", "7-9 May": "and" needs its "between", and the days a lead of their own."""
    return match.forms[0] in ("between", "from") or "-" in match.forms or "–" in match.forms or "to" in match.forms


def range_end(match: Match, scene: Scene) -> bool:
    """ "May 7-9", and no "May 7 to 9 people"."""
    return not match.word(0).isalpha() or "-" in match.forms or "–" in match.forms


def plain_year(match: Match, scene: Scene) -> bool:
    """1990 as a year: led like one, or beside nothing that could be counted."""
    year = int(match.form("year"))
    before, after = match.word(-1), match.word(0)
    if before in _NO_YEAR_LEADS or after in ("%", "$") or len(match.forms) > 1:
        return len(match.forms) > 1 and before not in _NO_YEAR_LEADS
    if after in (",", ".", ":") and match.word(1).isdigit() and match.words.starts[match.last] == match.end:
        return False  # 1990.5, 1900:30 and the like
    if before in ("-", "/", ".") and match.word(-2).isdigit():
        return before == "-" and len(match.word(-2)) == 4
    if _counts_something(match, scene):
        return False
    return (year in _ORDINARY_YEARS and (year != 2000 or before in _YEAR_LEADS)) or before in (
        "in",
        "since",
        "year",
        "of",
    )


def _counts_something(match: Match, scene: Scene) -> bool:
    """A number before a plural noun counts it, except in "the 1992 elections"."""
    token = scene.reading.token_at(match.start)
    if match.word(-1) in ("in", "since", "until", "during", "the", "fiscal", "early", "late", "mid"):
        return False
    head = token.head
    if match.word(-1) in (
        "over",
        "than",
        "least",
        "most",
        "about",
        "nearly",
        "almost",
        "some",
        "approximately",
        "roughly",
    ):
        return True
    return token.dep_ in ("nummod", "quantmod", "compound") and head.i > token.i and head.tag_ in ("NNS", "NNPS")


def spoken_year(match: Match, scene: Scene) -> bool:
    """nineteen ninety-six, (the year) two thousand"""
    words = GRAMMAR.words["NUMBERWORD"]
    century, rest = words[match.form("century")], words[match.form("rest")]
    unit = words.get(match.form("unit"), 0)
    if rest == 1000:
        return "year" in match.forms and century <= 2
    return 17 <= century <= 20 and 10 <= rest < 100 and unit < 10 and (not unit or rest >= 20)


def weekday_word(match: Match, scene: Scene) -> bool:
    """Weekdays, but not the abbreviations that are names or verbs ("Wed", "Mon")."""
    form = match.form("weekday")
    if form in ("mon", "tue", "wed", "thu", "fri", "thur", "tues", "thurs"):
        return match.word(0) in (".", ",") and not scene.lowered
    return True


def sharp_part(match: Match, scene: Scene) -> bool:
    """ "noon Thursday", "the morning of Thursday"."""
    return (
        match.form("part") in ("noon", "midnight") or "of" in match.forms or match.form("part") in ("night", "morning")
    )


def trim_possessive(match: Match, scene: Scene) -> bool:
    """ "today's" with its noun is still the day."""
    return True


def overnight_word(match: Match, scene: Scene) -> bool:
    """ "overnight" by itself, not "overnight interest rate"."""
    return not match.word(0).isalpha() or match.word(0) in (
        "in",
        "on",
        "by",
        "and",
        "into",
        "when",
        "after",
        "as",
        "to",
        "from",
        "at",
    )


def clear_part(match: Match, scene: Scene) -> bool:
    """ "the morning", not "the dawn of" or "the night shift"."""
    return match.form("part") in ("morning", "afternoon", "evening") and match.word(0) not in (
        "news",
        "of",
        "session",
        "post",
        "standard",
    )


def clock_time(match: Match, scene: Scene) -> bool:
    """10:35 or 10:35 a.m.; 10.35 only with a.m."""
    return ":" in match.forms or match.has("half")


def noon_word(match: Match, scene: Scene) -> bool:
    """Only the parts of a day that are points in it."""
    return match.form("part") in ("noon", "midday", "midnight")


def no_night(match: Match, scene: Scene) -> bool:
    """ "last day", "this quarter" and "prior week" are read elsewhere or nothing."""
    unit = match.meaning("unit", "UNIT")
    return unit not in ("D", "WE", "Q", "2W", "6M") and match.form("shift") not in ("previous", "preceding", "prior")


def end_only(match: Match, scene: Scene) -> bool:
    """year-end"""
    return match.forms[-1] == "end"


def day_before(match: Match, scene: Scene) -> bool:
    """ "the day before", "the day after" with nothing following that would say before what."""
    return not match.word(0).isalpha() or match.word(0) in ("in", "and", "by", "at", "on", "when", "as", "that")


def plain_unit(match: Match, scene: Scene) -> bool:
    """ "the day", "the year" where they speak of a time already named."""
    if match.form("unit") not in ("year", "week"):
        return False
    return (
        not match.word(0).isalpha()
        or match.word(-1) in ("for", "during", "of", "in")
        or match.word(0) in ("ended", "ending")
    )


def season_word(match: Match, scene: Scene) -> bool:
    """ "the fall of the government" is no season."""
    if (
        match.form("season") in ("fall", "spring")
        and not match.has("year")
        and not match.has("rest")
        and not match.has("shift")
    ):
        return len(match.forms) > 2 or (match.word(0) in (",", ".") and match.form("season") == "spring")
    return True


def holiday_word(match: Match, scene: Scene) -> bool:
    """Easter Island is no day."""
    return match.word(0) not in ("island", "eve") and (scene.lowered or _capital(match, scene, "holiday"))


def no_before(match: Match, scene: Scene) -> bool:
    """ "two days before the vote" is measured from what follows: a duration, not a date."""
    way = match.form("way")
    return way in ("earlier", "later", "previously") or not match.word(0).isalpha()


def no_age(match: Match, scene: Scene) -> bool:
    """Ages are no durations of anything."""
    after = match.word(0)
    return (
        after not in ("old", "olds")
        and not (after == "-" and match.word(1) in ("old", "olds"))
        and "old" not in match.forms
    )


def vague_count(match: Match, scene: Scene) -> bool:
    """ "several months", not "some day", "many a day"."""
    return match.form("n") not in ("some", "various") and match.form("unit") in {
        **GRAMMAR.words["UNITS"], **GRAMMAR.words["CLOCKUNITS"]
    }  # fmt: skip


def single_unit(match: Match, scene: Scene) -> bool:
    """ "a year", not "a second", "a quarter of"."""
    return (
        match.form("unit") not in ("second", "quarter", "minute", "weekend", "day")
        or match.has("half")
        or match.last - match.first > 2
    )


def bare_units(match: Match, scene: Scene) -> bool:
    """ "months" alone as a stretch of time: after a preposition, or before "of"."""
    if "quarters" in match.forms:
        return False
    leads = ("for", "in", "after", "of", "within", "over", "through", "during")
    return len(match.forms) > 1 or match.word(-1) in leads or match.word(0) in ("-", "of", "later")


def adverb_word(match: Match, scene: Scene) -> bool:
    """ "daily", not the title of a paper."""
    return scene.lowered or not _capital(match, scene, "word")


def plain_now(match: Match, scene: Scene) -> bool:
    """ "now" as a time, not "now that"."""
    return match.word(0) != "that" and match.word(-1) not in ("until_",)


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
