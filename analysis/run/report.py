"""A run, told to people: what it was asked, how it ended, where it failed, and how to repeat it."""

import re
from pathlib import Path
from typing import Any

from analysis.run.request import command_of

_COLOUR = re.compile(r"\x1b\[[0-9;]*m")


def describe_line(entry: dict[str, Any]) -> str:
    """One line on one entry of the ledger."""
    seconds = entry["detail"].get("seconds")
    duration = f"{seconds:8.1f} s" if seconds is not None else " " * 10
    reason = f"  {entry['reason']}" if entry["reason"] else ""
    return f"{entry['run_id']}  {entry['state']:<10}{duration}  {entry['edition'] or '-'}{reason}"


def describe_run(entry: dict[str, Any]) -> str:
    """Several lines on one entry of the ledger."""
    request = entry["request"]
    lines = [
        f"run      {entry['run_id']}: {entry['state']}, exit status {entry['exit_status']}",
        f"edition  {entry['edition'] or 'not settled'}",
        f"time     {entry['started']} to {entry['ended'] or 'now'}",
        f"given    {', '.join(_list_given(request)) or 'nothing'}",
    ]
    if entry["reason"]:
        lines.append(f"reason   {entry['reason']}")
    for name, outcome in entry["detail"].get("notebooks", {}).items():
        lines.append(f"  {name}: {outcome['state']}, {outcome['seconds']:.1f} s {outcome['where'] or ''}".rstrip())
        if outcome["trace"]:
            lines += [f"    {line}" for line in _COLOUR.sub("", outcome["trace"]).splitlines()]
    lines += [f"kept     {path}" for path in find_kept(entry)]
    lines.append(f"repeat   {command_of(request)}")
    return "\n".join(lines)


def _list_given(request: dict[str, Any]) -> list[str]:
    """What was asked for: notebooks, cut-off, parameters."""
    cut = [f"as_of={request['as_of']}"] if request["as_of"] else []
    return [*request["notebooks"], *cut, *request["assignments"], *(f"{k}={v}" for k, v in request["settings"].items())]


def find_kept(entry: dict[str, Any]) -> list[Path]:
    """The files kept of a run that did not succeed."""
    folder = Path(entry["folder"] or "")
    return sorted(path for path in folder.glob("*") if path.is_file()) if entry["folder"] else []


def find_kept_notebooks(entry: dict[str, Any]) -> list[Path]:
    """The notebooks among them."""
    return [path for path in find_kept(entry) if path.suffix == ".ipynb"]
