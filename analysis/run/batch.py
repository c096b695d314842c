"""Several editions together: one preloaded process for all, as many at a time as there are lanes, here or on a cluster."""

from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

from analysis.errors import BriefingError
from analysis.files import describe_refusal
from analysis.run.errors import RunCancelledError, RunError
from analysis.run.executors import Cluster, count_lanes, open_executor
from analysis.run.layout import open_layout
from analysis.run.ledger import Ledger
from analysis.run.limits import Limits
from analysis.run.notebooks import Listener
from analysis.run.request import Request
from analysis.run.runner import EditionResult, run_edition
from analysis.run.sandbox import Zygote, preloaded
from analysis.run.shelf import write_index
from analysis.run.signals import cancellable
from analysis.run.workers import Elsewhere

Result = EditionResult | BriefingError


def run_batch(
    requests: Sequence[Request], lanes: int, listener: Listener = lambda event: None, cluster: Cluster | None = None
) -> list[Result]:
    """Make editions; each has its result or its error, in the order asked for. One that fails does not stop the others.

    Behind them may come an error more: that of their list, `reports/index.html`, which is brought up to date at the end.

    With a cluster its workers make the files, and this process publishes them. Raises UsageError where none answers.
    """
    with open_batch(listener, lanes, cluster) as batch, cancellable():
        return batch.run(requests)


class Batch:
    """Editions made together, and what they share."""

    def __init__(self, zygote: Zygote, lanes: int, listener: Listener, elsewhere: Elsewhere | None) -> None:
        self.zygote, self.lanes, self.listener, self.elsewhere = zygote, lanes, listener, elsewhere

    def run(self, requests: Sequence[Request]) -> list[Result]:
        """All of them; those that wait stand in the ledger as queued."""
        queued = _queue(requests)
        with ThreadPoolExecutor(max(1, self.lanes)) as pool:
            try:
                # The first one brings the store up to date; the others then find it so.
                alone = [replace(request, jobs=1) for request in requests[1:]]
                done = [self._run(*each) for each in zip(requests[:1], queued, strict=False)]
                done += pool.map(self._run, alone, queued[1:])
                made = [isinstance(result, EditionResult) for result in done]
                places = [(r.root, r.reports) for r, there in zip(requests, made, strict=True) if there]
                return [*done, *self.list_editions(places)]
            except BaseException:
                pool.shutdown(wait=False, cancel_futures=True)
                self.stop()
                _cancel(requests, queued)
                raise

    def make(self, request: Request, queued: str | None = None) -> EditionResult:
        """One of them, as `run_edition` makes it; the list of editions is left as it is."""
        return run_edition(replace(request, index=False), self.listener, self.zygote, self.elsewhere, queued)

    def _run(self, request: Request, queued: str | None) -> Result:
        try:
            return self.make(request, queued)
        except RunCancelledError:  # whoever stops one of them stops all
            raise
        except BriefingError as error:
            _close(request, queued, error)
            return error

    def stop(self) -> None:
        """End what is under way."""
        self.zygote.stop()
        if self.elsewhere:
            self.elsewhere.cancel()

    def list_editions(self, made: Iterable[tuple[Path, str | None]]) -> list[BriefingError]:
        """Write the lists of roots with their addresses, at the end: after each edition, they would cost the square.

        Gives what went wrong.
        """
        errors: list[BriefingError] = []
        with preloaded(self.zygote) as jobs:
            for root, url in dict.fromkeys(made):
                try:
                    write_index(open_layout(root), jobs, Limits(), url)
                except BriefingError as error:
                    errors.append(error)
                except OSError as error:
                    where = describe_refusal(error, root / "reports")
                    errors.append(
                        RunError(f"the editions are published, their list is not brought up to date: {where}")
                    )
        return errors


@contextmanager
def open_batch(listener: Listener, lanes: int, cluster: Cluster | None) -> Iterator[Batch]:
    """What editions made together share, for as long as the block lasts."""
    zygote = Zygote()
    try:
        if cluster is None:
            yield Batch(zygote, lanes, listener, None)
        else:
            with open_executor(lanes, cluster) as executor:
                yield Batch(zygote, count_lanes(executor, lanes), listener, Elsewhere(executor))
    finally:
        zygote.close()


def _queue(requests: Sequence[Request]) -> list[str | None]:
    """The ids of the runs that wait; a single edition begins at once."""
    if len(requests) < 2:
        return [None] * len(requests)
    return [Ledger(open_layout(each.root).hidden).open_run(each.as_dict(), "queued") for each in requests]


def _cancel(requests: Sequence[Request], queued: Sequence[str | None]) -> None:
    for request, run_id in zip(requests, queued, strict=True):
        _close(request, run_id, RunCancelledError("stopped before it began; nothing was published"))


def _close(request: Request, queued: str | None, error: BriefingError) -> None:
    """Note the end of a run that never began."""
    if queued:
        state = getattr(error, "state", "failed")
        Ledger(open_layout(request.root).hidden).close_queued(queued, state, error.exit_status, str(error))
