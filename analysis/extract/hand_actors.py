"""Additions by hand: `seeds/hand/actors.yml`, a list of `name`, `variants`, `actor_type`, `affiliation`, `role`."""

from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any, get_args

import yaml

from analysis.errors import RecordError
from analysis.extract.actor_lexicon import Entry, Found, NameIndex
from analysis.extract.names import Person, name_keys
from analysis.extract.reading import Reading
from analysis.facts import ActorType

FILE = "actors.yml"


@dataclass(frozen=True)
class HandActors:
    """What a folder adds: names of bodies to find, and persons by the keys of every variant."""

    bodies: NameIndex
    persons: dict[tuple[str, ...], Entry]


def hand_actors(reading: Reading) -> HandActors:
    """The additions that hold for a reading; empty where there are none."""
    folder = reading.notes.get("hand")
    return load_hand_actors(Path(folder) if folder else None)


def load_hand_actors(folder: Path | None) -> HandActors:
    """The additions of a folder. Raises RecordError for a file that is no such list."""
    path = folder / FILE if folder else None
    if path is None or not path.is_file():
        return _read(None, 0)
    return _read(path, path.stat().st_mtime_ns)


@lru_cache(maxsize=8)
def _read(path: Path | None, modified: int) -> HandActors:
    bodies, persons = NameIndex(), {}
    for record in _records(path) if path else []:
        entry = Entry(record["name"], record["actor_type"], record.get("affiliation"), record.get("role"))
        for variant in [record["name"], *(record.get("variants") or [])]:
            if entry.actor_type == "person":
                persons[name_keys(variant)] = entry
            else:
                bodies.add(variant, entry)
    return HandActors(bodies, persons)


def _records(path: Path) -> list[dict[str, Any]]:
    try:
        records = yaml.safe_load(path.read_text("utf-8")) or []
    except (OSError, ValueError, yaml.YAMLError) as error:
        raise RecordError(f"{path}: cannot be read as YAML ({error})") from error
    if not isinstance(records, list):
        raise RecordError(f"{path}: a list of actors is expected, each with name and actor_type")
    for number, record in enumerate(records, 1):
        _check(path, number, record)
    return records


def _check(path: Path, number: int, record: object) -> None:
    if not isinstance(record, dict) or not isinstance(record.get("name"), str):
        raise RecordError(f"{path}: actor {number} has no name")
    if record.get("actor_type") not in get_args(ActorType):
        raise RecordError(f"{path}: {record['name']}: actor_type is one of {', '.join(get_args(ActorType))}")
    if not isinstance(record.get("variants") or [], list):
        raise RecordError(f"{path}: {record['name']}: variants is a list of names")


def merge_found(added: list[Found], known: list[Found]) -> list[Found]:
    """Both, without those known that an addition overlaps."""
    kept = [f for f in known if not any(a.start < f.end and f.start < a.end for a in added)]
    return sorted([*added, *kept], key=lambda f: f.start)


def name_persons(persons: list[Person], hand: HandActors) -> None:
    """Give persons whom the additions know their canonical name, affiliation and role."""
    for person in persons:
        spellings = (person.keys, *(name_keys(name) for name in sorted(person.known_as)))
        entry = next((hand.persons[keys] for keys in spellings if keys in hand.persons), None)
        if entry is not None:
            person.name, person.affiliation, person.role = entry.name, entry.party, entry.role
