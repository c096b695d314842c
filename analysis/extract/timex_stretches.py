"""The expressions of time in a stretch of text, as days, each with the preposition that introduces it."""

import re
from dataclasses import dataclass, replace
from datetime import date, timedelta

from analysis.extract.reading import Reading
from analysis.extract.timex_calendar import shift_months, value_days
from analysis.extract.timex_grammar import GRAMMAR
from analysis.extract.timex_tense import outer_lead
from analysis.facts import Time

SINCE = GRAMMAR.context["since"]
UNTIL = GRAMMAR.context["until"]
_BACKWARD = re.compile(r"\b(last|past|previous|recent)\b")
_EARLIER = re.compile(r"\b(earlier|before|ago|previous|last|prior)\b")
# "Up 660,000 on late October"
_CHANGED = re.compile(r"\b(up|down) (by |from |some |about )?\d[^;:]{0,24} (on|from) $")
# "The first assault since August 2012"
_RANKED = re.compile(
    r"\b(first|worst|deadliest|bloodiest|biggest|largest|highest|heaviest|lowest|fastest|longest)\b[^.;:]{1,70}\bsince $",
    re.I,
)
_COMPARED = re.compile(r"\b(than|compared (with|to))( (in|on|at|during|for|over|all|the|whole|of|any|time)){0,6} $")
_LENGTH = re.compile(r"P(T?)(\d+)([DWMYHQ])$")


@dataclass(frozen=True)
class Stretch:
    """An expression of the sentence, its days, and how it is introduced ("since", "until", "" ...)."""

    time: Time
    first: date
    last: date
    lead: str


def find_stretches(reading: Reading, start: int, end: int) -> list[Stretch]:
    """The expressions that begin in [start, end) and name days."""
    found: list[Stretch] = []
    for time in read_times(reading):
        if start <= time.start < end and not _is_compared(reading, time):
            days = value_days(time.value.split("T")[0]) or _length_days(reading, time)
            if days:
                found.append(Stretch(time, *days, lead=_lead(reading, time)))
    return _joined(reading, found)


def _is_compared(reading: Reading, time: Time) -> bool:
    """ "Up from a week earlier", "than last year": the time of another count."""
    before = reading.text[max(0, time.start - 40) : time.start].lower()
    if before.endswith(("% ", "percent ")) and time.text.lower().startswith(("more than", "less than")):
        return True  # "9% more than a year before"
    if _CHANGED.search(before) or _RANKED.search(reading.text, max(0, time.start - 90), time.start):
        return True
    if before.endswith(" from "):
        return bool(_EARLIER.search(time.text.lower()))
    return bool(_COMPARED.search(before))


def _joined(reading: Reading, stretches: list[Stretch]) -> list[Stretch]:
    """ "From Monday to Wednesday", "between 28 April and 2 May": one stretch from the first to the last."""
    found: list[Stretch] = []
    for stretch in stretches:
        before = found[-1] if found else None
        if before and before.first <= stretch.last and _is_range(reading, before.time, stretch.time):
            found[-1] = replace(before, last=stretch.last, lead=before.lead if before.lead == "since" else "")
        else:
            found.append(stretch)
    return found


def _are_neighbours(first: Time, last: Time) -> bool:
    """Whether two days follow one another."""
    before, after = value_days(first.value), value_days(last.value)
    return before is not None and after is not None and after[0] - before[1] == timedelta(days=1)


def _is_range(reading: Reading, first: Time, last: Time) -> bool:
    between = reading.text[first.end : last.start].lower().strip()
    if between in ("-", "–", "—"):
        return True
    lead = reading.text[max(0, first.start - 9) : first.start].lower().split()[-1:]
    if between == "and" and (last.text.isdigit() or _are_neighbours(first, last)):
        return True  # "September 13 and 14", "on Monday and Tuesday"
    return (lead == ["from"] and between in ("to", "until", "till", "through")) or (
        lead == ["between"] and between == "and"
    )


def read_times(reading: Reading) -> list[Time]:
    """The `time` facts of a document, looked up once."""
    if "times" not in reading.notes:
        reading.notes["times"] = reading.of(Time)
    times: list[Time] = reading.notes["times"]
    return times


def _length_days(reading: Reading, time: Time) -> tuple[date, date] | None:
    """ "Over the past 24 hours": the stretch that ends on the day of publication."""
    match = _LENGTH.match(time.value)
    if not match or not reading.published or time.time_type != "DURATION":
        return None
    published = date.fromisoformat(reading.published[:10])
    if _BACKWARD.search(time.text.lower()):
        return _back(published, int(match[2]), "T" + match[3] if match[1] else match[3]), published
    return None


def _back(day: date, number: int, unit: str) -> date:
    if unit in ("D", "W", "TH", "TM"):
        days = {"D": number, "W": 7 * number, "TH": number // 24, "TM": 0}[unit]
        return day - timedelta(days=min(days, 100_000))
    return shift_months(day, -min(number, 1000) * {"M": 1, "Q": 3}.get(unit, 12))


def _lead(reading: Reading, time: Time) -> str:
    """The preposition before an expression."""
    before = reading.text[max(0, time.start - 24) : time.start].lower().split()
    before = [word for word in before if word not in ("the", "early", "late")]
    if before[-2:] == ["as", "of"]:
        return "as of"
    first = time.text.lower().split()[0]
    if before and before[-1] in SINCE | UNTIL:
        return before[-1]
    return first if first in SINCE else outer_lead(reading.token_at(time.start))
