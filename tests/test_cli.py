"""The command line as a process: results on standard output, messages on standard error, exit status as promised."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

SEED = Path(__file__).parent.parent / "seeds" / "documents" / "000_aa2f6e27036e73c0.txt"
ARTICLE = (
    "KHARTOUM, 21 May 2023 - At least 12 people were killed in Omdurman on Saturday, the health ministry said. "
    "“We will not accept a truce unless the other side leaves the hospitals,” an army spokesman said.\n"
)


def briefing(*arguments: str | Path, cwd: Path) -> subprocess.CompletedProcess[str]:
    """Run the command as a user would."""
    command = Path(sys.executable).with_name("briefing")
    return subprocess.run(
        [command, *map(str, arguments)], cwd=cwd, capture_output=True, text=True, timeout=120, check=False
    )


@pytest.fixture(scope="module")
def extracted(tmp_path_factory: pytest.TempPathFactory) -> tuple[subprocess.CompletedProcess[str], str]:
    folder = tmp_path_factory.mktemp("corpus")
    (folder / "a.txt").write_text(ARTICLE, encoding="utf-8")
    (folder / "latin.txt").write_bytes("café".encode("latin-1"))
    return briefing("extract", "a.txt", "missing.txt", "latin.txt", SEED, "--format", "jsonl", cwd=folder), ARTICLE


def test_extract_prints_facts_and_names_what_it_could_not_read(extracted) -> None:
    result, _ = extracted
    assert result.returncode == 1
    assert "missing.txt: cannot be read" in result.stderr
    assert "latin.txt: not UTF-8" in result.stderr
    assert {json.loads(line)["doc"] for line in result.stdout.splitlines()} == {"a.txt", str(SEED)}


def test_every_fact_has_its_words_at_its_offsets_in_order(extracted) -> None:
    result, article = extracted
    texts = {"a.txt": article, str(SEED): SEED.read_bytes().decode("utf-8")}
    facts = [json.loads(line) for line in result.stdout.splitlines()]
    assert facts
    for fact in facts:
        assert texts[fact["doc"]][fact["start"] : fact["end"]] == fact["text"]
    places = [(fact["doc"] != "a.txt", fact["start"]) for fact in facts]
    assert places == sorted(places)


def test_the_same_document_gives_the_same_ids_wherever_it_lies(tmp_path: Path) -> None:
    for name in ("one", "two"):
        (tmp_path / name).mkdir()
        (tmp_path / name / "a.txt").write_text(ARTICLE, encoding="utf-8")
    runs = [briefing("extract", "a.txt", cwd=tmp_path / name).stdout for name in ("one", "two")]
    assert runs[0] == runs[1]
    assert "figure" in runs[0]


def test_explain_shows_the_rule_and_the_words(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(ARTICLE, encoding="utf-8")
    facts = map(json.loads, briefing("extract", "a.txt", cwd=tmp_path).stdout.splitlines())
    figure = next(fact for fact in facts if fact["kind"] == "figure")
    shown = briefing("extract", "a.txt", "--explain", figure["fact_id"], cwd=tmp_path).stdout
    assert "figures." in shown
    assert repr(figure["text"]) in shown


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["extract", "a.txt", "--published", "yesterday"], "no day"),
        (["extract", "a.txt", "--format", "xml"], "xml"),
        (["facts", "--kind", "rumour"], "no kind of fact"),
        (["facts", "--edition", "1999-01-01"], "there is no"),
        (["nonsense"], "No such command"),
    ],
)
def test_unusable_arguments_exit_2_with_a_reason(tmp_path: Path, arguments: list[str], message: str) -> None:
    (tmp_path / "a.txt").write_text(ARTICLE, encoding="utf-8")
    result = briefing(*arguments, cwd=tmp_path)
    assert result.returncode == 2, result.stderr
    assert message in result.stderr
    assert "Traceback" not in result.stderr


def test_add_then_facts_serves_another_corpus(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(ARTICLE, encoding="utf-8")
    root = tmp_path / "root"
    added = briefing(
        "--root", root, "add", "a.txt", "--publisher", "Example", "--published", "2023-05-21", cwd=tmp_path
    )
    assert added.returncode == 0, added.stderr
    printed = briefing("--root", root, "facts", "--kind", "figure", "--format", "jsonl", cwd=tmp_path)
    figures = [json.loads(line) for line in printed.stdout.splitlines()]
    assert [(figure["value_low"], figure["published"]) for figure in figures] == [(12, "2023-05-21")]
    as_csv = briefing("--root", root, "facts", "--as-of", "2023-05-20", cwd=tmp_path)
    assert len(as_csv.stdout.splitlines()) == 1, "nothing was known the day before"


def test_every_command_has_help_with_an_example(tmp_path: Path) -> None:
    from analysis.cli import app

    for command in app.registered_commands:
        text = command.callback.__doc__ or ""
        assert "xample" in text or "briefing " in text, command.callback.__name__


def test_a_reader_of_a_pipe_may_leave(tmp_path: Path) -> None:
    command = Path(sys.executable).with_name("briefing")
    process = subprocess.Popen([command, "extract", SEED], stdout=subprocess.PIPE, stderr=subprocess.PIPE, cwd=tmp_path)
    os.close(process.stdout.fileno())
    process.stdout = None
    _, stderr = process.communicate(timeout=120)
    assert b"Traceback" not in stderr
