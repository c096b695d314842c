"""The two papermill engines: a fresh kernel for each run, and a fresh fork of a preloaded process for each run.

    papermill --engine briefing-kernel in.ipynb out.ipynb
    papermill --engine briefing-fork in.ipynb out.ipynb

Both put the notebook into a guarded process (see `guard`), tell the truth about cells that did not run, and take the
limits of `limits.Limits` as engine arguments (`cell_seconds`, `memory_bytes`, ...). `listener`, when given, is called with
one dictionary an event: `{"event": "cell", "index": 3, "status": "running"}`.
"""

import atexit
import os
from collections.abc import Callable
from dataclasses import fields
from functools import cache
from pathlib import Path
from typing import Any

from nbclient.exceptions import DeadKernelError
from papermill.engines import Engine, NotebookExecutionManager
from papermill.exceptions import PapermillException

from analysis.run.errors import SandboxError
from analysis.run.limits import Limits
from analysis.run.sandbox import Jobs, Zygote

Listener = Callable[[dict[str, Any]], None]
_LIMITS = {field.name for field in fields(Limits)}


class NotebookStoppedError(PapermillException):
    """Raised when a cell ended the notebook early (`sys.exit`), whatever exit status it asked for."""


class KernelGoneError(SandboxError, DeadKernelError):
    """Raised when a notebook's process is gone; papermill's own command ends with status 138 for it."""


class TruthfulManager(NotebookExecutionManager):
    """papermill's record of a run, except that a cell which never ran is not called completed."""

    listener: Listener | None = None

    def tell(self, event: str, **details: Any) -> None:
        """Pass an event on to whoever listens."""
        if self.listener is not None:
            self.listener({"event": event, **details})

    def cell_start(self, cell: Any, cell_index: int | None = None, **kwargs: Any) -> None:
        """A cell begins."""
        super().cell_start(cell, cell_index, **kwargs)
        self.tell("cell", index=cell_index, status="running")

    def cell_complete(self, cell: Any, cell_index: int | None = None, **kwargs: Any) -> None:
        """A cell has ended, well or not."""
        super().cell_complete(cell, cell_index, **kwargs)
        self.tell("cell", index=cell_index, status=cell.metadata.papermill["status"])

    def notebook_complete(self, **kwargs: Any) -> None:
        """The notebook has ended. Pending cells stay pending, and a run with such cells is marked as an exception."""
        pending = [cell for cell in self.nb.cells if cell.metadata.papermill["status"] == self.PENDING]
        super().notebook_complete(**kwargs)
        for cell in pending:
            cell.metadata.papermill["status"] = self.PENDING
        if pending:
            self.nb.metadata.papermill["exception"] = True
            self.save()


class GuardedEngine(Engine):
    """What both engines share: limits, the truthful manager, the order of cells."""

    @classmethod
    def execute_notebook(
        cls, nb: Any, kernel_name: str, output_path: str | None = None, progress_bar: Any = True,
        log_output: bool = False, autosave_cell_every: int = 30, listener: Listener | None = None, **kwargs: Any,
    ) -> Any:  # fmt: skip
        """Execute a notebook under a truthful manager; papermill calls this."""
        manager = TruthfulManager(nb, output_path, log_output, progress_bar, autosave_cell_every)
        manager.listener = listener
        manager.notebook_start()
        manager.tell("start", notebook=nb)
        try:
            cls.execute_managed_notebook(manager, kernel_name, log_output=log_output, **kwargs)
        except SandboxError as error:
            raise KernelGoneError(str(error)) from error
        finally:
            manager.cleanup_pbar()
            manager.notebook_complete()
        return manager.nb

    @classmethod
    def run_cells(cls, manager: TruthfulManager, execute: Callable[[Any, int], None]) -> None:
        """Pass each cell to `execute`, keeping the record; a cell that raises is failed and is the last one."""
        for index, cell in enumerate(manager.nb.cells):
            manager.cell_start(cell, index)
            try:
                if cell.cell_type == "code" and cell.source.strip():
                    execute(cell, index)
            except Exception as error:
                manager.cell_exception(cell, cell_index=index, exception=error)
                raise
            finally:
                manager.cell_complete(cell, cell_index=index)


class CellFailedError(Exception):
    """Raised when a cell raised; its traceback is in the cell's outputs, where papermill looks for it."""


def choose_limits(arguments: dict[str, Any]) -> Limits:
    """The limits among an engine's arguments, papermill's own names included."""
    chosen = {name: value for name, value in arguments.items() if name in _LIMITS and value is not None}
    if arguments.get("execution_timeout"):
        chosen.setdefault("cell_seconds", arguments["execution_timeout"])
    if arguments.get("start_timeout"):
        chosen.setdefault("start_seconds", arguments["start_timeout"])
    return Limits(**chosen)


class ForkEngine(GuardedEngine):
    """A notebook in a fresh fork of a process that has pandas and pyplot loaded."""

    @classmethod
    def execute_managed_notebook(cls, nb_man: TruthfulManager, kernel_name: str, **kwargs: Any) -> None:
        """Run the cells; `jobs`, when given, are those of the run that this notebook belongs to."""
        from analysis.run.fork_client import ForkClient

        language = nb_man.nb.metadata.get("kernelspec", {}).get("language") or "python"
        if language != "python":
            raise PapermillException(f"briefing-fork runs Python notebooks, not {language}; use briefing-kernel")
        limits = choose_limits(kwargs)
        jobs = kwargs.get("jobs") or shared_jobs()
        folder = Path(kwargs.get("folder") or os.getcwd())
        client = ForkClient(jobs, limits, folder, kwargs.get("environment") or {})
        with client:
            try:
                cls.run_cells(nb_man, client.execute)
            except CellFailedError:
                return
            client.finish()
        client.describe(nb_man.nb)


class KernelEngine(GuardedEngine):
    """A notebook in a kernel of its own, spoken to through files that only this user can open."""

    @classmethod
    def execute_managed_notebook(cls, nb_man: TruthfulManager, kernel_name: str, **kwargs: Any) -> None:
        """Run the cells in a guarded kernel."""
        from analysis.run.kernel_client import run_in_kernel

        def run(execute: Callable[[Any, int], None]) -> None:
            cls.run_cells(nb_man, execute)

        try:
            run_in_kernel(nb_man, kernel_name, choose_limits(kwargs), run, kwargs)
        except CellFailedError:
            return


@cache
def shared_jobs() -> Jobs:
    """The preloaded process of plain `papermill`, ended with it."""
    zygote = Zygote()
    atexit.register(zygote.close)
    return Jobs(zygote)
