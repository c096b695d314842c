"""Files for other programs: facts, events, indicators, the briefing as data; cells made safe for spreadsheets.

Every fact leaves with the fields of its kind (the contract's names) and those of the store: `recorded_at`, `status`,
`supersedes`, `event_id`, `review`.
"""

import csv
import io
import json
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd

from analysis.errors import AuditError
from analysis.facts import MODELS
from analysis.store import FACT_FIELDS, WHOLE

STORE_FIELDS = ("recorded_at", "status", "supersedes", "event_id", "review")
# A spreadsheet takes a cell that begins so for a formula and runs it.
FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r")


def fact_records(facts: pd.DataFrame) -> list[dict[str, Any]]:
    """One plain dict a fact: its kind's fields in the contract's order, then the store's."""
    present = [name for name in STORE_FIELDS if name in facts.columns]
    records: list[dict[str, Any]] = [{}] * len(facts)
    for kind, places in facts.reset_index(drop=True).groupby("kind").groups.items():
        names = [*MODELS[str(kind)].model_fields, *present]
        columns = [_plain_column(facts, name, places.to_numpy()) for name in names]
        for place, values in zip(places, zip(*columns, strict=True), strict=True):
            records[place] = dict(zip(names, values, strict=True))
    return records


def _plain_column(facts: pd.DataFrame, name: str, places: np.ndarray) -> list[Any]:
    if name not in facts.columns:
        return [None] * len(places)
    return [plain_value(value, name) for value in facts[name].to_numpy()[places].tolist()]


def plain_value(value: Any, name: str = "") -> Any:
    """A value as JSON knows it: missing as None, whole numbers as int, arrays as lists."""
    if value is None or (isinstance(value, float) and value != value) or value is pd.NA or value is pd.NaT:
        return None
    if name in WHOLE:
        return int(value)
    if hasattr(value, "tolist"):
        return value.tolist()
    return value


def to_jsonl(facts: pd.DataFrame) -> str:
    """JSON Lines of the contract."""
    encode = json.JSONEncoder(ensure_ascii=False).encode
    return "".join(encode(record) + "\n" for record in fact_records(facts))


def to_csv(facts: pd.DataFrame) -> str:
    """CSV with one column a field; lists joined by "; ", the cue as its words, formula starts prefixed."""
    present = [name for name in STORE_FIELDS if name in facts.columns and name not in FACT_FIELDS]
    return write_csv([*FACT_FIELDS, *present], fact_records(facts))


def write_csv(columns: list[str], rows: list[dict[str, Any]]) -> str:
    """CSV text of dicts, every cell safe to open in a spreadsheet."""
    buffer = io.StringIO()
    writer = csv.writer(buffer, lineterminator="\n")
    writer.writerow(columns)
    places = {name: place for place, name in enumerate(columns)}
    writer.writerows(_csv_row(row, places) for row in rows)
    return buffer.getvalue()


def _csv_row(row: dict[str, Any], places: dict[str, int]) -> list[Any]:
    cells: list[Any] = [""] * len(places)  # most fields of a fact are empty
    for name, value in row.items():
        if value is not None and name in places:
            cells[places[name]] = safe_cell(value)
    return cells


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


def write_exports(folder: Path, root: Path, as_of: str, settings: dict[str, Any]) -> None:
    """Write an edition's data files: facts, events, indicators, and the briefing itself as data.

    Raises AuditError, before anything is written, where the audit finds an error that nobody waived.
    """
    from analysis import audit, editions
    from analysis.briefing import build_briefing
    from analysis.claims import events
    from analysis.known import PERIOD_DAYS, load_documents, load_facts
    from analysis.topics import humanitarian

    rule = settings.get("rule", "range_only")
    version, days = settings.get("facts_version", -1), settings.get("period_days", PERIOD_DAYS)
    facts = load_facts(as_of, version, root=root, period_days=days)
    documents = load_documents(facts, root)
    findings = audit.run_checks(facts, root, as_of, documents)
    refuse_blocked(audit.list_blocking(findings))
    indicators = humanitarian.tabulate_indicators(facts)
    earlier = editions.previous_day(facts, as_of)
    previous = load_facts(earlier, version, root=root, period_days=days, edition=as_of) if earlier else None
    content = build_briefing(facts, as_of, root, previous, rule, findings=findings)
    files = {
        "facts.jsonl": to_jsonl(facts),
        "facts.csv": to_csv(facts),
        "events.csv": frame_csv(events.build_events(facts, rule)),
        "indicators.csv": hxl_csv(indicators),
        "briefing.json": json.dumps(content, ensure_ascii=False, indent=1) + "\n",
    }
    for name, text in files.items():
        (folder / name).write_text(text, encoding="utf-8")


def refuse_blocked(blocking: pd.DataFrame) -> None:
    """Raise AuditError for the first finding that must not be published, and say how many there are."""
    if len(blocking):
        first = blocking.iloc[0]
        more = f" (and {len(blocking) - 1} more)" if len(blocking) > 1 else ""
        raise AuditError(
            f"audit: {first['check']}: {first['text']}{more}; correct the record or the fact, or sign a waiver in "
            "seeds/hand/waivers.yml"
        )


def frame_csv(frame: pd.DataFrame) -> str:
    """A frame as CSV, every cell safe to open in a spreadsheet."""
    rows = [{name: plain_value(value) for name, value in row.items()} for row in frame.to_dict("records")]
    return write_csv([str(name) for name in frame.columns], rows)


# Tags of the Humanitarian Exchange Language (1.1), in the second row of the file.
HXL_TAGS = {
    "indicator": "#indicator+name", "value": "#indicator+value+num", "claim": "#indicator+text", "unit": "#indicator+unit",
    "of": "#indicator+denominator", "hxl": "#meta+tag", "place": "#loc+name", "source": "#meta+source",
    "as_of": "#date+reported", "published": "#date+published", "caveat": "#meta+caveat", "facts": "#meta+id",
}  # fmt: skip


def hxl_csv(indicators: pd.DataFrame) -> str:
    """The humanitarian indicators with a row of HXL tags below the heads."""
    kept = [name for name in HXL_TAGS if name in indicators]
    head, _, body = frame_csv(indicators[kept]).partition("\n")
    return f"{head}\n{','.join(HXL_TAGS[name] for name in kept)}\n{body}"
