"""Blocks as HTML: the same writer for the page and for Lab."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from itertools import count
from typing import Any

from markupsafe import Markup

from analysis.publish.blocks import Block
from analysis.publish.house import format_day
from analysis.publish.markdown import safe_link
from analysis.publish.markup import element, joined
from analysis.publish.notes import mark_ranges
from analysis.publish.svg import clean_svg
from analysis.publish.words import Run, text_of

LONG_CELL = 36  # characters: with longer cells a small screen shows each row as a block of lines
MOST_COLUMNS = 4  # so does a table of more columns
MOST_TOGETHER = 6  # numbers of evidence that stay on one line
PLAIN_RUNS = {"strong": "strong", "emph": "em", "sup": "sup", "sub": "sub", "strike": "s"}


@dataclass
class Setting:
    """How blocks are written: the house's language; `tooltips` (fact id -> words) in Lab, where citations have no numbers."""

    language: str = "en"
    tooltips: Mapping[str, str] | None = None
    buttons: Any = field(default_factory=lambda: count(1))


def write_block(block: Block, setting: Setting) -> Markup:
    """One block as HTML."""
    return WRITERS[block["kind"]](block, setting)


def write_runs(runs: list[Run], setting: Setting) -> Markup:
    """Runs as HTML."""
    return joined(_run(run, setting) for run in runs)


def _run(run: Run, setting: Setting) -> Markup | str:
    kind = run["t"]
    if kind == "text":
        return run["s"]
    if kind == "day":  # in Lab: the exporters have written it already
        return format_day(run["s"], setting.language, short=True)
    if kind == "cite":
        return cited(run["s"], run.get("marks") or [], run["facts"], setting)
    if kind == "span":
        return element("span", write_runs(run["c"], setting), class_=run["kind"])
    if kind in PLAIN_RUNS:
        return element(PLAIN_RUNS[kind], write_runs(run["c"], setting))
    return _rarer_run(run, setting)


def _rarer_run(run: Run, setting: Setting) -> Markup | str:
    if run["t"] == "link":
        inside = write_runs(run["c"], setting)
        return element("a", inside, href=run["href"], rel="noopener noreferrer") if safe_link(run["href"]) else inside
    if run["t"] == "code":
        return element("code", run["s"])
    if run["t"] == "break":
        return element("br")
    if "n" in run:
        return element("sup", element("a", f"[{run['n']}]", href=f"#note-{run['n']}", id=f"from-{run['n']}"))
    return element("small", " (", write_runs(run["c"], setting), ")")


def cited(text: str, marks: list[Block], facts: list[str], setting: Setting) -> Markup:
    """Words and the numbers of their evidence. The words are the label of the first number, so a click on either opens it."""
    if setting.tooltips is not None:
        tip = "\n".join(setting.tooltips.get(fact, fact) for fact in facts)
        return element("span", text or "•", class_="cite", title=tip)
    if not marks:
        return joined([text])
    identifier = f"cite-{next(setting.buttons)}"
    words = element("label", text, for_=identifier) if text else None
    return element("span", words, _numbers(marks, identifier), class_="cite")


def _numbers(marks: list[Block], identifier: str) -> Markup:
    """Numbers as buttons that open evidence; a long run of them ("12–31") leads to the list."""
    parts: list[Markup | str] = []
    for first, last in mark_ranges(marks):
        if last["n"] - first["n"] > 2:
            parts.append(element("a", f"[{first['n']}–{last['n']}]", href=f"#note-{first['n']}", class_="range"))
        else:
            parts += [
                _button(n, identifier if not parts and n == first["n"] else None)
                for n in range(first["n"], last["n"] + 1)
            ]
    return element("span", *parts, class_="marks many" if len(parts) > MOST_TOGETHER else "marks")


def _button(number: int, identifier: str | None) -> Markup:
    return element("button", f"[{number}]", type="button", id=identifier, popovertarget=f"card-{number}",
                   aria_label=f"Evidence {number}")  # fmt: skip


def _prose(block: Block, setting: Setting) -> Markup:
    return element("p", write_runs(block["c"], setting), class_=None if block["kind"] == "prose" else block["kind"])


def _heading(block: Block, setting: Setting) -> Markup:
    return element(f"h{block['level']}", write_runs(block["c"], setting), id=block.get("anchor"))


def _list(block: Block, setting: Setting) -> Markup:
    items = [element("li", *(_item_block(child, setting) for child in item)) for item in block["items"]]
    return element("ol" if block["ordered"] else "ul", *items, class_="compact" if block.get("compact") else None)


def _item_block(block: Block, setting: Setting) -> Markup:
    return write_runs(block["c"], setting) if block["kind"] == "prose" else write_block(block, setting)


def _quote(block: Block, setting: Setting) -> Markup:
    return element("blockquote", *(write_block(child, setting) for child in block["blocks"]))


def _masthead(block: Block, setting: Setting) -> Markup:
    """In Lab only; the page's template has its own."""
    return element(
        "p",
        element("strong", block["lead_in"], ": ", block["place"]),
        element("br"),
        *masthead_line(block, setting.language),
    )


def masthead_line(block: Block, language: str) -> list[str]:
    """What stands under the title: situation as of, period covered, cut-off; as parts of one line."""
    parts = [f"Situation as of {format_day(block['as_of'], language)}"]
    if block["period_from"]:
        first, last = format_day(block["period_from"], language), format_day(block["period_to"], language)
        parts.append(f" · Covers {first} to {last}")
    return [*parts, f" · Information cut-off {format_day(block['cutoff'], language)}"]


def _judgements(block: Block, setting: Setting) -> Markup:
    return element("ol", *(_judgement(item, setting) for item in block["items"]), class_="judgements")


def _judgement(item: Block, setting: Setting) -> Markup:
    reason = element("p", write_runs(item["reason"], setting), class_="reason") if item["reason"] else None
    return element("li", element("p", write_runs(item["c"], setting)), reason)


def _key_figures(block: Block, setting: Setting) -> Markup:
    return element("ul", *(_key_figure(item, setting) for item in block["items"]), class_="key-figures")


def _key_figure(item: Block, setting: Setting) -> Markup:
    day = format_day(item["as_of"], setting.language, short=True)
    said = ", ".join(part for part in (item["attribution"], f"as of {day}" if day else "") if part)
    value = cited(item["value"], item.get("marks") or [], item["facts"], setting) if item["facts"] else item["value"]
    return element("li", element("span", item["label"], class_="label"), " ", element("strong", value, class_="value"), " ",
                   element("span", said, class_="said"))  # fmt: skip


def _chart(block: Block, setting: Setting) -> Markup:
    drawing = clean_svg(block["svg"], block["label"], block["alt"]) if "svg" in block else None
    return element("figure", chart_head(block), drawing and element(
        "div", drawing, class_="drawing", tabindex="0", role="group", aria_label=f"Drawing: {block['title']}"),
        element("p", block["source"], " ", _evidence(block, setting), class_="source"),
        class_="chart", id=block["label"])  # fmt: skip


def chart_head(block: Block) -> Markup:
    """Number, title and subtitle of a drawing."""
    number = element("span", f"Figure {block['number']}", class_="number") if "number" in block else None
    return element("figcaption", number, " ", element("strong", block["title"]),
                   element("span", block["subtitle"], class_="subtitle") if block["subtitle"] else None)  # fmt: skip


def _evidence(block: Block, setting: Setting) -> Markup | None:
    marks = block.get("marks")
    return joined(["Evidence ", cited("", marks, block["facts"], setting)]) if marks else None


def _table(block: Block, setting: Setting) -> Markup:
    number = element("span", f"Table {block['number']}", class_="number") if "number" in block else None
    caption = element("caption", number, " ", element("strong", block["title"])) if block["title"] else None
    head = element(
        "thead",
        element(
            "tr",
            *(element("th", column["name"], scope="col", class_=_cell_class(column)) for column in block["columns"]),
        ),
    )
    rows = [_row(row, block, setting, index == len(block["rows"]) - 1) for index, row in enumerate(block["rows"])]
    note = [
        write_runs(block["note"], setting),
        " " if block["note"] and block.get("marks") else None,
        _evidence(block, setting),
    ]
    long = any(len(text_of(cell)) > LONG_CELL for row in block["rows"] for cell in row)
    kind = "long" if long or len(block["columns"]) > MOST_COLUMNS else None
    scroll = element("div", element("table", caption, head, element("tbody", *rows), class_=kind), class_="scroll", tabindex="0",
                     role="group", aria_label=f"Table: {block['title'] or 'untitled'}")  # fmt: skip
    below = element("p", *note, class_="source") if any(note) else None
    return element("div", scroll, below, class_="table", id=block["label"] or None)


def _row(row: list[list[Run]], block: Block, setting: Setting, last: bool) -> Markup:
    cells = [
        element(
            "td" if index else "th",
            write_runs(cell, setting),
            scope=None if index else "row",
            class_=_cell_class(column),
            data_label=column["name"] if index else None,
        )
        for index, (cell, column) in enumerate(zip(row, block["columns"], strict=True))
    ]
    return element("tr", *cells, class_="total" if last and block["total"] else None)


def _cell_class(column: Block) -> str | None:
    return "evidence" if column["marks"] else "number" if column["align"] == "right" else None


def _yardstick(block: Block, setting: Setting) -> Markup:
    bands = [
        element("li", element("b", band["term"]), " ", f"{band['low']}–{band['high']}%") for band in block["bands"]
    ]
    return element("ul", *bands, class_="yardstick", aria_label="Likelihood scale")


WRITERS: dict[str, Callable[[Block, Setting], Markup]] = {
    "prose": _prose, "lead": _prose, "note": _prose, "answer": _prose, "heading": _heading, "list": _list, "quote": _quote,
    "masthead": _masthead, "judgements": _judgements, "key_figures": _key_figures, "chart": _chart, "table": _table,
    "yardstick": _yardstick,
}  # fmt: skip
