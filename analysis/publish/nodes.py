"""Nodes of pandoc's document model, made by hand. Text is data in them: pandoc reads no markup in a Str."""

from typing import Any

from analysis.publish.markup import CONTROL

Node = dict[str, Any]


def words(text: str) -> list[Node]:
    """Text as pandoc's inlines."""
    text = CONTROL.sub("\ufffd", text)
    parts = text.replace("\n", " ").split(" ")
    nodes = [
        node for part in parts for node in ({"t": "Str", "c": part}, {"t": "Space"}) if node != {"t": "Str", "c": ""}
    ]
    return nodes[:-1]


def styled(style: str, *blocks: Node) -> Node:
    """Blocks in a named style of the reference document."""
    return {"t": "Div", "c": [["", [], [["custom-style", style]]], list(blocks)]}


def paragraph(inlines: list[Node]) -> Node:
    """A paragraph."""
    return {"t": "Para", "c": inlines}


def spaced(text: str) -> list[Node]:
    """Words with the blanks at either end kept."""
    before, after = text[:1].isspace(), len(text) > 1 and text[-1:].isspace()
    return [*([{"t": "Space"}] if before else []), *words(text.strip()), *([{"t": "Space"}] if after else [])]


def raised(text: str, target: str) -> Node:
    """A raised number that leads to an anchor."""
    return {"t": "Superscript", "c": [{"t": "Link", "c": [["", [], []], [{"t": "Str", "c": text}], [target, ""]]}]}


def header(level: int, inlines: list[Node]) -> Node:
    """A heading."""
    return {"t": "Header", "c": [level, ["", [], []], inlines]}


def numbered(items: list[list[Node]]) -> Node:
    """A numbered list."""
    return {"t": "OrderedList", "c": [[1, {"t": "Decimal"}, {"t": "Period"}], items]}


def grid(names: list[str], rows: list[list[list[Node]]], right: list[bool], widths: list[float]) -> Node:
    """A table with a head; `widths` are shares of the page's width."""
    specs = [
        [{"t": "AlignRight" if end else "AlignLeft"}, {"t": "ColWidth", "c": width}]
        for end, width in zip(right, widths, strict=True)
    ]
    body = [["", [], []], 0, [], [_table_row(row) for row in rows]]
    head = [["", [], []], [_table_row([words(name) for name in names])]]
    return {"t": "Table", "c": [["", [], []], [None, []], specs, head, [body], [["", [], []], []]]}


def _table_row(cells: list[list[Node]]) -> Node:
    empty = ["", [], []]
    return [empty, [[empty, {"t": "AlignDefault"}, 1, 1, [{"t": "Plain", "c": cell}]] for cell in cells]]  # type: ignore[return-value]
