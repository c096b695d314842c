"""Run what is due, once each; make good what was missed as the schedule says; tell how things stand."""

import itertools
import json
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from analysis.errors import BriefingError, UsageError
from analysis.run.deliver import attempt, deliver_edition, send_notice
from analysis.run.errors import RunCancelledError
from analysis.run.ledger import Ledger
from analysis.run.limits import Limits
from analysis.run.request import Request
from analysis.run.runner import EditionResult, run_edition
from analysis.run.schedules import MAXIMUM_PERIODS, Schedule, load_schedules
from analysis.run.ticks import Tick, Ticks

DELIVERY_ATTEMPTS = 5
RETRIED = ("failed", "timed_out", "crashed", "cancelled", "locked")
# How far back a schedule that has never run looks for its last period.
FIRST_LOOK = timedelta(days=370)
# The foreground loop looks at the file again at least this often.
LOOP_SECONDS = 60.0

Runner = Callable[[Request], EditionResult]


@dataclass(frozen=True)
class Done:
    """What came of one period."""

    schedule: str
    period: datetime
    state: str
    exit_status: int
    text: str


def utc_now() -> datetime:
    """The clock; the only place where scheduling asks for it, so that tests can give another."""
    return datetime.now(UTC)


class Scheduler:
    """The schedules of one root with their ledger."""

    def __init__(self, root: Path, runner: Runner = run_edition, clock: Callable[[], datetime] = utc_now) -> None:
        self.root, self.runner, self.clock = root, runner, clock
        self.schedules = load_schedules(root)
        self.ticks = Ticks(Ledger(root / ".briefing"))

    def run_due(self, report: Callable[[Done], None] = lambda done: None) -> list[Done]:
        """Run every period that is due and not claimed, then hand over what is still to be handed over; report each.

        Raises RunCancelledError when it is asked to stop; what is not done is then still due.
        """
        finished = []
        for schedule in self.schedules:
            for done in itertools.chain(self._run_claimed(schedule), self._deliver(schedule)):
                report(done)
                finished.append(done)
        return finished

    def _run_claimed(self, schedule: Schedule) -> Iterator[Done]:
        for period in self._claim_due(schedule):
            yield self._run(schedule, period)

    def _claim_due(self, schedule: Schedule) -> Iterator[datetime]:
        """Periods that this process now has to run, each claimed just before it is given."""
        noted = self.ticks.of(schedule.name)
        for tick in noted:
            if self._may_retry(schedule, tick) and self.ticks.reclaim(tick):
                yield tick.period
        wanted, missed = self._split_pending(schedule, noted)
        for period in missed:
            self.ticks.skip(schedule.name, period)
        for period in wanted:
            if self.ticks.claim(schedule.name, period):
                yield period

    def _may_retry(self, schedule: Schedule, tick: Tick) -> bool:
        failed = tick.state in RETRIED or tick.abandoned
        return failed and tick.attempts <= schedule.retries

    def find_pending(self, schedule: Schedule, noted: list[Tick]) -> list[datetime]:
        """Periods that have come and that the ledger does not know; of a schedule that is new, only the last one."""
        now = self.clock()
        if noted:
            after = schedule.moment_of(noted[-1].period)
            return schedule.last_periods(after, now, MAXIMUM_PERIODS)
        return schedule.last_periods(now - FIRST_LOOK, now, 1)

    def _split_pending(self, schedule: Schedule, noted: list[Tick]) -> tuple[list[datetime], list[datetime]]:
        """What is to be run and what is to be called missed, by the schedule's rule for catching up."""
        pending = self.find_pending(schedule, noted)
        if schedule.catch_up == "all" or not pending:
            return pending, []
        late = self.clock() - schedule.moment_of(pending[-1]) > timedelta(seconds=schedule.late_after)
        if schedule.catch_up == "none" and late:
            return [], pending
        return pending[-1:], pending[:-1]

    def backfill(
        self,
        schedule: Schedule,
        start: datetime,
        end: datetime,
        lanes: int = 1,
        stop: Callable[[], None] = lambda: None,
    ) -> Iterator[Done]:
        """Run every period of a span that has not succeeded yet, `lanes` at a time; `start` and `end` are moments.

        `stop` ends what is under way where the caller is asked to stop.
        """
        before = {tick.period: tick for tick in self.ticks.of(schedule.name)}
        spanned = schedule.periods_between(start, min(end, self.clock()))
        claimed = (period for period in spanned if self._claim_past(schedule, period, before.get(period)))
        if lanes <= 1:
            yield from (self._run(schedule, period) for period in claimed)
            return
        with ThreadPoolExecutor(lanes) as pool:
            try:
                yield from pool.map(lambda period: self._run(schedule, period), claimed)
            except BaseException:
                pool.shutdown(wait=False, cancel_futures=True)
                stop()  # before the pool is waited for
                raise

    def _claim_past(self, schedule: Schedule, period: datetime, tick: Tick | None) -> bool:
        if tick is None:
            return self.ticks.claim(schedule.name, period)
        return (tick.state not in ("succeeded", "running") or tick.abandoned) and self.ticks.reclaim(tick)

    def _run(self, schedule: Schedule, period: datetime) -> Done:
        try:
            result = self.runner(self.make_request(schedule, period))
        except RunCancelledError:  # whoever stops this stops all of it, and it is no failure of the schedule's
            self.ticks.close(schedule.name, period, RunCancelledError.state, None)
            raise
        except BriefingError as error:
            state = "locked" if error.exit_status == 75 else getattr(error, "state", "failed")
            self.ticks.close(schedule.name, period, state, None)
            if state != "locked":
                self._tell_failure(schedule, period, state, str(error))
            return Done(schedule.name, period, state, error.exit_status, str(error))
        self.ticks.close(schedule.name, period, "succeeded", result.run_id)
        self.ticks.close_notice(schedule.name)
        self._plan_delivery(schedule, period, result)
        return Done(schedule.name, period, "succeeded", 0, str(result.folder))

    def make_request(self, schedule: Schedule, period: datetime) -> Request:
        """The edition that a period asks for."""
        parameters = schedule.parameters_for(period)
        limits = Limits(network=schedule.network, run_seconds=schedule.deadline)
        return Request(
            root=self.root, notebooks=schedule.notebooks, as_of=parameters.pop("as_of"), settings=parameters,
            deadline=schedule.deadline, limits=limits,
        )  # fmt: skip

    def _plan_delivery(self, schedule: Schedule, period: datetime, result: EditionResult) -> None:
        summary = {
            "schedule": schedule.name, "period": f"{period:%Y-%m-%dT%H:%M} {schedule.timezone}",
            "edition": result.edition, "run": result.run_id, "state": "succeeded",
            "files": sorted(path.name for path in result.folder.glob("*.pdf")),
        }  # fmt: skip
        targets = [target.name for target in schedule.deliver]
        self.ticks.plan_delivery(schedule.name, period, targets, json.dumps(summary), str(result.folder))

    def _deliver(self, schedule: Schedule) -> Iterator[Done]:
        """Hand over what is open, and give what could not be: it is tried again when this is next called."""
        targets = {target.name: target for target in schedule.deliver}
        for delivery in self.ticks.open_deliveries(schedule.name, DELIVERY_ATTEMPTS):
            target = targets.get(delivery["target"])
            if target is None:
                continue
            summary, folder = json.loads(delivery["summary"]), Path(delivery["folder"])
            error = attempt(deliver_edition, target, folder, summary)
            self.ticks.note_delivery(delivery, error)
            if error:
                yield Done(schedule.name, datetime.fromisoformat(delivery["logical"]), "undelivered", 1, error)

    def _tell_failure(self, schedule: Schedule, period: datetime, state: str, reason: str) -> None:
        """One notice for a failure, however often it is repeated, until the schedule succeeds again."""
        if not schedule.on_failure or not self.ticks.open_notice(schedule.name, state):
            return
        summary = {"schedule": schedule.name, "period": period.isoformat(), "state": state, "reason": reason}
        sent = [attempt(send_notice, target, summary) is None for target in schedule.on_failure]
        if not any(sent):
            self.ticks.close_notice(schedule.name)  # nobody heard it; say it again next time

    def describe(self) -> list[dict[str, Any]]:
        """For each schedule: its last good period, the next one, whether it is overdue and whether it fails."""
        self.note_late()
        return [self._describe(schedule) for schedule in self.schedules]

    def note_late(self) -> None:
        """Put into the ledger what has not begun in time, so that it is listed with the runs."""
        for schedule in self.schedules:
            self.ticks.mark_late(schedule.name, self.find_late(schedule, self.ticks.of(schedule.name)))

    def find_late(self, schedule: Schedule, noted: list[Tick]) -> list[datetime]:
        """The pending periods that are later than the schedule allows."""
        now, grace = self.clock(), timedelta(seconds=schedule.late_after)
        return [p for p in self.find_pending(schedule, noted) if now - schedule.moment_of(p) > grace]

    def _describe(self, schedule: Schedule) -> dict[str, Any]:
        noted, now = self.ticks.of(schedule.name), self.clock()
        good = [tick.period for tick in noted if tick.state == "succeeded"]
        late = self.find_late(schedule, noted)
        tried = [tick for tick in noted if tick.state != "skipped"]
        failing = bool(tried) and (tried[-1].state not in ("succeeded", "running") or tried[-1].abandoned)
        undelivered = len(self.ticks.open_deliveries(schedule.name, 10**6))
        state = "late" if late else tried[-1].state if tried else "never run"
        return {
            "schedule": schedule.name, "state": state, "timezone": schedule.timezone,
            "last_good": max(good).isoformat() if good else None,
            "next_due": schedule.next_period(now).isoformat(), "overdue": [period.isoformat() for period in late],
            "undelivered": undelivered, "ok": not late and not failing and not undelivered,
        }  # fmt: skip

    def seconds_to_next(self) -> float:
        """How long until a period begins, at most LOOP_SECONDS."""
        now = self.clock()
        waits = [(schedule.moment_of(schedule.next_period(now)) - now).total_seconds() for schedule in self.schedules]
        return max(0.0, min([LOOP_SECONDS, *waits]))


def run_forever(
    root: Path, report: Callable[[Done], None], complain: Callable[[UsageError], None],
    sleep: Callable[[float], None] = time.sleep,
) -> None:  # fmt: skip
    """Run what is due, wait, and look again; the file is read anew each time, and a faulty one is only complained of.

    Raises RunCancelledError when it is asked to stop.
    """
    while True:
        wait = LOOP_SECONDS
        try:
            scheduler = Scheduler(root)
            scheduler.run_due(report)
            wait = scheduler.seconds_to_next()
        except UsageError as error:  # somebody is editing it; it may be well in a minute
            complain(error)
        sleep(wait)
