"""Turn one executed notebook into its pages (HTML, PDF, Word), inside a guarded fork."""

import json
from importlib import import_module
from pathlib import Path
from typing import Any

import nbformat

from analysis.run.errors import RunError
from analysis.run.manifest import list_editions

# Suffix, module and function of each page; loaded by the process that all forks share.
PAGES = (
    ("html", "analysis.publish.html", "render_html"),
    ("pdf", "analysis.publish.pdf", "render_pdf"),
    ("docx", "analysis.publish.docx", "render_docx"),
)
CHECKS = "analysis.publish.checks"
BRIEFING = "briefing.json"


def render_files(notebook: str, folder: str, stem: str, attachments: list[str]) -> list[str]:
    """Write `<stem>.html`, `<stem>.pdf` and `<stem>.docx` into a folder; gives their names.

    `attachments` are files of that folder that the PDF carries inside. Raises RunError when a check finds a page unsound.
    """
    node = nbformat.read(notebook, as_version=4)
    target = Path(folder)
    extra = {"pdf": ({name: (target / name).read_bytes() for name in attachments},)}
    return [
        _write_checked(target / f"{stem}.{suffix}", getattr(import_module(module), name)(node, *extra.get(suffix, ())))
        for suffix, module, name in PAGES
    ]


def _write_checked(path: Path, content: bytes) -> str:
    faults: list[Any] = getattr(import_module(CHECKS), f"check_{path.suffix[1:]}")(content)
    if faults:
        raise RunError(f"{path.name}: {'; '.join(map(str, faults[:3]))}")
    path.write_bytes(content)
    return path.name


def write_index_page(reports: str, target: str) -> None:
    """Write the page that lists all editions, from their manifests and what each briefing says, to `target`."""
    editions = [
        {**manifest, "briefing": _read_briefing(Path(reports), manifest)} for manifest in list_editions(Path(reports))
    ]
    page: bytes = import_module("analysis.publish.index").render_index(editions)
    Path(target).write_bytes(page)


def _read_briefing(reports: Path, manifest: dict[str, Any]) -> dict[str, Any] | None:
    """The edition's briefing as data; None where it has none that can be read: the list goes on without its words."""
    try:
        content: dict[str, Any] = json.loads((reports / manifest["edition"] / BRIEFING).read_bytes())
    except (OSError, ValueError):
        return None
    return content


def write_exports(folder: str, root: str, as_of: str, settings: dict[str, Any]) -> list[str]:
    """Write the edition's data files (`facts.csv`, `briefing.json` ...) into a folder; gives their names."""
    import_module("analysis.exports").write_exports(Path(folder), Path(root), as_of, settings)
    return sorted(path.name for path in Path(folder).iterdir() if path.suffix in {".csv", ".json", ".jsonl"})
