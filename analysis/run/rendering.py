"""Turn one executed notebook into its pages (HTML, PDF, Word), inside a guarded fork."""

import json
from pathlib import Path
from typing import Any

import nbformat

from analysis import exports
from analysis.publish.checks import check_docx, check_html, check_pdf
from analysis.publish.document import read_notebook
from analysis.publish.docx import write_docx
from analysis.publish.house import default_house
from analysis.publish.html import write_page
from analysis.publish.index import render_index
from analysis.publish.pdf import write_pdf
from analysis.run.errors import RunError
from analysis.run.manifest import list_editions

CHECKS = {".html": check_html, ".pdf": check_pdf, ".docx": check_docx}
BRIEFING = "briefing.json"


def render_files(notebook: str, folder: str, stem: str, attachments: list[str]) -> list[str]:
    """Write `<stem>.html`, `<stem>.pdf` and, unless the house wants none, `<stem>.docx` into a folder; gives their names.

    `attachments` are files of that folder that the PDF carries inside. Raises RunError when a check finds a page unsound.
    """
    target, house = Path(folder), default_house()
    # Read once: all hold the same words and numbers, and pandoc reads the markdown cells each time.
    document = read_notebook(nbformat.read(notebook, as_version=4), house.language)
    attached = {name: (target / name).read_bytes() for name in attachments}
    pages = {
        "html": lambda: write_page(document, house).encode("utf-8"),
        "pdf": lambda: write_pdf(document, house, attached),
    }
    if house.word:
        pages["docx"] = lambda: write_docx(document, house)
    return [_write_checked(target / f"{stem}.{suffix}", write()) for suffix, write in pages.items()]


def _write_checked(path: Path, content: bytes) -> str:
    faults = CHECKS[path.suffix](content)
    if faults:
        raise RunError(f"{path.name}: {'; '.join(faults[:3])}")
    path.write_bytes(content)
    return path.name


def write_index_page(reports: str, target: str) -> None:
    """Write the page that lists all editions, from their manifests and what each briefing says, to `target`."""
    editions = [
        {**manifest, "briefing": _read_briefing(Path(reports), manifest)} for manifest in list_editions(Path(reports))
    ]
    Path(target).write_bytes(render_index(editions))


def _read_briefing(reports: Path, manifest: dict[str, Any]) -> dict[str, Any] | None:
    """The edition's briefing as data; None where it has none that can be read: the list goes on without its words."""
    try:
        content: dict[str, Any] = json.loads((reports / manifest["edition"] / BRIEFING).read_bytes())
    except (OSError, ValueError):
        return None
    return content


def write_exports(folder: str, root: str, as_of: str, settings: dict[str, Any]) -> list[str]:
    """Write the edition's data files (`facts.csv`, `briefing.json` ...) into a folder; gives their names."""
    exports.write_exports(Path(folder), Path(root), as_of, settings)
    return sorted(path.name for path in Path(folder).iterdir() if path.suffix in {".csv", ".json", ".jsonl"})
