"""What every notebook keeps to, so that analysts can read it top to bottom and change it without fear."""

import copy
import json
from pathlib import Path

import pytest

from analysis import notebook_rules

NOTEBOOKS = sorted((Path(__file__).parent.parent / "notebooks").glob("*.ipynb"))
RULES = {rule.__name__: rule for rule in notebook_rules.RULES}


def read(path: Path) -> dict:
    return json.loads(path.read_text(encoding="utf-8"))


def markdown(text: str) -> dict:
    return {"cell_type": "markdown", "metadata": {}, "source": [text]}


def code(text: str, **fields) -> dict:
    return {"cell_type": "code", "metadata": {}, "outputs": [], "execution_count": None, "source": [text]} | fields


@pytest.fixture
def sound() -> dict:
    """A small notebook that keeps to every rule."""
    cells = [
        markdown("# Who holds the bridge?\n\nThe reports name the army."),
        code('as_of = ""  # cut-off', metadata={"tags": ["parameters"]}),
        code("from analysis import show\nfrom analysis.known import load_facts"),
        code("facts = load_facts(as_of)"),
        markdown("## What this does not show\n\nWho crossed it."),
        code("show.end()"),
    ]
    return {"cells": cells, "metadata": {}, "nbformat": 4, "nbformat_minor": 5}


def test_all_six_are_there() -> None:
    numbers = [path.stem.split("_")[0] for path in NOTEBOOKS if path.stem[0].isdigit()]
    assert numbers == ["10", "20", "30", "40", "50", "60"]


@pytest.mark.parametrize("rule", RULES.values(), ids=RULES)
@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)
def test_the_projects_notebooks_keep_to_every_rule(path: Path, rule) -> None:
    assert list(rule(read(path))) == []


def test_a_sound_notebook_has_no_fault(sound: dict) -> None:
    assert list(notebook_rules.find_faults(sound)) == []


@pytest.mark.parametrize(
    ("at", "cell", "rule"),
    [
        (3, code("facts = 1", execution_count=4), "find_outputs"),
        (3, code("facts = 1", outputs=[{"output_type": "stream"}]), "find_outputs"),
        (3, code("%run other.ipynb"), "find_unreadable_code"),
        (3, code("facts ="), "find_unreadable_code"),
        (0, markdown("Who holds the bridge?"), "find_wrong_order"),
        (0, markdown("# Who holds the bridge?"), "find_wrong_order"),
        (1, code('as_of = ""  # cut-off'), "find_wrong_order"),
        (2, code("import pandas\npandas.options"), "find_wrong_order"),
        (1, code('as_of = ""', metadata={"tags": ["parameters"]}), "find_unexplained_parameters"),
        (1, code("\n".join(f"p{n} = 1  # that" for n in range(11))), "find_unexplained_parameters"),
        (3, code("import pandas"), "find_scattered_imports"),
        (3, code("\n".join(["facts.head()"] * 26)), "find_long_cells"),
        (3, code("facts.apply(lambda fact: 1)"), "find_definitions"),
        (3, code("def count():\n    return 1"), "find_definitions"),
        (4, markdown("## The end"), "find_missing_end"),
        (5, code("show.table(facts)"), "find_missing_end"),
        (4, markdown("## What this does not show\n\nThe 40 dead."), "find_typed_numbers"),
    ],
)
def test_each_rule_finds_its_fault(sound: dict, at: int, cell: dict, rule: str) -> None:
    broken = copy.deepcopy(sound)
    broken["cells"][at] = cell
    assert list(RULES[rule](broken))
    assert list(notebook_rules.find_faults(broken)), "no rule stumbles over another's fault"


def test_code_without_prose_is_found(sound: dict) -> None:
    sound["cells"][3:3] = [code("facts.head()")] * 3
    assert list(notebook_rules.find_missing_prose(sound))
