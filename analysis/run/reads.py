"""Which kinds of facts and which files a notebook reads, found in its code: only when one of those changes is it executed again.

Only what is certain counts. A notebook that gets its facts in any other way than `load_facts(as_of, facts_version,
period_days=period_days, ...)`, that imports what could read more than it is given, or that hides what it does, is taken to
read everything.
"""

import ast
from collections.abc import Iterator
from typing import Any

from analysis.run.decided import READERS
from analysis.run.params import TAG

# What comes from here works on frames that it is given, and reads files only below a root that it is given (`decided`).
MODULES = ("analysis.audit", "analysis.charts", "analysis.tables", "analysis.topics", "analysis.wording")
NAMES = {
    "analysis": {"audit", "show", "tables"},
    "analysis.known": {"find_root", "load_documents", "load_facts", "name_places", "report_period"},
}
GIVEN = ("as_of", "facts_version")
PERIOD, KINDS = "period_days", "kinds"
# In this order they may follow what every call gives.
NARROWING = ("places", "tracks")
# Reading files, or running words as code.
HIDING = {"open", "exec", "eval", "compile", "getattr", "globals", "locals", "vars", "get_ipython"}
# What gives a name without an assignment, or hides code from whoever reads it top to bottom.
DEFINING = (
    ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef | ast.Lambda | ast.Import | ast.ExceptHandler | ast.Match
)


def find_kinds(notebook: dict[str, Any]) -> tuple[str, ...] | None:
    """The kinds that a notebook reads, sorted; () for all kinds, None where it cannot be told from its code."""
    try:
        nodes = [node for tree in _parse(notebook) for node in ast.walk(tree)]
        if not all(map(_is_plain, nodes)) or not _roots_are_handed_on(nodes):
            return None
        read = [_kinds_of(call) for call in _calls(nodes, "load_facts")]
    except (SyntaxError, ValueError):
        return None
    if not read:
        return None
    return tuple(sorted(set().union(*read))) if all(read) else ()


def find_files(notebook: dict[str, Any]) -> tuple[str, ...] | None:
    """The files of the root that a notebook reads besides facts (of `decided.READERS`), sorted; None where it may be any.

    Only for a notebook whose kinds can be told: its other names lead to no file.
    """
    nodes = [node for tree in _parse(notebook) for node in ast.walk(tree)]
    homes = {
        alias.name: f"{node.module}.{alias.name}"
        for node in nodes
        if isinstance(node, ast.ImportFrom)
        for alias in node.names
    }
    stored = {node.id for node in nodes if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store)}
    if stored & homes.keys():
        return None
    handed = [_name_of(node.func, homes) for node in nodes if isinstance(node, ast.Call) and _is_handed_the_root(node)]
    if not set(handed) <= READERS.keys():
        return None
    return tuple(sorted({file for name in handed for file in READERS[name]}))


def _is_handed_the_root(call: ast.Call) -> bool:
    given = [*call.args, *(word.value for word in call.keywords)]
    return any(isinstance(n, ast.Call) and isinstance(n.func, ast.Name) and n.func.id == "find_root" for n in given)


def _name_of(function: ast.expr, homes: dict[str, str]) -> str:
    """The full name of what is called as `module.function` or `function`; empty for anything else."""
    if isinstance(function, ast.Attribute) and isinstance(function.value, ast.Name):
        return f"{homes.get(function.value.id, '')}.{function.attr}"
    return homes.get(function.id, "") if isinstance(function, ast.Name) else ""


def _parse(notebook: dict[str, Any]) -> Iterator[ast.Module]:
    """The code but for the parameters, whose names nobody else may set."""
    for cell in notebook["cells"]:
        if cell["cell_type"] == "code" and TAG not in cell["metadata"].get("tags", []):
            yield ast.parse("".join(cell["source"]))


def _is_plain(node: ast.AST) -> bool:
    """Whether a node neither brings in nor hides nor renames what reads facts."""
    if isinstance(node, ast.ImportFrom):
        return _is_known(node)
    if isinstance(node, ast.Name):
        kept = {*GIVEN, PERIOD, *NAMES["analysis.known"]}
        return node.id not in HIDING and not node.id.startswith("__") and (
            isinstance(node.ctx, ast.Load) or node.id not in kept
        )  # fmt: skip
    if isinstance(node, ast.Attribute):
        hidden = node.attr.startswith(("_", "read")) or node.attr in HIDING | NAMES["analysis.known"]
        return not hidden
    return not isinstance(node, DEFINING)


def _is_known(node: ast.ImportFrom) -> bool:
    module, names = node.module or "", {alias.name for alias in node.names}
    named = module in NAMES and names <= NAMES[module]
    inside = module in MODULES or module.startswith(tuple(f"{name}." for name in MODULES))
    return not node.level and (named or inside) and not any(alias.asname for alias in node.names)


def _roots_are_handed_on(nodes: list[ast.AST]) -> bool:
    """Whether the root folder goes nowhere but straight into a function."""
    calls = [node for node in nodes if isinstance(node, ast.Call)]
    handed = {id(value) for call in calls for value in (*call.args, *(word.value for word in call.keywords))}
    return all(id(call) in handed for call in _calls(nodes, "find_root"))


def _calls(nodes: list[ast.AST], name: str) -> list[ast.Call]:
    """The calls of a function. Raises ValueError where its name is used in another way."""
    calls = [n for n in nodes if isinstance(n, ast.Call) and isinstance(n.func, ast.Name) and n.func.id == name]
    if len(calls) != sum(isinstance(node, ast.Name) and node.id == name for node in nodes):
        raise ValueError(f"{name} is not only called")
    return calls


def _kinds_of(call: ast.Call) -> set[str]:
    """The kinds that one call asks for, none for all. Raises ValueError where it asks for other facts than the edition's."""
    words = {word.arg: word.value for word in call.keywords}
    given = [value.id if isinstance(value, ast.Name) else None for value in call.args[: len(GIVEN)]]
    period, kinds = words.pop(PERIOD, None), words.pop(KINDS, None)
    usual = tuple(given) == GIVEN and isinstance(period, ast.Name) and period.id == PERIOD
    more = call.args[len(GIVEN) :]
    if not usual or not set(words) <= set(NARROWING) or len(more) > len(NARROWING) or ast.Starred in map(type, more):
        raise ValueError("not the facts of the edition")
    found = ast.literal_eval(kinds) if kinds is not None else []
    if not isinstance(found, list | tuple) or not all(isinstance(kind, str) for kind in found):
        raise ValueError("kinds are no list of words")
    return set(found)
