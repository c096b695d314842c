"""What stands around a number and belongs to it: bounds and estimates, money, percent.

A bound ("at least") goes before an estimate ("some") where both stand: "at least some 300" is `at_least`.
"""

import re
from dataclasses import dataclass, replace
from functools import cache

from analysis.extract.lexemes import CODES, load_lexicon
from analysis.extract.numbers import Number
from analysis.facts import Operator

LONGEST_PHRASE = 4  # words
REACH = 45  # characters looked at before a number
_WORD = re.compile(r"[^\s,;:()\"]+$")
_CURRENCY_BEFORE = re.compile(
    r"(?:\b(?:US|HK|C|CA|A|AU|NZ|R|S|NT)\s?)?[$\u00a3\u20ac\u00a5\u20aa\u20b9](?:US)?\s?-?$|\b(?:PS|"
    + "|".join(CODES)
    + r")\.?\s?$"
)
_MINUS = re.compile(r"\bminus[\s-]$", re.IGNORECASE)
_PERCENT_AFTER = re.compile(r"\s?-?(?:%|per\s?cent(?:age points?)?\b|pct\b|percentage points?\b)", re.IGNORECASE)
_AFTER = re.compile(r"\s?(\+|-plus\b|-odd\b|[a-z]+(?: [a-z]+)?(?: [a-z]+)?)", re.IGNORECASE)
# Words that are prepositions of place, age or limit more often than bounds: a bound only straight before the number.
_NOT_AFTER = {"over": {"take", "took", "taken", "turned", "handed", "voted"}, "about": {"said", "talk", "worried"}}


@dataclass(frozen=True)
class Bounded:
    """A number with the words that belong to it: `start`-`end` covers them, money and percent signs included."""

    number: Number
    start: int
    end: int
    operator: Operator
    money: str | None = None
    percent: bool = False


@cache
def _phrases(side: str) -> dict[str, Operator]:
    return {phrase: operator for operator, phrases in load_lexicon("bounds")[side].items() for phrase in phrases}


def read_bounds(text: str, number: Number) -> Bounded:
    """The number's operator, and how far its own words reach.

    >>> read_bounds("in which at least some 300 people", Number(26, 29, 300, 300)).operator
    'at_least'
    """
    start, money = _read_currency(text, number.start)
    minus = _MINUS.search(text, max(0, start - 7), start)
    start = minus.start() if minus else start
    percent = _PERCENT_AFTER.match(text, number.end)
    end = percent.end() if percent else number.end
    if number.kind == "cardinal":
        number = _signed(text, number, bool(percent or money))
    found: list[Operator] = []
    start = _read_before(text, start, found)
    end, after = _read_after(text, end)
    if after:
        found.append(after)
    if number.kind == "range" and re.search(r"\bbetween\s$", text[max(0, start - 8) : start], re.IGNORECASE):
        start -= len("between ")
    operator = _choose(number, found)
    return Bounded(number, start, end, operator, money, bool(percent) or number.kind == "share")


def _signed(text: str, number: Number, measured: bool) -> Number:
    """A number below zero: "minus 12", and after a bare minus sign where it is money or percent ("-12 people" is a list)."""
    before = text[max(0, number.start - 7) : number.start]
    sign = before.endswith(("-", "\u2212")) and (before[-2:-1] in " ([$" or before == "-")
    if not before.lower().endswith(("minus ", "minus-")) and not (sign and measured):
        return number
    return replace(number, low=-(number.low or 0), high=-(number.high or 0))


def _choose(number: Number, found: list[Operator]) -> Operator:
    """Ranges are ranges; what states no number has no bound; else the bound nearest the number, estimates last."""
    if number.kind == "range":
        return "between"
    if number.kind == "vague":
        return "unspecified_plural"
    bounds = [operator for operator in found if operator not in ("about", "eq")]
    return bounds[0] if bounds else ("about" if "about" in found else "eq")


def _read_currency(text: str, start: int) -> tuple[int, str | None]:
    """Where the currency before a number begins, and its sign."""
    match = _CURRENCY_BEFORE.search(text, max(0, start - 6), start)
    return (match.start(), match.group().strip()) if match else (start, None)


def _read_before(text: str, start: int, found: list[Operator]) -> int:
    """Take phrases off the left of a number while they are bounds; `found` receives them, nearest first."""
    while True:
        phrase_start, operator = _phrase_before(text, start)
        if operator is None:
            return start
        found.append(operator)
        start = phrase_start


def _phrase_before(text: str, start: int) -> tuple[int, Operator | None]:
    """The longest bound that ends right before an offset."""
    phrases = _phrases("before")
    best: tuple[int, Operator | None] = (start, None)
    at = start
    if not at or text[at - 1] not in " ~<>":
        return best
    for _ in range(LONGEST_PHRASE):
        word = _WORD.search(text, max(0, start - REACH), len(text[:at].rstrip()))
        if not word:
            break
        phrase = " ".join(text[word.start() : start].lower().split())
        if phrase in phrases and not _is_particle(text, word.start(), phrase):
            best = (word.start(), phrases[phrase])
        at = word.start()
    return best


def _is_particle(text: str, start: int, phrase: str) -> bool:
    """ "took over 12 villages": here "over" belongs to the verb."""
    words = text[max(0, start - 12) : start].lower().split()
    return bool(words) and words[-1] in _NOT_AFTER.get(phrase, ())


def _read_after(text: str, end: int) -> tuple[int, Operator | None]:
    """A bound right after a number: "or so", "or more", "+"."""
    match = _AFTER.match(text, end)
    words = match[1].lower().split() if match else []
    for size in range(len(words), 0, -1):
        phrase = " ".join(words[:size])
        operator = _phrases("after").get(phrase)
        if match and operator:
            stop = re.compile(r"\s+".join(map(re.escape, phrase.split())), re.IGNORECASE).match(text, match.start(1))
            return (stop.end() if stop else end), operator
    return end, None
