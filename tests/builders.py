"""Small builders of facts frames, so that a test shows only what it is about.

`frame([...])` gives the frame that notebooks and topic modules read: the contract's columns flat, one row a fact.
"""

import hashlib
from typing import Any

import pandas as pd

from analysis.facts import MODELS

RECORD_COLUMNS = {
    "recorded_at": None, "status": "active", "supersedes": None, "event_id": None, "review": "auto",
    "publisher": "The Courier", "title": "A report", "url": None, "reliability": None, "syndicated_from": None,
}  # fmt: skip
NUMBERS = ("value_low", "value_high", "lat", "lon", "geonames_id", "where_prec", "date_prec")
LIST_COLUMNS = ("relayed_by", "corroborated_by", "mediators")
# `status` stands once: a term's own status (`proposed` ...), and whether any other fact still stands.
COLUMNS = list(dict.fromkeys([*(name for model in MODELS.values() for name in model.model_fields), *RECORD_COLUMNS]))


def fact(kind: str, text: str, doc: str = "courier.txt", start: int = 0, **fields: Any) -> dict[str, Any]:
    """One row: defaults of the contract, then `fields`. The id follows from document, kind, offset and words."""
    published = fields.get("published", "2024-10-30")
    row: dict[str, Any] = dict.fromkeys(COLUMNS) | {name: [] for name in LIST_COLUMNS} | dict(RECORD_COLUMNS)
    row |= {
        "doc": doc, "doc_id": hashlib.sha256(doc.encode()).hexdigest(), "kind": kind, "text": text, "start": start,
        "end": start + len(text), "modality": "asserted", "published": published, "published_basis": "given",
        "extractor": "test", "recorded_at": published,
    }  # fmt: skip
    row |= fields
    key = f"{row['doc']}|{kind}|{row['start']}|{text}"
    row["fact_id"] = fields.get("fact_id") or f"{kind}-{hashlib.sha256(key.encode()).hexdigest()[:12]}"
    return row


def figure(measure: str, low: float | None, high: float | None = None, **fields: Any) -> dict[str, Any]:
    """A figure; `high` is `low` unless given."""
    fields.setdefault("operator", "eq")
    fields.setdefault("population", "all")
    text = fields.pop("text", f"{low} {measure}")
    return fact("figure", text, measure=measure, value_low=low, value_high=low if high is None else high, **fields)


def statement(speaker: str, text: str, **fields: Any) -> dict[str, Any]:
    """Something said."""
    fields = {"holder": speaker, "mode": "indirect", "stance": "informs", "asserted_by": speaker} | fields
    return fact("statement", text, speaker=speaker, **fields)


def event(event_type: str, text: str, **fields: Any) -> dict[str, Any]:
    """Something that happened; `date` sets both ends to one exact day."""
    day = fields.pop("date", None)
    if day:
        fields = {"date_start": day, "date_end": day, "date_prec": 1} | fields
    return fact("event", text, event_type=event_type, **fields)


def term(track: str, term_type: str, text: str, **fields: Any) -> dict[str, Any]:
    """A provision, condition or demand."""
    return fact("term", text, track=track, term_type=term_type, **({"status": "proposed"} | fields))


def actor(name: str, **fields: Any) -> dict[str, Any]:
    """A person, organisation or government."""
    return fact("actor", name, name=name, **({"actor_type": "person"} | fields))


def frame(rows: list[dict[str, Any]]) -> pd.DataFrame:
    """The facts frame of some rows, typed as the store's: numbers as numbers, all else as Python's own values or None."""
    facts = pd.DataFrame(rows, columns=COLUMNS, dtype=object)
    for name in NUMBERS:
        facts[name] = facts[name].astype(float)
    return facts.astype({"start": "int64", "end": "int64"})
