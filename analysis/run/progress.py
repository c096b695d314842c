"""A run as it goes: a live display at a terminal, plain lines elsewhere, both on standard error; or JSON Lines for programs."""

import json
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from analysis.run.display import LiveDisplay, PlainDisplay
from analysis.run.ledger import FILE, Ledger
from analysis.run.notebooks import Listener

STAGES = {"facts": "reading the seeds", "pages": "making the pages", "address": "sending the edition"}
STANDARD_ERROR = "-"


@contextmanager
def choose_listener(root: Path, editions: int = 1, events: str | None = None) -> Iterator[Listener]:
    """The listener that suits standard error, or writes `events`: a file's name, or `-` for standard error."""
    if events == STANDARD_ERROR:
        yield lambda event: print(_to_line(event), file=sys.stderr, flush=True)
    elif events:
        with Path(events).open("a", encoding="utf-8") as log, _choose_shown(root, editions) as show:
            yield lambda event: (print(_to_line(event), file=log, flush=True), show(event))[1]
    else:
        with _choose_shown(root, editions) as show:
            yield show


@contextmanager
def _choose_shown(root: Path, editions: int) -> Iterator[Listener]:
    if sys.stderr.isatty():
        with LiveDisplay(_history(root), STAGES, editions) as display:
            yield display.tell
    else:
        with PlainDisplay(lambda event: describe_event(event, several=editions > 1), editions) as display:
            yield display.tell


def _to_line(event: dict[str, Any]) -> str:
    return json.dumps(event, ensure_ascii=False)


def _history(root: Path) -> dict[str, float]:
    hidden = root / ".briefing"
    return Ledger(hidden).last_seconds() if (hidden / FILE).is_file() else {}


def describe_event(event: dict[str, Any], several: bool = False) -> str | None:
    """An event in words; where `several` editions are made at once, it names its own.

    >>> describe_event({"event": "cell", "notebook": "a", "cell": 4, "heading": "The toll", "seconds_since_start": 1.25})
    '  1.2 s  a: cell 4, The toll'
    """
    clock = f"{event.get('seconds_since_start', 0):5.1f} s  "
    clock += f"{event['edition']}  " if several and event.get("edition") else ""
    if event["event"] == "stage":
        return f"{clock}{STAGES[event['stage']]}"
    if event["event"] == "cell":
        return f"{clock}{event['notebook']}: cell {event['cell']}, {event['heading']}"
    if event["event"] == "notebook" and event["status"] != "running":
        took = f" in {event['seconds']:.1f} s" if event["status"] != "reused" else ", unchanged"
        return f"{clock}{event['notebook']}: {event['status']}{took}"
    return f"{clock}{event['status']}" if event["event"] == "run" and several else None
