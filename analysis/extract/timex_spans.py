"""TIMEX3 values of durations, sets and vague references: named in the lexicon like those of `timex_dates.py`."""

import re
from datetime import date, timedelta

from analysis.extract.timex_calendar import moved_unit, shift_months
from analysis.extract.timex_grammar import GRAMMAR, Match
from analysis.extract.timex_scene import Scene

_DIGITS = re.compile(r"\d")
_YEARS_TO_GROUP = {"DE": 10, "CE": 100}
# Beyond this many years "some years ago" is no date one could check.
_EARLIEST_YEAR = 1
_PLURALS = GRAMMAR.context["plurals"]
_RATED = frozenset({"times", "twice", "once", "million", "billion", "percent", "%"})


def count_of(form: str) -> float | None:
    """The number in words or digits: "two hundred and ten", "2 1 / 2", "1 , 000"; None where it is none."""
    if _DIGITS.match(form):
        return _digits(form)
    total = part = 0
    for word in form.replace("-", " ").split():
        number = GRAMMAR.words["NUMBERWORD"].get(word)
        if number is None:
            continue
        if number == 1000:
            total, part = total + max(part, 1) * 1000, 0
        elif number == 100:
            part = max(part, 1) * 100
        else:
            part += number
    return total + part or None


def _digits(form: str) -> float | None:
    parts = form.replace(" , ", "").replace(" . ", ".").split()
    number = float(parts[0])
    if len(parts) == 4 and parts[2] == "/" and int(parts[3]):
        number += int(parts[1]) / int(parts[3])
    elif len(parts) == 3 and parts[1] == "/" and int(parts[2]):
        number = number / int(parts[2])
    return number


def unit_code(match: Match) -> str:
    """D, W, M, Y, DE ...; TH, TM, TS for hours, minutes, seconds."""
    form = match.form("unit")
    for name in ("UNIT", "UNITS"):
        if form in GRAMMAR.words[name]:
            return str(GRAMMAR.words[name][form])
    return "T" + str(GRAMMAR.words["CLOCKUNIT"].get(form) or GRAMMAR.words["CLOCKUNITS"][form])


def length(number: float | str, unit: str) -> str:
    """A TIMEX3 length.

    >>> length(2.5, "Y"), length(24, "TH"), length("X", "DE")
    ('P2Y6M', 'PT24H', 'PXDE')
    """
    head, unit = ("PT", unit[1:]) if unit.startswith("T") else ("P", unit)
    if isinstance(number, str):
        return f"{head}{number}{unit[-1] if unit[0].isdigit() else unit}"
    if unit[0].isdigit():
        number, unit = number * int(unit[:-1]), unit[-1]
    if unit in _YEARS_TO_GROUP:
        number, unit = number * _YEARS_TO_GROUP[unit], "Y"
    return head + _with_half(number, unit, head)


def _with_half(number: float, unit: str, head: str) -> str:
    whole, rest = int(number), number % 1
    smaller = {"Y": (12, "M"), "H": (60, "M"), "M": (60, "S")}.get(unit) if head == "PT" or unit == "Y" else None
    if not rest or smaller is None:
        return f"{number:g}{unit}"
    tail = f"{round(rest * smaller[0])}{smaller[1]}"
    return f"{whole}{unit}{tail}" if whole else tail


def duration(match: Match, scene: Scene) -> str | tuple[str, str] | None:
    """60-day, two and a half years, several months, a week"""
    unit = unit_code(match)
    form = match.form("n")
    if form in GRAMMAR.words["FEW"]:
        return length("X", unit)
    number = 2 if form.startswith("couple") else count_of(form) if form else (0 if match.forms[0] == "half" else 1)
    if number is None or (unit == "Q" and "-" in match.forms):  # "three-quarters" is a fraction
        return None
    value = length(number + (0.5 if match.has("half") else 0), unit)
    return (value, "SET") if is_rate(match) else value


def is_rate(match: Match) -> bool:
    """Whether a unit is what something is counted by: "twice a week", "$5 million a year", "four flights a week"."""
    before, counted = match.word(-1), match.word(-2)
    if match.forms[0] not in ("a", "an"):
        return False
    return (
        before in _RATED or before.isdigit() or ((before.endswith("s") or before in _PLURALS) and _is_number(counted))
    )


def _is_number(form: str) -> bool:
    return form.isdigit() or form in GRAMMAR.words["NUMBERWORD"] or form in GRAMMAR.words["FEW"]


def duration_window(match: Match, scene: Scene) -> str | None:
    """the past two months, the next few weeks"""
    unit, form = unit_code(match), match.form("n")
    if form in GRAMMAR.words["FEW"] or "few" in form:
        return length("X", unit)
    number = 2 if "couple" in form else count_of(form)
    return length(number, unit) if number else None


def duration_vague(match: Match, scene: Scene) -> str | None:
    """months, the last years"""
    return length("X", unit_code(match))


def duration_range(match: Match, scene: Scene) -> str | None:
    """two to three weeks: the lower bound"""
    lower, upper = count_of(match.form("n")), count_of(match.form("upper"))
    return length(lower, unit_code(match)) if lower and upper and lower < upper else None


def recent_units(match: Match, scene: Scene) -> str | tuple[str, str]:
    """recent weeks"""
    return (length("X", unit_code(match)), "DURATION") if "and" not in match.forms else "PAST_REF"


def ago(match: Match, scene: Scene) -> str | None:
    """two weeks ago: as exact as its unit"""
    return _moved(match, scene, scene.published, -1)


def earlier(match: Match, scene: Scene) -> str | tuple[str, str] | None:
    """a year earlier, two days later: moved from the date in focus; "a few days later" is as long as that"""
    if "few" in match.form("n") or match.form("n") in GRAMMAR.words["FEW"]:
        return length("X", unit_code(match)), "DURATION"
    way = 1 if match.form("way") in GRAMMAR.words["LATER"] else -1
    return _moved(match, scene, scene.focus or scene.published, way)


def _moved(match: Match, scene: Scene, base: date | None, way: int) -> str | None:
    unit, form = unit_code(match), match.form("n")
    if "few" in form or form in GRAMMAR.words["FEW"] or (not form and match.forms[0] == match.form("unit")):
        return "PAST_REF" if way < 0 else "FUTURE_REF"
    number = 2 if form.startswith("couple") else count_of(form) if form else 1
    if number is None or base is None:
        return None
    if unit == "Y" and number == 1 and (quarters := scene.quarter()):
        return f"{int(quarters[:4]) + way}{quarters[4:]}"
    return _move(base, unit, number * way)


def _move(base: date, unit: str, number: float) -> str | None:
    years = {"Y": 1, "DE": 10, "CE": 100}.get(unit)
    if years:
        year = base.year + int(number * years)
        return str(year) if year >= _EARLIEST_YEAR else None
    if unit in ("M", "Q", "6M"):
        return shift_months(base, int(number * {"M": 1, "Q": 3, "6M": 6}[unit])).isoformat()[:7]
    if unit in ("D", "W", "2W") and abs(number) < 5000:
        return moved_unit(base + timedelta(days=int(number * {"D": 1, "W": 7, "2W": 14}[unit])), unit[-1], 0)
    return None


# --- sets and vague references --------------------------------------------------------------------------------------


def season_set(match: Match, scene: Scene) -> str:
    """every summer"""
    return f"XXXX-{match.meaning('season', 'SEASON')}"


def set_unit(match: Match, scene: Scene) -> str | None:
    """every week, every two years"""
    number = count_of(match.form("n")) if match.has("n") else 1
    return length(number, unit_code(match)) if number else None


def set_month(match: Match, scene: Scene) -> str:
    """each July"""
    return f"XXXX-{match.meaning('month', 'MONTH'):02d}"


def set_adverb(match: Match, scene: Scene) -> str:
    """daily, annually"""
    return str(match.meaning("word", "ADVERB"))


def reference(match: Match, scene: Scene) -> str:
    """now, recently, soon, the future: PRESENT_REF, PAST_REF, FUTURE_REF"""
    classes = ("NOW", "PRESENTLY", "RECENTLY", "SOON", "FUTURE", "PASTWORD")
    word = match.form("word")
    by_attribute = {"current": "PRESENT_REF", "recent": "PAST_REF"}
    if match.rule.guard in ("attribute_word", "current_word"):
        return by_attribute.get(word, "PRESENT_REF")
    return next(str(GRAMMAR.words[c][word]) for c in classes if word in GRAMMAR.words[c])


def these_days(match: Match, scene: Scene) -> str:
    """these days"""
    return "PRESENT_REF"
