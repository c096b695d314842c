"""Waivers: findings that a person looked at and lets pass, dated and signed, in `seeds/hand/waivers.yml`."""

from pathlib import Path
from typing import Annotated, Any

import pandas as pd
from pydantic import BaseModel, BeforeValidator, ConfigDict, ValidationError

from analysis.errors import RecordError
from analysis.records import HAND, load_yaml

WAIVERS = HAND / "waivers.yml"
IsoDay = Annotated[str, BeforeValidator(lambda value: value.isoformat() if hasattr(value, "isoformat") else value)]


class Waiver(BaseModel):
    """One waiver: of a check, for some facts or a whole document."""

    model_config = ConfigDict(extra="forbid")
    check: str
    facts: list[str] = []
    document: str | None = None
    who: str
    when: IsoDay
    why: str


def load_waivers(root: Path) -> list[Waiver]:
    """The waivers below a root folder; none without the file. RecordError where one is not complete."""
    path = root / WAIVERS
    entries: Any = load_yaml(path) if path.is_file() else []
    return [_parse_waiver(entry, number, path) for number, entry in enumerate(entries or [], 1)]


def _parse_waiver(entry: Any, number: int, path: Path) -> Waiver:
    try:
        waiver = Waiver.model_validate(entry)
    except ValidationError as error:
        first = error.errors()[0]
        raise RecordError(f"{path}: waiver {number}: {'.'.join(map(str, first['loc']))}: {first['msg']}") from error
    if not waiver.facts and not waiver.document:
        raise RecordError(f"{path}: waiver {number}: name the facts or the document that it covers")
    return waiver


def apply_waivers(
    findings: pd.DataFrame, facts: pd.DataFrame, waivers: list[Waiver], as_of: str | None
) -> pd.DataFrame:
    """The findings with `waived` ("who, when: why"); a waiver signed after `as_of` does not exist yet."""
    documents = facts.drop_duplicates("fact_id").set_index("fact_id")["doc"] if len(findings) else {}
    signed = [waiver for waiver in waivers if as_of is None or waiver.when <= as_of]
    waived = [_find_waiver(row, documents, signed) for row in findings.itertuples()]
    return findings.assign(waived=pd.Series(waived, findings.index, dtype=object))


def _find_waiver(finding, documents, waivers: list[Waiver]) -> str | None:
    for waiver in waivers:
        named = waiver.document and any(str(documents.get(fact)).endswith(waiver.document) for fact in finding.facts)
        if waiver.check == finding.check and (named or set(waiver.facts) & set(finding.facts)):
            return f"{waiver.who}, {waiver.when}: {waiver.why}"
    return None
