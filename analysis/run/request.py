"""What is asked for: one edition of one root, before anything is known about it."""

import shlex
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

from analysis.run.limits import Limits

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
    return shlex.join([*words, "--force"])


def _spell(value: Any) -> str:
    return ",".join(map(str, value)) if isinstance(value, list) else str(value)
