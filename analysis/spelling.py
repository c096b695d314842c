"""Values as they are spelled in data files, JSON or CSV: each different value of a column once, however many rows have it."""

import csv
import io
import json
import re
from collections.abc import Callable
from typing import Any

import numpy as np
import pandas as pd

from analysis.store import WHOLE

# A spreadsheet takes a cell that begins so for a formula and runs it.
FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r")
# Only a cell with one of these may need quotation marks.
_QUOTABLE = re.compile(r'[",\r\n]')
_encode = json.JSONEncoder(ensure_ascii=False).encode


def spell_column(values: np.ndarray, spell: Callable[[Any], str], name: str = "") -> list[str]:
    """Each value of a column (`name`: a field of facts) as `spell` writes it; what `spell` is given is plain."""
    if values.dtype == np.float64:
        codes, found = pd.factorize(
            values.view(np.int64)
        )  # tells apart what is equal and written differently: 0.0, -0.0
        different = found.view(np.float64)
    elif values.dtype.kind in "biu" or pd.api.types.infer_dtype(values, skipna=True) in ("string", "empty"):
        codes, different = pd.factorize(values)
    else:
        return [spell(plain_value(value, name)) for value in values.tolist()]
    # The last one is that of the missing, whose code is -1.
    spelled = np.array([*(spell(plain_value(value, name)) for value in different.tolist()), spell(None)], dtype=object)
    return spelled[codes].tolist()


def plain_value(value: Any, name: str = "") -> Any:
    """A value as JSON knows it: missing as None, whole numbers as int, arrays as lists."""
    if value is None or (isinstance(value, float) and value != value) or value is pd.NA or value is pd.NaT:
        return None
    if name in WHOLE:
        return int(value)
    if hasattr(value, "tolist"):
        return value.tolist()
    return value


def spell_json(value: Any) -> str:
    """A plain value as JSON, letters of all alphabets as they are."""
    return _encode(value)


def spell_cell(value: Any) -> str:
    """A plain value as a cell of a CSV file that no spreadsheet runs.

    >>> spell_cell("=1+1"), spell_cell("a, b"), spell_cell(2.0), spell_cell(None)
    ("'=1+1", '"a, b"', '2', '')
    """
    cell = str(safe_cell(value))
    if not _QUOTABLE.search(cell):
        return cell
    buffer = io.StringIO()
    csv.writer(buffer, lineterminator="\n").writerow([cell])
    return buffer.getvalue()[:-1]


def safe_cell(value: Any) -> Any:
    """What a cell holds: lists joined by "; ", a cue as its words, formula starts prefixed.

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
