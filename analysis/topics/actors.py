"""The register of actors: who appears, in which role, and what changed.

Roles are kept as stated. Two roles are the **same** when they agree after the words that only date them ("newly appointed
leader" and "leader") are dropped; a **change** is a later document giving another role or affiliation, or an event that
appoints or kills.
"""

import re

import pandas as pd

from analysis.topics.selection import column, days, joined_ids, live, of_kind, originators, table_of

COLUMNS = ("name", "actor_type", "role", "affiliation", "first", "last", "documents", "statements", "changes", "facts")
CHANGE_COLUMNS = ("name", "date", "change", "before", "after", "according_to", "facts")
DATING_WORDS = re.compile(
    r"\b(?:newly|new|recently|just|appointed|elected|named|current|incoming|then|the|a|an)\b[- ]?", re.I
)
# With or without one of these a role is another role.
RANK_WORDS = {"deputy", "vice", "assistant", "acting", "interim", "caretaker", "former", "ex", "designate", "elect"}
MONTH = 4  # GED's `date_prec`
LIFE_EVENTS = {"appointment": "appointed", "killing": "reported killed", "detention": "reported detained"}
LEFT = "left office"
# Beginnings of the words by which an event of that kind ends a term of office: who does it himself, and to whom it is done.
RESIGNING, REMOVING = ("resign", "step", "quit"), ("dismiss", "sack", "oust", "depos", "remov", "fire")


def select(facts: pd.DataFrame) -> pd.DataFrame:
    """The live actor facts."""
    return live(of_kind(facts, "actor"))


def actors(facts: pd.DataFrame) -> pd.DataFrame:
    """One row an actor, persons first, then by name: last stated role and affiliation, how often seen, what changed."""
    rows = select(facts)
    if rows.empty:
        return table_of([], COLUMNS)
    rows = rows.assign(day=days(rows)).sort_values(["day", "doc_id", "start"], na_position="first", kind="stable")
    grouped = rows.groupby("name", sort=True)
    # `last` is the last one stated: pandas leaves missing values out.
    table = grouped[["actor_type", "role", "affiliation"]].last()
    table["first"], table["last"] = grouped["day"].min(), grouped["day"].max()
    table["documents"] = grouped["doc_id"].nunique()
    spoken = column(live(of_kind(facts, "statement")), "speaker").value_counts()
    table["statements"] = spoken.reindex(table.index).fillna(0).astype(int)
    changes = actor_changes(facts).drop_duplicates(["name", "change"]).groupby("name")["change"].agg(list)
    table["changes"] = [names if isinstance(names, list) else [] for names in changes.reindex(table.index)]
    table["facts"] = grouped["fact_id"].agg(tuple)
    table = table.reset_index().assign(order=lambda frame: frame["actor_type"] != "person")
    plain = table.sort_values(["order", "name"]).reindex(columns=list(COLUMNS)).astype(object)
    return plain.where(plain.notna(), None).reset_index(drop=True)


def plain_role(role: str | None) -> str:
    """A role without the words that only date it, for comparison.

    >>> plain_role("newly appointed leader") == plain_role("Leader")
    True
    """
    return " ".join(DATING_WORDS.sub("", role or "").lower().split())


def actor_changes(facts: pd.DataFrame) -> pd.DataFrame:
    """Changes by day: another role or affiliation in a later document, an appointment, a killing or a detention."""
    rows = [*_role_changes(select(facts)), *_life_changes(facts)]
    rows.sort(key=lambda row: (row["date"] or "", row["name"], row["change"]))
    return table_of(rows, CHANGE_COLUMNS)


def _role_changes(rows: pd.DataFrame) -> list[dict]:
    if rows.empty:
        return []
    names = ("fact_id", "name", "start", "role", "affiliation")
    stated = pd.DataFrame({name: rows[name] if name == "start" else column(rows, name) for name in names})
    stated = stated.assign(day=days(rows), who=originators(rows))
    stated = stated[stated["day"].notna()].sort_values(["name", "day", "start"], kind="stable")
    return [
        change for field in ("role", "affiliation") for change in _field_changes(stated[stated[field].notna()], field)
    ]


def _field_changes(rows: pd.DataFrame, field: str) -> list[dict]:
    """Consecutive statements of a field about one name, on different days, that say different things."""
    before = rows.shift()
    differs = (rows["name"] == before["name"]) & (rows["day"] > before["day"]) & (rows[field] != before[field])
    pairs = zip(before[differs].to_dict("records"), rows[differs].to_dict("records"), strict=True)
    return [
        {"name": b["name"], "date": b["day"], "change": field, "before": a[field], "after": b[field],
         "according_to": b["who"], "facts": joined_ids([a["fact_id"]], [b["fact_id"]])}
        for a, b in pairs if not _same(a[field], b[field])
    ]  # fmt: skip


def _same(before: str, after: str) -> bool:
    one, other = plain_role(before), plain_role(after)
    if set(one.split()) & RANK_WORDS != set(other.split()) & RANK_WORDS:
        return False
    return one in other or other in one


def _life_changes(facts: pd.DataFrame) -> list[dict]:
    """Appointments, killings and detentions of registered persons, once for each person and event type and day."""
    names = set(select(facts).loc[lambda rows: rows["actor_type"] == "person", "name"]) if len(facts) else set()
    events = live(of_kind(facts, "event"))
    if events.empty:
        return []
    events = events[events["event_type"].isin(LIFE_EVENTS) & (events["modality"] == "asserted")]
    events = events[events["target"].isin(names) | events["actor"].isin(names)]
    found: dict[tuple, dict] = {}
    for row, who in zip(events.to_dict("records"), originators(events), strict=True):
        change, sides = _life_change(row)
        person = next((row[side] for side in sides if row[side] in names), None)
        if person is None:
            continue
        date = row.get("date_start") if isinstance(row.get("date_start"), str) else None
        date = date[:7] if date and row.get("date_prec") == MONTH else date  # no day where only the month is known
        told = found.setdefault(
            (person, change, date),
            {"name": person, "date": date, "change": change, "according_to": who, "facts": ()},
        )
        told["facts"] = joined_ids(told["facts"], [row["fact_id"]])
    return list(found.values())


def _life_change(row: dict) -> tuple[str, tuple[str, ...]]:
    """What an event changes, and on which sides of it the person stands: who dismisses somebody stays in office."""
    words = str(row["text"]).lower()
    if row["event_type"] == "appointment" and words.startswith(REMOVING):
        return LEFT, ("target",)
    if row["event_type"] == "appointment" and words.startswith(RESIGNING):
        return LEFT, ("target", "actor")
    return LIFE_EVENTS[row["event_type"]], ("target", "actor")
