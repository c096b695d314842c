"""What a run starts from: the store brought up to date with `seeds/`, its version, and a digest of what is known."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

from analysis.files import write_file
from analysis.run.decided import hash_decided
from analysis.run.keys import hash_code, hash_tree, hash_values
from analysis.run.layout import Layout
from analysis.run.limits import MEBIBYTE, Limits
from analysis.run.mirror import pull_facts, push_facts
from analysis.run.remote import call_guarded
from analysis.run.sandbox import Jobs

if TYPE_CHECKING:
    from analysis.store import Store

MEMORY = "inputs.json"
# A manifest names each document up to this many; a larger corpus is named by its digest.
LISTED_DOCUMENTS = 1000
# So many cut-offs are remembered: a backfill of years would else write them all after each of its editions.
REMEMBERED_DAYS = 50
# The first extraction of a corpus may take hours; `briefing ingest` is the way for more.
LIMITS = Limits(run_seconds=86_400, cpu_seconds=86_400, memory_bytes=6144 * MEBIBYTE, file_bytes=8192 * MEBIBYTE)


@dataclass(frozen=True)
class Inputs:
    """The facts a run may know: store `version`, cut-off `as_of`, `digest` of both, `documents` behind them.

    `kinds` has a digest for each kind of what notebooks are told of it with the usual `period_days` (`known.digest_kinds`),
    `decided` one for each file that people keep (`decided.hash_decided`).
    """

    version: int
    as_of: str
    digest: str
    documents: list[dict[str, str]]
    decided: dict[str, str]
    kinds: dict[str, str] = field(default_factory=dict)
    period_days: int = 0

    @property
    def decisions(self) -> str:
        """One digest of what people decided and what the facts are compared with."""
        return hash_values(self.decided)


def gather_inputs(layout: Layout, as_of: str | None, jobs: Jobs) -> Inputs:
    """Read the seeds into the store, unless nothing at all has changed since the last time.

    Raises RemoteError where a record or a document is not what it should be, StorageError where facts are kept at an address
    that cannot be reached.
    """
    pull_facts(layout)
    seeds, decided = hash_tree(layout.root / "seeds"), hash_decided(layout)
    remembered = _recall(layout, seeds, decided, as_of)
    if remembered:
        return remembered
    arguments = {"root": str(layout.root), "as_of": as_of}
    environment = {"BRIEFING_ROOT": str(layout.root)}
    answer = call_guarded(jobs, "analysis.run.inputs:read_inputs", arguments, LIMITS, layout.root, environment)
    inputs = Inputs(**answer, decided=decided)
    push_facts(layout)
    # Not where somebody edits seeds or adds facts meanwhile: what was read may be the older ones.
    if hash_tree(layout.root / "seeds") == seeds and find_last_commit(layout) == inputs.version:
        _remember(layout, seeds, as_of, inputs)
    return inputs


def read_inputs(root: str, as_of: str | None) -> dict[str, Any]:
    """The inside: extract what is new, and describe what is known at the cut-off (by default the newest document's day)."""
    from analysis.errors import UsageError
    from analysis.known import PERIOD_DAYS
    from analysis.seeds import read_seeds

    store = read_seeds(Path(root))
    day = as_of or store.newest()
    if day is None:
        raise UsageError("no document has a day of publication; say the cut-off with --as-of YYYY-MM-DD")
    version = store.version()
    return {
        "version": version, "as_of": day, "digest": store.digest(version, day), "kinds": _settle(store, day, version, PERIOD_DAYS),
        "period_days": PERIOD_DAYS, "documents": store.names(LISTED_DOCUMENTS, version, day),
    }  # fmt: skip


def _settle(store: Store, day: str, version: int, period_days: int) -> dict[str, str]:
    """Settle the edition's facts before the notebooks ask all at once; gives their digests by kind."""
    from analysis.known import digest_kinds, load_documents
    from analysis.settled import load_settled

    facts = load_settled(store, day, version, period_days)
    return digest_kinds(facts, load_documents(facts, store.root))


def fingerprint(layout: Layout, seeds: str) -> str:
    """Changes whenever the seeds (given by their hash), the code or the store do."""
    return hash_values(seeds, hash_code(), find_last_commit(layout))


def find_last_commit(layout: Layout) -> int:
    """The store's version without opening it, which starts threads; -1 while there is none."""
    log = layout.hidden / "store" / "documents" / "_delta_log"
    return max((int(path.stem) for path in log.glob("*.json") if path.stem.isdigit()), default=-1)


def _recall(layout: Layout, seeds: str, decided: dict[str, str], as_of: str | None) -> Inputs | None:
    state = fingerprint(layout, seeds)
    try:
        memory = json.loads((layout.hidden / MEMORY).read_bytes())
        known = memory["known"].get(as_of or "") if memory["state"] == state else None
        return Inputs(**{**known, "decided": decided}) if known else None
    except (OSError, ValueError, KeyError, TypeError):
        return None  # it only saves time


def _remember(layout: Layout, seeds: str, as_of: str | None, inputs: Inputs) -> None:
    path, state = layout.hidden / MEMORY, fingerprint(layout, seeds)
    try:
        memory = json.loads(path.read_bytes())
    except (OSError, ValueError):
        memory = {}
    known = memory.get("known", {}) if memory.get("state") == state else {}
    known = dict(list(known.items())[1 - REMEMBERED_DAYS :]) | {as_of or "": asdict(inputs)}
    write_file(path, json.dumps({"state": state, "known": known}).encode())
