"""Parameters of notebooks: what a notebook declares, and whether given values fit; decided before anything starts.

A notebook's `parameters` cell declares names by plain assignments of literals; the literal gives the type. Names that have a
meaning throughout the project are held to it as well (`KNOWN`). papermill itself would run names as code and pass unknown
or mistyped ones silently.
"""

import ast
import json
import keyword
import math
from datetime import date
from pathlib import Path
from typing import Annotated, Any, Literal

import yaml
from pydantic import AfterValidator, BaseModel, ConfigDict, Field, ValidationError, create_model

from analysis.errors import UsageError

TAG = "parameters"
MAXIMUM_TEXT = 2000  # longer than any name or day, shorter than a smuggled article
MAXIMUM_FILE = 100_000
RULES = Literal["range_only", "latest", "majority", "source_hierarchy", "most_conservative"]


def _check_day(value: str) -> str:
    if value and date.fromisoformat(value).isoformat() != value:
        raise ValueError("a day is written YYYY-MM-DD")
    return value


def _check_text(value: str) -> str:
    if any((character < " " and character not in "\n\t") or "\ud800" <= character <= "\udfff" for character in value):
        raise ValueError("control characters and lone surrogates are not text")
    return value


Text = Annotated[str, Field(max_length=MAXIMUM_TEXT), AfterValidator(_check_text)]
Number = Annotated[float, Field(allow_inf_nan=False)]
Day = Annotated[str, AfterValidator(_check_day)]
# Names that mean the same in every notebook.
KNOWN: dict[str, Any] = {
    "as_of": Day,
    "period_days": Annotated[int, Field(ge=1, le=3660)],
    "facts_version": Annotated[int, Field(ge=-1)],
    "tracks": list[Text],
    "places": list[Text],
    "rule": RULES,
}


def read_declared(notebook: dict[str, Any], name: str) -> dict[str, Any]:
    """The parameters that a notebook declares, with their defaults; empty where it has no `parameters` cell.

    Raises UsageError when the cell holds anything but assignments of literals to plain names.
    """
    cells = [cell for cell in notebook.get("cells", []) if TAG in cell.get("metadata", {}).get("tags", [])]
    if len(cells) > 1:
        raise UsageError(f"{name}: has {len(cells)} cells tagged `{TAG}`; one is allowed")
    source = "".join(cells[0]["source"]) if cells else ""
    try:
        return dict(_read_assignment(statement) for statement in ast.parse(source).body)
    except (SyntaxError, ValueError) as error:
        raise UsageError(f"{name}: the `{TAG}` cell may hold only lines like `name = literal`: {error}") from error


def _read_assignment(statement: ast.stmt) -> tuple[str, Any]:
    if isinstance(statement, ast.Assign) and len(statement.targets) == 1:
        target, value = statement.targets[0], statement.value
    elif isinstance(statement, ast.AnnAssign) and statement.value is not None:
        target, value = statement.target, statement.value
    else:
        raise ValueError(f"line {statement.lineno} is no assignment")
    if not isinstance(target, ast.Name) or not is_plain_name(target.id):
        raise ValueError(f"line {statement.lineno} assigns to what is no plain name")
    return target.id, ast.literal_eval(value)


def is_plain_name(name: str) -> bool:
    """Whether a name may be a parameter: an identifier, no keyword, no dunder.

    >>> is_plain_name("as_of"), is_plain_name("a;b"), is_plain_name("class"), is_plain_name("__name__")
    (True, False, False, False)
    """
    return name.isidentifier() and name.isascii() and not keyword.iskeyword(name) and not name.startswith("__")


def make_model(declared: dict[str, Any], name: str) -> type[BaseModel]:
    """The strict model of a notebook's parameters: these names and no others, each of its type."""
    fields: dict[str, Any] = {key: (KNOWN.get(key) or _type_of(value), value) for key, value in declared.items()}
    return create_model(name, __config__=ConfigDict(extra="forbid", strict=True), **fields)


def _type_of(default: Any) -> Any:
    if isinstance(default, bool):
        return bool
    if isinstance(default, list):
        return list[_type_of(default[0]) if default else Text]  # type: ignore[misc]
    if isinstance(default, dict):
        return dict[Text, Text | int | Number | bool]
    return {int: int, float: Number, str: Text, type(None): Text | int | Number | None}.get(type(default), Text)


def check_settings(declared: dict[str, Any], settings: dict[str, Any], name: str) -> dict[str, Any]:
    """All parameters of one notebook, given and default, checked. Raises UsageError in one line that says what to do."""
    try:
        return make_model(declared, "Parameters")(**settings).model_dump()
    except ValidationError as error:
        first = error.errors()[0]
        field = str(first["loc"][0])
        wanted = (
            f"; it is {type(declared[field]).__name__}, by default {declared[field]!r}" if field in declared else ""
        )
        raise UsageError(f"{name}: parameter {field}: {first['msg']}{wanted}") from error


def spread_settings(declared: dict[str, dict[str, Any]], settings: dict[str, Any]) -> dict[str, dict[str, Any]]:
    """Each notebook's own parameters. A setting goes to every notebook that declares it; one that none declares is an error."""
    known = sorted({name for names in declared.values() for name in names})
    for name in settings:
        if name not in known:
            raise UsageError(f"no notebook has a parameter {name!r}; there are: {', '.join(known) or 'none'}")
    return {
        notebook: check_settings(names, {k: v for k, v in settings.items() if k in names}, notebook)
        for notebook, names in declared.items()
    }


def parse_assignment(text: str, declared: dict[str, Any]) -> tuple[str, Any]:
    """A command line's NAME=VALUE, the value read as the type that the notebooks declare.

    >>> parse_assignment("tracks=gaza,lebanon", {"tracks": []}), parse_assignment("period_days=7", {"period_days": 1})
    (('tracks', ['gaza', 'lebanon']), ('period_days', 7))
    """
    name, separator, value = text.partition("=")
    if not separator:
        raise UsageError(f"--set {text}: write NAME=VALUE")
    if not is_plain_name(name):
        raise UsageError(f"--set {name}: is no parameter's name")
    return name, _read_value(value, declared.get(name, ""))


def _read_value(value: str, like: Any) -> Any:
    """Read a value as the type of `like`; what does not fit stays a string, and the model says what is wrong with it."""
    if isinstance(like, str):
        return value
    if isinstance(like, list):
        parts = [part.strip() for part in value.split(",") if part.strip()]
        return [_read_value(part, like[0] if like else "") for part in parts]
    try:
        plain = json.loads(value)
    except ValueError:
        return value
    return float(plain) if isinstance(like, float) and type(plain) is int else plain


class _PlainLoader(yaml.SafeLoader):
    """YAML of plain values alone: no tags, no anchors, days as text."""

    def fetch_alias(self) -> None:
        """Refuse: a few aliases can stand for millions of values."""
        raise yaml.YAMLError("anchors and aliases are not allowed")

    fetch_anchor = fetch_alias
    fetch_tag = fetch_alias


_PlainLoader.yaml_implicit_resolvers = {
    first: [(tag, pattern) for tag, pattern in resolvers if not tag.endswith(":timestamp")]
    for first, resolvers in yaml.SafeLoader.yaml_implicit_resolvers.items()
}


def load_plain_yaml(path: Path) -> Any:
    """A small YAML or JSON file of plain values. Raises UsageError."""
    try:
        content = path.read_bytes()
        if len(content) > MAXIMUM_FILE:
            raise UsageError(f"{path}: larger than {MAXIMUM_FILE // 1000} kB")
        return check_plain(yaml.load(content.decode("utf-8"), _PlainLoader), str(path))  # noqa: S506 - a SafeLoader
    except OSError as error:
        raise UsageError(f"{path}: cannot be read ({error.strerror})") from error
    except (UnicodeDecodeError, yaml.YAMLError) as error:
        raise UsageError(f"{path}: not plain YAML: {' '.join(str(error).split())}") from error


def load_sets(path: Path) -> list[dict[str, Any]]:
    """Parameters from a file: one mapping, or a list of them, of which each asks for an edition of its own."""
    content = load_plain_yaml(path)
    sets = content if isinstance(content, list) else [content]
    for settings in sets:
        if not isinstance(settings, dict) or not all(isinstance(k, str) and is_plain_name(k) for k in settings):
            raise UsageError(f"{path}: must be lines like `period_days: 7`, or a list of such groups of lines")
    return sets


def check_plain(value: Any, where: str) -> Any:
    """The value itself when it is made of text, finite numbers, booleans, nulls, lists and mappings."""
    if isinstance(value, dict):
        return {check_plain(k, where): check_plain(v, where) for k, v in value.items()}
    if isinstance(value, list):
        return [check_plain(item, where) for item in value]
    if value is None or isinstance(value, (str, bool, int)) or (isinstance(value, float) and math.isfinite(value)):
        return value
    raise UsageError(f"{where}: {value!r} is no plain value")
