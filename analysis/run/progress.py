"""A run as it goes: a live display at a terminal, plain lines elsewhere, both on standard error."""

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from analysis.run.ledger import FILE, Ledger
from analysis.run.notebooks import Listener

STAGES = {"facts": "reading the seeds", "pages": "making the pages", "address": "sending the edition"}


@contextmanager
def choose_listener(root: Path) -> Iterator[Listener]:
    """The listener that suits standard error."""
    if not sys.stderr.isatty():
        yield print_event
        return
    with LiveDisplay(_history(root)) as display:
        yield display.tell


def _history(root: Path) -> dict[str, float]:
    hidden = root / ".briefing"
    return Ledger(hidden).last_seconds() if (hidden / FILE).is_file() else {}


def print_event(event: dict[str, Any]) -> None:
    """One plain line for what a person wants to know; nothing for the rest."""
    line = describe_event(event)
    if line:
        print(line, file=sys.stderr, flush=True)


def describe_event(event: dict[str, Any]) -> str | None:
    """An event in words.

    >>> describe_event({"event": "cell", "notebook": "a", "cell": 4, "heading": "The toll", "seconds_since_start": 1.25})
    '  1.2 s  a: cell 4, The toll'
    """
    clock = f"{event.get('seconds_since_start', 0):5.1f} s"
    if event["event"] == "stage":
        return f"{clock}  {STAGES[event['stage']]}"
    if event["event"] == "cell":
        return f"{clock}  {event['notebook']}: cell {event['cell']}, {event['heading']}"
    if event["event"] == "notebook" and event["status"] != "running":
        took = f" in {event['seconds']:.1f} s" if event["status"] != "reused" else ", unchanged"
        return f"{clock}  {event['notebook']}: {event['status']}{took}"
    return None


class LiveDisplay:
    """One line a notebook with the heading of the running cell, and the time left by what the last good run took."""

    def __init__(self, history: dict[str, float]) -> None:
        from rich.console import Console
        from rich.progress import BarColumn, Progress, TextColumn, TimeElapsedColumn

        self.history, self.tasks, self.ends = history, {}, []  # type: dict[str, float], dict[str, Any], list[dict]
        self.console = Console(stderr=True)
        self.progress = Progress(
            TextColumn("{task.fields[notebook]:<18}"), BarColumn(bar_width=20), TimeElapsedColumn(),
            TextColumn("{task.fields[left]}"), TextColumn("{task.description}"), console=self.console,
        )  # fmt: skip

    def __enter__(self) -> "LiveDisplay":
        self.progress.start()
        return self

    def __exit__(self, *_: object) -> None:
        self.progress.stop()
        if self.ends:
            self.console.print(self._summary())

    def tell(self, event: dict[str, Any]) -> None:
        """Show one event."""
        kind = event["event"]
        if kind == "stage":
            self.progress.console.print(f"[dim]{STAGES[event['stage']]}[/dim]")
        elif kind == "notebook" and event["status"] == "running":
            name = event["notebook"]
            self.tasks[name] = self.progress.add_task("", total=event["cells"], notebook=name, left=self._left(name, 0))
        elif kind == "cell":
            done = event["cell"] / max(1, self.progress.tasks[self.tasks[event["notebook"]]].total or 1)
            left = self._left(event["notebook"], done)
            self._update(event, completed=event["cell"], description=event["heading"], left=left)
        elif kind == "notebook":
            self.ends.append(event)
            self._update(event, completed=10_000, description=event["status"], left="")

    def _update(self, event: dict[str, Any], **fields: Any) -> None:
        self.progress.update(self.tasks[event["notebook"]], **fields)

    def _left(self, name: str, done: float) -> str:
        seconds = self.history.get(name)
        return "" if seconds is None else f"about {max(0.0, seconds * (1 - done)):.0f} s left"

    def _summary(self) -> Any:
        from rich.table import Table

        table = Table("Notebook", "Result", "Seconds", box=None)
        for event in self.ends:
            table.add_row(event["notebook"], event["status"], f"{event['seconds']:.1f}")
        return table
