"""The fields of a figure, from its mention and from what times, places and statements know of its clause."""

import re
from dataclasses import replace
from functools import cache
from typing import Any

from analysis.extract import actors, statements, times
from analysis.extract.claimed import (
    HARMS,
    find_corroborator,
    read_basis,
    read_caveat,
    read_comparative,
    read_population,
    read_scope,
    read_status,
    read_trend,
)
from analysis.extract.figure_modality import find_figure_modality, is_presupposed
from analysis.extract.lexemes import load_lexicon
from analysis.extract.mention import Mentioned, shadow_of
from analysis.extract.reading import Reading
from analysis.extract.scenes import find_place, is_of_incident, is_of_war
from analysis.extract.timex_window import NOTHING, Window

_ONESELF = {"I", "We", "we"}
REACH = 500  # characters of its sentence that speak about a figure, so that a page without full stops costs no more
# "16% of the $2.7 billion": what a share is a share of, where that is an amount.
_OF_AMOUNT = re.compile(
    r"\s?(?:%|per\s?cent)?\sof\s(?:the\s|a\s|its\s|their\s)?([$\u00a3\u20ac][\d.,]+\d(?:\s(?:million|billion|trillion))?)",
    re.IGNORECASE,
)
NEAR = 80  # characters on either side in which a word of the basis speaks about a figure


def describe(reading: Reading, mention: Mentioned) -> dict[str, Any]:
    """Every field of the contract that the document's words give."""
    shadow = shadow_of(reading)
    sentence = reading.sentence_at(mention.start)
    before = shadow[max(sentence.start_char, mention.start - REACH) : mention.start]
    after = shadow[mention.end : min(sentence.end_char, mention.end + REACH)]
    number, measure = mention.bounded.number, mention.measure
    toll = bool(mention.harm and mention.harm.cumulative)
    scope = read_scope(before + after, before, measure, toll, is_of_incident(reading, mention))
    if is_of_war(mention):
        scope = "cumulative"
    elif measure == "detained" and mention.harm is None:
        scope = None  # "400 prisoners would be freed": who is held, not who was seized
    fields: dict[str, Any] = {
        "measure": measure,
        "operator": mention.bounded.operator,
        "value_low": number.low,
        "value_high": number.high,
        "unit": unit_of(mention),
        "scope": scope,
        "count_basis": read_basis(
            before[-NEAR:] + shadow[mention.start : mention.end] + after[:NEAR].split(",")[0],
            measure,
            mention.bounded.operator,
            scope,
        )
        if measure in HARMS
        else None,
        "population": _population(mention),
        "victim_status": read_status(mention.counted, measure, after) if measure != "share" else None,
        "denominator": _denominator(reading, mention) if measure == "share" else None,
        "trend": _trend(mention, before) or (read_comparative(after) if measure == "share" else None),
    }
    fields |= _hedges(reading, mention, sentence.end_char) if measure in HARMS else {}
    return fields | _surroundings(reading, mention, fields)


def _population(mention: Mentioned) -> str | None:
    """Whom it counts; of a share, whom it is a share of, where they are a group of their own."""
    if mention.measure == "money":
        return None
    found = read_population(mention.counted, mention.measure)
    return None if mention.measure == "share" and found == "all" else found


def _denominator(reading: Reading, mention: Mentioned) -> str | None:
    """What a share is a share of: "80% of the **population**"."""
    head = mention.counted.head
    if head is None:
        amount = _OF_AMOUNT.match(reading.shadow, mention.number_end)
        return amount[1].strip() if amount else None
    start = reading.parsed[head.i + 1 - len(mention.counted.words)].idx
    return " ".join(reading.text[start : head.idx + len(head)].split())


def _trend(mention: Mentioned, before: str) -> str | None:
    """A change is one of shares, money or index points, or is said with "by"."""
    if mention.bounded.start < mention.bounded.number.start and mention.bounded.operator == "between":
        return None  # "to rise between 5% and 6%" is a forecast of levels as often as of a change
    if mention.measure in ("share", "money") and (mention.bounded.number.low or 0) < 0:
        return "down"
    if mention.echoes is not None and mention.echoes.measure not in HARMS:
        before = before[: max(0, len(before) - (mention.start - mention.echoes.start))]
        mention = mention.echoes
    by = before[-4:].strip().lower() == "by"
    changing = mention.measure in ("share", "money") or mention.counted.unit in ("point", None) or by
    return read_trend(before[-60:]) if changing else None


def unit_of(mention: Mentioned) -> str | None:
    """The lemma of what is counted."""
    if mention.bounded.money:
        sign = mention.bounded.money.strip()
        return next((currencies()[part] for part in (sign, sign[-1:], sign[:1]) if part in currencies()), sign)
    if mention.bounded.percent:
        return "percent"
    if mention.counted.unit in ("other", "thousand") or (
        mention.counted.unit is None and (mention.measure in HARMS or mention.harm is not None)
    ):
        return "person"
    return mention.counted.unit


@cache
def currencies() -> dict[str, str]:
    """Signs of money and the word for each."""
    table: dict[str, str] = load_lexicon("claimed")["currencies"]
    return table


def _hedges(reading: Reading, mention: Mentioned, sentence_end: int) -> dict[str, Any]:
    """The caveat, and who corroborates."""
    shadow = shadow_of(reading)
    after, following = (
        shadow[mention.end : min(sentence_end, mention.end + REACH)],
        shadow[sentence_end : sentence_end + 200],
    )
    fields: dict[str, Any] = {}
    found = read_caveat(after, following)
    if found:
        base = sentence_end if found[0] else mention.end
        fields["caveat"] = reading.text[base + found[1] : base + found[2]].strip()
    name_at = find_corroborator(after)
    name = _name_at(reading, mention.end + name_at) if name_at is not None else None
    return fields | ({"corroborated_by": [name]} if name else {})


def _name_at(reading: Reading, offset: int) -> str | None:
    """The name of the actor that stands at an offset, or its words where it is none that is known."""
    token = reading.token_at(offset)
    chunk = next((c for c in token.sent.noun_chunks if c.start <= token.i < c.end), None)
    end = chunk.end_char if chunk is not None else token.idx + len(token)
    resolve = getattr(actors, "resolve", None)
    name = resolve(reading, offset, end) if resolve else None
    return name or reading.text[offset:end].removeprefix("the ").strip() or None


def _surroundings(reading: Reading, mention: Mentioned, fields: dict[str, Any]) -> dict[str, Any]:
    """When, where, and who says so; each only where its module answers."""
    found: dict[str, Any] = {}
    if fields["measure"] not in ("money", "duration"):
        found |= _dates(_window(reading, mention, fields["scope"]), fields["scope"], reading.published)
        found |= find_place(reading, mention, fields["scope"])
    found |= _attributed(reading, mention)
    own = find_figure_modality(reading, mention)
    if own != "asserted":
        found["modality"] = own
    return found


def _window(reading: Reading, mention: Mentioned, scope: str | None) -> Window:
    """The dates of a count; a day that only an earlier sentence names is that of deeds, not of sums or of what there is."""
    told = mention.whole or mention
    window = times.window(reading, told.start, told.end)
    if _is_of_other(reading, mention, window):
        return NOTHING
    inherited = window.text is not None and window.text not in reading.sentence_at(mention.start).text
    return NOTHING if inherited and scope not in ("incident", "new_in_period") else window


# What sets a count beside that of another time: "up from 2.1 million in March", "against 213 in the two months before".
_COMPARED_WITH = re.compile(
    r"\b(?:up|down|rising|falling|an increase|a rise|a fall|a drop) from\b|\bcompared (?:with|to)\b|\bagainst\s(?:\w+\s)?[\d,.]*\d"
)
LONGEST_COMPARISON = 60  # characters from the word of comparison to the number compared with


def _is_of_other(reading: Reading, mention: Mentioned, window: Window) -> bool:
    """Whether the dates found are those of the other side of a comparison."""
    if window.text is None:
        return False
    sentence = reading.sentence_at(mention.start)
    shadow = shadow_of(reading)[sentence.start_char : sentence.end_char]
    start, end = mention.start - sentence.start_char, mention.end - sentence.start_char
    behind = _COMPARED_WITH.search(shadow, end, end + REACH)
    at = shadow.find(window.text)
    if behind is not None and at > behind.start() and window.text not in shadow[:end]:
        return True
    ahead = next(_COMPARED_WITH.finditer(shadow, max(0, start - LONGEST_COMPARISON), start + 12), None)
    return ahead is not None and 0 <= at < ahead.start() and ahead.start() < end


def _dates(window: Window, scope: str | None, published: str | None) -> dict[str, Any]:
    """`period_start` and `as_of` of the count: the window's own, or the days of a single incident; none that lie ahead."""
    start, end = window.period_start, window.as_of
    if start is None and end is None and window.date_end is not None:
        start, end = (window.date_start if scope != "cumulative" else None), window.date_end
    if published and max(start or "", end or "") > published[:10]:
        return {}
    return {"period_start": start, "as_of": end}


def _attributed(reading: Reading, mention: Mentioned) -> dict[str, Any]:
    """Who says so; what a plan or a hope takes for granted ("to stop a war that has killed 40") is the narrator's."""
    source = statements.attribution(reading, mention.start, mention.end)
    told = mention.whole or mention.beside
    if told is not None and source.asserted_by is None and not source.relayed_by:
        source = statements.attribution(reading, told.start, told.end)
    if source.asserted_by in _ONESELF and source.relayed_by:
        # "I can confirm that we have buried 38", he said: the speaker's own count.
        source = replace(source, asserted_by=source.relayed_by[-1], relayed_by=source.relayed_by[:-1])
    found: dict[str, Any] = {"corroborated_by": source.corroborated_by} if source.corroborated_by else {}
    presupposed = is_presupposed(mention)
    if not (presupposed and source.infinitive):
        found |= {"asserted_by": source.asserted_by, "relayed_by": list(source.relayed_by), "cue": source.cue}
    return found if presupposed else found | {"modality": source.modality}
