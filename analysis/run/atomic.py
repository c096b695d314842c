"""Folders that are there whole or not at all, whatever happens in between, and the locks of whoever makes them."""

import fcntl
import os
import shutil
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO

from analysis.files import describe_refusal, sync_folder, sync_tree
from analysis.run import kernel_calls
from analysis.run.errors import EditionLockedError, RunError


def publish_folder(staged: Path, target: Path) -> None:
    """Put a staged folder in the place of `target` in one step; what stood there before is removed afterwards.

    Where the file system cannot exchange two folders, the old one is moved aside first and moved back when the second
    move fails.
    """
    sync_tree(staged)
    target.parent.mkdir(parents=True, exist_ok=True)
    if not target.exists():
        os.rename(staged, target)
    elif kernel_calls.exchange_folders(staged, target):
        shutil.rmtree(staged, ignore_errors=True)
    else:
        _replace_folder(staged, target)
    sync_folder(target.parent)


def _replace_folder(staged: Path, target: Path) -> None:
    aside = staged.with_name(staged.name + ".old")
    os.rename(target, aside)
    try:
        os.rename(staged, target)
    except OSError:
        os.rename(aside, target)
        raise
    shutil.rmtree(aside, ignore_errors=True)


@contextmanager
def lock(path: Path, what: str) -> Iterator[None]:
    """Hold a lock that ends with this process. Raises EditionLockedError at once when another holds it."""
    with _open_lock(path) as handle:
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError as error:
            raise EditionLockedError(f"{what} is already being made by another run") from error
        yield


@contextmanager
def hold(path: Path) -> Iterator[None]:
    """Hold a lock for a moment, waiting for whoever has it."""
    with _open_lock(path) as handle:
        fcntl.flock(handle, fcntl.LOCK_EX)
        yield


def _open_lock(path: Path) -> IO[str]:
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        return path.open("a+")
    except OSError as error:
        raise RunError(f"cannot be written: {describe_refusal(error, path)}") from error


def is_locked(path: Path) -> bool:
    """Whether somebody holds the lock."""
    if not path.exists():
        return False
    with path.open("a+") as handle:
        try:
            fcntl.flock(handle, fcntl.LOCK_SH | fcntl.LOCK_NB)
        except OSError:
            return True
        return False


def check_writable(folder: Path, needed_bytes: int) -> None:
    """Raise RunError, before anything is computed, where a folder cannot be written or its disk is nearly full."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
        probe = folder / f".probe-{uuid.uuid4().hex[:8]}"
        probe.write_bytes(b"")
        probe.unlink()
    except OSError as error:
        error.filename = str(folder)
        raise RunError(f"cannot be written: {describe_refusal(error, folder)}") from error
    free = shutil.disk_usage(folder).free
    if free < needed_bytes:
        raise RunError(f"{folder}: {free // 1000} kB are free; an edition needs {needed_bytes // 1000} kB")
