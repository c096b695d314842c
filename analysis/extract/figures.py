"""Figures: every number that is claimed, with what it counts, its bound, and what was done to those counted."""

from collections.abc import Iterator

from analysis.extract.articles import find_joined, find_single
from analysis.extract.chains import complete_chain
from analysis.extract.figure_fields import describe
from analysis.extract.mention import Mentioned, has_weight, read_mentions
from analysis.extract.parts import find_parts
from analysis.extract.reading import Reading
from analysis.extract.sums import join_sums
from analysis.extract.wholes import clear_wholes
from analysis.facts import Fact, Figure


def find_facts(reading: Reading) -> Iterator[Fact]:
    """The figures of a reading, by sentence."""
    mentioned = sorted(
        [*read_mentions(reading), *find_single(reading), *find_joined(reading), *find_parts(reading)],
        key=lambda m: (m.start, m.harm is None, m.end),
    )
    completed = clear_wholes(reading, join_sums(reading, complete_chain(reading, _distinct(mentioned))))
    for mention in filter(has_weight, completed):
        yield reading.fact(Figure, mention.start, mention.end, f"figures.{mention.rule}", **describe(reading, mention))


def _distinct(mentions: list[Mentioned]) -> list[Mentioned]:
    """Of two that begin inside one another, the first."""
    kept: list[Mentioned] = []
    for mention in mentions:
        if not kept or mention.start >= kept[-1].number_end:
            kept.append(mention)
    return kept
