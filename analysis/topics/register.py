"""The register of negotiation tracks: one row a track, each entry with the facts that it rests on."""

import re

import pandas as pd

from analysis.topics.selection import column, joined_ids, table_of, term_statuses
from analysis.topics.setbacks import find_setbacks, is_setback, last_setback
from analysis.topics.tracks import CONTACTS, Track, names_registered, read_talks

COLUMNS = (
    "track", "title", "parties", "mediators", "venue", "format", "stage", "status", "status_date", "last_contact",
    "last_contact_date", "next_contact", "next_contact_date", "documents", "basis", "last_contact_facts",
    "next_contact_facts", "status_facts", "setback", "setback_who", "setback_by", "setback_date", "setback_facts", "facts",
)  # fmt: skip
# From the least to the most advanced; a status once reached holds until a later document rejects or breaks it.
STATUS_ORDER = ("reported", "proposed", "under_discussion", "declared", "agreed", "in_force")
SETTLED = ("agreed", "in_force")
HALTING = ("cessation", "duration", "framework")
# A halt that one side declares binds that side alone: nothing is agreed by it.
DECLARED = "declared"
_ONE_SIDED = re.compile(r"(?i)\b(?:unilateral|unilaterally|self-declared|one-sided)\b")
# PA-X names of stages.
STAGES = {"agreed": "ceasefire", "in_force": "ceasefire"}
# Talks named so near behind words that break them off are the talks that were broken off, no contact.
BROKEN_OFF = 80
DAY = 1  # GED's `date_prec`
CONTACT_FIELDS = ("fact_id", "doc_id", "start", "event_type", "modality", "actor", "place", "date_start", "date_end")
PLANNED = ("planned", "proposed", "possible", "conditional")


def register(facts: pd.DataFrame, tracks: dict[str, Track] | None = None) -> pd.DataFrame:
    """One row a track: parties, mediators, venue, format, stage (PA-X), status, last and next contact, most terms first."""
    rows, known = read_talks(facts, tracks)
    own = dict(list(rows.groupby("track", sort=False))) if len(rows) else {}
    names = names_registered(facts)
    return table_of((_track_row(track, own.get(slug, rows.iloc[:0]), names) for slug, track in known.items()), COLUMNS)


def parties_of(track: Track, rows: pd.DataFrame) -> list[str]:
    """The parties of a track, as the register lists them; `rows` are the track's own of `with_tracks`."""
    return _parties(track, rows, _mediators(track, rows))


def _track_row(track: Track, rows: pd.DataFrame, names: set[str]) -> dict:
    status, since, grounds = track_status(rows)
    last, following = last_contact(rows, names), next_contact(rows, names)
    broken = last_setback(rows, since if status in SETTLED else None)
    mediators = _mediators(track, rows)
    return {
        "track": track.track, "title": track.title or track.track, "parties": _parties(track, rows, mediators),
        "mediators": mediators, "venue": track.venue or last["place"],
        "format": track.format or ("indirect, through mediators" if mediators else None),
        "stage": track.stage or _stage(status, rows), "status": track.status or status, "status_date": since,
        "last_contact": last["text"], "last_contact_date": last["date"], "last_contact_facts": last["facts"],
        "next_contact": following["text"], "next_contact_date": following["date"], "next_contact_facts": following["facts"],
        "documents": rows["doc_id"].nunique(), "basis": track.basis, "status_facts": grounds,
        "setback": broken["words"], "setback_who": broken["who"], "setback_by": broken["according_to"],
        "setback_date": broken["day"], "setback_facts": broken["facts"],
        "facts": tuple(rows["fact_id"]),
    }  # fmt: skip


def _parties(track: Track, rows: pd.DataFrame, mediators: list[str]) -> list[str]:
    """The record's parties; for an automatic track also whoever takes a side in statements."""
    if track.basis != "automatic" or len(track.parties) > 1:
        return track.parties
    sides = rows.loc[
        (rows["kind"].isin(["statement"]))
        & rows["stance"].isin(["accepts", "rejects", "demands", "conditionally_open"])
    ]
    holders = [name for name in column(sides, "holder") if isinstance(name, str) and name not in mediators]
    return list(dict.fromkeys([*track.parties, *holders]))


def _mediators(track: Track, rows: pd.DataFrame) -> list[str]:
    terms = rows.loc[rows["kind"].isin(["term"])]
    named = [
        name for names in column(terms, "mediators") for name in (names if isinstance(names, list | tuple) else ())
    ]
    mediating = rows.loc[(rows["kind"].isin(["event"])) & (rows["event_type"] == "mediation")]
    actors = [name for name in column(mediating, "actor") if isinstance(name, str)]
    # Who proposes terms at a table of two, and is neither, mediates.
    pair = track.basis == "automatic" and len(track.parties) > 1
    proposers = [name for name in column(terms, "proposed_by") if isinstance(name, str)] if pair else []
    return [
        name for name in dict.fromkeys([*track.mediators, *named, *actors, *proposers]) if name not in track.parties
    ]


def track_status(rows: pd.DataFrame) -> tuple[str | None, str | None, tuple[str, ...]]:
    """Status of a track's terms, the day of the report that it rests on, and those terms.

    The most advanced status of the last day that reports terms; declared, agreed or in force holds on later days until rejected.
    """
    terms = rows[rows["kind"].isin(["term"])]
    terms = terms.assign(stage=term_statuses(terms)).dropna(subset="stage")
    if terms.empty:
        return None, None, ()
    alone = terms["stage"].isin(SETTLED) & is_one_sided(terms)
    terms = terms.assign(stage=terms["stage"].where(~alone, DECLARED))
    settled = terms[terms["stage"].isin(SETTLED)]
    # An exchange or a visit agreed on is no halt: one is settled where a document tells of a halt, its length or its text.
    settled = settled[settled["doc_id"].isin(settled.loc[settled["term_type"].isin(HALTING), "doc_id"])]
    last = terms[terms["day"] == terms["day"].dropna().max()] if terms["day"].notna().any() else terms
    held = terms[terms["stage"] == DECLARED] if settled.empty else settled
    current = last if held.empty or (last["stage"] == "rejected").all() else held
    if settled.empty:
        current = current.assign(stage=current["stage"].where(~current["stage"].isin(SETTLED), "under_discussion"))
    status = max(current["stage"], key=lambda name: STATUS_ORDER.index(name) if name in STATUS_ORDER else -1)
    grounds = current[current["stage"] == status]
    days = [day for day in column(grounds, "day") if isinstance(day, str)]
    since = _settled_since(days, rows) if status in SETTLED else max(days, default=None)
    return status, since if isinstance(since, str) else None, tuple(grounds["fact_id"])


def is_one_sided(terms: pd.DataFrame) -> pd.Series:
    """Which terms are a halt that one side declares by itself, as their words say."""
    return terms["term_type"].isin(HALTING) & terms["text"].str.contains(_ONE_SIDED)


def _settled_since(days: list[str], rows: pd.DataFrame) -> str | None:
    """Of the days of reports on a deal the first that may tell of the newest one: not before the last day on which, as documents
    tell, something was agreed.
    """
    deals = rows[
        rows["kind"].isin(["event"]) & rows["event_type"].isin(["agreement"]) & rows["modality"].isin(["asserted"])
    ]
    vague = pd.to_numeric(column(deals, "date_prec")).gt(DAY)
    made = deals[~vague & ~is_setback(deals)]["date_start"].dropna()
    newest = max((str(day)[:10] for day in made), default="")
    return min((day for day in days if day >= newest), default=min(days, default=None))


def _stage(status: str | None, rows: pd.DataFrame) -> str | None:
    violated = (rows["kind"].isin(["event"])) & (column(rows, "event_type") == "violation")
    if status == "in_force" and violated.any():
        return "implementation"
    return STAGES.get(status, "pre-negotiation") if status else None


def last_contact(rows: pd.DataFrame, names: set[str]) -> dict:
    """The last meeting, visit or mediation reported as having happened: words, day, place, facts; `names` are those of actors.

    Only dated ones: an undated meeting may be an old one, or one within a party.
    """
    met = _contacts(rows, ("asserted",))
    reported = max(rows["day"].dropna(), default="")
    # A start without an end ("has mediated since 2022") is no day on which anybody met.
    dated = met[column(met, "date_end").notna() & (met["when"].fillna("") <= reported)]
    return _contact(dated.tail(1), names)


def next_contact(rows: pd.DataFrame, names: set[str]) -> dict:
    """The contact announced last that no later report says has happened; its day is null where none was given."""
    announced = _contacts(rows, PLANNED)
    # Announced for a day that has passed, it is no longer next, whether it took place or not.
    announced = announced[
        announced["when"].isna() | (announced["when"].fillna("") >= max(rows["day"].dropna(), default=""))
    ]
    met = _contacts(rows, ("asserted",))
    # "The talks would take time" announces none: a contact is one with somebody, in some place or on some day.
    told = announced["when"].notna() | announced["place"].notna() | announced["actor"].isin(names)
    announced = announced[told]
    if len(announced) and len(met):
        newest = met["day"].dropna().max()
        announced = announced[announced["day"].isna() | ~(announced["day"] < newest)]
    return _contact(announced.sort_values("day", kind="stable").tail(1), names)


def _contacts(rows: pd.DataFrame, modalities: tuple[str, ...]) -> pd.DataFrame:
    """Contacts of some modalities, undated first, then by the day on which they happen."""
    events = rows.loc[rows["kind"].isin(["event"]), list(dict.fromkeys([*CONTACT_FIELDS, "day"]))]
    found = events[events["event_type"].isin(CONTACTS) & events["modality"].isin(modalities)]
    found = found[~_is_broken_off(found, find_setbacks(rows))]
    found = found.assign(when=column(found, "date_end").combine_first(column(found, "date_start")))
    return found.sort_values("when", na_position="first", kind="stable")


def _is_name(words: str) -> bool:
    """Whether some words name somebody rather than describe: more than one, each with a capital."""
    return " " in words and all(word[:1].isupper() for word in words.split())


def _is_broken_off(contacts: pd.DataFrame, broken: pd.DataFrame) -> pd.Series:
    """Whether each contact is only named as what was suspended or left."""
    words = list(zip(broken["doc_id"], broken["start"], strict=True))
    near = [
        any(doc == other and abs(start - at) <= BROKEN_OFF for other, at in words)
        for doc, start in zip(contacts["doc_id"], contacts["start"], strict=True)
    ]
    return pd.Series(near, contacts.index, dtype=bool)


def _contact(rows: pd.DataFrame, names: set[str]) -> dict:
    if rows.empty:
        return {"text": None, "date": None, "place": None, "facts": ()}
    row = rows.iloc[-1]
    who, where = column(rows, "actor").iloc[-1], column(rows, "place").iloc[-1]
    who = who if who and (who in names or _is_name(who)) else None  # "sides", "Commanders" tell nothing
    there, by = ("to", "by") if row["event_type"] == "visit" else ("in", "with")
    parts = [row["event_type"], f"{there} {where}" if where else "", f"{by} {who}" if who else ""]
    return {
        "text": " ".join(part for part in parts if part),
        "date": row["when"],
        "place": where,
        "facts": joined_ids([row["fact_id"]]),
    }
