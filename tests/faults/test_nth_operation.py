"""The Nth call to the file system fails, for every N: an old edition or a new one, never a mixture.

The method is that of SQLite's I/O error tests: count the operations of one good run, then fail each of them in turn.
"""

import contextlib
import errno
import os

import pytest
from conftest import hash_folder

from analysis.run import atomic, kernel_calls
from analysis.run.manifest import FILE, find_damage, read_manifest

OPERATIONS = ("fsync", "replace", "rename", "open")


class Saboteur:
    """Counts calls and makes one of them fail."""

    def __init__(self, monkeypatch, failing=None):
        self.count, self.failing = 0, failing
        for name in OPERATIONS:
            monkeypatch.setattr(os, name, self._wrap(getattr(os, name)))

    def _wrap(self, original):
        def call(*arguments, **options):
            self.count += 1
            if self.count == self.failing:
                raise OSError(errno.ENOSPC, "No space left on device")
            return original(*arguments, **options)

        return call


def make_edition(folder, words):
    """A staged edition of three files and its manifest, as the runner writes it."""
    import json

    from analysis.run.manifest import hash_outputs

    folder.mkdir(parents=True)
    for name in ("a.html", "a.pdf", "a.ipynb"):
        atomic.write_file(folder / name, f"{words} {name}".encode())
    manifest = {"status": "succeeded", "key": words, "outputs": hash_outputs(folder)}
    atomic.write_file(folder / FILE, json.dumps(manifest).encode())


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
    for failing in range(1, 8):
        path.write_bytes(b"old")
        with monkeypatch.context() as patch:
            Saboteur(patch, failing)
            with contextlib.suppress(OSError):
                atomic.write_file(path, b"new")
        assert path.read_bytes() in (b"old", b"new")
        assert [child.name for child in tmp_path.iterdir()] == ["index.html"]
