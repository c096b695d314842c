"""One append-only Delta table: opened once and followed, written atomically, kept in few files.

Each append adds a commit to the table's log and a small file. So that the thousandth costs what the first did, the log has a
checkpoint every CHECKPOINT commits, and every COMPACT commits small files become larger ones. Rows are never removed or changed
by that. Files that no reader can be using any more are deleted after KEPT_HOURS.

The library is loaded when a table is first read: it starts threads, and a process that is to be forked must not have any.
"""

from __future__ import annotations

from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

import pyarrow as pa

from analysis.errors import StoreError
from analysis.files import describe_refusal

if TYPE_CHECKING:
    from deltalake import DeltaTable

CHECKPOINT = 10
COMPACT = 64
# Files up to this size are joined; a larger bound would make one commit in COMPACT slower and hold more in memory.
FILE_BYTES = 32 * 2**20
# Longer than the longest run may take.
KEPT_HOURS = 48
CONFIGURATION = {
    "delta.checkpointInterval": str(CHECKPOINT),
    "delta.logRetentionDuration": f"interval {KEPT_HOURS} hours",
    "delta.deletedFileRetentionDuration": f"interval {KEPT_HOURS} hours",
}


class Table:
    """A Delta table in a folder, which need not exist yet."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._open: DeltaTable | None = None

    def read(self) -> DeltaTable | None:
        """The table as it is now; None while there is none. Raises StoreError where it cannot be read."""
        from deltalake import DeltaTable
        from deltalake.exceptions import TableNotFoundError

        try:
            if self._open is None:
                self._open = DeltaTable(str(self.folder))
            else:
                self._open.update_incremental()
        except TableNotFoundError:
            return None
        except Exception as error:  # the library raises many kinds; all mean that the table cannot be read
            self._open = None
            raise StoreError(f"{self.folder}: cannot be read: {error}") from error
        return self._open

    def version(self) -> int:
        """The number of the last commit; -1 while there is none."""
        table = self.read()
        return -1 if table is None else table.version()

    def files(self) -> list[str]:
        """The Parquet files that hold its rows now; none while there is no table."""
        table = self.read()
        # By name alone: the addresses that the library gives spell blanks and other letters of the folder in their own way.
        return [] if table is None else [str(self.folder.resolve() / Path(uri).name) for uri in table.file_uris()]

    def append(self, rows: pa.Table) -> None:
        """Add rows in one commit, all or nothing. Raises StoreError where they cannot be written."""
        from deltalake import write_deltalake
        from deltalake.exceptions import DeltaError

        try:
            self.folder.mkdir(parents=True, exist_ok=True)
            table, self._open = self.read(), None  # after a failure nobody trusts the handle
            if table is None:
                write_deltalake(str(self.folder), rows, mode="append", configuration=CONFIGURATION)
            else:
                write_deltalake(table, rows, mode="append", schema_mode=None if _fits(table, rows) else "merge")
                self._open = table
        except (OSError, DeltaError) as error:
            raise StoreError(f"{describe_refusal(error, self.folder)}; nothing was added") from error

    def compact(self) -> None:
        """Join small files, and drop what nobody reads any more. What fails here is tried again the next time."""
        from deltalake.exceptions import CommitFailedError, DeltaError

        with suppress(OSError, CommitFailedError, DeltaError):
            if table := self.read():
                table.optimize.compact(target_size=FILE_BYTES, max_concurrent_tasks=1)
                table.vacuum(KEPT_HOURS, dry_run=False, enforce_retention_duration=False)
        self._open = None


def _fits(table: DeltaTable, rows: pa.Table) -> bool:
    """Whether the table has every column of the rows; one that an older version of this program made may not."""
    return set(rows.column_names) <= {field.name for field in table.schema().fields}
