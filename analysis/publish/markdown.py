"""Markdown cells to blocks, by one run of pandoc for all cells of a notebook.

Raw HTML, TeX and attributes are off: what an analyst types is words, and a "$" is money. Links keep only http, https, mailto and
anchors of the page.
"""

import json
import re
from collections.abc import Callable
from typing import Any

from analysis.errors import BriefingError
from analysis.publish.blocks import Block
from analysis.publish.pandoc import run_pandoc
from analysis.publish.words import Run, text_of

READER = (
    "markdown-raw_html-raw_tex-raw_attribute-latex_macros-tex_math_dollars-citations-yaml_metadata_block-pandoc_title_block"
    "-native_divs-native_spans-fenced_divs-bracketed_spans-implicit_figures-example_lists-auto_identifiers-blank_before_header"
    "-blank_before_blockquote-multiline_tables-simple_tables-grid_tables+lists_without_preceding_blankline"
)
# Stands between cells; private-use characters, so that no cell can hold one by accident.
MARKER = "\ue000cell{}\ue001"
MARKED = re.compile("\ue000cell([0-9]+)\ue001")
NOTE_NAME = re.compile(r"\[\^([^\]\s^]+)\]")
SAFE_LINK = re.compile(r"(?:https?://|mailto:|#)[^\s]*", re.IGNORECASE)
SMART = {"SingleQuote": ("‘", "’"), "DoubleQuote": ("“", "”")}
WRAPPED = {"Emph": "emph", "Strong": "strong", "Superscript": "sup", "Subscript": "sub", "Strikeout": "strike",
           "Underline": "emph", "SmallCaps": "strong"}  # fmt: skip


class MarkdownError(BriefingError):
    """Raised when a markdown cell leaves something open that swallows the next cell."""


def read_cells(cells: list[str]) -> list[list[Block]]:
    """The blocks of each markdown cell, in order. Raises MarkdownError."""
    if not cells:
        return []
    joined = "\n\n".join(f"{MARKER.format(index)}\n\n{_own_notes(cell, index)}" for index, cell in enumerate(cells))
    parsed = json.loads(run_pandoc([f"--from={READER}", "--to=json", "--wrap=none"], joined))
    return _split(parsed["blocks"], cells)


def _own_notes(cell: str, index: int) -> str:
    """The cell with its footnote names made its own (two cells may both have a [^1]), and without our markers."""
    return NOTE_NAME.sub(rf"[^{index}-\1]", cell.replace("\ue000", "").replace("\ue001", ""))


def _split(parsed: list[dict[str, Any]], cells: list[str]) -> list[list[Block]]:
    found: list[list[Block]] = []
    for node in parsed:
        marked = MARKED.fullmatch(text_of(_runs(node["c"]))) if node["t"] == "Para" else None
        if marked:
            found.append([])
        else:
            found[-1].extend(_blocks([node]))
    if len(found) != len(cells):
        raise MarkdownError(
            f"a markdown cell leaves something open, such as ``` or a comment: {cells[len(found) - 1][:60]!r}"
        )
    return found


def _blocks(nodes: list[dict[str, Any]]) -> list[Block]:
    return [block for node in nodes for block in BLOCKS.get(node["t"], _nothing)(node.get("c"))]


def _nothing(content: Any) -> list[Block]:
    return []


def _paragraph(content: Any) -> list[Block]:
    return [{"kind": "prose", "c": _runs(content)}]


def _heading(content: Any) -> list[Block]:
    return [{"kind": "heading", "level": content[0], "c": _runs(content[2])}]


def _points(content: Any) -> list[Block]:
    return [{"kind": "list", "ordered": False, "items": [_blocks(item) for item in content]}]


def _numbered(content: Any) -> list[Block]:
    return [{"kind": "list", "ordered": True, "items": [_blocks(item) for item in content[1]]}]


def _definitions(content: Any) -> list[Block]:
    items = []
    for term, meanings in content:
        words = [{"t": "strong", "c": _runs(term)}, {"t": "text", "s": ": "}]
        blocks = [block for meaning in meanings for block in _blocks(meaning)]
        first, *others = blocks or [{"kind": "prose", "c": []}]
        items.append([{**first, "c": [*words, *first.get("c", [])]}, *others])
    return [{"kind": "list", "ordered": False, "items": items}]


def _quote(content: Any) -> list[Block]:
    return [{"kind": "quote", "blocks": _blocks(content)}]


def _code(content: Any) -> list[Block]:
    return [{"kind": "prose", "c": [{"t": "code", "s": content[1]}]}]


def _lines(content: Any) -> list[Block]:
    runs: list[Run] = []
    for line in content:
        runs += [*([{"t": "break"}] if runs else []), *_runs(line)]
    return [{"kind": "prose", "c": runs}]


def _table(content: Any) -> list[Block]:
    """A pipe table; its head names the columns. Without a label it is printed unnumbered."""
    caption, specs, head, bodies = content[1], content[2], content[3], content[4]
    rows = [_cells(row) for body in bodies for row in [*body[2], *body[3]]]
    names = [text_of(cell) for cell in _cells(head[1][0])] if head[1] else [""] * len(specs)
    columns = [
        {"name": name, "numeric": spec[0]["t"] == "AlignRight", "days": False, "width": 0.0, "marks": False,
         "align": "right" if spec[0]["t"] == "AlignRight" else "left"}
        for name, spec in zip(names, specs, strict=True)
    ]  # fmt: skip
    title = " ".join(text_of(block.get("c", [])) for block in _blocks(caption[1]))
    return [{"kind": "table", "label": "", "title": title, "note": [], "columns": columns, "rows": rows, "total": False,
             "facts": []}]  # fmt: skip


def _cells(row: Any) -> list[list[Run]]:
    cells = []
    for cell in row[1]:
        runs: list[Run] = []
        for block in _blocks(cell[4]):
            runs += [*([{"t": "break"}] if runs else []), *block.get("c", [])]
        cells.append(runs)
    return cells


BLOCKS: dict[str, Callable[[Any], list[Block]]] = {
    "Para": _paragraph, "Plain": _paragraph, "Header": _heading, "BulletList": _points, "OrderedList": _numbered,
    "DefinitionList": _definitions, "BlockQuote": _quote, "CodeBlock": _code, "LineBlock": _lines, "Table": _table,
    "Div": lambda content: _blocks(content[1]),
}  # fmt: skip


def _runs(nodes: list[dict[str, Any]]) -> list[Run]:
    merged: list[Run] = []
    for run in (run for node in nodes for run in _run(node["t"], node.get("c"))):
        if merged and run["t"] == "text" == merged[-1]["t"]:
            merged[-1] = {"t": "text", "s": merged[-1]["s"] + run["s"]}
        else:
            merged.append(run)
    return merged


def _run(kind: str, content: Any) -> list[Run]:
    if kind == "Str":
        return [{"t": "text", "s": content}]
    if kind in ("Space", "SoftBreak"):
        return [{"t": "text", "s": " "}]
    if kind == "LineBreak":
        return [{"t": "break"}]
    if kind in WRAPPED:
        return [{"t": WRAPPED[kind], "c": _runs(content)}]
    return _rarer_run(kind, content)


def _rarer_run(kind: str, content: Any) -> list[Run]:
    if kind == "Quoted":
        opening, closing = SMART[content[0]["t"]]
        return [{"t": "text", "s": opening}, *_runs(content[1]), {"t": "text", "s": closing}]
    if kind == "Code":
        return [{"t": "code", "s": content[1]}]
    if kind == "Link":
        return _link(_runs(content[1]), content[2][0])
    if kind == "Note":
        blocks = _blocks(content)
        return [{"t": "note", "c": [run for block in blocks for run in block.get("c", [])]}]
    if kind in ("Image", "Span"):
        return _runs(content[1])
    return []


def _link(runs: list[Run], target: str) -> list[Run]:
    return [{"t": "link", "href": target, "c": runs}] if safe_link(target) else runs


def safe_link(target: Any) -> bool:
    """Whether a link may stand on a page: http, https, mailto, or an anchor of the page."""
    return isinstance(target, str) and SAFE_LINK.fullmatch(target) is not None
