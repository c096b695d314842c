"""Make one edition: check everything, execute, render, and move the whole into place; or publish nothing."""

import json
import shutil
import time
import traceback
from contextlib import suppress
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

from analysis.errors import BriefingError
from analysis.files import describe_refusal, find_refusal, write_file
from analysis.run import atomic
from analysis.run.database import DatabaseError
from analysis.run.decided import check_unchanged
from analysis.run.edition import Edition, plan_edition, read_settings
from analysis.run.errors import RunCancelledError, RunError
from analysis.run.inputs import gather_inputs
from analysis.run.keys import hash_code, hash_lock
from analysis.run.layout import Layout, check_day, find_notebooks, open_layout
from analysis.run.ledger import Ledger
from analysis.run.making import Here, Making, Work
from analysis.run.manifest import FILE, build_manifest, find_damage, hash_outputs, read_manifest
from analysis.run.notebooks import Listener, Outcome, Plan, read_plan
from analysis.run.reference import fetch_reference
from analysis.run.request import Request
from analysis.run.sandbox import Jobs, Zygote, preloaded
from analysis.run.shelf import open_shelf, shelve_edition, write_index
from analysis.run.signals import cancellable, limited
from analysis.run.staging import clear_abandoned, stage
from analysis.run.upkeep import tidy

# Six notebooks with their pages are about 5 MB; less than this is not worth starting with.
NEEDED_BYTES = 8_000_000


@dataclass
class EditionResult:
    """What came of a request: the edition's folder, whether an unchanged one was re-used, and each notebook's outcome."""

    edition: str
    folder: Path
    run_id: str
    reused: bool = False
    notebooks: list[Outcome] = field(default_factory=list)
    seconds: float = 0.0
    # Where it stands beyond this machine, for a root that has such a place.
    address: str | None = None


def run_edition(
    request: Request, listener: Listener = lambda event: None, zygote: Zygote | None = None,
    making: Making | None = None, queued: str | None = None,
) -> EditionResult:  # fmt: skip
    """Make an edition, or find that the published one is what it would be.

    Where several editions are made together, `zygote` is what they share, `making` who makes their files (by default this
    process), and `queued` the run's id in the ledger. Raises UsageError for unusable arguments (nothing is noted then) and
    RunError, with the exit status it means, for a run that did not succeed; the published edition is untouched in both cases.
    """
    layout = open_layout(request.root)
    if request.as_of:
        check_day(request.as_of)
    plans = [read_plan(path) for path in find_notebooks(layout, list(request.notebooks))]
    read_settings(plans, request)
    open_shelf(layout.root, request.reports)
    atomic.check_writable(layout.hidden, NEEDED_BYTES)
    atomic.check_writable(layout.reports, NEEDED_BYTES)
    ledger = Ledger(layout.hidden)
    ledger.mark_lost()
    clear_abandoned(layout)
    run = Run(layout, request, ledger, listener, queued)
    with preloaded(zygote) as jobs, cancellable(request.deadline):
        return run.make(plans, jobs, making or Here(jobs))


class Run:
    """One run: its id, its place in the ledger, and the folder where its evidence is kept."""

    def __init__(
        self, layout: Layout, request: Request, ledger: Ledger, listener: Listener, queued: str | None = None
    ) -> None:
        self.layout, self.request, self.ledger = layout, request, ledger
        self.run_id = queued or ledger.open_run(request.as_dict())
        self.evidence = layout.hidden / "runs" / self.run_id
        self._tell = listener
        self.outcomes: list[Outcome] = []
        self.reference: list[dict[str, Any]] = []
        self.edition: str | None = None
        self.published = False
        self.started = time.monotonic()
        ledger.update_run(self.run_id, state="running", folder=str(self.evidence))

    def tell(self, event: dict[str, Any]) -> None:
        """Pass an event on, and keep it."""
        head = {"run": self.run_id, "edition": self.edition, "seconds_since_start": self._seconds()}
        event = {**head, **event}
        self.evidence.mkdir(parents=True, exist_ok=True)
        with (self.evidence / "events.jsonl").open("a", encoding="utf-8") as log:
            log.write(json.dumps(event, ensure_ascii=False) + "\n")
        self._tell(event)

    def make(self, plans: list[Plan], jobs: Jobs, making: Making) -> EditionResult:
        """The whole run, its end noted however it comes."""
        try:
            with limited(self.request.deadline, jobs.stop):
                result = self._make(plans, jobs, making)
        except BaseException as error:
            stopped = jobs.zygote.stopping and not isinstance(error, RunCancelledError)
            raise self._close(RunCancelledError("stopped; nothing was published") if stopped else error) from error
        self._end("succeeded", 0, "unchanged; re-used" if result.reused else None)
        if not result.reused:
            tidy(self.layout)
        return result

    def _make(self, plans: list[Plan], jobs: Jobs, making: Making) -> EditionResult:
        self.tell({"event": "stage", "stage": "facts"})
        self.reference = fetch_reference(self.layout, jobs, self.request.as_of)
        inputs = gather_inputs(self.layout, self.request.as_of, jobs)
        edition = plan_edition(self.layout, plans, self.request, inputs)
        self.edition = edition.name
        self.ledger.update_run(self.run_id, edition=edition.name)
        with atomic.lock(edition.lock, f"edition {edition.name}"):
            reused = not self.request.force and is_current(edition)
            if not reused:
                with stage(self.layout, self.run_id) as staged:
                    making(Work(self.layout, self.request, edition, self.evidence), staged, self.tell, self.outcomes)
                    self._finish(edition, staged)
                    atomic.publish_folder(staged, edition.folder)
                    self.published = True
            address = self._shelve(edition)
            if self.request.index:
                write_index(self.layout, jobs, self.request.limits, self.request.reports)
        return EditionResult(edition.name, edition.folder, self.run_id, reused, self.outcomes, self._seconds(), address)

    def _shelve(self, edition: Edition) -> str | None:
        """Send the edition to its address, where there is one; gives where it then is."""
        address = open_shelf(self.layout.root, self.request.reports)
        if address is None:
            return None
        self.tell({"event": "stage", "stage": "address"})
        shelve_edition(address, edition.folder)
        return f"{address.url}/{edition.name}"

    def _finish(self, edition: Edition, staged: Path) -> None:
        """The manifest, last: whatever interrupts before it leaves no edition."""
        check_unchanged(self.layout, edition.inputs.decided)
        entries = build_manifest(
            edition=edition.name, as_of=edition.inputs.as_of, key=edition.key, settings=edition.settings,
            facts={"version": edition.inputs.version, "digest": edition.inputs.digest},
            decisions=edition.inputs.decisions, documents=edition.inputs.documents,
            reference=self.reference,
            code=hash_code(), lock=hash_lock(), engine=self.request.engine, run=self.run_id,
            notebooks=[plan.describe() for plan in edition.plans], outputs=hash_outputs(staged),
            timings={outcome.name: outcome.seconds for outcome in self.outcomes} | {"total": self._seconds()},
        )  # fmt: skip
        write_file(staged / FILE, (json.dumps(entries, indent=1, sort_keys=True) + "\n").encode())

    def _seconds(self) -> float:
        return round(time.monotonic() - self.started, 3)

    def _close(self, error: BaseException) -> BaseException:
        """Note the end of a run that did not succeed, keep its traceback, and give the error that people see."""
        shown = _explain(error, self.layout.root, self.published)
        state, status = getattr(shown, "state", "failed"), getattr(shown, "exit_status", 1)
        try:
            trace = getattr(error, "trace", None if isinstance(error, BriefingError) else traceback.format_exc())
            if trace:
                write_file(self.evidence / "traceback.txt", trace.encode())
            self._end(state, status, str(shown))
        except (OSError, DatabaseError):
            shown.add_note("the ledger could not be written either; the next run will call this one crashed")
        return shown

    def _end(self, state: str, status: int, reason: str | None) -> None:
        """The last event, and the ledger's word; a disk too full for the one is not the end of the other."""
        with suppress(OSError):
            self.tell({"event": "run", "status": state, "exit_status": status, "reason": reason})
        detail = {"notebooks": {o.name: asdict(o) for o in self.outcomes}, "seconds": self._seconds()}
        self.ledger.close_run(self.run_id, state, status, reason, detail)
        if state == "succeeded":
            shutil.rmtree(self.evidence, ignore_errors=True)


def is_current(edition: Edition) -> bool:
    """Whether the published edition has the same key and is undamaged."""
    published = read_manifest(edition.folder)
    return bool(published and published.get("key") == edition.key and not find_damage(edition.folder, published))


def _explain(error: BaseException, root: Path, published: bool) -> BaseException:
    """The error that people see. What fails behind the publication does not take it back, and says so."""
    if isinstance(error, BriefingError):
        return error
    if isinstance(error, OSError) or find_refusal(error):
        outcome = "the edition is published, what comes after it is not done" if published else "nothing was published"
        return RunError(f"{describe_refusal(error, root)}; {outcome}")
    return RunError(f"unexpected {type(error).__name__}: {error}; `briefing show` tells more of the run")
