"""Which facts a topic reads, and who stands behind them.

A fact is **live** when nothing has replaced or withdrawn it: `status` is active or disputed (or not set), and no reviewer
rejected it. The **originator** of a claim is who says it; where the document names nobody, the publisher speaks for itself.
"""

from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise
from typing import Any, get_args

import numpy as np
import pandas as pd

from analysis.claims.groups import collector_paused
from analysis.facts import TermStatus

TERM_STATUSES = get_args(TermStatus)
DEAD = ("superseded", "corrected", "retracted")
# Said by nobody named: such a claim is the publisher's own account.
UNNAMED = "unnamed source"


def of_kind(facts: pd.DataFrame, *kinds: str) -> pd.DataFrame:
    """The rows of some kinds, in the frame's order."""
    return facts[facts["kind"].isin(kinds)] if len(facts) else facts


def live(facts: pd.DataFrame) -> pd.DataFrame:
    """The rows that still hold."""
    return facts[is_live(facts)]


def read_live(facts: pd.DataFrame, kinds: Sequence[str], names: Sequence[str]) -> pd.DataFrame:
    """The live rows of some kinds with only the columns named: copying the other sixty would take most of the time."""
    if not len(facts):
        return facts
    return facts.loc[facts["kind"].isin(kinds) & is_live(facts), [name for name in names if name in facts.columns]]


def is_live(facts: pd.DataFrame) -> pd.Series:
    """Whether each fact still holds: neither superseded, corrected, retracted nor rejected by a reviewer."""
    keep = pd.Series(True, facts.index)
    if "status" in facts.columns:
        keep &= ~facts["status"].isin(DEAD)
    if "review" in facts.columns:
        keep &= ~facts["review"].isin(["rejected"])
    return keep


def column(facts: pd.DataFrame, name: str) -> pd.Series:
    """A column as Python objects with None for missing; all None where the frame lacks it."""
    if name not in facts.columns:
        return pd.Series([None] * len(facts), facts.index, dtype=object)
    values = facts[name].astype(object)
    return values.where(values.notna(), None) if not _holds_lists(values) else values


def _holds_lists(values: pd.Series) -> bool:
    return any(isinstance(value, list | tuple) for value in values.head(20))


def originators(facts: pd.DataFrame) -> pd.Series:
    """Who says each claim: the named originator, else the agency that the copy came from, else the publisher."""
    named = column(facts, "asserted_by")
    printed = column(facts, "syndicated_from").combine_first(column(facts, "publisher"))
    return named.combine_first(printed).fillna(UNNAMED)


def days(facts: pd.DataFrame) -> pd.Series:
    """The day of publication (ISO, ten characters), or None."""
    codes, values = pd.factorize(column(facts, "published"))
    # A missing day has the code -1: the last one.
    cut = np.array([*(str(value)[:10] for value in values), None], dtype=object)
    return pd.Series(cut[codes], facts.index, dtype=object)


def term_statuses(terms: pd.DataFrame) -> pd.Series:
    """How far each term has got (`proposed`, `in_force` ...): its `status`, or what that was before the term was set aside."""
    own, kept = column(terms, "status"), column(terms, "term_status")
    return own.where(own.isin(TERM_STATUSES), kept)


def single_ids(facts: pd.DataFrame) -> pd.Series:
    """For each row the tuple of its own id, as tables carry ids."""
    return pd.Series([(name,) for name in facts["fact_id"]], facts.index, dtype=object)


def tuples_of(values: pd.Series, codes: np.ndarray, count: int) -> list[tuple]:
    """The values of each of `count` groups, in order; `codes` are the groups' numbers, -1 for none."""
    order = np.argsort(codes, kind="stable")
    plain = values.to_numpy(dtype=object)[order].tolist()
    bounds = np.searchsorted(codes[order], np.arange(count + 1)).tolist()
    with collector_paused():
        return [tuple(plain[first:last]) for first, last in pairwise(bounds)]


def groups(table: pd.DataFrame, *keys: str) -> Iterator[tuple[tuple[Any, ...], pd.DataFrame]]:
    """The groups of a table in the order of their keys; a missing key is a value of its own (None)."""
    for key, group in table.groupby(list(keys), sort=True, dropna=False):
        yield tuple(None if is_missing(value) else value for value in key), group


def joined_ids(*groups: Iterable[str] | None) -> tuple[str, ...]:
    """The ids of several groups, in order, each once."""
    return tuple(dict.fromkeys(name for group in groups for name in (group or ())))


def empty_table(columns: Sequence[str]) -> pd.DataFrame:
    """A table without rows that still has its columns, so that what reads it need not ask."""
    return pd.DataFrame({name: pd.Series(dtype=object) for name in columns})


def table_of(rows: Iterable[dict[str, Any]], columns: Sequence[str]) -> pd.DataFrame:
    """Dicts as a table with exactly these columns, missing values as None."""
    records = [[row.get(name) for name in columns] for row in rows]
    return pd.DataFrame(records, columns=list(columns), dtype=object) if records else empty_table(columns)


def is_missing(value: Any) -> bool:
    """Whether a cell holds nothing: None, NaN, an empty string or list.

    >>> [is_missing(value) for value in (None, float("nan"), "", [], 0)]
    [True, True, True, True, False]
    """
    if value is None or (isinstance(value, float) and value != value) or value is pd.NA:
        return True
    return isinstance(value, str | list | tuple) and not value
