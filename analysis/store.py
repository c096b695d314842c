"""The facts store: Delta tables, appended atomically, read through DuckDB.

Two tables below `<root>/.briefing/store`: `facts`, and `documents` (record, text). A batch's facts are appended first and its
documents second; a fact counts only when its batch stands in `documents`, so that one commit makes a batch known or not.
Nothing is ever updated: a document read again by another extractor is a later batch, and the last batch of a document
counts. `version` is the Delta version of `documents`; an old version reads as it was.
"""

import hashlib
import json
import uuid
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import duckdb
import pandas as pd
import pyarrow as pa
from deltalake import DeltaTable, write_deltalake
from deltalake.exceptions import TableNotFoundError

from analysis.documents import Document
from analysis.errors import StoreError
from analysis.facts import MODELS, Fact
from analysis.records import Record

STORE = Path(".briefing") / "store"
_TEXT = pa.string()
_CUE = pa.struct([("start", pa.int64()), ("end", pa.int64()), ("text", _TEXT)])
_WHOLE = {"start", "end", "geonames_id", "where_prec", "date_prec"}
_REAL = {"lat", "lon", "value_low", "value_high"}
_LISTS = {"relayed_by", "corroborated_by", "mediators"}
FACT_FIELDS: tuple[str, ...] = tuple(dict.fromkeys(name for model in MODELS.values() for name in model.model_fields))
RECORD_FIELDS = ("publisher", "title", "author", "url", "language", "licence", "reliability", "syndicated_from")


def _arrow_type(name: str) -> pa.DataType:
    if name == "cue":
        return _CUE
    if name in _LISTS:
        return pa.list_(_TEXT)
    return pa.int64() if name in _WHOLE else pa.float64() if name in _REAL else _TEXT


FACTS = pa.schema([pa.field(name, _arrow_type(name)) for name in (*FACT_FIELDS, "batch")])
DOCUMENTS = pa.schema(
    [pa.field(name, _TEXT) for name in ("doc_id", "doc", "record_id", "published", "published_basis", "recorded_at")]
    + [pa.field(name, _TEXT) for name in (*RECORD_FIELDS, "origin", "reader", "batch", "text")]
    + [pa.field("withdrawn", pa.bool_()), pa.field("sequence", pa.int64())]
)
# The last row of each document; a withdrawn one is held no longer.
_LAST_DOCUMENTS = """
    SELECT * EXCLUDE (withdrawn, sequence, place) FROM (
        SELECT *, row_number() OVER (PARTITION BY origin, record_id ORDER BY sequence DESC, batch) AS place FROM documents
    ) WHERE place = 1 AND NOT withdrawn
"""
_CUT = "(published IS NULL OR published <= {day}) AND (recorded_at IS NULL OR recorded_at <= {day})"
_HELD = f"SELECT * EXCLUDE (text) FROM ({_LAST_DOCUMENTS}) WHERE $1 IS NULL OR ({_CUT.format(day='$1')})"  # noqa: S608
_KNOWN = f"""
    SELECT facts.* EXCLUDE (batch), held.* EXCLUDE (doc_id, doc, published, published_basis, origin, reader, batch)
    FROM facts JOIN ({_HELD}) AS held ON facts.batch = held.batch AND facts.doc_id = held.doc_id AND facts.doc = held.doc
    WHERE len($2) = 0 OR list_contains($2, kind)
    ORDER BY facts.published NULLS FIRST, facts.doc, facts.start, facts."end", facts.fact_id
"""  # noqa: S608


@dataclass(frozen=True)
class Entry:
    """One document to be appended: its record, its text, its facts, and what read it (`reader` names extractor and hand files)."""

    record: Record
    document: Document
    facts: Sequence[Fact]
    reader: str
    origin: str = "seeds"
    withdrawn: bool = False


class Store:
    """The facts of one root folder."""

    def __init__(self, root: Path | str) -> None:
        self.root = Path(root)
        self.folder = self.root / STORE

    def append(self, entries: Sequence[Entry]) -> int:
        """Append a batch of documents with their facts in one commit; gives the new version. All or nothing."""
        batch = uuid.uuid4().hex
        rows = [{**fact.model_dump(), "batch": batch} for entry in entries for fact in entry.facts]
        try:
            if rows:
                self._write("facts", pa.Table.from_pylist(rows, schema=FACTS))
            sequence = self.version() + 1
            documents = [{**_document_row(entry, batch), "sequence": sequence} for entry in entries]
            self._write("documents", pa.Table.from_pylist(documents, schema=DOCUMENTS))
        except OSError as error:
            raise StoreError(f"{self.folder}: facts could not be written: {error}; nothing was added") from error
        return self.version()

    def version(self) -> int:
        """The number of the last commit; -1 while there is none."""
        table = self._table("documents")
        return -1 if table is None else table.version()

    def documents(self, version: int | None = None) -> pd.DataFrame:
        """The last row of every document known at a version: record fields, `reader`, `batch`, and `text`."""
        return self._query(_LAST_DOCUMENTS, version, ["documents"])

    def holdings(self, version: int | None = None) -> pd.DataFrame:
        """Which documents are held: `doc_id`, `doc`, `origin`, `reader`, `published`, `recorded_at`; no texts."""
        columns = "doc_id, doc, record_id, origin, reader, published, recorded_at"
        return self._query(f"SELECT {columns} FROM ({_LAST_DOCUMENTS})", version, ["documents"])  # noqa: S608

    def known(self, as_of: str | None = None, version: int | None = None, kinds: Iterable[str] = ()) -> pd.DataFrame:
        """The facts known at the cut-off `as_of` (ISO day, inclusive), by document and offset, with their record's fields.

        A fact published or recorded later does not exist. One without a day of publication is kept: it says so itself.
        """
        wanted = list(kinds)
        return _plain_values(self._query(_KNOWN, version, ["documents", "facts"], [as_of, wanted]))

    def digest(self, version: int | None = None, as_of: str | None = None) -> str:
        """SHA-256 of what is known: equal digests, equal facts, on any machine and after any history of appends."""
        sql = f"SELECT doc_id, doc, reader, record_id, recorded_at, publisher, title FROM ({_HELD})"  # noqa: S608
        rows = self._query(sql, version, ["documents"], [as_of])
        content = json.dumps(sorted(map(list, rows.astype(str).itertuples(index=False))))
        return hashlib.sha256(content.encode()).hexdigest()

    def newest(self) -> str | None:
        """The newest day of publication held, or None."""
        days: list[str] = [day for day in self.holdings()["published"] if isinstance(day, str)]
        return max(days, default=None)

    def _write(self, name: str, table: pa.Table) -> None:
        (self.folder / name).mkdir(parents=True, exist_ok=True)
        write_deltalake(str(self.folder / name), table, mode="append")

    def _table(self, name: str, version: int | None = None) -> DeltaTable | None:
        try:
            return DeltaTable(str(self.folder / name), version=version)
        except TableNotFoundError:
            return None
        except Exception as error:  # the library raises many kinds; all mean that the table cannot be read
            raise StoreError(f"{self.folder / name}: version {version}: cannot be read: {error}") from error

    def _query(self, sql: str, version: int | None, tables: list[str], values: list[Any] | None = None) -> pd.DataFrame:
        """Run one statement over the tables, on a connection that can reach no file of its own accord."""
        connection = duckdb.connect(config={"enable_external_access": "false", "threads": "2"})
        try:
            for name, schema in (("documents", DOCUMENTS), ("facts", FACTS)):
                if name in tables:
                    table = self._table(name, version if name == "documents" else None)
                    source = schema.empty_table() if table is None else table.to_pyarrow_dataset()
                    connection.register(name, source)
            connection.execute("SET lock_configuration = true")
            return connection.execute(sql, values or []).df()
        finally:
            connection.close()


def _plain_values(frame: pd.DataFrame) -> pd.DataFrame:
    """Lists as Python lists (never missing), strings and missing values as Python's own; numbers stay numbers."""
    for name in _LISTS:
        frame[name] = pd.Series([list(v) if isinstance(v, Iterable) else [] for v in frame[name]], frame.index, object)
    for name in ("geonames_id", "where_prec", "date_prec"):  # may be missing: plain floats, whose missing is NaN
        frame[name] = frame[name].astype("float64")
    for name in frame.columns.difference([*_LISTS, *_WHOLE, *_REAL]):
        values = frame[name].astype(object)
        frame[name] = values.where(values.notna(), None)
    return frame


def _document_row(entry: Entry, batch: str) -> dict[str, Any]:
    record, document = entry.record, entry.document
    return {
        "doc_id": document.doc_id, "doc": document.path, "record_id": record.id, "published": document.published,
        "published_basis": document.published_basis, "recorded_at": record.recorded_at or document.published,
        **{name: getattr(record, name) for name in RECORD_FIELDS},
        "origin": entry.origin, "reader": entry.reader, "batch": batch, "text": document.text,
        "withdrawn": entry.withdrawn,
    }  # fmt: skip
