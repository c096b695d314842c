"""Chronology across documents: what happened when, how precisely that is known, and what set off what according to whom.

Mentions of one event (`event_id`, else the same type, place and day) are one entry. An event without a stated day stays undated.
"""

import numpy as np
import pandas as pd

from analysis.claims.groups import group_codes
from analysis.topics.causes import triggers
from analysis.topics.register import PLANNED
from analysis.topics.selection import (
    column,
    days,
    is_missing,
    live,
    of_kind,
    originators,
    read_live,
    table_of,
    tuples_of,
)

__all__ = ["chronology", "lanes", "select", "triggers"]
COLUMNS = (
    "date_start", "date_end", "date_prec", "precision", "event_type", "place", "actor", "target", "text", "modality",
    "according_to", "sources", "documents", "planned", "published", "facts",
)  # fmt: skip
# GED's `date_prec`, in words.
PRECISIONS = {1: "day", 2: "within days", 3: "week", 4: "month", 5: "more than a month"}
FIRST = ("event_type", "text", "modality", "planned", "place", "actor", "target", "date_start", "date_end", "date_prec")
DESCRIBED = ("event_type", "place", "date_start", "date_end", "modality")
READ = (
    "fact_id", "doc_id", "start", "text", "modality", "published", "publisher", "syndicated_from", "asserted_by", "event_id",
    "event_type", "place", "actor", "target", "date_start", "date_end", "date_prec",
)  # fmt: skip
LANE_COLUMNS = ("lane", "text", "date_start", "date_end", "planned", "facts")


def select(facts: pd.DataFrame) -> pd.DataFrame:
    """The live events that somebody says happened or will happen; denied ones are left to the audit."""
    rows = live(of_kind(facts, "event"))
    return rows[rows["modality"] != "denied"] if len(rows) else rows


def chronology(facts: pd.DataFrame) -> pd.DataFrame:
    """One row an event, dated ones in order, undated ones last: precision in words, who says so, number of originators."""
    rows = read_live(facts, ("event",), READ)
    rows = rows[rows["modality"] != "denied"] if len(rows) else rows
    if rows.empty:
        return table_of([], COLUMNS)
    rows = rows.assign(
        entry=_entries(rows), day=days(rows), who=originators(rows), planned=rows["modality"].isin(PLANNED),
    )  # fmt: skip
    rows = rows.sort_values(["day", "doc_id", "start"], na_position="last", kind="stable")
    table = _merge_mentions(rows)
    return table.sort_values(["date_start", "date_prec", "published"], na_position="last", kind="stable").reset_index(
        drop=True
    )


def _entries(rows: pd.DataFrame) -> np.ndarray:
    """The number of each row's happening. What has neither an id nor a day is an entry by itself: undated raids may be
    different raids.
    """
    matched = column(rows, "event_id").notna().to_numpy()
    dated = (column(rows, "date_start").notna() & column(rows, "place").notna()).to_numpy()
    described = group_codes(rows, [name for name in DESCRIBED if name in rows.columns])
    named = group_codes(rows, ["event_id", "event_type"]) if matched.any() else described
    # Three kinds of numbers that cannot meet: of a matched event, of a description, of the row itself.
    alone = np.where(dated, described, len(rows) + np.arange(len(rows)))
    return pd.factorize(np.where(matched, named, 2 * len(rows) + alone))[0]


def _merge_mentions(rows: pd.DataFrame) -> pd.DataFrame:
    """One row an entry: the first mention's words, the first stated date and place, all originators and facts."""
    rows = rows.assign(entry=pd.factorize(rows["entry"])[0])
    codes = rows["entry"].to_numpy()
    table = pd.DataFrame({name: _first_stated(rows, name) for name in FIRST}, range(codes.max() + 1))
    table["published"] = _first_stated(rows.sort_values("day", kind="stable"), "day")
    table["documents"] = _distinct(rows, "doc_id").groupby("entry").size()
    for name, source in (("according_to", "who"), ("facts", "fact_id")):
        pairs = _distinct(rows, source)
        table[name] = pd.Series(tuples_of(pairs[source], pairs["entry"].to_numpy(), len(table)), dtype=object)
    table["according_to"] = table["according_to"].map(list)
    table["sources"] = table["according_to"].map(len)
    table["precision"] = [_precision(*row) for row in zip(table["date_start"], table["date_prec"], strict=True)]
    plain = table.astype(object)
    return plain.where(plain.notna(), None).reindex(columns=list(COLUMNS))


def _first_stated(rows: pd.DataFrame, name: str) -> pd.Series:
    """The first value of each entry that is not missing."""
    stated = rows.assign(**{name: column(rows, name)}).loc[lambda frame: frame[name].notna(), ["entry", name]]
    return stated.drop_duplicates("entry").set_index("entry")[name]


def _distinct(rows: pd.DataFrame, name: str) -> pd.DataFrame:
    """The different values of each entry, in order; compared by number, which is faster than by name."""
    numbers = pd.DataFrame({"entry": rows["entry"], "number": pd.factorize(rows[name])[0]})
    return rows.loc[~numbers.duplicated().to_numpy(), ["entry", name]]


def _precision(date: str | None, precision: float | None) -> str | None:
    if is_missing(date):
        return None
    return PRECISIONS.get(1 if precision is None or is_missing(precision) else int(precision))


def lanes(table: pd.DataFrame, by: str = "place") -> pd.DataFrame:
    """A chronology as lanes of a timeline: `lane` (a column of it; "elsewhere"), `text`, dates, `planned`, `facts`."""
    if table.empty:
        return table_of([], LANE_COLUMNS)
    shown = table.assign(lane=table[by].fillna("elsewhere"))
    return shown.reindex(columns=list(LANE_COLUMNS)).reset_index(drop=True)
