"""Frames to table blocks: what each column is, how its values read, which facts stand behind each row or cell."""

import math
import re
from collections.abc import Mapping, Sequence
from typing import Any

import pandas as pd

from analysis.errors import UsageError
from analysis.prose import Phrase, Sentence
from analysis.publish.blocks import Block, check_label, check_title
from analysis.publish.words import Run, cite_after, first_cited, runs_of

MISSING = "–"
DAY = re.compile(r"\d{4}-\d{2}(?:-\d{2})?")  # or a month, where no day is known
EVIDENCE = "Evidence"
# No reader goes through more: the rest is counted below the table and stands in the data files.
MOST_ROWS = 100


def table_block(
    frame: pd.DataFrame,
    label: str,
    title: str,
    note: str = "",
    facts: str | Mapping[str, str] | Sequence[str] | None = None,
    columns: Mapping[str, str] | None = None,
    only: bool = False,
    formats: Mapping[str, str] | None = None,
    align: Mapping[str, str] | None = None,
    widths: Mapping[str, float] | None = None,
    total: bool = False,
    empty: str = "",
) -> Block:
    """A table, or the sentence `empty` for a frame without rows. See `analysis.show`. Raises UsageError."""
    check_label(label, "show.table")
    if not str(title).strip():
        raise UsageError(f"show.table {label}: needs title, the finding or what it lists")
    check_title(title, f"show.table {label}")
    if frame.empty:
        return {"kind": "prose", "c": runs_of(empty or f"{title.rstrip('.')}: nothing was reported.")}
    note, frame = _rest_counted(note, len(frame)), frame.head(MOST_ROWS)
    names = _filled(frame, _shown(frame, facts, columns, only, label))
    specs = [_column(frame[name], name, columns or {}, align or {}, widths or {}) for name in names]
    rows = [_row(record, names, specs, facts, formats or {}) for record in frame.to_dict("records")]
    if isinstance(facts, str):
        specs.append({"name": EVIDENCE, "numeric": False, "days": False, "align": "left", "width": 0.0, "marks": True})
    whole = first_cited(facts) if isinstance(facts, (list, tuple)) else []
    return {"kind": "table", "label": label, "title": title, "note": runs_of(note), "columns": specs, "rows": rows,
            "total": total, "facts": whole}  # fmt: skip


def _rest_counted(note: str, rows: int) -> str:
    if rows <= MOST_ROWS:
        return note
    return f"{note} The first {MOST_ROWS} of {rows:,} rows; facts.csv holds the facts of all.".strip()


def _shown(frame: pd.DataFrame, facts: Any, columns: Mapping[str, str] | None, only: bool, label: str) -> list[str]:
    """The columns to print: not those that hold fact ids. Names that are not there are an error."""
    hidden = [facts] if isinstance(facts, str) else list(facts.values()) if isinstance(facts, Mapping) else []
    absent = [name for name in [*hidden, *(columns or {})] if name not in frame.columns]
    if absent:
        raise UsageError(
            f"show.table {label}: no column {', '.join(absent)}; there are: {', '.join(map(str, frame.columns))}"
        )
    return list(columns or {}) if only else [name for name in frame.columns if name not in hidden]


def _filled(frame: pd.DataFrame, names: list[str]) -> list[str]:
    """The columns that say something: one that is missing in every row is left out, but for the first, which heads the rows."""
    return [name for n, name in enumerate(names) if n == 0 or not all(map(_is_blank, frame[name]))]


def _is_blank(value: Any) -> bool:
    return _is_missing(value) or (isinstance(value, (str, list, tuple)) and (not value or value == MISSING))


def _column(values: pd.Series, name: str, renamed: Mapping[str, str], align: Mapping, widths: Mapping) -> Block:
    numeric = pd.api.types.is_numeric_dtype(values) and not pd.api.types.is_bool_dtype(values)
    known = [value for value in values if not _is_missing(value)]
    days = bool(known) and all(isinstance(value, str) and DAY.fullmatch(value) for value in known)
    return {"name": renamed.get(name, _heading(str(name))), "numeric": numeric, "days": days,
            "align": align.get(name, "right" if numeric else "left"), "width": widths.get(name, 0.0),
            "marks": False}  # fmt: skip


def _heading(name: str) -> str:
    words = name.replace("_", " ")
    return words[:1].upper() + words[1:]


def _row(
    record: Mapping[Any, Any], names: list[str], specs: list[Block], facts: Any, formats: Mapping
) -> list[list[Run]]:
    cells = [
        _cell(
            record[name], spec, formats.get(name), record.get(facts.get(name)) if isinstance(facts, Mapping) else None
        )
        for name, spec in zip(names, specs, strict=True)
    ]
    if isinstance(facts, str):
        cells.append(cite_after([], _identifiers(record[facts])))
    return cells


def _cell(value: Any, spec: Block, template: str | None, facts: Any) -> list[Run]:
    if isinstance(value, (list, tuple)) and all(isinstance(item, str) for item in value):
        value = ", ".join(value)
    if isinstance(value, (Phrase, Sentence, list, tuple)):
        return cite_after(runs_of(value), _identifiers(facts)) or runs_of(MISSING)
    if _is_missing(value) or value == "":
        return runs_of(MISSING)
    if spec["days"]:
        return cite_after([{"t": "day", "s": value}], _identifiers(facts))
    return cite_after(runs_of(template.format(value) if template else _plain(value)), _identifiers(facts))


def _plain(value: Any) -> str:
    """A number with thousands marks, whole where it is whole; yes and no; anything else as it reads."""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, (int, float)) or hasattr(value, "dtype"):
        number = float(value)
        return f"{number:,.0f}" if number.is_integer() else f"{number:,.1f}"
    return str(value)


def _identifiers(value: Any) -> list[str]:
    if isinstance(value, str):
        return [value]
    value = value.tolist() if hasattr(value, "tolist") else value
    return [str(item) for item in value] if isinstance(value, (list, tuple, set)) else []


def _is_missing(value: Any) -> bool:
    if value is None or value is pd.NaT or value is pd.NA:
        return True
    return isinstance(value, float) and math.isnan(value)
