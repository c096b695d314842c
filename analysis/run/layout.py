"""Where things are: the folders of a root, the notebooks of a run, the name of an edition."""

import hashlib
import json
import re
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from analysis.errors import UsageError

PROJECT = Path(__file__).parents[2]
_UNSAFE = re.compile(r"[^A-Za-z0-9]+")
# Longer names are hashed: an edition's folder has to fit into paths everywhere.
MAXIMUM_SUFFIX = 60


@dataclass(frozen=True)
class Layout:
    """The folders of one root."""

    root: Path

    @property
    def reports(self) -> Path:
        """Published editions."""
        return self.root / "reports"

    @property
    def hidden(self) -> Path:
        """Working state: staging, cache, locks, ledger, kept runs. All of it can be deleted and is made again."""
        return self.root / ".briefing"

    def edition(self, name: str) -> Path:
        """The folder of an edition."""
        return self.reports / name

    @property
    def notebooks(self) -> Path:
        """The root's own notebooks, else the project's."""
        own = self.root / "notebooks"
        return own if any(own.glob("*.ipynb")) else PROJECT / "notebooks"


def open_layout(root: Path) -> Layout:
    """The layout of a folder that exists. Raises UsageError."""
    if not root.is_dir():
        raise UsageError(f"{root}: no such folder")
    return Layout(root.resolve())


def find_notebooks(layout: Layout, names: list[str]) -> list[Path]:
    """The notebooks named (`20_casualties`, `casualties`, or a path to a .ipynb), or all. Raises UsageError."""
    present = {path.stem: path for path in sorted(layout.notebooks.glob("*.ipynb"))}
    if not present and not names:
        raise UsageError(f"{layout.notebooks}: holds no notebooks")
    return [_find_notebook(present, name) for name in names] if names else list(present.values())


def _find_notebook(present: dict[str, Path], name: str) -> Path:
    path = Path(name)
    if path.suffix == ".ipynb" and path.is_file():
        return path.resolve()
    for stem, found in present.items():
        if name in (stem, found.name, stem.partition("_")[2]):
            return found
    raise UsageError(f"no notebook {name!r}; there are: {', '.join(present) or 'none'}")


def read_notebook(path: Path) -> tuple[bytes, dict[str, Any]]:
    """A notebook's bytes and content, read once, so that an edit during the run changes nothing. Raises UsageError."""
    try:
        content = path.read_bytes()
        notebook = json.loads(content)
    except OSError as error:
        raise UsageError(f"{path}: cannot be read ({error.strerror})") from error
    except ValueError as error:
        raise UsageError(f"{path}: not a notebook: {error}") from error
    if not isinstance(notebook, dict) or not isinstance(notebook.get("cells"), list):
        raise UsageError(f"{path}: not a notebook: it has no cells")
    return content, notebook


def check_day(text: str) -> str:
    """An ISO day. Raises UsageError.

    >>> check_day("2024-10-30")
    '2024-10-30'
    """
    try:
        return date.fromisoformat(text).isoformat()
    except ValueError as error:
        raise UsageError(f"--as-of {text}: not a day; write YYYY-MM-DD") from error


def name_edition(as_of: str, notebooks: list[str], settings: dict[str, Any]) -> str:
    """The folder name: the day, and what differs from the defaults (a subset of notebooks, other parameters).

    >>> name_edition("2024-10-30", [], {}), name_edition("2024-10-30", [], {"period_days": 7})
    ('2024-10-30', '2024-10-30_period-days-7')
    """
    parts = [*sorted(notebooks), *(f"{key}-{json.dumps(settings[key], sort_keys=True)}" for key in sorted(settings))]
    slug = "_".join(filter(None, (_UNSAFE.sub("-", part).strip("-").lower() for part in parts)))
    plain = "|".join(parts)
    if len(slug) > MAXIMUM_SUFFIX or (settings and not plain.isascii()):
        slug = hashlib.sha256(plain.encode()).hexdigest()[:12]
    return f"{as_of}_{slug}" if slug else as_of
