"""The facts store: Delta tables, appended atomically, read through DuckDB.

Two tables below `<root>/.briefing/store`: `facts`, and `documents` (record, text). A batch's facts are appended first and its
documents second; a fact counts only when its batch stands in `documents`, so that one commit makes a batch known or not.
Nothing is ever updated: a document read again by another extractor is a later batch. `version` numbers the commits of
`documents`, and every row keeps the one it came with (`sequence`), so an old version is read from today's files: neither a
version nor a cut-off needs a file that was joined with others and deleted since.

What was known on a day is said in `snapshot`.
"""

import uuid
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pandas as pd
import pyarrow as pa

from analysis import snapshot
from analysis.delta import COMPACT, Table
from analysis.documents import Document
from analysis.facts import MODELS, Fact
from analysis.frames import read_frame
from analysis.records import Record
from analysis.snapshot import RECORD_FIELDS, Snapshot

STORE = Path(".briefing") / "store"
_TEXT = pa.string()
_CUE = pa.struct([("start", pa.int64()), ("end", pa.int64()), ("text", _TEXT)])
WHOLE = {"start", "end", "geonames_id", "where_prec", "date_prec"}
_REAL = {"lat", "lon", "value_low", "value_high"}
_LISTS = {"relayed_by", "corroborated_by", "mediators"}
FACT_FIELDS: tuple[str, ...] = tuple(dict.fromkeys(name for model in MODELS.values() for name in model.model_fields))


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
SCHEMAS = {"documents": DOCUMENTS, "facts": FACTS}


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
        self._tables = {name: Table(self.folder / name) for name in SCHEMAS}
        self._snapshot: tuple[str, Snapshot] | None = None

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
        return read_frame(self._ask(snapshot.DOCUMENTS, version, as_of, since))

    def holdings(self, version: int | None = None, as_of: str | None = None, origin: str | None = None) -> pd.DataFrame:
        """Which documents are held, of one `origin` or all, without their texts: ids, `reader`, `published`, `recorded_at`."""
        return read_frame(self._ask(snapshot.HOLDINGS, version, as_of, origin))

    def names(self, most: int, version: int | None = None, as_of: str | None = None) -> list[dict[str, str]]:
        """`doc` and `doc_id` of the documents held, the first so many in their order."""
        found: list[dict[str, str]] = self._ask(snapshot.NAMES, version, as_of, most).to_pylist()
        return found

    def known(
        self, as_of: str | None = None, version: int | None = None, kinds: Iterable[str] = (), since: str | None = None
    ) -> pd.DataFrame:
        """The facts known at the cut-off `as_of` (ISO day, inclusive), by document and offset, with their record's fields.

        A fact published or recorded later does not exist. One without a day of publication is kept: it says so itself. With
        `since`, what was published before that day is left out.
        """
        return read_frame(self._ask(snapshot.KNOWN, version, as_of, since, list(kinds)))

    def digest(self, version: int | None = None, as_of: str | None = None) -> str:
        """SHA-256 of what is known: equal digests, equal facts, on any machine and after any history of appends."""
        found: str = self._ask(snapshot.DIGEST, version, as_of)["digest"][0].as_py()
        return found

    def count_facts(
        self, as_of: str | None = None, version: int | None = None, since: str | None = None
    ) -> dict[str, int]:
        """How many facts are known of each day of publication (from `since` on), the newest first; those of no day are left out."""
        table = self._ask(snapshot.COUNTS, version, as_of, since)
        return dict(zip(table["day"].to_pylist(), table["facts"].to_pylist(), strict=True))

    def rows(self) -> int:
        """How many facts were ever stored, those that are held no longer among them: never fewer than are known."""
        rows: int = self._ask(snapshot.ROWS, None, None)["rows"][0].as_py()
        return rows

    def newest(self, as_of: str | None = None) -> str | None:
        """The newest day of publication held, or None."""
        day: str | None = self._ask(snapshot.NEWEST, None, as_of)["day"][0].as_py()
        return day

    def oldest(self, as_of: str | None = None, version: int | None = None) -> str | None:
        """The oldest day of publication held, or None."""
        day: str | None = self._ask(snapshot.OLDEST, version, as_of)["day"][0].as_py()
        return day

    def _ask(self, question: str, version: int | None, as_of: str | None, *values: Any) -> pa.Table:
        """The answer of the tables as they are now, on one connection until they change."""
        state, now = self.state(), self.version()
        if self._snapshot is None or self._snapshot[0] != state:
            self._snapshot = (state, Snapshot({n: (table, SCHEMAS[n]) for n, table in self._tables.items()}))
        # Always a number, so that what is added meanwhile is not seen.
        return self._snapshot[1].ask(question, now if version is None else min(version, now), as_of, *values)


def _document_row(entry: Entry, batch: str) -> dict[str, Any]:
    record, document = entry.record, entry.document
    return {
        "doc_id": document.doc_id, "doc": document.path, "record_id": record.id, "published": document.published,
        "published_basis": document.published_basis, "recorded_at": record.recorded_at or document.published,
        **{name: getattr(record, name) for name in RECORD_FIELDS},
        "origin": entry.origin, "reader": entry.reader, "batch": batch, "text": document.text,
        "withdrawn": entry.withdrawn,
    }  # fmt: skip
