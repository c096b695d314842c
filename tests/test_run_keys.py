"""What is made again and what is taken from before: the keys of an edition, of its notebooks, of its data files."""

import json

import nbformat
import pytest

from analysis.run import keys
from analysis.run.decided import hash_decided
from analysis.run.edition import plan_edition
from analysis.run.inputs import Inputs
from analysis.run.layout import open_layout
from analysis.run.notebooks import read_plan
from analysis.run.request import Request

PARAMETERS = "as_of = ''\nfacts_version = -1\nrule = 'range_only'\nperiod_days = 30\nextra = 1"


@pytest.fixture
def root(tmp_path):
    """A root with one notebook and a hand file."""
    (tmp_path / "notebooks").mkdir()
    (tmp_path / "seeds" / "hand").mkdir(parents=True)
    (tmp_path / "seeds" / "hand" / "waivers.yml").write_text("[]\n")
    code = nbformat.v4.new_code_cell
    tagged = code(PARAMETERS, metadata={"tags": ["parameters"]})
    cells = [nbformat.v4.new_markdown_cell("# A finding"), tagged, code("1 + 1")]
    nbformat.write(nbformat.v4.new_notebook(cells=cells), tmp_path / "notebooks" / "10_a.ipynb")
    return tmp_path


def plan(root, version=3, digest="d", kinds=None, **settings):
    """The edition that would be made."""
    layout = open_layout(root)
    inputs = Inputs(version, "2024-10-30", digest, [], hash_decided(layout), kinds or {}, 30)
    return plan_edition(
        layout, [read_plan(root / "notebooks" / "10_a.ipynb")], Request(root, settings=settings), inputs
    )


def cache_key(edition):
    """The key of its one notebook."""
    return edition.cache_key(edition.plans[0])


def test_a_commit_that_changes_nothing_known_changes_no_key(root):
    old, new = plan(root, version=3), plan(root, version=4)
    assert (old.key, cache_key(old), old.exports_key()) == (new.key, cache_key(new), new.exports_key())


def test_data_files_depend_on_rule_facts_and_decisions_and_on_no_other_parameter(root):
    before = plan(root)
    assert plan(root, extra=7).exports_key() == before.exports_key()
    assert cache_key(plan(root, extra=7)) != cache_key(before)
    changed = {
        plan(root, rule="latest").exports_key(),
        plan(root, period_days=7).exports_key(),
        plan(root, digest="other").exports_key(),
    }
    (root / "seeds" / "hand" / "waivers.yml").write_text("# looked at\n[]\n")
    changed |= {plan(root).exports_key(), before.exports_key()}
    assert len(changed) == 5


def test_every_setting_that_the_data_files_read_is_in_their_key():
    """`exports.write_exports` may look at no other name than the key covers."""
    import ast
    import inspect

    from analysis import exports
    from analysis.run.edition import EXPORT_SETTINGS

    read = {
        node.args[0].value
        for node in ast.walk(ast.parse(inspect.getsource(exports)))
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr == "get"
        and isinstance(node.func.value, ast.Name) and node.func.value.id == "settings"
    }  # fmt: skip
    assert read == set(EXPORT_SETTINGS)


def test_reference_data_the_house_and_the_code_are_in_the_keys(root, monkeypatch):
    found = {plan(root).key}
    (root / "house.yml").write_text("name: A desk\n")
    found.add(plan(root).key)
    (root / ".briefing" / "reference").mkdir(parents=True)
    (root / ".briefing" / "reference" / "x").write_text("[]")
    found.add(plan(root).key)
    for name in ("hash_code", "hash_lock"):
        monkeypatch.setattr(f"analysis.run.edition.{name}", lambda name=name: f"another {name}")
        found.add(plan(root).key)
    assert len(found) == 5


def test_prose_is_in_the_editions_key_and_not_in_the_notebooks(root):
    path = root / "notebooks" / "10_a.ipynb"
    before, content = plan(root), path.read_text()
    path.write_text(content.replace("# A finding", "# Another finding"))
    prose = plan(root)
    assert (prose.key == before.key, cache_key(prose) == cache_key(before)) == (False, True)
    notebook = json.loads(content)
    notebook["cells"][-1]["source"] = "1 + 2"
    path.write_text(json.dumps(notebook))
    assert cache_key(plan(root)) != cache_key(before)


def test_a_notebook_whose_reads_can_be_told_is_left_as_it_is_by_a_file_that_it_does_not_read(root):
    """The edition and its data files are made again in any case."""
    load = "facts = load_facts(as_of, facts_version, period_days=period_days)"
    names = "from analysis.known import find_root, load_facts\nfrom analysis.topics import sources\n"

    def keys_of(source):
        path = root / "notebooks" / "10_a.ipynb"
        notebook = json.loads(path.read_text())
        notebook["cells"][-1]["source"] = names + source
        path.write_text(json.dumps(notebook))
        made = plan(root, kinds={"figure": "f"})
        return made.key, made.exports_key(), cache_key(made)

    plain, rating = load, f"{load}\nsources.load_ratings(find_root())"
    before = [keys_of(source) for source in (plain, rating)]
    (root / "seeds" / "hand" / "sources.yml").write_text("[]\n")
    after = [keys_of(source) for source in (plain, rating)]
    same = [[old == new for old, new in zip(*pair, strict=True)] for pair in zip(before, after, strict=True)]
    assert same == [[False, False, True], [False, False, False]]


def test_bytecode_is_no_code(tmp_path):
    (tmp_path / "a.py").write_text("1")
    before = keys.hash_tree(tmp_path)
    (tmp_path / "__pycache__").mkdir()
    (tmp_path / "__pycache__" / "a.pyc").write_bytes(b"1")
    assert keys.hash_tree(tmp_path) == before
