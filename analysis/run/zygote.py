"""A process with the heavy libraries loaded that forks a fresh, guarded process for each job.

`python -m analysis.run.zygote FD` loads, says `ready`, and then takes requests from the socket FD: one datagram of JSON a
job, with two descriptors: the *link* of its guard and the *channel* that the job speaks over. It ends when FD closes.
"""

import contextlib
import json
import os
import signal
import socket
import sys
from importlib import import_module
from typing import Any

from analysis.run.guard import run_guarded
from analysis.run.limits import Limits
from analysis.run.warming import warm_up

REQUEST_BYTES = 1 << 16


def serve(control: socket.socket) -> None:
    """Preload, then fork for each request until the other side is gone."""
    warm_up()
    signal.signal(signal.SIGCHLD, lambda *_: _reap(os.WNOHANG))
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    control.send(b"ready")
    while True:
        message, descriptors, _, _ = socket.recv_fds(control, REQUEST_BYTES, 2)
        if not message:
            signal.signal(signal.SIGCHLD, signal.SIG_DFL)
            _reap(0)
            return
        if os.fork() == 0:
            _become_guard(control, json.loads(message), *descriptors)
        for descriptor in descriptors:
            os.close(descriptor)


def _reap(options: int) -> None:
    """Wait for guards that have ended, so that what they used is counted as ours; with options 0, for all of them."""
    with contextlib.suppress(ChildProcessError):
        while os.waitpid(-1, options)[0]:
            pass


def _become_guard(control: socket.socket, request: dict[str, Any], link: int, channel: int) -> None:
    control.close()
    signal.signal(signal.SIGCHLD, signal.SIG_DFL)

    def payload() -> None:
        os.environ.update(request["environment"])
        os.chdir(request["folder"])
        module, _, name = request["call"].partition(":")
        getattr(import_module(module), name)(channel, **request["arguments"])

    run_guarded(payload, link, Limits(**request["limits"]), (channel,))


if __name__ == "__main__":
    with socket.socket(fileno=int(sys.argv[1])) as listening:
        serve(listening)
    os._exit(0)  # libraries have nothing to clear up here, and some complain when they try
