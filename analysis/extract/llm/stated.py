"""Whether a figure's own words state its number: the number grammar of the rules reads them again, in their place in the text."""

from functools import cached_property
from typing import Any

from analysis.extract.bounds import read_bounds
from analysis.extract.exclusions import is_excluded
from analysis.extract.numbers import Number, find_numbers
from analysis.extract.reading import Reading


class StatedNumbers:
    """The numbers of a document, found once."""

    def __init__(self, reading: Reading) -> None:
        self.reading = reading

    @cached_property
    def numbers(self) -> list[Number]:
        """Every number of the text."""
        return find_numbers(self.reading.shadow)

    def find_fault(self, fields: dict[str, Any], start: int, end: int) -> str | None:
        """What is wrong with the number of a figure whose words are `text[start:end]`, or None."""
        low, high = fields.get("value_low"), fields.get("value_high")
        there = [number for number in self.numbers if number.start < end and start < number.end]
        if fields.get("operator") == "unspecified_plural":
            return None if any(n.kind == "vague" for n in there) else "its words hold no number left open"
        if low is None or high is None:
            return "it leaves out the number; a single number is both low and high"
        if low != high and fields.get("operator") != "between":
            return "two numbers without a range"
        counting = {value for number in there if self._counts(number) for value in (number.low, number.high)}
        invented = next((value for value in (low, high) if value not in counting), None)
        return None if invented is None else f"its words do not count {invented:g}"

    def _counts(self, number: Number) -> bool:
        """Whether a number may be a figure: no age, clock time, date or part of a name."""
        return not is_excluded(self.reading, self.reading.shadow, read_bounds(self.reading.shadow, number))
