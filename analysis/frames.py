"""Frames as the analysis takes them: strings and missing values as Python's own, lists as lists, numbers as numbers."""

import hashlib
import json
from collections.abc import Iterable
from itertools import repeat
from typing import Any

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc

# May be missing: plain floats, whose missing is NaN.
FLOATS = {"geonames_id", "where_prec", "date_prec"}


def read_frame(table: pa.Table) -> pd.DataFrame:
    """The frame of an Arrow table. Equal strings are one object, which saves memory and the time to make them."""
    columns = {name: _read_column(name, table.column(name)) for name in table.column_names}
    return pd.DataFrame({name: pd.Series(values, dtype=values.dtype) for name, values in columns.items()})


def write_table(frame: pd.DataFrame) -> pa.Table:
    """The Arrow table from which `read_frame` makes the frame again, None in the place of whatever is missing among words.

    Raises pa.ArrowException where a column holds words and numbers.
    """
    return pa.table({name: _write_column(frame[name]) for name in frame.columns})


def hash_words(words: Iterable[str]) -> str:
    """SHA-256 of words in their order, told apart from any others."""
    return hashlib.sha256(json.dumps(list(words)).encode()).hexdigest()


def hash_rows(frame: pd.DataFrame) -> list[str]:
    """SHA-256 of each row of a frame: its column names and values."""
    head = ",".join(map(str, frame.columns))
    return [_hash_values(head, row) for row in frame.itertuples(index=False, name=None)]


def hash_frame(frame: pd.DataFrame) -> str:
    """SHA-256 of a frame: names, types and values of its columns, in the order of its rows; not the index."""
    return hash_words(f"{name} {frame[name].dtype} {_hash_column(frame[name])}" for name in frame.columns)


def _hash_column(values: pd.Series) -> str:
    if pd.api.types.is_numeric_dtype(values):
        return hashlib.sha256(values.to_numpy().tobytes()).hexdigest()
    try:
        codes, words = pd.factorize(values)
    except TypeError:  # lists and mappings
        return _hash_values("", values)
    return _hash_values(hashlib.sha256(codes.astype(np.int64).tobytes()).hexdigest(), words)


def _hash_values(head: str, values: Iterable[Any]) -> str:
    return hashlib.sha256(json.dumps([head, *values], sort_keys=True, default=str).encode()).hexdigest()


def _read_column(name: str, column: pa.ChunkedArray) -> np.ndarray:
    kind = column.type
    if name in FLOATS or pa.types.is_floating(kind):
        return column.cast(pa.float64()).to_numpy()
    if pa.types.is_integer(kind) or (pa.types.is_boolean(kind) and not column.null_count):
        return column.to_numpy()
    if column.null_count == len(column) and not pa.types.is_list(kind):
        return np.full(len(column), None, dtype=object)
    if pa.types.is_list(kind):
        return _read_lists(column)
    if pa.types.is_string(kind) or pa.types.is_large_string(kind) or pa.types.is_dictionary(kind):
        return _read_words(column)
    values = np.empty(len(column), dtype=object)
    values[:] = column.to_pylist()
    return values


def _read_words(column: pa.ChunkedArray) -> np.ndarray:
    coded = column if pa.types.is_dictionary(column.type) else pc.dictionary_encode(column)
    whole = coded.unify_dictionaries().combine_chunks()
    if isinstance(whole, pa.ChunkedArray):  # without rows there is no chunk
        return np.empty(0, dtype=object)
    values = np.array([*whole.dictionary.to_pylist(), None], dtype=object)
    return values[whole.indices.fill_null(-1).to_numpy(zero_copy_only=False)]


def _read_lists(column: pa.ChunkedArray) -> np.ndarray:
    """Never missing: a new empty list for each row that has none."""
    lists = np.fromiter(map(list, repeat((), len(column))), dtype=object, count=len(column))
    filled = np.flatnonzero(pc.fill_null(pc.list_value_length(column), 0).to_numpy())
    for row, value in zip(filled.tolist(), column.take(pa.array(filled)).to_pylist(), strict=True):
        lists[row] = value
    return lists


def _write_column(values: pd.Series) -> pa.Array:
    if pd.api.types.is_numeric_dtype(values):
        return pa.array(values.to_numpy(), from_pandas=True)
    plain = values.tolist()
    if isinstance(next((value for value in plain if value is not None), None), list | dict):
        return pa.array(plain, from_pandas=True)
    return pa.array(plain, type=pa.string(), from_pandas=True).dictionary_encode()
