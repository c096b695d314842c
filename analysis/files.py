"""Files that are there whole or not at all, and a file system's refusals in words.

Whoever writes over a file truncates it first: on a full disk nothing is left of the old one. So everything that is to last,
a person's records and decisions before all, is written beside its place, made durable, and only then given its name.
"""

import errno
import os
import uuid
from pathlib import Path

# What each refusal means and what to do; anything else a file system says is told in its own words.
REFUSALS = {
    errno.ENOSPC: "the disk is full; make room on it and run this again",
    errno.EDQUOT: "this user's share of the disk is used up; make room, or have the quota raised, and run this again",
    errno.EIO: "the disk gives input/output errors; have it looked at (dmesg, smartctl) before anything is run again",
    errno.EROFS: "the file system is read-only; have it mounted for writing, or give another folder with --root",
    errno.EACCES: "this user may not use it; change its owner or rights, or run this as another user",
    errno.EPERM: "this user may not use it; change its owner or rights, or run this as another user",
    errno.EMFILE: "too many files are open; raise the limit (ulimit -n) or run fewer jobs at a time",
    errno.ENFILE: "too many files are open on this machine; run fewer jobs at a time",
}


def write_file(path: Path, content: bytes) -> None:
    """Write a file's whole content beside it, make it durable, then give it its name. Raises OSError; the old one stays.

    Who may read and write it stays as it was.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    partial = path.with_name(f".{path.name}.{uuid.uuid4().hex[:8]}")
    try:
        with partial.open("wb") as handle:
            handle.write(content)
            handle.flush()
            os.fsync(handle.fileno())
        if path.exists():  # a file that a group shares stays theirs
            partial.chmod(path.stat().st_mode)
        os.replace(partial, path)
        sync_folder(path.parent)
    except OSError as error:
        error.filename = str(path)  # people know it by its name
        raise
    finally:
        partial.unlink(missing_ok=True)


def sync_folder(folder: Path) -> None:
    """Make the names in a folder durable."""
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def sync_tree(folder: Path) -> None:
    """Make every file below a folder durable, and the folders themselves."""
    for parent, _, names in os.walk(folder):
        for name in names:
            sync_folder(Path(parent) / name)  # fsync is the same call for both
        sync_folder(Path(parent))


def find_refusal(error: BaseException) -> int | None:
    """The number of a file system's refusal, also where a library has only passed on its words; None for other errors."""
    if isinstance(error, OSError) and error.errno is not None:
        return error.errno if error.errno in REFUSALS else None
    text = str(error)
    return next((number for number in REFUSALS if os.strerror(number) in text), None)


def describe_refusal(error: BaseException, folder: Path) -> str:
    """Where a file system refused, what that means, and what to do; `folder` where the error names no file.

    >>> describe_refusal(OSError(errno.ENOSPC, "No space left on device"), Path("reports"))
    'reports: the disk is full; make room on it and run this again'
    """
    number = find_refusal(error)
    place = getattr(error, "filename", None) or folder
    return f"{place}: {REFUSALS[number] if number else getattr(error, 'strerror', None) or error}"
