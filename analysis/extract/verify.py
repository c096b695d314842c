"""The last reader: every fact is re-read against its span; what fails is dropped and counted, never mended in silence."""

from collections import Counter

from analysis.extract.reading import Reading
from analysis.facts import EXTRACTOR, EXTRACTOR_VERSION, Fact, Figure, Located, fact_identifier


def complete_facts(reading: Reading) -> tuple[list[Fact], list[str]]:
    """The facts that hold, in text order with their ids, and one line for each that does not."""
    kept: list[Fact] = []
    dropped: list[str] = []
    seen: Counter[tuple[str, int, int]] = Counter()
    for fact in sorted(reading.facts, key=lambda f: (f.start, f.end, f.kind)):
        fault = find_fault(fact, reading)
        if fault:
            dropped.append(f"{fact.kind} {fact.start}-{fact.end} ({fact.extractor}): {fault}")
            continue
        place = (fact.kind, fact.start, fact.end)
        fact.fact_id = fact_identifier(fact.doc_id, *place, ordinal=seen[place])
        fact.extractor = f"{EXTRACTOR} {EXTRACTOR_VERSION} {fact.extractor}"
        seen[place] += 1
        kept.append(fact)
    return kept, dropped


def find_fault(fact: Fact, reading: Reading) -> str | None:
    """What is wrong with a fact, or None."""
    if reading.text[fact.start : fact.end] != fact.text or not fact.text:
        return "its words are not at its place"
    if isinstance(fact, Figure):
        return find_fault_of_figure(fact)
    if isinstance(fact, Located) and (fact.lat is None) != (fact.lon is None):
        return "half a coordinate"
    return None


def find_fault_of_figure(figure: Figure) -> str | None:
    """What is wrong with a figure's values, or None."""
    low, high = figure.value_low, figure.value_high
    if low is not None and high is not None and low > high:
        return "its low is above its high"
    if figure.as_of and figure.published and figure.as_of > figure.published:
        return "it counts what had not happened when it was published"
    if figure.operator == "unspecified_plural" and (low is not None or high is not None):
        return "a number where none is stated"
    return None
