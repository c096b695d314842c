"""Run a notebook's cells in this process with IPython, and send what they show as messages.

This is the inside of the `briefing-fork` engine. It answers, on a socket, one JSON line for each cell it is sent, after
lines for what the cell shows, in the same form as a kernel's outputs. The process is a fresh fork that nobody uses again.
"""

import base64
import builtins
import io
import json
import os
import socket
import sys
import tempfile
from typing import Any

from IPython.core.displayhook import DisplayHook
from IPython.core.displaypub import DisplayPublisher
from IPython.core.interactiveshell import InteractiveShell
from traitlets import Type
from traitlets.config import Config

STREAM_CHUNK = 1 << 16
INLINE_BACKEND = "module://matplotlib_inline.backend_inline"


class Wire:
    """Messages to the runner, and the count of what the present cell has sent."""

    def __init__(self, channel: int, stream_bytes: int, output_bytes: int) -> None:
        self.socket = socket.socket(fileno=channel)
        self.lines = self.socket.makefile("rb")
        self.caps = {"stream": stream_bytes, "display": output_bytes}
        self.start_cell()

    def start_cell(self, count: int = 0) -> None:
        """Begin a new budget for the cell with this execution count."""
        self.count = count
        self.left = dict(self.caps)

    def send(self, event: str, **fields: Any) -> None:
        """Send one message, whatever its size."""
        self.socket.sendall(json.dumps({"event": event, **fields}, default=_encode_bytes).encode() + b"\n")

    def show(self, budget: str, size: int, **output: Any) -> bool:
        """Send an output unless the cell's budget is used up; says so once when it is."""
        if self.left[budget] < 0:
            return False
        self.left[budget] -= size
        if self.left[budget] >= 0:
            self.send("output", **output)
            return True
        self.send("capped", budget=budget, limit=self.caps[budget])
        return False


def _encode_bytes(value: Any) -> str:
    """Images travel as base64, as in the notebook format; what else is not JSON travels as its text."""
    return base64.b64encode(value).decode() if isinstance(value, bytes) else str(value)


class WireStream(io.TextIOBase):
    """Standard output or error of the cells, sent in chunks so that a flood costs no memory."""

    encoding = "utf-8"

    def __init__(self, wire: Wire, name: str) -> None:
        self.wire, self.name, self.size = wire, name, 0
        self.parts: list[str] = []

    def writable(self) -> bool:
        """Always."""
        return True

    def write(self, text: str) -> int:
        """Keep the text until a chunk is full or something else is shown."""
        self.parts.append(text)
        self.size += len(text)
        if self.size > STREAM_CHUNK:
            self.flush()
        return len(text)

    def flush(self) -> None:
        """Send what is kept."""
        if self.parts:
            text, self.parts, self.size = "".join(self.parts), [], 0
            text = text.encode("utf-8", "backslashreplace").decode()
            self.wire.show("stream", len(text), output_type="stream", name=self.name, text=text)


class WirePublisher(DisplayPublisher):
    """What `display` calls."""

    def publish(self, data: Any, metadata: Any = None, source: Any = None, **options: Any) -> None:
        """Send one display; `transient["display_id"]` of the options names it for later updates."""
        _flush_streams()
        kind = "update_display_data" if options.get("update") else "display_data"
        transient = options.get("transient") or {}
        _wire(self.shell).show(
            "display", _measure(data), output_type=kind, data=data, metadata=metadata or {}, transient=transient
        )

    def clear_output(self, wait: bool = False) -> None:
        """Drop what the cell has shown; with `wait`, when it next shows something."""
        _flush_streams()
        _wire(self.shell).send("clear", wait=wait)


class WireDisplayHook(DisplayHook):
    """What the value of a cell's last expression goes through."""

    def write_output_prompt(self) -> None:
        """The prompt is the notebook's business."""

    def write_format_data(self, format_dict: Any, md_dict: Any = None) -> None:
        """Send the value in all its formats."""
        _flush_streams()
        _wire(self.shell).show(
            "display", _measure(format_dict), output_type="execute_result", data=format_dict,
            metadata=md_dict or {}, execution_count=_wire(self.shell).count,
        )  # fmt: skip

    def finish_displayhook(self) -> None:
        """Nothing is printed, so nothing ends here."""
        self._is_active = False


class WireShell(InteractiveShell):
    """IPython as a kernel has it, without a kernel."""

    wire: Wire
    displayhook_class = Type(WireDisplayHook)
    display_pub_class = Type(WirePublisher)

    def _showtraceback(self, etype: Any, evalue: Any, stb: list[str]) -> None:
        _flush_streams()
        self.wire.send("output", output_type="error", ename=etype.__name__, evalue=str(evalue), traceback=stb)

    def enable_gui(self, gui: Any = None) -> None:
        """No event loop here."""


def _wire(shell: Any) -> Wire:
    return shell.wire


def _measure(data: dict[str, Any]) -> int:
    return sum(len(value) if isinstance(value, (str, bytes)) else 64 for value in data.values())


def _flush_streams() -> None:
    sys.stdout.flush()
    sys.stderr.flush()


def serve(channel: int, stream_bytes: int, output_bytes: int) -> None:
    """Run the cells that come over the channel, in order, until told that there are no more."""
    wire = Wire(channel, stream_bytes, output_bytes)
    spill = _redirect_descriptors()
    shell = _make_shell(wire)
    wire.send("ready")
    for line in wire.lines:
        message = json.loads(line)
        if "finish" in message:
            wire.send("finished")
            return
        wire.start_cell(shell.execution_count)
        own = os.getpid()
        outcome = shell.run_cell(message["source"], store_history=True, cell_id=message.get("cell_id"))
        if os.getpid() != own:
            os._exit(0)  # a fork that the cell made: it must not go on as a second notebook
        _flush_streams()
        _send_spilled(wire, spill)
        error = outcome.error_before_exec or outcome.error_in_exec
        wire.send("done", count=wire.count, failed=error is not None, stopped=isinstance(error, SystemExit))


def _make_shell(wire: Wire) -> WireShell:
    sys.stdout, sys.stderr = WireStream(wire, "stdout"), WireStream(wire, "stderr")
    builtins.input = _refuse_input
    settings = Config()
    settings.HistoryManager.enabled = False
    settings.InteractiveShell.term_title = False
    WireShell.wire = wire  # before the shell exists: it may show something while it starts
    shell = WireShell.instance(config=settings)
    # A notebook's own names live in a module of their own, called as in a kernel.
    shell.user_ns["__name__"] = "__main__"
    _draw_inline(shell)
    return shell


def _draw_inline(shell: WireShell) -> None:
    """Figures appear below their cell, as in a kernel; pyplot may have been loaded before there was a shell."""
    from IPython.core.pylabtools import activate_matplotlib
    from matplotlib_inline.backend_inline import configure_inline_support

    activate_matplotlib(INLINE_BACKEND)
    configure_inline_support(shell, INLINE_BACKEND)


def _refuse_input(*_: Any) -> str:
    from IPython.core.error import StdinNotImplementedError

    raise StdinNotImplementedError("a notebook that runs unattended cannot ask for input")


def _redirect_descriptors() -> Any:
    """Programs that a cell starts write to descriptors 1 and 2: keep that in a file without a name."""
    spill = tempfile.TemporaryFile()  # noqa: SIM115 - lives as long as the process
    for descriptor in (1, 2):
        os.dup2(spill.fileno(), descriptor)
    return spill


def _send_spilled(wire: Wire, spill: Any) -> None:
    size = spill.seek(0, os.SEEK_END)
    if size:
        spill.seek(0)
        text = spill.read(wire.caps["stream"] + 1).decode("utf-8", "backslashreplace")
        wire.show("stream", len(text), output_type="stream", name="stdout", text=text)
        spill.seek(0)
        spill.truncate()
