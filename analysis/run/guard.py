"""A process that stands between the runner and a notebook, and takes the whole tree down with it.

The guard holds one end of a socket, the *link*; the runner holds the other. When the link closes (the runner asked, or was
killed), when a limit is passed, or when the notebook's process ends, the guard ends every process below itself, reports one
line of JSON on the link, and exits. Where the system allows, the notebook lives in process and network namespaces of its
own, so that even a SIGKILL of the guard leaves nothing; elsewhere the guard adopts orphans and kills them by descent.

Only the standard library is imported here: this module starts in a few hundredths of a second.
"""

import contextlib
import json
import os
import select
import signal
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any, NoReturn

from analysis.run import kernel_calls
from analysis.run.limits import (
    Limits,
    apply_limits,
    find_descendants,
    read_cpu_seconds,
    read_memory,
    read_shared_memory,
)

TICK_SECONDS = 0.1
MEASURE_SECONDS = 0.25


@dataclass
class Report:
    """How a guarded process ended: `status` as from `os.waitpid`, or the `reason` why the guard ended it."""

    status: int | None = None
    reason: str | None = None
    peak_memory: int = 0
    cpu_seconds: float = 0.0
    isolated: list[str] = field(default_factory=list)

    def to_json(self) -> bytes:
        """One line."""
        return json.dumps(vars(self)).encode() + b"\n"

    @property
    def exit_code(self) -> int | None:
        """Exit code, negative for a signal; None when the guard ended the process."""
        return None if self.status is None else os.waitstatus_to_exitcode(self.status)


def run_guarded(target: Callable[[], Any], link: int, limits: Limits, own: tuple[int, ...] = ()) -> NoReturn:
    """Become the guard of a fresh process that calls `target`. Never returns.

    Call it in a process that has just been forked or executed and has one thread. `target` runs in a child; what it
    returns is dropped, what it raises ends it with status 1. `own` are descriptors that only the payload keeps.
    """
    with contextlib.suppress(PermissionError):  # already the leader of its session
        os.setsid()
    kernel_calls.adopt_orphans()
    report = Report(isolated=kernel_calls.isolate(network=limits.network))
    child, ended = _fork_payload(target, link, limits, own)
    for descriptor in own:
        os.close(descriptor)
    _forward_signals(child)
    try:
        report.status, report.reason = _watch(child, ended, link, limits, report)
    finally:
        _end_tree()
        with contextlib.suppress(OSError):
            os.write(link, report.to_json())
    os._exit(0)


def _fork_payload(target: Callable[[], Any], link: int, limits: Limits, own: tuple[int, ...]) -> tuple[int, int]:
    """Start the payload; the guard keeps its child's id and a pipe that carries the payload's wait status."""
    reading, writing = os.pipe()
    child = os.fork()
    if child:
        os.close(writing)
        return child, reading
    with _dying_quietly():
        kernel_calls.die_with_parent()
        kernel_calls.mount_processes()
        os.close(reading)
        os.close(link)
        payload = os.fork()
        if payload == 0:
            os.close(writing)
            kernel_calls.die_with_parent()
            _run_payload(target, limits)
        for descriptor in own:
            os.close(descriptor)
        for number in (signal.SIGINT, signal.SIGTERM):
            signal.signal(number, signal.SIG_IGN)
        _reap_until(payload, writing)
    os._exit(70)


def _run_payload(target: Callable[[], Any], limits: Limits) -> NoReturn:
    os.setpgid(0, 0)  # what is sent to the guard's group comes here through the guard alone
    for number in (signal.SIGTERM, signal.SIGCHLD):
        signal.signal(number, signal.SIG_DFL)
    signal.signal(signal.SIGINT, signal.default_int_handler)
    apply_limits(limits)
    with _dying_quietly():
        target()
        os._exit(0)
    os._exit(1)


@contextlib.contextmanager
def _dying_quietly():  # type: ignore[no-untyped-def]
    """Nothing may unwind out of a fork into the code of its parent."""
    try:
        yield
    except BaseException as error:
        os.write(2, f"{type(error).__name__}: {error}\n".encode(errors="replace"))
        os._exit(1)


def _reap_until(payload: int, writing: int) -> NoReturn:
    """Collect orphans until the payload ends; say how; exit. As a namespace's first process this ends what is left."""
    while True:
        with contextlib.suppress(InterruptedError):
            pid, status = os.waitpid(-1, 0)
            if pid == payload:
                os.write(writing, str(status).encode())
                os._exit(0)


def _forward_signals(child: int) -> None:
    """An interrupt is the notebook's (a kernel is interrupted so); a request to end comes through the link as well."""

    def interrupt(*_: object) -> None:
        for pid in list(find_descendants(child))[:1]:
            with contextlib.suppress(ProcessLookupError):
                os.kill(pid, signal.SIGINT)

    def terminate(*_: object) -> None:
        _end_tree()

    signal.signal(signal.SIGINT, interrupt)
    signal.signal(signal.SIGTERM, terminate)


def _watch(child: int, ended: int, link: int, limits: Limits, report: Report) -> tuple[int | None, str | None]:
    """Wait for the end of the payload, of the link, or of what it may use."""
    started = measured = time.monotonic()
    poll = select.poll()
    poll.register(ended, select.POLLIN | select.POLLHUP)
    poll.register(link, select.POLLIN | select.POLLHUP)
    while True:
        ready = dict(poll.poll(TICK_SECONDS * 1000))
        if ended in ready:
            _measure(child, report)
            return _read_status(ended)
        if link in ready:
            return None, "stopped"
        now = time.monotonic()
        if now - started > limits.run_seconds:
            return None, "deadline"
        if now - measured > MEASURE_SECONDS:
            measured = now
            reason = _find_excess(child, limits, report)
            if reason:
                return None, reason


def _read_status(ended: int) -> tuple[int | None, str | None]:
    text = os.read(ended, 32)
    return (int(text), None) if text else (None, "killed")


def _measure(child: int, report: Report) -> tuple[int, list[int]]:
    pids = [child, *find_descendants(child)]
    memory = sum(read_memory(pid) for pid in pids)
    report.cpu_seconds = max(report.cpu_seconds, sum(read_cpu_seconds(pid) for pid in pids))
    return memory, pids


def _find_excess(child: int, limits: Limits, report: Report) -> str | None:
    memory, pids = _measure(child, report)
    if len(pids) > limits.processes:
        return "processes"
    if memory > limits.memory_bytes:  # the cheap reading counts shared pages again for each process
        memory = sum(read_shared_memory(pid) for pid in pids)
    report.peak_memory = max(report.peak_memory, memory)
    if memory > limits.memory_bytes:
        return "memory"
    return "cpu" if report.cpu_seconds > limits.cpu_seconds else None


def _end_tree() -> None:
    """End every process below this one. Orphans come to us, so descent finds them until none is left."""
    for _ in range(1000):
        with contextlib.suppress(ChildProcessError):
            while os.waitpid(-1, os.WNOHANG)[0]:
                pass
        remaining = list(find_descendants(os.getpid()))
        if not remaining:
            return
        for pid in remaining:
            with contextlib.suppress(ProcessLookupError):
                os.kill(pid, signal.SIGKILL)
        time.sleep(0.005)


def main() -> NoReturn:
    """`python -m analysis.run.guard LINK LIMITS COMMAND...`: guard another program, as the kernel engine does."""
    link, limits, command = int(sys.argv[1]), Limits(**json.loads(sys.argv[2])), sys.argv[3:]
    os.set_inheritable(link, False)
    os.environ.pop("JPY_PARENT_PID", None)  # a kernel would take its namespace's first process for a lost parent
    run_guarded(lambda: os.execvp(command[0], command), link, limits)  # noqa: S606


if __name__ == "__main__":
    main()
