"""Hashes that say whether anything a run depends on has changed."""

import hashlib
import json
from functools import cache
from importlib.metadata import distributions
from pathlib import Path
from typing import Any

from analysis.run.layout import PROJECT
from analysis.run.params import TAG

LOCK = "requirements.lock"
PACKAGE = Path(__file__).parents[1]
# Bytecode and editors' leavings are no code.
_IGNORED = {"__pycache__", ".ipynb_checkpoints"}


def hash_bytes(content: bytes) -> str:
    """SHA-256, hexadecimal."""
    return hashlib.sha256(content).hexdigest()


def hash_values(*values: Any) -> str:
    """SHA-256 of plain values."""
    return hash_bytes(json.dumps(values, sort_keys=True, ensure_ascii=True).encode())


def hash_tree(folder: Path) -> str:
    """SHA-256 of the names and contents of all files below a folder."""
    files = sorted(path for path in folder.rglob("*") if path.is_file() and not _IGNORED.intersection(path.parts))
    return hash_values([(path.relative_to(folder).as_posix(), hash_bytes(path.read_bytes())) for path in files])


@cache
def hash_code() -> str:
    """SHA-256 of the package: its modules, word lists, templates, fonts."""
    return hash_tree(PACKAGE)


@cache
def hash_lock() -> str:
    """SHA-256 of the lock, or of the names and versions installed where there is no lock beside the package."""
    lock = PROJECT / LOCK
    if lock.is_file():
        return hash_bytes(lock.read_bytes())
    return hash_values(sorted(f"{d.metadata['Name']}=={d.version}" for d in distributions()))


def code_cells(notebook: dict[str, Any]) -> list[dict[str, Any]]:
    """The code cells that run, in order."""
    return [cell for cell in notebook["cells"] if cell["cell_type"] == "code" and "".join(cell["source"]).strip()]


def hash_notebook_code(notebook: dict[str, Any]) -> str:
    """SHA-256 of what a notebook executes: a change of prose leaves it as it is."""
    cells = [("".join(cell["source"]), TAG in cell["metadata"].get("tags", [])) for cell in code_cells(notebook)]
    return hash_values(cells)
