"""The number grammar and the bounds around numbers, without a parse."""

import time

import pytest

from analysis.extract.bounds import read_bounds
from analysis.extract.numbers import find_numbers


@pytest.mark.parametrize(
    ("text", "low", "high", "kind"),
    [
        ("1,754 people", 1754, 1754, "cardinal"),
        ("1.7 million displaced", 1_700_000, 1_700_000, "cardinal"),
        ("1,00,000 rupees", 100_000, 100_000, "cardinal"),
        ("3.2bn in aid", 3.2e9, 3.2e9, "cardinal"),
        ("twenty-five men", 25, 25, "cardinal"),
        ("two hundred and fifty families", 250, 250, "cardinal"),
        ("half a million people", 500_000, 500_000, "cardinal"),
        ("one and a half million people", 1_500_000, 1_500_000, "cardinal"),
        ("a dozen shells", 12, 12, "cardinal"),
        ("two dozen shells", 24, 24, "cardinal"),
        ("between five and six thousand", 5000, 6000, "range"),
        ("10-15 million people", 10e6, 15e6, "range"),
        ("two or three rockets", 2, 3, "range"),
        ("from 5 to 6 villages", 5, 6, "range"),
        ("$89 to $93 billion", 89e9, 93e9, "range"),
        ("four in five children", 80, 80, "share"),
        ("two thirds of homes", 66.67, 66.67, "share"),
        ("half of the camp", 50, 50, "share"),
        ("1/2 pound of rice", 0.5, 0.5, "cardinal"),
        ("2/3 of homes", 66.67, 66.67, "share"),
        ("tens of thousands of people", None, None, "vague"),
        ("several hundred people", None, None, "vague"),
        ("a handful of clinics", None, None, "vague"),
    ],
)
def test_values(text: str, low: float | None, high: float | None, kind: str) -> None:
    """One number each, with its value."""
    (number,) = find_numbers(text)
    assert (number.low, number.high, number.kind) == (low, high, kind)


@pytest.mark.parametrize(
    ("text", "values"),
    [
        ("rose from 12 to 30 people", [12, 30]),
        ("killing five and six others", [5, 6]),
        ("the 21st brigade and the 3rd day", []),
        ("won 12 to 3", [12, 3]),
        ("on 1/2 and at the door", []),
        ("a 2d corporal", []),
    ],
)
def test_apart(text: str, values: list[float]) -> None:
    """What looks like a range and is none, and ordinals."""
    assert [number.low for number in find_numbers(text)] == values


@pytest.mark.parametrize(
    ("text", "operator", "words"),
    [
        ("at least 55 people", "at_least", "at least 55"),
        ("at least some 300 people", "at_least", "at least some 300"),
        ("no fewer than 12 men", "at_least", "no fewer than 12"),
        ("more than 40 people", "more_than", "more than 40"),
        ("upwards of 40 people", "more_than", "upwards of 40"),
        ("as many as 90 bodies", "at_most", "as many as 90"),
        ("up to 90 bodies", "at_most", "up to 90"),
        ("fewer than 9 trucks", "less_than", "fewer than 9"),
        ("an estimated 700 fighters", "about", "an estimated 700"),
        ("some 700 fighters", "about", "some 700"),
        ("300 or so families", "about", "300 or so"),
        ("300 or more families", "at_least", "300 or more"),
        ("only 20 trucks", "eq", "only 20"),
        ("barely 20 trucks", "about", "barely 20"),
        ("about minus 12 degrees", "about", "about minus 12"),
        ("they took over 12 villages", "eq", "12"),
        ("between 5 and 6 people", "between", "between 5 and 6"),
    ],
)
def test_bounds(text: str, operator: str, words: str) -> None:
    """A bound belongs to the number's words, and goes before an estimate."""
    (number,) = find_numbers(text)
    bounded = read_bounds(text, number)
    assert (bounded.operator, text[bounded.start : bounded.end]) == (operator, words)


def test_time_is_linear() -> None:
    """Ten times the text takes about ten times as long, also where numbers chain."""

    def seconds(text: str) -> float:
        start = time.perf_counter()
        for number in find_numbers(text):
            read_bounds(text, number)
        return time.perf_counter() - start

    text = "two hundred and fifty thousand, 5 to 6 or 7 million of hundreds of thousands " * 40
    seconds(text)
    assert seconds(text * 10) < 40 * max(seconds(text), 0.002)
