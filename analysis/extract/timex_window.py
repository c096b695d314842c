"""Which dates hold for a clause: the expression of time that belongs to it, as dates with GED precision.

The nearest expression in the grammar of the sentence wins: inside the phrase, then with the same verb, then with a
verb above or beside. A verb of reporting lends its time only as the as-of date ("said on Tuesday that ..."), a verb
of beginning only as the start of a period ("which began on September 30"). Only a sentence without any time inherits
one, from the same paragraph.
"""

import re
from dataclasses import dataclass, replace
from datetime import date, timedelta

from spacy.tokens import Token

from analysis.extract.reading import Reading
from analysis.extract.timex_calendar import shift_months, value_days
from analysis.extract.timex_grammar import GRAMMAR
from analysis.extract.timex_scene import governing_verb
from analysis.facts import Time

REPORTING = GRAMMAR.context["reporting"]
ONSETS = GRAMMAR.context["onsets"]
SINCE = GRAMMAR.context["since"]
UNTIL = GRAMMAR.context["until"]
_BACKWARD = re.compile(r"\b(last|past|previous|recent)\b")
_FORWARD = re.compile(r"\b(next|coming|following)\b")
_LENGTH = re.compile(r"P(T?)(\d+)([DWMYHQ])$")
# Costs of grammatical distance; what costs more than the limit does not apply.
_INSIDE, _SAME_VERB, _ABOVE, _BESIDE, _BELOW, _LIMIT = 0.0, 1.0, 2.0, 3.0, 9.0, 8.0
_STEPS = 12
DATELINE_REACH = 400  # characters
# Upper limits in days of GED's date_prec 1 to 4.
_PRECISIONS = ((1, 1), (6, 2), (8, 3), (31, 4))


@dataclass(frozen=True)
class Window:
    """The dates that hold for a clause, ISO or None; `prec` is GED's date_prec, `text` the words they come from."""

    date_start: str | None = None
    date_end: str | None = None
    prec: int | None = None
    period_start: str | None = None
    as_of: str | None = None
    text: str | None = None


@dataclass(frozen=True)
class _Stretch:
    """An expression of the sentence, its days, and how it is introduced ("since", "until", "" ...)."""

    time: Time
    first: date
    last: date
    lead: str


NOTHING = Window()


def window(reading: Reading, start: int, end: int) -> Window:
    """The dates that hold for the words [start, end); all None where none plainly does."""
    sentence = reading.sentence_at(start)
    stretches = _stretches(reading, sentence.start_char, sentence.end_char)
    if not stretches:
        return _inherited(reading, start)
    stretches = [s for s in stretches if not _is_dateline(reading, s.time)] or stretches
    scored = sorted(((_cost(reading, s.time, start, end), s) for s in stretches), key=lambda pair: pair[0])
    usable = [(cost, stretch) for cost, stretch in scored if cost < _LIMIT]
    point = next((s for _, s in usable if not _bounds(reading, s, start, end)), None)
    found = _window_of(reading, point) if point else NOTHING
    for _, stretch in usable:
        if _bounds(reading, stretch, start, end):
            found = _bounded(reading, found, stretch)
    return _with_frame(reading, found, [s for cost, s in scored if cost >= _LIMIT])


def _bounds(reading: Reading, stretch: _Stretch, start: int, end: int) -> bool:
    """Whether an expression bounds a period ("since", "as of") instead of dating the clause."""
    return bool(stretch.lead) or _is_onset(reading, stretch, start, end)


def _bounded(reading: Reading, found: Window, stretch: _Stretch) -> Window:
    text = found.text or stretch.time.text
    if stretch.lead in UNTIL or stretch.lead == "as of":
        return replace(found, as_of=found.as_of or _capped(reading, stretch.last), text=text)
    return replace(found, period_start=found.period_start or stretch.first.isoformat(), text=text)


def _with_frame(reading: Reading, found: Window, others: list[_Stretch]) -> Window:
    """Add what verbs of reporting and of beginning contribute."""
    for stretch in others:
        verb = governing_verb(reading.token_at(stretch.time.start))
        lemma = verb.lemma_.lower() if verb is not None else ""
        if lemma in REPORTING and not found.as_of and stretch.first == stretch.last:
            found = replace(found, as_of=_capped(reading, stretch.last), text=found.text or stretch.time.text)
        elif lemma in ONSETS and not found.period_start and not found.date_start:
            found = replace(found, period_start=stretch.first.isoformat(), text=found.text or stretch.time.text)
    return found


def _window_of(reading: Reading, stretch: _Stretch) -> Window:
    first, last, text = stretch.first.isoformat(), stretch.last.isoformat(), stretch.time.text
    days = (stretch.last - stretch.first).days + 1
    prec = next((code for limit, code in _PRECISIONS if days <= limit), 5)
    opening = first if days > 1 else None
    return Window(first, last, prec, opening, _capped(reading, stretch.last, stretch.first), text)


def _is_onset(reading: Reading, stretch: _Stretch, start: int, end: int) -> bool:
    """ "Since the conflict erupted last month": the whole clause is introduced by "since", and the span is not in it."""
    verb = governing_verb(reading.token_at(stretch.time.start))
    if verb is None or not any(c.dep_ == "mark" and c.lower_ == "since" for c in verb.children):
        return False
    own = governing_verb(_root(reading, start, end))
    return own is None or own.i != verb.i


def _capped(reading: Reading, last: date, first: date | None = None) -> str | None:
    """A claim is never as of later than it was published."""
    if not reading.published:
        return last.isoformat()
    published = reading.published[:10]
    if (first or last).isoformat() > published:
        return None
    return min(last.isoformat(), published)


# --- the expressions of a sentence ----------------------------------------------------------------------------------


def _stretches(reading: Reading, start: int, end: int) -> list[_Stretch]:
    found = []
    for time in _times(reading):
        if start <= time.start < end:
            days = value_days(time.value.split("T")[0]) or _length_days(reading, time)
            if days:
                found.append(_Stretch(time, *days, lead=_lead(reading, time)))
    return found


def _is_dateline(reading: Reading, time: Time) -> bool:
    """A dateline dates the report: beside another expression of its sentence it says nothing of the event."""
    after = reading.text[time.end : time.end + 3].strip()
    return (
        time.start < DATELINE_REACH
        and time.value == (reading.published or "")[:10]
        and after[:1] in (")", "-", "–", "—", "(")
    )


def _times(reading: Reading) -> list[Time]:
    if "times" not in reading.notes:
        reading.notes["times"] = reading.of(Time)
    times: list[Time] = reading.notes["times"]
    return times


def _length_days(reading: Reading, time: Time) -> tuple[date, date] | None:
    """ "Over the past 24 hours": the stretch that ends on the day of publication."""
    match = _LENGTH.match(time.value)
    if not match or not reading.published or time.time_type != "DURATION":
        return None
    words = reading.text[max(0, time.start - 12) : time.end].lower()
    published = date.fromisoformat(reading.published[:10])
    if _BACKWARD.search(words):
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
    return before[-1] if before and before[-1] in SINCE | UNTIL else first if first in SINCE else ""


# --- grammatical distance -------------------------------------------------------------------------------------------


def _cost(reading: Reading, time: Time, start: int, end: int) -> float:
    if time.start < end and start < time.end:
        return _INSIDE
    token, anchor = reading.token_at(time.start), _root(reading, start, end)
    distance = min(abs(token.i - anchor.i), 200) / 250
    if start <= token.head.idx < end:
        return _INSIDE + distance
    return _verb_cost(governing_verb(token), governing_verb(anchor)) + distance


def _root(reading: Reading, start: int, end: int) -> Token:
    """The word of a span on which the others depend."""
    token = reading.token_at(start)
    for _ in range(_STEPS):
        if not start <= token.head.idx < end or token.head.i == token.i:
            return token
        token = token.head
    return token


def _verb_cost(verb: Token | None, own: Token | None) -> float:
    if verb is None or own is None or verb.i == own.i:
        return _SAME_VERB if verb is not None and own is not None else _BESIDE
    if _is_above(verb, own):
        return _BELOW if verb.lemma_.lower() in REPORTING else _ABOVE
    if _is_above(own, verb):
        return _BELOW if verb.lemma_.lower() in ONSETS | REPORTING or verb.dep_ == "relcl" else _BESIDE
    return _BELOW if verb.lemma_.lower() in REPORTING else _BESIDE


def _is_above(upper: Token, lower: Token) -> bool:
    for _ in range(_STEPS):
        if lower.i == upper.i:
            return True
        if lower.head.i == lower.i:
            return False
        lower = lower.head
    return False


# --- inheritance ----------------------------------------------------------------------------------------------------


def _inherited(reading: Reading, start: int) -> Window:
    """The day of the nearest earlier sentence of the paragraph that names exactly one."""
    paragraph = reading.paragraphs[reading.paragraph_at(start)]
    sentence = reading.sentence_at(start)
    days = [s for s in _stretches(reading, paragraph, sentence.start_char) if s.first == s.last and not s.lead]
    days = [s for s in days if not _reported(reading, s)]
    if len({s.first for s in days}) != 1 or _says_when(reading, sentence.start_char, sentence.end_char):
        return NOTHING
    return _window_of(reading, days[-1])


def _says_when(reading: Reading, start: int, end: int) -> bool:
    """Whether a sentence has a time of its own, though none that names days."""
    return any(start <= time.start < end and time.time_type in ("DATE", "TIME") for time in _times(reading))


def _reported(reading: Reading, stretch: _Stretch) -> bool:
    verb = governing_verb(reading.token_at(stretch.time.start))
    return verb is not None and verb.lemma_.lower() in REPORTING
