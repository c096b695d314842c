"""Chronology across documents: what happened when, how precisely that is known, and what set off what according to whom.

Mentions of one event (`event_id`, else the same type, place and day) are one entry. An event without a stated day stays undated.
"""

import pandas as pd

from analysis.topics.causes import triggers
from analysis.topics.selection import column, days, joined_ids, live, of_kind, originators, single_ids, table_of

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
        entry=_entries(rows), day=days(rows), who=originators(rows), ids=single_ids(rows),
        planned=rows["modality"].isin(PLANNED),
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
    """One row an entry: the first mention's words, the most precise date, all originators and facts."""
    grouped = rows.groupby("entry", sort=False)
    first = grouped[["event_type", "text", "modality", "planned"]].first()
    stated = grouped[["place", "actor", "target", "date_start", "date_end", "date_prec"]].first()
    table = first.join(stated)
    table["published"] = grouped["day"].min()
    table["documents"] = grouped["doc_id"].nunique()
    table["according_to"] = grouped["who"].agg(lambda names: list(dict.fromkeys(names)))
    table["sources"] = table["according_to"].map(len)
    table["facts"] = grouped["ids"].agg(lambda ids: joined_ids(*ids))
    table["precision"] = [_precision(row) for row in zip(table["date_start"], table["date_prec"], strict=True)]
    plain = table.astype(object)
    return plain.where(plain.notna(), None).reindex(columns=list(COLUMNS))


def _precision(row: tuple) -> str | None:
    date, precision = row
    if not isinstance(date, str):
        return None
    return PRECISIONS.get(int(precision) if precision == precision and precision else 1)


def lanes(table: pd.DataFrame, by: str = "place") -> pd.DataFrame:
    """A chronology as lanes of a timeline: `lane` (a column of it; "elsewhere"), `text`, dates, `planned`, `facts`."""
    if table.empty:
        return table_of([], LANE_COLUMNS)
    shown = table.assign(lane=table[by].fillna("elsewhere"))
    return shown.reindex(columns=list(LANE_COLUMNS)).reset_index(drop=True)
