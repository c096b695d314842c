"""Who said what: the table of statements, by speaker, with stance and the words of the condition."""

import pandas as pd

from analysis.topics.selection import column, days, live, of_kind, single_ids, table_of

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
    if named.empty:
        return table_of([], SPEAKER_COLUMNS)
    grouped = named.groupby("speaker", sort=True)
    found = grouped[["holder"]].first()
    found["statements"] = grouped.size()
    found["direct"] = (named["mode"] == "direct").groupby(named["speaker"]).sum()
    found["first"], found["last"] = grouped["date"].min(), grouped["date"].max()
    sided = named[named["stance"].isin(ON_THE_DEAL)].drop_duplicates(["speaker", "stance"])
    stances = sided.groupby("speaker")["stance"].agg(list).reindex(found.index)
    found["stances"] = [names if isinstance(names, list) else [] for names in stances]
    found["facts"] = grouped["facts"].agg(lambda groups: tuple(name for ids in groups for name in ids))
    plain = found.reset_index().sort_values(["statements", "speaker"], ascending=[False, True]).reset_index(drop=True)
    plain = plain.reindex(columns=list(SPEAKER_COLUMNS)).astype(object)
    return plain.where(plain.notna(), None)


def unattributed(table: pd.DataFrame) -> pd.DataFrame:
    """The statements whose speaker the document does not name."""
    return table[table["speaker"].isna()].reset_index(drop=True)
