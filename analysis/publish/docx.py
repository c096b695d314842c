"""The Word version, for offices that edit: the same blocks by way of pandoc, with the house's type and colours.

Numbers of evidence are those of the HTML and the PDF; they lead to the list at the end, since Word would number footnotes
its own way.
"""

import json
import tempfile
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import typst

from analysis.errors import BriefingError
from analysis.publish import fonts
from analysis.publish.blocks import Block
from analysis.publish.closing import cite_as
from analysis.publish.columns import PAGE_WIDTHS, table_columns
from analysis.publish.document import Document, footnotes, read_notebook, time_stamp
from analysis.publish.fragments import masthead_line
from analysis.publish.house import House, default_house, format_day
from analysis.publish.markdown import safe_link
from analysis.publish.nodes import Node, grid, header, numbered, paragraph, raised, spaced, styled, words
from analysis.publish.notes import mark_ranges, note_words
from analysis.publish.pandoc import PandocError, run_pandoc
from analysis.publish.reference import build_reference
from analysis.publish.svg import safe_svg
from analysis.publish.words import Run

PANDOC_API = [1, 23, 1]
WRAPPED = {"strong": "Strong", "emph": "Emph", "sup": "Superscript", "sub": "Subscript", "strike": "Strikeout"}
CELL_MARGINS = 12  # points, left and right of the words together
KEY_FIGURE_WIDTHS = [0.27, 0.2, 0.38, 0.15]
PICTURE_PPI = 220
PNG_PAGE = '#set page(width: auto, height: auto, margin: 0pt)\n#image("chart.svg", width: 16.5cm, alt: "")'


class DocxError(BriefingError):
    """Raised when the Word version cannot be made."""


def render_docx(notebook: Mapping[str, Any], house: House | None = None) -> bytes:
    """An executed notebook as a Word document; the same bytes for the same input. Raises BriefingError."""
    house = house or default_house()
    return write_docx(read_notebook(notebook, house.language), house)


def write_docx(document: Document, house: House) -> bytes:
    """A document as .docx."""
    with tempfile.TemporaryDirectory(prefix="briefing-") as name:
        folder = Path(name)
        (folder / "reference.docx").write_bytes(build_reference(house.colours, house.paper))
        content = Writer(house, folder).document(document)
        return _convert(json.dumps(content), folder, document)


def _convert(content: str, folder: Path, document: Document) -> bytes:
    moment = {"SOURCE_DATE_EPOCH": str(int(time_stamp(document).timestamp()))}
    try:
        run_pandoc(
            ["-f", "json", "-t", "docx", "-o", "out.docx", "--reference-doc=reference.docx"], content, folder, moment
        )
    except PandocError as error:
        raise DocxError(f"the Word version cannot be made: {error}") from error
    return (folder / "out.docx").read_bytes()


def picture(svg: str) -> bytes:
    """A drawing as PNG: Word shows SVG only in its newer versions."""
    with tempfile.TemporaryDirectory(prefix="briefing-") as name:
        folder = Path(name)
        (folder / "chart.svg").write_text(fonts.printable(safe_svg(svg).decode("utf-8")), "utf-8")
        (folder / "page.typ").write_text(PNG_PAGE, "utf-8")
        return typst.compile(
            folder / "page.typ",
            root=folder,
            font_paths=fonts.load_fonts(),
            format="png",
            ppi=PICTURE_PPI,
        )


class Writer:
    """Blocks as pandoc's JSON; pictures are files of `folder`."""

    def __init__(self, house: House, folder: Path) -> None:
        self.house = house
        self.folder = folder
        self.writers: dict[str, Callable[[Block], list[Node]]] = {
            "heading": self._heading, "list": self._list, "quote": self._quote, "judgements": self._judgements,
            "key_figures": self._key_figures, "chart": self._chart, "table": self._table, "yardstick": self._yardstick,
            "lead": lambda block: [styled("Lead", self._prose(block))],
            "note": lambda block: [styled("Source", self._prose(block))],
        }  # fmt: skip

    def document(self, document: Document) -> Node:
        """The whole document."""
        head = document.masthead
        line = "".join(masthead_line(head, self.house.language)) if head else ""
        top = [self.house.publisher, *([head["lead_in"], head["place"]] if head else []), self.house.marking]
        blocks = [styled("Source", paragraph(words(" · ".join(filter(None, top))))), header(1, words(document.title))]
        blocks += [styled("Source", paragraph(words(line)))] if line else []
        blocks += [node for block in document.blocks for node in self.block(block)]
        blocks += [styled("Source", paragraph(words(cite_as(document, self.house))))]
        meta = {"lang": {"t": "MetaString", "c": self.house.language}}
        return {"pandoc-api-version": PANDOC_API, "meta": meta, "blocks": [*blocks, *self._evidence(document)]}

    def block(self, block: Block) -> list[Node]:
        """One block."""
        return self.writers.get(block["kind"], lambda plain: [self._prose(plain)])(block)

    def _prose(self, block: Block) -> Node:
        return paragraph(self.runs(block["c"]))

    def _heading(self, block: Block) -> list[Node]:
        return [header(block["level"], self.runs(block["c"]))]

    def _list(self, block: Block) -> list[Node]:
        items = [[node for child in item for node in self.block(child)] for item in block["items"]]
        return [numbered(items) if block["ordered"] else {"t": "BulletList", "c": items}]

    def _quote(self, block: Block) -> list[Node]:
        return [{"t": "BlockQuote", "c": [node for child in block["blocks"] for node in self.block(child)]}]

    def _judgements(self, block: Block) -> list[Node]:
        items = []
        for item in block["items"]:
            reason = [styled("Source", paragraph(self.runs(item["reason"])))] if item["reason"] else []
            items.append([paragraph(self.runs(item["c"])), *reason])
        return [numbered(items)]

    def _key_figures(self, block: Block) -> list[Node]:
        rows = []
        for item in block["items"]:
            day = format_day(item["as_of"], self.house.language, short=True)
            value = [{"t": "Strong", "c": words(item["value"])}, *self.marks(item.get("marks") or [])]
            rows.append([words(item["label"]), value, words(item["attribution"]), words(day or "not stated")])
        return [grid(["Key figure", "Value", "Who says so", "As of"], rows, [False] * 4, KEY_FIGURE_WIDTHS)]

    def _chart(self, block: Block) -> list[Node]:
        name = f"chart-{block['number']}.png"
        (self.folder / name).write_bytes(picture(block["svg"]))
        image = {"t": "Image", "c": [["", [], [["width", "16.5cm"]]], words(block["alt"]), [name, ""]]}
        return [styled("Caption", paragraph([*words(f"Figure {block['number']}. "), {"t": "Strong", "c": words(block["title"])}])),
                styled("Subtitle line", paragraph(words(block["subtitle"]))), styled("Drawing", paragraph([image])),
                styled("Source", paragraph([*words(f"{block['source']} "), *self.marks(block["marks"])]))]  # fmt: skip

    def _table(self, block: Block) -> list[Node]:
        number = f"Table {block['number']}. " if "number" in block else ""
        caption = (
            [
                styled(
                    "Caption", paragraph([*words(number), {"t": "Space"}, {"t": "Strong", "c": words(block["title"])}])
                )
            ]
            if block["title"]
            else []
        )
        rows = [[self.runs(cell) for cell in row] for row in block["rows"]]
        note = [*self.runs(block["note"]), *self.marks(block.get("marks") or [])]
        columns = block["columns"]
        right = [column["align"] == "right" for column in columns]
        return [*caption, grid([column["name"] for column in columns], rows, right, self._widths(block)),
                *([styled("Source", paragraph(note))] if note else [])]  # fmt: skip

    def _widths(self, block: Block) -> list[float]:
        """The PDF's columns as shares of the page, with the room that Word leaves beside the words of a cell."""
        space = PAGE_WIDTHS[self.house.paper] - CELL_MARGINS * len(block["columns"])
        widths = [column["width"] + CELL_MARGINS for column in table_columns(block, space)]
        return [round(width / sum(widths), 4) for width in widths]

    def _yardstick(self, block: Block) -> list[Node]:
        bands = [f"{band['term']} {band['low']}–{band['high']}%" for band in block["bands"]]
        return [styled("Source", paragraph(words("Likelihood scale: " + " · ".join(bands))))]

    def _evidence(self, document: Document) -> list[Node]:
        """The list that all numbers lead to, analysts' own notes among them."""
        entries = {n: words(evidence_line(found, self.house.language)) for n, found in document.notes.items()}
        entries |= {n: self.runs(runs) for n, runs in footnotes(document)}
        listed = [
            styled(
                "Source",
                paragraph([{"t": "Span", "c": [[f"note-{n}", [], []], words(f"[{n}]")]}, {"t": "Space"}, *entries[n]]),
            )
            for n in sorted(entries)
        ]
        return [header(2, words("Evidence")), *listed] if listed else []

    def runs(self, runs: list[Run]) -> list[Node]:
        """Runs as pandoc's inlines."""
        return [node for run in runs for node in self._run(run)]

    def _run(self, run: Run) -> list[Node]:
        kind = run["t"]
        if kind == "cite":
            return [*spaced(run["s"]), *self.marks(run.get("marks") or [])]
        if kind == "break":
            return [{"t": "LineBreak"}]
        if kind == "note":
            return [raised(f"[{run['n']}]", f"#note-{run['n']}")]
        if kind == "link" and safe_link(run["href"]):
            return [{"t": "Link", "c": [["", [], []], self.runs(run["c"]), [run["href"], ""]]}]
        if "s" in run:
            return spaced(run["s"])
        inside = self.runs(run["c"])
        wrapper = WRAPPED.get(kind) or ("Emph" if run.get("kind") == "assessed" else None)
        return [{"t": wrapper, "c": inside}] if wrapper else inside

    def marks(self, marks: list[Block]) -> list[Node]:
        """Numbers that lead to the list of evidence."""
        return [
            raised(f"[{first['n']}]" if first is last else f"[{first['n']}–{last['n']}]", f"#note-{first['n']}")
            for first, last in mark_ranges(marks)
        ]


def evidence_line(records: list[Block], language: str) -> str:
    """A note as one line, the same as in the PDF."""
    printed, quoted, said, identifiers = note_words(records, language)
    return f"{printed}: “{quoted}”{f' – {said}' if said else ''} [{', '.join(identifiers)}]"
