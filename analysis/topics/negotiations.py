"""Negotiations: the register of tracks, the term matrix, where positions meet, drafts compared, stances over time.

tracks = negotiations.load_tracks(root)
negotiations.register(facts, tracks)           one row a track
negotiations.matrix(facts, "lebanon", tracks)  provisions by parties, each cell with its words
negotiations.meeting_points(facts, "lebanon", tracks)
negotiations.compare_drafts(facts, "lebanon", tracks)
negotiations.stances(facts, tracks) · negotiations.stance_changes(table)
"""

from collections.abc import Sequence

import pandas as pd

from analysis.topics.cells import COLUMNS as CELL_COLUMNS
from analysis.topics.cells import cells, cells_of
from analysis.topics.drafts import compare_drafts, versions
from analysis.topics.positions import ON_THE_TABLE, POSITIONS, PROVISIONS, label_of
from analysis.topics.register import parties_of, register
from analysis.topics.selection import joined_ids, table_of
from analysis.topics.stances import daily_stances, latest_stances, stance_changes, stances
from analysis.topics.tracks import Track, load_tracks, read_talks, select, tracks_of

__all__ = [
    "cells", "compare_drafts", "daily_stances", "label_of", "latest_stances", "load_tracks", "matrix", "matrix_of",
    "meeting_points", "meeting_points_of",
    "register", "select", "stance_changes", "stances", "tracks_of", "versions",
]  # fmt: skip
SILENT = "silent"
MEETING_COLUMNS = (
    "track",
    "term_type",
    "term",
    "verdict",
    "sentence",
    "for_it",
    "against",
    "conditional",
    "silent",
    "facts",
)
MATRIX_COLUMNS = (
    "track", "term_type", "term", "party", "position", "words", "condition", "obligor", "legal_ref", "date", "facts",
)  # fmt: skip
IN_FAVOUR = ("accepted", "offered", "demanded")
# Kinds that hold what is of no other kind: two terms of them are seldom about one thing.
CATCH_ALL = ("framework", "condition")


def matrix(facts: pd.DataFrame, track: str, tracks: dict[str, Track] | None = None) -> pd.DataFrame:
    """The term matrix of a track in long form, one row a provision and party: `position`, `words`, `condition`, `date`, `facts`.

    A cell holds the party's last known position. Terms that no party is named for stand under the party "on the table".
    """
    table, parties = _table_of_track(facts, track, tracks)
    return matrix_of(table, track, parties)


def matrix_of(table: pd.DataFrame, track: str, parties: Sequence[str]) -> pd.DataFrame:
    """The same from the cells of all tracks and a track's parties; others who take a position get a column after them."""
    table = table[table["track"] == track]
    columns = dict.fromkeys([*parties, *table["party"].dropna()])
    provisions = [name for name in PROVISIONS if name in set(table["term_type"])]
    own = {name: table[table["term_type"] == name] for name in provisions}
    rows = [_matrix_cell(own[name], name, party) for name in provisions for party in [*columns, None]]
    return table_of((row for row in rows if row), MATRIX_COLUMNS)


def _table_of_track(facts: pd.DataFrame, track: str, tracks: dict[str, Track] | None) -> tuple[pd.DataFrame, list[str]]:
    """The cells of one track and its parties."""
    rows, known = read_talks(facts, tracks)
    if track not in known:
        return table_of([], CELL_COLUMNS), []
    return cells_of(rows, known, facts, only=track), parties_of(known[track], rows[rows["track"] == track])


def _matrix_cell(table: pd.DataFrame, term_type: str, party: str | None) -> dict | None:
    here = table[table["party"].isna() if party is None else table["party"] == party]
    label = {"term_type": term_type, "term": label_of(term_type), "party": party or "on the table"}
    if here.empty:
        return {**label, "track": table["track"].iloc[0], "position": SILENT, "facts": ()} if party else None
    newest = here[here["date"] == here["date"].dropna().max()] if here["date"].notna().any() else here
    order = [name for name in (*POSITIONS, ON_THE_TABLE) if name in set(newest["position"])]
    best = newest[newest["position"] == order[0]]
    return {
        **best.iloc[0][["track", "condition", "obligor", "legal_ref", "date"]], **label, "position": order[0],
        "words": " · ".join(dict.fromkeys(best["words"])), "facts": joined_ids(*best["facts"]),
    }  # fmt: skip


def wide_matrix(long: pd.DataFrame) -> pd.DataFrame:
    """A long matrix as a table to print: provisions down, parties across, "position: words" in the cells."""
    if long.empty:
        return pd.DataFrame()
    spoken = long.assign(cell=[_cell_text(row) for row in long.to_dict("records")])
    columns, index = dict.fromkeys(long["party"]), dict.fromkeys(long["term"])
    wide = spoken.pivot(index="term", columns="party", values="cell").reindex(index=list(index), columns=list(columns))
    return wide.fillna("").rename_axis(index="Provision", columns=None).reset_index()


def _cell_text(row: dict) -> str:
    return (
        row["position"]
        if not row["words"]
        else f"{row['position']}: “{row['words'].removeprefix('that ').strip(' ,“”')}”"
    )


def meeting_points(facts: pd.DataFrame, track: str, tracks: dict[str, Track] | None = None) -> pd.DataFrame:
    """For each provision of a track, computed from the cells: `meets`, `apart`, `opposed`, `conditional`, `own` (each side has
    terms of its own), `open` (a side has not answered) or `unclaimed` (on the table, but no party is named for a position).

    Only the track's parties count: a mediator's offer is not a position.
    """
    table, parties = _table_of_track(facts, track, tracks)
    return meeting_points_of(matrix_of(table, track, parties), track, parties)


def meeting_points_of(long: pd.DataFrame, track: str, parties: list[str]) -> pd.DataFrame:
    """The same from a long matrix and the track's parties."""
    own = long[long["party"].isin(parties)]
    provisions = dict.fromkeys(own["term_type"])
    return table_of(
        (_verdict(track, name, own[own["term_type"] == name], parties) for name in provisions), MEETING_COLUMNS
    )


def _verdict(track: str, term_type: str, group: pd.DataFrame, parties: list[str]) -> dict:
    sides = dict(zip(group["party"], group["position"], strict=True))
    favour = [party for party in parties if sides.get(party) in IN_FAVOUR]
    against = [party for party in parties if sides.get(party) == "opposed"]
    conditional = [party for party in parties if sides.get(party) == "conditional"]
    silent = [party for party in parties if sides.get(party, SILENT) == SILENT]
    same = is_one_matter(term_type, group[group["party"].isin(favour)].to_dict("records"))
    verdict = _name_verdict(favour, against, conditional, silent, same)
    return {
        "track": track, "term_type": term_type, "term": label_of(term_type), "verdict": verdict, "for_it": favour,
        "against": against, "conditional": conditional, "silent": silent, "facts": joined_ids(*group["facts"]),
    }  # fmt: skip


def is_one_matter(term_type: str, cells: list[dict]) -> bool:
    """Whether cells in favour are about one thing: all accept; or one side accepts or offers what another asks of the same obligor.

    Two demands are two matters ("you withdraw", "you withdraw"), and so are two terms of a kind that takes in what is of no other.
    """
    positions = {cell["position"] for cell in cells}
    if positions == {"accepted"}:
        return True
    if term_type in CATCH_ALL:
        references = {cell["legal_ref"] for cell in cells}
        return len(references) == 1 and None not in references
    obligors = {cell["obligor"] for cell in cells} - {None}
    return "accepted" in positions or (len(positions) > 1 and len(obligors) < 2)


def _name_verdict(favour: list[str], against: list[str], conditional: list[str], silent: list[str], same: bool) -> str:
    if against and (favour or conditional):
        return "apart"
    if against:
        return "opposed"
    if conditional:
        return "conditional"
    if not favour:
        return "unclaimed"
    if silent or len(favour) < 2:
        return "open"
    return "meets" if same else "own"
