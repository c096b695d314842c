"""An edition before it is made: its name, its notebooks with all their parameters, and the key that says whether it is new."""

from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from analysis.run.inputs import Inputs
from analysis.run.keys import hash_bytes, hash_code, hash_lock, hash_notebook_code, hash_values
from analysis.run.layout import Layout, name_edition
from analysis.run.notebooks import Plan
from analysis.run.params import check_settings, parse_assignment, spread_settings
from analysis.run.reads import find_files, find_kinds
from analysis.run.request import Request

# The parameters that `exports.write_exports` looks at.
EXPORT_SETTINGS = ("rule", "facts_version", "period_days")


@dataclass(frozen=True)
class Edition:
    """What is to be made. `key` covers everything the result depends on."""

    name: str
    folder: Path
    lock: Path
    inputs: Inputs
    plans: list[Plan]
    settings: dict[str, Any]
    key: str

    def cache_key(self, plan: Plan) -> str:
        """What the outputs of one notebook depend on; not its prose, and not the store's version as such."""
        return hash_values(
            hash_notebook_code(plan.notebook),
            _without_version(plan.parameters, self.inputs),
            self._facts_read(plan),
            hash_code(),
            hash_lock(),
        )

    def _facts_read(self, plan: Plan) -> Any:
        """The digests of the kinds of facts and of the files that a notebook reads; of all there is where it may read anything.

        What people decided about facts, about actors and places, is in the facts.
        """
        usual = {
            "as_of": self.inputs.as_of,
            "facts_version": self.inputs.version,
            "period_days": self.inputs.period_days,
        }
        kinds = find_kinds(plan.notebook) if usual.items() <= plan.parameters.items() else None
        if kinds is None or not self.inputs.kinds:
            return self.inputs.digest, self.inputs.decisions
        files = find_files(plan.notebook)
        decided = self.inputs.decisions if files is None else {name: self.inputs.decided.get(name) for name in files}
        return {kind: self.inputs.kinds.get(kind) for kind in kinds or self.inputs.kinds}, decided

    def exports_key(self) -> str:
        """What the data files depend on: of the parameters, only those that `exports` reads."""
        read = {name: value for name, value in self.settings.items() if name in EXPORT_SETTINGS}
        return hash_values(read, self.inputs.as_of, self.inputs.digest, self.inputs.decisions, hash_code(), hash_lock())


def read_settings(plans: list[Plan], request: Request) -> dict[str, Any]:
    """What was given, checked against what the notebooks declare. Raises UsageError before anything is computed."""
    declared = {name: value for plan in plans for name, value in plan.declared.items()}
    typed = dict(parse_assignment(text, declared) for text in request.assignments)
    settings = {**request.settings, **typed}
    spread_settings({plan.path.name: plan.declared for plan in plans}, settings)
    return settings


def plan_edition(layout: Layout, plans: list[Plan], request: Request, inputs: Inputs) -> Edition:
    """Settle every parameter and the name."""
    settings = read_settings(plans, request)
    fixed = {"as_of": inputs.as_of, "facts_version": inputs.version}
    chosen = {**fixed, **settings}
    complete = [_complete(plan, chosen) for plan in plans]
    # By the notebooks' own names, however they were asked for.
    chosen_names = [plan.name for plan in plans] if request.notebooks else []
    name = name_edition(inputs.as_of, chosen_names, {k: v for k, v in settings.items() if k not in fixed})
    key = hash_values(
        [(plan.name, hash_bytes(plan.content), _without_version(plan.parameters, inputs)) for plan in complete],
        inputs.as_of, inputs.digest, inputs.decisions, hash_code(), hash_lock(),
    )  # fmt: skip
    lock = layout.hidden / "locks" / f"{name}.lock"
    return Edition(name, layout.edition(name), lock, inputs, complete, settings, key)


def _complete(plan: Plan, chosen: dict[str, Any]) -> Plan:
    own = {name: value for name, value in chosen.items() if name in plan.declared}
    return replace(plan, parameters=check_settings(plan.declared, own, plan.path.name))


def _without_version(parameters: dict[str, Any], inputs: Inputs) -> dict[str, Any]:
    """Without the version that every edition has by default, whose digest counts; one that was asked for stays."""
    return {k: v for k, v in parameters.items() if (k, v) != ("facts_version", inputs.version)}
