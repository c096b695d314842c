"""A real disk that is full at each stage of a run, at each amount left, and for each thing that people write.

Whatever the stage: the error says what is full and what to do, what was published stays to the byte or is the new edition
whole, the store holds what was acknowledged, no process is left, and with room again the next run succeeds.
"""

import json
import os
import random
import shutil
import sys
import time
from functools import partial
from pathlib import Path

import pytest
import yaml
from conftest import AS_OF, ROUNDS, Root, hash_folder, mount_disk, rounds

from analysis.documents import read_document
from analysis.errors import BriefingError, DocumentError
from analysis.run import datafiles, listing, making, notebooks, runner
from analysis.run.ledger import Ledger
from analysis.run.manifest import find_damage, read_manifest
from analysis.run.request import Request
from analysis.run.runner import run_edition
from analysis.run.sandbox import Zygote
from analysis.store import Store
from tests.test_store import entry

pytestmark = pytest.mark.slow
FULL = "the disk is full; make room"
PARAMETERS = "as_of = ''\nfacts_version = -1"
LOAD = "from analysis.known import load_facts\nprint(len(load_facts(as_of, facts_version)))"
# Where the disk fills: just before a function that does this part of a run.
STAGES = {
    "ledger, first word": (Ledger, "open_run"),
    "facts: store, settled facts, memory of inputs": (runner, "gather_inputs"),
    "executed notebook": (notebooks.Executor, "_run"),
    "data files": (making, "make_data_files"),
    "data files kept": (datafiles, "_keep"),
    "pages": (making.Here, "_render"),
    "manifest": (runner.Run, "_finish"),
    "move into place": (runner.atomic, "publish_folder"),
    "address": (runner, "shelve_edition"),
    "list of editions": (listing, "call_rendering"),
    "ledger, last word": (Ledger, "close_run"),
}
# An exchange of two folders writes nothing, and frees what the old one held.
NEEDS_NO_ROOM = "move into place"
# What is published by then stays so.
AFTER = ("move into place", "address", "list of editions", "ledger, last word")


def fill(folder: Path, left: int = 0) -> None:
    """Leave so many bytes free."""
    free = shutil.disk_usage(folder).free
    (folder.parent / "filler").write_bytes(bytes(max(0, free - left)))


def empty(folder: Path) -> None:
    """Make room again."""
    (folder.parent / "filler").unlink(missing_ok=True)


@pytest.fixture(scope="module")
def zygote():
    """One preloaded process for all runs of this module."""
    made = Zygote()
    yield made
    made.close()


@pytest.fixture(scope="module")
def first_edition(tmp_path_factory, zygote):
    """A root with one document and its edition, made once and copied onto each small disk."""
    root = Root(tmp_path_factory.mktemp("first") / "root")
    write_article(root.folder, 12)
    root.notebook(LOAD, parameters=PARAMETERS)
    run_edition(Request(root.folder, as_of=AS_OF), zygote=zygote)
    return root.folder


@pytest.fixture
def disk(tmp_path, first_edition):
    """That root on a file system of 24 MB, with an address for its editions there."""
    with mount_disk(tmp_path / "disk") as folder:
        root = Root(folder / "root")
        shutil.copytree(first_edition, root.folder, dirs_exist_ok=True)
        (root.folder / "storage.yml").write_text(yaml.safe_dump({"reports": f"file://{folder}/shelf"}))
        yield root
        root.close()


def write_article(folder, number):
    """The root's one document, with a number in it."""
    (folder / "seeds" / "sources.yml").write_text("- {id: a, file: a.txt, publisher: P, published: 2024-10-20}\n")
    text = f"At least {number} people were killed in Omdurman on Saturday, the army said.\n"
    (folder / "seeds" / "documents" / "a.txt").write_text(text)


def is_new_or_untouched(root, before, key):
    """Whether another edition stands there, whole; fails unless it is that, or the old one to the byte."""
    manifest = read_manifest(root.edition)
    assert manifest is not None
    assert find_damage(root.edition, manifest) == []
    if manifest["key"] == key:
        assert hash_folder(root.edition) == before
    return manifest["key"] != key


def message_of(call, *given, **options):
    """What a call says when it fails; None when it does not."""
    try:
        call(*given, **options)
    except BriefingError as error:
        return str(error)
    return None


def children(zygote):
    """The processes below the preloaded one, when those that are ending have had their time."""
    path, deadline = Path(f"/proc/{zygote._process.pid}/task/{zygote._process.pid}/children"), time.monotonic() + 10
    while (left := path.read_text().split()) and time.monotonic() < deadline:
        time.sleep(0.02)
    return left


@pytest.mark.parametrize("stage", STAGES)
def test_disk_full_at_each_stage(disk, zygote, monkeypatch, stage):
    """The whole run goes through the real parts; the disk fills just before one of them."""
    owner, name = STAGES[stage]
    original = getattr(owner, name)

    def filled(*given, **options):
        fill(disk.folder)
        return original(*given, **options)

    before, key = hash_folder(disk.edition), read_manifest(disk.edition)["key"]
    if stage.startswith(("facts", "data")):  # otherwise they are those of before
        write_article(disk.folder, 13)
    disk.notebook(LOAD, "print('again')", parameters=PARAMETERS)
    request = Request(disk.folder, as_of=AS_OF)
    with monkeypatch.context() as patch:
        patch.setattr(owner, name, filled)
        fault = message_of(run_edition, request, zygote=zygote)
    if stage != NEEDS_NO_ROOM:
        assert FULL in fault
        assert str(disk.folder.parent) in fault
        assert ("nothing was published" in fault) <= (stage not in AFTER)
    assert is_new_or_untouched(disk, before, key) == (stage in AFTER)
    assert children(zygote) == []
    empty(disk.folder)
    assert len(Store(disk.folder).known()) > 0
    assert Ledger(disk.folder / ".briefing").runs(1)[0]["state"] in ("failed", "succeeded", "running")
    result = run_edition(request, zygote=zygote)
    assert read_manifest(result.folder)["key"] != key
    assert hash_folder(disk.folder.parent / "shelf" / AS_OF) == hash_folder(disk.edition)
    assert list((disk.folder / ".briefing" / "staging").iterdir()) == []


def test_each_amount_left_over_a_whole_run(disk, zygote, monkeypatch):
    """From nothing to what a run needs in steps of 16 kB; a few of them unless many rounds are asked for."""
    monkeypatch.setattr(runner, "NEEDED_BYTES", 0)
    every = range(0, 1_600_000, 16_384)
    request = Request(disk.folder, as_of=AS_OF)
    for left in every if ROUNDS in os.environ else random.sample(every, len(rounds(2))):
        before, key = hash_folder(disk.edition), read_manifest(disk.edition)["key"]
        disk.notebook(LOAD, f"print({left})", parameters=PARAMETERS)
        fill(disk.folder, left)
        assert FULL in (message_of(run_edition, request, zygote=zygote) or FULL), left
        is_new_or_untouched(disk, before, key)
        assert children(zygote) == []
        empty(disk.folder)
        assert run_edition(request, zygote=zygote).folder == disk.edition, left
        assert read_manifest(disk.edition)["key"] != key, left


def test_a_ledger_without_room_for_its_last_word_says_so_and_calls_the_run_crashed(disk):
    """As a process: one line, exit status 1, and the next start knows better."""
    prelude = (
        "import sys, shutil; from analysis.run.ledger import Ledger; last = Ledger.close_run\n"
        "def close(*given):\n"
        f"    free = shutil.disk_usage('{disk.folder}').free\n"
        f"    open('{disk.folder.parent}/filler', 'wb').write(bytes(free))\n"
        "    last(*given)\n"
        "Ledger.close_run = close\n"
    )
    disk.command = [sys.executable, "-c", prelude + "from analysis.cli import main; main()"]
    disk.notebook("1/0", parameters=PARAMETERS)
    before = hash_folder(disk.edition)
    ended = disk.make()
    assert ended.returncode == 1
    assert "ZeroDivisionError" in ended.stderr
    assert "Traceback" not in ended.stderr
    disk.await_no_process()
    empty(disk.folder)
    assert disk.last_run()["state"] == "crashed"
    assert hash_folder(disk.edition) == before


@pytest.fixture
def room(tmp_path):
    """An empty small disk, and a way to fill it."""
    with mount_disk(tmp_path / "disk") as folder:
        (folder / "root").mkdir()
        yield folder / "root"


def test_the_store_on_a_disk_that_fills(room):
    """Each amount left in steps of a page: added whole or not at all, said, and readable in between."""
    store, held = Store(room), []
    store.append([entry("first", "2024-10-20", 1)])
    for left in range(0, 81_920, 4096):
        fill(room, left)
        fault = message_of(store.append, [entry(f"n{left}", "2024-10-21", left)])
        held += [f"n{left}.txt"] if fault is None else []
        assert FULL in (fault or FULL), left
        found = Store(room).known()
        assert [Path(doc).name for doc in found["doc"]] == ["first.txt", *sorted(held)], left
        empty(room)
    assert 0 < len(held) < 20
    store.append([entry("last", "2024-10-22", 2)])
    assert len(Store(room).known()) == len(held) + 2


WRITTEN = {
    "a record": ("seeds/sources.yml", ["add", "{article}", "--publisher", "P", "--published", "2024-10-20"]),
    "a notebook": ("notebooks/70_hospitals.ipynb", ["new", "70_hospitals", "--question", "Which hospitals work?"]),
}


@pytest.mark.parametrize("what", WRITTEN)
@pytest.mark.parametrize("left", [0, 4096, 8192])
def test_what_people_keep_is_not_lost_for_want_of_room(room, tmp_path, what, left):
    """`briefing add` and `new`: the file is as it was or as it should be, and the command says which."""
    name, words = WRITTEN[what]
    (tmp_path / "b.txt").write_text("At least 5 people were killed.\n" * 100)
    made = Root(room)
    records = "# one of many lines\n" * 500
    (room / "seeds" / "sources.yml").write_text(records)
    kept = (room / name).read_bytes() if (room / name).exists() else None
    fill(room, left)
    ended = made.run(*(word.format(article=tmp_path / "b.txt") for word in words))
    now = (room / name).read_bytes() if (room / name).exists() else None
    assert (now == kept) == (ended.returncode != 0)
    if ended.returncode:
        assert ended.stderr.startswith("briefing: ")
        assert FULL in ended.stderr
        assert len(ended.stderr.splitlines()) == 1
    assert [path.name for path in room.rglob(".*.????????")] == []


def test_the_text_kept_of_a_web_page_is_whole_or_not_kept(room):
    """Half of it would be taken for the article the next time."""
    page = room / "a.html"
    paragraphs = "".join(
        f"<p>In all, {number} people were killed, the army said on Sunday.</p>" for number in range(400)
    )
    page.write_text(f"<html><body><article>{paragraphs}</article></body></html>")
    read = partial(read_document, page)
    for left in (0, 4096, 12_288, 10_000_000):
        fill(room, left)
        first = read().text
        empty(room)
        assert first == read().text
        assert "399 people" in first
    with pytest.raises(DocumentError):
        read_document(room / "missing.html")


def test_an_ingestion_goes_on_where_the_disk_was_full(room, tmp_path):
    """With nothing left, and with room for a part: said in one line; with room for all, each article once."""
    made, articles = Root(room), tmp_path / "articles.jsonl"
    lines = [
        {"text": f"At least {n + 2} people were killed, the army said.", "url": f"https://example.org/{n}"}
        for n in range(70)
    ]
    articles.write_text("".join(f"{json.dumps(line)}\n" for line in lines))
    for left in (0, 200_000):
        fill(room, left)
        ended = made.run("ingest", str(articles))
        assert ended.returncode == 1
        assert FULL in ended.stderr.splitlines()[-1]
        assert str(room) in ended.stderr.splitlines()[-1]
        empty(room)
    assert made.run("ingest", str(articles)).returncode == 0
    found = Store(room).known()
    assert found["doc_id"].nunique() == 70
    assert found["fact_id"].is_unique
    made.await_no_process()
