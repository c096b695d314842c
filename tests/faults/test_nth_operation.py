"""The Nth call to the file system fails, for every N: an old edition or a new one, never a mixture.

The method is that of SQLite's I/O error tests: count the operations of one good run, then fail each of them in turn.
"""

import contextlib
import errno
import os
import random
from pathlib import Path

import pytest
from conftest import AS_OF, ROUNDS, hash_folder, rounds

from analysis.errors import BriefingError
from analysis.files import write_file
from analysis.run import atomic, kernel_calls
from analysis.run.ledger import Ledger
from analysis.run.manifest import FILE, find_damage, read_manifest
from analysis.run.request import Request
from analysis.run.runner import run_edition
from analysis.run.sandbox import Zygote

OPERATIONS = ("fsync", "replace", "rename", "open")


class Saboteur:
    """Counts calls, and writes to files that Path.open gives, and makes one of them fail."""

    def __init__(self, monkeypatch, failing=None):
        self.count, self.failing = 0, failing
        for name in OPERATIONS:
            monkeypatch.setattr(os, name, self._wrap(getattr(os, name)))
        opened = Path.open
        monkeypatch.setattr(Path, "open", lambda *given, **options: Fragile(opened(*given, **options), self))

    def step(self):
        """One operation more; whether it is the one to fail."""
        self.count += 1
        return self.count == self.failing

    def _wrap(self, original):
        def call(*arguments, **options):
            if self.step():
                raise OSError(errno.ENOSPC, "No space left on device")
            return original(*arguments, **options)

        return call


class Fragile:
    """A file of which one write stops half-way."""

    def __init__(self, handle, saboteur):
        self.handle, self.saboteur = handle, saboteur

    def write(self, content):
        """Write all of it, or half and an error."""
        if self.saboteur.step():
            self.handle.write(content[: len(content) // 2])
            raise OSError(errno.ENOSPC, "No space left on device")
        return self.handle.write(content)

    def __enter__(self):
        self.handle.__enter__()
        return self

    def __exit__(self, *error):
        return self.handle.__exit__(*error)

    def __getattr__(self, name):
        return getattr(self.handle, name)


def make_edition(folder, words):
    """A staged edition of three files and its manifest, as the runner writes it."""
    import json

    from analysis.run.manifest import hash_outputs

    folder.mkdir(parents=True)
    for name in ("a.html", "a.pdf", "a.ipynb"):
        write_file(folder / name, f"{words} {name}".encode())
    manifest = {"status": "succeeded", "key": words, "outputs": hash_outputs(folder)}
    write_file(folder / FILE, json.dumps(manifest).encode())


def publish(base, words):
    """Stage and publish."""
    make_edition(base / "staging" / words, words)
    atomic.publish_folder(base / "staging" / words, base / "reports" / "2024-10-30")


@pytest.mark.parametrize("exchange", [True, False], ids=["exchange", "two moves"])
def test_every_operation_may_fail(tmp_path, monkeypatch, exchange):
    """Both with the exchange of folders and on file systems without it."""
    if not exchange:
        monkeypatch.setattr(kernel_calls, "exchange_folders", lambda *_: False)
    total = _count(tmp_path / "count", monkeypatch)
    assert total > 10
    for failing in range(1, total + 1):
        base = tmp_path / f"fail{failing}"
        publish(base, "old")
        edition = base / "reports" / "2024-10-30"
        before = hash_folder(edition)
        with monkeypatch.context() as patch:
            Saboteur(patch, failing)
            try:
                publish(base, "new")
            except OSError as error:
                assert error.errno == errno.ENOSPC  # noqa: PT017 - it may also not fail
        manifest = read_manifest(edition)
        assert manifest is not None, failing
        assert find_damage(edition, manifest) == [], failing
        if manifest["key"] == "old":
            assert hash_folder(edition) == before, failing


def _count(base, monkeypatch):
    publish(base, "old")
    with monkeypatch.context() as patch:
        saboteur = Saboteur(patch)
        publish(base, "new")
        return saboteur.count


def test_a_file_is_old_or_new_when_any_operation_fails(tmp_path, monkeypatch):
    """`write_file` by itself, and nothing is left beside the file."""
    path = tmp_path / "index.html"
    for failing in range(1, 9):
        path.write_bytes(b"old")
        with monkeypatch.context() as patch:
            Saboteur(patch, failing)
            with contextlib.suppress(OSError):
                write_file(path, b"new")
        assert path.read_bytes() in (b"old", b"new")
        assert [child.name for child in tmp_path.iterdir()] == ["index.html"]


@pytest.fixture(scope="module")
def zygote():
    """One preloaded process for all runs."""
    made = Zygote()
    yield made
    made.close()


@pytest.mark.slow
def test_every_operation_of_a_whole_run_may_fail(published, zygote, monkeypatch):
    """The runner's own operations, from its first probe to the list of editions; each of them where many rounds are asked for."""
    root, _ = published
    request = Request(root.folder, as_of=AS_OF)
    root.notebook("print('counted')")
    with monkeypatch.context() as patch:
        saboteur = Saboteur(patch)
        run_edition(request, zygote=zygote)
    every = range(1, saboteur.count + 1)
    assert len(every) > 50
    for failing in every if ROUNDS in os.environ else random.sample(every, len(rounds(8))):
        before, key = hash_folder(root.edition), read_manifest(root.edition)["key"]
        root.notebook(f"print({failing})")
        with monkeypatch.context() as patch:
            Saboteur(patch, failing)
            with contextlib.suppress(BriefingError):
                run_edition(request, zygote=zygote)
        manifest = read_manifest(root.edition)
        assert manifest is not None, failing
        assert find_damage(root.edition, manifest) == [], failing
        assert manifest["key"] != key or hash_folder(root.edition) == before, failing
        assert Ledger(root.folder / ".briefing").runs(1)[0]["state"] in ("succeeded", "failed", "crashed"), failing
        assert run_edition(request, zygote=zygote).folder == root.edition
        assert list((root.folder / ".briefing" / "staging").iterdir()) == [], failing
