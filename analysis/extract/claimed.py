"""What a figure claims beside its number: trend, denominator, scope, basis, whom it counts, caveat, corroboration.

Each reader takes the words around a figure in its sentence and answers only what they say.
"""

import re
from functools import cache
from typing import Literal, get_args

from analysis.extract.counted import Counted
from analysis.extract.counted_classes import class_of
from analysis.extract.lexemes import load_lexicon
from analysis.facts import CountBasis, Scope

Trend = Literal["up", "down"]
HARMS = ("killed", "injured", "missing", "killed_or_missing", "displaced", "detained", "hostages", "people_in_need")


@cache
def _pattern(name: str) -> re.Pattern[str]:
    """One of the lexicon's lists as a pattern of whole words, `*` for any ending."""
    words = "|".join(re.escape(word).replace(r"\*", r"\w*") for word in load_lexicon("claimed")[name])
    return re.compile(rf"\b(?:{words})(?!\w)", re.IGNORECASE)


@cache
def _moves(trend: str) -> re.Pattern[str]:
    """What stands before a change, for one direction."""
    estimates = (
        r"(?:\s(?:a|an|another|further|about|around|nearly|some|almost"
        r"|more than|at least|as much as|over|just|only|up to))*"
    )
    return re.compile(
        rf"{_pattern(f'moves_{trend}').pattern}(?:\s\w+ly)?(?:\s(?:by|of))?{estimates}\s?[\[(]?$", re.IGNORECASE
    )


def read_trend(before: str) -> Trend | None:
    """`up` or `down` where the number is a change: "rose by 19", "a drop of 5%", "up 58 points"."""
    return next((trend for trend in get_args(Trend) if _moves(trend).search(before)), None)


_COMPARATIVE = re.compile(r"\s(?:(more|higher|larger)|(?:fewer|less|lower|smaller))\sthan\b(?!\s\d)", re.IGNORECASE)


def read_comparative(after: str) -> Trend | None:
    """ "40 percent **fewer** than planned"."""
    found = _COMPARATIVE.match(after)
    return None if found is None else "up" if found[1] else "down"


@cache
def _in_war() -> re.Pattern[str]:
    """ "in the ground campaign": what a sum is counted over."""
    return re.compile(rf"\bin (?:the|its|this) (?:\w+ )?(?:\w+ )?{_pattern('wars').pattern}", re.IGNORECASE)


def read_scope(sentence: str, before: str, measure: str, toll: bool, incident: bool) -> Scope | None:
    """Whether a count of harm is one incident's, a period's, or the sum so far; null for what is no harm.

    `toll` where the number is a toll's, `incident` where an incident is being told that it may be the toll of.
    """
    if measure not in HARMS or measure == "people_in_need":
        return None
    if _pattern("rates").search(sentence):
        return None
    toll = toll or bool(_pattern("sums").search(before[-60:]))
    if not toll and _pattern("new").search(sentence):
        return "new_in_period"
    if _pattern("cumulative").search(sentence) or (toll and not incident):
        return "cumulative"
    if _pattern("perfect").search(before) and (_pattern("wars").search(before) or _in_war().search(sentence)):
        return "cumulative"
    if measure in ("displaced", "people_in_need", "missing", "hostages"):
        return None
    return "incident"


def read_basis(near: str, measure: str, operator: str, scope: Scope | None) -> CountBasis | None:
    """How the count was made, as far as the words near it say."""
    if measure == "killed_or_missing":
        return "killed_or_missing"
    for basis in ("identified", "verified", "estimate"):
        if _pattern("basis_" + basis).search(near):
            return basis  # type: ignore[return-value]
    return "reported_total" if scope == "cumulative" else None


def read_population(counted: Counted, measure: str) -> str | None:
    """Whom a count of people counts; null for other counts."""
    if counted.head is not None and not counted.people and measure not in HARMS:
        return None
    for word in reversed(counted.words[:-1]):
        found = load_lexicon("claimed")["populations"].get(word)
        if found:
            return str(found)
    if counted.noun_class:
        found = class_of(counted.noun_class).get("population")
        return str(found) if found else None
    return "all" if measure in HARMS else None


def read_status(counted: Counted, measure: str, after: str) -> str | None:
    """Civilian or combatant only where the claim says so; `mixed` where it names both or most; null where nobody is counted."""
    people = counted.people or measure in HARMS
    if not people:
        return None
    if _pattern("mixed").match(after.lstrip(" ,")) or _pattern("mixed_anywhere").search(after):
        return "mixed"
    if any(word in ("civilian", "unarmed", "innocent", "noncombatant") for word in counted.words):
        return "civilian"
    status = class_of(counted.noun_class).get("victim_status") if counted.noun_class else None
    if status:
        return str(status)
    return "unknown" if measure in HARMS else None


_CAVEAT = re.compile(
    r"(?:,\s|\s\u2014\s|\s-\s|\()((?:although|though|but|while|and|even though|which|that|with|a figure|a number|a toll"
    r"|numbers that|figures that)\s[^.;()]*)",
    re.IGNORECASE,
)
_NEXT_SENTENCE = re.compile(r"\s*([A-Za-z][^.;]*)")
_CAVEAT_SENTENCE = re.compile(
    r"\s*((?:the|that|this|those|these|its|their|such|it|officials|neither|none of the)\b[^.;]*)", re.IGNORECASE
)


def read_caveat(after: str, following: str) -> tuple[int, int, int] | None:
    """The words that hedge a figure: (0, start, end) in the rest of its sentence, (1, ...) in the next one."""
    for match in _CAVEAT.finditer(after):
        if _pattern("doubts").search(match[1]):
            return 0, match.start(1), match.end(1)
    hedge = _NEXT_SENTENCE.match(following)
    if hedge is None or re.search(r"\d", hedge[1]) or not _pattern("doubts").search(hedge[1]):
        return None
    speaks_of_it = _CAVEAT_SENTENCE.match(following) and _pattern("counts").search(hedge[1])
    return (1, hedge.start(1), hedge.end(1)) if speaks_of_it or _pattern("plain_counts").search(hedge[1]) else None


_CORROBORATED = re.compile(
    r"\b(?:figures?|numbers?|tolls?|counts?|tally|claims?|estimates?)\b[^.;]{0,30}?\b"
    r"(?:corroborated|confirmed|verified|backed|supported|endorsed|echoed|deemed (?:largely )?(?:credible|reliable)"
    r"|considered (?:credible|reliable)|seen as reliable)\sby\s",
    re.IGNORECASE,
)


def find_corroborator(after: str) -> int | None:
    """Where the name of who corroborates a figure begins, in the rest of its sentence."""
    match = _CORROBORATED.search(after)
    return match.end() if match else None
