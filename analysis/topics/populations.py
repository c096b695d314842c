"""How many people live where: `seeds/hand/populations.yml`, each number with its source, and who wrote it down."""

from pathlib import Path
from typing import Annotated, Any

from pydantic import BaseModel, BeforeValidator, ConfigDict, ValidationError

from analysis.errors import RecordError
from analysis.records import HAND, load_yaml

POPULATIONS = HAND / "populations.yml"
Text = Annotated[str, BeforeValidator(lambda value: value.isoformat() if hasattr(value, "isoformat") else str(value))]


class Population(BaseModel):
    """One number of people at one place."""

    model_config = ConfigDict(extra="forbid")
    place: str
    people: list[str] = []
    population: float
    as_of: Text
    source: str
    who: str
    when: Text
    why: str


def load_populations(root: Path) -> list[Population]:
    """The entries below a root folder; none without the file. RecordError where one is not complete."""
    path = root / POPULATIONS
    entries: Any = load_yaml(path) if path.is_file() else []
    known = []
    for number, entry in enumerate(entries or [], 1):
        try:
            known.append(Population.model_validate(entry))
        except ValidationError as error:
            first = error.errors()[0]
            where = ".".join(map(str, first["loc"]))
            raise RecordError(f"{path}: entry {number}: {where}: {first['msg']}") from error
    return known


def find_population(known: list[Population], claim: dict[str, Any]) -> Population | None:
    """The entry for a claim's `place`; without a place, the one whose people the claim counts by name (`unit`)."""
    place, unit = claim.get("place"), str(claim.get("unit") or "").lower()
    for entry in known:
        if place == entry.place or (not isinstance(place, str) and unit in entry.people):
            return entry
    return None
