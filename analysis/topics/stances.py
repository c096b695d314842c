"""Where each party stands on each track, day by day, and when that changed."""

from itertools import pairwise

import pandas as pd

from analysis.topics.positions import provisions_in
from analysis.topics.selection import column, groups, joined_ids, originators, single_ids, table_of
from analysis.topics.statements import ON_THE_DEAL
from analysis.topics.tracks import Track, with_tracks

COLUMNS = (
    "date", "track", "party", "speaker", "stance", "condition", "words", "mode", "modality", "according_to", "publisher",
    "doc_id", "start", "facts",
)  # fmt: skip
CHANGE_COLUMNS = ("date", "track", "party", "before", "after", "condition", "before_words", "after_words", "facts")
# From yes to no. A denial denies a report, not the deal, and an optimist takes no position: neither makes a change of stance.
POSITIONS = ("accepts", "conditionally_open", "demands", "threatens", "rejects")


def stances(facts: pd.DataFrame, tracks: dict[str, Track] | None = None) -> pd.DataFrame:
    """One row a statement that takes a side on a deal: party (holder, else speaker), stance, condition, words; by day."""
    rows = with_tracks(facts, tracks)
    rows = rows[(rows["kind"] == "statement") & column(rows, "stance").isin(ON_THE_DEAL)]
    rows = rows[_is_on_a_deal(rows)]
    if rows.empty:
        return table_of([], COLUMNS)
    table = pd.DataFrame({name: column(rows, name) for name in COLUMNS if name in rows.columns}).assign(
        date=rows["day"],
        party=column(rows, "holder").combine_first(column(rows, "speaker")),
        words=column(rows, "text"),
        according_to=originators(rows),
        facts=single_ids(rows),
    )
    return table.reindex(columns=list(COLUMNS)).reset_index(drop=True)


def _is_on_a_deal(rows: pd.DataFrame) -> pd.Series:
    """A demand may be about anything ("leave the town"): one that names no provision of a deal takes no side on a deal."""
    demands = (rows["stance"] == "demands").to_numpy()
    named = [not demand or bool(provisions_in(text)) for demand, text in zip(demands, rows["text"], strict=True)]
    return pd.Series(named, rows.index, dtype=bool)


def daily_stances(table: pd.DataFrame) -> pd.DataFrame:
    """One row a party, track and day: the stance said most often that day (the later of equals), and `others` said beside it."""
    rows = table[
        table["stance"].isin(POSITIONS) & table["party"].notna() & table["track"].notna() & table["date"].notna()
    ]
    found = [_day_row(key, group) for key, group in groups(rows, "track", "party", "date")]
    return table_of(found, ("track", "party", "date", "stance", "others", "condition", "words", "facts"))


def _day_row(key: tuple, group: pd.DataFrame) -> dict:
    track, party, date = key
    counts = group["stance"].value_counts()
    leading = counts[counts == counts.max()].index
    said = group[group["stance"].isin(leading)].iloc[-1]
    same = group[group["stance"] == said["stance"]]
    return {
        "track": track, "party": party, "date": date, "stance": said["stance"],
        "others": sorted(set(group["stance"]) - {said["stance"]}),
        "condition": next((text for text in same["condition"] if isinstance(text, str)), None),
        "words": said["words"], "facts": joined_ids(*same["facts"]),
    }  # fmt: skip


def stance_changes(table: pd.DataFrame) -> pd.DataFrame:
    """Each day on which a party's stance on a track differs from its last one: from, to, both wordings, facts of both."""
    daily = daily_stances(table)
    found = [
        _change(a, b)
        for _, group in groups(daily, "track", "party")
        for a, b in pairwise(group.to_dict("records"))
        if a["stance"] != b["stance"]
    ]
    found.sort(key=lambda row: (row["date"], row["track"], row["party"]))
    return table_of(found, CHANGE_COLUMNS)


def _change(before: dict, after: dict) -> dict:
    return {
        "date": after["date"], "track": after["track"], "party": after["party"],
        "before": before["stance"], "after": after["stance"], "condition": after["condition"],
        "before_words": before["words"], "after_words": after["words"],
        "facts": joined_ids(before["facts"], after["facts"]),
    }  # fmt: skip


def latest_stances(table: pd.DataFrame) -> pd.DataFrame:
    """The last daily stance of each party on each track."""
    return daily_stances(table).groupby(["track", "party"], sort=True).tail(1).reset_index(drop=True)
