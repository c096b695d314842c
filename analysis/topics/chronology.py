"""Chronology across documents: what happened when, how precisely that is known, and what set off what according to whom.

Mentions of one event (`event_id`, else the same type, place and day) are one entry. An event without a stated day stays undated.
"""

import pandas as pd

from analysis.topics.causes import triggers
from analysis.topics.selection import column, days, is_missing, live, of_kind, originators, table_of

__all__ = ["chronology", "lanes", "select", "triggers"]
COLUMNS = (
    "date_start", "date_end", "date_prec", "precision", "event_type", "place", "actor", "target", "text", "modality",
    "according_to", "sources", "documents", "planned", "published", "facts",
)  # fmt: skip
# GED's `date_prec`, in words.
PRECISIONS = {1: "day", 2: "within days", 3: "week", 4: "month", 5: "more than a month"}
PLANNED = ("planned", "proposed", "possible", "conditional")
LANE_COLUMNS = ("lane", "text", "date_start", "date_end", "planned", "facts")


def select(facts: pd.DataFrame) -> pd.DataFrame:
    """The live events that somebody says happened or will happen; denied ones are left to the audit."""
    rows = live(of_kind(facts, "event"))
    return rows[rows["modality"] != "denied"] if len(rows) else rows


def chronology(facts: pd.DataFrame) -> pd.DataFrame:
    """One row an event, dated ones in order, undated ones last: precision in words, who says so, number of originators."""
    rows = select(facts)
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


def _entries(rows: pd.DataFrame) -> pd.Series:
    """A key for each happening. What has neither an id nor a day is an entry by itself: undated raids may be different raids."""
    parts = [
        column(rows, name).fillna("").astype(str)
        for name in ("event_type", "place", "date_start", "date_end", "modality")
    ]
    described = pd.Series("|".join(row) for row in zip(*parts, strict=True)).set_axis(rows.index)
    dated = described.where(column(rows, "date_start").notna() & column(rows, "place").notna(), rows["fact_id"])
    matched = column(rows, "event_id")
    return (matched + "|" + column(rows, "event_type").fillna("")).where(matched.notna(), dated)


def _merge_mentions(rows: pd.DataFrame) -> pd.DataFrame:
    """One row an entry: the first mention's words, the first stated date and place, all originators and facts."""
    grouped = rows.groupby("entry", sort=False)
    table = grouped[["event_type", "text", "modality", "planned"]].first()
    table = table.join(grouped[["place", "actor", "target", "date_start", "date_end", "date_prec"]].first())
    table["published"], table["documents"] = grouped["day"].min(), grouped["doc_id"].nunique()
    for name, source in (("according_to", "who"), ("facts", "fact_id")):
        table[name] = _collected(rows, source).reindex(table.index)
    table["according_to"] = table["according_to"].map(list)
    table["sources"] = table["according_to"].map(len)
    table["precision"] = [_precision(*row) for row in zip(table["date_start"], table["date_prec"], strict=True)]
    plain = table.astype(object)
    return plain.where(plain.notna(), None).reindex(columns=list(COLUMNS))


def _collected(rows: pd.DataFrame, name: str) -> pd.Series:
    """The different values of each entry as tuples; most entries have one, for which no group need be opened."""
    pairs = rows[["entry", name]].drop_duplicates()
    several = pairs["entry"].duplicated(keep=False)
    alone = pd.Series([(value,) for value in pairs[name][~several]], pairs["entry"][~several], dtype=object)
    many = pairs[several].groupby("entry", sort=False)[name].agg(tuple)
    return pd.concat([alone, many]) if len(many) else alone


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
