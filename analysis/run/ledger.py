"""What ran, what came of it, and what was due: one SQLite file a root.

A run is `queued`, `running`, and then `succeeded`, `failed`, `timed_out`, `crashed`, `cancelled` or `skipped`. A period of a
schedule that has not begun in time is `late` until it is run or skipped. A run whose process is gone without a word is found
and called crashed by whoever looks next.
"""

import json
import os
import secrets
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from analysis.run.database import BUSY_SECONDS, explained

FILE = "ledger.sqlite"
OPEN_STATES = ("queued", "running")
_SCHEMA = """
CREATE TABLE IF NOT EXISTS runs (
    run_id TEXT PRIMARY KEY, edition TEXT, state TEXT NOT NULL, started TEXT NOT NULL, ended TEXT, exit_status INTEGER,
    reason TEXT, owner TEXT NOT NULL, folder TEXT, request TEXT NOT NULL, detail TEXT);
CREATE INDEX IF NOT EXISTS runs_by_start ON runs (started);
CREATE TABLE IF NOT EXISTS ticks (
    schedule TEXT NOT NULL, logical TEXT NOT NULL, state TEXT NOT NULL, run_id TEXT, owner TEXT, noted TEXT,
    attempts INTEGER NOT NULL DEFAULT 1, PRIMARY KEY (schedule, logical));
CREATE TABLE IF NOT EXISTS notices (schedule TEXT PRIMARY KEY, state TEXT NOT NULL, noted TEXT NOT NULL);
CREATE TABLE IF NOT EXISTS deliveries (
    schedule TEXT NOT NULL, logical TEXT NOT NULL, target TEXT NOT NULL, summary TEXT NOT NULL, folder TEXT NOT NULL,
    state TEXT NOT NULL DEFAULT 'open', reason TEXT, attempts INTEGER NOT NULL DEFAULT 0, noted TEXT,
    PRIMARY KEY (schedule, logical, target));
"""


class Ledger:
    """The ledger of one root. Every change is one transaction."""

    def __init__(self, hidden: Path) -> None:
        hidden.mkdir(parents=True, exist_ok=True)
        self.path = hidden / FILE
        with self.connect() as connection:
            connection.executescript(_SCHEMA)

    @contextmanager
    def connect(self) -> Iterator[sqlite3.Connection]:
        """A connection whose changes are kept when the block ends well. Raises DatabaseError."""
        with explained(self.path):
            connection = sqlite3.connect(self.path, timeout=BUSY_SECONDS)
            connection.row_factory = sqlite3.Row
            try:
                with connection:
                    yield connection
            finally:
                connection.close()

    def open_run(self, request: dict[str, Any], state: str = "running") -> str:
        """Note that a run begins, or is `queued`; gives its id."""
        run_id = f"{datetime.now(UTC):%Y%m%dT%H%M%S}-{secrets.token_hex(3)}"
        values = (run_id, state, now_utc(), name_owner(), json.dumps(request))
        with self.connect() as connection:
            connection.execute(
                "INSERT INTO runs (run_id, state, started, owner, request) VALUES (?, ?, ?, ?, ?)", values
            )
        return run_id

    def update_run(self, run_id: str, **values: Any) -> None:
        """Change fields of a run; `detail` is any plain value."""
        if "detail" in values:
            values["detail"] = json.dumps(values["detail"])
        assignments = ", ".join(f"{name} = ?" for name in values)
        with self.connect() as connection:
            connection.execute(f"UPDATE runs SET {assignments} WHERE run_id = ?", (*values.values(), run_id))  # noqa: S608

    def close_run(self, run_id: str, state: str, exit_status: int, reason: str | None, detail: Any) -> None:
        """Note how a run ended."""
        self.update_run(run_id, state=state, exit_status=exit_status, reason=reason, detail=detail, ended=now_utc())

    def close_queued(self, run_id: str, state: str, exit_status: int, reason: str) -> None:
        """Note the end of a run that has not begun; one that has is left as it is."""
        sql = "UPDATE runs SET state = ?, exit_status = ?, reason = ?, ended = ? WHERE run_id = ? AND state = 'queued'"
        with self.connect() as connection:
            connection.execute(sql, (state, exit_status, reason, now_utc(), run_id))

    def runs(self, limit: int = 50) -> list[dict[str, Any]]:
        """The last runs, newest first, lost ones marked."""
        self.mark_lost()
        with self.connect() as connection:
            rows = connection.execute(
                "SELECT * FROM runs ORDER BY started DESC, rowid DESC LIMIT ?", (limit,)
            ).fetchall()
        return [_plain(row) for row in rows]

    def find_run(self, beginning: str) -> dict[str, Any] | None:
        """The run with this id, or the newest whose id begins so."""
        sql = "SELECT * FROM runs WHERE substr(run_id, 1, length(?1)) = ?1 ORDER BY started DESC LIMIT 1"
        with self.connect() as connection:
            row = connection.execute(sql, (beginning,)).fetchone()
        return _plain(row) if row else None

    def mark_lost(self) -> list[str]:
        """Call runs crashed whose process is gone; gives their ids."""
        with self.connect() as connection:
            rows = connection.execute("SELECT run_id, owner FROM runs WHERE state IN (?, ?)", OPEN_STATES).fetchall()
            lost = [row["run_id"] for row in rows if not is_alive(row["owner"])]
            connection.executemany(
                "UPDATE runs SET state = 'crashed', exit_status = 137, ended = ?, "
                "reason = 'the runner was killed or the machine stopped' WHERE run_id = ?",
                [(now_utc(), run_id) for run_id in lost],
            )
        return lost

    def last_seconds(self) -> dict[str, float]:
        """How long each notebook took in the last good run that executed it."""
        sql = "SELECT detail FROM runs WHERE state = 'succeeded' AND detail IS NOT NULL ORDER BY started DESC LIMIT 20"
        with self.connect() as connection:
            details = [json.loads(row["detail"]) for row in connection.execute(sql)]
        found: dict[str, float] = {}
        for detail in details:
            for name, entry in detail.get("notebooks", {}).items():
                if entry.get("executed"):
                    found.setdefault(name, entry["seconds"])
        return found


def _plain(row: sqlite3.Row) -> dict[str, Any]:
    return {
        **dict(row),
        "request": json.loads(row["request"]),
        "detail": json.loads(row["detail"]) if row["detail"] else {},
    }


def now_utc() -> str:
    """This moment in UTC, ISO to the millisecond."""
    return datetime.now(UTC).isoformat(timespec="milliseconds")


def name_owner(pid: int | None = None) -> str:
    """This process, told apart from any other that ever has its number: boot, pid, start."""
    number = pid or os.getpid()
    return f"{_read('/proc/sys/kernel/random/boot_id').strip()}:{number}:{_start_of(number)}"


def is_alive(owner: str) -> bool:
    """Whether the process that `name_owner` named still runs."""
    number = int(owner.split(":")[1])
    return name_owner(number) == owner and _start_of(number) != ""


def _start_of(pid: int) -> str:
    fields = _read(f"/proc/{pid}/stat").rpartition(")")[2].split()
    return fields[19] if len(fields) > 19 and fields[0] not in "ZX" else ""


def _read(path: str) -> str:
    try:
        return Path(path).read_text()
    except OSError:
        return ""
