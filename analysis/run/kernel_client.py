"""The runner's side of the kernel engine: a guarded kernel behind sockets in a private folder."""

import json
import logging
import os
import socket
import subprocess
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

from jupyter_client.manager import AsyncKernelManager
from nbclient.exceptions import CellExecutionError, CellTimeoutError, DeadKernelError
from papermill.clientwrap import PapermillNotebookClient

from analysis.run.errors import RunTimeoutError, SandboxError
from analysis.run.explain import explain_end
from analysis.run.limits import Limits
from analysis.run.sandbox import ENVIRONMENT, Sandbox, clean_environment

# A Unix socket's path may have 107 bytes: a short folder below the system's temporary one.
RUNTIME_PREFIX = "bk-"


class GuardedKernelManager(AsyncKernelManager):
    """Starts the kernel below a guard (see `guard`)."""

    guard: list[str]

    def format_kernel_cmd(self, extra_arguments: list[str] | None = None) -> list[str]:
        """The kernel's command, with the guard before it."""
        return [*self.guard, *super().format_kernel_cmd(extra_arguments)]


class CappedClient(PapermillNotebookClient):
    """A notebook client that stops taking a cell's output at its cap, and says so in the notebook."""

    limits: Limits

    def start_cell(self) -> None:
        """Begin a new count."""
        self.left = {"stream": self.limits.stream_bytes, "display": self.limits.output_bytes}

    def process_message(self, msg: dict[str, Any], cell: Any, cell_index: int) -> Any:
        """Take one message of the kernel unless the cell's budget is used up."""
        budget = _budget(msg["msg_type"])
        if budget and self.left[budget] >= 0:
            self.left[budget] -= len(json.dumps(msg["content"], default=str))
            if self.left[budget] < 0:
                limit = {"stream": self.limits.stream_bytes, "display": self.limits.output_bytes}[budget]
                text = f"[{budget} output cut at {limit} bytes]\n"
                msg = {**msg, "msg_type": "stream", "content": {"name": "stderr", "text": text}}
        elif budget:
            return None
        return super().process_message(msg, cell, cell_index)


def _budget(kind: str) -> str | None:
    if kind == "stream":
        return "stream"
    return "display" if kind in {"display_data", "execute_result", "update_display_data"} else None


def run_in_kernel(
    manager: Any, kernel_name: str, limits: Limits,
    run: Callable[[Callable[[Any, int], None]], None], arguments: dict[str, Any],
) -> None:  # fmt: skip
    """Start a guarded kernel, let `run` pass cells to it, and end it with everything it started."""
    # A cell that passed its deadline leaves a task that nobody waits for; that is no news.
    logging.getLogger("asyncio").setLevel(logging.CRITICAL)
    link, theirs = socket.socketpair()
    sandbox = Sandbox(link, None)
    if arguments.get("jobs"):
        arguments["jobs"].track(sandbox)
    with tempfile.TemporaryDirectory(prefix=RUNTIME_PREFIX) as runtime, sandbox:
        client = _make_client(manager, kernel_name, limits, Path(runtime), theirs)
        try:
            with theirs, client.setup_kernel(
                pass_fds=[theirs.fileno()], cwd=str(arguments.get("folder") or os.getcwd()),
                stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
                env={**clean_environment(), **ENVIRONMENT, **(arguments.get("environment") or {})},
            ):  # fmt: skip
                theirs.close()
                run(lambda cell, index: _execute(client, cell, index))
                _hear_last_word(client)
        except DeadKernelError as error:
            raise explain_end(sandbox.stop(), limits) from error
        except (CellTimeoutError, TimeoutError) as error:
            raise RunTimeoutError(f"a cell ran for more than {limits.cell_seconds:g} s") from error
        except RuntimeError as error:  # what jupyter_client raises for a kernel that does not start
            raise SandboxError(f"the kernel {kernel_name} did not start: {error}") from error


def _make_client(manager: Any, kernel_name: str, limits: Limits, runtime: Path, theirs: socket.socket) -> CappedClient:
    kernel = GuardedKernelManager(
        kernel_name=kernel_name, transport="ipc", ip=str(runtime / "k"), connection_file=str(runtime / "c.json")
    )
    kernel.guard = [sys.executable, "-m", "analysis.run.guard", str(theirs.fileno()), json.dumps(limits.as_dict())]
    client = CappedClient(
        manager, km=kernel, timeout=int(limits.cell_seconds) or 1, startup_timeout=int(limits.start_seconds) or 1,
        force_raise_errors=True, shutdown_kernel="immediate", raise_on_iopub_timeout=False,
    )  # fmt: skip
    client.owns_km = True
    client.limits = limits
    client.start_cell()
    client.reset_execution_trackers()
    return client


def _execute(client: CappedClient, cell: Any, index: int) -> None:
    from analysis.run.engines import CellFailedError, NotebookStoppedError

    client.start_cell()
    try:
        client.execute_cell(cell, index)
    except CellExecutionError as error:
        if error.ename == "SystemExit":
            raise NotebookStoppedError("the notebook ended itself early (sys.exit)") from error
        raise CellFailedError from error


def _hear_last_word(client: CappedClient) -> None:
    """The kernel answers after the last cell, so no cell has ended it."""
    reply = client.wait_for_reply(client.kc.kernel_info())
    client.nb.metadata["language_info"] = reply["content"]["language_info"]
