"""Files for other programs: facts as CSV, JSON Lines and Parquet; cells made safe for spreadsheets.

Every fact leaves with the fields of its kind (the contract's names) and those of the store: `recorded_at`, `status`,
`supersedes`, `event_id`, `review`.
"""

import csv
import io
import json
from typing import Any

import pandas as pd

from analysis.facts import KINDS, MODELS
from analysis.store import FACT_FIELDS

STORE_FIELDS = ("recorded_at", "status", "supersedes", "event_id", "review")
# A spreadsheet takes a cell that begins so for a formula and runs it.
FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r")
_WHOLE = {"start", "end", "geonames_id", "where_prec", "date_prec"}


def fact_records(facts: pd.DataFrame) -> list[dict[str, Any]]:
    """One plain dict a fact: its kind's fields in the contract's order, then the store's."""
    present = [name for name in STORE_FIELDS if name in facts.columns]
    fields = {kind: [*MODELS[kind].model_fields, *present] for kind in KINDS}
    rows = facts.to_dict("records")
    return [{name: plain_value(row.get(name), name) for name in fields[row["kind"]]} for row in rows]


def plain_value(value: Any, name: str = "") -> Any:
    """A value as JSON knows it: missing as None, whole numbers as int, arrays as lists."""
    if value is None or (isinstance(value, float) and value != value) or value is pd.NA or value is pd.NaT:
        return None
    if name in _WHOLE:
        return int(value)
    if hasattr(value, "tolist"):
        return value.tolist()
    return value


def to_jsonl(facts: pd.DataFrame) -> str:
    """JSON Lines of the contract."""
    return "".join(json.dumps(record, ensure_ascii=False) + "\n" for record in fact_records(facts))


def to_csv(facts: pd.DataFrame) -> str:
    """CSV with one column a field; lists joined by "; ", the cue as its words, formula starts prefixed."""
    present = [name for name in STORE_FIELDS if name in facts.columns]
    return write_csv([*FACT_FIELDS, *present], fact_records(facts))


def write_csv(columns: list[str], rows: list[dict[str, Any]]) -> str:
    """CSV text of dicts, every cell safe to open in a spreadsheet."""
    buffer = io.StringIO()
    writer = csv.writer(buffer, lineterminator="\n")
    writer.writerow(columns)
    writer.writerows([safe_cell(row.get(name)) for name in columns] for row in rows)
    return buffer.getvalue()


def safe_cell(value: Any) -> Any:
    """A cell that no spreadsheet runs.

    >>> safe_cell("=1+1"), safe_cell(-3), safe_cell(["a", "b"]), safe_cell(None)
    ("'=1+1", -3, 'a; b', '')
    """
    if isinstance(value, dict):
        value = value.get("text")
    if isinstance(value, list):
        value = "; ".join(map(str, value))
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    if isinstance(value, str) and value.startswith(FORMULA_STARTS):
        return "'" + value
    return "" if value is None else value
