"""What a root that runs for years throws away: outputs nobody has used for long, and the evidence of old failures.

Nothing that an edition, the store or the ledger needs is here: what is thrown away is made again.
"""

import os
import shutil
import time
import uuid
from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path

from analysis.run.layout import Layout

# So much of the cache is kept, those used last; settled facts have a bound of their own.
CACHE_BYTES = 2 * 2**30
# What was used so recently may be in use.
IDLE_SECONDS = 86_400
# Folders of runs that failed, the last ones.
RUNS_KEPT = 200


def tidy(layout: Layout) -> None:
    """Throw away what is too much. A disk that refuses, or another run that does the same, is no error."""
    with suppress(OSError):
        _trim_cache(layout.hidden / "cache")
    with suppress(OSError):
        runs = sorted((layout.hidden / "runs").glob("*"), reverse=True)  # a run's name begins with its moment
        _remove(path for path in runs[RUNS_KEPT:] if _is_idle(path))


def touch(path: Path) -> None:
    """Note that an entry of the cache is used."""
    with suppress(OSError):
        os.utime(path)


def _trim_cache(folder: Path) -> None:
    entries = [path for path in folder.iterdir() if path.name != "settled"]
    # What begins with a dot was being written when its writer was killed.
    drafts = [path for path in entries if path.name.startswith(".")]
    kept = sorted(set(entries) - set(drafts), key=lambda path: path.stat().st_mtime, reverse=True)
    held, surplus = 0, []
    for path in kept:
        held += _size_of(path)
        if held > CACHE_BYTES:
            surplus.append(path)
    _remove(path for path in (*drafts, *surplus) if _is_idle(path))


def _is_idle(path: Path) -> bool:
    return time.time() - path.stat().st_mtime > IDLE_SECONDS


def _size_of(path: Path) -> int:
    files = path.rglob("*") if path.is_dir() else [path]
    return sum(file.stat().st_size for file in files)


def _remove(paths: Iterable[Path]) -> None:
    """Under another name first, so that nobody finds half of a folder."""
    for path in paths:
        gone = path.with_name(f".{uuid.uuid4().hex}")
        with suppress(OSError):
            path.rename(gone)
            shutil.rmtree(gone) if gone.is_dir() else gone.unlink()
