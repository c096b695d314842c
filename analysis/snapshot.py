"""The tables of a store as they stood at one moment, asked through DuckDB: which documents are held, and what they claim.

What was known on a day: an article ingested in two versions, the one held that day; a document whose record was changed, as it is
described now; one whose record was removed, until the day of its removal. A fact counts only where its document is held.

A connection reads the Parquet files of its tables and can reach no other file. Which documents are held at a version and cut-off is
found once and kept, without their texts, for all questions about it.
"""

from collections.abc import Mapping
from typing import Any

import duckdb
import pyarrow as pa

from analysis.delta import Table

RECORD_FIELDS = ("publisher", "title", "author", "url", "language", "licence", "reliability", "syndicated_from")
# What is kept of a document that is held; the text is looked up where it stands.
_KEPT = (
    "doc_id", "doc", "record_id", "published", "published_basis", "recorded_at", *RECORD_FIELDS, "origin", "reader", "batch",
)  # fmt: skip
_ROW = ("filename", "file_row_number")
# $1 is the version, $2 the cut-off, which may be NULL: any day.
_CUT = "(published IS NULL OR published <= $2) AND (recorded_at IS NULL OR recorded_at <= $2)"
# A removal counts from the day it was recorded on, whenever the document was published.
_VISIBLE = f"""
    SELECT *, max(CASE WHEN withdrawn THEN -1 ELSE sequence END) OVER (PARTITION BY origin, record_id) AS described
    FROM documents WHERE sequence <= $1
    QUALIFY ($2 IS NULL OR (withdrawn AND (recorded_at IS NULL OR recorded_at <= $2)) OR (NOT withdrawn AND {_CUT}))
        AND (withdrawn OR origin <> 'seeds' OR sequence = described)
"""  # noqa: S608
_HELD = f"""
    SELECT {", ".join((*_KEPT, *_ROW))} FROM (
        SELECT *, row_number() OVER (PARTITION BY origin, record_id ORDER BY sequence DESC, batch) AS place FROM ({_VISIBLE})
    ) WHERE place = 1 AND NOT withdrawn
"""  # noqa: S608
# Below, $1 is the first day of publication wanted, NULL: all; {held} is the table of the documents that are held.
_SINCE = "($1 IS NULL OR {0}.published IS NULL OR {0}.published >= $1)"
_OF_HELD = "facts.batch = held.batch AND facts.doc_id = held.doc_id AND facts.doc = held.doc"
DOCUMENTS = f"""
    SELECT {", ".join(f"held.{name}" for name in _KEPT)}, documents.text
    FROM {{held}} AS held JOIN documents USING ({", ".join(_ROW)})
    WHERE {_SINCE.format("held")} AND {_SINCE.format("documents")}
    ORDER BY held.published NULLS FIRST, held.doc, held.doc_id
"""  # noqa: S608
KNOWN = f"""
    SELECT facts.* EXCLUDE (batch, {", ".join(_ROW)}), held.record_id, held.recorded_at,
        {", ".join(f"held.{name}" for name in RECORD_FIELDS)}
    FROM facts JOIN {{held}} AS held ON {_OF_HELD}
    WHERE (len($2) = 0 OR list_contains($2, kind)) AND {_SINCE.format("held")} AND {_SINCE.format("facts")}
    ORDER BY facts.published NULLS FIRST, facts.doc, facts.start, facts."end", facts.fact_id
"""  # noqa: S608
HOLDINGS = """
    SELECT doc_id, doc, record_id, origin, reader, published, recorded_at FROM {held} WHERE $1 IS NULL OR origin = $1
    ORDER BY published NULLS FIRST, doc, doc_id
"""
NAMES = "SELECT doc, doc_id FROM {held} ORDER BY doc, doc_id LIMIT $1"
COUNTS = f"""
    SELECT facts.published AS day, count(*) AS facts FROM facts JOIN {{held}} AS held ON {_OF_HELD}
    WHERE facts.published IS NOT NULL AND {_SINCE.format("facts")} GROUP BY day ORDER BY day DESC
"""  # noqa: S608
ROWS = "SELECT count(*) AS rows FROM facts"
OLDEST = "SELECT min(published) AS day FROM {held}"
NEWEST = "SELECT max(published) AS day FROM {held}"
# Missing and empty are told apart, and so is where one field ends and the next begins.
_LINE = " || chr(31) || ".join(
    f"coalesce({name}, chr(0))"
    for name in ("doc_id", "doc", "reader", "record_id", "recorded_at", "publisher", "title")
)
DIGEST = f"""
    SELECT sha256(coalesce(string_agg(line, chr(30) ORDER BY line), '')) AS digest FROM (SELECT {_LINE} AS line FROM {{held}})
"""  # noqa: S608


class Snapshot:
    """Some tables (by name, with the schema of one that is not there yet), open for questions."""

    def __init__(self, tables: Mapping[str, tuple[Table, pa.Schema]]) -> None:
        self._held: dict[tuple[int, str | None], str] = {}
        self._connection = duckdb.connect(config={"threads": "2"})
        folders = ", ".join(_quote(str(table.folder.resolve())) for table, _ in tables.values())
        self._connection.execute(f"SET allowed_directories = [{folders}]")
        self._connection.execute("SET enable_external_access = false")
        for name, (table, schema) in tables.items():
            self._open(name, table.files(), schema)
        self._connection.execute("SET lock_configuration = true")

    def ask(self, question: str, version: int, as_of: str | None, *values: Any) -> pa.Table:
        """The answer to one of this module's questions about the documents held at a version and cut-off (None: any day)."""
        held = self._hold(version, as_of)
        return self._connection.sql(question.format(held=held), params=list(values)).to_arrow_table()

    def _hold(self, version: int, as_of: str | None) -> str:
        """The name of the table of the documents held, made when it is first asked for."""
        if (version, as_of) not in self._held:
            name = f"held_{len(self._held)}"
            self._connection.execute(f"CREATE TEMP TABLE {name} AS {_HELD}", [version, as_of])
            self._held[version, as_of] = name
        return self._held[version, as_of]

    def _open(self, name: str, files: list[str], schema: pa.Schema) -> None:
        """A view of the rows of some Parquet files, each with the file and number by which it is found again."""
        if files:
            listed = ", ".join(map(_quote, files))
            rows = f"read_parquet([{listed}], union_by_name = true, filename = true, file_row_number = true)"
        else:
            empty = schema.append(pa.field(_ROW[0], pa.string())).append(pa.field(_ROW[1], pa.int64())).empty_table()
            self._connection.register(f"no_{name}", empty)
            rows = f"no_{name}"
        self._connection.execute(f"CREATE VIEW {name} AS SELECT * FROM {rows}")  # noqa: S608


def _quote(text: str) -> str:
    """Text as a literal of SQL."""
    doubled = text.replace("'", "''")
    return f"'{doubled}'"
