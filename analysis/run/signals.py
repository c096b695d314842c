"""A request to stop, from the terminal or the system, becomes an error that unwinds the run in order."""

import signal
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType

from analysis.run.errors import RunCancelledError

STOPPING = (signal.SIGTERM, signal.SIGINT, signal.SIGHUP)


@contextmanager
def cancellable() -> Iterator[None]:
    """While the block runs, SIGTERM, SIGINT and SIGHUP raise RunCancelledError in the main thread."""
    if threading.current_thread() is not threading.main_thread():
        yield
        return

    def stop(number: int, _: FrameType | None) -> None:
        for each in STOPPING:
            signal.signal(each, signal.SIG_IGN)  # a second one must not interrupt the clearing up
        error = RunCancelledError(f"stopped by {signal.Signals(number).name}; nothing was published")
        error.exit_status = 128 + number
        raise error

    before = {number: signal.signal(number, stop) for number in STOPPING}
    try:
        yield
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)
