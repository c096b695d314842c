"""Decisions of people, from `seeds/hand/corrections.yml`: what, who, when, why. They come last and can undo anything.

Actions: `accept` and `reject` (a reviewer's verdict), `correct` (other values: a new row stands beside the old one), `retract`,
`dispute`, `restore` (back to active, whatever set it aside), `ignore_notice` (a printed notice takes no effect).
"""

from pathlib import Path
from typing import Any, Literal

import pandas as pd
import yaml
from pydantic import BaseModel, ConfigDict, ValidationError, model_validator

from analysis.errors import RecordError
from analysis.facts import MODELS
from analysis.files import write_file
from analysis.records import HAND, IsoDate, load_yaml
from analysis.revisions.status import ACTIVE, put_values, set_status
from analysis.topics.selection import TERM_STATUSES, column

FILE = HAND / "corrections.yml"
# What a correction may not touch: a fact stays tied to its words and its document.
FIXED = frozenset({"fact_id", "doc", "doc_id", "kind", "start", "end", "text", "extractor", "published"})


class Decision(BaseModel):
    """One entry of the file. `fact` is an id; `match` finds facts by equal fields instead; `notice` names a document."""

    model_config = ConfigDict(extra="forbid")
    action: Literal["accept", "reject", "correct", "retract", "dispute", "restore", "ignore_notice"]
    fact: str | None = None
    match: dict[str, Any] = {}
    notice: str | None = None
    set: dict[str, Any] = {}
    who: str
    when: IsoDate
    why: str

    @model_validator(mode="after")
    def _names_its_object(self) -> "Decision":
        if self.action == "ignore_notice":
            if not self.notice:
                raise ValueError("ignore_notice needs `notice:`, the file name of the document that prints it")
        elif not self.fact and not self.match:
            raise ValueError("needs `fact:` (an id) or `match:` (fields and values)")
        if (self.action == "correct") != bool(self.set):
            raise ValueError("`set:` (fields and new values) belongs to `correct`, and `correct` needs it")
        if FIXED & set(self.set):
            raise ValueError(
                f"`set:` may not change {', '.join(sorted(FIXED & set(self.set)))}: a fact stays tied to its words"
            )
        return self


def load_decisions(root: Path, as_of: str | None = None) -> list[Decision]:
    """The decisions taken up to the cut-off, in the order of the file; RecordError names the entry at fault."""
    path = root / FILE
    if not path.is_file():
        return []
    decisions = [_parse(entry, number, path) for number, entry in enumerate(load_yaml(path) or [], 1)]
    return [decision for decision in decisions if not as_of or decision.when[:10] <= as_of[:10]]


def _parse(entry: Any, number: int, path: Path) -> Decision:
    try:
        return Decision.model_validate(entry)
    except ValidationError as error:
        first = error.errors()[0]
        field = ".".join(map(str, first["loc"]))
        raise RecordError(f"{path}: entry {number}: {field + ': ' if field else ''}{first['msg']}") from error


def apply_decisions_to(facts: pd.DataFrame, decisions: list[Decision]) -> pd.DataFrame:
    """The facts with every decision in effect. RecordError where an id is known to nobody although its document is held."""
    for decision in decisions:
        if decision.action != "ignore_notice":
            facts = _apply(facts, decision, _meant(facts, decision))
    return facts


def _meant(facts: pd.DataFrame, decision: Decision) -> list[str]:
    """The ids that a decision is about; none where its document is not known at this cut-off."""
    if decision.fact:
        return [decision.fact] if (facts["fact_id"] == decision.fact).any() else []
    unknown = set(decision.match) - set(facts.columns)
    if unknown:
        raise RecordError(f"{FILE}: match: no fact has the field {', '.join(sorted(unknown))}")
    fits = pd.Series(True, facts.index)
    for name, value in decision.match.items():
        fits &= column(facts, name) == value
    return list(facts.loc[fits, "fact_id"])


def _apply(facts: pd.DataFrame, decision: Decision, ids: list[str]) -> pd.DataFrame:
    if not ids:
        return facts
    day = decision.when[:10]
    if decision.action in ("accept", "reject"):
        return _review(facts, ids, {"accept": "accepted", "reject": "rejected"}[decision.action], decision)
    if decision.action == "restore":
        return _restore(facts, ids, decision)
    if decision.action == "correct":
        corrected = [_corrected_row(facts, name, decision) for name in ids]
        facts = set_status(facts, ids, "corrected", decision.why, decision.who, day)
        return pd.concat(
            [facts, pd.DataFrame(corrected, columns=facts.columns).astype(facts.dtypes)], ignore_index=True
        )
    return set_status(
        facts, ids, {"retract": "retracted", "dispute": "disputed"}[decision.action], decision.why, decision.who, day
    )


def _review(facts: pd.DataFrame, ids: list[str], review: str, decision: Decision) -> pd.DataFrame:
    word = {"status_why": decision.why, "status_by": decision.who, "status_date": decision.when[:10]}
    return put_values(facts, facts["fact_id"].isin(ids), {"review": review, **word})


def _restore(facts: pd.DataFrame, ids: list[str], decision: Decision) -> pd.DataFrame:
    """Back to what each was: active, or a term's own status."""
    was = column(facts, "term_status")
    word = {"status_why": decision.why, "status_by": decision.who, "status_date": decision.when[:10]}
    restored = put_values(facts, facts["fact_id"].isin(ids), {"status": was.where(was.notna(), ACTIVE), **word})
    return put_values(restored, facts["supersedes"].isin(ids), {"supersedes": None})


def _corrected_row(facts: pd.DataFrame, name: str, decision: Decision) -> dict[str, Any]:
    """The row that stands beside a corrected one: same words, other values, an id that names both."""
    row = facts[facts["fact_id"] == name].iloc[-1].to_dict()
    fields = set(MODELS[row["kind"]].model_fields)
    unknown = set(decision.set) - fields
    if unknown:
        raise RecordError(f"{FILE}: correct {name}: a {row['kind']} has no field {', '.join(sorted(unknown))}")
    own = next((value for value in (row["status"], row.get("term_status")) if value in TERM_STATUSES), ACTIVE)
    known = {
        "fact_id": f"{name}-{decision.when[:10]}", "recorded_at": decision.when[:10], "review": "edited", "status": own,
        "supersedes": name, "status_why": decision.why, "status_by": decision.who, "status_date": decision.when[:10],
    }  # fmt: skip
    return row | {name: value for name, value in known.items() if name in facts.columns} | decision.set


def record_decision(root: Path, decision: Decision) -> None:
    """Append a decision to the file, leaving what stands there, comments too, as it is; the file is replaced whole."""
    path = root / FILE
    before = path.read_text(encoding="utf-8") if path.is_file() else "# Decisions on facts: what, who, when, why.\n"
    lines = before.rstrip().splitlines()
    if lines[-1:] == ["[]"]:  # no decisions yet, below the comment that explains the file
        lines.pop()
    kept = "\n".join(lines).rstrip() + "\n\n"
    entry = yaml.safe_dump([decision.model_dump(exclude_defaults=True)], allow_unicode=True, sort_keys=False)
    write_file(path, (kept.lstrip() + entry).encode())
