"""Turn one executed notebook into its HTML, PDF and Word pages, inside a guarded fork."""

import json
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import nbformat

from analysis.run.errors import RunError

HTML = "analysis.publish.html"
PDF = "analysis.publish.pdf"
WORD = "analysis.publish.docx"
CHECKS = "analysis.publish.checks"
INDEX = "analysis.publish.index"


def render_files(notebook: str, folder: str, stem: str, attachments: list[str]) -> list[str]:
    """Write `<stem>.html`, `<stem>.pdf` and `<stem>.docx` into a folder; gives their names.

    `attachments` are files of that folder that the PDF carries inside. Raises RunError when a check finds a page unsound.
    """
    node = nbformat.read(notebook, as_version=4)
    target = Path(folder)
    attached = {name: (target / name).read_bytes() for name in attachments}
    calls = (
        ("html", HTML, "render_html", (node,)),
        ("pdf", PDF, "render_pdf", (node, attached)),
        ("docx", WORD, "render_docx", (node,)),
    )
    return [
        _write_checked(target / f"{stem}.{suffix}", getattr(import_module(module), name)(*arguments), f"check_{suffix}")
        for suffix, module, name, arguments in calls
        if find_spec(module)
    ]


def _write_checked(path: Path, content: bytes, check: str) -> str:
    faults: list[Any] = getattr(import_module(CHECKS), check)(content) if find_spec(CHECKS) else []
    if faults:
        raise RunError(f"{path.name}: {'; '.join(map(str, faults[:3]))}")
    path.write_bytes(content)
    return path.name


def render_index_page(editions: list[dict[str, Any]], reports: str) -> str | None:
    """The page that lists all editions, from their manifests and what each briefing says."""
    if not find_spec(INDEX):
        return None
    told = [{**manifest, "briefing": _read_briefing(Path(reports) / manifest["edition"])} for manifest in editions]
    page: bytes = import_module(INDEX).render_index(told)
    return page.decode("utf-8")


def _read_briefing(folder: Path) -> dict[str, Any]:
    """An edition's briefing.json; empty where it has none that can be read."""
    try:
        content = json.loads((folder / "briefing.json").read_bytes())
    except (OSError, ValueError):
        return {}
    return content if isinstance(content, dict) else {}


def write_exports(folder: str, root: str, as_of: str, settings: dict[str, Any]) -> list[str]:
    """Write the edition's data files (`facts.csv`, `briefing.json` ...) into a folder; gives their names."""
    exports = import_module("analysis.exports")
    if hasattr(exports, "write_exports"):
        exports.write_exports(Path(folder), Path(root), as_of, settings)
    return sorted(path.name for path in Path(folder).iterdir() if path.suffix in {".csv", ".json", ".jsonl"})
