"""Grouping of large frames: codes of groups, and lists of what is in each, without a Python loop over rows."""

import gc
from collections.abc import Iterator, Sequence
from contextlib import contextmanager

import numpy as np
import pandas as pd


def group_codes(frame: pd.DataFrame, keys: Sequence[str]) -> np.ndarray:
    """The number of each row's group, from 0 in order of first appearance; a missing key is a value of its own."""
    codes = np.zeros(len(frame), dtype=np.int64)
    for key in keys:
        part, values = pd.factorize(frame[key], use_na_sentinel=True)
        codes = pd.factorize(codes * (len(values) + 1) + part + 1)[0]
    return codes


def rank_values(values: pd.Series) -> np.ndarray:
    """The place of each value in sorted order, equal values sharing one; missing is -1. Days have few values: this sorts those."""
    return pd.factorize(values, sort=True)[0]


@contextmanager
def collector_paused() -> Iterator[None]:
    """No garbage collection while many lists are made: each pass would walk every object of the whole frame."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()


def collect_lists(values: pd.Series, codes: np.ndarray) -> list[list]:
    """The values of each group, in the order of the groups' numbers; repeats within a group are dropped."""
    pairs = pd.DataFrame({"code": codes, "value": values.to_numpy()}).dropna(subset="value").drop_duplicates()
    pairs = pairs.sort_values("code", kind="stable")
    numbers = np.arange(int(codes.max()) + 1 if len(codes) else 0)
    first = np.searchsorted(pairs["code"].to_numpy(), numbers)
    last = np.searchsorted(pairs["code"].to_numpy(), numbers, side="right")
    plain = pairs["value"].tolist()
    with collector_paused():
        return [plain[start:end] for start, end in zip(first.tolist(), last.tolist(), strict=True)]


def flatten_lists(values: pd.Series, codes: np.ndarray) -> list[list]:
    """The same where each value is a list already: the union of each group's lists, in order."""
    filled = np.fromiter((bool(value) for value in values), dtype=bool, count=len(values))
    with collector_paused():
        result: list[list] = [[] for _ in range(int(codes.max()) + 1 if len(codes) else 0)]
    for code, value in zip(codes[filled].tolist(), values[filled], strict=True):
        result[code].extend(item for item in value if item not in result[code])
    return result
