"""Editions: what is executed again and what is not, what is said of wrong input, what a failure leaves to read."""

import resource
import sys
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parent / "faults"))
from conftest import AS_OF, Root, hash_folder, write_notebook

from analysis.run.manifest import read_manifest

pytestmark = pytest.mark.slow


@pytest.fixture
def root(tmp_path):
    """A root with two notebooks."""
    made = Root(tmp_path / "root")
    made.notebook("period_days", parameters="as_of = ''\nperiod_days = 30  # days")
    made.notebook("print('second')", name="20_b")
    yield made
    made.close()


def test_an_edition_has_everything_and_its_manifest_says_of_what(root):
    ended = root.make("--set", "period_days=7")
    assert ended.returncode == 0, ended.stderr
    folder = Path(ended.stdout.strip())
    assert folder.name == f"{AS_OF}_period-days-7"
    names = {path.name for path in folder.iterdir()}
    assert names >= {f"{stem}.{kind}" for stem in ("10_a", "20_b") for kind in ("html", "pdf", "ipynb")}
    manifest = read_manifest(folder)
    assert [n["parameters"] for n in manifest["notebooks"]] == [
        {"as_of": AS_OF, "period_days": 7},
        {"as_of": AS_OF},
    ]
    assert set(manifest["outputs"]) == names - {"manifest.json"}
    assert (root.folder / "reports" / "index.html").is_file()
    assert "10_a: cell 4, A finding" in ended.stderr
    table = [line.split() for line in ended.stderr.splitlines()[-3:]]
    assert [row[:2] for row in table] == [["Notebook", "Result"], ["10_a", "succeeded"], ["20_b", "succeeded"]]


def test_what_has_not_changed_is_not_done_again(root):
    """Nothing: the edition is re-used, in under 5 s of CPU. Prose: rendered again, not executed. Code: that notebook alone."""
    assert root.make().returncode == 0
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    again = root.make()
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    assert "nothing has changed" in again.stderr
    assert after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime < 5
    path = root.folder / "notebooks" / "20_b.ipynb"
    path.write_text(path.read_text().replace("# A finding", "# Another finding"))
    prose = root.make()
    assert "10_a: reused" in prose.stderr
    assert "20_b: reused" in prose.stderr
    assert "Another finding" in (root.edition / "20_b.html").read_text()
    write_notebook(path, "print('third')")
    code = root.make()
    assert "10_a: reused" in code.stderr
    assert "20_b: succeeded" in code.stderr


def test_two_builds_give_the_same_bytes(root):
    """Pages and executed notebooks; the manifest alone tells the runs apart."""
    made = []
    for _ in range(2):
        assert root.make("--force").returncode == 0
        made.append({name: value for name, value in hash_folder(root.edition).items() if name != "manifest.json"})
    assert made[0] == made[1]


@pytest.mark.parametrize(
    ("arguments", "word"),
    [
        (["--set", "period=7"], "there are: as_of, period_days"), (["--set", "period_days=seven"], "period_days"),
        (["--set", "period_days=0"], "period_days"), (["--as-of", "yesterday"], "YYYY-MM-DD"), (["nothing"], "10_a"),
        (["--params", "missing.yml"], "missing.yml"), (["--set", "__import__('os')=1"], "parameter"),
        (["--engine", "magic"], "fork"),
    ],
)  # fmt: skip
def test_wrong_arguments_are_one_line_and_nothing_is_made(root, arguments, word):
    ended = root.run("run", *(["--as-of", AS_OF] if "--as-of" not in arguments else []), *arguments)
    assert ended.returncode == 2
    assert word in ended.stderr
    assert len(ended.stderr.strip().splitlines()) == 1
    assert not (root.folder / "reports").exists()


def test_a_failure_is_explained(root):
    """`runs` lists it, `show` gives parameters, cell, traceback, kept notebook, and the command to repeat it."""
    root.notebook("ceasefire = {}\nceasefire['terms']", name="20_b")
    ended = root.make()
    assert ended.returncode == 1
    assert "20_b: cell 4 (A finding) raised KeyError: 'terms'" in ended.stderr
    run = root.last_run()["run_id"]
    assert "failed" in root.run("runs").stdout
    told = root.run("show", run).stdout
    for part in (
        f"run      {run}: failed",
        "KeyError",
        "ceasefire['terms']",
        "20_b.ipynb",
        f"run --as-of {AS_OF}",
        f"given    as_of={AS_OF}",
    ):
        assert part in told
    assert "\x1b" not in told
    assert not root.edition.exists()
    assert root.run("show", "no-such-run").returncode == 2


def test_the_command_to_repeat_a_run_has_all_that_was_given(root):
    from analysis.run.limits import MEBIBYTE, Limits
    from analysis.run.request import Request, command_of

    limits = Limits(network=True, memory_bytes=300 * MEBIBYTE, cell_seconds=2.5)
    request = Request(root.folder, ("10_a",), AS_OF, {"tracks": ["a", "b c"]}, limits=limits, reports="s3://x/y")
    command = command_of(request.as_dict())
    assert command.endswith(
        "run 10_a --as-of 2024-10-30 --set 'tracks=a,b c' --reports s3://x/y --network --memory 300 --cell-seconds 2.5 --force"
    )


def test_an_edition_is_named_by_its_notebooks_however_they_are_asked_for(root):
    root.notebook("1", name="20_b")
    names = {root.make(name).stdout.strip() for name in ("b", "20_b", "20_b.ipynb")}
    assert names == {str(root.folder / "reports" / f"{AS_OF}_20-b")}


def test_a_changed_notebooks_cell_of_another_language_is_refused(root):
    path = root.notebook("1", name="20_b")
    path.write_text(path.read_text().replace('"language": "python"', '"language": "R"'))
    ended = root.make()
    assert ended.returncode == 1
    assert "Python notebooks" in ended.stderr
