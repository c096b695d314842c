"""The PDF briefing: typeset by Typst in a fresh folder, tagged, PDF/UA-1 and PDF/A-3a enforced by the compiler."""

import json
import re
import tempfile
from collections.abc import Mapping
from importlib import resources
from pathlib import Path
from typing import Any

import typst

from analysis.errors import BriefingError
from analysis.publish import fonts
from analysis.publish.document import Document, read_notebook, time_stamp
from analysis.publish.fit import Setting, fit
from analysis.publish.house import House, default_house, logo_bytes
from analysis.publish.svg import safe_svg
from analysis.publish.typeset import typst_data

STANDARDS: list[Any] = ["ua-1", "a-3a"]
TEMPLATE = "templates/briefing.typ"
DATA = "document.json"
PAGES = re.compile(rb"/Type/Pages/Count (\d+)")
MOST_ATTACHED = 3_000_000  # bytes: a larger file stands beside the PDF, which people send to each other
MIME = {".csv": "text/csv", ".json": "application/json", ".jsonl": "application/jsonl"}
DESCRIPTIONS = {"facts.csv": "The facts known at the information cut-off, one a row"}


class PdfError(BriefingError):
    """Raised when a document cannot be typeset; says what the compiler said."""


def render_pdf(
    notebook: Mapping[str, Any], attachments: Mapping[str, bytes] | None = None, house: House | None = None
) -> bytes:
    """An executed notebook as PDF, with files (`facts.csv`) attached inside; equal input, equal bytes. Raises BriefingError.

    A file of more than MOST_ATTACHED bytes is left out, and the PDF says so.
    """
    house = house or default_house()
    return write_pdf(read_notebook(notebook, house.language), house, attachments or {})


def write_pdf(document: Document, house: House, attachments: Mapping[str, bytes]) -> bytes:
    """A document as PDF. The compiler sees a fresh folder with nothing in it but this document."""
    with tempfile.TemporaryDirectory(prefix="briefing-") as name:
        folder = Path(name)
        _write_drawings(folder, document)
        attached, logo = _attach(folder, attachments), _write_logo(folder, house)

        def typeset(setting: Setting) -> bytes:
            data = typst_data(document, house, attached, logo, setting)
            (folder / DATA).write_text(json.dumps(data, ensure_ascii=False), "utf-8")
            return _compile(folder, document)

        return fit(typeset, count_pages, document.most_pages)


def _write_drawings(folder: Path, document: Document) -> None:
    """The drawings and the template; the data of the text follow for each setting."""
    for block in document.blocks:
        if block["kind"] == "chart":
            drawing = fonts.printable(safe_svg(block["svg"]).decode("utf-8"))
            (folder / f"chart-{block['number']}.svg").write_text(drawing, "utf-8")
    (folder / "briefing.typ").write_bytes(resources.files(__package__).joinpath(TEMPLATE).read_bytes())


def _attach(folder: Path, attachments: Mapping[str, bytes]) -> list[dict[str, str | None]]:
    """Write the files under names of our own; what they are called inside the PDF is data. One that is too large has no path."""
    files: list[dict[str, str | None]] = []
    for index, (name, content) in enumerate(attachments.items()):
        path = f"attached-{index}" if len(content) <= MOST_ATTACHED else None
        if path:
            (folder / path).write_bytes(content)
        files.append({"name": Path(name).name, "path": path, "mime": MIME.get(Path(name).suffix, "application/octet-stream"),
                      "description": DESCRIPTIONS.get(name, "Data of this briefing")})  # fmt: skip
    return files


def _write_logo(folder: Path, house: House) -> str | None:
    logo = logo_bytes(house)
    if logo is None:
        return None
    content, suffix = logo
    (folder / f"logo.{suffix}").write_bytes(safe_svg(content.decode("utf-8")) if suffix == "svg" else content)
    return f"logo.{suffix}"


def count_pages(content: bytes) -> int:
    """How many pages a PDF of the compiler's has."""
    counted = PAGES.search(content)
    return int(counted.group(1)) if counted else 0


def _compile(folder: Path, document: Document) -> bytes:
    try:
        return typst.compile(
            folder / "briefing.typ", root=folder, font_paths=fonts.load_fonts(), pdf_standards=STANDARDS,
            timestamp=time_stamp(document), package_path=folder, package_cache_path=folder,
        )  # fmt: skip
    except typst.TypstError as error:
        raise PdfError(f"the PDF cannot be typeset: {error.message} {' '.join(error.hints)}".strip()) from error


def __getattr__(name: str) -> Any:
    """nbconvert's exporter, where its entry point looks for it: nbconvert is loaded only when it asks."""
    if name != "BriefingPDFExporter":
        raise AttributeError(name)
    from analysis.publish.exporters import BriefingPDFExporter

    return BriefingPDFExporter
