"""A million facts: how long each measure of claims and audit takes, in seconds of CPU, and how much memory in all.

    python -m tests.benchmarks.bench_claims [FACTS]

Prints one line a measure and exits with 1 where one takes over 2 s, or all together over 2 GB.
"""

import resource
import sys
import time
from collections.abc import Callable

import numpy as np
import pandas as pd

from analysis.audit.evidence import Evidence
from analysis.claims import copies, events, gather, match, reconcile, series
from analysis.claims.figures import prepare_figures
from analysis.topics import casualties, humanitarian
from tests.builders import COLUMNS, LIST_COLUMNS, NUMBERS

LIMIT_SECONDS, LIMIT_BYTES = 2.0, 2 * 1024**3
FACTS_A_DOCUMENT, PLACES, SOURCES, DAYS = 100, 400, 60, 365
MENTIONS = 3  # how often one claim is printed: agencies and their customers
KINDS = {"figure": 0.15, "event": 0.25, "statement": 0.2, "term": 0.1, "actor": 0.15, "place": 0.1, "time": 0.05}


def make_facts(count: int) -> pd.DataFrame:
    """A frame like the store's: documents of 100 facts over a year, a few hundred places, sixty originators."""
    draw = np.random.default_rng(7)
    days = np.datetime_as_string(np.datetime64("2024-01-01") + np.arange(DAYS)).astype(object)
    document = np.arange(count) // FACTS_A_DOCUMENT
    published = days[document % DAYS]
    kind = draw.choice(np.array(list(KINDS), dtype=object), count, p=list(KINDS.values()))
    facts = pd.DataFrame({name: np.full(count, None, dtype=object) for name in COLUMNS})
    names = np.array([f"place {n}" for n in range(PLACES)], dtype=object)
    sources = np.array([f"ministry {n}" for n in range(SOURCES)], dtype=object)
    facts["kind"], facts["published"], facts["recorded_at"] = kind, published, published
    facts["doc_id"] = pd.Series(document).astype(str).astype(object)
    facts["doc"] = "doc " + facts["doc_id"]
    facts["fact_id"] = [f"fact-{n}" for n in range(count)]
    facts["publisher"] = np.array([f"courier {n}" for n in range(200)], dtype=object)[document % 200]
    facts["text"] = [f"words of fact {n % 5000}" for n in range(count)]
    facts["modality"], facts["status"], facts["review"] = "asserted", "active", "auto"
    # A few towns have most of the news.
    facts["place"], facts["asserted_by"] = names[draw.zipf(1.3, count) % PLACES], draw.choice(sources, count)
    facts["where_prec"], facts["date_prec"] = 2.0, 1.0
    facts["start"] = (np.arange(count) % FACTS_A_DOCUMENT) * 60
    facts["end"] = facts["start"] + 20
    _fill_figures(facts, draw)
    _fill_events(facts, draw)
    for name in LIST_COLUMNS:
        facts[name] = pd.Series([[]] * count, dtype=object)
    for name in NUMBERS:
        facts[name] = facts[name].astype(float)
    return as_stored(facts.astype({"start": "int64", "end": "int64"}))


def as_stored(facts: pd.DataFrame) -> pd.DataFrame:
    """Words as Python's own strings, as the store gives them, equal ones shared."""
    columns = {}
    for name in facts.columns[facts.dtypes == "str"]:
        codes, values = pd.factorize(facts[name])
        columns[name] = pd.Series(np.array([*values, None], dtype=object)[codes], facts.index, dtype=object)
    return facts.assign(**columns)


def _fill_figures(facts: pd.DataFrame, draw: np.random.Generator) -> None:
    """Each day has its pool of claims, each printed MENTIONS times on average by the documents of that day."""
    chosen = facts.index[facts["kind"] == "figure"]
    count = len(chosen)
    pool = max(1, count // DAYS // MENTIONS)
    day = (chosen.to_numpy() // FACTS_A_DOCUMENT) % DAYS
    claim = day * pool + draw.integers(0, pool, count)
    values = {
        "measure": ["killed", "injured", "missing", "killed_or_missing", "displaced", "share"],
        "operator": ["eq", "at_least", "about"], "scope": ["incident", "cumulative", "new_in_period"],
        "place": [f"place {number}" for number in range(PLACES)],
        "asserted_by": [f"ministry {number}" for number in range(SOURCES)],
    }  # fmt: skip
    for name, choices in values.items():
        facts.loc[chosen, name] = draw.choice(np.array(choices, dtype=object), DAYS * pool)[claim]
    numbers = draw.integers(1, 3000, DAYS * pool).astype(float)[claim]
    facts.loc[chosen, "value_low"] = numbers
    facts.loc[chosen, "value_high"] = numbers
    facts.loc[chosen, "population"], facts.loc[chosen, "unit"] = "all", "person"
    facts.loc[chosen, "as_of"] = facts.loc[chosen, "published"]


def _fill_events(facts: pd.DataFrame, draw: np.random.Generator) -> None:
    chosen = facts.index[facts["kind"] == "event"]
    types = np.array(["air_strike", "shelling", "attack", "meeting", "armed_clash", "killing"], dtype=object)
    facts.loc[chosen, "event_type"] = draw.choice(types, len(chosen))
    facts.loc[chosen, "date_start"] = facts.loc[chosen, "published"]
    facts.loc[chosen, "date_end"] = facts.loc[chosen, "published"]


def measure(name: str, work: Callable[[], object]) -> tuple[object, bool]:
    """Run one measure; print its CPU seconds; whether it kept the limit."""
    start = time.process_time()
    result = work()
    seconds = time.process_time() - start
    print(f"{name:28} {seconds:6.2f} s")
    return result, seconds <= LIMIT_SECONDS


def main(count: int) -> int:
    """Run all measures; 0 when every limit holds."""
    facts = make_facts(count)
    matched, first = measure("match events", lambda: match.assign_events(facts))
    figures, second = measure("prepare figures", lambda: prepare_figures(matched))
    claims, third = measure("gather claims", lambda: gather.gather_claims(figures))
    kept = [first, second, third]
    for name, work in {
        "reconcile": lambda: reconcile.reconcile(claims, "majority"),
        "running totals": lambda: series.build_series(figures),
        "events (GED)": lambda: events.build_events(matched),
        "copies (words of facts)": lambda: copies.mark_copies(matched),
        "casualty ranges": lambda: casualties.build_ranges(matched),
        "casualty claims table": lambda: casualties.tabulate_claims(matched),
        "key figures": lambda: casualties.pick_key_figures(matched),
        "indicators": lambda: humanitarian.tabulate_indicators(matched),
        "implied totals": lambda: humanitarian.find_implied_totals(matched),
    }.items():
        kept.append(measure(name, work)[1])
    kept += run_audit(matched, figures, claims)
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024
    print(f"{'peak memory':28} {peak / 1024**3:6.2f} GB")
    return 0 if all(kept) and peak <= LIMIT_BYTES else 1


def run_audit(facts: pd.DataFrame, figures: pd.DataFrame, claims: pd.DataFrame) -> list[bool]:
    """Every check of the audit as a measure of its own."""
    from analysis.audit import CHECKS

    evidence = Evidence(
        facts, figures, claims, series.build_series(figures), humanitarian.find_implied_totals(facts),
        copies.find_copies(facts.iloc[:0].assign(text="")), None,
    )  # fmt: skip
    return [measure(f"audit {check.name}", lambda check=check: check.run(evidence))[1] for check in CHECKS]


if __name__ == "__main__":
    sys.exit(main(int(sys.argv[1]) if len(sys.argv) > 1 else 1_000_000))
