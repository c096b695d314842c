"""An edition's data files, made once for all editions that have them in common: those of one day under other parameters."""

import errno
import shutil
import uuid
from pathlib import Path
from typing import Any

from analysis.run.atomic import publish_folder
from analysis.run.decided import check_unchanged
from analysis.run.edition import Edition
from analysis.run.layout import Layout
from analysis.run.limits import Limits
from analysis.run.listing import call_rendering
from analysis.run.sandbox import Jobs
from analysis.run.upkeep import touch

SUFFIX = ".files"


def make_data_files(
    edition: Edition, layout: Layout, staged: Path, jobs: Jobs, limits: Limits, force: bool
) -> list[str]:
    """Put the data files into the staged edition, from the cache where they were made before; gives their names."""
    kept = layout.hidden / "cache" / f"{edition.exports_key()}{SUFFIX}"
    if not force and kept.is_dir():
        touch(kept)
        return sorted(Path(shutil.copy(path, staged)).name for path in kept.iterdir())
    arguments: dict[str, Any] = {
        "folder": str(staged), "root": str(layout.root), "as_of": edition.inputs.as_of, "settings": edition.settings,
    }  # fmt: skip
    names: list[str] = call_rendering(layout, jobs, limits, "write_exports", arguments)
    check_unchanged(layout, edition.inputs.decided)
    _keep([staged / name for name in names], kept)
    return names


def _keep(files: list[Path], kept: Path) -> None:
    """All of them or none, durable before they have their name."""
    draft = kept.with_name(f".{kept.name}.{uuid.uuid4().hex[:8]}")
    try:
        draft.mkdir(parents=True)
        for file in files:
            shutil.copy(file, draft)
        publish_folder(draft, kept)
    except OSError as error:
        if error.errno not in (errno.EEXIST, errno.ENOTEMPTY):  # those: another run kept the same ones a moment ago
            raise
    finally:
        shutil.rmtree(draft, ignore_errors=True)
