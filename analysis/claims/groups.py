"""Grouping of large frames: codes of groups, and lists of what is in each, without a Python loop over rows."""

import gc
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from itertools import chain, pairwise

import numpy as np
import pandas as pd

# Numbers of groups stay below this, so that two keys can be joined in one integer.
MOST_GROUPS = 2**62


def group_codes(frame: pd.DataFrame, keys: Sequence[str]) -> np.ndarray:
    """The number of each row's group, from 0 in order of first appearance; a missing key is a value of its own."""
    codes, size = np.zeros(len(frame), dtype=np.int64), 1
    for key in keys:
        part, values = pd.factorize(frame[key], use_na_sentinel=True)
        if size * (len(values) + 1) > MOST_GROUPS:
            codes, size = pd.factorize(codes)[0], len(frame)
        codes, size = codes * (len(values) + 1) + part + 1, size * (len(values) + 1)
    return pd.factorize(codes)[0]


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


def first_rows(codes: np.ndarray, chosen: np.ndarray, count: int) -> np.ndarray:
    """For each of `count` groups its first row among those chosen (a mask); -1 where it has none."""
    rows, first = np.flatnonzero(chosen)[::-1], np.full(count, -1)
    first[codes[rows]] = rows  # of several for one group the last one written stays: the first row
    return first


def spread_lists(lists: pd.Series, codes: np.ndarray) -> tuple[pd.Series, np.ndarray]:
    """What all lists hold, one row an item, and the number of the group of each."""
    plain = lists.tolist()
    sizes = np.fromiter(map(len, plain), np.int64, len(plain))
    return pd.Series(list(chain.from_iterable(plain)), dtype=object), np.repeat(codes, sizes)


def collect_lists(values: pd.Series, codes: np.ndarray) -> list[list]:
    """The values of each group, in the order of the groups' numbers; repeats within a group are dropped."""
    rows = _distinct_rows(values, codes)
    rows = rows[np.argsort(codes[rows], kind="stable")]
    bounds = np.searchsorted(codes[rows], np.arange(_count_groups(codes) + 1)).tolist()
    plain = values.to_numpy()[rows].tolist()
    with collector_paused():
        return [plain[start:end] for start, end in pairwise(bounds)]


def count_distinct(values: pd.Series, codes: np.ndarray) -> np.ndarray:
    """How many different values each group has; missing ones do not count."""
    return np.bincount(codes[_distinct_rows(values, codes)], minlength=_count_groups(codes))


def _distinct_rows(values: pd.Series, codes: np.ndarray) -> np.ndarray:
    """The rows that give a group a value which it does not have yet."""
    numbers, names = pd.factorize(values)
    pairs = pd.Series(codes * len(names) + numbers)
    return np.flatnonzero((numbers >= 0) & ~pairs.duplicated().to_numpy())


def _count_groups(codes: np.ndarray) -> int:
    return int(codes.max()) + 1 if len(codes) else 0


def flatten_lists(values: pd.Series, codes: np.ndarray) -> list[list]:
    """The same where each value is a list already: the union of each group's lists, in order."""
    plain = values.tolist()
    with collector_paused():
        result: list[list] = [[] for _ in range(_count_groups(codes))]
    for row in np.flatnonzero(np.fromiter(map(bool, plain), bool, len(plain))).tolist():
        found = result[codes[row]]
        found.extend(item for item in plain[row] if item not in found)
    return result
