"""Decisions of people about what is one event: `seeds/hand/matches.yml`, each with who, when and why.

- merge: [jnah-2024-10-21, beirut-2024-10-21]      # the first id stays
  who: A. Analyst
  when: 2024-10-23
  why: The hospital stands in Jnah; one agency wrote Beirut.
- split: beit-lahia-2024-10-29
  into: beit-lahia-2024-10-29-second
  facts: [figure-0123456789ab]                     # by id, or by document and words:
  words: {document: aj.txt, contains: at least 19}
  who: ...
"""

from pathlib import Path
from typing import Annotated, Any

import pandas as pd
from pydantic import BaseModel, BeforeValidator, ConfigDict, ValidationError

from analysis.errors import RecordError
from analysis.records import HAND, load_yaml

MATCHES = HAND / "matches.yml"
IsoDay = Annotated[str, BeforeValidator(lambda value: value.isoformat() if hasattr(value, "isoformat") else value)]


class Words(BaseModel):
    """Facts of one document whose text contains some words."""

    model_config = ConfigDict(extra="forbid")
    document: str
    contains: str


class Match(BaseModel):
    """One decision: either `merge` or `split` with `into`."""

    model_config = ConfigDict(extra="forbid")
    merge: list[str] = []
    split: str | None = None
    into: str | None = None
    facts: list[str] = []
    words: Words | None = None
    who: str
    when: IsoDay
    why: str


def load_matches(root: Path) -> list[Match]:
    """The decisions below a root folder, in order; none where the file is missing. RecordError where one is not complete."""
    path = root / MATCHES
    entries: Any = load_yaml(path) if path.is_file() else []
    return [_parse_match(entry, number, path) for number, entry in enumerate(entries or [], 1)]


def _parse_match(entry: Any, number: int, path: Path) -> Match:
    try:
        match = Match.model_validate(entry)
    except ValidationError as error:
        first = error.errors()[0]
        raise RecordError(f"{path}: decision {number}: {'.'.join(map(str, first['loc']))}: {first['msg']}") from error
    merged = len(match.merge) >= 2 and not match.split
    divided = bool(match.split and match.into and (match.facts or match.words) and not match.merge)
    if not (merged or divided):
        raise RecordError(
            f"{path}: decision {number}: needs either two ids in merge, or split, into, and facts or words"
        )
    return match


def apply_matches(facts: pd.DataFrame, matches: list[Match]) -> pd.DataFrame:
    """The facts with the decisions applied to `event_id`, in order."""
    events = facts["event_id"].astype(object)
    for match in matches:
        if match.merge:
            events = events.where(~events.isin(match.merge[1:]), match.merge[0])
        else:
            events = events.where(~((events == match.split) & _is_meant(facts, match)), match.into)
    return facts.assign(event_id=events)


def _is_meant(facts: pd.DataFrame, match: Match) -> pd.Series:
    meant = facts["fact_id"].isin(match.facts)
    if match.words:
        named = facts["doc"].str.endswith(match.words.document)
        meant |= named & facts["text"].str.contains(match.words.contains, regex=False)
    return meant
