"""Events in the shape of UCDP GED: one row an event, its tolls as ranges, its claims by id.

What GED has and the documents do not say stays empty: deaths by side, the type of violence where a side is unknown, `adm_1` where
the gazetteer does not know it either,
the first day of an event told without one (its `date_end` is then the day by which it had happened, its `date_prec` 5).
"""

import numpy as np
import pandas as pd

from analysis.claims import match
from analysis.claims.divisions import find_divisions
from analysis.claims.figures import prepare_figures, stands
from analysis.claims.gather import gather_claims
from analysis.claims.groups import (
    collect_lists,
    collector_paused,
    count_distinct,
    first_rows,
    rank_values,
    spread_lists,
)
from analysis.claims.reconcile import reconcile, select_standing

GED_COLUMNS = (
    "id", "type_of_violence", "date_start", "date_end", "date_prec", "where_coordinates", "where_prec", "adm_1", "latitude",
    "longitude", "side_a", "side_b", "deaths_a", "deaths_b", "deaths_civilians", "deaths_unknown", "low", "best", "high",
    "number_of_sources", "source_original", "event_clarity",
)  # fmt: skip
EVENT_COLUMNS = ("event_type", "actor", "target", "date_end", "date_prec")
READ_COLUMNS = ("kind", "event_id", "place", "lat", "lon", "where_prec", *EVENT_COLUMNS)
OWN_COLUMNS = ("event_type", "rule", "injured_low", "injured_high", "claims", "not_comparable", "grading")
# GED: 1 state against an organised group, 2 between groups, 3 one side against civilians.
STATE_BASED, NON_STATE, ONE_SIDED = 1, 2, 3
CLEAR, UNCLEAR = 1, 2
# GED `where_prec` up to 3 is a town or district; `date_prec` 1 is the day.
CLEAR_PLACE, CLEAR_DAY = 3, 1
# GED `date_prec` of what is known no closer than a year: an event told without a day has only a latest one.
NO_DAY = 5


def build_events(facts: pd.DataFrame, rule: str = "range_only") -> pd.DataFrame:
    """One row an event that the facts tell of: GED_COLUMNS and OWN_COLUMNS, in order of day, then id.

    `low`, `best`, `high` are of the killed by `rule`; `not_comparable` are ids of claims about the event that count otherwise
    (killed or missing, identified ...). `grading` after Airwars: confirmed, fair, weak, contested.
    """
    if "event_id" not in facts or facts["event_id"].isna().all():
        facts = match.assign_events(facts)
    chosen = facts["event_id"].notna() & facts["kind"].isin(["event", "figure"]) & stands(facts)
    matched = facts.loc[chosen, list(READ_COLUMNS)]
    codes, names = pd.factorize(
        matched["event_id"].astype(object), sort=True
    )  # numbers group and join faster than names
    figures = prepare_figures(facts)
    figures = figures[figures["event_id"].notna()]
    claims = gather_claims(figures.assign(event_id=pd.Index(names).get_indexer(figures["event_id"])))
    described = _describe_events(matched.assign(event_id=codes), names, facts)
    events = described.join(_count_tolls(claims, rule)).join(_name_sources(claims))
    events = _complete_events(events.assign(id=names[events.index.to_numpy(dtype=int)], rule=rule))
    order = np.lexsort((events.index, rank_values(events["date_start"])))
    return events.take(order).reindex(columns=[*GED_COLUMNS, *OWN_COLUMNS]).reset_index(drop=True)


def _complete_events(events: pd.DataFrame) -> pd.DataFrame:
    """What follows from the rest: empty lists for none, how clear the event is, and how well supported."""
    with collector_paused():
        for name in ("claims", "not_comparable"):
            events[name] = [value if isinstance(value, list) else [] for value in events[name]]
    events["number_of_sources"] = events["number_of_sources"].fillna(0).astype(int)
    columns = (events["actors"], events["side_a"], events["source_original"], events["number_of_sources"])
    events["grading"] = [_grade(*row) for row in zip(*columns, strict=True)]
    events["adm_1"] = find_divisions(events)
    events["event_clarity"] = _is_clear(events).map({True: CLEAR, False: UNCLEAR})
    return events


def _describe_events(matched: pd.DataFrame, names: np.ndarray, facts: pd.DataFrame) -> pd.DataFrame:
    """Where, when, what and by whom, indexed by the number of the event in `names`."""
    told = matched.loc[matched["kind"] == "event", ["event_id", *EVENT_COLUMNS]]
    codes, count = told["event_id"].to_numpy(), len(names)
    events = _locate_events(matched, count).join(_date_events(told, names))
    events["event_type"] = pick_most_frequent(told["event_type"], codes, count)
    actors = facts.loc[facts["kind"].isin(["actor"]), ["name", "actor_type"]]
    known = actors.drop_duplicates("name").set_index("name")["actor_type"]
    events["side_a"] = pick_most_frequent(told["actor"], codes, count)
    events["side_b"] = pick_most_frequent(told["target"].where(told["target"].isin(known.index)), codes, count)
    events["actors"] = np.append(count_distinct(told["actor"], codes), np.zeros(count, dtype=int))[:count]
    types = zip(events["side_a"].map(known), events["side_b"].map(known), strict=True)
    events["type_of_violence"] = [_type_violence(first, second) for first, second in types]
    return events


def _locate_events(matched: pd.DataFrame, count: int) -> pd.DataFrame:
    """Each event's place, after the first fact that has coordinates, else after the first one."""
    codes = matched["event_id"].to_numpy()
    exact = first_rows(codes, matched["lat"].notna().to_numpy(), count)
    rows = np.where(exact < 0, first_rows(codes, np.ones(len(codes), dtype=bool), count), exact)
    placed = matched[["event_id", "place", "lat", "lon", "where_prec"]].take(rows).set_index("event_id")
    return placed.rename(columns={"place": "where_coordinates", "lat": "latitude", "lon": "longitude"})


def _date_events(told: pd.DataFrame, names: np.ndarray) -> pd.DataFrame:
    """Each event's first and last day and how exact they are; of one told without a day, the day by which it had happened."""
    days = pd.DataFrame([match.find_days(name) for name in names], columns=["date_start", "latest"], dtype=object)
    ranks, ends = pd.factorize(told["date_end"], sort=True)
    last = pd.Series(ranks).groupby(told["event_id"].to_numpy()).max().reindex(days.index, fill_value=-1)
    ended = pd.Series(np.array([*ends, None], dtype=object)[last], days.index, dtype=object)
    days["date_end"] = ended.where(ended.notna(), days["date_start"]).where(days["latest"].isna(), days["latest"])
    exact = told.groupby("event_id")["date_prec"].min().reindex(days.index).fillna(CLEAR_DAY)
    days["date_prec"] = exact.where(days["latest"].isna(), NO_DAY)
    return days.drop(columns="latest")


def pick_most_frequent(values: pd.Series, codes: np.ndarray, count: int) -> np.ndarray:
    """For each of `count` events, the value told most often; the first told among equals; missing where none is told."""
    numbers, names = pd.factorize(values)
    told = numbers >= 0
    pairs, kinds = pd.factorize(codes[told] * len(names) + numbers[told])
    kinds = kinds[np.argsort(-np.bincount(pairs, minlength=len(kinds)), kind="stable")]
    events, chosen = kinds // max(1, len(names)), kinds % max(1, len(names))
    first = first_rows(events, np.ones(len(events), dtype=bool), count)
    return np.array([*names, np.nan], dtype=object)[np.append(chosen, len(names))[first]]


def _type_violence(first: object, second: object) -> int | None:
    """GED's type of violence from the two sides' types of actor; None where either is unknown."""
    states, groups = ("government",), ("armed_group",)
    if first in states + groups and second in states + groups:
        return NON_STATE if first in groups and second in groups else STATE_BASED
    return None


def _count_tolls(claims: pd.DataFrame, rule: str) -> pd.DataFrame:
    """Ranges of killed and injured, civilians among the killed, and the ids of the claims, by event id."""
    ranges = reconcile(claims, rule)
    plain = ranges[(ranges["population"] == "all") & (ranges["basis"] == "reported_total")]
    whole = plain[plain["victims"] == "all"]
    killed = whole[whole["measure"] == "killed"].drop_duplicates("event_id").set_index("event_id")
    injured = whole[whole["measure"] == "injured"].drop_duplicates("event_id").set_index("event_id")
    civilian = plain[(plain["victims"] == "civilian") & (plain["measure"] == "killed")].drop_duplicates("event_id")
    tolls = pd.DataFrame(index=pd.Index(claims["event_id"].unique(), name="event_id"))
    tolls[["low", "best", "high"]] = killed[["low", "best", "high"]]
    tolls["best"] = tolls["best"].where(tolls["best"].notna(), tolls["low"].where(tolls["low"] == tolls["high"]))
    tolls["injured_low"], tolls["injured_high"] = injured["low"], injured["high"]
    settled = civilian.set_index("event_id")
    tolls["deaths_civilians"] = settled["low"].where(settled["low"] == settled["high"])
    tolls["deaths_unknown"] = (tolls["best"] - tolls["deaths_civilians"].fillna(0)).clip(lower=0)
    tolls["claims"] = _list_facts(claims, pd.Series(True, claims.index))
    otherwise = (claims["measure"] == "killed_or_missing") | (claims["basis"] != "reported_total")
    tolls["not_comparable"] = _list_facts(claims, otherwise & claims["claimed"])
    return tolls


def _list_facts(claims: pd.DataFrame, chosen: pd.Series) -> pd.Series:
    codes, names = pd.factorize(claims.loc[chosen, "event_id"])
    lists = collect_lists(*spread_lists(claims.loc[chosen, "facts"], codes))
    return pd.Series(lists, pd.Index(names, name="event_id"), dtype=object)


def _name_sources(claims: pd.DataFrame) -> pd.DataFrame:
    """How many sources stand behind an event's claims, and which."""
    standing = claims.loc[select_standing(claims), ["event_id", "source"]]
    codes, events = pd.factorize(standing["event_id"])
    named = [("; ".join(names), len(names)) for names in collect_lists(standing["source"], codes)]
    index = pd.Index(events, name="event_id")
    return pd.DataFrame(named, index=index, columns=["source_original", "number_of_sources"])


def _grade(actors: float, side_a: object, named: object, sources: int) -> str:
    """Airwars' grades as far as documents alone can give them: who did it, and how many say so."""
    if actors > 1:
        return "contested"
    if isinstance(side_a, str) and isinstance(named, str) and side_a in named:
        return "confirmed"
    return "fair" if sources >= 2 else "weak"


def _is_clear(events: pd.DataFrame) -> pd.Series:
    """GED `event_clarity`: a day and a town."""
    return (events["date_prec"] <= CLEAR_DAY) & (events["where_prec"] <= CLEAR_PLACE)
