"""What a check gives: a frame of findings, `text` and the ids of the facts (`facts`) on which each stands."""

from collections.abc import Iterable, Sequence
from itertools import zip_longest

import pandas as pd

from analysis.claims.words import say_day

COLUMNS = ("text", "facts")


def make_findings(rows: Iterable[tuple[str, Iterable[str]]]) -> pd.DataFrame:
    """A frame of findings from pairs of text and fact ids."""
    return pd.DataFrame([(text, list(facts)) for text, facts in rows], columns=list(COLUMNS))


def interleave(*groups: Sequence[str]) -> list[str]:
    """The ids of several groups, the first of each, then the second of each ...: what is quoted first shows every side.

    >>> interleave(["a", "b", "c"], ["x"])
    ['a', 'x', 'b', 'c']
    """
    return [name for names in zip_longest(*groups) for name in names if name is not None]


def quote_passages(findings: pd.DataFrame, facts: pd.DataFrame) -> list[list[str]]:
    """For each finding the words of its facts: “word for word” (publisher, day)."""
    wanted = {fact for ids in findings["facts"] for fact in ids}
    held = facts[facts["fact_id"].isin(wanted)].drop_duplicates("fact_id")
    words = {row.fact_id: _quote(row) for row in held.itertuples()}
    return [[words[fact] for fact in ids if fact in words] for ids in findings["facts"]]


def _quote(row) -> str:
    told = ", ".join(part for part in (row.publisher, say_day(row.published)) if isinstance(part, str) and part)
    return f"“{' '.join(str(row.text).split())}” ({told or row.doc})"
