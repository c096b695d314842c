"""Reference data fetched before a run, since nothing in a run reaches the network: what is declared and not yet kept.

Without network nothing waits: the servers are tried once, for a moment, and the report says "not loaded".
"""

import os
import socket
import urllib.request
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from analysis.claims.fetch import OFFLINE
from analysis.run.errors import RunError
from analysis.run.layout import Layout
from analysis.run.limits import MEBIBYTE, Limits
from analysis.run.remote import call_guarded
from analysis.run.sandbox import Jobs

# A name server or a server that does not answer in this time counts as none; the whole fetch may take longer.
REACH_SECONDS = 2.0
REACH = Limits(run_seconds=REACH_SECONDS + 1, cpu_seconds=5, memory_bytes=1024 * MEBIBYTE)
FETCH = Limits(run_seconds=60, cpu_seconds=30, memory_bytes=1024 * MEBIBYTE)
PORTS = {"https": 443, "http": 80}
CALL = "analysis.run.reference:{}"
# As in `claims.reference`, which loads pandas: the runner's own process stays light.
REFERENCE = Path("seeds") / "reference.yml"
NOT_REACHED = "not loaded: no copy is kept and no server could be reached"


def fetch_reference(layout: Layout, jobs: Jobs, as_of: str | None) -> list[dict[str, Any]]:
    """What came of each declared series (`series`, `rows`, `sha256`, `problem`), those not yet kept fetched where that can be."""
    if not (layout.root / REFERENCE).is_file():
        return []
    arguments = {"root": str(layout.root), "as_of": as_of}
    kept: list[dict[str, Any]] = call_guarded(jobs, CALL.format("load"), arguments, FETCH, layout.root, {OFFLINE: "1"})
    if os.environ.get(OFFLINE) or all(series["sha256"] for series in kept):
        return kept
    try:
        proxies = {f"{scheme}_proxy": address for scheme, address in urllib.request.getproxies().items()}
        if proxies or call_guarded(jobs, CALL.format("reach"), {"root": str(layout.root)}, REACH, layout.root, {}):
            return list(call_guarded(jobs, CALL.format("load"), arguments, FETCH, layout.root, proxies))
    except RunError:
        pass  # too slow, or gone: what is kept counts, and a report can do without the rest
    return [series if series["sha256"] else {**series, "problem": NOT_REACHED} for series in kept]


def load(root: str, as_of: str | None) -> list[dict[str, Any]]:
    """The inside: load every declared series."""
    from analysis.claims.reference import load_reference

    return [found.model_dump(exclude={"title"}) for found in load_reference(Path(root), as_of)[1]]


def reach(root: str) -> bool:
    """The inside: whether any server of a declared series answers."""
    from analysis.claims.reference import load_declarations

    places = {urlsplit(series.url)[:2] for series in load_declarations(Path(root))}
    return any(_answers(scheme, place) for scheme, place in sorted(places))


def _answers(scheme: str, place: str) -> bool:
    parts = urlsplit(f"//{place}")
    try:
        address = (parts.hostname or "", parts.port or PORTS.get(scheme, 0))
        with socket.create_connection(address, REACH_SECONDS):
            return True
    except (OSError, ValueError):
        return False
