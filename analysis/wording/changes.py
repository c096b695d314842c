"""Sentences on what changed between two editions, for rows of `editions.compare`."""

from typing import Any

from analysis.prose import Sentence
from analysis.wording.phrases import list_of, sentence, stated

VERBS = {
    "new": "new", "superseded": "superseded", "corrected": "corrected", "retracted": "withdrawn", "moved": "moved",
}  # fmt: skip


def change_sentence(row: dict[str, Any]) -> Sentence:
    """One change with its reason: `kind`, `text`, `why`, `facts`."""
    joint = ";" if row["kind"] == "moved" else ","
    text = f"{str(row['text']).removesuffix('.')}{joint} {row['why']}" if row.get("why") else row["text"]
    return sentence(f"{VERBS[row['kind']]}: ", stated(text, list_of(row, "facts")), kind="reported")
