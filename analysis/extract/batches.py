"""Many files through the extractor, in order, in this process or in several; a file that fails is named, the rest go on."""

from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from functools import cache
from itertools import islice
from pathlib import Path

from spacy.tokens import Doc

from analysis.documents import Document, read_document
from analysis.errors import DocumentError
from analysis.extract.llm.settings import LanguageModel
from analysis.extract.pipeline import Extractor
from analysis.extract.reading import Reading
from analysis.facts import Fact

BATCH_FILES = 32  # enough to keep the parser's batches full; few enough to spread over processes


@dataclass(frozen=True)
class Outcome:
    """What became of one file: its facts, why candidates were dropped, or why it (or a part of it) could not be read."""

    path: str
    facts: tuple[Fact, ...] = ()
    dropped: tuple[str, ...] = ()
    error: str | None = None


@cache
def _extractor(hand: Path | None) -> Extractor:
    return Extractor(hand)


@cache
def _second_extractor(model: LanguageModel):  # type: ignore[no-untyped-def]
    from analysis.extract.llm.second import SecondExtractor  # only when somebody asks for a model

    return SecondExtractor(model)


def extract_batch(
    paths: Sequence[str], published: str | None, hand: Path | None, model: LanguageModel | None = None
) -> list[Outcome]:
    """The outcomes of a batch of files, in order."""
    extractor = _extractor(hand)
    documents, failed = _read_documents(paths, published)
    parses = extractor.parse(documents)
    outcomes = {document.path: _read_facts(extractor, document, parsed, model) for document, parsed in parses}
    return [failed.get(path) or outcomes[path] for path in paths]


def extract_files(
    paths: Iterable[Path],
    published: str | None = None,
    jobs: int = 1,
    hand: Path | None = None,
    model: LanguageModel | None = None,
) -> Iterator[Outcome]:
    """The outcome of every file, in the order given; memory stays flat however many there are.

    With `model`, the facts of a language model stand beside those of the rules.
    """
    names = map(str, paths)
    batches = iter(lambda: list(islice(names, BATCH_FILES)), [])
    if jobs == 1:
        for batch in batches:
            yield from extract_batch(batch, published, hand, model)
        return
    with ProcessPoolExecutor(jobs) as pool:
        # A few batches ahead of the reader: all at once would hold every result in memory.
        waiting = [pool.submit(extract_batch, batch, published, hand, model) for batch in islice(batches, 2 * jobs)]
        while waiting:
            yield from waiting.pop(0).result()
            waiting.extend(pool.submit(extract_batch, batch, published, hand, model) for batch in islice(batches, 1))


def _read_documents(paths: Sequence[str], published: str | None) -> tuple[list[Document], dict[str, Outcome]]:
    documents, failed = [], {}
    for path in dict.fromkeys(paths):
        try:
            documents.append(read_document(path, published))
        except DocumentError as error:
            failed[path] = Outcome(path, error=str(error))
    return documents, failed


def _read_facts(extractor: Extractor, document: Document, parsed: Doc, model: LanguageModel | None) -> Outcome:
    try:
        reading = extractor.read(document, parsed)
        facts, dropped = extractor.read_facts(reading)
        outcome = Outcome(document.path, tuple(facts), tuple(dropped))
        return _add_facts(outcome, reading, model) if model else outcome
    except Exception as error:  # one article that breaks a rule must not stop the other thousand
        reason = f"{document.path}: cannot be extracted ({type(error).__name__}: {error}); please report it"
        return Outcome(document.path, error=reason)


def _add_facts(outcome: Outcome, reading: Reading, model: LanguageModel) -> Outcome:
    """The outcome with what a language model adds; passages that it did not answer are an error beside the facts."""
    added = _second_extractor(model).find_additions(reading, list(outcome.facts))
    facts = sorted([*outcome.facts, *added.facts], key=lambda fact: fact.start)
    error = None
    if added.silent:
        error = (
            f"{outcome.path}: {len(added.silent)} of {added.passages} passages were read by the rules alone; "
            f"{added.silent[0]}"
        )
    return Outcome(outcome.path, tuple(facts), (*outcome.dropped, *added.dropped), error)
