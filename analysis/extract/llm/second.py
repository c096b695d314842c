"""The second extractor: passages to the model, its items to facts, and those beside what the rules found (rules win)."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import pairwise
from typing import Any

from analysis.extract.llm.align import find_quote
from analysis.extract.llm.client import Client, Failure
from analysis.extract.llm.grounding import document_words, find_invention
from analysis.extract.llm.prompt import make_messages
from analysis.extract.llm.schemas import Item, item_fields, parse_answer
from analysis.extract.llm.settings import LanguageModel
from analysis.extract.llm.stated import StatedNumbers
from analysis.extract.reading import Reading
from analysis.extract.verify import find_fault
from analysis.facts import MODELS, Actor, Cue, Fact, Place, Statement, fact_identifier

# Longer paragraphs go in parts, cut between sentences.
MAXIMUM_PASSAGE = 6000
# Headings and bylines claim nothing.
MINIMUM_WORDS = 5
MAXIMUM_NAMES = 60


@dataclass
class Additions:
    """What the model added to one document; why items were `dropped`; the `silent` passages, which got no answer."""

    facts: list[Fact] = field(default_factory=list)
    dropped: list[str] = field(default_factory=list)
    silent: list[str] = field(default_factory=list)
    passages: int = 0


class SecondExtractor:
    """Asks one language model about documents that the rules have read."""

    def __init__(self, model: LanguageModel) -> None:
        self.model, self.client = model, Client(model)

    def find_additions(self, reading: Reading, known: list[Fact]) -> Additions:
        """What the model finds beyond the facts `known` to the rules, in text order."""
        passages = list(find_passages(reading))
        names = tuple(dict.fromkeys(fact.name for fact in known if isinstance(fact, Actor)))[:MAXIMUM_NAMES]
        asked = [make_messages(reading.text[start:end], reading.published, names) for start, end in passages]
        additions = Additions(passages=len(passages))
        merger = Merger(reading, known, self.model.extractor, additions)
        for span, answer in zip(passages, self.client.ask_all(asked), strict=True):
            merger.take_answer(span, answer)
        additions.facts.sort(key=lambda fact: (fact.start, fact.end, fact.kind))
        return additions


def find_passages(reading: Reading) -> Iterator[tuple[int, int]]:
    """The spans to ask about: paragraphs with enough words; long ones in parts."""
    edges = [*reading.paragraphs, len(reading.text)]
    for start, end in pairwise(edges):
        for part in _cut(reading, start, end):
            if len(reading.text[slice(*part)].split()) >= MINIMUM_WORDS:
                yield part


def _cut(reading: Reading, start: int, end: int) -> Iterator[tuple[int, int]]:
    if end - start > MAXIMUM_PASSAGE:
        for sentence in reading.sentences:
            if start < sentence.start_char < end and sentence.end_char - start > MAXIMUM_PASSAGE:
                yield start, sentence.start_char
                start = sentence.start_char
    yield start, end


class Merger:
    """Turns answers into facts of one document, beside those of the rules."""

    def __init__(self, reading: Reading, known: list[Fact], extractor: str, additions: Additions) -> None:
        self.reading, self.known, self.extractor, self.additions = reading, known, extractor, additions
        self.words = document_words(reading.text)
        self.stated = StatedNumbers(reading)
        self.places = {name: fact for fact in reversed(reading.of(Place)) for name in (fact.text, fact.name)}

    def take_answer(self, span: tuple[int, int], answer: str | Failure) -> None:
        """Add what an answer about a passage holds."""
        where = f"passage {span[0]}-{span[1]}"
        parsed = None if isinstance(answer, Failure) else parse_answer(answer)
        if parsed is None:
            self.additions.silent.append(
                f"{where}: {answer if isinstance(answer, Failure) else 'the answer is no JSON'}"
            )
            return
        items, faults = parsed
        self.additions.dropped.extend(f"{where} ({self.extractor}): {fault}" for fault in faults)
        for item in items:
            fact = self.make_fact(span, item)
            if isinstance(fact, str):
                self.additions.dropped.append(f"{where} ({self.extractor}): {item.kind} {item.quote[:60]!r}: {fact}")
            elif not self._is_known(fact):
                self.additions.facts.append(fact)

    def make_fact(self, span: tuple[int, int], item: Item) -> Fact | str:
        """The fact of an item, or why it is none."""
        start, end = span
        passage, fields = self.reading.text[start:end], item_fields(item)
        taken = frozenset(fact.start - start for fact in self.additions.facts if fact.kind == item.kind)
        found = find_quote(passage, item.quote, taken) or find_quote(passage, item.quote)
        if found is None:
            return "its words are not in the passage"
        cue = find_quote(passage, item.cue) if item.cue else None
        if item.cue and cue is None:
            return "its cue is not in the passage"
        place = start + found[0], start + found[1]
        fault = find_invention(fields, self.reading.text, self.words)
        if not fault and item.kind == "figure":
            fault = self.stated.find_fault(fields, *place)
        if fault:
            return fault
        fact = self._build(item.kind, *place, fields)
        if cue:
            at, until = start + cue[0], start + cue[1]
            fact.cue = Cue(start=at, end=until, text=self.reading.text[at:until])
        return find_fault(fact, self.reading) or fact

    def _build(self, kind: str, start: int, end: int, fields: dict[str, Any]) -> Fact:
        fact = self.reading.fact(MODELS[kind], start, end, self.extractor, **fields, **self._place_of(fields))
        if isinstance(fact, Statement):
            fact.asserted_by = fact.asserted_by or fact.speaker
        if kind == "event" and fields.get("date_start") and fields["date_start"] == fields.get("date_end"):
            fact = fact.model_copy(update={"date_prec": 1})
        fact.fact_id = fact_identifier(fact.doc_id, kind, fact.start, fact.end, extractor=self.extractor)
        return fact

    def _place_of(self, fields: dict[str, Any]) -> dict[str, Any]:
        """Coordinates of a place that the rules resolved in this document; a model's own would be guesses."""
        place = self.places.get(fields.get("place") or "")
        if place is None:
            return {}
        return {name: getattr(place, name) for name in ("geonames_id", "lat", "lon", "where_prec")}

    def _is_known(self, fact: Fact) -> bool:
        """Whether the rules found a fact of this kind on these words, or the model said the same before."""
        if any(other.fact_id == fact.fact_id for other in self.additions.facts):
            return True
        same = (other for other in self.known if other.kind == fact.kind)
        if isinstance(fact, Actor):
            return any(isinstance(other, Actor) and other.name.lower() == fact.name.lower() for other in same)
        return any(other.start < fact.end and fact.start < other.end for other in same)
