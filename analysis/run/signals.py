"""A request to stop, from the terminal or the system, becomes an error that unwinds the run in order."""

import signal
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from types import FrameType

from analysis.run.errors import RunCancelledError, RunTimeoutError

STOPPING = (signal.SIGTERM, signal.SIGINT, signal.SIGHUP, signal.SIGALRM)


@contextmanager
def cancellable(seconds: float = 0) -> Iterator[None]:
    """While the block runs, SIGTERM, SIGINT and SIGHUP raise RunCancelledError in the main thread.

    After `seconds` (0: never), RunTimeoutError is raised there. Other threads are left alone.
    """
    if threading.current_thread() is not threading.main_thread():
        yield
        return

    def stop(number: int, _: FrameType | None) -> None:
        for each in STOPPING:
            signal.signal(each, signal.SIG_IGN)  # a second one must not interrupt the clearing up
        if number == signal.SIGALRM:
            raise _make_overdue(seconds)
        error = RunCancelledError(f"stopped by {signal.Signals(number).name}; what was under way is not published")
        error.exit_status = 128 + number
        raise error

    before = {number: signal.signal(number, stop) for number in STOPPING}
    signal.setitimer(signal.ITIMER_REAL, seconds)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        for number, handler in before.items():
            signal.signal(number, handler)


@contextmanager
def limited(seconds: float, stop: Callable[[], None]) -> Iterator[None]:
    """What `cancellable` does for the main thread's deadline, for any other: after `seconds` (0: never) call `stop`.

    What the block then raises becomes RunTimeoutError.
    """
    if not seconds or threading.current_thread() is threading.main_thread():
        yield
        return
    passed = threading.Event()

    def end() -> None:
        passed.set()
        stop()

    timer = threading.Timer(seconds, end)
    timer.start()
    try:
        yield
    except Exception as error:
        if passed.is_set():
            raise _make_overdue(seconds) from error
        raise
    finally:
        timer.cancel()


def _make_overdue(seconds: float) -> RunTimeoutError:
    return RunTimeoutError(f"the edition was not ready within {seconds:g} s; nothing was published")
