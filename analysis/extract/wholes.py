"""A whole that only a part is told of: "half of the population of 140,000", "twelve of the 31 soldiers were killed".

What befell the part did not befall the whole, so the whole keeps its number and loses the harm.
"""

from dataclasses import replace

from analysis.extract.claimed import HARMS
from analysis.extract.counted_classes import class_of
from analysis.extract.mention import Mentioned
from analysis.extract.reading import Reading

LONGEST_LINK = 8  # tokens from a part's number to its whole
_LINKING = {"DET", "PRON", "PART", "ADJ", "NOUN", "PROPN", "ADP"}
_PREDICATES = {"aux", "auxpass"}


def clear_wholes(reading: Reading, mentions: list[Mentioned]) -> list[Mentioned]:
    """The mentions, the harm of the part taken from each whole."""
    cleared = list(mentions)
    for at in range(1, len(cleared)):
        part, whole = cleared[at - 1], cleared[at]
        if whole.measure in HARMS and _is_part_of(reading, part, whole) and _befell_part(part, whole):
            cleared[at] = replace(whole, harm=None, measure=_own_measure(whole), rule="whole")
    return cleared


def _is_part_of(reading: Reading, part: Mentioned, whole: Mentioned) -> bool:
    """Whether "of" and a noun phrase lead from a part to its whole, and nothing else."""
    first = reading.token_at(part.number_end - 1).i + 1
    link = reading.tokens[first : whole.first]
    if not 0 < len(link) <= LONGEST_LINK or not any(token.lower_ == "of" for token in link[:2]):
        return False
    smaller = part.bounded.percent or (part.bounded.number.high or 0) < (whole.bounded.number.low or 0)
    return smaller and all(token.pos_ in _LINKING for token in link)


def _befell_part(part: Mentioned, whole: Mentioned) -> bool:
    """Whether the harm is that of the sentence, not told of the whole itself ("half of the 31 people killed were women")."""
    if whole.harm is None:
        return whole.rule == "need"
    verb = whole.harm.token
    if verb.i < whole.first:
        return verb.i < part.first and verb.pos_ == "VERB"
    told = verb.tag_ in ("VBD", "VBP", "VBZ") or any(child.dep_ in _PREDICATES for child in verb.lefts)
    return told and verb.dep_ not in ("relcl", "acl") and verb.i > whole.last


def _own_measure(whole: Mentioned) -> str:
    """What the noun of a whole says by itself."""
    noun = class_of(whole.counted.noun_class) if whole.counted.noun_class else {}
    if noun.get("measure"):
        return str(noun["measure"])
    return "personnel" if whole.counted.noun_class == "fighter" else "other"
