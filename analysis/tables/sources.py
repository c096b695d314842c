"""Tables of actors, events, sources and the audit."""

import pandas as pd

from analysis.tables.words import capitalise, join, quote

SEVERITIES = {"warn": "Warning", "error": "Error"}
MOST_PASSAGES = 2  # quoted with a finding; all of them stand in the evidence


def actors(table: pd.DataFrame) -> pd.DataFrame:
    """Of `actors.actors`: persons with role and affiliation as stated, and what changed; the kind where there are several."""
    kinds = table["actor_type"].map(capitalise)
    return pd.DataFrame({
        "Name": table["name"], "Role": table["role"], "Affiliation": table["affiliation"],
        "Kind": kinds if kinds.nunique() > 1 else None, "Changes": table["changes"].map(join),
        "facts": table["facts"].map(lambda ids: list(ids)[:3]),
    })  # fmt: skip


def role_changes(table: pd.DataFrame) -> pd.DataFrame:
    """Of `actors.actor_changes`."""
    return pd.DataFrame({
        "Name": table["name"], "Date": table["date"], "Change": table["change"].map(capitalise),
        "Before": table["before"], "After": table["after"], "facts": table["facts"].map(list),
    })  # fmt: skip


def events(table: pd.DataFrame) -> pd.DataFrame:
    """Of `chronology.chronology`: when, how precisely, what, where, by whom, according to whom."""
    return pd.DataFrame({
        "Date": [_span(row) for row in table.to_dict("records")], "Precision": table["precision"],
        "Event": table["event_type"].map(capitalise), "Words": table["text"].map(quote), "Place": table["place"],
        "Actor": table["actor"], "Status": [_status(row) for row in table.to_dict("records")], "facts": table["facts"],
    })  # fmt: skip


def _span(row: dict) -> str | None:
    first, last = row["date_start"], row["date_end"]
    return f"{first} to {last}" if first and last and first != last else first


def _status(row: dict) -> str:
    return capitalise(row["modality"]) if row["modality"] != "asserted" else "Reported"


def findings(table: pd.DataFrame) -> pd.DataFrame:
    """Of the audit: what was found, how grave it is, and the passages on which it stands."""
    return pd.DataFrame({
        "Check": table["check"].map(capitalise), "Severity": table["severity"].map(SEVERITIES.get), "Finding": table["text"],
        "Passages": table["passages"].map(lambda quotes: " · ".join(quotes[:MOST_PASSAGES])), "facts": table["facts"],
    })  # fmt: skip


def publishers(table: pd.DataFrame) -> pd.DataFrame:
    """Of `sources.sources`."""
    return pd.DataFrame({
        "Publisher": table["publisher"], "Reliability": table["reliability"], "Documents": table["documents"],
        "First": table["first"], "Last": table["last"], "Facts": table["facts_count"], "Copies": table["copies"],
        "facts": table["facts"].map(lambda ids: list(ids)[:3]),
    })  # fmt: skip


def originators(table: pd.DataFrame, most: int = 25) -> pd.DataFrame:
    """Of `sources.originator_table`."""
    rows = table.head(most)
    return pd.DataFrame({
        "Originator": rows["originator"], "Reliability": rows["reliability"], "Claims": rows["claims"],
        "Figures": rows["figures"], "Printed by": rows["publishers"].map(join),
        "facts": rows["facts"].map(lambda ids: list(ids)[:3]),
    })  # fmt: skip


def single_source(table: pd.DataFrame, most: int = 25) -> pd.DataFrame:
    """Of `sources.single_source`: figures first, then events."""
    rows = table.sort_values("kind", ascending=False, kind="stable").head(most)
    return pd.DataFrame({
        "Kind": rows["kind"].map(capitalise), "Words": rows["text"].map(quote), "Place": rows["place"],
        "Originator": rows["originator"], "Credibility": rows["credibility"], "facts": [[i] for i in rows["fact_id"]],
    })  # fmt: skip
