"""Facts and editions at an address: whole for whoever reads there, whatever breaks in between."""

import contextlib
import hashlib
import json
import sys
import uuid
from pathlib import Path

import pytest
import yaml

from analysis.errors import UsageError
from analysis.run.address import Address, StorageError, load_storage
from analysis.run.layout import Layout
from analysis.run.manifest import hash_outputs
from analysis.run.mirror import pull_facts, push_facts
from analysis.run.shelf import shelve_edition
from analysis.store import Store
from tests.test_store import entry

pytest.importorskip("fsspec")


@pytest.fixture(params=["memory", "file"])
def url(request, tmp_path):
    """An address that nobody else uses: in memory, where folders are names, or on disk."""
    name = uuid.uuid4().hex
    return f"memory://{name}" if request.param == "memory" else f"file://{tmp_path}/address"


def open_root(folder, **addresses):
    """A root with these addresses."""
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "storage.yml").write_text(yaml.safe_dump(addresses))
    return Layout(folder)


def read_facts(layout, version=None):
    """The ids of what a root knows."""
    return list(Store(layout.root).known(version=version)["fact_id"])


def test_facts_travel_from_the_root_that_writes_to_one_that_reads(tmp_path, url):
    writer, reader = (open_root(tmp_path / name, facts=url) for name in ("writer", "reader"))
    versions = []
    for number in range(3):
        versions.append(Store(writer.root).append([entry(f"d{number}", "2024-10-30", number)]))
        push_facts(writer)
        pull_facts(reader)
        assert read_facts(reader) == read_facts(writer)
    assert read_facts(reader, versions[0]) == ["figure-d0-r1"]
    assert Store(reader.root).digest() == Store(writer.root).digest()


class BreaksError(Exception):
    """Raised in the place of an operation."""


def break_at(monkeypatch, failing):
    """Make one of the calls that change an address fail, counted from 1."""
    count = [0]

    def wrap(original):
        def call(self, *arguments):
            count[0] += 1
            if count[0] == failing:
                raise BreaksError
            return original(self, *arguments)

        return call

    for name in ("put", "copy", "remove"):
        monkeypatch.setattr(Address, name, wrap(getattr(Address, name)))
    return count


def test_a_line_that_breaks_while_facts_are_sent_tears_no_batch(tmp_path, monkeypatch):
    """At each operation; what was not sent is sent the next time."""
    for failing in range(1, 10):
        url = f"memory://{uuid.uuid4().hex}"
        writer, reader = (open_root(tmp_path / f"{name}{failing}", facts=url) for name in ("writer", "reader"))
        Store(writer.root).append([entry("a", "2024-10-30", 1)])
        push_facts(writer)
        Store(writer.root).append([entry("b", "2024-10-30", 2), entry("c", "2024-10-30", 3)])
        with monkeypatch.context() as patch:
            count = break_at(patch, failing)
            with contextlib.suppress(BreaksError):
                push_facts(writer)
        pull_facts(reader)
        assert len(read_facts(reader)) in (1, 3), failing
        push_facts(writer)
        pull_facts(reader)
        assert read_facts(reader) == read_facts(writer)
    assert count[0] < failing, "not every operation was made to fail"


def test_two_roots_that_add_apart_are_told(tmp_path, url):
    """Neither is overwritten."""
    one, other = (open_root(tmp_path / name, facts=url) for name in ("one", "other"))
    for layout, name in ((one, "a"), (other, "b")):
        Store(layout.root).append([entry(name, "2024-10-30", 1)])
    push_facts(one)
    for call in (push_facts, pull_facts):
        with pytest.raises(StorageError, match="added apart"):
            call(other)
    assert read_facts(other) == ["figure-b-r1"]


def test_what_the_writer_has_cleared_away_is_not_fetched_again_and_goes_at_the_address_too(tmp_path, url):
    writer = open_root(tmp_path / "writer", facts=url)
    Store(writer.root).append([entry("a", "2024-10-30", 1)])
    push_facts(writer)
    stale = writer.hidden / "store" / "facts" / "stale.parquet"
    stale.write_bytes(b"PAR1")
    push_facts(writer)
    stale.unlink()
    pull_facts(writer)
    assert not stale.exists()
    push_facts(writer)
    assert "stale.parquet" not in Address(url, {}).list_files("facts")
    reader = open_root(tmp_path / "reader", facts=url)
    pull_facts(reader)
    assert read_facts(reader) == ["figure-a-r1"]


def make_edition(folder, words, *names):
    """A small edition with its manifest."""
    folder.mkdir(parents=True, exist_ok=True)
    for name in names:
        (folder / name).write_text(f"{words} {name}")
    for stale in {path.name for path in folder.iterdir()} - set(names):
        (folder / stale).unlink()
    manifest = {"status": "succeeded", "key": words, "outputs": hash_outputs(folder)}
    (folder / "manifest.json").write_text(json.dumps(manifest))
    return folder


def read_edition(address, name):
    """What a reader who goes by the manifest sees; None where there is no edition. Fails for a mixture."""
    content = address.read(f"{name}/manifest.json")
    if content is None:
        return None
    manifest = json.loads(content)
    for file, told in manifest["outputs"].items():
        assert hashlib.sha256(address.read(f"{name}/{file}")).hexdigest() == told["sha256"], file
    return manifest["key"]


def test_an_edition_at_an_address_is_replaced_whole(tmp_path, url):
    address, folder = Address(url, {}), tmp_path / "2024-10-30"
    assert shelve_edition(address, make_edition(folder, "old", "a.html", "b.html"))
    assert not shelve_edition(address, folder), "it was sent although it was there"
    assert shelve_edition(address, make_edition(folder, "new", "a.html", "c.html"))
    assert read_edition(address, "2024-10-30") == "new"
    assert address.list_files("2024-10-30") == {"a.html", "c.html", "manifest.json"}
    assert address.list_files(".incoming") == set()


def test_a_line_that_breaks_leaves_the_old_edition_or_none_or_the_new_one(tmp_path, monkeypatch):
    """At each operation, never a mixture; the old one as long as the new one has not arrived."""
    seen = set()
    for failing in range(1, 16):
        address, folder = Address(f"memory://{uuid.uuid4().hex}", {}), tmp_path / f"{failing}" / "e"
        shelve_edition(address, make_edition(folder, "old", "a.html", "b.html"))
        make_edition(folder, "new", "a.html", "c.html")
        with monkeypatch.context() as patch:
            count = break_at(patch, failing)
            with contextlib.suppress(BreaksError):
                shelve_edition(address, folder)
        found = read_edition(address, "e")
        seen.add(found)
        assert found == "old" or failing > 3, "lost before the new one had arrived"
        shelve_edition(address, folder)
        assert read_edition(address, "e") == "new"
    assert seen == {"old", None, "new"}
    assert count[0] < failing, "not every operation was made to fail"


@pytest.mark.slow
def test_a_run_sends_its_edition_and_again_when_it_is_gone_there(tmp_path):
    """Without executing anything anew; a failed run sends nothing."""
    sys.path.insert(0, str(Path(__file__).parent / "faults"))
    from conftest import AS_OF, Root

    from analysis.run.errors import RunError
    from analysis.run.request import Request
    from analysis.run.runner import run_edition

    root, url = Root(tmp_path / "root"), f"memory://{uuid.uuid4().hex}"
    root.notebook("print(1)")
    open_root(root.folder, reports=url, facts=f"{url}/facts")
    address, request = Address(url, {}), Request(root.folder, as_of=AS_OF)
    made = run_edition(request)
    assert made.address == f"{url}/{AS_OF}"
    key = read_edition(address, AS_OF)
    assert key
    assert AS_OF.encode() in address.read("index.html")
    address.remove(AS_OF)
    assert run_edition(request).reused
    assert read_edition(address, AS_OF) == key
    root.notebook("1 / 0")
    with pytest.raises(RunError):
        run_edition(request)
    assert read_edition(address, AS_OF) == key


@pytest.mark.parametrize(
    ("content", "word"),
    [("reports: /srv", "reports"), ("colour: red", "colour"), ("- a", "storage.yml"), ("reports: {a: b}", "reports")],
)
def test_a_wrong_file_is_one_clear_line(tmp_path, content, word):
    (tmp_path / "storage.yml").write_text(content)
    with pytest.raises(UsageError, match=word) as raised:
        load_storage(tmp_path)
    assert "\n" not in str(raised.value)


def test_an_address_of_no_known_kind_is_said_at_once():
    with pytest.raises(UsageError, match="gopher"):
        Address("gopher://x", {})
