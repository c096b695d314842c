"""Who said what: the table of statements, by speaker, with stance and the words of the condition."""

import pandas as pd

from analysis.topics.selection import column, days, groups, live, of_kind, single_ids, table_of

COLUMNS = (
    "date", "speaker", "holder", "stance", "mode", "words", "condition", "addressee", "venue", "relayed_by", "modality",
    "publisher", "doc_id", "start", "facts",
)  # fmt: skip
SPEAKER_COLUMNS = ("speaker", "holder", "statements", "direct", "stances", "first", "last", "facts")
# Stances that take a side on a ceasefire or deal; the rest inform, deny a report, or threaten.
ON_THE_DEAL = ("accepts", "conditionally_open", "optimistic", "demands", "rejects", "threatens", "denies")


def select(facts: pd.DataFrame) -> pd.DataFrame:
    """The live statements."""
    return live(of_kind(facts, "statement"))


def statements(facts: pd.DataFrame) -> pd.DataFrame:
    """One row a statement, by day and offset: speaker, party spoken for, stance, words, condition, who passed it on."""
    rows = select(facts)
    if rows.empty:
        return table_of([], COLUMNS)
    table = pd.DataFrame({name: column(rows, name) for name in COLUMNS if name in rows.columns})
    table = table.assign(date=days(rows), words=column(rows, "text"), facts=single_ids(rows))
    ordered = table.sort_values(["date", "doc_id", "start"], na_position="last", kind="stable")
    return ordered.reindex(columns=list(COLUMNS)).reset_index(drop=True)


def speakers(table: pd.DataFrame) -> pd.DataFrame:
    """One row a speaker of a table of statements, the most quoted first: how often, how, which stances, from when to when."""
    named = table[table["speaker"].notna()]
    rows = [_speaker_row(name, group) for (name,), group in groups(named, "speaker")]
    rows.sort(key=lambda row: (-row["statements"], row["speaker"]))
    return table_of(rows, SPEAKER_COLUMNS)


def _speaker_row(name: str, group: pd.DataFrame) -> dict:
    stances = [stance for stance in group["stance"] if stance in ON_THE_DEAL]
    dates = [day for day in group["date"] if isinstance(day, str)]
    return {
        "speaker": name,
        "holder": next((holder for holder in group["holder"] if isinstance(holder, str)), None),
        "statements": len(group),
        "direct": int((group["mode"] == "direct").sum()),
        "stances": list(dict.fromkeys(stances)),
        "first": min(dates, default=None),
        "last": max(dates, default=None),
        "facts": tuple(name for ids in group["facts"] for name in ids),
    }


def unattributed(table: pd.DataFrame) -> pd.DataFrame:
    """The statements whose speaker the document does not name."""
    return table[table["speaker"].isna()].reset_index(drop=True)
