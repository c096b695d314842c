"""Execute one notebook, or take its outputs from the cache when nothing it executes has changed."""

import json
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from analysis.errors import BriefingError
from analysis.files import write_file
from analysis.run.errors import RunError
from analysis.run.evidence import INJECTED, check_executed, describe_cell, find_heading, number_cell, strip_times
from analysis.run.keys import hash_bytes, hash_notebook_code
from analysis.run.layout import read_notebook
from analysis.run.limits import Limits
from analysis.run.params import read_declared
from analysis.run.sandbox import Jobs
from analysis.run.upkeep import touch

Listener = Callable[[dict[str, Any]], None]


@dataclass(frozen=True)
class Plan:
    """One notebook of a run: content as read once at the start, and all its parameters."""

    path: Path
    content: bytes
    notebook: dict[str, Any]
    declared: dict[str, Any]
    parameters: dict[str, Any]

    @property
    def name(self) -> str:
        """The notebook's file name without suffix."""
        return self.path.stem

    @property
    def cells(self) -> int:
        """How many cells it has."""
        return len(self.notebook["cells"])

    def describe(self) -> dict[str, Any]:
        """What the manifest says of it."""
        return {
            "name": self.name, "sha256": hash_bytes(self.content),
            "code_sha256": hash_notebook_code(self.notebook), "parameters": self.parameters,
        }  # fmt: skip


@dataclass
class Outcome:
    """What came of one notebook: `state` as in the ledger, seconds, whether it was executed, and why it failed."""

    name: str
    state: str = "queued"
    executed: bool = False
    seconds: float = 0.0
    reason: str | None = None
    exit_status: int = 0
    where: str | None = None
    trace: str | None = None

    def as_event(self) -> dict[str, Any]:
        """How it ended, for whoever follows the run."""
        status = self.state if self.executed or self.reason else "reused"
        event = {"event": "notebook", "notebook": self.name, "status": status, "seconds": self.seconds}
        return event | ({"reason": self.reason} if self.reason else {})


def read_plan(path: Path) -> Plan:
    """A notebook and what it declares. Raises UsageError."""
    content, notebook = read_notebook(path)
    return Plan(path, content, notebook, read_declared(notebook, path.name), {})


class Executor:
    """Executes notebooks for one run: the engine, the limits, the cache, and who is told of progress.

    `check` raises BriefingError where what was executed may not be of what its key says; it is then not kept.
    """

    def __init__(
        self, engine: str, limits: Limits, cache: Path, jobs: Jobs, root: Path, listener: Listener,
        check: Callable[[], None] = lambda: None,
    ) -> None:  # fmt: skip
        self.engine, self.limits, self.cache = engine, limits, cache
        self.jobs, self.root, self.listener, self.check = jobs, root, listener, check

    def execute(self, plan: Plan, key: str, target: Path, evidence: Path, force: bool) -> Outcome:
        """Write the executed notebook to `target`; one that failed goes to `evidence` instead."""
        outcome, started = Outcome(plan.name, "running"), time.monotonic()
        self.listener({"event": "notebook", "notebook": plan.name, "status": "running", "cells": plan.cells})
        try:
            cached = None if force else self._recall(plan, key)
            executed = cached or self._run(plan, evidence, outcome)
            self.check()
            content = _to_bytes(executed)
            write_file(target, content)
            outcome.state, outcome.executed = "succeeded", cached is None
            if cached is None:
                write_file(self.cache / f"{key}.ipynb", content)
        except BriefingError as error:
            outcome.state, outcome.exit_status = getattr(error, "state", "failed"), error.exit_status
            outcome.reason = str(error)
        outcome.seconds = round(time.monotonic() - started, 3)
        self.listener(outcome.as_event())
        return outcome

    def _run(self, plan: Plan, evidence: Path, outcome: Outcome) -> Any:
        import nbformat
        import papermill
        from papermill.exceptions import PapermillExecutionError

        node = nbformat.reads(plan.content.decode("utf-8"), as_version=4)
        holder: dict[str, Any] = {}

        def listen(event: dict[str, Any]) -> None:
            holder.update(event)
            self._tell_cell(plan, holder)

        try:
            executed = papermill.execute_notebook(
                node, None, parameters=plan.parameters, engine_name=f"briefing-{self.engine}", progress_bar=False,
                listener=listen, jobs=self.jobs, folder=str(plan.path.parent),
                environment={"BRIEFING_ROOT": str(self.root), "TZ": "UTC"}, **self.limits.as_dict(),
            )  # fmt: skip
            check_executed(executed, plan.name)
            return strip_times(executed)
        except PapermillExecutionError as error:
            outcome.trace = "\n".join(error.traceback)
            self._keep(holder, plan, evidence, outcome)
            check_executed(holder["notebook"], plan.name)  # says which cell, in our words
            raise RunError(f"{plan.name}: {error.ename}: {error.evalue}") from error
        except Exception as error:
            self._keep(holder, plan, evidence, outcome)
            kind = type(error) if isinstance(error, RunError) else RunError
            where = f" in {outcome.where}" if outcome.where else ""
            raise kind(f"{plan.name}{where}: {error}") from error

    def _tell_cell(self, plan: Plan, last: dict[str, Any]) -> None:
        """Say which code cell begins, by the heading above it."""
        index = last.get("index")
        if last.get("status") != "running" or index is None:
            return
        cells = last["notebook"].cells
        if cells[index].cell_type == "code" and INJECTED not in cells[index].metadata.get("tags", []):
            event = {"event": "cell", "notebook": plan.name, "cell": number_cell(cells, index)}
            self.listener({**event, "heading": find_heading(cells, index)})

    def _keep(self, holder: dict[str, Any], plan: Plan, evidence: Path, outcome: Outcome) -> None:
        """The notebook as far as it came, and the cell where it stopped."""
        from papermill.execute import remove_error_markers

        node, index = holder.get("notebook"), holder.get("index")
        if node is None:
            return
        node = remove_error_markers(node)
        if index is not None and index < len(node.cells):
            outcome.where = describe_cell(node.cells, index)
        node.metadata.papermill.pop("input_path", None)  # papermill puts the whole notebook there
        write_file(evidence / f"{plan.name}.ipynb", _to_bytes(node))

    def _recall(self, plan: Plan, key: str) -> Any:
        """The notebook as it is now, with the outputs of an earlier run of the same code."""
        import nbformat

        path = self.cache / f"{key}.ipynb"
        try:
            before = nbformat.reads(path.read_text(encoding="utf-8"), as_version=4)
            touch(path)
        except (OSError, ValueError):
            return None
        node = nbformat.reads(plan.content.decode("utf-8"), as_version=4)
        return _transplant(before, node)


def _transplant(before: Any, now: Any) -> Any:
    """Put the executed code cells of one notebook into the prose of another that has the same code."""
    executed = [cell for cell in before.cells if cell.cell_type == "code"]
    injected = [cell for cell in executed if INJECTED in cell.metadata.get("tags", [])]
    queue = iter([cell for cell in executed if cell not in injected and cell.source.strip()])
    cells = []
    for cell in now.cells:
        code = cell.cell_type == "code" and cell.source.strip()
        cells.append(next(queue) if code else cell)
        if code and "parameters" in cell.metadata.get("tags", []):
            cells.extend(injected)
    ran = {
        name: before.metadata[name] for name in ("language_info",) if name in before.metadata
    }  # the kernel's own words
    now.cells, now.metadata = cells, {**before.metadata, **now.metadata, **ran}
    return now


def _to_bytes(node: Any) -> bytes:
    """The notebook format's text, in one spelling."""
    return (json.dumps(node, indent=1, sort_keys=True, ensure_ascii=False) + "\n").encode("utf-8", "surrogatepass")
