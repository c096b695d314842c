"""A document as data for the Typst template: every string printable, every mark resolved to a footnote or a link."""

from collections.abc import Mapping
from typing import Any

from analysis.publish.blocks import Block
from analysis.publish.closing import cite_as
from analysis.publish.columns import PAGE_WIDTHS, table_columns
from analysis.publish.document import MOST_FOOTNOTES, Document, is_listed, time_stamp
from analysis.publish.fit import WIDE, Setting, share_out, shorten
from analysis.publish.fonts import printable
from analysis.publish.fragments import masthead_line
from analysis.publish.house import House, format_day
from analysis.publish.markdown import safe_link
from analysis.publish.notes import mark_ranges, note_words
from analysis.publish.words import Run, text_of

KEPT_ROWS = 4  # a table of at most so many rows ...
KEPT_CHARACTERS = 500  # ... and so many characters is not broken over pages
COLUMN = 24  # notes of a piece of a column at the end: two pieces stand side by side, so that no column is left empty
MOST_NAMES = 2  # ids printed of such a note


def typst_data(
    document: Document,
    house: House,
    attachments: list[dict[str, str | None]],
    logo: str | None,
    setting: Setting = WIDE,
) -> dict[str, Any]:
    """What `templates/briefing.typ` reads; drawings are in files `chart-<number>.svg`."""
    typesetter = Typesetter(document, house, setting)
    listed, named, left = typesetter.listed_numbers
    data = {
        "title": document.title, "language": house.language, "as_of": format_day(document.as_of, house.language),
        "day": _day(document), "masthead": document.masthead or {},
        "dates": "".join(masthead_line(document.masthead, house.language)) if document.masthead else "",
        "house": house.model_dump(mode="json", exclude={"folder"}), "logo": logo, "contact": _contact(house),
        "blocks": [typesetter.block(block) for block in document.blocks], "attachments": attachments,
        "listed": typesetter.listed(listed), "named": [typesetter.named(number) for number in named],
        "unlisted": len(left), "close": setting.close, "cite_as": cite_as(document, house),
    }  # fmt: skip
    return printable_strings(data)


def _day(document: Document) -> dict[str, int]:
    """The date of the document, which PDF/A demands."""
    day = time_stamp(document)
    return {"year": day.year, "month": day.month, "day": day.day}


def _contact(house: House) -> dict[str, str] | None:
    if not house.contact:
        return None
    return {"text": house.contact, "href": f"mailto:{house.contact}" if ":" not in house.contact else house.contact}


def printable_strings(value: Any) -> Any:
    """The same data with every string as the fonts can show it."""
    if isinstance(value, str):
        return printable(value)
    if isinstance(value, Mapping):
        return {key: printable_strings(child) for key, child in value.items()}
    return [printable_strings(child) for child in value] if isinstance(value, list) else value


class Typesetter:
    """Blocks as the template reads them. It remembers which footnotes stand already: a passage has one, at its first mention."""

    def __init__(self, document: Document, house: House, setting: Setting = WIDE) -> None:
        self.document = document
        self.language = house.language
        self.page = PAGE_WIDTHS[house.paper]
        self.notes = document.notes
        self.setting = setting
        self.footnoted = document.footnoted if setting.most is None else set()  # words left out can carry no footnote
        numbers = [number for number in self.notes if number not in self.footnoted]
        self.listed_numbers = share_out(numbers, document.counted, document.judged, setting)
        self.unprinted = set(self.listed_numbers[2])
        self.placed: set[int] = set()
        self.placing = True  # whether the block at hand may carry footnotes

    def block(self, block: Block) -> Block:
        """One block."""
        kind = block["kind"]
        before, self.placing = self.placing, self.placing and not is_listed(block)
        typeset = self._block(shorten(block, self.setting.most), kind)
        self.placing = before
        return typeset

    def _block(self, block: Block, kind: str) -> Block:
        if kind == "chart":
            return {**{name: block[name] for name in ("kind", "number", "title", "subtitle", "alt", "source")},
                    "file": f"chart-{block['number']}.svg", "marks": self.marks(block["marks"], False)}  # fmt: skip
        if kind == "table":
            return self._table(block)
        if kind == "list":
            return {**block, "items": [[self.block(child) for child in item] for item in block["items"]]}
        if kind == "quote":
            return {**block, "blocks": [self.block(child) for child in block["blocks"]]}
        return self._words(block)

    def _words(self, block: Block) -> Block:
        if block["kind"] == "judgements":
            items = [{"c": self.runs(item["c"]), "reason": self.runs(item["reason"])} for item in block["items"]]
            return {**block, "items": items}
        if block["kind"] == "key_figures":
            return {**block, "items": [self._key_figure(item) for item in block["items"]]}
        return {**block, "c": self.runs(block["c"])} if "c" in block else block

    def _key_figure(self, item: Block) -> Block:
        day = format_day(item["as_of"], self.language, short=True)
        said = ", ".join(part for part in (item["attribution"], f"as of {day}" if day else "") if part)
        return {"label": item["label"], "value": item["value"], "said": said, "marks": self.marks(item["marks"], True)}

    def _table(self, block: Block) -> Block:
        rows = [[self.runs(cell, inline=False) for cell in row] for row in block["rows"]]
        characters = sum(len(text_of(cell)) for row in block["rows"] for cell in row)
        return {
            "kind": "table", "number": block.get("number"), "title": block["title"], "total": block["total"], "rows": rows,
            "columns": table_columns(block, self.page), "note": self.runs(block["note"], inline=False),
            "marks": self.marks(block.get("marks", []), False), "whole": len(rows) <= KEPT_ROWS and characters <= KEPT_CHARACTERS,
        }  # fmt: skip

    def runs(self, runs: list[Run], inline: bool = True) -> list[Run]:
        """Runs with their marks resolved; `inline` ones may become footnotes."""
        return [self._run(run, inline) for run in runs]

    def _run(self, run: Run, inline: bool) -> Run:
        if run["t"] == "cite":
            return {"t": "cite", "s": run["s"], "inline": inline, "marks": self.marks(run.get("marks", []), inline)}
        if run["t"] == "note":
            return {"t": "note", "label": str(run["n"]), "c": self.runs(run["c"])}
        if run["t"] == "link" and not safe_link(run["href"]):
            return {"t": "span", "kind": "plain", "c": self.runs(run["c"], inline)}
        return {**run, "c": self.runs(run["c"], inline)} if "c" in run else run

    def marks(self, marks: list[Block], inline: bool) -> list[Block]:
        """Marks as the template prints them: a footnote where text first mentions a passage, else a link; long runs joined."""
        numbers = sorted({mark["n"] for mark in marks})
        inline = inline and self.placing and len(numbers) <= MOST_FOOTNOTES
        printed: list[Block] = []
        waiting: list[int] = []
        for number in numbers:
            if inline and number in self.footnoted and number not in self.placed:
                self.placed.add(number)
                printed += [*self._links(waiting), self._footnote(number)]
                waiting = []
            else:
                waiting.append(number)
        return [*printed, *self._links(waiting)]

    def _links(self, numbers: list[int]) -> list[Block]:
        """Links to notes; a number whose note the list has no room for is printed without one."""
        links = link_marks(numbers)
        return [{**mark, "linked": int(mark["target"].removeprefix("note-")) not in self.unprinted} for mark in links]

    def _footnote(self, number: int) -> Block:
        return {"label": str(number), "target": f"note-{number}", "first": True, "note": self.note(number)}

    def note(self, number: int) -> Block:
        """The words of a footnote, the same as in the HTML's list; the facts' ids come apart, so that no line breaks one."""
        printed, words, identifiers = self._note(number)
        return {"words": f"{printed}: {words}", "ids": identifiers}

    def _note(self, number: int) -> tuple[str, str, list[str]]:
        printed, words, said, identifiers = note_words(self.notes[number], self.language)
        return printed, f"“{words}”{f' – {said}' if said else ''}", f"[{', '.join(identifiers)}]".split(" ")

    def named(self, number: int) -> Block:
        """A note as the ids of its facts alone."""
        identifiers = [str(record["fact_id"]) for record in self.notes[number]]
        more = len(identifiers) - MOST_NAMES
        ids = [*identifiers[:MOST_NAMES], f"+{more}"] if more > 0 else identifiers
        return {"label": str(number), "target": f"note-{number}", "ids": ids}

    def listed(self, numbers: list[int]) -> list[list[Block]]:
        """The list at the end, in pieces of a column; who printed it and when stands as a head over entries that share it."""
        size = min(COLUMN, max(1, -(-len(numbers) // 2)))
        return [self._column(numbers[first : first + size]) for first in range(0, len(numbers), size)]

    def _column(self, numbers: list[int]) -> list[Block]:
        entries, head = [], ""
        for number in numbers:
            printed, words, identifiers = self._note(number)
            shown = "" if printed == head else printed
            note = {"words": words, "ids": identifiers}
            entries.append({"label": str(number), "target": f"note-{number}", "head": shown, "note": note})
            head = printed
        return entries


def link_marks(numbers: list[int]) -> list[Block]:
    """Links to notes that stand elsewhere, long runs joined: [12–31]."""
    links = []
    for first, last in mark_ranges([{"n": number} for number in numbers]):
        apart = last["n"] - first["n"] <= 2
        labels = [str(n) for n in range(first["n"], last["n"] + 1)] if apart else [f"{first['n']}–{last['n']}"]
        links += [{"label": label, "target": f"note-{label.split('–')[0]}", "first": False} for label in labels]
    return links
