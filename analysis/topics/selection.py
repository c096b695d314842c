"""Which facts a topic reads, and who stands behind them.

A fact is **live** when nothing has replaced or withdrawn it: `status` is active or disputed (or not set), and no reviewer
rejected it. The **originator** of a claim is who says it; where the document names nobody, the publisher speaks for itself.
"""

from collections.abc import Iterable, Iterator, Sequence
from typing import Any, get_args

import pandas as pd

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


def is_live(facts: pd.DataFrame) -> pd.Series:
    """Whether each fact still holds: neither superseded, corrected, retracted nor rejected by a reviewer."""
    keep = pd.Series(True, facts.index)
    if "status" in facts.columns:
        keep &= ~facts["status"].isin(DEAD)
    if "review" in facts.columns:
        keep &= facts["review"] != "rejected"
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
    published = column(facts, "published")
    return published.map(lambda value: str(value)[:10], na_action="ignore")


def term_statuses(terms: pd.DataFrame) -> pd.Series:
    """How far each term has got (`proposed`, `in_force` ...). A term's `status` says so unless the term has been withdrawn."""
    own = column(terms, "status")
    return own.where(own.isin(TERM_STATUSES), None)


def single_ids(facts: pd.DataFrame) -> pd.Series:
    """For each row the tuple of its own id, as tables carry ids."""
    return pd.Series([(name,) for name in facts["fact_id"]], facts.index, dtype=object)


def groups(table: pd.DataFrame, *keys: str) -> Iterator[tuple[tuple[Any, ...], pd.DataFrame]]:
    """The groups of a table in the order of their keys; a missing key is a value of its own (None)."""
    for key, group in table.groupby(list(keys), sort=True, dropna=False):
        yield tuple(None if is_missing(value) else value for value in key), group


def fact_ids(facts: pd.DataFrame | pd.Series) -> tuple[str, ...]:
    """Ids in order, each once."""
    values = facts["fact_id"] if isinstance(facts, pd.DataFrame) else facts
    return tuple(dict.fromkeys(values))


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
