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
from analysis.extract.pipeline import Extractor
from analysis.facts import Fact

BATCH_FILES = 32  # enough to keep the parser's batches full; few enough to spread over processes


@dataclass(frozen=True)
class Outcome:
    """What became of one file: its facts, the reasons why candidates were dropped, or why it could not be read."""

    path: str
    facts: tuple[Fact, ...] = ()
    dropped: tuple[str, ...] = ()
    error: str | None = None


@cache
def _extractor(hand: Path | None) -> Extractor:
    return Extractor(hand)


def extract_batch(paths: Sequence[str], published: str | None, hand: Path | None) -> list[Outcome]:
    """The outcomes of a batch of files, in order."""
    extractor = _extractor(hand)
    documents, failed = _read_documents(paths, published)
    parses = extractor.parse(documents)
    outcomes = {document.path: _read_facts(extractor, document, parsed) for document, parsed in parses}
    return [failed.get(path) or outcomes[path] for path in paths]


def extract_files(
    paths: Iterable[Path], published: str | None = None, jobs: int = 1, hand: Path | None = None
) -> Iterator[Outcome]:
    """The outcome of every file, in the order given; memory stays flat however many there are."""
    names = map(str, paths)
    batches = iter(lambda: list(islice(names, BATCH_FILES)), [])
    if jobs == 1:
        for batch in batches:
            yield from extract_batch(batch, published, hand)
        return
    with ProcessPoolExecutor(jobs) as pool:
        # A few batches ahead of the reader: all at once would hold every result in memory.
        waiting = [pool.submit(extract_batch, batch, published, hand) for batch in islice(batches, 2 * jobs)]
        while waiting:
            yield from waiting.pop(0).result()
            waiting.extend(pool.submit(extract_batch, batch, published, hand) for batch in islice(batches, 1))


def _read_documents(paths: Sequence[str], published: str | None) -> tuple[list[Document], dict[str, Outcome]]:
    documents, failed = [], {}
    for path in dict.fromkeys(paths):
        try:
            documents.append(read_document(path, published))
        except DocumentError as error:
            failed[path] = Outcome(path, error=str(error))
    return documents, failed


def _read_facts(extractor: Extractor, document: Document, parsed: Doc) -> Outcome:
    try:
        facts, dropped = extractor.read_facts(extractor.read(document, parsed))
    except Exception as error:  # one article that breaks a rule must not stop the other thousand
        reason = f"{document.path}: cannot be extracted ({type(error).__name__}: {error}); please report it"
        return Outcome(document.path, error=reason)
    return Outcome(document.path, tuple(facts), tuple(dropped))
