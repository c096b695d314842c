"""The three pages of one notebook: made from one reading of it, each as if it were alone, with few programs started."""

import subprocess

import nbformat
import pytest
from pages import sample

from analysis.publish import pandoc
from analysis.publish.docx import render_docx
from analysis.publish.html import render_html
from analysis.publish.pandoc import PandocError, find_pandoc, run_pandoc
from analysis.publish.pdf import render_pdf
from analysis.run.rendering import render_files


@pytest.fixture
def started(monkeypatch):
    """The command of each program that is started."""
    commands = []

    class Noted(subprocess.Popen):
        def __init__(self, command, *arguments, **options):
            commands.append(command)
            super().__init__(command, *arguments, **options)

    monkeypatch.setattr(subprocess, "Popen", Noted)
    return commands


@pytest.fixture
def notebook(tmp_path):
    """An executed notebook, and the facts that its PDF carries."""
    nbformat.write(sample.build(), tmp_path / "sample.ipynb")
    (tmp_path / "facts.csv").write_text("fact_id\n")
    return tmp_path / "sample.ipynb"


def test_no_page_changes_what_the_next_one_is_made_from(notebook, tmp_path):
    names = render_files(str(notebook), str(tmp_path), "sample", ["facts.csv"])
    node = nbformat.read(notebook, as_version=4)
    alone = [render_html(node), render_pdf(node, {"facts.csv": b"fact_id\n"}), render_docx(node)]
    assert [(tmp_path / name).read_bytes() for name in names] == alone


def test_pandoc_is_started_once_for_the_words_and_once_for_word(notebook, tmp_path, started):
    render_files(str(notebook), str(tmp_path), "sample", [])
    asked = [command for command in started if "--print-default-data-file" not in command]  # kept for a process's life
    assert [("--to=json" in command, "docx" in command) for command in asked] == [(True, False), (False, True)]


def test_a_house_may_want_no_word_version(notebook, tmp_path, monkeypatch):
    (tmp_path / "house.yml").write_text("word: false\n")
    monkeypatch.setenv("BRIEFING_ROOT", str(tmp_path))
    assert render_files(str(notebook), str(tmp_path), "sample", []) == ["sample.html", "sample.pdf"]


def test_what_pandoc_refuses_is_an_error_with_its_words():
    with pytest.raises(PandocError, match="Unknown input format"):
        run_pandoc(["--from=nothing"], "words")


def test_another_pandoc_is_used_where_somebody_wants_it(monkeypatch):
    find_pandoc.cache_clear()
    monkeypatch.setenv(pandoc.CHOSEN, str(pandoc.BUNDLED))
    monkeypatch.setattr(pandoc, "BUNDLED", pandoc.BUNDLED.with_name("none"))
    monkeypatch.setattr(pandoc.pypandoc, "get_pandoc_path", lambda: "theirs")
    assert find_pandoc() == "theirs"
    find_pandoc.cache_clear()
