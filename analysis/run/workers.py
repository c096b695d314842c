"""Editions made on workers: the work travels, the files are written to the shared folder, one process publishes.

A worker may be lost and its work given to another one, or thought lost and go on: so each attempt writes into a folder of its
own beside the staged edition, and the one whose answer arrives counts. When the staged edition is gone, because it was
published, the run was stopped or its process was killed, an attempt that still goes on ends itself.
"""

import threading
import traceback
import uuid
from collections.abc import Iterator
from concurrent.futures import Executor, Future
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any

from analysis.errors import BriefingError
from analysis.run.errors import RunCancelledError, RunError, RunTimeoutError, SandboxError
from analysis.run.executors import is_loss
from analysis.run.keys import hash_code, hash_lock
from analysis.run.making import Here, NotebooksFailedError, Work
from analysis.run.notebooks import Listener, Outcome
from analysis.run.sandbox import Jobs, Zygote, preloaded

# How often a worker looks whether anybody still waits for what it does.
LOOK_SECONDS = 1.0


@dataclass
class Made:
    """A worker's answer: the folder that it filled, what came of the notebooks, and the error where there was one."""

    folder: str
    outcomes: list[Outcome] = field(default_factory=list)
    error: str | None = None
    state: str = "failed"
    exit_status: int = 1
    trace: str = ""


class Elsewhere:
    """Makes the files through any `concurrent.futures` executor whose processes see the root at the same path."""

    def __init__(self, executor: Executor) -> None:
        self.executor = executor
        self._open: set[Future[Made]] = set()
        self._cancelled = False

    def __call__(self, work: Work, staged: Path, tell: Listener, outcomes: list[Outcome]) -> None:
        """Hand the work on, wait for the answer, take its files."""
        future = self.executor.submit(make_on_worker, work, str(staged), hash_code(), hash_lock())
        self._open.add(future)
        try:
            made = future.result(work.request.deadline or None)
        except Exception as error:
            if self._cancelled:
                raise RunCancelledError("stopped while a worker made it; nothing was published") from error
            raise _explain_loss(error, work) from error
        finally:
            self._open.discard(future)
        outcomes += made.outcomes
        for outcome in outcomes:
            tell(outcome.as_event())
        _raise_failure(made)
        _take_files(Path(made.folder), staged)

    def cancel(self) -> None:
        """Wait for nothing any more; the workers find that what they fill is gone."""
        self._cancelled = True
        for future in list(self._open):
            future.cancel()


def _explain_loss(error: Exception, work: Work) -> Exception:
    if isinstance(error, TimeoutError) and work.request.deadline:
        return RunTimeoutError(f"the edition was not ready within {work.request.deadline:g} s; nothing was published")
    if is_loss(error):
        return SandboxError(f"the worker was lost, as were those that took its place ({type(error).__name__})")
    return error


def _raise_failure(made: Made) -> None:
    failed = [outcome for outcome in made.outcomes if outcome.reason]
    if failed:
        raise NotebooksFailedError(failed)
    if made.error is not None:
        failure: Any = RunError(made.error)
        failure.state, failure.exit_status, failure.trace = made.state, made.exit_status, made.trace
        raise failure


def _take_files(attempt: Path, staged: Path) -> None:
    """Move what an attempt made into the edition."""
    for path in sorted(attempt.iterdir()):
        path.rename(staged / path.name)
    attempt.rmdir()


def make_on_worker(work: Work, staged: str, code: str, lock: str) -> Made:
    """The worker's side. What goes wrong is in the answer, since not every error can travel."""
    made = Made(f"{staged}.attempt-{uuid.uuid4().hex}")
    try:
        _check_worker(work, Path(staged), code, lock)
        Path(made.folder).mkdir()
        with preloaded(_shared_zygote()) as jobs, _ending_with(Path(staged), jobs):
            Here(jobs)(work, Path(made.folder), lambda event: None, made.outcomes)
    except Exception as error:
        made.error = str(error) if isinstance(error, BriefingError) else f"{type(error).__name__}: {error}"
        made.state, made.exit_status = getattr(error, "state", "failed"), getattr(error, "exit_status", 1)
        made.trace = getattr(error, "trace", "") or traceback.format_exc()
    return made


def _check_worker(work: Work, staged: Path, code: str, lock: str) -> None:
    """Raise RunError where a worker would make something else than was asked for."""
    if (hash_code(), hash_lock()) != (code, lock):
        raise RunError("the worker has another version of this package or of what it depends on")
    if not staged.is_dir():
        raise RunError(f"the worker does not see {work.layout.root}; it needs a file system that all share")


@cache
def _shared_zygote() -> Zygote:
    """One preloaded process a worker; it ends when the worker does."""
    return Zygote()


@contextmanager
def _ending_with(folder: Path, jobs: Jobs) -> Iterator[None]:
    """End the jobs when a folder is gone."""
    done = threading.Event()

    def watch() -> None:
        while not done.wait(LOOK_SECONDS):
            if not folder.is_dir():
                return jobs.stop()

    watcher = threading.Thread(target=watch, daemon=True)
    watcher.start()
    try:
        yield
    finally:
        done.set()
