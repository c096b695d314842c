"""The live display of a terminal: a line for each notebook that runs, and a table when all is over."""

import sys
from collections.abc import Callable
from typing import Any


class LiveDisplay:
    """One line a notebook with the heading of the running cell, and the time left by what the last good run took.

    Of several editions those under way are shown, and how many are done.
    """

    def __init__(self, history: dict[str, float], stages: dict[str, str], editions: int = 1) -> None:
        from rich.console import Console
        from rich.progress import BarColumn, Progress, TextColumn, TimeElapsedColumn

        self.history, self.stages, self.editions = history, stages, editions
        self.tasks: dict[tuple[str, str], Any] = {}
        self.ends: list[dict[str, Any]] = []
        self.console = Console(stderr=True)
        self.progress = Progress(
            TextColumn("{task.fields[name]:<18}"), BarColumn(bar_width=20), TimeElapsedColumn(),
            TextColumn("{task.fields[left]}"), TextColumn("{task.description}"), console=self.console,
        )  # fmt: skip
        self.whole = self.progress.add_task("", total=editions, name="editions", left="", visible=editions > 1)

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
        if kind == "stage" and self.editions == 1:
            self.progress.console.print(f"[dim]{self.stages[event['stage']]}[/dim]")
        elif kind == "notebook" and event["status"] == "running":
            self._begin(event)
        elif kind == "cell":
            done = event["cell"] / max(1, self.progress.tasks[self.tasks[_key(event)]].total or 1)
            left = self._left(event["notebook"], done)
            self._update(event, completed=event["cell"], description=event["heading"], left=left)
        elif kind == "notebook":
            self._finish(event)
        elif kind == "run":
            self._count(event)

    def _begin(self, event: dict[str, Any]) -> None:
        name = event["notebook"] if self.editions == 1 else f"{event['edition']} {event['notebook']}"
        left = self._left(event["notebook"], 0)
        self.tasks[_key(event)] = self.progress.add_task("", total=event["cells"], name=name, left=left)

    def _finish(self, event: dict[str, Any]) -> None:
        if self.editions == 1:
            self.ends.append(event)
        if _key(event) in self.tasks:  # not where a worker made it: only its end is known
            ended = self.progress.tasks[self.tasks[_key(event)]].total
            self._update(event, completed=ended, description=event["status"], left="", visible=self.editions == 1)

    def _count(self, event: dict[str, Any]) -> None:
        """An edition is over, well or not."""
        if self.editions > 1:
            self.ends.append(event)
            done = len(self.ends)
            spent = self.progress.tasks[self.whole].elapsed or 0.0
            left = f"about {spent / done * (self.editions - done):.0f} s left"
            self.progress.update(self.whole, completed=done, left=left, description=f"{done} of {self.editions}")

    def _update(self, event: dict[str, Any], **fields: Any) -> None:
        self.progress.update(self.tasks[_key(event)], **fields)

    def _left(self, name: str, done: float) -> str:
        seconds = self.history.get(name)
        return "" if seconds is None else f"about {max(0.0, seconds * (1 - done)):.0f} s left"

    def _summary(self) -> Any:
        """Each notebook of one edition, or each edition of several: how it ended, and after how long."""
        from rich.table import Table

        head, *rows = tabulate_ends(self.ends)
        table = Table(*head, box=None)
        for row in rows:
            table.add_row(*row)
        return table


class PlainDisplay:
    """Plain lines for a log, and the same table when all is over."""

    def __init__(self, describe: Callable[[dict[str, Any]], str | None], editions: int = 1) -> None:
        self.describe, self.last = describe, "notebook" if editions == 1 else "run"
        self.ends: list[dict[str, Any]] = []

    def __enter__(self) -> "PlainDisplay":
        return self

    def __exit__(self, *_: object) -> None:
        for row in tabulate_ends(self.ends) if self.ends else ():
            print("  ".join((f"{row[0]:<30}", f"{row[1]:<10}", f"{row[2]:>8}")), file=sys.stderr, flush=True)

    def tell(self, event: dict[str, Any]) -> None:
        """One line for what a person wants to know; nothing for the rest."""
        if event["event"] == self.last and event["status"] != "running":
            self.ends.append(event)
        line = self.describe(event)
        if line:
            print(line, file=sys.stderr, flush=True)


def tabulate_ends(ends: list[dict[str, Any]]) -> list[tuple[str, str, str]]:
    """A head, and a row for each notebook of one edition, or for each edition of several: how it ended, after how long.

    >>> tabulate_ends([{"notebook": "10_a", "status": "succeeded", "seconds": 2.54}])
    [('Notebook', 'Result', 'Seconds'), ('10_a', 'succeeded', '2.5')]
    """
    rows = [
        (
            event.get("notebook") or event["edition"] or event["run"], event["status"],
            f"{event['seconds'] if 'seconds' in event else event['seconds_since_start']:.1f}",
        )
        for event in ends
    ]  # fmt: skip
    return [("Notebook" if "notebook" in ends[0] else "Edition", "Result", "Seconds"), *rows]


def _key(event: dict[str, Any]) -> tuple[str, str]:
    return event.get("run", ""), event["notebook"]
