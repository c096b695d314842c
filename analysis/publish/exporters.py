"""nbconvert's way to the pages: two exporters, apart from what writes them, since a run never loads nbconvert."""

from pathlib import Path
from typing import Any

from nbconvert.exporters import Exporter

from analysis.publish.house import find_house
from analysis.publish.html import render_html
from analysis.publish.pdf import render_pdf


class BriefingHTMLExporter(Exporter):
    """`jupyter nbconvert --to briefing-html X.ipynb`: an executed notebook as an HTML briefing."""

    export_from_notebook = "Briefing (HTML)"
    output_mimetype = "text/html"

    def _file_extension_default(self) -> str:
        return ".html"

    def from_notebook_node(self, nb: Any, resources: Any = None, **kw: Any) -> Any:
        """nbconvert's call: (text, resources)."""
        copy, found = super().from_notebook_node(nb, resources, **kw)
        folder = (found.get("metadata") or {}).get("path") or "."
        return render_html(copy, find_house(Path(folder))).decode("utf-8"), found


class BriefingPDFExporter(Exporter):
    """`jupyter nbconvert --to briefing-pdf X.ipynb`: an executed notebook as a PDF briefing."""

    export_from_notebook = "Briefing (PDF)"
    output_mimetype = "application/pdf"

    def _file_extension_default(self) -> str:
        return ".pdf"

    def from_notebook_node(self, nb: Any, resources: Any = None, **kw: Any) -> tuple[Any, Any]:
        """nbconvert's call: (bytes, resources). A `facts.csv` beside the notebook is attached."""
        copy, found = super().from_notebook_node(nb, resources, **kw)
        folder = Path((found.get("metadata") or {}).get("path") or ".")
        facts = folder / "facts.csv"
        attachments = {"facts.csv": facts.read_bytes()} if facts.is_file() else {}
        return render_pdf(copy, attachments, find_house(folder)), found
