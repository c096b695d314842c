"""A process with the heavy libraries loaded that forks a fresh, guarded process for each job.

`python -m analysis.run.zygote FD` loads, says `ready`, and then takes requests from the socket FD: one datagram of JSON a
job, with two descriptors: the *link* of its guard and the *channel* that the job speaks over. It ends when FD closes.
"""

import contextlib
import gc
import json
import os
import signal
import socket
import sys
import tempfile
from importlib import import_module
from pathlib import Path
from typing import Any

from analysis.run.guard import run_guarded
from analysis.run.keys import hash_code, hash_lock
from analysis.run.limits import Limits

# What notebooks and pages load anyway; those missing are simply not preloaded. Nothing that imports deltalake: it starts
# threads, and a fork would be without them.
PRELOADED = (
    "analysis.publish.docx", "numpy", "pandas", "pandas.io.formats.style", "pyarrow.dataset", "duckdb", "matplotlib.pyplot",
    "matplotlib.backends.backend_svg", "matplotlib_inline.backend_inline", "IPython.core.interactiveshell", "nbformat",
    "yaml", "pydantic", "analysis.run.cells", "analysis.facts", "analysis.show", "analysis.tables", "analysis.charts.map",
    "analysis.charts.ranges", "analysis.charts.timeline", "analysis.publish.html", "analysis.publish.pdf",
    "analysis.publish.checks", "analysis.publish.index", "analysis.topics.casualties", "analysis.topics.negotiations",
    "analysis.topics.statements", "analysis.topics.humanitarian", "analysis.topics.chronology", "analysis.topics.actors",
    "analysis.topics.sources", "analysis.wording.compose", "analysis.wording.leads", "analysis.wording.titles",
    "analysis.known", "analysis.settled", "analysis.exports", "analysis.briefing", "analysis.audit", "analysis.editions",
    "analysis.moves", "analysis.corrections", "analysis.revisions.decisions", "analysis.claims.copies", "analysis.claims.events",
    "analysis.claims.match", "analysis.run.remote", "analysis.run.rendering", "fontTools.subset",
)  # fmt: skip
REQUEST_BYTES = 1 << 16


def warm_up() -> None:
    """Fill what is kept for a process, so that no fork has to; nothing here may start a thread."""
    from analysis.publish.house import default_house
    from analysis.publish.reference import write_reference

    hash_code()
    hash_lock()
    with tempfile.TemporaryDirectory(prefix="briefing-") as name:
        write_reference(Path(name) / "reference.docx", default_house())


def serve(control: socket.socket) -> None:
    """Preload, then fork for each request until the other side is gone."""
    for name in PRELOADED:
        with contextlib.suppress(ImportError):
            import_module(name)
    with contextlib.suppress(Exception):  # it only saves time; a page that cannot be made says so itself
        warm_up()
    gc.collect()
    gc.freeze()  # a collection in a child would touch, so copy, every page
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
