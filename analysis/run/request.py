"""What is asked for: one edition of one root, before anything is known about it."""

import shlex
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

from analysis.run.limits import MEBIBYTE, Limits

ENGINES = ("fork", "kernel")


@dataclass(frozen=True)
class Request:
    """One edition asked for. `notebooks` empty means all; `as_of` None means the newest document's day."""

    root: Path
    notebooks: tuple[str, ...] = ()
    as_of: str | None = None
    settings: dict[str, Any] = field(default_factory=dict)
    # NAME=VALUE as typed, read once the notebooks have said what types they declare.
    assignments: tuple[str, ...] = ()
    jobs: int = 2
    force: bool = False
    engine: str = "fork"
    # Seconds for the whole edition; 0 means that only the notebooks' own limits hold.
    deadline: float = 0
    # Whether the list of editions is brought up to date; not where many editions are made together, until the last.
    index: bool = True
    # An address (`s3://...`) to which the edition is sent as well; None: the root's own, if it has one.
    reports: str | None = None
    limits: Limits = field(default_factory=lambda: Limits(network=False))

    def as_dict(self) -> dict[str, Any]:
        """Plain values, for the ledger."""
        return {**asdict(self), "root": str(self.root.absolute())}


def command_of(request: dict[str, Any]) -> str:
    """The command that asks for the same again, from a request's plain values."""
    words = ["briefing", "--root", request["root"], "run", *request["notebooks"]]
    words += ["--as-of", request["as_of"]] if request["as_of"] else []
    given = [*request["assignments"], *(f"{name}={_spell(value)}" for name, value in request["settings"].items())]
    words += [word for item in given for word in ("--set", item)]
    words += ["--engine", request["engine"]] if request["engine"] != ENGINES[0] else []
    words += ["--reports", request["reports"]] if request.get("reports") else []
    return shlex.join([*words, *_spell_limits(request.get("limits") or {}), "--force"])


def _spell_limits(limits: dict[str, Any]) -> list[str]:
    """The options for limits that are not the usual ones."""
    usual = Limits(network=False).as_dict()
    changed = {name: value for name, value in limits.items() if usual.get(name) != value}
    options = {"memory_bytes": "--memory", "cell_seconds": "--cell-seconds", "run_seconds": "--run-seconds"}
    words = ["--network"] if changed.get("network") else []
    for name, option in options.items():
        if name in changed:
            value = changed[name] // MEBIBYTE if name == "memory_bytes" else changed[name]
            words += [option, f"{value:g}"]
    return words


def _spell(value: Any) -> str:
    return ",".join(map(str, value)) if isinstance(value, list) else str(value)
