"""From an executed notebook to a document: blocks in order, each citation numbered, evidence beside them.

All writers (HTML, PDF, Word) work on this and nothing else, so they hold the same words and the same numbers. Code, prompts,
streams and outputs that `analysis.show` did not make never enter it.
"""

import copy
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from functools import cached_property
from itertools import count
from typing import Any

from analysis.errors import BriefingError
from analysis.publish.blocks import Block, cited_in
from analysis.publish.house import format_day
from analysis.publish.markdown import read_cells
from analysis.publish.notes import passage_of
from analysis.publish.words import text_of, walk_runs

METADATA = "briefing"
LAB_ONLY = "lab"  # the words around a drawing, displayed in Lab apart from it
NOT_WORD = re.compile(r"[^\w]+")
EPOCH = datetime(2000, 1, 1, tzinfo=UTC)  # the time stamp of a briefing without an as-of day
ESTABLISHED = "◆ "  # before a sentence that two or more independent originators establish
MOST_FOOTNOTES = 3  # facts behind one run of words that are footnotes; more of them lead to the list at the end
MOST_NAMED = 8  # facts behind one run of words that a reader will look up one by one; more of them are a count
# What leads to the list at the end, or to a footnote further down, instead of carrying footnotes: page 1 is for words.
LISTED_KINDS = ("chart", "table", "lead", "judgements", "key_figures")
JUDGED_KINDS = ("lead", "judgements", "key_figures")
DEEPEST = 3


class NotebookError(BriefingError):
    """Raised when a notebook cannot become a briefing: it failed, was not executed, or cites what it does not hold."""


@dataclass
class Document:
    """What is printed: `title`, `masthead` (or None), `blocks`; `evidence` by fact id, `documents` by id; `numbers` of cited facts
    in reading order, one for all facts of a passage; `footnoted` are the numbers cited in running text (the rest only by
    judgements, drawings, tables, and words with many facts); `counted` those of nothing but drawings and words with many facts;
    `judged` those of the lead, the judgements and the key figures."""

    title: str
    masthead: Block | None
    blocks: list[Block]
    evidence: dict[str, Block] = field(default_factory=dict)
    documents: dict[str, Block] = field(default_factory=dict)
    numbers: dict[str, int] = field(default_factory=dict)
    footnoted: set[int] = field(default_factory=set)
    counted: set[int] = field(default_factory=set)
    judged: set[int] = field(default_factory=set)

    @cached_property
    def notes(self) -> dict[int, list[Block]]:
        """The evidence behind each number: the records of one passage, in the order of their words; once all are numbered."""
        found: dict[int, list[Block]] = {}
        for fact, number in self.numbers.items():
            found.setdefault(number, []).append(self.evidence[fact])
        return {
            number: sorted(found[number], key=lambda record: (record["start"], record["end"]))
            for number in sorted(found)
        }

    @cached_property
    def cited_by_document(self) -> dict[str, list[Block]]:
        """The records of the cited facts of each document, by its id."""
        found: dict[str, list[Block]] = {}
        for fact, record in self.evidence.items():
            if fact in self.numbers:
                found.setdefault(record["doc_id"], []).append(record)
        return found

    @property
    def as_of(self) -> str | None:
        """The day of the information cut-off, from the masthead."""
        return self.masthead["as_of"] if self.masthead else None

    @property
    def most_pages(self) -> int | None:
        """How many pages the PDF may have, from the masthead; None: as many as it takes."""
        return self.masthead.get("most_pages") if self.masthead else None


def time_stamp(document: Document) -> datetime:
    """The moment that a file says it was made: its as-of day, so that equal input gives equal bytes."""
    return datetime.fromisoformat(document.as_of[:10]).replace(tzinfo=UTC) if document.as_of else EPOCH


def read_notebook(notebook: Mapping[str, Any], language: str = "en") -> Document:
    """The document that an executed notebook holds. Raises NotebookError, MarkdownError."""
    blocks = copy.deepcopy(list(_notebook_blocks(notebook)))
    evidence = [block for block in blocks if block["kind"] == "evidence"]
    masthead = next((block for block in blocks if block["kind"] == "masthead"), None)
    body = [block for block in blocks if block["kind"] not in ("evidence", "masthead")]
    title, body = _take_title(body, masthead, notebook)
    document = Document(title, masthead, _level_headings(body))
    for block in evidence:
        document.evidence.update({record["fact_id"]: record for record in block["facts_cited"]})
        document.documents.update({record["doc_id"]: record for record in block["documents"]})
    _mark_established(document.blocks)
    _write_days(document.blocks, language)
    _number(document)
    return document


def _notebook_blocks(notebook: Mapping[str, Any]) -> Iterator[Block]:
    cells = [cell for cell in notebook["cells"] if "noprint" not in (cell.get("metadata") or {}).get("tags", ())]
    words = iter(read_cells([_source(cell) for cell in cells if cell["cell_type"] == "markdown"]))
    for number, cell in enumerate(cells, 1):
        if cell["cell_type"] == "markdown":
            yield from ({**block, "typed": block["kind"] == "prose"} for block in next(words))
        elif cell["cell_type"] == "code":
            yield from _output_blocks(cell, number)


def _source(cell: Mapping[str, Any]) -> str:
    source = cell.get("source") or ""
    return source if isinstance(source, str) else "".join(source)


def _output_blocks(cell: Mapping[str, Any], number: int) -> Iterator[Block]:
    for output in cell.get("outputs") or ():
        if output["output_type"] == "error":
            raise NotebookError(
                f"cell {number} failed: {output.get('ename')}: {output.get('evalue')}; nothing is published from it"
            )
        block = (output.get("metadata") or {}).get(METADATA)
        if block and block["kind"] == "chart":
            svg = output["data"]["image/svg+xml"]
            yield {**block, "svg": svg if isinstance(svg, str) else "".join(svg)}
        elif block and block["kind"] != LAB_ONLY:
            yield block


def _take_title(body: list[Block], masthead: Block | None, notebook: Mapping[str, Any]) -> tuple[str, list[Block]]:
    """The title: the masthead's, else the first H1, else the metadata's. That H1, and the answer under it, are set apart."""
    first = next((i for i, block in enumerate(body) if block["kind"] == "heading" and block["level"] == 1), None)
    heading = text_of(body[first]["c"]) if first is not None else ""
    title = (masthead or {}).get("title") or heading or (notebook.get("metadata") or {}).get("title") or "Briefing"
    if first is not None:
        body = body[:first] + body[first + 1 :]
        if first < len(body) and body[first].get("typed"):
            body[first] = {**body[first], "kind": "answer"}
    return str(title), body


def _level_headings(body: list[Block]) -> list[Block]:
    """Headings at level 2 or 3 without a skipped level, each with an anchor of its own."""
    level, used = 1, {"contents", "evidence", "documents"}
    for block in body:
        if block["kind"] == "heading":
            level = block["level"] = min(max(block["level"], 2), level + 1, DEEPEST)
            block["anchor"] = _anchor(text_of(block["c"]), used)
    return body


def _anchor(text: str, used: set[str]) -> str:
    base = NOT_WORD.sub("-", text.lower()).strip("-")[:60] or "section"
    name, count = base, 1
    while name in used:
        count += 1
        name = f"{base}-{count}"
    used.add(name)
    return name


def _mark_established(value: Any) -> None:
    """Put the mark of established sentences before each, so that it is seen, heard and copied alike."""
    if isinstance(value, dict):
        if value.get("t") == "span" and value.get("kind") == "established" and value["c"]:
            value["c"].insert(0, {"t": "text", "s": ESTABLISHED})
        for child in value.values():
            _mark_established(child)
    elif isinstance(value, list):
        for child in value:
            _mark_established(child)


def _write_days(value: Any, language: str) -> None:
    """Days of tables and key figures, as the house's language writes them."""
    if isinstance(value, dict):
        if value.get("t") == "day":
            value.update(t="text", s=format_day(value["s"], language, short=True))
        for child in value.values():
            _write_days(child, language)
    elif isinstance(value, list):
        for child in value:
            _write_days(child, language)


def _number(document: Document) -> None:
    """Number passages and analysts' notes in reading order; a passage keeps its number wherever it is cited again."""
    numbering = _Numbering(document)
    drawings = tables = 0
    for block in document.blocks:
        if block["kind"] == "chart":
            drawings += 1
            block["number"] = drawings
        elif block["kind"] == "table" and block["label"]:
            tables += 1
            block["number"] = tables
        numbering.number(block, is_listed(block))
        if block["kind"] in JUDGED_KINDS:
            document.judged |= {document.numbers[fact] for fact in cited_in(block)}
    document.counted = set(document.numbers.values()) - numbering.named


def is_listed(block: Block) -> bool:
    """Whether the numbers of a block lead to notes elsewhere, so that no footnote stands under it."""
    return block["kind"] in LISTED_KINDS or bool(block.get("compact"))


class _Numbering:
    """The numbers given so far."""

    def __init__(self, document: Document) -> None:
        self.document = document
        self.counter = count(1)
        self.passages: dict[Any, int] = {}
        self.named: set[int] = set()  # cited by words that rest on few facts, so that a reader will look them up

    def number(self, value: Any, listed: bool) -> None:
        """Number what a block or a part of one cites; `listed` citations lead to the list at the end."""
        if isinstance(value, dict):
            if value.get("t") == "note":
                value["n"] = next(self.counter)
            if "facts" in value:
                facts = [str(fact) for fact in value["facts"] or ()]
                value["marks"] = self._marks(facts, listed)
                if value.get("kind") != "chart" and len({mark["n"] for mark in value["marks"]}) <= MOST_NAMED:
                    self.named |= {mark["n"] for mark in value["marks"]}
            for key, child in value.items():
                if key not in ("facts", "svg", "marks"):
                    self.number(child, listed)
        elif isinstance(value, list):
            for child in value:
                self.number(child, listed)

    def _marks(self, facts: list[str], listed: bool) -> list[Block]:
        numbers = {fact: self._number_of(fact) for fact in facts}
        if not listed and len(set(numbers.values())) <= MOST_FOOTNOTES:
            self.document.footnoted |= set(numbers.values())
        return [{"fact": fact, "n": number} for fact, number in numbers.items()]

    def _number_of(self, fact: str) -> int:
        record = self.document.evidence.get(fact)
        if record is None:
            raise NotebookError(
                f"{fact} is cited, but the notebook holds no evidence for it; end the notebook with show.end()"
            )
        passage = passage_of(record)
        if passage not in self.passages:
            self.passages[passage] = next(self.counter)
        self.document.numbers[fact] = self.passages[passage]
        return self.passages[passage]


def left_out(notebook: Mapping[str, Any]) -> list[str]:
    """What a notebook shows that is not printed: outputs that `analysis.show` did not make, one line each."""
    found = []
    for number, cell in enumerate(notebook["cells"], 1):
        kinds = [
            output["output_type"]
            for output in cell.get("outputs") or ()
            if METADATA not in (output.get("metadata") or {})
        ]
        found += [f"cell {number}: {kind} is not printed; use show.table, show.chart or show.prose" for kind in kinds]
    return found


def footnotes(document: Document) -> Iterator[tuple[int, list[Any]]]:
    """Analysts' own notes: (number, runs), in order."""
    for block in document.blocks:
        for run in walk_runs(block.get("c", [])):
            if run["t"] == "note":
                yield run["n"], run["c"]
