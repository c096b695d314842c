"""What every notebook keeps to, so that analysts can read it top to bottom and change it without fear."""

import ast
import json
from pathlib import Path

import pytest

NOTEBOOKS = sorted((Path(__file__).parent.parent / "notebooks").glob("*.ipynb"))
LONGEST_CELL, USUAL_CELL, LONGEST_PARAMETERS = 25, 12, 10


@pytest.fixture(params=NOTEBOOKS, ids=lambda path: path.stem)
def notebook(request) -> dict:
    """One notebook as data."""
    return json.loads(request.param.read_text(encoding="utf-8"))


def code(notebook: dict) -> list[str]:
    return ["".join(cell["source"]) for cell in notebook["cells"] if cell["cell_type"] == "code"]


def lines(source: str) -> int:
    return len([line for line in source.splitlines() if line.strip()])


def test_all_six_are_there() -> None:
    assert [path.stem.split("_")[0] for path in NOTEBOOKS if path.stem[0].isdigit()] == [
        "10",
        "20",
        "30",
        "40",
        "50",
        "60",
    ]


def test_no_output_is_committed(notebook: dict) -> None:
    assert all(
        not cell["outputs"] and cell["execution_count"] is None
        for cell in notebook["cells"]
        if cell["cell_type"] == "code"
    )


def test_the_question_and_a_sentence_come_first_then_parameters_then_imports(notebook: dict) -> None:
    first, second, third = notebook["cells"][:3]
    head = "".join(first["source"]).strip().splitlines()
    assert first["cell_type"] == "markdown"
    assert head[0].startswith("# ")
    assert head[-1].endswith(".")
    assert second["metadata"].get("tags") == ["parameters"]
    assert lines("".join(second["source"])) <= LONGEST_PARAMETERS
    assert all("#" in line for line in "".join(second["source"]).splitlines()), "every parameter has its comment"
    assert all(isinstance(node, ast.Import | ast.ImportFrom) for node in ast.parse("".join(third["source"])).body)


def test_imports_stand_in_one_cell(notebook: dict) -> None:
    importing = [source for source in code(notebook) if "import " in source]
    assert len(importing) == 1


def test_cells_are_short_and_hold_no_functions_or_magics(notebook: dict) -> None:
    sizes = sorted(lines(source) for source in code(notebook))
    assert sizes[-1] <= LONGEST_CELL
    assert sizes[int(0.9 * (len(sizes) - 1))] <= USUAL_CELL
    banned = ast.FunctionDef | ast.ClassDef | ast.Lambda
    for source in code(notebook):
        assert not source.lstrip().startswith(("%", "!"))
        assert not [node for node in ast.walk(ast.parse(source)) if isinstance(node, banned)]


def test_prose_stands_between_the_code(notebook: dict) -> None:
    written = sum(cell["cell_type"] == "markdown" for cell in notebook["cells"])
    assert written >= len(code(notebook)) / 2.5


def test_it_ends_with_what_it_does_not_show(notebook: dict) -> None:
    headings = ["".join(cell["source"]) for cell in notebook["cells"] if cell["cell_type"] == "markdown"]
    assert headings[-1].startswith(("## What this does not show", "## How this was made"))
    assert code(notebook)[-1].strip().endswith("show.end()")


def test_no_number_is_typed_into_prose(notebook: dict) -> None:
    for cell in notebook["cells"]:
        if cell["cell_type"] == "markdown":
            assert not any(character.isdigit() for character in "".join(cell["source"]).replace("90 days", ""))
