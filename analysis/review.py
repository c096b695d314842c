"""A person's verdict on one fact, checked against what is known and appended to `seeds/hand/corrections.yml`."""

from datetime import date
from pathlib import Path
from typing import Any, Literal, get_args, get_origin

from pydantic import ValidationError

from analysis.errors import UsageError
from analysis.extract.verify import find_fault_of_figure
from analysis.facts import MODELS, Fact, Figure, parse_fact
from analysis.known import load_facts
from analysis.revisions.decisions import FIXED, Decision, record_decision
from analysis.seeds import read_seeds
from analysis.topics.selection import DEAD, TERM_STATUSES, is_missing

DAYS = frozenset({"as_of", "period_start", "date_start", "date_end"})
# Spans of the document have no spelling on a command line.
UNSET = FIXED | {"cue", "published_basis"}


def review_fact(
    root: Path,
    fact_id: str,
    verdict: Literal["accept", "reject", "correct"],
    assignments: list[str],
    who: str,
    when: str,
    why: str,
) -> Decision:
    """Record a verdict. Raises UsageError, before anything is written, where it cannot hold."""
    row = find_row(root, fact_id)
    _check_day_of(row, when)
    values = parse_assignments(row, assignments)
    if values and row["status"] in DEAD and row["status"] != "superseded":
        raise UsageError(
            f"{fact_id}: is {row['status']} already ({row['status_why']}); review the row that replaced it"
        )
    decision = Decision(action=verdict, fact=fact_id, set=values, who=who, when=when, why=why)
    record_decision(root, decision)
    return decision


def find_row(root: Path, fact_id: str) -> dict[str, Any]:
    """The fact as it stands now, with the decisions made so far. Raises UsageError where nobody knows it."""
    read_seeds(root)
    facts = load_facts(root=root)
    found = facts[facts["fact_id"] == fact_id]
    if found.empty:
        near = sorted(name for name in facts["fact_id"] if name.startswith(fact_id))[:3]
        hint = f"did you mean {', '.join(near)}?" if near else "list them with: briefing facts"
        raise UsageError(f"{fact_id}: there is no such fact; {hint}")
    return found.iloc[-1].to_dict()


def _check_day_of(row: dict[str, Any], when: str) -> None:
    known = row.get("recorded_at") or row.get("published")
    if known and when < str(known)[:10]:
        raise UsageError(f"--date {when}: the fact was not known before {str(known)[:10]}")


def parse_assignments(row: dict[str, Any], assignments: list[str]) -> dict[str, Any]:
    """The values of FIELD=VALUE texts, as the fact's kind types them; checked together with the values that stay."""
    values = dict(_split_assignment(text, row["kind"]) for text in assignments)
    if values:
        values = _check_together(row, values)
    return values


def _split_assignment(text: str, kind: str) -> tuple[str, Any]:
    name, separator, value = text.partition("=")
    if not separator:
        raise UsageError(f"--set {text}: write FIELD=VALUE, for example --set value_low=14")
    model = MODELS[kind]
    settable = [field for field in model.model_fields if field not in UNSET]
    if name not in settable:
        why = "may not change: a fact stays tied to its words" if name in FIXED else f"is no field of a {kind}"
        raise UsageError(f"--set {name}: {why}; there are: {', '.join(settable)}")
    if name in DAYS and value != "null":
        _check_day(name, value)
    return name, _read_value(model.model_fields[name].annotation, value)


def _check_day(name: str, value: str) -> None:
    try:
        date.fromisoformat(value)
    except ValueError:
        raise UsageError(f"--set {name}: {value!r} is no day; write it as YYYY-MM-DD") from None


def _read_value(annotation: Any, value: str) -> Any:
    """`null` is missing; a list is written with commas; the model reads the rest."""
    if get_origin(annotation) is list:
        return [] if value == "null" else [part.strip() for part in value.split(",") if part.strip()]
    return None if value == "null" and type(None) in get_args(annotation) else value


def _check_together(row: dict[str, Any], values: dict[str, Any]) -> dict[str, Any]:
    try:
        fact = parse_fact(_contract_values(row) | values)
    except ValidationError as error:
        first = error.errors()[0]
        raise UsageError(f"--set {'.'.join(map(str, first['loc'])) or 'values'}: {first['msg']}") from error
    fault = find_fault_of_figure(fact) or _find_unequal(fact) if isinstance(fact, Figure) else None
    if fault:
        raise UsageError(f"--set: as corrected, {fault}")
    return {name: getattr(fact, name) for name in values}


def _find_unequal(figure: Figure) -> str | None:
    if figure.operator != "between" and figure.value_low != figure.value_high:
        return "value_low and value_high differ; set both, or operator=between"
    return None


def _contract_values(row: dict[str, Any]) -> dict[str, Any]:
    """The fields of the contract alone, missing ones left out; the status of a term only where it is its own."""
    model: type[Fact] = MODELS[row["kind"]]
    values = {name: row[name] for name in model.model_fields if name in row and not is_missing(row[name])}
    if "status" in values and values["status"] not in TERM_STATUSES:
        del values["status"]
    return values
