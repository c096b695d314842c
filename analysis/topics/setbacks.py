"""Setbacks: talks that a side left or that were suspended, halts that ended, expired or broke down.

A deal once agreed is told of for weeks. That its talks were broken off since is what a reader must know first.
"""

from pathlib import Path

import pandas as pd
import yaml

from analysis.topics.selection import column, joined_ids, table_of

KINDS: list[dict] = yaml.safe_load((Path(__file__).parent / "setbacks.yml").read_text(encoding="utf-8"))
_KIND_OF: dict[str, dict] = {word: kind for kind in KINDS for word in kind["words"]}
COLUMNS = ("day", "track", "words", "who", "according_to", "publisher", "doc_id", "start", "facts")
# Targets of such events that are the halt itself; of all others the talks.
HALTS = ("deal", "agreement", "accord", "truce", "ceasefire", "cease-fire", "armistice", "pact", "halt", "cessation")
TALKS, HALT = "the talks", "the halt"
# The kinds of events that may tell one.
EVENT_TYPES = ("other", "agreement")


def is_setback(facts: pd.DataFrame) -> pd.Series:
    """Which events, planned and denied ones among them, tell of talks or a deal that break off; other facts never do."""
    types = facts["event_type"]
    likely = facts.loc[types.isin(EVENT_TYPES), ["event_type", "text"]]
    first = likely["text"].str.split(n=1).str[0].str.lower()
    told = (likely["event_type"].eq("other") & first.isin(list(_KIND_OF))) | first.isin(_halt_words())
    return told.reindex(facts.index, fill_value=False)


def _halt_words() -> list[str]:
    """Words that also open a deal ("signed", "took effect") are events of type agreement; these close one."""
    return [word for kind in KINDS if kind["by"] is None for word in kind["words"]]


def find_setbacks(rows: pd.DataFrame) -> pd.DataFrame:
    """One row a setback that a document asserts, by day; `rows` are those of `tracks.with_tracks`.

    `words` is the clause that tells it ("Sudan suspended the talks"), `who` the one who did it or null.
    """
    events = rows[rows["kind"].isin(["event"])] if len(rows) else rows
    if events.empty:
        return table_of([], COLUMNS)
    found = events[is_setback(events) & events["modality"].isin(["asserted"])]
    return table_of((_setback(row) for row in found.to_dict("records")), COLUMNS)


def _setback(row: dict) -> dict:
    who = row.get("actor") if isinstance(row.get("actor"), str) else None
    return {
        **row,
        "words": _say(row, who),
        "who": who,
        "according_to": row.get("asserted_by"),
        "facts": (row["fact_id"],),
    }


def _say(row: dict, who: str | None) -> str:
    kind = _KIND_OF[row["text"].split()[0].lower()]
    target = str(row.get("target") or "").lower()
    halted = row["event_type"] == "agreement" or any(name in target.split() for name in HALTS)
    if who and kind["by"]:
        return f"{{who}} {kind['by'].format(what=HALT if halted else TALKS)}"
    words = kind["alone"].format(what=HALT if halted else TALKS)
    return words.replace("halt were", "halt was") if halted else words.replace("talks was", "talks were")


def last_setback(rows: pd.DataFrame, since: str | None) -> dict:
    """The newest setback of one track that nothing settled since: `words`, `who`, `day`, `according_to`, `facts`; else all null.

    `since` is the day of the report from which its deal is agreed, if it is: what broke off before led to that deal.
    Setbacks told on the same day come together, who did it before where it only happened.
    """
    found = find_setbacks(rows)
    settled = max([*_settled_days(rows), since or ""])
    found = found[found["day"].notna() & (found["day"].fillna("") >= settled)]
    if found.empty:
        return {"words": None, "who": None, "day": None, "according_to": None, "facts": ()}
    newest = found[found["day"] == found["day"].max()]
    first = newest.sort_values("who", na_position="last", kind="stable").iloc[0].to_dict()
    same = newest[newest["words"] == first["words"]]
    return {**first, "facts": joined_ids(*same["facts"])}


def _settled_days(rows: pd.DataFrame) -> list[str]:
    """The days on whose reports a deal is told of as made."""
    broken = is_setback(rows)
    signed = rows["kind"].isin(["event"]) & rows["event_type"].isin(["agreement"]) & rows["modality"].isin(["asserted"])
    return [day for day in column(rows[signed & ~broken], "day") if isinstance(day, str)]
