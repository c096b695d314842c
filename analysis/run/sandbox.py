"""The runner's side of a guarded process: start it, speak with it under a deadline, end it, learn how it ended."""

import contextlib
import json
import os
import select
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from analysis.run.errors import RunTimeoutError, SandboxError
from analysis.run.guard import Report
from analysis.run.limits import Limits

START_SECONDS = 120
# A guard that was asked to stop has killed everything within this time, or something is badly wrong.
STOP_SECONDS = 20
# What a process has between its last word and its end.
END_SECONDS = 2.0
# One line from a notebook's process; larger than any output cap in use.
LINE_BYTES = 256 * 1024 * 1024
# One thread a process: two notebooks share two cores, and a fork must not find threads. The same hashes every time.
ENVIRONMENT = {
    "OMP_NUM_THREADS": "1", "OPENBLAS_NUM_THREADS": "1", "MKL_NUM_THREADS": "1", "PYTHONHASHSEED": "0",
    "MPLBACKEND": "module://matplotlib_inline.backend_inline", "PYTHONUNBUFFERED": "1",
}  # fmt: skip


class Sandbox:
    """One guarded process. `send` and `receive` exchange JSON lines with it; the process is not trusted."""

    def __init__(self, link: socket.socket, channel: socket.socket | None) -> None:
        self.link = link
        self.channel = channel
        self._buffer = bytearray()
        self._report: Report | None = None

    def send(self, message: dict[str, Any]) -> None:
        """Pass one message; raises SandboxError when the process is gone."""
        assert self.channel is not None
        try:
            self.channel.sendall(json.dumps(message).encode() + b"\n")
        except OSError as error:
            raise SandboxError("the process has ended") from error

    def receive(self, seconds: float) -> dict[str, Any]:
        """The next message. Raises RunTimeoutError when none comes in time, SandboxError when the process is gone."""
        assert self.channel is not None
        deadline = time.monotonic() + seconds
        while (end := self._buffer.find(b"\n")) < 0:
            remaining = deadline - time.monotonic()
            if remaining <= 0 or not select.select([self.channel], [], [], remaining)[0]:
                raise RunTimeoutError(f"no answer within {seconds:g} s")
            self._read_more()
        line = bytes(self._buffer[:end])
        del self._buffer[: end + 1]
        return _parse_message(line)

    def _read_more(self) -> None:
        assert self.channel is not None
        try:
            received = self.channel.recv(1 << 20)
        except OSError:
            received = b""
        if not received or len(self._buffer) > LINE_BYTES:
            raise SandboxError("the process has ended")
        self._buffer += received

    def stop(self) -> Report:
        """End every process of the tree, where any is left, and say how it ended."""
        self.request_stop()
        return self.wait()

    def await_end(self, seconds: float = END_SECONDS) -> None:
        """Give a process that has done its work the time to end by itself: what it used is counted only then."""
        if self._report is None and select.select([self.link], [], [], seconds)[0]:
            self.wait()

    def request_stop(self) -> None:
        """Ask the guard to end the tree; does not wait."""
        with contextlib.suppress(OSError):
            self.link.shutdown(socket.SHUT_WR)

    @property
    def ended(self) -> bool:
        """Whether it is known that the tree is gone."""
        return self._report is not None

    def wait(self, seconds: float = STOP_SECONDS) -> Report:
        """The guard's report once the tree is gone."""
        if self._report is None:
            self._report = _read_report(self.link, seconds)
            self.link.close()
            if self.channel is not None:
                self.channel.close()
        return self._report

    def __enter__(self) -> "Sandbox":
        return self

    def __exit__(self, *_: object) -> None:
        self.stop()


def clean_environment() -> dict[str, str]:
    """What a notebook may see of the environment: paths and language, no passwords or tokens."""
    allowed = ("PATH", "HOME", "LANG", "TMPDIR", "VIRTUAL_ENV", "USER", "LOGNAME", "SHELL", "TERM", "LD_LIBRARY_PATH")
    prefixes = ("LC_", "PYTHON", "XDG_", "MPL", "JUPYTER_", "IPYTHON", "COVERAGE_")
    return {k: v for k, v in os.environ.items() if k in allowed or k.startswith(prefixes)}


def _parse_message(line: bytes) -> dict[str, Any]:
    try:
        message = json.loads(line)
    except ValueError as error:
        raise SandboxError("the process sent what is no message") from error
    if not isinstance(message, dict):
        raise SandboxError("the process sent what is no message")
    return message


def _read_report(link: socket.socket, seconds: float) -> Report:
    link.settimeout(seconds)
    try:
        line = link.makefile("rb").readline()
        return Report(**json.loads(line)) if line else Report(reason="killed")
    except OSError:
        return Report(reason="killed")


class Zygote:
    """A preloaded process, started when first needed, from which jobs are forked. May be used by several threads."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._process: subprocess.Popen[bytes] | None = None
        self._control: socket.socket | None = None
        self._ready = False
        self._runs: set[Jobs] = set()
        # Whether everything is being stopped: what ends now has not failed.
        self.stopping = False

    def enter(self, jobs: "Jobs") -> None:
        """Take the jobs of one run into those that `stop` ends."""
        self._runs.add(jobs)

    def leave(self, jobs: "Jobs") -> None:
        """The run is over."""
        self._runs.discard(jobs)

    def stop(self) -> None:
        """End the jobs of every run."""
        self.stopping = True
        for jobs in list(self._runs):
            jobs.stop()

    def fork(self, request: dict[str, Any], link: socket.socket, channel: socket.socket) -> None:
        """Have a guarded process made that gets these two sockets."""
        with self._lock:
            control = self._await_ready()
            socket.send_fds(control, [json.dumps(request).encode()], [link.fileno(), channel.fileno()])

    def _launch(self) -> socket.socket:
        if self._control is None:
            self._control, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
            with theirs:
                self._process = subprocess.Popen(  # noqa: S603 - our own interpreter and module
                    [sys.executable, "-m", "analysis.run.zygote", str(theirs.fileno())],
                    pass_fds=[theirs.fileno()],
                    stdin=subprocess.DEVNULL,
                    env={**clean_environment(), **ENVIRONMENT},
                )
        return self._control

    def _await_ready(self) -> socket.socket:
        control = self._launch()
        if not self._ready:
            control.settimeout(START_SECONDS)
            try:
                self._ready = control.recv(16) == b"ready"
            except OSError as error:
                raise SandboxError("the preloaded process does not start") from error
        if not self._ready:
            raise SandboxError("the preloaded process ended while loading")
        return control

    def close(self) -> None:
        """End the preloaded process; it waits for the jobs that are ending."""
        if self._control is None or self._process is None:
            return
        self._control.close()
        try:
            self._process.wait(STOP_SECONDS if self._ready else 0)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()


class Jobs:
    """The jobs of one run: started together with others' from one zygote, and ended together."""

    def __init__(self, zygote: Zygote) -> None:
        self.zygote = zygote
        self._closed = False
        self._running: set[Sandbox] = set()

    def start(
        self, call: str, limits: Limits, folder: Path, environment: dict[str, str], arguments: dict[str, Any]
    ) -> Sandbox:
        """Fork a guarded process that calls `module:function(channel, **arguments)` in `folder`."""
        link, guard_link = socket.socketpair()
        channel, job_channel = socket.socketpair()
        request = {
            "call": call, "arguments": arguments, "limits": limits.as_dict(),
            "folder": str(folder), "environment": environment,
        }  # fmt: skip
        with guard_link, job_channel:
            self.zygote.fork(request, guard_link, job_channel)
        return self.track(Sandbox(link, channel))

    def track(self, sandbox: Sandbox) -> Sandbox:
        """Take a sandbox into the list of those that end with this object."""
        if self._closed:
            sandbox.stop()
            raise SandboxError("the run is being stopped")
        self._running = {running for running in self._running if not running.ended} | {sandbox}
        return sandbox

    def stop(self) -> None:
        """End every job that runs, and start no more."""
        self._closed = True
        for sandbox in list(self._running):
            sandbox.request_stop()


@contextlib.contextmanager
def preloaded(zygote: Zygote | None = None) -> Iterator[Jobs]:
    """Jobs for as long as a block lasts, from the zygote given or from one of their own."""
    own = zygote or Zygote()
    jobs = Jobs(own)
    own.enter(jobs)
    try:
        yield jobs
    finally:
        jobs.stop()
        own.leave(jobs)
        if zygote is None:
            own.close()
