"""What every notebook keeps to, so that analysts can read it top to bottom and change it without fear.

Each rule takes a notebook as data (the JSON of an .ipynb) and gives its faults, one line each. `find_faults` is all of them.
"""

import ast
from collections.abc import Callable, Iterator
from typing import Any

LONGEST_CELL, USUAL_CELL, LONGEST_PARAMETERS = 25, 12, 10
# At least one cell of prose for so many of code.
CODE_PER_PROSE = 2.5
LAST_HEADINGS = ("## What this does not show", "## How this was made")
LAST_CALL = "show.end()"
# The one number that a heading may hold: it names the length of a window, which no fact changes.
WINDOW = "90 days"

Notebook = dict[str, Any]


def _source(cell: dict[str, Any]) -> str:
    return "".join(cell.get("source", ""))


def _sources(notebook: Notebook, kind: str) -> list[str]:
    return [_source(cell) for cell in notebook["cells"] if cell["cell_type"] == kind]


def _code(notebook: Notebook) -> list[str]:
    """The code cells that Python can read; others are named by `find_unreadable_code`."""
    return [source for source in _sources(notebook, "code") if _parse(source) is not None]


def _parse(source: str) -> ast.Module | None:
    try:
        return ast.parse(source)
    except (SyntaxError, ValueError):
        return None


def _count_lines(source: str) -> int:
    return len([line for line in source.splitlines() if line.strip()])


def _first_line(source: str) -> str:
    return repr(source.strip().partition("\n")[0][:60])


def find_outputs(notebook: Notebook) -> Iterator[str]:
    """Outputs belong to editions, not into the source."""
    for cell in notebook["cells"]:
        if cell["cell_type"] == "code" and (cell.get("outputs") or cell.get("execution_count") is not None):
            yield f"the cell {_first_line(_source(cell))} holds outputs; clear all outputs and save"
            return


def find_unreadable_code(notebook: Notebook) -> Iterator[str]:
    """Magics and shell commands hide what runs; what Python cannot read cannot be checked."""
    for source in _sources(notebook, "code"):
        if source.lstrip().startswith(("%", "!")):
            yield f"the cell {_first_line(source)} begins with a magic or a shell command"
        elif _parse(source) is None:
            yield f"the cell {_first_line(source)} is not Python"


def find_wrong_order(notebook: Notebook) -> Iterator[str]:
    """The question and a sentence that answers it, then the parameters, then the imports."""
    cells = notebook["cells"][:3]
    if len(cells) < 3:
        yield "has fewer than three cells: question, parameters, imports"
        return
    head = _source(cells[0]).strip().splitlines() or [""]
    if cells[0]["cell_type"] != "markdown" or not head[0].startswith("# ") or not head[-1].endswith("."):
        yield "the first cell is a heading `# ...` and one sentence below it"
    if cells[1].get("metadata", {}).get("tags") != ["parameters"]:
        yield "the second cell is tagged `parameters`"
    imports = _parse(_source(cells[2]))
    if imports is None or not all(isinstance(node, ast.Import | ast.ImportFrom) for node in imports.body):
        yield "the third cell holds the imports and nothing else"


def find_unexplained_parameters(notebook: Notebook) -> Iterator[str]:
    """Parameters are few, and each says what it is for."""
    source = _source(notebook["cells"][1]) if len(notebook["cells"]) > 1 else ""
    if _count_lines(source) > LONGEST_PARAMETERS:
        yield f"has {_count_lines(source)} lines of parameters; at most {LONGEST_PARAMETERS} are allowed"
    for line in source.splitlines():
        if "#" not in line:
            yield f"the parameter {line.strip()!r} has no comment"


def find_scattered_imports(notebook: Notebook) -> Iterator[str]:
    """Imports stand in one cell."""
    importing = [source for source in _code(notebook) if "import " in source]
    if len(importing) != 1:
        yield f"imports stand in {len(importing)} cells; they belong into one"


def find_long_cells(notebook: Notebook) -> Iterator[str]:
    """Cells are short: nine of ten within USUAL_CELL lines, none above LONGEST_CELL."""
    sizes = sorted(map(_count_lines, _sources(notebook, "code")))
    if sizes and sizes[-1] > LONGEST_CELL:
        yield f"the longest cell has {sizes[-1]} lines; at most {LONGEST_CELL} are allowed"
    if sizes and sizes[int(0.9 * (len(sizes) - 1))] > USUAL_CELL:
        yield f"more than one cell in ten is longer than {USUAL_CELL} lines"


def find_definitions(notebook: Notebook) -> Iterator[str]:
    """Functions live in the package, where tests reach them."""
    banned = ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef | ast.Lambda
    for source in _code(notebook):
        if any(isinstance(node, banned) for node in ast.walk(ast.parse(source))):
            yield f"the cell {_first_line(source)} defines a function or class; move it to analysis/"


def find_missing_prose(notebook: Notebook) -> Iterator[str]:
    """Prose stands between the code."""
    prose, code = len(_sources(notebook, "markdown")), len(_sources(notebook, "code"))
    if prose < code / CODE_PER_PROSE:
        yield f"has {prose} cells of prose for {code} of code; one for every {CODE_PER_PROSE} is the least"


def find_missing_end(notebook: Notebook) -> Iterator[str]:
    """It ends with what it does not show, and with the call that prints how it was made."""
    headings, code = _sources(notebook, "markdown"), _sources(notebook, "code")
    if not headings or not headings[-1].startswith(LAST_HEADINGS):
        yield f"the last heading is {LAST_HEADINGS[0]!r} or {LAST_HEADINGS[1]!r}"
    if not code or not code[-1].strip().endswith(LAST_CALL):
        yield f"the last cell ends with {LAST_CALL}"


def find_typed_numbers(notebook: Notebook) -> Iterator[str]:
    """No number in prose is typed by hand: every one is printed from a fact."""
    for source in _sources(notebook, "markdown"):
        if any(character.isdigit() for character in source.replace(WINDOW, "")):
            yield f"the text {_first_line(source)} holds a number; print it from a fact"


RULES: tuple[Callable[[Notebook], Iterator[str]], ...] = (
    find_outputs, find_unreadable_code, find_wrong_order, find_unexplained_parameters, find_scattered_imports,
    find_long_cells, find_definitions, find_missing_prose, find_missing_end, find_typed_numbers,
)  # fmt: skip


def find_faults(notebook: Notebook) -> Iterator[str]:
    """The faults of a notebook under every rule; none for one that keeps to them."""
    for rule in RULES:
        yield from rule(notebook)
