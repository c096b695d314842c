"""One interface, `concurrent.futures.Executor`, over this process, several processes, and a Dask cluster."""

import multiprocessing
from collections.abc import Callable, Iterator
from concurrent.futures import BrokenExecutor, Executor, Future, ProcessPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from analysis.errors import UsageError

# So long a scheduler has to answer.
ANSWER_SECONDS = 20


@dataclass(frozen=True)
class Cluster:
    """A Dask scheduler's address, with the files of its TLS set-up where it has one."""

    address: str
    ca: str | None = None
    certificate: str | None = None
    key: str | None = None


class SerialExecutor(Executor):
    """Runs each call at once in this process; the reference that the others must equal."""

    def submit(self, fn: Callable[..., Any], /, *args: Any, **kwargs: Any) -> Future[Any]:
        """Call, and give the finished future."""
        future: Future[Any] = Future()
        try:
            future.set_result(fn(*args, **kwargs))
        except Exception as error:
            future.set_exception(error)
        return future


class RenewingPool(Executor):
    """Processes that are started anew after one of them was lost; the calls that went down with it raise (see `is_loss`)."""

    def __init__(self, jobs: int) -> None:
        self.jobs = jobs
        self._pool = self._open()

    def _open(self) -> ProcessPoolExecutor:
        # Not forked: the language model and the store's threads do not survive a fork.
        return ProcessPoolExecutor(self.jobs, mp_context=multiprocessing.get_context("spawn"))

    def submit(self, fn: Callable[..., Any], /, *args: Any, **kwargs: Any) -> Future[Any]:
        """Hand a call to a process."""
        try:
            return self._pool.submit(fn, *args, **kwargs)
        except BrokenExecutor:
            self._pool.shutdown(wait=False)
            self._pool = self._open()
            return self._pool.submit(fn, *args, **kwargs)

    def shutdown(self, wait: bool = True, *, cancel_futures: bool = False) -> None:
        """End the processes."""
        self._pool.shutdown(wait, cancel_futures=cancel_futures)


def is_loss(error: BaseException) -> bool:
    """Whether a call failed because the process that ran it is gone, and not by its own doing."""
    return isinstance(error, (BrokenExecutor, TimeoutError)) or type(error).__name__ in (
        "KilledWorker",
        "CancelledError",
    )


@contextmanager
def open_executor(jobs: int, cluster: Cluster | None = None) -> Iterator[Executor]:
    """The executor for a number of processes, or for a cluster. Raises UsageError where a cluster cannot be had."""
    if cluster is not None:
        with _open_dask(cluster) as executor:
            yield executor
    elif jobs <= 1:
        yield SerialExecutor()
    else:
        with RenewingPool(jobs) as pool:
            yield pool


def count_lanes(executor: Executor, jobs: int) -> int:
    """How many calls are worth having under way: a cluster's threads, where it has more than `jobs`."""
    client = getattr(executor, "_client", None)
    return max(jobs, sum(client.nthreads().values()) if client else 0)


@contextmanager
def _open_dask(cluster: Cluster) -> Iterator[Executor]:
    try:
        from distributed import Client
        from distributed.security import Security
    except ImportError as error:
        raise UsageError("a cluster needs the extra: pip install ceasefire-briefing[dask]") from error
    files = {"tls_ca_file": cluster.ca, "tls_client_cert": cluster.certificate, "tls_client_key": cluster.key}
    given = {name: value for name, value in files.items() if value}
    try:
        security = Security(require_encryption=True, **given) if given else None
        client = Client(cluster.address, security=security, timeout=ANSWER_SECONDS)
    except (OSError, ValueError, TimeoutError) as error:
        raise UsageError(f"{cluster.address}: no Dask scheduler answers: {error}") from error
    with client:
        # A task whose worker was lost runs again elsewhere; one that loses three workers is given back as an error.
        yield client.get_executor(pure=False, retries=2)
