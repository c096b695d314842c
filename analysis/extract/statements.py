"""Statements: being written."""

from collections.abc import Iterator

from analysis.extract.reading import Reading
from analysis.facts import Fact


def find_facts(reading: Reading) -> Iterator[Fact]:
    """Nothing yet."""
    return iter(())
