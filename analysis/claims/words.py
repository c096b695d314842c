"""Numbers, ranges and days as they stand in a table or a key figure."""

from datetime import date

import pandas as pd

BEFORE_NUMBER = {
    "at_least": "at least ", "more_than": "more than ", "at_most": "at most ", "less_than": "fewer than ", "about": "about "
}  # fmt: skip
# From here on a round number reads better in words: 1.7 million.
MILLION = 1_000_000
# What fractions in words come to in percent, to two places: printed back as the words that they were.
FRACTIONS = {"33.33": "a third", "66.67": "two thirds", "16.67": "a sixth", "14.29": "a seventh", "11.11": "a ninth"}


def say_number(value: float) -> str:
    """A number with thousands marks; round millions in words.

    >>> say_number(43163), say_number(1700000), say_number(2.5)
    ('43,163', '1.7 million', '2.5')
    """
    if value >= MILLION and value % (MILLION / 10) == 0:
        return f"{value / MILLION:,g} million"
    return f"{value:,.0f}" if float(value).is_integer() else f"{value:,g}"


def say_value(low: float | None, high: float | None, operator: str | None = "eq", text: str = "") -> str:
    """A claim's number as claimed; its own words where it states none ("dozens of people").

    >>> say_value(1754, 1754, "at_least"), say_value(5, 6, "between"), say_value(None, None, "unspecified_plural", "dozens")
    ('at least 1,754', '5 to 6', 'dozens')
    """
    if low is None or pd.isna(low):
        return text
    if high is not None and not pd.isna(high) and high != low:
        return f"{say_number(low)} to {say_number(high)}"
    return BEFORE_NUMBER.get(operator or "eq", "") + say_number(low)


def say_share(said: str) -> str:
    """A said number (`say_value`) as a share: in percent, or as the fraction that a document's words gave.

    >>> say_share("80"), say_share("more than 33.33"), say_share("20 to 30")
    ('80%', 'more than a third', '20 to 30%')
    """
    number = said.removesuffix("%")
    before, _, last = number.rpartition(" ")
    if last not in FRACTIONS or before.endswith("to"):
        return f"{number}%"
    return f"{before} {FRACTIONS[last]}".strip()


def say_range(low: float, high: float, open_high: bool = False, bound: bool = False) -> str:
    """A range; `open_high` when the highest claim is a lower bound, `bound` when the only number is one.

    >>> say_range(60, 109, True), say_range(93, 93), say_range(93, 93, True)
    ('60 to at least 109', '93', 'at least 93')
    """
    lower = "at least " if open_high or bound else ""
    if low == high:
        return lower + say_number(low)
    return f"{say_number(low)} to {lower if open_high else ''}{say_number(high)}"


def say_unit(unit: str | None, number: float) -> str:
    """What is counted, in the singular or plural.

    >>> say_unit("hospital", 2), say_unit("facility", 2), say_unit("day", 1), say_unit(None, 3)
    ('hospitals', 'facilities', 'day', '')
    """
    if not isinstance(unit, str) or number == 1:
        return unit if isinstance(unit, str) else ""
    if unit.endswith("y") and unit[-2:-1] not in "aeiou":
        return unit[:-1] + "ies"
    return unit if unit.endswith("s") else unit + "s"


def say_day(day: str | None) -> str:
    """An ISO day, or month, in words; empty where there is none.

    >>> say_day("2024-10-09"), say_day("2024-10"), say_day(None)
    ('9 October 2024', 'October 2024', '')
    """
    if not isinstance(day, str) or not day:
        return ""
    if len(day) < 10:
        return date.fromisoformat(f"{day}-01").strftime("%B %Y") if len(day) == 7 else day
    moment = date.fromisoformat(day[:10])
    return f"{moment.day} {moment:%B %Y}"


def say_start(day: str | None) -> str:
    """From when on something is counted, in words. The first of a month stands for "since last month" as often as for that
    very day, so it is said as the month, and the first of a year as the year: never more exact than the document.

    >>> say_start("2024-09-01"), say_start("2024-09-30"), say_start("1964-01-01")
    ('September 2024', '30 September 2024', '1964')
    """
    if isinstance(day, str) and day[5:10] == "01-01":
        return day[:4]
    return say_day(day[:7] if isinstance(day, str) and day[8:10] == "01" else day)


def join_words(words: list[str]) -> str:
    """Words as a list in prose.

    >>> join_words(["A"]), join_words(["A", "B"]), join_words(["A", "B", "C"]), join_words([])
    ('A', 'A and B', 'A, B and C', '')
    """
    if not words:
        return ""
    *rest, last = [str(word) for word in words]
    return f"{', '.join(rest)} and {last}" if rest else last
