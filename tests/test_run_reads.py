"""What a notebook reads of the facts: found in its code, and executed again only when one of those kinds changes."""

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import nbformat
import pytest

sys.path.insert(0, str(Path(__file__).parent / "faults"))
from conftest import AS_OF, Root

from analysis.documents import Document
from analysis.errors import UsageError
from analysis.facts import Statement
from analysis.known import digest_kinds, load_documents, load_facts
from analysis.records import Record
from analysis.run import inputs
from analysis.run.decided import CEASEFIRES, HAND, HOUSE, READERS, REFERENCE
from analysis.run.layout import open_layout
from analysis.run.reads import find_files, find_kinds
from analysis.run.sandbox import preloaded
from analysis.seeds import read_seeds
from analysis.store import Entry, Store
from tests.test_store import entry

USUAL = "as_of, facts_version, period_days=period_days"
LOAD = "from analysis.known import find_root, load_documents, load_facts"
PARAMETERS = "as_of = ''\nfacts_version = -1\nperiod_days = 30"


def read_of(*sources: str) -> tuple[str, ...] | None:
    """The kinds found in these code cells."""
    return find_kinds({"cells": [nbformat.v4.new_code_cell(source) for source in sources]})


def speech(name: str, published: str) -> Entry:
    """A document whose only fact is a statement."""
    text = f"The mediators said the road stays open. ({name})"
    document = Document(f"seeds/documents/{name}.txt", text, published, "given")
    said = Statement(
        fact_id=f"statement-{name}", doc=document.path, doc_id=document.doc_id, start=0, end=39, text=text[:39],
        speaker="mediators", published=published, published_basis="given", extractor="t",
    )  # fmt: skip
    return Entry(
        Record(id=name, file=f"{name}.txt", publisher="P", published=published), document, [said], "r1", "test"
    )


def test_the_kinds_are_those_of_all_calls_together() -> None:
    figures, events = (
        f"f = load_facts({USUAL}, kinds=['figure'])",
        f"e = load_facts({USUAL}, places=['X'], kinds=('event',))",
    )
    assert read_of(LOAD, figures) == ("figure",)
    assert read_of(LOAD, figures, events) == ("event", "figure")
    assert read_of(LOAD, figures, f"a = load_facts({USUAL})") == ()
    assert read_of(LOAD, figures, "documents = load_documents(f)\nhumanitarian.find_totals(f, find_root())") == (
        "figure",
    )


@pytest.mark.parametrize(
    "source",
    [
        "1 + 1", "load_facts(earlier, facts_version, period_days=period_days)", "load_facts(as_of, facts_version)",
        f"load_facts({USUAL}, edition='2024-01-01')", f"load_facts({USUAL}, kinds=chosen)", f"load_facts({USUAL}, **more)",
        f"load = load_facts\nload_facts({USUAL}, kinds=['figure'])", f"as_of = '2024-01-01'\nload_facts({USUAL})",
        f"import analysis.store\nload_facts({USUAL})", f"from analysis import editions\nload_facts({USUAL})",
        f"from analysis.known import load_facts as other\nload_facts({USUAL})", f"%time load_facts({USUAL})",
        f"open('x')\nload_facts({USUAL})", f"root = find_root()\nload_facts({USUAL})", f"load_facts({USUAL}, kinds='figure')",
        f"known.load_facts(day)\nload_facts({USUAL}, kinds=['figure'])",
        "load_facts(as_of, facts_version, [], [], root, period_days=period_days)",
    ],
)  # fmt: skip
def test_what_cannot_be_told_from_the_code_is_everything(source: str) -> None:
    assert read_of(source) is None


@pytest.mark.parametrize(
    ("source", "files"),
    [
        (f"load_facts({USUAL})", ()),
        ("from analysis.topics import sources\nsources.load_ratings(find_root(), as_of)", (f"{HAND}/sources.yml",)),
        (
            "from analysis import audit\naudit.run_checks(f, root=find_root())",
            (f"{HAND}/populations.yml", f"{HAND}/waivers.yml"),
        ),
        (
            "from analysis.wording.leads import implied_points\nimplied_points(f, find_root())",
            (f"{HAND}/populations.yml",),
        ),
        ("from analysis.topics import casualties\ncasualties.other(find_root())", None),
        ("read = f.attrs['x']\nread(find_root())", None),
        ("from analysis.topics import sources, tracks\nsources = tracks\nsources.load_ratings(find_root())", None),
        ("f[0].load_ratings(find_root())", None),
    ],
)
def test_the_files_are_those_of_the_functions_that_get_the_root(source: str, files: tuple[str, ...] | None) -> None:
    assert find_files({"cells": [nbformat.v4.new_code_cell(source)]}) == files


def test_what_is_told_of_the_readers_is_so() -> None:
    """Each is a function, and the files are those that their readers name."""
    from importlib import import_module

    from analysis import records
    from analysis.claims import base_rates, reference
    from analysis.faults import HAND_READERS
    from analysis.publish import house

    for name in READERS:
        module, _, function = name.rpartition(".")
        assert callable(getattr(import_module(module), function))
    named = [records.HAND, reference.REFERENCE, base_rates.CEASEFIRES, Path(house.HOUSE_FILE)]
    assert [path.as_posix() for path in named] == [HAND, REFERENCE, CEASEFIRES, HOUSE]
    hand = {Path(file).name for files in READERS.values() for file in files if file.startswith(HAND)}
    assert hand <= set(HAND_READERS)


# Runs the cells of a notebook, and prints which files below the root they open.
WATCHED = """
import json, os, sys
from pathlib import Path
from IPython.core.interactiveshell import InteractiveShell
root = Path(os.environ["BRIEFING_ROOT"])
opened = set()
def is_settling(frame):
    return frame is not None and (frame.f_globals["__name__"] == "analysis.settled" or is_settling(frame.f_back))
def watch(event, given):
    inside = event == "open" and isinstance(given[0], str) and given[0].startswith(str(root))
    if inside and not is_settling(sys._getframe()):
        opened.add(Path(given[0]).relative_to(root).as_posix())
shell = InteractiveShell.instance()
for name in sys.argv[1:]:
    opened.clear()
    cells = [c for c in json.loads(Path(name).read_text())["cells"] if c["cell_type"] == "code"]
    sys.addaudithook(watch) if name == sys.argv[1] else None
    for cell in cells:
        ended = shell.run_cell("".join(cell["source"]), silent=True)
        assert ended.success, name
    print("READ", json.dumps([Path(name).name, sorted(opened)]), flush=True)
"""


@pytest.mark.slow
def test_the_projects_notebooks_open_no_other_files_than_are_told(tmp_path: Path) -> None:
    """Each of those whose files can be told, watched while it runs. What settles facts reads decisions: they are in the facts."""
    project = Path(__file__).parents[1]
    shutil.copytree(project / "seeds", tmp_path / "seeds")
    load_facts(root=read_seeds(tmp_path).root, period_days=30)
    told = {path.name: json.loads(path.read_text()) for path in sorted((project / "notebooks").glob("*.ipynb"))}
    files = {name: find_files(notebook) for name, notebook in told.items() if find_kinds(notebook) is not None}
    assert len(files) >= 3
    names = [str(project / "notebooks" / name) for name in files]
    environment = {**os.environ, "BRIEFING_ROOT": str(tmp_path), "MPLBACKEND": "agg"}
    ended = subprocess.run(
        [sys.executable, "-c", WATCHED, *names], env=environment, cwd=tmp_path, capture_output=True, text=True
    )
    lines = [json.loads(line.removeprefix("READ ")) for line in ended.stdout.splitlines() if line.startswith("READ ")]
    assert [name for name, _ in lines] == list(files), ended.stderr
    for name, opened in lines:
        assert {file for file in opened if not file.startswith(".briefing/")} == set(files[name]), name


def test_the_digest_of_a_kind_follows_its_facts_and_their_documents(tmp_path: Path) -> None:
    store = Store(tmp_path)

    def digests(*entries: Entry) -> dict[str, str]:
        facts = load_facts(AS_OF, store.append(entries), root=tmp_path, period_days=30)
        return digest_kinds(facts, load_documents(facts, tmp_path))

    first = digests(entry("a", "2024-10-20", 7))
    second = digests(speech("b", "2024-10-19"))
    assert second["figure"] == first["figure"]
    assert set(second) == {"figure", "statement"}
    third = digests(entry("c", "2024-10-21", 9))
    assert third["statement"] == second["statement"]
    assert third["figure"] != first["figure"]
    renamed = entry("c", "2024-10-21", 9)
    fourth = digests(Entry(renamed.record.model_copy(update={"author": "B"}), renamed.document, renamed.facts, "r2"))
    assert fourth["figure"] != third["figure"]


def test_a_notebook_gets_the_kinds_that_it_names_and_no_others(tmp_path: Path) -> None:
    version = Store(tmp_path).append([speech("a", "2024-10-19"), entry("b", "2024-10-20", 7)])
    found = load_facts(AS_OF, version, root=tmp_path, kinds=["figure"])
    assert list(found["kind"]) == ["figure"]
    assert list(found.index) == [0]
    with pytest.raises(UsageError, match="figures"):
        load_facts(AS_OF, version, root=tmp_path, kinds=["figures"])


@pytest.mark.slow
def test_what_is_executed_again_after_a_document_and_after_a_decision(tmp_path: Path) -> None:
    root, store = Root(tmp_path / "root"), Store(tmp_path / "root")
    for name, kinds in (("10_figures", "kinds=['figure']"), ("20_said", "kinds=['statement']"), ("30_any", "")):
        root.notebook(
            LOAD, f"facts = load_facts({USUAL}, {kinds})\nprint(len(facts))", name=name, parameters=PARAMETERS
        )
    try:
        store.append([entry("a", "2024-10-20", 7, origin="test")])
        assert root.make().returncode == 0
        store.append([speech("b", "2024-10-19")])
        said = root.make().stderr
        (root.folder / HAND).mkdir()
        wrong = {"action": "retract", "fact": "figure-a-r1", "who": "A", "when": "2024-10-22", "why": "a misprint"}
        (root.folder / HAND / "corrections.yml").write_text(json.dumps([wrong]))
        corrected = root.make().stderr
    finally:
        root.close()
    assert [word in said for word in ("10_figures: reused", "20_said: succeeded", "30_any: succeeded")] == [True] * 3
    assert [word in corrected for word in ("10_figures: succeeded", "20_said: reused", "30_any: succeeded")] == [
        True
    ] * 3


@pytest.mark.slow
def test_facts_added_while_a_run_begins_are_in_the_next_one(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """An ingestion commits just after the run has read the store: the run is of the older version, and does not remember it."""
    store, layout = Store(tmp_path), open_layout(tmp_path)
    (tmp_path / "seeds").mkdir()
    (tmp_path / "seeds" / "sources.yml").write_text("[]\n")
    store.append([entry("a", "2024-10-20", 7, origin="test")])
    later = [entry("b", "2024-10-21", 9, origin="test")]
    pushed = inputs.push_facts
    with preloaded() as jobs:
        with monkeypatch.context() as patch:
            patch.setattr(inputs, "push_facts", lambda to: (store.append(later), pushed(to)))
            first = inputs.gather_inputs(layout, AS_OF, jobs)
        second, third = (inputs.gather_inputs(layout, AS_OF, jobs) for _ in range(2))
    assert (first.version, second.version) == (0, 1)
    assert second.digest != first.digest
    assert third == second
