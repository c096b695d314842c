"""The vocabulary: one model a kind of fact, and nothing else in the project names their fields anew.

A fact is a **claim found in a document**, tied to its exact words: `text == document[start:end]`, offsets half-open, in
Unicode code points. Field names are those of the field itself: UCDP GED (`date_prec`, `where_prec`), ACLED (event types),
TIMEX3 (`value`, `time_type`), PA-X (terms). Dates are ISO strings (`YYYY-MM-DD`), so that they sort and print as they are.
"""

import hashlib
from typing import Annotated, Any, Literal, get_args

from pydantic import BaseModel, ConfigDict, Field

EXTRACTOR = "briefing-rules"
# Part of every fact's id: raise it when the same document may yield other facts.
EXTRACTOR_VERSION = "1"

Kind = Literal["actor", "place", "statement", "figure", "event", "term", "time"]
Modality = Literal["asserted", "possible", "conditional", "proposed", "planned", "denied"]
Basis = Literal["stated", "given", "inferred", "unknown"]
Measure = Literal[
    "killed", "injured", "missing", "killed_or_missing", "displaced", "detained", "hostages", "people_in_need",
    "facilities", "targets", "strikes", "personnel", "duration", "money", "share", "other",
]  # fmt: skip
Operator = Literal["eq", "at_least", "more_than", "at_most", "less_than", "about", "between", "unspecified_plural"]
CountBasis = Literal["reported_total", "identified", "verified", "killed_or_missing", "estimate"]
Scope = Literal["incident", "new_in_period", "cumulative"]
Stance = Literal[
    "accepts", "conditionally_open", "rejects", "demands", "denies", "optimistic", "threatens", "informs"
]  # fmt: skip
EventType = Literal[
    "air_strike", "drone_strike", "rocket_missile", "shelling", "ground_operation", "armed_clash", "attack", "killing",
    "detention", "evacuation_order", "displacement", "destruction", "appointment", "meeting", "visit", "mediation",
    "agreement", "violation", "aid", "conflict_onset", "other",
]  # fmt: skip
TermType = Literal[
    "cessation", "duration", "withdrawal", "deployment", "exchange", "monitoring", "enforcement",
    "humanitarian_access", "disarmament", "border", "guarantee", "framework", "condition",
]  # fmt: skip
TermStatus = Literal["reported", "proposed", "under_discussion", "agreed", "rejected", "in_force"]
ActorType = Literal["person", "organisation", "government", "armed_group", "un_body", "media"]
TimeType = Literal["DATE", "TIME", "DURATION", "SET"]


class Cue(BaseModel):
    """The words that attribute a claim ("said", "according to")."""

    model_config = ConfigDict(extra="forbid", frozen=True)
    start: int
    end: int
    text: str


class Fact(BaseModel):
    """What every fact carries, whatever its kind."""

    model_config = ConfigDict(extra="forbid")
    fact_id: str = ""
    doc: str
    doc_id: str
    kind: Kind
    start: Annotated[int, Field(ge=0)]
    end: int
    text: str
    modality: Modality = "asserted"
    asserted_by: str | None = None
    relayed_by: list[str] = []
    cue: Cue | None = None
    published: str | None = None
    published_basis: Basis = "unknown"
    extractor: str


class Located(Fact):
    """A fact that happens somewhere: canonical name, coordinates (WGS 84 degrees), GED `where_prec` (1 exact - 7 unknown)."""

    place: str | None = None
    geonames_id: int | None = None
    lat: float | None = None
    lon: float | None = None
    where_prec: int | None = None


class Figure(Located):
    """A number that is claimed. `value_low` and `value_high` are the numbers stated, null where none is."""

    kind: Literal["figure"] = "figure"
    measure: Measure
    operator: Operator = "eq"
    value_low: float | None = None
    value_high: float | None = None
    unit: str | None = None
    count_basis: CountBasis | None = None
    scope: Scope | None = None
    population: str | None = None
    victim_status: Literal["civilian", "combatant", "mixed", "unknown"] | None = None
    period_start: str | None = None
    as_of: str | None = None
    corroborated_by: list[str] = []
    caveat: str | None = None
    denominator: str | None = None
    trend: Literal["up", "down"] | None = None


class Statement(Fact):
    """Something said. The span is the content, without speaker and cue."""

    kind: Literal["statement"] = "statement"
    speaker: str | None = None
    holder: str | None = None
    mode: Literal["direct", "indirect", "mixed"] = "indirect"
    stance: Stance = "informs"
    condition: str | None = None
    addressee: str | None = None
    venue: str | None = None


class Event(Located):
    """Something that happened, is planned, feared or denied (see `modality`). The span covers at least the trigger."""

    kind: Literal["event"] = "event"
    event_type: EventType
    actor: str | None = None
    target: str | None = None
    date_start: str | None = None
    date_end: str | None = None
    date_prec: int | None = None


class Term(Fact):
    """One provision, condition or demand of a deal."""

    kind: Literal["term"] = "term"
    track: str | None = None
    term_type: TermType
    obligor: str | None = None
    proposed_by: str | None = None
    demanded_by: str | None = None
    mediators: list[str] = []
    status: TermStatus = "reported"
    quantity: str | None = None
    legal_ref: str | None = None
    geography: str | None = None


class Actor(Fact):
    """A person, once a document, at the first mention; or an organisation, government, group, body, medium."""

    kind: Literal["actor"] = "actor"
    name: str
    actor_type: ActorType
    role: str | None = None
    affiliation: str | None = None


class Place(Fact):
    """One mention of a place."""

    kind: Literal["place"] = "place"
    name: str
    geonames_id: int | None = None
    lat: float | None = None
    lon: float | None = None
    where_prec: int | None = None


class Time(Fact):
    """One time expression with its TIMEX3 value and what it was resolved against."""

    kind: Literal["time"] = "time"
    value: str
    time_type: TimeType
    anchor: str | None = None


MODELS: dict[str, type[Fact]] = {
    "actor": Actor, "place": Place, "statement": Statement, "figure": Figure, "event": Event, "term": Term, "time": Time,
}  # fmt: skip
KINDS: tuple[str, ...] = get_args(Kind)


def parse_fact(record: dict[str, Any]) -> Fact:
    """The model of one JSON object of the contract; raises pydantic's ValidationError where it does not fit."""
    return MODELS[record["kind"]].model_validate(record)


def fact_identifier(doc_id: str, kind: str, start: int, end: int, ordinal: int = 0, extractor: str = EXTRACTOR) -> str:
    """The id of a fact: the same document and the same extractor give the same id on every machine.

    >>> fact_identifier("0" * 64, "figure", 10, 20)
    'figure-2c2d2bde1fa4'
    """
    key = f"{doc_id}|{kind}|{start}|{end}|{ordinal}|{extractor}|{EXTRACTOR_VERSION}"
    return f"{kind}-{hashlib.sha256(key.encode()).hexdigest()[:12]}"
