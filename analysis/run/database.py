"""SQLite's errors in words: which file, what is wrong with it, what to do."""

import errno
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from analysis.files import REFUSALS
from analysis.run.errors import RunError

BUSY_SECONDS = 30
DAMAGED = "is damaged; move it away and run this again: a new one is made, and only the memory of what ran is lost"
MEANINGS = {
    sqlite3.SQLITE_FULL: REFUSALS[errno.ENOSPC],
    sqlite3.SQLITE_IOERR: REFUSALS[errno.EIO],
    sqlite3.SQLITE_READONLY: "cannot be written; " + REFUSALS[errno.EACCES],
    sqlite3.SQLITE_CANTOPEN: "cannot be opened; look at the rights of its folder, and whether the disk is full",
    sqlite3.SQLITE_BUSY: f"another process has held it for {BUSY_SECONDS} s; run this again when that has ended",
    sqlite3.SQLITE_CORRUPT: DAMAGED,
    sqlite3.SQLITE_NOTADB: DAMAGED,
}
# The low byte of an extended code is the code itself.
CODE = 0xFF


class DatabaseError(RunError):
    """Raised when the ledger, or the list of articles taken in, cannot be read or written."""


@contextmanager
def explained(path: Path) -> Iterator[None]:
    """Whatever SQLite raises in the block about the file at `path`, as DatabaseError."""
    try:
        yield
    except sqlite3.Error as error:
        code = getattr(error, "sqlite_errorcode", None)
        meaning = MEANINGS.get(code & CODE) if code is not None else None
        raise DatabaseError(f"{path}: {meaning or error}") from error
