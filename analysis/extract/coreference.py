"""Who is meant: surnames, acronyms, offices ("the official"), pronouns."""

from spacy.tokens import Span

from analysis.extract.antecedents import PRONOUNS, find_antecedent
from analysis.extract.descriptions import name_phrase
from analysis.extract.reading import Reading


def resolve(reading: Reading, start: int, end: int) -> str | None:
    """The canonical name for the noun phrase or pronoun at `[start, end)`, or None where nobody plainly is meant."""
    span = _span(reading, start, end)
    head = span.root
    if head.lower_ in PRONOUNS:
        found = find_antecedent(reading, head)
        return found.name if found else None
    return name_phrase(reading, span)


def _span(reading: Reading, start: int, end: int) -> Span:
    first, last = reading.token_at(start), reading.token_at(max(start, end - 1))
    return reading.parsed[first.i : last.i + 1]
