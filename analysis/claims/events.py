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
from analysis.claims.groups import collect_lists, collector_paused, rank_values
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
    placed = matched[["event_id", "place", "lat", "lon", "where_prec"]].assign(unplaced=matched["lat"].isna())
    placed = placed.sort_values("unplaced", kind="stable").drop_duplicates("event_id").set_index("event_id")
    firsts = placed.drop(columns="unplaced").sort_index()
    events = firsts.rename(columns={"place": "where_coordinates", "lat": "latitude", "lon": "longitude"})
    events["date_start"] = [match.event_day(name) for name in names]
    ended = told[told["date_end"].notna()]
    last = ended.take(np.lexsort((rank_values(ended["date_end"]),))).drop_duplicates("event_id", keep="last")
    events["date_end"] = last.set_index("event_id")["date_end"]
    events["date_end"] = events["date_end"].where(events["date_end"].notna(), events["date_start"])
    latest = pd.Series([match.latest_day(name) for name in names], events.index, dtype=object)
    events["date_end"] = events["date_end"].where(latest.isna(), latest)
    events["date_prec"] = told.groupby("event_id")["date_prec"].min().reindex(events.index).fillna(CLEAR_DAY)
    events["date_prec"] = events["date_prec"].where(latest.isna(), NO_DAY)
    events["event_type"] = pick_most_frequent(told, "event_type")
    registered = facts.loc[facts["kind"].isin(["actor"]), ["name", "actor_type"]]
    known = registered.drop_duplicates("name").set_index("name")["actor_type"]
    parties = told.assign(target=told["target"].where(told["target"].isin(known.index)))
    events["side_a"], events["side_b"] = pick_most_frequent(told, "actor"), pick_most_frequent(parties, "target")
    actors = told.loc[told["actor"].notna(), ["event_id", "actor"]].drop_duplicates()
    events["actors"] = actors.groupby("event_id").size().reindex(events.index).fillna(0)
    types = zip(events["side_a"].map(known), events["side_b"].map(known), strict=True)
    events["type_of_violence"] = [_type_violence(first, second) for first, second in types]
    return events


def pick_most_frequent(rows: pd.DataFrame, column: str) -> pd.Series:
    """For each event, the value told most often; the first told among equals; events without one are left out."""
    told = rows[rows[column].notna()]
    counted = told.groupby(["event_id", column], sort=False).size().rename("told").reset_index()
    counted = counted.sort_values("told", ascending=False, kind="stable")
    return counted.drop_duplicates("event_id").set_index("event_id")[column]


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
    ids = claims.loc[chosen, ["event_id", "facts"]].explode("facts")
    return _list_by_event(ids["event_id"], ids["facts"])


def _list_by_event(events: pd.Series, values: pd.Series) -> pd.Series:
    codes, names = pd.factorize(events)
    lists = collect_lists(values[codes >= 0], codes[codes >= 0])
    return pd.Series(lists, pd.Index(names, name="event_id"), dtype=object)


def _name_sources(claims: pd.DataFrame) -> pd.DataFrame:
    """How many sources stand behind an event's claims, and which."""
    standing = claims.loc[select_standing(claims), ["event_id", "source"]]
    sources = _list_by_event(standing["event_id"], standing["source"])
    named = [("; ".join(names), len(names)) for names in sources]
    return pd.DataFrame(named, index=sources.index, columns=["source_original", "number_of_sources"])


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
