"""Which dates hold for a clause: the expression of time that belongs to it, as dates with GED precision.

The nearest expression in the grammar of the sentence wins: inside the phrase, then with the same verb, then with a
verb above or beside. A verb of reporting lends its time only as the as-of date ("said on Tuesday that ..."), a verb
of beginning only as the start of a period ("which began on September 30"). Only a sentence without any time inherits
one, from the same paragraph.
"""

from dataclasses import dataclass, replace
from datetime import date

from analysis.extract.reading import Reading
from analysis.extract.timex_distance import ABOVE, BESIDE, LIMIT, REPORTING, find_cost, find_root
from analysis.extract.timex_grammar import GRAMMAR
from analysis.extract.timex_header import dateline_before, is_header, is_release
from analysis.extract.timex_stretches import UNTIL, Stretch, find_stretches, read_times
from analysis.extract.timex_tense import PAST, governing_verb, is_perfect, verb_tense

ONSETS = GRAMMAR.context["onsets"]
ANNOUNCING = GRAMMAR.context["announcing"]
# GED's date_prec of a day known within six.
DATELINE_PRECISION = 2
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


NOTHING = Window()


def window(reading: Reading, start: int, end: int) -> Window:
    """The dates that hold for the words [start, end); all None where none plainly does."""
    sentence = reading.sentence_at(start)
    stated = find_stretches(reading, sentence.start_char, sentence.end_char)
    stretches = [s for s in stated if not is_header(reading, s.time.start, s.time.end)]
    if not stretches:
        return _by_dateline(reading, sentence.start_char, stated) or _inherited(reading, start)
    scored = sorted(((find_cost(reading, s.time, start, end), s) for s in stretches), key=lambda pair: pair[0])
    usable = [(cost, stretch) for cost, stretch in scored if cost < LIMIT]
    point = _point(reading, usable, start, end)
    found = _window_of(reading, point) if point else NOTHING
    for cost, stretch in usable:
        # "Had no water, and 84 clinics were looted since January": the start is that of its own clause.
        if _bounds(reading, stretch, start, end) and (cost < BESIDE or not _starts_next(stretch, reading)):
            found = _bounded(reading, found, stretch)
    return _with_frame(reading, found, [s for cost, s in scored if cost >= LIMIT])


def _starts_next(stretch: Stretch, reading: Reading) -> bool:
    """Whether a "since" stands in a clause that "and" adds."""
    verb = governing_verb(reading.token_at(stretch.time.start))
    if stretch.lead != "since" or verb is None or verb.dep_ != "conj":
        return False
    return verb.tag_ != "VBN" or any(
        child.dep_ in ("aux", "auxpass") for child in verb.lefts
    )  # "and 12 injured since" is none


def _point(reading: Reading, usable: list[tuple[float, Stretch]], start: int, end: int) -> Stretch | None:
    """What dates the clause. A clause that counts "since" a day of its own takes no day from a verb above it."""
    for cost, stretch in usable:
        if not _bounds(reading, stretch, start, end):
            return stretch
        if stretch.lead == "since" and cost < ABOVE:
            return None
    return None


def _bounds(reading: Reading, stretch: Stretch, start: int, end: int) -> bool:
    """Whether an expression bounds a period ("since", "as of") instead of dating the clause."""
    if stretch.lead:
        return not _is_own_day(reading, stretch, start, end)
    return _is_onset(reading, stretch, start, end)


def _is_own_day(reading: Reading, stretch: Stretch, start: int, end: int) -> bool:
    """Whether what "since" introduces is the dated thing itself: the coup, in "since the coup of February 1"."""
    if not end <= stretch.time.start or find_cost(reading, stretch.time, start, end) >= ABOVE / 2:
        return False
    return (
        stretch.lead in ("since", "until", "till")
        and stretch.lead not in reading.text[start : stretch.time.start].lower()
    )


def _bounded(reading: Reading, found: Window, stretch: Stretch) -> Window:
    text = found.text or stretch.time.text
    if stretch.lead in UNTIL or stretch.lead == "as of":
        return replace(found, as_of=found.as_of or _capped(reading, stretch.last), text=text)
    return replace(found, period_start=found.period_start or stretch.first.isoformat(), text=text)


def _with_frame(reading: Reading, found: Window, others: list[Stretch]) -> Window:
    """Add what verbs of reporting and of beginning contribute."""
    for stretch in others:
        verb = governing_verb(reading.token_at(stretch.time.start))
        lemma = verb.lemma_.lower() if verb is not None else ""
        if lemma in REPORTING and not found.as_of and stretch.first == stretch.last:
            found = _reported_on(reading, found, stretch, lemma)
        elif lemma in ONSETS and not found.period_start and not found.date_start and _has_come(reading, stretch):
            found = replace(found, period_start=stretch.first.isoformat(), text=found.text or stretch.time.text)
    return found


def _reported_on(reading: Reading, found: Window, stretch: Stretch, lemma: str) -> Window:
    """The day of a report is what a claim is as of; what is announced came about on that day or just before."""
    if lemma in ANNOUNCING and found == NOTHING and _has_come(reading, stretch):
        return replace(_window_of(reading, stretch), prec=DATELINE_PRECISION)
    return replace(found, as_of=_capped(reading, stretch.last), text=found.text or stretch.time.text)


def _has_come(reading: Reading, stretch: Stretch) -> bool:
    return not reading.published or stretch.first.isoformat() <= reading.published[:10]


def _window_of(reading: Reading, stretch: Stretch) -> Window:
    first, last, text = stretch.first.isoformat(), stretch.last.isoformat(), stretch.time.text
    days = (stretch.last - stretch.first).days + 1
    prec = next((code for limit, code in _PRECISIONS if days <= limit), 5)
    opening = first if days > 1 else None
    return Window(first, last, prec, opening, _capped(reading, stretch.last, stretch.first), text)


def _is_onset(reading: Reading, stretch: Stretch, start: int, end: int) -> bool:
    """ "Since the conflict erupted last month": the whole clause is introduced by "since", and the span is not in it."""
    verb = governing_verb(reading.token_at(stretch.time.start))
    if verb is None or not any(c.dep_ == "mark" and c.lower_ == "since" for c in verb.children):
        return False
    own = governing_verb(find_root(reading, start, end))
    return own is None or own.i != verb.i


def _capped(reading: Reading, last: date, first: date | None = None) -> str | None:
    """A claim is never as of later than it was published."""
    if not reading.published:
        return last.isoformat()
    published = reading.published[:10]
    if (first or last).isoformat() > published:
        return None
    return min(last.isoformat(), published)


# --- the day of a report -------------------------------------------------------------------------------------------


def _by_dateline(reading: Reading, start: int, stated: list[Stretch]) -> Window | None:
    """The lead sentence of a report tells of the day of its dateline, or of one just before, where it names no other."""
    span = dateline_before(reading, start)
    stretches = stated or (find_stretches(reading, *span) if span else [])
    day = next((s for s in stretches if s.first == s.last), None)
    return replace(_window_of(reading, day), prec=DATELINE_PRECISION) if day else None


# --- inheritance ----------------------------------------------------------------------------------------------------


def _inherited(reading: Reading, start: int) -> Window:
    """The day of the nearest earlier sentence of the paragraph that names exactly one."""
    paragraph = reading.paragraphs[reading.paragraph_at(start)]
    sentence = reading.sentence_at(start)
    days = [s for s in find_stretches(reading, paragraph, sentence.start_char) if s.first == s.last and not s.lead]
    days = [s for s in days if not _reported(reading, s) and not _in_relative_clause(reading, s)]
    told = [s for s in days if not is_header(reading, s.time.start, s.time.end)]
    if days and not told and not names_time(reading, sentence.start_char, sentence.end_char):
        # The paragraph that a dateline opens, as its lead sentence.
        return replace(_window_of(reading, days[-1]), prec=DATELINE_PRECISION)
    days = told
    if len({s.first for s in days}) != 1 or names_time(reading, sentence.start_char, sentence.end_char):
        return NOTHING
    verb = governing_verb(reading.token_at(start))
    if verb is not None and (is_perfect(verb) or verb_tense(verb) != PAST):
        return NOTHING  # "has seized 16 towns": up to now, not on the day told before
    return _window_of(reading, days[-1])


def told_day(reading: Reading) -> Window:
    """The day of what a short report tells, where it names only one; NOTHING elsewhere."""
    if "told_day" not in reading.notes:
        reading.notes["told_day"] = _only_day(reading) if is_release(reading) else NOTHING
    found: Window = reading.notes["told_day"]
    return found


def _only_day(reading: Reading) -> Window:
    stretches = find_stretches(reading, 0, len(reading.text))
    days = [s for s in stretches if not is_header(reading, s.time.start, s.time.end) and s.first == s.last]
    days = [s for s in days if not s.lead and not _reported(reading, s)]
    return _window_of(reading, days[0]) if len({s.first for s in days}) == 1 else NOTHING


def names_time(reading: Reading, start: int, end: int) -> bool:
    """Whether a sentence has a time of its own, though none that names days."""
    return any(start <= time.start < end and time.time_type in ("DATE", "TIME") for time in read_times(reading))


def _in_relative_clause(reading: Reading, stretch: Stretch) -> bool:
    """ "The truce, which expired on August 3, ...": a day that dates a thing, not what the passage tells."""
    verb = governing_verb(reading.token_at(stretch.time.start))
    return verb is not None and verb.dep_ == "relcl"


def _reported(reading: Reading, stretch: Stretch) -> bool:
    verb = governing_verb(reading.token_at(stretch.time.start))
    return verb is not None and verb.lemma_.lower() in REPORTING
