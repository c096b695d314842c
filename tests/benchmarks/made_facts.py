"""Documents of which only the facts are kept: three to ten each, of several wars, the same at every call."""

import random
from collections.abc import Callable
from datetime import date, timedelta
from functools import cache
from pathlib import Path
from typing import Any

import yaml

from analysis.documents import Document
from analysis.facts import Actor, Event, Fact, Figure, Statement, Term
from analysis.records import Record
from analysis.store import Entry

LAST_DAY = date(2024, 10, 30)
DAYS = 365
FEWEST, MOST = 3, 10  # facts of a document
PUBLISHERS, PERSONS = 23, 400
STANCES = ("informs", "accepts", "conditionally_open", "optimistic", "demands", "rejects", "denies")
TERMS = ("cessation", "withdrawal", "exchange", "humanitarian_access", "monitoring", "duration")
EVENTS = ("air_strike", "shelling", "attack", "armed_clash", "meeting")
WARS: list[dict[str, Any]] = yaml.safe_load(Path(__file__).with_name("made_articles.yml").read_text("utf-8"))["wars"]


def make_entry(number: int) -> Entry:
    """The document of that number; days go round a year, wars and publishers round as well."""
    dice = random.Random(number)
    war, day = WARS[number % len(WARS)], (LAST_DAY - timedelta(days=number % DAYS)).isoformat()
    words = [f"Report {number} of {dice.choice(war['towns'])}."]
    drafts = [dice.choices(MAKERS, (4, 3, 4, 1, 2))[0](dice, war, day) for _ in range(dice.randint(FEWEST, MOST))]
    words += [text for _, text, _ in drafts]
    document = Document(f"many/{number}.txt", " ".join(words), day, "given")
    facts, start = [], len(words[0]) + 1
    for place, (model, text, fields) in enumerate(drafts):
        facts.append(model(
            fact_id=f"{model.model_fields['kind'].default}-{number}-{place}", doc=document.path, doc_id=document.doc_id,
            published=day, published_basis="given", extractor="bench", start=start, end=start + len(text), text=text, **fields,
        ))  # fmt: skip
        start += len(text) + 1
    record = Record(id=f"many-{number}", file=f"{number}.txt", publisher=f"Paper {number % PUBLISHERS}", published=day)
    return Entry(record, document, facts, "bench", origin="ingest")


Draft = tuple[Callable[..., Fact], str, dict[str, Any]]


@cache
def _source(country: str, number: int) -> str:
    return f"the {country} {('health ministry', 'army', 'governor', 'civil defence', 'relief council')[number]}"


def _figure(dice: random.Random, war: dict[str, Any], day: str) -> Draft:
    town, toll = dice.choice(war["towns"]), float(dice.randint(2, 90))
    total = dice.random() < 0.3
    value = toll + (10_000 if total else 0)
    fields = {
        "measure": dice.choice(("killed", "injured", "displaced")), "value_low": value, "value_high": value, "unit": "person",
        "operator": dice.choice(("eq", "at_least")), "scope": "cumulative" if total else "incident",
        "place": war["country"] if total else town, "where_prec": 6 if total else 1, "as_of": day,
        "asserted_by": _source(war["country"], dice.randrange(5)), "population": "all", "modality": "asserted",
    }  # fmt: skip
    return Figure, f"{value:.0f} people in {town}", fields


def _event(dice: random.Random, war: dict[str, Any], day: str) -> Draft:
    town, kind = dice.choice(war["towns"]), dice.choice(EVENTS)
    fields = {
        "event_type": kind, "place": town, "where_prec": 1, "date_start": day, "date_end": day, "date_prec": 1,
        "modality": "asserted", "actor": war["armed"],
    }  # fmt: skip
    return Event, f"{kind} in {town}", fields


def _statement(dice: random.Random, war: dict[str, Any], day: str) -> Draft:
    speaker, stance = f"Person {dice.randrange(PERSONS)}", dice.choice(STANCES)
    holder = dice.choice((war["army"], war["armed"], war["mediator"]))
    text = f"that the truce in {war['country']} would hold for {dice.randint(2, 90)} days"
    return Statement, text, {"speaker": speaker, "holder": holder, "stance": stance, "mode": "indirect"}


def _term(dice: random.Random, war: dict[str, Any], day: str) -> Draft:
    text = f"withdraw from {dice.choice(war['towns'])} within {dice.randint(2, 60)} days"
    fields = {
        "term_type": dice.choice(TERMS), "track": war["country"].lower(), "status": "proposed",
        "demanded_by": dice.choice((war["army"], war["armed"])), "obligor": war["armed"],
    }  # fmt: skip
    return Term, text, fields


def _actor(dice: random.Random, war: dict[str, Any], day: str) -> Draft:
    name = f"Person {dice.randrange(PERSONS)}"
    return Actor, name, {"name": name, "actor_type": "person", "affiliation": war["army"], "role": "spokesman"}


MAKERS = (_figure, _event, _statement, _term, _actor)
