"""From `seeds/` to the store: check every record and file, extract what is new, append it in one commit."""

import hashlib
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from analysis.documents import Document, read_document
from analysis.facts import EXTRACTOR, EXTRACTOR_VERSION
from analysis.records import HAND, Record, check_documents, document_path, load_records
from analysis.store import Entry, Store

# Hand files that change what is extracted; the others change what is made of it.
EXTRACTION_HAND = ("actors.yml", "places.yml", "tracks.yml")


def read_seeds(root: Path) -> Store:
    """Bring the store up to date with `seeds/` and give it; nothing is appended when nothing changed.

    Raises RecordError or DocumentError, before anything is written, where a record or a file is not what it should be.
    """
    records = check_documents(root, load_records(root))
    store, reader = Store(root), reader_digest(root)
    held = {row.record_id: row for row in store.holdings(origin="seeds").itertuples()}
    documents = [(record, _read(root, record)) for record in records]
    fresh = [(r, d) for r, d in documents if r.id not in held or held[r.id].reader != _reader_of(r, d, reader)]
    gone = [row for name, row in held.items() if name not in {record.id for record in records}]
    day = _last_day(records, held.values())
    entries = [*_extract(root, fresh, reader), *(_tombstone(row, day) for row in gone)]
    if entries:
        store.append(entries)
    return store


def reader_digest(root: Path) -> str:
    """What read a document: extractor, its code and word lists, and the hand files that it uses."""
    folder = Path(__file__).parent
    sources = [
        *sorted((folder / "extract").rglob("*")),
        folder / "facts.py",
        *(root / HAND / n for n in EXTRACTION_HAND),
    ]
    digest = hashlib.sha256(f"{EXTRACTOR} {EXTRACTOR_VERSION}".encode())
    for path in sources:
        if path.is_file() and "__pycache__" not in path.parts:
            digest.update(path.name.encode() + b"\0" + path.read_bytes())
    return digest.hexdigest()[:16]


def _reader_of(record: Record, document: Document, reader: str) -> str:
    """The reader together with the record's own words, so that a corrected record is read again."""
    words = f"{record.model_dump_json()}|{document.doc_id}"
    return f"{reader}-{hashlib.sha256(words.encode()).hexdigest()[:16]}"


def _read(root: Path, record: Record) -> Document:
    document = read_document(document_path(root, record), record.day, record.published_basis or "given")
    return Document(f"seeds/documents/{record.file}", document.text, document.published, document.published_basis)


def _extract(root: Path, fresh: list[tuple[Record, Document]], reader: str) -> list[Entry]:
    if not fresh:
        return []
    from analysis.extract.pipeline import (
        Extractor,  # the language model takes a second to load: only when there is work
    )

    extractor = Extractor(root / HAND)
    found = extractor.extract_all(document for _, document in fresh)
    return [
        Entry(record, _dated(document, facts), facts, _reader_of(record, document, reader))
        for (record, _), (document, facts, _) in zip(fresh, found, strict=True)
    ]


def _dated(document: Document, facts: list) -> Document:
    """The document with the day that the extractor settled on, where the record gives none."""
    if document.published or not facts:
        return document
    return Document(document.path, document.text, facts[0].published, facts[0].published_basis)


def _last_day(records: list[Record], held: Iterable[Any]) -> str | None:
    """The newest day that anything here was recorded on: the day of a removal found now, since nobody states it."""
    days = [record.recorded_at for record in records] + [row.recorded_at for row in held]
    return max((day for day in days if day), default=None)


def _tombstone(row: Any, day: str | None) -> Entry:
    """What takes a removed document away: from `day` on, so that an edition of an earlier day still sees it."""
    record = Record(id=row.record_id, file=row.doc, publisher="withdrawn", published=row.published, accessed=day)
    return Entry(record, Document(row.doc, "", row.published), [], row.reader, withdrawn=True)
