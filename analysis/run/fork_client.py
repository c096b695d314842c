"""The runner's side of the fork engine: send cells, put what they show into the notebook."""

import sys
from pathlib import Path
from typing import Any

import nbformat

from analysis.run.engines import CellFailedError, NotebookStoppedError
from analysis.run.errors import RunTimeoutError, SandboxError
from analysis.run.explain import explain_end
from analysis.run.limits import Limits
from analysis.run.sandbox import Jobs, Sandbox

FINISH_SECONDS = 30


class ForkClient:
    """One notebook's process. As a context manager it ends the process and all its children."""

    def __init__(self, jobs: Jobs, limits: Limits, folder: Path, environment: dict[str, str]) -> None:
        self.limits = limits
        self.sandbox: Sandbox = jobs.start(
            "analysis.run.cells:serve", limits, folder, environment,
            {"stream_bytes": limits.stream_bytes, "output_bytes": limits.output_bytes},
        )  # fmt: skip
        self.displays: dict[str, list[Any]] = {}
        self.clearing = False

    def __enter__(self) -> "ForkClient":
        self._receive(self.limits.start_seconds)
        return self

    def __exit__(self, *_: object) -> None:
        self.sandbox.stop()

    def execute(self, cell: Any, index: int) -> None:
        """Run one cell. Raises CellFailedError, NotebookStoppedError, RunTimeoutError or SandboxError."""
        self.clearing = False
        cell.outputs = []
        self._send({"source": cell.source, "cell_id": cell.get("id")})
        while (message := self._receive(self.limits.cell_seconds)).get("event") != "done":
            self._apply(cell, message)
        cell.execution_count = message["count"]
        if message["stopped"]:
            raise NotebookStoppedError("the notebook ended itself early (sys.exit)")
        if message["failed"]:
            raise CellFailedError

    def finish(self) -> None:
        """The last word: the process is alive after the last cell and ends by itself."""
        self._send({"finish": True})
        if self._receive(FINISH_SECONDS).get("event") != "finished":
            raise SandboxError("the notebook's process did not finish")
        self.sandbox.await_end()

    def describe(self, notebook: Any) -> None:
        """The language block that a kernel would have given."""
        notebook.metadata["language_info"] = {
            "codemirror_mode": {"name": "ipython", "version": sys.version_info[0]}, "file_extension": ".py",
            "mimetype": "text/x-python", "name": "python", "nbconvert_exporter": "python",
            "pygments_lexer": f"ipython{sys.version_info[0]}", "version": "{}.{}.{}".format(*sys.version_info[:3]),
        }  # fmt: skip

    def _send(self, message: dict[str, Any]) -> None:
        try:
            self.sandbox.send(message)
        except SandboxError as error:
            raise explain_end(self.sandbox.wait(), self.limits) from error

    def _receive(self, seconds: float) -> dict[str, Any]:
        try:
            return self.sandbox.receive(seconds)
        except RunTimeoutError as error:
            self.sandbox.stop()
            raise RunTimeoutError(f"a cell ran for more than {seconds:g} s") from error
        except SandboxError as error:
            raise explain_end(self.sandbox.wait(), self.limits) from error

    def _apply(self, cell: Any, message: dict[str, Any]) -> None:
        event = message.pop("event", None)
        if event == "clear":
            self.clearing = message["wait"]
            if not self.clearing:
                cell.outputs = []
            return
        if event == "capped":
            text = f"[{message['budget']} output cut at {message['limit']} bytes]\n"
            message = {"output_type": "stream", "name": "stderr", "text": text}
        elif event != "output":
            raise SandboxError("the notebook's process sent what is no message")
        if self.clearing:
            cell.outputs, self.clearing = [], False
        self._show(cell, message)

    def _show(self, cell: Any, output: dict[str, Any]) -> None:
        kind = output.pop("output_type")
        identifier = (output.pop("transient", None) or {}).get("display_id")
        if kind == "update_display_data":
            for shown in self.displays.get(identifier or "", []):
                shown.data, shown.metadata = nbformat.from_dict(output["data"]), nbformat.from_dict(output["metadata"])
            return
        last = cell.outputs[-1] if cell.outputs else None
        if kind == "stream" and last is not None and last.get("name") == output["name"]:
            last.text += output["text"]
            return
        made = nbformat.v4.new_output(kind, **output)
        cell.outputs.append(made)
        if identifier:
            self.displays.setdefault(identifier, []).append(made)
