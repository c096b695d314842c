"""Numbers in a row share what is said of one: "killed 12 soldiers and 30 civilians", "93 dead, including 20 children"."""

import re
from dataclasses import replace

from analysis.extract.claimed import HARMS
from analysis.extract.counted import may_be_person
from analysis.extract.mention import Mentioned, shadow_of
from analysis.extract.reading import Reading

_JOINED = re.compile(
    r"\s?(?:,|;|,?\sand|,?\sor|,?\splus|,?\sas well as|,?\salong with|,?\sbut also|,?\stogether with)\s(?:also\s|another\s|the\s)?",
    re.IGNORECASE,
)
_SUBSET = re.compile(
    r"(?:,?\s\(?(?:including|includes?|included|among them|among whom|of whom|of them|of which|among those|among the dead"
    r"|one of them|them|whom|some of them|comprising)(?:\swere|\sare|\sat least|:)?|\s[(\[]|\s--?|:|;|\s\u2014|\u2014)"
    r"\s?(?:at least\s|more than\s|some\s|about\s)?$",
    re.IGNORECASE,
)
# Between a number and the same in other units: "31 miles (50 km)", "63 points, or 2%".
_AGAIN = re.compile(r"\s\(|,?\sor\s|\s/\s")
# "20 rebels, four of whom died": what befell the part says nothing of the whole.
_PARTITIVE = re.compile(r"\sof\s(?:whom|them|which)\b", re.IGNORECASE)
# "six of its members, including their rector, Ana Paz, and two women": names stand between.
_SUBSET_NAMED = re.compile(
    r",?\s(?:including|among them|among whom)\s[^.;:()\d]{3,100}(?:,|,?\sand)\s(?:another\s|the\s)?$", re.IGNORECASE
)
# "92 deaths, up from 27": the number compared with counts the same.
_COMPARED = re.compile(
    r"(?:,|\s[-\u2013\u2014]+)?\s(?:up|down|compared (?:with|to)|against|and not|not)\s"
    r"(?:(?:sharply|slightly)\s)?(?:from|by)?\s?(?:the\s)?(?:earlier\s|previous\s)?$",
    re.IGNORECASE,
)
_FIGURE_STOOD = re.compile(
    r"\b(?:the|that|this|an|its|their)\s(?:(?:earlier|previous|first|initial|official|later|own|rival)\s)?"
    r"(?:figure|number|count|total|tally)\s(?:by(?:\s\w+){1,5}\s|\w+\s){0,2}"
    r"(?:stood at|was|were|rose to|risen to|reached|at)\s$",
    re.IGNORECASE,
)
_AMONG_THEM = re.compile(r"\s(?:were|was|are|is)\samong\s(?:them|those)\b")  # "Two teenagers were among them"
_COUNTABLE = ("facilities", "strikes", "targets")
_SPEAKS = re.compile(r"(?:\sand\s(?:[\w'-]+\s){1,4}|\s)(?:said|told|reported|added|says|confirmed)\b")
LONGEST_SUBSET_GAP = 110  # characters between a whole and its part


def complete_chain(reading: Reading, mentions: list[Mentioned]) -> list[Mentioned]:
    """Give harm to those that only stand beside it: parts of a whole first, then neighbours on either side."""
    shadow = shadow_of(reading)
    completed = list(mentions)
    for at in range(1, len(completed)):
        completed[at] = _inherit_whole(reading, shadow, completed, at)
        completed[at] = _compare(reading, shadow, completed, at)
        before = completed[at - 1]
        joined = not _is_settled(completed[at]) and _JOINED.fullmatch(_gap(shadow, before, completed[at]))
        if joined or _is_gapped(reading, before, completed[at]):
            completed[at] = _share(before, completed[at], shadow)
        elif _AGAIN.fullmatch(shadow[before.end : completed[at].start]):
            completed[at] = _echo(before, completed[at])
    for at in range(len(completed) - 2, -1, -1):
        if not _is_settled(completed[at]):
            completed[at] = _share_back(shadow, completed, at)
    return completed


def _compare(reading: Reading, shadow: str, mentions: list[Mentioned], at: int) -> Mentioned:
    """ "1,260 families forced from their homes since January, up by 310 from a week earlier": the same measure and noun."""
    other = mentions[at]
    if other.counted.head is not None and not other.counted.people and other.measure not in _COUNTABLE:
        return other
    if other.counted.head is None and _FIGURE_STOOD.search(shadow[max(0, other.start - 60) : other.start]):
        return _retold(reading, mentions, at)
    if (
        other.measure != "other"
        or other.bounded.money
        or not _COMPARED.search(shadow, max(0, other.start - 30), other.start)
    ):
        return other
    sentence = reading.sentence_at(other.start)
    counts = [
        m
        for m in mentions[max(0, at - 3) : at]
        if m.measure in (*HARMS, *_COUNTABLE) and m.start >= sentence.start_char
    ]
    if not counts:
        return other
    said = counts[-1]
    counted = replace(said.counted, last=None) if other.counted.head is None else other.counted
    return replace(other, harm=said.harm, measure=said.measure, rule="compared", counted=counted, beside=said)


def _retold(reading: Reading, mentions: list[Mentioned], at: int) -> Mentioned:
    """ "A day earlier the figure stood at 28,120": what was counted last in this paragraph."""
    other, paragraph = mentions[at], reading.paragraph_at(mentions[at].start)
    earlier = [
        m for m in mentions[max(0, at - 3) : at] if m.measure in HARMS and reading.paragraph_at(m.start) == paragraph
    ]
    if other.measure != "other" or not earlier:
        return other
    counted = replace(earlier[-1].counted, last=None) if other.counted.head is None else other.counted
    return replace(other, harm=earlier[-1].harm, measure=earlier[-1].measure, rule="compared", counted=counted)


def _is_gapped(reading: Reading, before: Mentioned, again: Mentioned) -> bool:
    """ "Five children died on the spot and two **more** at the hospital": the verb of the first, left out."""
    if _is_settled(again) or again.counted.head is not None or before.harm is None or not before.counted.people:
        return False
    sentence = reading.sentence_at(before.start)
    between = reading.tokens[before.last + 1 : again.first]
    if again.start >= sentence.end_char or not between or between[-1].lower_ not in ("and", "while", ","):
        return False
    added = reading.shadow[again.number_end : again.number_end + 7].split()[:1] in (["more"], ["others"])
    number = reading.token_at(again.bounded.number.start)
    gapped = number.dep_ == "conj" and number.head.pos_ in ("VERB", "AUX")
    return added and gapped and not any(token.text == ";" for token in between)


def _share_back(shadow: str, mentions: list[Mentioned], at: int) -> Mentioned:
    """The harm of the next number in the row, past brackets: "six priests (five of them Poles) and two women were killed"."""
    for following in mentions[at + 1 : at + 4]:
        if _PARTITIVE.match(shadow, following.end):
            continue
        if _JOINED.fullmatch(_gap(shadow, mentions[at], following)):
            return _share(following, mentions[at], shadow)
    return mentions[at]


# "189 members of the interior ministry and 18 fighters": what those counted belong to.
_OWNERS = re.compile(r"^\sof\s(?:the\s)?[^\W\d_][^,;:.()\d]{1,60}?(?=,\s$|,?\sand\s$|,?\sas well as\s$)")
_BRACKETS = re.compile(r"\s?(?:\([^()]*\)|\[[^\[\]]*\])")


def _gap(shadow: str, left: Mentioned, right: Mentioned) -> str:
    """What stands between two figures, brackets left out."""
    if right.start - left.end >= LONGEST_SUBSET_GAP:
        return ""
    return _OWNERS.sub("", _BRACKETS.sub("", shadow[left.end : right.start]))


def _echo(said: Mentioned, again: Mentioned) -> Mentioned:
    """The second of two ways to say one number has the first one's bound and trend."""
    if (
        said.measure in HARMS
        or again.measure in HARMS
        or again.bounded.operator != "eq"
        or again.bounded.number.low is None
    ):
        return again
    bounded = replace(again.bounded, operator=said.bounded.operator if said.bounded.operator != "between" else "eq")
    return replace(again, bounded=bounded, echoes=said)


def _is_settled(mention: Mentioned) -> bool:
    """Whether a figure has its measure from its own words."""
    return (
        mention.harm is not None
        or not may_be_person(mention.counted)
        or mention.measure not in ("other", "personnel")
        or bool(mention.bounded.money)
        or mention.bounded.percent
    )


def _share(giver: Mentioned, taker: Mentioned, shadow: str) -> Mentioned:
    """The taker with the giver's harm; a number with no noun takes the noun too."""
    if taker.rule == "single" and _SPEAKS.match(shadow, taker.end):
        return taker  # "..., killing 100 people, an aid worker and three residents said"
    if giver.measure not in HARMS or (giver.harm is None and giver.rule != "part"):
        return taker
    if giver.start < taker.start and taker.has_predicate:
        return taker
    if taker.counted.head is None and (
        giver.counted.head is None or shadow[taker.end : taker.end + 1] not in (" ", ",", ".", ";")
    ):
        return taker
    counted = replace(giver.counted, last=None) if taker.counted.head is None else taker.counted
    return replace(taker, harm=giver.harm, measure=giver.measure, rule="chain", counted=counted, whole=giver.whole)


def _inherit_whole(reading: Reading, shadow: str, mentions: list[Mentioned], at: int) -> Mentioned:
    """A part ("including 20 children", "of whom 12 were women") takes its measure from the whole before it."""
    part = mentions[at]
    if _AMONG_THEM.match(shadow, part.end):
        return _retold(reading, mentions, at)
    nearby = reversed(mentions[max(0, at - 3) : at])
    whole = next((m for m in nearby if m.measure in HARMS or m.counted.people or m.measure in _COUNTABLE), None)
    if whole is None or part.measure not in ("other", "personnel") or part.start - whole.end > LONGEST_SUBSET_GAP:
        return part
    if reading.sentence_at(whole.start).start != reading.sentence_at(part.start).start or not may_be_person(
        part.counted
    ):
        return part
    gap = shadow[whole.end : part.start]
    partitive = _PARTITIVE.match(shadow, part.number_end)
    if not partitive and part.has_predicate and gap.rstrip().endswith((";", ":")):
        return part  # "4,363 deaths; almost 20,000 people remain in prison": another clause
    if part.rule != "part" and not (partitive or _SUBSET.search(gap) or _lists_names(reading, whole, part, gap)):
        return part
    counted = whole.counted if part.counted.head is None and whole.measure not in HARMS else part.counted
    return replace(
        part, harm=whole.harm, measure=whole.measure, rule="part", counted=counted, whole=whole.whole or whole
    )


def _lists_names(reading: Reading, whole: Mentioned, part: Mentioned, gap: str) -> bool:
    """Whether a list of names, and no verb, leads from a whole to its part."""
    between = reading.tokens[whole.last + 1 : part.first]
    return bool(_SUBSET_NAMED.fullmatch(gap)) and not any(t.tag_ in ("VBD", "VBZ", "VBP") for t in between)
