"""What the model may answer: the contract's own fields with the words instead of offsets; everything else is ours to fill in.

Places and times are not asked for: the gazetteer and the calendar know them better than a model does.
"""

import json
import re
from typing import Any, Literal, get_args, get_origin

from pydantic import BaseModel, ConfigDict, Field, ValidationError, create_model, model_validator

from analysis.facts import MODELS, Fact

KINDS = ("actor", "statement", "figure", "event", "term")
# Filled in here: from the words found, from the document, from the gazetteer, from the dates.
OURS = frozenset(set(Fact.model_fields) - {"modality", "asserted_by", "relayed_by"}) | {
    "geonames_id", "lat", "lon", "where_prec", "date_prec",
}  # fmt: skip
# A passage holds a dozen facts; a model that lists more has gone round in circles.
MAXIMUM_FACTS = 60
MAXIMUM_ANSWER = 200_000
_FENCE = re.compile(r"\s*```(?:json)?\s*\n(.*)\n\s*```\s*", re.DOTALL)


class Item(BaseModel):
    """One fact as the model states it: its `quote`, the `cue` that attributes it, and the fields of its kind."""

    model_config = ConfigDict(extra="ignore")
    kind: str
    quote: str = Field(min_length=2, max_length=2000)
    cue: str | None = Field(None, max_length=200)

    @model_validator(mode="before")
    @classmethod
    def leave_out_missing(cls, values: Any) -> Any:
        """Null and empty mean missing, also where the field has another default."""
        return {k: v for k, v in values.items() if v not in (None, "")} if isinstance(values, dict) else values


def _item_model(kind: str) -> type[Item]:
    own = MODELS[kind].model_fields
    fields: dict[str, Any] = {name: (info.annotation, info) for name, info in own.items() if name not in OURS}
    return create_model(f"{kind.title()}Item", __base__=Item, **fields)


ITEMS: dict[str, type[Item]] = {kind: _item_model(kind) for kind in KINDS}


def item_fields(item: Item) -> dict[str, Any]:
    """The contract's fields of an item."""
    return item.model_dump(exclude=set(Item.model_fields))


def describe_kinds() -> str:
    """The fields of every kind, one a line with the values allowed, for the prompt.

    >>> describe_kinds().splitlines()[0]
    'actor'
    """
    lines = []
    for kind, model in ITEMS.items():
        lines.append(kind)
        for name, info in model.model_fields.items():
            if name not in Item.model_fields:
                lines.append(
                    f"  {name}{'' if info.is_required() else ' (optional)'}: {_describe_type(info.annotation)}"
                )
    return "\n".join(lines)


def _describe_type(annotation: Any) -> str:
    if get_origin(annotation) is Literal:
        return " | ".join(map(str, get_args(annotation)))
    if get_origin(annotation) is list:
        return f"list of {_describe_type(get_args(annotation)[0])}"
    inner = [part for part in get_args(annotation) if part is not type(None)]
    if inner:
        return _describe_type(inner[0])
    return {str: "text", float: "number", int: "whole number"}.get(annotation, "text")


def parse_answer(answer: str) -> tuple[list[Item], list[str]] | None:
    """The items of an answer and why others were dropped; None where it is no answer at all."""
    listed = _listed_facts(answer)
    if listed is None:
        return None
    parsed = [parse_item(entry) for entry in listed[:MAXIMUM_FACTS]]
    items = [item for item in parsed if isinstance(item, Item)]
    dropped = [fault for fault in parsed if isinstance(fault, str)]
    if len(listed) > MAXIMUM_FACTS:
        dropped.append(f"{len(listed) - MAXIMUM_FACTS} more than the {MAXIMUM_FACTS} facts that a passage may have")
    return items, dropped


def _listed_facts(answer: str) -> list[Any] | None:
    if len(answer) > MAXIMUM_ANSWER:
        return None
    fenced = _FENCE.fullmatch(answer)
    try:
        content = json.loads(fenced.group(1) if fenced else answer)
    except (ValueError, RecursionError):
        return None
    listed = content.get("facts") if isinstance(content, dict) else content
    return listed if isinstance(listed, list) else None


def parse_item(entry: Any) -> Item | str:
    """An item, or the reason why an entry is none."""
    kind = entry.get("kind") if isinstance(entry, dict) else None
    model = ITEMS.get(kind) if isinstance(kind, str) else None
    if model is None:
        return "its kind is none of ours"
    try:
        return model.model_validate(entry)
    except ValidationError as error:
        first = error.errors()[0]
        return f"{kind}: {'.'.join(map(str, first['loc']))}: {first['msg']}"
