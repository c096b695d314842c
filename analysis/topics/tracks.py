"""Negotiation tracks: who talks to whom about which war, at which stage, and when they met or will meet.

A track comes from `seeds/hand/tracks.yml`, from the word list of known conflicts, or, for an unknown conflict, from the facts
themselves (`basis` says which). Stages are those of PA-X: pre-negotiation, ceasefire, implementation.
"""

import weakref
from pathlib import Path
from typing import Annotated, Any

import pandas as pd
from pydantic import BaseModel, BeforeValidator, ConfigDict, ValidationError, model_validator

from analysis.errors import RecordError
from analysis.records import HAND, IsoDate, load_yaml
from analysis.topics.selection import column, days, is_live
from analysis.topics.setbacks import is_setback
from analysis.topics.statements import ON_THE_DEAL
from analysis.topics.track_sides import describe_conflict, merge_slugs, sides_of, title_for
from analysis.topics.track_words import find_named

KNOWN_TRACKS = Path(__file__).parent.parent / "extract" / "lexicons" / "tracks.yml"
CONTACTS = ("meeting", "visit", "mediation")
TALKS = (*CONTACTS, "agreement", "violation")
# Of 70 columns these are read; copying the others took most of the time on large frames.
READ = (
    "fact_id", "kind", "doc", "doc_id", "start", "end", "text", "modality", "asserted_by", "published", "publisher",
    "syndicated_from", "status", "term_status", "track", "term_type", "obligor", "proposed_by", "demanded_by", "mediators",
    "quantity", "legal_ref", "geography", "speaker", "holder", "mode", "stance", "condition", "addressee", "venue",
    "event_type", "actor", "target", "place", "date_start", "date_end", "date_prec",
)  # fmt: skip
# A statement or event without a word of its own on a track belongs to the nearest term of its document within this many characters.
REACH = 1500


# A mapping gives each name its other words; the names are its keys.
Names = Annotated[list[str], BeforeValidator(lambda value: list(value) if isinstance(value, dict) else value)]


class Track(BaseModel):
    """One record of a track file. `parties`, `places`, `keywords` show that a passage speaks of the track; `parties` are canonical
    names, `aliases` the other words of each. `sides` are those who would sign, the columns of the term matrix (without them: the
    parties seen).
    """

    model_config = ConfigDict(extra="ignore")
    track: str
    title: str = ""
    parties: Names = []
    aliases: dict[str, list[str]] = {}
    sides: list[str] = []
    mediators: Names = []
    places: Names = []
    keywords: Names = []
    venue: str | None = None
    format: str | None = None
    stage: str | None = None
    status: str | None = None
    who: str | None = None
    when: IsoDate | None = None
    why: str | None = None
    basis: str = "hand"

    @model_validator(mode="before")
    @classmethod
    def keep_aliases(cls, values: Any) -> Any:
        """A mapping of parties gives the aliases as well as the names."""
        parties = values.get("parties") if isinstance(values, dict) else None
        if not isinstance(parties, dict):
            return values
        return {**values, "aliases": {str(name): [str(w) for w in words or ()] for name, words in parties.items()}}

    @property
    def party_words(self) -> set[str]:
        """Every word that shows a party: canonical names and their aliases."""
        return {*self.parties, *(word for words in self.aliases.values() for word in words)}


def load_tracks(root: Path | None = None) -> dict[str, Track]:
    """Tracks by slug: the known conflicts, overlaid by `seeds/hand/tracks.yml` of the root."""
    tracks = _read_tracks(KNOWN_TRACKS, "word list") if KNOWN_TRACKS.is_file() else {}
    path = (root or Path()) / HAND / "tracks.yml"
    return tracks | (_read_tracks(path, "hand") if root and path.is_file() else {})


def _read_tracks(path: Path, basis: str) -> dict[str, Track]:
    entries = load_yaml(path) or []
    if isinstance(entries, dict):
        entries = [{"track": slug, **(entry or {})} for slug, entry in entries.items()]
    try:
        tracks = [Track.model_validate({**entry, "basis": basis}) for entry in entries]
    except (ValidationError, TypeError) as error:
        raise RecordError(f"{path}: a track needs `track:` (a slug) and lists of names: {error}") from error
    return {track.track: track for track in tracks}


def select(facts: pd.DataFrame) -> pd.DataFrame:
    """What talks are known by: live terms, statements that take a side, events of meeting, mediating, agreeing, violating,
    breaking off.
    """
    if facts.empty:
        return facts
    sides = (facts["kind"].isin(["statement"])) & facts["stance"].isin(ON_THE_DEAL)
    events = facts["kind"].isin(["event"])
    events &= facts["event_type"].isin(TALKS) | is_setback(facts)
    talks = (facts["kind"].isin(["term"])) | sides | events
    rows = facts.loc[talks & is_live(facts), [name for name in READ if name in facts.columns]]
    return rows.assign(track=merge_slugs(column(rows, "track")))


def assign_tracks(facts: pd.DataFrame, tracks: dict[str, Track] | None = None) -> pd.Series:
    """The track of each row of `select(facts)`, or None: a term's own; else its words, its party, or the nearest term."""
    return _assign(select(facts), tracks or {})


def _assign(rows: pd.DataFrame, tracks: dict[str, Track]) -> pd.Series:
    if rows.empty:
        return pd.Series(dtype=object)
    known = _tracks_present(rows, tracks)
    assigned = column(rows, "track")
    nearest = _by_nearest_term(rows)
    words = {slug: {*track.keywords, *track.places, *track.party_words, slug} for slug, track in known.items()}
    assigned = assigned.where(assigned.notna(), find_named(rows[assigned.isna()], words).reindex(rows.index))
    assigned = assigned.where(assigned.notna(), _by_party(rows[assigned.isna()], known).reindex(rows.index))
    assigned = assigned.where(assigned.notna(), nearest)
    if len(known) == 1:  # documents on a war with one table speak of that table
        assigned = assigned.where(assigned.notna(), next(iter(known)))
    return assigned.where(assigned.notna(), None)


def _tracks_present(rows: pd.DataFrame, tracks: dict[str, Track]) -> dict[str, Track]:
    """The tracks that some term belongs to, automatic ones made where no file knows the slug."""
    slugs = list(dict.fromkeys(slug for slug in column(rows, "track") if isinstance(slug, str)))
    return {slug: tracks.get(slug) or Track(**describe_conflict(slug, rows)) for slug in slugs}


def _by_party(rows: pd.DataFrame, tracks: dict[str, Track]) -> pd.Series:
    """The one track that the holder, speaker or actor is a party to."""
    speakers = [column(rows, name) for name in ("holder", "speaker", "actor")]
    hits = {
        slug: pd.concat([values.isin(track.party_words) for values in speakers], axis=1).any(axis=1)
        for slug, track in tracks.items()
    }
    return _only_track(pd.DataFrame(hits, index=rows.index))


def _only_track(hits: pd.DataFrame) -> pd.Series:
    if hits.empty or not len(hits.columns):
        return pd.Series([None] * len(hits), hits.index, dtype=object)
    names = hits.idxmax(axis=1).astype(object)
    return names.where(hits.sum(axis=1) == 1, None)


def _by_nearest_term(rows: pd.DataFrame) -> pd.Series:
    """The track of the nearest term of the same document within REACH characters."""
    places = pd.DataFrame({"doc_id": rows["doc_id"], "start": rows["start"].astype("int64"), "row": range(len(rows))})
    terms = places.assign(nearest=column(rows, "track"))[column(rows, "track").notna()]
    if terms.empty:
        return pd.Series([None] * len(rows), rows.index, dtype=object)
    near = pd.merge_asof(
        places.sort_values("start", kind="stable"),
        terms[["doc_id", "start", "nearest"]].sort_values("start", kind="stable"),
        on="start", by="doc_id", direction="nearest", tolerance=REACH,
    )  # fmt: skip
    values = near.sort_values("row")["nearest"].astype(object)
    return pd.Series(values.where(values.notna(), None).to_numpy(), rows.index, dtype=object)


def with_tracks(facts: pd.DataFrame, tracks: dict[str, Track] | None = None) -> pd.DataFrame:
    """The rows of `select(facts)` with their `track` filled in and a `day` of publication, by day and offset."""
    return _fill_tracks(select(facts), tracks or {})


def _fill_tracks(rows: pd.DataFrame, tracks: dict[str, Track]) -> pd.DataFrame:
    if rows.empty:
        return rows.assign(track=None, day=None)
    rows = rows.assign(track=_assign(rows, tracks), day=days(rows))
    return rows.sort_values(["day", "doc_id", "start"], na_position="first", kind="stable")


def tracks_of(facts: pd.DataFrame, tracks: dict[str, Track] | None = None) -> dict[str, Track]:
    """The tracks that the facts speak of, by slug, most terms first; their `parties` are canonical names, variants left out."""
    return _known_tracks(select(facts), facts, tracks or {})


# The frame and the tracks read last, and what was found.
_last: list[Any] = []


def read_talks(facts: pd.DataFrame, tracks: dict[str, Track] | None = None) -> tuple[pd.DataFrame, dict[str, Track]]:
    """`with_tracks` and `tracks_of` of the same facts, which are then read once, however often a notebook asks for them."""
    if not (_last and _last[0]() is facts and _last[1] is tracks):
        rows = select(facts)
        found = _fill_tracks(rows, tracks or {}), _known_tracks(rows, facts, tracks or {})
        _last[:] = [weakref.ref(facts), tracks, found]
    rows, known = _last[2]
    return rows, dict(known)


def _known_tracks(rows: pd.DataFrame, facts: pd.DataFrame, tracks: dict[str, Track]) -> dict[str, Track]:
    if rows.empty:
        return {}
    present = _tracks_present(rows, tracks)
    counts = column(rows, "track").value_counts()
    names = names_seen(facts)
    present = {
        slug: track.model_copy(update={"parties": sides_of(track, names), "title": title_for(track, names)})
        for slug, track in present.items()
    }
    return dict(sorted(present.items(), key=lambda item: (-int(counts.get(item[0], 0)), item[0])))


def names_registered(facts: pd.DataFrame) -> set[str]:
    """Canonical names of actors and of what they belong to."""
    rows = facts.loc[facts["kind"].isin(["actor"])] if len(facts) else facts
    return {name for field in ("name", "affiliation") for name in column(rows, field) if isinstance(name, str)}


def names_seen(facts: pd.DataFrame) -> set[str]:
    """Canonical names of actors: those registered, their affiliations, and the parties that speakers speak for."""
    fields = [
        name for name in ("affiliation", "holder", "obligor", "demanded_by", "proposed_by") if name in facts.columns
    ]
    named = [facts.loc[facts["kind"].isin(["actor"]), "name"], *(facts[name] for name in fields)]
    return {name for values in named for name in values.unique() if isinstance(name, str)}
