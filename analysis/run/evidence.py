"""Whether an executed notebook is what it should be; papermill's own word is not taken for it."""

from typing import Any

from analysis.run.errors import RunError

# papermill's tag of the cell in which it puts the parameters given.
INJECTED = "injected-parameters"
_TIMES = ("start_time", "end_time", "duration", "input_path", "output_path")


class CellFailureError(RunError):
    """Raised when a cell raised: its number, the heading above it, and what it raised."""


def check_executed(notebook: Any, name: str) -> None:
    """Raise CellFailureError unless every code cell ran, in order, without an error."""
    counts = []
    for index, cell in enumerate(notebook.cells):
        if cell.cell_type != "code" or not cell.source.strip():
            continue
        where = f"{name}: {describe_cell(notebook.cells, index)}"
        for output in cell.outputs:
            if output.output_type == "error":
                raise CellFailureError(f"{where} raised {output.ename}: {_first_line(output.evalue)}")
        if cell.execution_count is None:
            raise CellFailureError(f"{where} did not run")
        counts.append(cell.execution_count)
    if counts != sorted(set(counts)):
        raise CellFailureError(f"{name}: its cells did not run in order")


def describe_cell(cells: Any, index: int) -> str:
    """A cell by its number in the notebook as it was written, and the heading above it."""
    return f"cell {number_cell(cells, index)} ({find_heading(cells, index)})"


def number_cell(cells: Any, index: int) -> int:
    """A cell's number in the notebook as it was written, from 1."""
    return index + 1 - sum(INJECTED in cell["metadata"].get("tags", []) for cell in cells[:index])


def find_heading(cells: Any, index: int) -> str:
    """The nearest heading at or above a cell."""
    for cell in reversed(cells[: index + 1]):
        if cell["cell_type"] == "markdown":
            lines = [line for line in "".join(cell["source"]).splitlines() if line.startswith("#")]
            if lines:
                return lines[-1].lstrip("# ").strip()
    return "before the first heading"


def strip_times(notebook: Any) -> Any:
    """Drop what differs between two equal runs: times, durations, paths, the id of the cell that papermill adds."""
    for cell in notebook.cells:
        if INJECTED in cell.metadata.get("tags", []):
            cell.id = INJECTED
        for name in ("papermill", "execution"):
            cell.metadata.pop(name, None)
        if not cell.metadata.get("tags"):
            cell.metadata.pop("tags", None)
    for name in _TIMES:
        notebook.metadata.get("papermill", {}).pop(name, None)
    return notebook


def _first_line(text: str) -> str:
    return (text.strip().splitlines() or [""])[0][:300]
