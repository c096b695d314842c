"""`review`, `check` and `preview` as a person at a terminal uses them."""

import json
import shutil
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

import pytest
import yaml
from typer.testing import CliRunner

from analysis.cli import app
from analysis.errors import BriefingError

PROJECT = Path(__file__).parent.parent
ARTICLE = "RENK, 11 July 2023 - Shelling killed 40 people in Renk on Monday, the governor said.\n"
HEAD = "# Decisions on facts.\n#   - action: correct\n"
SIGNED = ("--who", "B. Reader", "--why", "the hospital's list says 14")


@dataclass(frozen=True)
class Done:
    """What a command left: exit status, standard output, standard error."""

    returncode: int
    stdout: str
    stderr: str


def briefing(root: Path, *arguments: str) -> Done:
    """The command on a corpus, in this process."""
    result = CliRunner().invoke(app, ["--root", str(root), *arguments])
    if isinstance(result.exception, BriefingError):
        return Done(result.exception.exit_status, result.stdout, str(result.exception))
    assert result.exception is None or isinstance(result.exception, SystemExit), result.exception
    return Done(result.exit_code, result.stdout, result.stderr)


def preview(root: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    """The command as a process of its own: it forks others."""
    command = [Path(sys.executable).with_name("briefing"), "--root", root, "preview", *arguments]
    return subprocess.run(command, capture_output=True, text=True, timeout=120, check=False)


def figures(root: Path, *arguments: str) -> list[dict]:
    printed = briefing(root, "facts", "--kind", "figure", "--format", "jsonl", *arguments)
    assert printed.returncode == 0, printed.stderr
    return [json.loads(line) for line in printed.stdout.splitlines()]


def write_corpus(root: Path) -> None:
    (root / "seeds" / "documents").mkdir(parents=True)
    (root / "seeds" / "hand").mkdir()
    (root / "seeds" / "documents" / "a.txt").write_text(ARTICLE, encoding="utf-8")
    record = [{"id": "a", "file": "a.txt", "publisher": "Example", "published": "2023-07-11"}]
    (root / "seeds" / "sources.yml").write_text(yaml.safe_dump(record), encoding="utf-8")
    (root / "seeds" / "hand" / "corrections.yml").write_text(HEAD + "[]\n", encoding="utf-8")


@pytest.fixture(scope="module")
def stocked(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """One document, read into the store once."""
    root = tmp_path_factory.mktemp("stocked")
    write_corpus(root)
    assert figures(root)
    return root


@pytest.fixture
def corpus(stocked: Path, tmp_path: Path) -> Path:
    """A copy to write into."""
    return Path(shutil.copytree(stocked, tmp_path / "root"))


@pytest.fixture
def fact_id(corpus: Path) -> str:
    return figures(corpus)[0]["fact_id"]


def corrections(root: Path) -> str:
    return (root / "seeds" / "hand" / "corrections.yml").read_text(encoding="utf-8")


def test_a_correction_shows_from_its_day_on_and_not_before(corpus, fact_id):
    values = ("--set", "value_low=14", "--set", "value_high=14", "--set", "asserted_by=null")
    done = briefing(corpus, "review", fact_id, *values, *SIGNED, "--date", "2023-07-20")
    assert done.returncode == 0, done.stderr
    assert corrections(corpus).startswith(HEAD)
    old, new = figures(corpus, "--as-of", "2023-07-20")
    assert (old["status"], new["value_low"], new["review"], new["supersedes"]) == ("corrected", 14, "edited", fact_id)
    assert new["asserted_by"] is None
    (before,) = figures(corpus, "--as-of", "2023-07-19")
    assert (before["value_low"], before["status"], before["review"]) == (40, "active", "auto")


@pytest.mark.parametrize(("option", "review"), [("--accept", "accepted"), ("--reject", "rejected")])
def test_a_verdict_stands_beside_earlier_ones(corpus, fact_id, option, review):
    briefing(corpus, "review", fact_id, "--accept", *SIGNED, "--date", "2023-07-18")
    assert briefing(corpus, "review", fact_id, option, *SIGNED, "--date", "2023-07-20").returncode == 0
    assert figures(corpus)[0]["review"] == review
    assert len(yaml.safe_load(corrections(corpus))) == 2
    assert briefing(corpus, "check").returncode == 0


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["figure-0", "--accept"], "no such fact"),
        (["FACT"], "give one of"),
        (["FACT", "--accept", "--reject"], "give one of"),
        (["FACT", "--set", "colour=red"], "no field of a figure"),
        (["FACT", "--set", "stance=accepts"], "no field of a figure"),
        (["FACT", "--set", "text=fewer"], "tied to its words"),
        (["FACT", "--set", "value_low"], "FIELD=VALUE"),
        (["FACT", "--set", "value_low=many"], "value_low"),
        (["FACT", "--set", "value_low=14"], "differ"),
        (["FACT", "--set", "value_low=50", "--set", "operator=between"], "above its high"),
        (["FACT", "--set", "measure=eaten"], "measure"),
        (["FACT", "--set", "as_of=July"], "no day"),
        (["FACT", "--set", "as_of=2024-01-01"], "had not happened"),
        (["FACT", "--accept", "--date", "July"], "no day"),
        (["FACT", "--accept", "--date", "2023-07-10"], "not known before"),
        (["FACT", "--accept", "--why", "\n"], "a person and a reason"),
    ],
)
def test_what_cannot_hold_is_refused_and_nothing_is_written(stocked, arguments, message):
    known = figures(stocked)[0]["fact_id"]
    before = corrections(stocked)
    filled = [known if argument == "FACT" else argument for argument in arguments]
    refused = briefing(stocked, "review", *SIGNED, *filled)
    assert refused.returncode == 2, refused.stderr
    assert message in refused.stderr
    assert corrections(stocked) == before


def test_a_fact_is_not_corrected_twice_but_its_correction_is(corpus, fact_id):
    values = ("--set", "value_low=14", "--set", "value_high=14")
    briefing(corpus, "review", fact_id, *values, *SIGNED, "--date", "2023-07-20")
    again = briefing(corpus, "review", fact_id, *values, *SIGNED, "--date", "2023-07-21")
    assert again.returncode == 2
    assert "corrected already" in again.stderr
    newer = ("--set", "value_low=15", "--set", "value_high=15")
    assert briefing(corpus, "review", f"{fact_id}-2023-07-20", *newer, *SIGNED, "--date", "2023-07-21").returncode == 0
    assert [(f["value_low"], f["status"]) for f in figures(corpus)][-1] == (15, "active")


def test_check_of_a_sound_root_says_nothing(stocked):
    checked = briefing(stocked, "check")
    assert (checked.returncode, checked.stdout) == (0, "")


def test_check_names_every_fault_on_one_line(corpus):
    seeds = corpus / "seeds"
    (seeds / "documents" / "a.txt").write_text(ARTICLE + "edited\n", encoding="utf-8")
    (seeds / "documents" / "stray.txt").write_text("nobody's", encoding="utf-8")
    record = "- {id: gone, file: gone.txt, publisher: Example}\n- {id: bytes, file: bytes.txt, publisher: Example}\n"
    (seeds / "sources.yml").write_text((seeds / "sources.yml").read_text() + record)
    (seeds / "documents" / "bytes.txt").write_bytes("café".encode("latin-1"))
    signed = "who: B, when: 2023-07-20, why: c"
    (seeds / "hand" / "corrections.yml").write_text(f"- {{action: accept, fact: figure-000000000000, {signed}}}")
    (seeds / "hand" / "waivers.yml").write_text("- {check: x}")
    (seeds / "hand" / "places.yml").write_text("- {name: Nowhere}")
    (seeds / "hand" / "actor.yml").write_text("[]")
    (seeds / "hand" / "matches.yml").write_text("- [")
    (corpus / "house.yml").write_text("paper: papyrus")
    (corpus / "schedules.yml").write_text("- {name: daily}")
    (corpus / "notebooks").mkdir()
    (corpus / "notebooks" / "70_mine.ipynb").write_text('{"cells": [], "metadata": {}}')
    (corpus / "notebooks" / "80_torn.ipynb").write_text("{")
    checked = briefing(corpus, "check")
    lines = checked.stdout.splitlines()
    assert checked.returncode == 1
    expected = [
        "a.txt: changed", "gone.txt", "bytes.txt: not UTF-8", "stray.txt: no record", "figure-000000000000", "waivers.yml",
        "places.yml", "actor.yml: is read by nobody", "matches.yml: not valid YAML", "house.yml: paper", "schedules.yml",
        "70_mine.ipynb: has fewer than three cells", "80_torn.ipynb: not a notebook",
    ]  # fmt: skip
    for words in expected:
        assert [line for line in lines if words in line], (words, lines)
    assert not [line for line in lines if str(corpus) in line], "paths as seen from the root"


def test_the_projects_own_seeds_and_notebooks_have_no_fault():
    assert briefing(PROJECT, "check").stdout == ""


NOTEBOOK = {
    "cells": [
        {"cell_type": "markdown", "metadata": {}, "id": "a", "source": "# Who rules Renk?\n\nThe reports name one."},
        {"cell_type": "code", "metadata": {"tags": ["parameters"]}, "id": "b", "outputs": [], "execution_count": None,
         "source": 'as_of = ""  # cut-off'},
        {"cell_type": "code", "metadata": {}, "id": "c", "outputs": [], "execution_count": None,
         "source": "from analysis import show\nfrom analysis.known import load_facts"},
        {"cell_type": "code", "metadata": {}, "id": "d", "outputs": [], "execution_count": None,
         "source": "show.open_briefing(load_facts(as_of))\nshow.prose(f'Renk as of {as_of}.')"},
    ],
    "metadata": {"kernelspec": {"name": "python3", "display_name": "Python", "language": "python"}},
    "nbformat": 4, "nbformat_minor": 5,
}  # fmt: skip


@pytest.mark.slow
def test_preview_writes_one_page_and_no_edition_and_a_failed_cell_leaves_the_old_page(corpus):
    (corpus / "notebooks").mkdir()
    path = corpus / "notebooks" / "70_renk.ipynb"
    path.write_text(json.dumps(NOTEBOOK))
    shown = preview(corpus, "renk", "--as-of", "2023-07-11")
    assert shown.returncode == 0, shown.stderr
    page = corpus / "build" / "preview" / "70_renk.html"
    assert Path(shown.stdout.strip()).samefile(page)
    before = page.read_text(encoding="utf-8")
    assert "Renk as of" in before, "the page shows what the cells computed"
    assert not list(corpus.glob("reports/*/*"))
    broken = json.loads(json.dumps(NOTEBOOK).replace("show.prose", "missing"))
    path.write_text(json.dumps(broken))
    failed = preview(corpus, "renk", "--as-of", "2023-07-11")
    assert failed.returncode == 1
    assert "NameError" in failed.stderr
    assert page.read_text(encoding="utf-8") == before


def test_preview_of_an_unknown_notebook_says_which_there_are(stocked):
    refused = briefing(stocked, "preview", "nonsense")
    assert refused.returncode == 2
    assert "20_casualties" in refused.stderr
