"""Claims and events about the same happening get one `event_id`, by place, day and kind of harm.

The id is a slug that people can read and write into `seeds/hand/matches.yml`: `beit-lahia-2024-10-29`. What has no place gets no
event: nothing is guessed. An event told without a day is only known to have happened by the day it was printed:
`beit-lahia-by-2024-10-30`.
"""

import re
import unicodedata
from pathlib import Path

import numpy as np
import pandas as pd

from analysis.claims.figures import CLAIMED, place_keys, stands
from analysis.claims.groups import group_codes
from analysis.claims.matches import apply_matches, load_matches

# Kinds of harm that one report calls by several names; fighting on the ground is kept apart from attacks from afar.
HARM = {
    "air_strike": "attack", "drone_strike": "attack", "rocket_missile": "attack", "shelling": "attack", "attack": "attack",
    "killing": "attack", "destruction": "attack", "ground_operation": "fighting", "armed_clash": "fighting",
}  # fmt: skip
INCIDENT_MEASURES = ("killed", "injured", "missing", "killed_or_missing")
# A figure without place or day of its own takes them from the nearest event told within that many characters.
NEAR = 400
# An event told without a day is the last one at its place within that many days before publication.
LOOK_BACK_DAYS = 7
# A toll printed again with the day of the report instead of the day of the event, up to that many days later.
RESTATED_DAYS = 3
# Small numbers repeat by chance.
TELLING_NUMBER = 5
# Numbers of a whole region on a day are no event: GED `where_prec` from 4 (a province) on.
LOCAL_PRECISION = 3


def assign_events(facts: pd.DataFrame, root: Path | None = None) -> pd.DataFrame:
    """The facts with `event_id` filled for every harm event and incident figure that can be placed and dated.

    Decisions of `seeds/hand/matches.yml` below `root` (merge, split) come last. Given ids of facts that are not matched stay.
    """
    found = match_events(facts)
    if "event_id" in facts:
        found = found.where(found.notna(), facts["event_id"].astype(object))
    matched = facts.assign(event_id=found)
    return matched if root is None else apply_matches(matched, load_matches(root))


def match_events(facts: pd.DataFrame) -> pd.Series:
    """The event id of each fact, None where it has none."""
    items = select_items(facts)
    items = borrow_from_neighbours(items)
    items["day"] = items["day"].where(items["day"].notna(), _find_recent_days(items))
    items["day"] = _find_restated_days(items)
    items = bound_undated(items)
    items = items[items["day"].notna() & items["place_key"].notna()]
    found = pd.Series(None, facts.index, dtype=object)
    if len(items):
        found.loc[items.index] = _name_events(items)
    return found


def select_items(facts: pd.DataFrame) -> pd.DataFrame:
    """Harm events and incident figures, with `day` (datetime, missing where none is stated), `place_key`, `harm`."""
    kinds = facts["kind"]
    dated = facts["date_start"].isna() | facts["date_prec"].isna() | (facts["date_prec"] <= 1)
    harmful = (kinds == "event") & facts["event_type"].isin(HARM) & dated
    counted = (kinds == "figure") & facts["measure"].isin(INCIDENT_MEASURES) & _is_incident(facts)
    chosen = (harmful | counted) & facts["modality"].isin(CLAIMED) & stands(facts)
    local = facts["where_prec"].isna() | (facts["where_prec"] <= LOCAL_PRECISION)
    items = facts.loc[
        chosen & local, ["kind", "doc_id", "start", "measure", "value_low", "published", "place", "geonames_id"]
    ].copy()
    items["place_key"] = place_keys(items)
    items["harm"] = facts["event_type"].map(HARM)[items.index]
    stated = facts["date_start"].where(
        kinds == "event", facts["period_start"].where(facts["period_start"].notna(), facts["as_of"])
    )
    items["day"] = pd.to_datetime(stated[items.index], errors="coerce", format="ISO8601")
    return items


def _is_incident(facts: pd.DataFrame) -> pd.Series:
    """Said to be of one incident; or of one day at most, and not said, or new in a town."""
    one_day = facts["period_start"].isna() | (facts["period_start"] == facts["as_of"])
    of_town = (facts["scope"] == "new_in_period") & facts["as_of"].notna() & (facts["where_prec"] <= LOCAL_PRECISION)
    return (facts["scope"] == "incident") | (one_day & (facts["scope"].isna() | of_town))


def borrow_from_neighbours(items: pd.DataFrame) -> pd.DataFrame:
    """Figures without place or day take them from the nearest event of their document, for the match alone."""
    is_event = items["kind"] == "event"
    events = items.loc[is_event, ["doc_id", "start", "place_key", "day", "harm"]].sort_values("start")
    figures = items[~is_event].sort_values("start")
    if events.empty or figures.empty:
        return items
    near = pd.merge_asof(
        figures[["doc_id", "start"]], events, on="start", by="doc_id", direction="nearest", tolerance=NEAR
    ).set_index(figures.index)
    same_place = figures["place_key"].isna() | (figures["place_key"] == near["place_key"])
    place = figures["place_key"].where(figures["place_key"].notna(), near["place_key"])
    day = figures["day"].where(figures["day"].notna() | ~same_place, near["day"])
    borrowed = items.copy()
    borrowed["place_key"] = borrowed["place_key"].astype(object)
    borrowed.loc[figures.index, "place_key"] = place.astype(object)
    borrowed.loc[figures.index, "day"] = day
    borrowed.loc[figures.index, "harm"] = near["harm"].where(same_place, None).astype(object)
    return borrowed


def _find_recent_days(items: pd.DataFrame) -> pd.Series:
    """For items with a place and no day: the last day told for that place, at most a week before publication."""
    days = items.dropna(subset=["day", "place_key"])[["place_key", "day"]].drop_duplicates().sort_values("day")
    asking = items[items["day"].isna() & items["place_key"].notna()].copy()
    asking["told"] = pd.to_datetime(asking["published"], errors="coerce", format="ISO8601")
    asking = asking.dropna(subset="told").sort_values("told")
    answer = pd.Series(pd.NaT, items.index, dtype="datetime64[us]")
    if days.empty or asking.empty:
        return answer
    days = days.assign(place_key=days["place_key"].astype(object), day=days["day"].astype("datetime64[us]"))
    asking = asking.assign(told=asking["told"].astype("datetime64[us]"), place_key=asking["place_key"].astype(object))
    found = pd.merge_asof(
        asking[["told", "place_key"]], days, left_on="told", right_on="day", by="place_key",
        tolerance=pd.Timedelta(days=LOOK_BACK_DAYS),
    )  # fmt: skip
    answer.loc[asking.index] = found["day"].to_numpy()
    return answer


def bound_undated(items: pd.DataFrame) -> pd.DataFrame:
    """The items with `bounded`: the events without a day, and figures of theirs, have the day of publication as the latest."""
    printed = pd.to_datetime(items["published"], errors="coerce", format="ISO8601").dt.normalize()
    undated = items["day"].isna() & items["place_key"].notna() & printed.notna()
    keys = pd.Series(group_codes(items.assign(printed=printed), ["place_key", "printed"]), items.index)
    told = keys[undated & (items["kind"] == "event")].unique()
    bounded = undated & keys.isin(told)
    days = items["day"].where(~bounded, printed.astype(items["day"].dtype))
    return items.assign(day=days, bounded=bounded)


def _find_restated_days(items: pd.DataFrame) -> pd.Series:
    """Days, a toll printed again within a few days at the same place moved to the day for which most is told there."""
    telling = items[(items["value_low"] >= TELLING_NUMBER) & items["day"].notna() & items["place_key"].notna()]
    codes = pd.Series(group_codes(telling, ["place_key", "measure", "value_low"]), telling.index)
    first = telling.groupby(codes)["day"].transform("min")
    told = items.groupby(["place_key", "day"])["kind"].size().rename("told").reset_index()
    weighed = telling[["place_key", "day"]].merge(told, on=["place_key", "day"], how="left").set_index(telling.index)
    weighed = weighed.assign(code=codes)[(telling["day"] - first).dt.days <= RESTATED_DAYS]
    ordered = weighed.sort_values(["told", "day"], ascending=[False, True], kind="stable")
    chosen = ordered.drop_duplicates("code").set_index("code")["day"]
    moved = pd.Series(chosen.reindex(weighed["code"]).to_numpy(), weighed.index).reindex(items.index)
    return items["day"].where(moved.isna(), moved)


def _name_events(items: pd.DataFrame) -> np.ndarray:
    """A slug for each item's place, day and kind of harm; figures join the attack of that place and day if there is one."""
    slugs = {place: slugify(place) for place in items["place_key"].unique()}
    tie = pd.Series(np.where(items["bounded"], BOUND, "-"), items.index, dtype=object)
    base = items["place_key"].map(slugs).astype(object) + tie + items["day"].dt.strftime("%Y-%m-%d").astype(object)
    codes, names = pd.factorize(base)
    attacked, fought = (
        np.isin(np.arange(len(names)), codes[(items["harm"] == harm).to_numpy()]) for harm in ("attack", "fighting")
    )
    figure = (items["kind"] == "figure").to_numpy()
    own = (items["harm"] == "fighting").to_numpy() & ~(figure & attacked[codes])
    bare = items["harm"].isna().to_numpy() & ~attacked[codes] & fought[codes]
    return np.where(own | bare, names[codes] + "-fighting", names[codes])


def event_day(event_id: str) -> str | None:
    """The day in an event's id, None where there is none.

    >>> event_day("beit-lahia-2024-10-29-second"), event_day("the-siege"), event_day("beit-lahia-by-2024-10-30")
    ('2024-10-29', None, None)
    """
    return find_days(event_id)[0]


def latest_day(event_id: str) -> str | None:
    """The day by which an event without a day of its own had happened, by its id.

    >>> latest_day("beit-lahia-by-2024-10-30"), latest_day("beit-lahia-2024-10-29")
    ('2024-10-30', None)
    """
    return find_days(event_id)[1]


def find_days(event_id: str) -> tuple[str | None, str | None]:
    """The day in an event's id, and the day by which it had happened: one of the two at most."""
    found = _DAY.search(event_id)
    if not found:
        return None, None
    return (None, found[2]) if found[1] else (found[2], None)


# In an id, what stands before the day by which an undated event had happened.
BOUND = "-by-"
_DAY = re.compile(rf"({BOUND})?(\d{{4}}-\d\d-\d\d)")


def slugify(name: str) -> str:
    """A name in plain small letters.

    >>> slugify("Aïn Yaacoub"), slugify("Beit Lahia")
    ('ain-yaacoub', 'beit-lahia')
    """
    plain = unicodedata.normalize("NFKD", str(name)).encode("ascii", "ignore").decode().lower()
    return re.sub(r"[^a-z0-9]+", "-", plain).strip("-") or "place"
