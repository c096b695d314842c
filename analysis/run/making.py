"""Make the files of one edition in a folder: execute the notebooks, write the data files, render the pages.

`Here` does it below this process. Whoever else can do it (see `workers`) is called in the same way.
"""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from analysis.run.datafiles import make_data_files
from analysis.run.decided import check_unchanged
from analysis.run.edition import Edition
from analysis.run.errors import RunError
from analysis.run.layout import Layout
from analysis.run.listing import call_rendering
from analysis.run.notebooks import Executor, Listener, Outcome
from analysis.run.request import Request
from analysis.run.sandbox import Jobs


@dataclass(frozen=True)
class Work:
    """What it takes to make an edition's files: values alone, so that another process can be asked for it."""

    layout: Layout
    request: Request
    edition: Edition
    evidence: Path


class Making(Protocol):
    """Makes the files of an edition in `staged`; adds what came of each notebook to `outcomes`, also when it raises."""

    def __call__(self, work: Work, staged: Path, tell: Listener, outcomes: list[Outcome]) -> None:
        """Raises RunError where the edition cannot be made."""


class NotebooksFailedError(RunError):
    """Raised when notebooks did not succeed; the state and exit status are those of the gravest."""

    def __init__(self, failed: list[Outcome]) -> None:
        gravest = max(failed, key=lambda outcome: outcome.exit_status)
        self.state, self.exit_status = gravest.state, gravest.exit_status
        super().__init__("; ".join(outcome.reason or "" for outcome in failed))


class Here:
    """Makes the files in guarded forks of this process's jobs, as many notebooks at a time as the request says."""

    def __init__(self, jobs: Jobs) -> None:
        self.jobs = jobs

    def __call__(self, work: Work, staged: Path, tell: Listener, outcomes: list[Outcome]) -> None:
        """Notebooks and data files at once, then the pages."""
        request = work.request
        with ThreadPoolExecutor(max(1, request.jobs)) as pool, _stopping(self.jobs):
            data = pool.submit(
                make_data_files, work.edition, work.layout, staged, self.jobs, request.limits, request.force
            )
            outcomes += self._execute(work, staged, tell, pool)
            failed = [outcome for outcome in outcomes if outcome.reason]
            if failed:
                raise NotebooksFailedError(failed)
            attachments = [name for name in data.result() if name == "facts.csv"]
            tell({"event": "stage", "stage": "pages"})
            names = [plan.name for plan in work.edition.plans]
            list(pool.map(lambda name: self._render(work, staged, name, attachments, tell), names))

    def _execute(self, work: Work, staged: Path, tell: Listener, pool: ThreadPoolExecutor) -> list[Outcome]:
        layout, request, edition = work.layout, work.request, work.edition
        executor = Executor(
            request.engine, request.limits, layout.hidden / "cache", self.jobs, layout.root, tell,
            lambda: check_unchanged(layout, edition.inputs.decided),
        )  # fmt: skip
        futures = [
            pool.submit(
                executor.execute, plan, edition.cache_key(plan), staged / f"{plan.name}.ipynb", work.evidence,
                request.force,
            )
            for plan in edition.plans
        ]  # fmt: skip
        return [future.result() for future in futures]

    def _render(self, work: Work, staged: Path, name: str, attachments: list[str], tell: Listener) -> None:
        tell({"event": "page", "notebook": name, "status": "running"})
        notebook = str(staged / f"{name}.ipynb")
        arguments = {"notebook": notebook, "folder": str(staged), "stem": name, "attachments": attachments}
        call_rendering(work.layout, self.jobs, work.request.limits, "render_files", arguments)
        tell({"event": "page", "notebook": name, "status": "succeeded"})


@contextmanager
def _stopping(jobs: Jobs) -> Iterator[None]:
    """End all jobs when the block fails, so that nobody waits for them."""
    try:
        yield
    except BaseException:
        jobs.stop()
        raise
