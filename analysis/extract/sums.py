"""Counts that others add up to: "12 deaths on its side, five soldiers and seven civilians, taking its total to 13"."""

import re
from dataclasses import replace

from analysis.extract.claimed import HARMS
from analysis.extract.counted import may_be_person
from analysis.extract.dependents import FINITE
from analysis.extract.harm_words import Harm
from analysis.extract.mention import Mentioned
from analysis.extract.reading import Reading

MOST_PARTS = 5
LONGEST_ROW = 260  # characters from a whole to the last of its parts
_TOTAL = re.compile(
    r"\b(?:bring|tak|push|rais|lift|put)(?:ing|es?|s)?\s(?:its|their|the|his|her)\s(?:own\s|overall\s|official\s)?"
    r"(?:total|count|tally|number|figure)(?:\s\w+){0,4}\s(?:to|at)\s(?:at least\s|more than\s|over\s)?$",
    re.IGNORECASE,
)


def join_sums(reading: Reading, mentions: list[Mentioned]) -> list[Mentioned]:
    """The mentions, with the harm of a whole for the parts that add up to it, and of a count for the total it leads to."""
    joined = list(mentions)
    for at, whole in enumerate(joined):
        counts = whole.measure in HARMS or whole.counted.noun_class == "casualty"
        if counts and (whole.bounded.number.low or 0) > 1:
            for part in _parts_of(reading, joined, at):
                joined[part] = _as_part(joined[part], whole)
        elif at and _is_total(reading, whole):
            joined[at] = _as_total(reading, joined, at)
    return joined


def _parts_of(reading: Reading, mentions: list[Mentioned], at: int) -> range:
    """The mentions right after a whole that add up to it, two or more in its sentence; an empty range where there are none."""
    whole, total, sentence = mentions[at], 0.0, reading.sentence_at(mentions[at].start)
    for last in range(at + 1, min(len(mentions), at + 1 + MOST_PARTS)):
        part = mentions[last]
        if part.start >= sentence.end_char or part.end - whole.end > LONGEST_ROW or not _may_be_part(part):
            break
        if part.measure not in HARMS and _acts(reading, part):
            break
        total += part.bounded.number.low or 0.0
        if total == whole.bounded.number.low and last > at + 1:
            counted = any(mention.rule != "single" for mention in mentions[at + 1 : last + 1])
            return range(at + 1, last + 1) if counted else range(0)
    return range(0)


def _may_be_part(part: Mentioned) -> bool:
    bounded = part.bounded
    return bool(bounded.number.low) and not bounded.money and not bounded.percent and may_be_person(part.counted)


def _acts(reading: Reading, part: Mentioned) -> bool:
    """ "Four had to go into hiding": a count with a predicate of its own that is no harm."""
    following = reading.tokens[part.last + 1 : part.last + 2]
    return any(token.tag_ in FINITE or token.tag_ == "MD" for token in following)


def _as_part(part: Mentioned, whole: Mentioned) -> Mentioned:
    """A part told as harmed keeps its own harm ("16 killed and 22 wounded"); another has that of the whole."""
    if part.measure in HARMS or whole.measure not in HARMS:
        return replace(part, whole=part.whole or whole)
    return replace(part, harm=whole.harm, measure=whole.measure, rule="part", whole=whole)


def _is_total(reading: Reading, mention: Mentioned) -> bool:
    before = reading.shadow[max(0, mention.start - 70) : mention.start]
    return mention.measure == "other" and mention.counted.head is None and bool(_TOTAL.search(before))


def _as_total(reading: Reading, mentions: list[Mentioned], at: int) -> Mentioned:
    """ "..., taking its total to 13": the sum of what the sentence counted first."""
    sentence = reading.sentence_at(mentions[at].start)
    counts = [m for m in mentions[:at] if m.start >= sentence.start_char and m.measure in HARMS and m.whole is None]
    if not counts:
        return mentions[at]
    said = counts[-1]
    harm = Harm(said.measure, said.harm.token, "toll", True) if said.harm is not None else None
    return replace(mentions[at], harm=harm, measure=said.measure, rule="toll", beside=said)
