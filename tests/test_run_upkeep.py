"""What is thrown away: the oldest of the cache, drafts of killed runs, folders of old failures; never what is in use."""

import os
import time

import pytest

from analysis.run import upkeep
from analysis.run.layout import Layout

OLD = time.time() - 3 * upkeep.IDLE_SECONDS


@pytest.fixture
def layout(tmp_path):
    """A root's folders."""
    (tmp_path / ".briefing" / "cache").mkdir(parents=True)
    (tmp_path / ".briefing" / "runs").mkdir()
    return Layout(tmp_path)


def put(folder, name, age, size=100):
    """A file, or with `.files` a folder with one, last used so many seconds after OLD."""
    path = folder / name
    if name.endswith(".files"):
        path.mkdir()
        (path / "facts.csv").write_bytes(bytes(size))
    else:
        path.write_bytes(bytes(size))
    os.utime(path, (OLD + age, OLD + age))
    return path


def test_the_cache_keeps_what_was_used_last(layout, monkeypatch):
    monkeypatch.setattr(upkeep, "CACHE_BYTES", 250)
    cache = layout.hidden / "cache"
    (cache / "settled").mkdir()
    for age, name in enumerate(["a.ipynb", "b.files", "c.ipynb", "d.files"]):
        put(cache, name, age)
    upkeep.touch(cache / "a.ipynb")
    upkeep.tidy(layout)
    assert sorted(path.name for path in cache.iterdir()) == ["a.ipynb", "d.files", "settled"]


def test_what_was_used_today_stays_however_much_it_is(layout, monkeypatch):
    monkeypatch.setattr(upkeep, "CACHE_BYTES", 0)
    cache = layout.hidden / "cache"
    for name in ("a.ipynb", "b.files", ".c.files.1234abcd"):
        if not name.startswith("."):
            upkeep.touch(put(cache, name, 0))
        else:
            (cache / name).mkdir()
    upkeep.tidy(layout)
    assert len(list(cache.iterdir())) == 3


def test_drafts_of_killed_runs_and_old_failures_go(layout, monkeypatch):
    monkeypatch.setattr(upkeep, "RUNS_KEPT", 2)
    put(layout.hidden / "cache", ".x.ipynb.12345678", 0)
    for day in (1, 2, 3, 4):
        put(layout.hidden / "runs", f"2024100{day}T000000-abcdef.files", 0)
    upkeep.tidy(layout)
    assert list((layout.hidden / "cache").iterdir()) == []
    assert sorted(path.name[:8] for path in (layout.hidden / "runs").iterdir()) == ["20241003", "20241004"]


def test_a_root_without_these_folders_is_no_error(tmp_path):
    upkeep.tidy(Layout(tmp_path))
    assert list(tmp_path.iterdir()) == []
