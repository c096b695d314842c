"""Which periods of which schedule were claimed by whom, and what came of them. The claim is one insert: two cannot have it."""

import sqlite3
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from analysis.run.ledger import Ledger, is_alive, name_owner, now_utc

_FORMAT = "%Y-%m-%dT%H:%M"
LATE = "late"


@dataclass(frozen=True)
class Tick:
    """One period of one schedule, as the ledger has it."""

    schedule: str
    period: datetime
    state: str
    attempts: int
    owner: str
    run_id: str | None

    @property
    def abandoned(self) -> bool:
        """Claimed by a process that is gone."""
        return self.state == "running" and not is_alive(self.owner)


class Ticks:
    """The periods in a ledger."""

    def __init__(self, ledger: Ledger) -> None:
        self.ledger = ledger

    def of(self, schedule: str) -> list[Tick]:
        """All periods of a schedule that were claimed or skipped, oldest first; what is late still waits for that."""
        sql = "SELECT * FROM ticks WHERE schedule = ? AND state != ? ORDER BY logical"
        with self.ledger.connect() as connection:
            return [_read(row) for row in connection.execute(sql, (schedule, LATE))]

    def claim(self, schedule: str, period: datetime) -> bool:
        """Take a period that nobody has taken; False when somebody has."""
        return self._insert(schedule, period, "running")

    def skip(self, schedule: str, period: datetime) -> bool:
        """Note that a period was missed and will not be made good."""
        return self._insert(schedule, period, "skipped")

    def list_unrun(self) -> list[dict[str, Any]]:
        """Periods without a run, `late` or `skipped`, in the form of `Ledger.runs`: of each schedule the last one, for all."""
        sql = (
            "SELECT schedule, state, max(logical) AS logical, max(noted) AS noted, count(*) AS number FROM ticks "
            "WHERE state IN (?, 'skipped') GROUP BY schedule, state"
        )
        with self.ledger.connect() as connection:
            return [_as_run(row) for row in connection.execute(sql, (LATE,))]

    def mark_late(self, schedule: str, periods: list[datetime]) -> None:
        """Note that periods have not begun in time; whoever comes may still take or skip them."""
        sql = "INSERT OR IGNORE INTO ticks (schedule, logical, state, owner, noted) VALUES (?, ?, ?, '', ?)"
        rows = [(schedule, period.strftime(_FORMAT), LATE, now_utc()) for period in periods]
        with self.ledger.connect() as connection:
            connection.executemany(sql, rows)

    def _insert(self, schedule: str, period: datetime, state: str) -> bool:
        """One row for one period: of two who insert, one does; a late period is taken as if it had not been noted."""
        sql = (
            "INSERT INTO ticks (schedule, logical, state, owner, noted) VALUES (?, ?, ?, ?, ?) "
            "ON CONFLICT (schedule, logical) DO UPDATE SET state = excluded.state, owner = excluded.owner, "
            "noted = excluded.noted WHERE ticks.state = ?"
        )
        values = (schedule, period.strftime(_FORMAT), state, name_owner(), now_utc(), LATE)
        with self.ledger.connect() as connection:
            return connection.execute(sql, values).rowcount == 1

    def reclaim(self, tick: Tick) -> bool:
        """Take a period again that failed or was abandoned; False when another was quicker."""
        sql = (
            "UPDATE ticks SET state = 'running', owner = ?, noted = ?, attempts = attempts + 1 "
            "WHERE schedule = ? AND logical = ? AND state = ? AND attempts = ?"
        )
        key = (tick.schedule, tick.period.strftime(_FORMAT), tick.state, tick.attempts)
        with self.ledger.connect() as connection:
            return connection.execute(sql, (name_owner(), now_utc(), *key)).rowcount == 1

    def close(self, schedule: str, period: datetime, state: str, run_id: str | None) -> None:
        """Note what came of a period."""
        sql = "UPDATE ticks SET state = ?, run_id = ?, noted = ? WHERE schedule = ? AND logical = ?"
        with self.ledger.connect() as connection:
            connection.execute(sql, (state, run_id, now_utc(), schedule, period.strftime(_FORMAT)))

    def open_notice(self, schedule: str, state: str) -> bool:
        """Whether a failure is news: True once, until `close_notice`."""
        sql = "INSERT OR IGNORE INTO notices (schedule, state, noted) VALUES (?, ?, ?)"
        with self.ledger.connect() as connection:
            return connection.execute(sql, (schedule, state, now_utc())).rowcount == 1

    def close_notice(self, schedule: str) -> None:
        """The schedule is well again; its next failure is news."""
        with self.ledger.connect() as connection:
            connection.execute("DELETE FROM notices WHERE schedule = ?", (schedule,))

    def plan_delivery(self, schedule: str, period: datetime, targets: list[str], summary: str, folder: str) -> None:
        """Note what is to be handed to whom."""
        sql = (
            "INSERT OR IGNORE INTO deliveries (schedule, logical, target, summary, folder, noted) "
            "VALUES (?, ?, ?, ?, ?, ?)"
        )
        rows = [(schedule, period.strftime(_FORMAT), target, summary, folder, now_utc()) for target in targets]
        with self.ledger.connect() as connection:
            connection.executemany(sql, rows)

    def open_deliveries(self, schedule: str, attempts: int) -> list[dict[str, Any]]:
        """What was not handed over yet and has been tried fewer times than this."""
        sql = "SELECT * FROM deliveries WHERE schedule = ? AND state != 'done' AND attempts < ? ORDER BY logical"
        with self.ledger.connect() as connection:
            return [dict(row) for row in connection.execute(sql, (schedule, attempts))]

    def note_delivery(self, delivery: dict[str, Any], error: str | None) -> None:
        """Note one attempt."""
        sql = (
            "UPDATE deliveries SET state = ?, reason = ?, attempts = attempts + 1, noted = ? "
            "WHERE schedule = ? AND logical = ? AND target = ?"
        )
        key = (delivery["schedule"], delivery["logical"], delivery["target"])
        with self.ledger.connect() as connection:
            connection.execute(sql, ("failed" if error else "done", error, now_utc(), *key))


def _read(row: sqlite3.Row) -> Tick:
    period = datetime.strptime(row["logical"], _FORMAT)
    return Tick(row["schedule"], period, row["state"], row["attempts"], row["owner"], row["run_id"])


def _as_run(row: sqlite3.Row) -> dict[str, Any]:
    reason = "has not begun yet" if row["state"] == LATE else "missed, and not made good"
    reason += f" (and {row['number'] - 1} earlier)" if row["number"] > 1 else ""
    return {
        "run_id": f"{row['schedule']}@{row['logical']}", "state": row["state"], "edition": None, "started": row["noted"],
        "ended": None, "exit_status": None, "reason": reason, "request": {}, "detail": {},
    }  # fmt: skip
