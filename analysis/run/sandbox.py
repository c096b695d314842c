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
        with contextlib.suppress(OSError):
            self.link.shutdown(socket.SHUT_WR)
        return self.wait()

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
    """A preloaded process, started when first needed, from which jobs are forked."""

    def __init__(self, environment: dict[str, str] | None = None) -> None:
        self.control, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
        with theirs:
            self.process = subprocess.Popen(
                [sys.executable, "-m", "analysis.run.zygote", str(theirs.fileno())],
                pass_fds=[theirs.fileno()],
                stdin=subprocess.DEVNULL,
                env={**os.environ, **ENVIRONMENT, **(environment or {})},
            )
        self._lock = threading.Lock()
        self._ready = False

    def start(
        self, call: str, limits: Limits, folder: Path, environment: dict[str, str], **arguments: Any
    ) -> Sandbox:
        """Fork a guarded process that calls `module:function(channel, **arguments)` in `folder`."""
        link, guard_link = socket.socketpair()
        channel, job_channel = socket.socketpair()
        request = {
            "call": call, "arguments": arguments, "limits": limits.as_dict(),
            "folder": str(folder), "environment": environment,
        }  # fmt: skip
        with guard_link, job_channel, self._lock:
            self._await_ready()
            descriptors = [guard_link.fileno(), job_channel.fileno()]
            socket.send_fds(self.control, [json.dumps(request).encode()], descriptors)
        return Sandbox(link, channel)

    def _await_ready(self) -> None:
        if self._ready:
            return
        self.control.settimeout(START_SECONDS)
        try:
            self._ready = self.control.recv(16) == b"ready"
        except OSError as error:
            raise SandboxError("the preloaded process does not start") from error
        if not self._ready:
            raise SandboxError("the preloaded process ended while loading")

    def close(self) -> None:
        """End the preloaded process; jobs that run go on."""
        self.control.close()
        self.process.kill()
        self.process.wait()


@contextlib.contextmanager
def preloaded() -> Iterator[Zygote]:
    """A zygote for as long as a block lasts."""
    zygote = Zygote()
    try:
        yield zygote
    finally:
        zygote.close()
