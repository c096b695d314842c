"""A million facts: how long each table of the topics takes, in seconds of CPU, and how much memory the process then held at most.

    python -m tests.benchmarks.bench_topics [FACTS [NAME...]]

Prints one line a measure and exits with 1 where one takes over 2 s or, facts included, over 2 GB.
"""

import ctypes
import gc
import multiprocessing
import re
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pandas as pd
import pyarrow as pa
from pyarrow import ipc

from analysis import corrections, editions
from analysis.claims import events, match
from analysis.frames import read_frame, write_table
from analysis.revisions.status import with_status
from analysis.topics import actors, chronology, credibility, negotiations, sources, statements
from tests.benchmarks.bench_claims import (
    DAYS,
    FACTS_A_DOCUMENT,
    LIMIT_BYTES,
    LIMIT_SECONDS,
    MENTIONS,
    as_stored,
    make_facts,
)

PERSONS, PARTIES = (
    5000,
    ("Israel", "Hezbollah", "Hamas", "Sudanese Armed Forces", "Rapid Support Forces", "Russia", "Ukraine"),
)
STANCES = ("informs", "accepts", "conditionally_open", "optimistic", "demands", "rejects", "threatens", "denies")
STANCE_SHARES = (0.6, 0.05, 0.07, 0.05, 0.1, 0.06, 0.05, 0.02)
WORDS = (
    "we accept the truce", "they will withdraw from the town", "an exchange of prisoners and hostages", "it will take time",
    "let the aid in and lift the siege", "the army will deploy to the south", "no end to the war before victory",
)  # fmt: skip
# Documents go round the days of 2024: of a million facts, some 20,000 are new after this day.
WEEK_BEFORE_LAST = "2024-12-23"
COMPARED = "editions compared"
STATUS = Path("/proc/self/status")
FORGET_PEAK = "5"


def make_talks(count: int) -> pd.DataFrame:
    """The facts of `make_facts` with statements, terms and actors filled in; each claim is printed MENTIONS times on average."""
    facts, draw = make_facts(count), np.random.default_rng(8)
    persons = np.array([f"Person {number}" for number in range(PERSONS)], dtype=object)
    ranks = draw.permutation(PERSONS)
    own = np.array(PARTIES, dtype=object)[ranks % len(PARTIES)]
    for kind, pools in {"statement": _statement_pools, "term": _term_pools, "actor": _actor_pools}.items():
        chosen = facts.index[facts["kind"] == kind]
        pool = max(1, len(chosen) // DAYS // MENTIONS)
        claim = (chosen.to_numpy() // FACTS_A_DOCUMENT) % DAYS * pool + draw.integers(0, pool, len(chosen))
        for name, values in pools(draw, DAYS * pool, persons, own).items():
            facts.loc[chosen, name] = values[claim]
    # Every seventh document is a copy of what an agency sent.
    copied = (np.arange(count) // FACTS_A_DOCUMENT) % 7 == 0
    facts["syndicated_from"] = np.where(copied, np.array("Agency", dtype=object), None)
    # A fifth of the claims have nobody named for them.
    unnamed = draw.random(count) < 0.2
    facts["asserted_by"] = facts["asserted_by"].where(~unnamed, None)
    return as_stored(facts)


def _words(draw: np.random.Generator, size: int) -> np.ndarray:
    """What each claim says: no two in the same words."""
    said = draw.choice(np.array(WORDS, dtype=object), size)
    return np.array([f"{words}, he said on day {number}" for number, words in enumerate(said)], dtype=object)


def _statement_pools(
    draw: np.random.Generator, size: int, persons: np.ndarray, own: np.ndarray
) -> dict[str, np.ndarray]:
    who = draw.zipf(1.3, size) % PERSONS
    stance = draw.choice(np.array(STANCES, dtype=object), size, p=STANCE_SHARES)
    condition = np.where(stance == "conditionally_open", np.array("once the troops leave", dtype=object), None)
    return {
        "speaker": persons[who], "holder": own[who], "stance": stance, "condition": condition,
        "mode": draw.choice(np.array(["direct", "indirect"], dtype=object), size),
        "text": _words(draw, size),
    }  # fmt: skip


def _term_pools(draw: np.random.Generator, size: int, persons: np.ndarray, own: np.ndarray) -> dict[str, np.ndarray]:
    def pick(*values: str | None) -> np.ndarray:
        return draw.choice(np.array(values, dtype=object), size)

    return {
        "track": pick("lebanon", "gaza", "sudan", "ukraine", "tigray", "colombia-eln"),
        "term_type": pick(
            "cessation", "duration", "withdrawal", "exchange", "humanitarian_access", "monitoring", "deployment", "condition"
        ),
        "status": pick("proposed", "reported", "under_discussion", "agreed", "rejected"),
        "demanded_by": pick(None, None, *PARTIES), "proposed_by": pick(None, None, "United States", "Qatar"),
        "obligor": pick(None, *PARTIES), "quantity": pick(None, "60 days", "7 days"), "text": _words(draw, size),
    }  # fmt: skip


def _actor_pools(draw: np.random.Generator, size: int, persons: np.ndarray, own: np.ndarray) -> dict[str, np.ndarray]:
    who = draw.zipf(1.2, size) % PERSONS
    roles = np.array([None, "leader", "newly appointed leader", "spokesman", "deputy leader", "minister"], dtype=object)
    return {
        "name": persons[who], "affiliation": own[who], "role": roles[(who + (draw.random(size) < 0.02)) % len(roles)],
        "actor_type": np.full(size, "person", dtype=object),
    }  # fmt: skip


def _held() -> int:
    """Bytes that this process held at most since the last call of `_forget_peak`."""
    found = re.search(r"VmHWM:\s+(\d+) kB", STATUS.read_text(encoding="ascii"))
    return int(found[1]) * 1024 if found else 0


def _forget_peak() -> None:
    """Give freed memory back and count the peak anew, so that a measure is not charged with what came before it."""
    gc.collect()
    ctypes.CDLL(None).malloc_trim(0)
    STATUS.with_name("clear_refs").write_text(FORGET_PEAK, encoding="ascii")


def measure(name: str, work: Callable[[], object]) -> bool:
    """Run one measure, print seconds of CPU and peak of memory, and say whether it kept both limits."""
    _forget_peak()
    start = time.process_time()
    result = work()
    seconds = time.process_time() - start
    del result
    held = _held()
    print(f"{name:28} {seconds:6.2f} s {held / 1024**3:6.2f} GB", flush=True)
    return seconds <= LIMIT_SECONDS and held <= LIMIT_BYTES


def two_editions(facts: pd.DataFrame) -> tuple[pd.DataFrame, pd.DataFrame]:
    """The facts known a week before the last day, and all of them."""
    settled = with_status(facts)
    return settled[settled["published"] <= WEEK_BEFORE_LAST], settled


def keep_editions(facts: pd.DataFrame, folder: Path) -> list[Path]:
    """Two editions as Arrow files, which is how settled facts are kept."""
    paths = [folder / "earlier.arrow", folder / "later.arrow"]
    for path, frame in zip(paths, two_editions(facts), strict=True):
        table = write_table(frame)
        with ipc.new_file(str(path), table.schema) as sink:
            sink.write_table(table)
    return paths


def compare_kept(paths: list[Path]) -> bool:
    """The measure of `editions.compare`, on frames read as a notebook reads them."""
    earlier, later = (read_frame(ipc.open_file(pa.memory_map(str(path))).read_all()) for path in paths)
    return measure(COMPARED, lambda: editions.compare(earlier, later))


def measure_compared(facts: pd.DataFrame) -> bool:
    """The same in a process of its own, which holds the two editions and nothing of how they were made."""
    with tempfile.TemporaryDirectory() as folder, multiprocessing.get_context("spawn").Pool(1) as pool:
        return pool.apply(compare_kept, [keep_editions(facts, Path(folder))])


def measures(facts: pd.DataFrame) -> dict[str, Callable[[], object]]:
    """Every table by its name; what a table is made from is made before, as a notebook does."""
    tracks = negotiations.load_tracks()
    said = statements.statements(facts)
    sided = negotiations.stances(facts, tracks)
    return {
        "facts alone": lambda: None,
        "settle": lambda: corrections.settle_facts(facts),
        "events (GED)": lambda: events.build_events(facts),
        "statements": lambda: statements.statements(facts),
        "speakers": lambda: statements.speakers(said),
        "actors": lambda: actors.actors(facts),
        "actor changes": lambda: actors.actor_changes(facts),
        "chronology": lambda: chronology.chronology(facts),
        "publishers": lambda: sources.sources(facts),
        "originators": lambda: sources.originator_table(facts),
        "coverage": lambda: sources.coverage(facts),
        "credibility": lambda: credibility.credibility(facts),
        "single source": lambda: sources.single_source(facts),
        "register": lambda: negotiations.register(facts, tracks),
        "cells": lambda: negotiations.cells(facts, tracks),
        "matrix": lambda: negotiations.matrix(facts, "gaza", tracks),
        "meeting points": lambda: negotiations.meeting_points(facts, "gaza", tracks),
        "drafts": lambda: negotiations.compare_drafts(facts, "gaza", tracks),
        "stances": lambda: negotiations.stances(facts, tracks),
        "stance changes": lambda: negotiations.stance_changes(sided),
    }


def main(count: int, wanted: list[str]) -> int:
    """Run the measures (all, or those named); 0 when every limit holds."""
    facts = match.assign_events(make_talks(count))
    kept = [measure(name, work) for name, work in measures(facts).items() if not wanted or name in wanted]
    if not wanted or COMPARED in wanted:
        kept.append(measure_compared(facts))
    return 0 if all(kept) else 1


if __name__ == "__main__":
    numbers = [int(word) for word in sys.argv[1:2]]
    sys.exit(main(numbers[0] if numbers else 1_000_000, sys.argv[2:]))
