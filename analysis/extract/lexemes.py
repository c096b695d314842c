"""The words that numbers are made of: digits with their suffixes, number words, scales, parts, vague plurals."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from analysis.extract.word_index import load_yaml

LEXICONS = Path(__file__).parent / "lexicons"
# Codes of money that may stand right before their digits ("USD10m"): the only letters that may.
CODES = tuple(load_yaml(LEXICONS / "numbers.yml")["codes"])
# Beside the codes: "$US160", and "PS" before an amount, which is what plain-text converters make of a pound sign.
_GLUED = "|".join(
    [*(f"(?<=(?<![A-Za-z]){code})" for code in CODES), r"(?<=\$US)", r"(?<=(?<![A-Za-z])PS)(?=\d\d|\d[.,mbk])"]
)
# "1,00,000" is the same as "100,000": groups of two are how South Asia writes lakhs.
# More digits than these count nothing that a document could tell of.
LONGEST_DIGITS = 30
_ORDINAL = re.compile(r"(?:st|nd|rd|th)|d\b", re.IGNORECASE)  # "2d corporal" as well
# Fractions as typed: "1/2 pound". Other pairs of digits are days, scores or names.
_FRACTION = r"(?<![\d/.])[12]/[234](?![\d/])"
_DIGITS = r"\d{1,3}(?:,\d{2,3})+(?:\.\d+)?|\d+(?:\.\d+)?|\.\d+"


@dataclass(frozen=True)
class Lexeme:
    """One word of the grammar: `sort` names its list in the lexicon, or is `digits`."""

    start: int
    end: int
    sort: str
    value: float


@cache
def load_lexicon(name: str) -> Any:
    """One YAML file of the lexicons, read once."""
    return load_yaml(LEXICONS / f"{name}.yml")


@cache
def word_values() -> dict[str, tuple[str, float]]:
    """Every word of the grammar with its sort and value."""
    lexicon = load_lexicon("numbers")
    words = {word: (sort, 0.0) for sort in ("plurals", "vague") for word in lexicon[sort]}
    for sort in ("units", "tens", "scales", "parts", "folds"):
        words |= {word: (sort, float(value)) for word, value in lexicon[sort].items()}
    return words


@cache
def lexeme_pattern() -> re.Pattern[str]:
    """Digits with a glued suffix, or any word (looked up afterwards: one table beats a hundred alternatives)."""
    suffixes = "|".join(sorted(load_lexicon("numbers")["suffixes"], key=len, reverse=True))
    digits = rf"(?:(?<![A-Za-z\d])|{_GLUED})(?<!\d[.,])({_FRACTION}|{_DIGITS})(?:({suffixes}|{suffixes.upper()})(?![A-Za-z\d]))?"
    return re.compile(rf"{digits}|([A-Za-z]+)")


def find_lexemes(text: str) -> Iterator[Lexeme]:
    """The words of the grammar in a text, in order. "3rd" and "21st" are none: letters follow."""
    suffixes, words = load_lexicon("numbers")["suffixes"], word_values()
    for match in lexeme_pattern().finditer(text):
        digits, suffix, word = match.groups()
        if word:
            known = words.get(word.lower())
            if known:
                yield Lexeme(match.start(), match.end(), *known)
        elif len(digits) <= LONGEST_DIGITS and not _ORDINAL.match(text, match.end()):
            yield Lexeme(match.start(), match.end(), "digits", _value(digits) * suffixes.get((suffix or "").lower(), 1))


def _value(digits: str) -> float:
    whole, _, part = digits.replace(",", "").partition("/")
    return float(whole) / float(part or 1)
