"""The one program that pages are made with: pandoc, as the package brings it, started once for each thing asked of it.

`pypandoc.convert_text` would start it three times: it asks for the lists of formats first.
"""

import os
import subprocess
from collections.abc import Mapping
from functools import cache
from pathlib import Path

import pypandoc

from analysis.errors import BriefingError

BUNDLED = Path(pypandoc.__file__).parent / "files" / "pandoc"
CHOSEN = "PYPANDOC_PANDOC"  # pypandoc's own name for a program that somebody wants used instead
DEADLINE = 120  # seconds for one conversion


class PandocError(BriefingError):
    """Raised when pandoc cannot convert something; says what pandoc said."""


@cache
def find_pandoc() -> str:
    """The program: the package's own, so that every machine writes the same bytes; elsewhere the newest that pypandoc finds."""
    return str(BUNDLED) if BUNDLED.is_file() and CHOSEN not in os.environ else str(pypandoc.get_pandoc_path())


def run_pandoc(
    arguments: list[str], content: str = "", folder: Path | None = None, environment: Mapping[str, str] | None = None
) -> bytes:
    """What pandoc writes to standard output when it is given `content`, in `folder`, with more environment. Raises PandocError."""
    done = subprocess.run(  # noqa: S603 - our own program, our own arguments
        [find_pandoc(), *arguments], input=content.encode(), cwd=folder, env={**os.environ, **(environment or {})},
        capture_output=True, timeout=DEADLINE, check=False,
    )  # fmt: skip
    if done.returncode:
        raise PandocError(done.stderr.decode(errors="replace").strip())
    return done.stdout
