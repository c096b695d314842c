"""Which articles were taken in or set aside: one small SQLite table, so that asking costs the same in a large store."""

import sqlite3
from collections.abc import Iterable
from pathlib import Path

from analysis.run.database import BUSY_SECONDS, explained

FILE = "ingested.sqlite"
_SCHEMA = """
CREATE TABLE IF NOT EXISTS articles (
    key TEXT PRIMARY KEY, source TEXT NOT NULL, state TEXT NOT NULL, reason TEXT) WITHOUT ROWID;
"""


class Index:
    """The table. It is written after the store: what it does not know may be taken in again, which changes nothing.

    Every method raises DatabaseError.
    """

    def __init__(self, hidden: Path) -> None:
        hidden.mkdir(parents=True, exist_ok=True)
        self.path = hidden / FILE
        with explained(self.path):
            self.connection = sqlite3.connect(self.path, timeout=BUSY_SECONDS)
            self.connection.executescript(_SCHEMA)

    def knows(self, key: str) -> bool:
        """Whether an article was taken in or set aside before."""
        with explained(self.path):
            return self.connection.execute("SELECT 1 FROM articles WHERE key = ?", (key,)).fetchone() is not None

    def add(self, keys: Iterable[tuple[str, str]]) -> None:
        """Note articles (key, source) as taken in."""
        rows = [(key, source, "done", None) for key, source in keys]
        with explained(self.path), self.connection:
            self.connection.executemany("INSERT OR REPLACE INTO articles VALUES (?, ?, ?, ?)", rows)

    def set_aside(self, key: str, source: str, reason: str) -> None:
        """Note an article as not taken in."""
        with explained(self.path), self.connection:
            self.connection.execute(
                "INSERT OR REPLACE INTO articles VALUES (?, ?, 'quarantined', ?)", (key, source, reason)
            )

    def quarantined(self) -> list[tuple[str, str]]:
        """Source and reason of what was set aside."""
        sql = "SELECT source, reason FROM articles WHERE state = 'quarantined' ORDER BY source"
        with explained(self.path):
            return list(self.connection.execute(sql))

    def close(self) -> None:
        """Close the file."""
        self.connection.close()
