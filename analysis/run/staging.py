"""Folders in which editions are made before they are moved into place, on the same file system as where they go."""

import shutil
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

from analysis.run.atomic import hold, is_locked, lock
from analysis.run.layout import Layout

STAGING = "staging"


def staging_root(layout: Layout) -> Path:
    """`.briefing/staging`, or a hidden folder of `reports/` where that is a file system of its own."""
    layout.reports.mkdir(parents=True, exist_ok=True)
    layout.hidden.mkdir(parents=True, exist_ok=True)
    same = layout.reports.stat().st_dev == layout.hidden.stat().st_dev
    return layout.hidden / STAGING if same else layout.reports / f".{STAGING}"


@contextmanager
def stage(layout: Layout, run_id: str) -> Iterator[Path]:
    """A fresh folder for one run, gone when the block ends; a lock beside it says that somebody uses it."""
    folder = staging_root(layout) / run_id
    guard = folder.with_suffix(".lock")
    with ExitStack() as stack:
        # A folder appears together with its lock, as far as whoever clears up can see.
        with hold(layout.hidden / "locks" / "staging.lock"):
            folder.mkdir(parents=True)
            stack.callback(_remove, folder, guard)
            stack.enter_context(lock(guard, run_id))
        yield folder


def _remove(folder: Path, guard: Path) -> None:
    """The folder, what was put beside it under its name, and the lock."""
    for each in folder.parent.glob(f"{folder.name}*"):
        if each.is_dir():
            shutil.rmtree(each, ignore_errors=True)
    guard.unlink(missing_ok=True)


def clear_abandoned(layout: Layout) -> None:
    """Remove what killed runs left. A folder that somebody uses is locked and stays."""
    if not layout.reports.is_dir():  # nothing was ever made here, and looking must not change that
        return
    with hold(layout.hidden / "locks" / "staging.lock"):
        _clear_unlocked(layout)
    with hold(index_lock(layout)):
        for partial in layout.reports.glob(".index.html.*"):
            partial.unlink(missing_ok=True)


def index_lock(layout: Layout) -> Path:
    """The lock of whoever writes `reports/index.html`."""
    return layout.hidden / "locks" / "index.lock"


def _clear_unlocked(layout: Layout) -> None:
    root = staging_root(layout)
    for guard in root.glob("*.lock"):
        if not is_locked(guard):
            _remove(guard.with_suffix(""), guard)
    for folder in root.glob("*"):  # a worker that was thought lost may have written on when all was done
        if folder.is_dir() and not (root / f"{folder.name.partition('.')[0]}.lock").exists():
            shutil.rmtree(folder, ignore_errors=True)
