"""The facts store: Delta tables, appended atomically, read through DuckDB.

Two tables below `<root>/.briefing/store`: `facts`, and `documents` (record, text). A batch's facts are appended first and its
documents second; a fact counts only when its batch stands in `documents`, so that one commit makes a batch known or not.
Nothing is ever updated: a document read again by another extractor is a later batch. `version` numbers the commits of
`documents`, and every row keeps the one it came with (`sequence`), so an old version is read from today's files: neither a
version nor a cut-off needs a file that was joined with others and deleted since.

What was known on a day: an article ingested in two versions, the one held that day; a document whose record was changed, as it is
described now; one whose record was removed, until the day of its removal.
"""

import uuid
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import duckdb
import pandas as pd
import pyarrow as pa

from analysis.delta import COMPACT, Table
from analysis.documents import Document
from analysis.facts import MODELS, Fact
from analysis.frames import read_frame
from analysis.records import Record

STORE = Path(".briefing") / "store"
_TEXT = pa.string()
_CUE = pa.struct([("start", pa.int64()), ("end", pa.int64()), ("text", _TEXT)])
WHOLE = {"start", "end", "geonames_id", "where_prec", "date_prec"}
_REAL = {"lat", "lon", "value_low", "value_high"}
_LISTS = {"relayed_by", "corroborated_by", "mediators"}
FACT_FIELDS: tuple[str, ...] = tuple(dict.fromkeys(name for model in MODELS.values() for name in model.model_fields))
RECORD_FIELDS = ("publisher", "title", "author", "url", "language", "licence", "reliability", "syndicated_from")


def _arrow_type(name: str) -> pa.DataType:
    if name == "cue":
        return _CUE
    if name in _LISTS:
        return pa.list_(_TEXT)
    return pa.int64() if name in WHOLE else pa.float64() if name in _REAL else _TEXT


FACTS = pa.schema([pa.field(name, _arrow_type(name)) for name in (*FACT_FIELDS, "batch")])
DOCUMENTS = pa.schema(
    [pa.field(name, _TEXT) for name in ("doc_id", "doc", "record_id", "published", "published_basis", "recorded_at")]
    + [pa.field(name, _TEXT) for name in (*RECORD_FIELDS, "origin", "reader", "batch", "text")]
    + [pa.field("withdrawn", pa.bool_()), pa.field("sequence", pa.int64())]
)
# $1 is the version, $2 the cut-off, $3 the first day of publication wanted; each may be NULL: all.
_CUT = "(published IS NULL OR published <= $2) AND (recorded_at IS NULL OR recorded_at <= $2)"
# A removal counts from the day it was recorded on, whenever the document was published.
_VISIBLE = f"""
    SELECT *, max(CASE WHEN withdrawn THEN -1 ELSE sequence END) OVER (PARTITION BY origin, record_id) AS described
    FROM documents WHERE $1 IS NULL OR sequence <= $1
    QUALIFY ($2 IS NULL OR (withdrawn AND (recorded_at IS NULL OR recorded_at <= $2)) OR (NOT withdrawn AND {_CUT}))
        AND (withdrawn OR origin <> 'seeds' OR sequence = described)
"""  # noqa: S608
_HELD = f"""
    SELECT * EXCLUDE (withdrawn, sequence, described, place) FROM (
        SELECT *, row_number() OVER (PARTITION BY origin, record_id ORDER BY sequence DESC, batch) AS place FROM ({_VISIBLE})
    ) WHERE place = 1 AND NOT withdrawn AND ($3 IS NULL OR published IS NULL OR published >= $3)
    ORDER BY published NULLS FIRST, doc, doc_id
"""  # noqa: S608
_KNOWN = f"""
    SELECT facts.* EXCLUDE (batch),
        held.* EXCLUDE (doc_id, doc, published, published_basis, origin, reader, batch, text)
    FROM facts JOIN ({_HELD}) AS held ON facts.batch = held.batch AND facts.doc_id = held.doc_id AND facts.doc = held.doc
    WHERE (len($4) = 0 OR list_contains($4, kind)) AND ($3 IS NULL OR facts.published IS NULL OR facts.published >= $3)
    ORDER BY facts.published NULLS FIRST, facts.doc, facts.start, facts."end", facts.fact_id
"""  # noqa: S608
_HOLDINGS = f"""
    SELECT doc_id, doc, record_id, origin, reader, published, recorded_at FROM ({_HELD}) WHERE $4 IS NULL OR origin = $4
"""  # noqa: S608
_COUNTS = f"""
    SELECT facts.published AS day, count(*) AS facts
    FROM facts JOIN ({_HELD}) AS held ON facts.batch = held.batch AND facts.doc_id = held.doc_id AND facts.doc = held.doc
    WHERE facts.published IS NOT NULL GROUP BY day ORDER BY day DESC
"""  # noqa: S608
# Missing and empty are told apart, and so is where one field ends and the next begins.
_LINE = " || chr(31) || ".join(
    f"coalesce({name}, chr(0))"
    for name in ("doc_id", "doc", "reader", "record_id", "recorded_at", "publisher", "title")
)
_DIGEST = f"""
    SELECT sha256(coalesce(string_agg(line, chr(30) ORDER BY line), '')) AS digest
    FROM (SELECT {_LINE} AS line FROM ({_HELD}))
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
        self._tables = {name: Table(self.folder / name) for name in ("documents", "facts")}

    def append(self, entries: Sequence[Entry]) -> int:
        """Append a batch of documents with their facts in one commit; gives the new version. All or nothing.

        Raises StoreError.
        """
        batch = uuid.uuid4().hex
        rows = [{**fact.model_dump(), "batch": batch} for entry in entries for fact in entry.facts]
        if rows:
            self._tables["facts"].append(pa.Table.from_pylist(rows, schema=FACTS))
        sequence = self.version() + 1
        documents = [{**_document_row(entry, batch), "sequence": sequence} for entry in entries]
        self._tables["documents"].append(pa.Table.from_pylist(documents, schema=DOCUMENTS))
        version = self.version()
        if version % COMPACT == 0:
            for table in self._tables.values():
                table.compact()
        return version

    def version(self) -> int:
        """The number of the last commit; -1 while there is none."""
        return self._tables["documents"].version()

    def state(self) -> str:
        """Another one after every commit, and for every store made anew."""
        table = self._tables["documents"].read()
        return "" if table is None else f"{table.metadata().id} {table.version()}"

    def documents(self, version: int | None = None, as_of: str | None = None, since: str | None = None) -> pd.DataFrame:
        """Every document known at a version and cut-off, printed from `since` on: record fields, `reader`, `batch`, and `text`."""
        return read_frame(self._query(_HELD, ["documents"], version, as_of, since))

    def holdings(self, version: int | None = None, as_of: str | None = None, origin: str | None = None) -> pd.DataFrame:
        """Which documents are held, of one `origin` or all, without their texts: ids, `reader`, `published`, `recorded_at`."""
        return read_frame(self._query(_HOLDINGS, ["documents"], version, as_of, None, origin))

    def known(
        self, as_of: str | None = None, version: int | None = None, kinds: Iterable[str] = (), since: str | None = None
    ) -> pd.DataFrame:
        """The facts known at the cut-off `as_of` (ISO day, inclusive), by document and offset, with their record's fields.

        A fact published or recorded later does not exist. One without a day of publication is kept: it says so itself. With
        `since`, what was published before that day is left out.
        """
        return read_frame(self._query(_KNOWN, ["documents", "facts"], version, as_of, since, list(kinds)))

    def digest(self, version: int | None = None, as_of: str | None = None) -> str:
        """SHA-256 of what is known: equal digests, equal facts, on any machine and after any history of appends."""
        found: str = self._query(_DIGEST, ["documents"], version, as_of)["digest"][0].as_py()
        return found

    def count_facts(self, as_of: str | None = None, version: int | None = None) -> dict[str, int]:
        """How many facts are known of each day of publication, the newest first; those of no day are left out."""
        table = self._query(_COUNTS, ["documents", "facts"], version, as_of)
        return dict(zip(table["day"].to_pylist(), table["facts"].to_pylist(), strict=True))

    def newest(self, as_of: str | None = None) -> str | None:
        """The newest day of publication held, or None."""
        found = self._query(f"SELECT max(published) AS day FROM ({_HELD})", ["documents"], None, as_of)  # noqa: S608
        day: str | None = found["day"][0].as_py()
        return day

    def _query(self, sql: str, tables: list[str], *values: Any) -> pa.Table:
        """Run one statement over the tables, on a connection that can reach no file of its own accord.

        `values` are those of the numbered parameters that the statement has; what is missing of the first three is NULL.
        """
        given = [*values, None, None, None][: max(3, len(values))]
        connection = duckdb.connect(config={"enable_external_access": "false", "threads": "2"})
        try:
            for name, schema in (("documents", DOCUMENTS), ("facts", FACTS)):
                if name in tables:
                    table = self._tables[name].read()
                    source = schema.empty_table() if table is None else table.to_pyarrow_dataset()
                    connection.register(name, source)
            connection.execute("SET lock_configuration = true")
            return connection.sql(sql, params=given).to_arrow_table()
        finally:
            connection.close()


def _document_row(entry: Entry, batch: str) -> dict[str, Any]:
    record, document = entry.record, entry.document
    return {
        "doc_id": document.doc_id, "doc": document.path, "record_id": record.id, "published": document.published,
        "published_basis": document.published_basis, "recorded_at": record.recorded_at or document.published,
        **{name: getattr(record, name) for name in RECORD_FIELDS},
        "origin": entry.origin, "reader": entry.reader, "batch": batch, "text": document.text,
        "withdrawn": entry.withdrawn,
    }  # fmt: skip
