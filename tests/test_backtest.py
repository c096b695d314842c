"""Backtest: the seed article still gives the facts of the committed edition; what differs is shown fact by fact.

When a difference is meant: briefing run --force, look at it, and commit reports/2024-10-30 with the reason.
"""

import json
from pathlib import Path

from analysis.extract.batches import extract_files

PROJECT = Path(__file__).parent.parent
SEED = PROJECT / "seeds" / "documents" / "000_aa2f6e27036e73c0.txt"
FROZEN = PROJECT / "reports" / "2024-10-30" / "facts.jsonl"
# Filled in from the record and by later stages, not by the extractor.
NOT_EXTRACTED = {"doc", "published", "published_basis", "recorded_at", "status", "supersedes", "event_id", "review"}


def describe(record: dict) -> str:
    """One fact as a line that a difference can be read from; numbers as JSON writes them."""
    fields = {name: value for name, value in sorted(record.items()) if name not in NOT_EXTRACTED}
    fields = {name: int(v) if isinstance(v, float) and v.is_integer() else v for name, v in fields.items()}
    return f"{record['kind']} {record['text']!r} {json.dumps(fields, ensure_ascii=False)}"


def test_the_seed_gives_the_facts_of_the_committed_edition() -> None:
    frozen = {describe(json.loads(line)) for line in FROZEN.read_text(encoding="utf-8").splitlines()}
    (outcome,) = extract_files([SEED], "2024-10-30", hand=PROJECT / "seeds" / "hand")
    found = {describe(fact.model_dump()) for fact in outcome.facts}
    difference = [f"- {line}" for line in sorted(frozen - found)] + [f"+ {line}" for line in sorted(found - frozen)]
    assert not difference, "facts differ from the committed edition:\n" + "\n".join(difference)
