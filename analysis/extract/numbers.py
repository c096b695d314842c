"""The number grammar: digits, words, scales, ranges, fractions, plurals that state no number.

`find_numbers(text)` knows nothing of what is counted, nor of bounds ("at least"): it finds the number's own words and their
value. It reads the shadow of a document, in one pass, and needs no parse.
"""

import re
from dataclasses import dataclass
from typing import Literal

from analysis.extract.lexemes import Lexeme, find_lexemes, load_lexicon

LONGEST_NUMBER = 12  # words: "three hundred and twenty-five thousand four hundred and sixty"
Kind = Literal["cardinal", "range", "vague", "share"]
# From one end of a range to the other; a currency or percent sign may stand between.
_RANGE_GAP = re.compile(
    r"%?\s?(?:-|\u2013|\u2014|to|or|and)[\s-]?(?:an?\s)?(?:[A-Z]{0,3}[$\u00a3\u20ac\u20aa](?:US)?)?"
)


_RATIO_GAP = re.compile(r"\s(?:in|out of|of every|in every|out of every)\s(?:every\s)?")
# After one of these, "from 5 to 6" is a movement and no range.
_MOVEMENT = re.compile(
    r"\b(?:r[oi]se|risen|rising|f[ae]ll|fallen|grew|grow|increas\w+|decreas\w+|dropp?\w*|rais\w+|cut|climb\w*|went|declin\w+|"
    r"jump\w*|reduc\w+|mov\w+|chang\w+)\s[^.;]*\bfrom\b[^.;]*$"
)


_BETWEEN = re.compile(r"\bbetween\s(?:an?\s)?(?:[A-Z]{0,3}[$\u00a3\u20ac\u20aa](?:US)?)?$", re.IGNORECASE)


@dataclass(frozen=True)
class Number:
    """A number's own words `text[start:end]`. `low` and `high` are null for `vague`; a `share` is in percent."""

    start: int
    end: int
    low: float | None
    high: float | None
    kind: Kind = "cardinal"
    words: str = ""


def find_numbers(text: str) -> list[Number]:
    """Every number of a text, ranges and ratios joined.

    >>> [(n.low, n.high, n.kind) for n in find_numbers("between five and six thousand, and dozens of others")]
    [(5000.0, 6000.0, 'range'), (None, None, 'vague')]
    >>> [(n.words, n.low) for n in find_numbers("four in five of 1.7 million")]
    [('four in five', 80.0), ('1.7 million', 1700000.0)]
    """
    lexemes = list(find_lexemes(text))
    numbers: list[Number] = []
    at = 0
    while at < len(lexemes):
        number, used = read_number(text, lexemes, at)
        at += max(used, 1)
        if number is None:
            continue
        joined = join_numbers(text, numbers[-1], number) if numbers else None
        if joined:
            numbers[-1] = joined
        else:
            numbers.append(number)
    return numbers


def read_number(text: str, lexemes: list[Lexeme], at: int) -> tuple[Number | None, int]:
    """The number that begins with a lexeme, and how many lexemes it took."""
    first = lexemes[at]
    if first.sort in ("vague", "plurals"):
        return read_vague(text, lexemes, at)
    if first.sort == "parts":
        return read_part(text, lexemes, at)
    if first.sort == "folds":
        return _number(text, first.start, first.end, first.value), 1
    return read_cardinal(text, lexemes, at)


def read_cardinal(text: str, lexemes: list[Lexeme], at: int) -> tuple[Number | None, int]:
    """Digits and scales, or number words: "1.7 million", "two hundred and fifty", "a dozen", "two thirds"."""
    first = lexemes[at]
    if "/" in text[first.start : first.end]:
        return read_typed_fraction(text, first), 1
    start, total, current, used = first.start, 0.0, first.value, 1
    if first.sort == "scales":
        start, current = _article_before(text, first), first.value
        if start == first.start:
            return None, 1
    last = first
    for lexeme in lexemes[at + 1 : at + LONGEST_NUMBER]:
        gap = text[last.end : lexeme.start]
        if _is_denominator(lexeme) and gap in (" ", "-") and first.sort == "units" and used == 1:
            return _share(text, start, lexeme.end, 100 * current / lexeme.value), 2
        if lexeme.sort == "parts" and lexeme.value == 2 and gap in (" and a ", " and one "):
            current += 0.5
        elif not _continues(gap, last, lexeme):
            break
        elif lexeme.sort == "scales":
            total, current = _scale(total, current, lexeme.value)
        else:
            current += lexeme.value
        last, used = lexeme, used + 1
    return _number(text, start, last.end, total + current), used


def read_typed_fraction(text: str, first: Lexeme) -> Number | None:
    """'2/3 of homes' is a share, '1/2 pound' a count; what no noun follows is a date or a score."""
    if text.startswith(" of ", first.end):
        return _share(text, first.start, first.end, 100 * first.value)
    following = re.match(r"\s(?!and\b|or\b|to\b|at\b|in\b)[a-z]{3,}", text[first.end : first.end + 8])
    return _number(text, first.start, first.end, first.value) if following else None


def _is_denominator(lexeme: Lexeme) -> bool:
    return lexeme.sort == "parts" and lexeme.value > 2


def _scale(total: float, current: float, value: float) -> tuple[float, float]:
    """'Two hundred' stays open for 'and fifty', and for 'thousand'; from a thousand on the group is closed."""
    return (total, current * value) if value < 1000 else (total + current * value, 0.0)


def _continues(gap: str, last: Lexeme, new: Lexeme) -> bool:
    """Whether a lexeme goes on with the number before it."""
    if new.sort == "scales":
        return gap in (" ", "-") and (last.sort != "scales" or new.value > last.value)
    if last.sort == "tens" and new.sort == "units":
        return gap in (" ", "-") and new.value < 10
    if last.sort == "scales" and last.value in (100, 1000) and new.sort in ("units", "tens"):
        return gap in (" ", " and ", "-") and new.value < last.value
    return False


def _article_before(text: str, lexeme: Lexeme) -> int:
    """Where "a" or "half a" begins before a scale; the lexeme's own start where neither stands there."""
    for words in ("half a ", "a ", "per "):
        start = lexeme.start - len(words)
        if text[max(start, 0) : lexeme.start].lower() == words and not text[max(start - 1, 0) : start].strip():
            return start if words != "per " else lexeme.start
    return lexeme.start


def read_vague(text: str, lexemes: list[Lexeme], at: int) -> tuple[Number | None, int]:
    """Plurals that state no number: "tens of thousands", "several hundred", "a handful", "dozens"."""
    first, used = lexemes[at], 1
    start, end = first.start, first.end
    word = text[start:end].lower()
    if word in load_lexicon("numbers")["vague_of"]:
        if text[max(start - 2, 0) : start].lower() != "a " or text[end : end + 3] != " of":
            return None, 1
        start -= 2
        if word == "couple":
            return _number(text, start, end, 2.0), 1
    if word in ("many", "few") and text[max(start - 4, 0) : start].lower().endswith(("as ", "how ", "so ", "too ")):
        return None, 1
    if word == "few":
        start = start - 2 if text[max(start - 2, 0) : start].lower() == "a " else start
    for lexeme in lexemes[at + 1 : at + LONGEST_NUMBER]:
        gap = text[end : lexeme.start]
        if not (
            (gap in (" ", " of ") and lexeme.sort in ("plurals", "scales"))
            or (gap in (" or ", " and ", " to ", " or even ") and lexeme.sort == "plurals")
        ):
            break
        end, used = lexeme.end, used + 1
    return Number(start, end, None, None, "vague", text[start:end].lower()), used


# "Less than a tenth.": with a bound before, what it is a part of may have been told.
_BOUNDED_PART = re.compile(r"\b(?:than|nearly|almost|about|over|around|only|just)\san?[ -]$", re.IGNORECASE)


def read_part(text: str, lexemes: list[Lexeme], at: int) -> tuple[Number | None, int]:
    """'Half of', 'half the', 'a third of', and the million of 'half a million'."""
    part = lexemes[at]
    after = text[part.end : part.end + 6].lower()
    following = lexemes[at + 1] if at + 1 < len(lexemes) else None
    if (
        part.value == 2
        and following
        and following.sort == "scales"
        and text[part.end : following.start].lower() == " a "
    ):
        return _number(text, part.start, following.end, following.value / 2), 2
    if part.value == 2 and text[part.start : part.end].lower() == "half":
        counts = after.startswith((" of", " the ", " its ", " thei", " all ", " were", " are "))
        return (_share(text, part.start, part.end, 50.0) if counts else None), 1
    before = re.search(r"\b(an?|one)[ -]$", text[max(0, part.start - 5) : part.start].lower())
    bounded = _BOUNDED_PART.search(text[max(0, part.start - 20) : part.start])
    if before and (after.startswith((" of", " the ")) or (bounded and after[:1] in (".", ",", ";", ""))):
        start = part.start - len(before.group())
        return _share(text, start, part.end, 100 / part.value), 1
    return None, 1


def join_numbers(text: str, left: Number, right: Number) -> Number | None:
    """A range ("five to six", "5-6") or a ratio ("four in five") of two numbers side by side; None where they are two."""
    gap = text[left.end : right.start]
    if left.low is None or right.low is None or left.kind != "cardinal" or right.kind != "cardinal" or len(gap) > 20:
        return None
    if _RATIO_GAP.fullmatch(gap) and left.low < right.low <= 1000 and right.low != 0:
        return _share(text, left.start, right.end, 100 * left.low / right.low) if _is_ratio(text, gap, right) else None
    if not _RANGE_GAP.fullmatch(gap):
        return None
    before = text[max(0, left.start - 60) : left.start]
    word = gap.strip(" %-").split(" ")[0].lower()
    between = bool(_BETWEEN.search(before))
    if (word == "and") != between or (word == "to" and _MOVEMENT.search(before)):
        return None
    low = left.low * _shared_scale(text, left, right)
    if (
        low >= right.low
        or (1500 <= low <= 2100 and right.low > 10 * low)
        or (before.rstrip().endswith((" by", " by $")) and right.low > 3 * low)
        or (word == "or" and right.low > 3 * low)
    ):
        return None
    return Number(left.start, right.end, low, right.low, "range", text[left.start : right.end].lower())


def _is_ratio(text: str, gap: str, right: Number) -> bool:
    """'Four in five' is a share; '12 in 2023', 'two of 12 brigades' are not."""
    written = text[right.start : right.end].isalpha() or right.low in (10, 100, 1000)
    return ("out of" in gap or "every" in gap or written) and not 1900 <= (right.low or 0) <= 2100


def _shared_scale(text: str, left: Number, right: Number) -> float:
    """The scale that the second number lends to the first: "89 to 93 billion", "two or three thousand"."""
    assert left.low is not None
    assert right.low is not None
    match = re.search(
        r"(hundred|thousand|million|billion|trillion|dozen|bn|m|k|b)$", text[right.start : right.end].lower()
    )
    if not match or (re.search(r"[a-z]$", text[left.start : left.end]) and not _is_small_word(text, left)):
        return 1.0
    lexicon = load_lexicon("numbers")
    scale = float(lexicon["scales"].get(match[1]) or lexicon["suffixes"].get(match[1], 1))
    return scale if left.low < right.low / scale else 1.0


def _is_small_word(text: str, number: Number) -> bool:
    return text[number.start : number.end].lower() in load_lexicon("numbers")["units"]


def _number(text: str, start: int, end: int, value: float) -> Number:
    exact = round(value, 4)  # 4.27 times a billion is no 4269999999.9999995
    return Number(start, end, exact, exact, "cardinal", text[start:end].lower())


def _share(text: str, start: int, end: int, percent: float) -> Number:
    """A fraction as percent, so that "half" and "50%" can be compared."""
    value = round(percent, 2)
    return Number(start, end, value, value, "share", text[start:end].lower())
