"""Everything that the sentences are composed from, computed once: the topics' tables at one cut-off."""

from dataclasses import dataclass, field
from typing import Any

import pandas as pd

from analysis.topics import casualties, chronology, negotiations
from analysis.topics.register import SETTLED
from analysis.topics.selection import column, live, originators
from analysis.topics.tracks import Track


@dataclass(frozen=True)
class Situation:
    """The facts known at `as_of` and the tables made of them; `points` by track is `negotiations.meeting_points`."""

    facts: pd.DataFrame
    as_of: str
    register: pd.DataFrame
    stances: pd.DataFrame
    stance_changes: pd.DataFrame
    points: dict[str, pd.DataFrame]
    ranges: pd.DataFrame
    claims: pd.DataFrame
    events: pd.DataFrame
    rule: str = "range_only"
    tracks: dict[str, Track] = field(default_factory=dict)


def observe(
    facts: pd.DataFrame, as_of: str | None = None, tracks: dict[str, Track] | None = None, rule: str = "range_only"
) -> Situation:
    """The situation at `as_of` (ISO; by default the last day of publication among the facts), ranges by a named rule."""
    known = tracks or {}
    table = negotiations.stances(facts, known)
    listed = negotiations.register(facts, known)
    return Situation(
        facts=facts, as_of=as_of or last_day(facts) or "", register=listed, stances=table,
        stance_changes=negotiations.stance_changes(table),
        points=_points(facts, listed, known),
        ranges=casualties.build_ranges(facts, rule), claims=casualties.list_claims(facts),
        events=chronology.chronology(facts), rule=rule, tracks=known,
    )  # fmt: skip


def _points(facts: pd.DataFrame, register: pd.DataFrame, tracks: dict[str, Track]) -> dict[str, pd.DataFrame]:
    """`negotiations.meeting_points` of every track, its cells computed once for all."""
    table = negotiations.cells(facts, tracks)
    found = {}
    for slug, parties in zip(register["track"], register["parties"], strict=True):
        long = negotiations.matrix_of(table, slug, parties)
        found[slug] = negotiations.meeting_points_of(long, slug, parties)
    return found


def last_day(facts: pd.DataFrame) -> str | None:
    """The last day of publication among the facts, None where no document is dated."""
    dates = [str(day)[:10] for day in column(facts, "published").dropna()]
    return max(dates, default=None)


def track_rows(situation: Situation) -> list[dict[str, Any]]:
    """The register as dicts, most terms first."""
    return situation.register.to_dict("records")


def stands_at_table(track: dict[Any, Any], row: dict[str, Any]) -> bool:
    """Whether a stance (a row of `stances`) is one of a party to its track, and not older than the settlement of that track."""
    if row["party"] not in track.get("parties", ()):
        return False
    return track["status"] not in SETTLED or (row["date"] or "") >= (track["status_date"] or "")


def support(facts: pd.DataFrame, ids: tuple[str, ...] | list[str]) -> tuple[int, int]:
    """How many independent publishers (copies count as their agency) and originators stand behind some facts."""
    rows = live(facts[facts["fact_id"].isin(list(ids))])
    publishers = column(rows, "syndicated_from").combine_first(column(rows, "publisher"))
    return publishers.nunique(), originators(rows).nunique()
