"""Folders in which editions are made before they are moved into place, on the same file system as where they go."""

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from analysis.run.atomic import is_locked, lock
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
    folder.mkdir(parents=True)
    guard = folder.with_suffix(".lock")
    try:
        with lock(guard, run_id):
            yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)
        guard.unlink(missing_ok=True)


def clear_abandoned(layout: Layout) -> None:
    """Remove what killed runs left. A folder that somebody uses is locked and stays."""
    for guard in staging_root(layout).glob("*.lock"):
        if not is_locked(guard):
            for folder in guard.parent.glob(f"{guard.stem}*"):
                if folder.is_dir():
                    shutil.rmtree(folder, ignore_errors=True)
            guard.unlink(missing_ok=True)
    for partial in layout.reports.glob(".index.html.*"):
        partial.unlink(missing_ok=True)
