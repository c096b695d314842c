"""Credibility 1-6 of figures and events, computed from independent corroboration (the second axis of the Admiralty scale).

    1  confirmed: at least two other originators say the same, or one other and a named corroborator
    2  probably true: one other originator says the same, or the document names a corroborator
    3  possibly true: one originator alone, nothing against it
    4  doubtful: another originator gives a different number for the same count
    5  improbable: its own originator has since put another number in its place, or someone denies it
    6  cannot be judged: no originator can be told apart (nobody named, publisher unknown), or no number is stated

"The same" for a figure: same measure, population, basis, scope, place and window (or the same event), and numbers within TOLERANCE;
for an event: same type, place and day (or the same event). Syndicated copies count as their agency.
"""

import numpy as np
import pandas as pd

from analysis.claims.groups import group_codes
from analysis.topics.selection import UNNAMED, column, originators, table_of

COLUMNS = ("fact_id", "kind", "credibility", "others", "corroborators", "disagreeing")
NAMES = {1: "confirmed", 2: "probably true", 3: "possibly true", 4: "doubtful", 5: "improbable", 6: "cannot be judged"}
# Sides of one count: only claims that agree on all of these can confirm or contradict each other.
COUNT_KEY = ("measure", "place", "population", "victim_status", "count_basis", "scope", "unit", "as_of", "period_start")
EVENT_KEY = ("event_type", "place", "date_start")
OF_THE_EVENT = ("place", "scope", "unit", "as_of", "period_start", "date_start")
READ = tuple(dict.fromkeys((
    *COUNT_KEY, *EVENT_KEY, "fact_id", "kind", "event_id", "asserted_by", "syndicated_from", "publisher", "value_low",
    "value_high", "corroborated_by", "status", "modality",
)))  # fmt: skip
# Two counts of one thing that lie within this share of each other say the same ("nearly 1,200", "1,206").
TOLERANCE = 0.02
UNKNOWN = (UNNAMED, "unknown publisher")


def credibility(facts: pd.DataFrame) -> pd.DataFrame:
    """One row a figure or event: `credibility` 1-6, the number of `others` who say the same, of corroborators, of dissenters."""
    graded = [_grade(_read(facts, "figure"), COUNT_KEY), _grade(_read(facts, "event"), EVENT_KEY)]
    tables = [table for table in graded if len(table)]
    return pd.concat(tables, ignore_index=True) if tables else table_of([], COLUMNS)


def _read(facts: pd.DataFrame, kind: str) -> pd.DataFrame:
    return facts.loc[facts["kind"] == kind, [name for name in READ if name in facts.columns]] if len(facts) else facts


def _grade(rows: pd.DataFrame, key: tuple[str, ...]) -> pd.DataFrame:
    if rows.empty:
        return rows
    claims = _claims(rows, key)
    same = _count_others(claims, ["group", "bucket"])
    everyone = _count_others(claims, ["group"])
    claims = claims.assign(others=same, disagreeing=everyone - same)
    claims["credibility"] = 3
    claims.loc[claims["disagreeing"] > 0, "credibility"] = 4
    support = claims["others"] + claims["corroborators"]
    claims.loc[support == 1, "credibility"] = 2
    claims.loc[support >= 2, "credibility"] = 1
    claims.loc[claims["gone"], "credibility"] = 5
    claims.loc[claims["unjudged"], "credibility"] = 6
    return claims.reindex(columns=list(COLUMNS)).reset_index(drop=True)


def _claims(rows: pd.DataFrame, key: tuple[str, ...]) -> pd.DataFrame:
    """The claims with the number of their group, of their bucket of equal values, and what keeps them from being judged."""
    matched = column(rows, "event_id")
    parts = pd.DataFrame({name: _key_part(rows, name, matched) for name in key})
    group = pd.Series(group_codes(parts, key), rows.index)
    who = originators(rows)
    low, high = pd.to_numeric(column(rows, "value_low")), pd.to_numeric(column(rows, "value_high"))
    placed = column(rows, "place").notna() | matched.notna()
    counted = low.notna() if key is COUNT_KEY else pd.Series(True, rows.index)
    status = column(rows, "status")
    claims = pd.DataFrame(
        {"fact_id": rows["fact_id"], "kind": rows["kind"], "who": who, "low": low, "high": high,
         "corroborators": column(rows, "corroborated_by").map(lambda names: len(names) if isinstance(names, list) else 0),
         "gone": status.isin(["corrected", "retracted"]) | (rows["modality"] == "denied"),
         "unjudged": who.isin(UNKNOWN) | ~counted}
    )  # fmt: skip
    # What has no place is its own group: it can be set beside nothing.
    claims["group"] = group.where(placed, -1 - pd.Series(range(len(rows)), rows.index))
    claims["bucket"] = _buckets(claims)
    return claims


def _key_part(rows: pd.DataFrame, name: str, matched: pd.Series) -> pd.Series:
    """One column of the key. Claims about one matched event are compared whatever place and days they state."""
    values = rows[name] if name in rows.columns else column(rows, name)
    if name not in OF_THE_EVENT or not matched.notna().any():
        return values
    return values.where(matched.isna(), matched if name == "place" else None)


def _buckets(claims: pd.DataFrame) -> pd.Series:
    """Runs of values within a group that lie within TOLERANCE of the one before: the same number, differently rounded."""
    ordered = claims.sort_values(["group", "low", "high"], kind="stable")
    same_group = ordered["group"].eq(ordered["group"].shift())
    step = ordered["low"] - ordered["low"].shift()
    apart = ~same_group | (step > TOLERANCE * ordered["low"].abs())
    return apart.cumsum().reindex(claims.index)


def _count_others(claims: pd.DataFrame, keys: list[str]) -> pd.Series:
    """For each claim, how many other originators stand in its group."""
    codes = group_codes(claims, keys)
    pairs = pd.DataFrame({"code": codes, "who": pd.factorize(claims["who"])[0]}).drop_duplicates()
    return pd.Series(np.bincount(pairs["code"])[codes] - 1, claims.index)
