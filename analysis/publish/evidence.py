"""Evidence: for every fact cited on a page, the words that claim it, who printed them, and where in the document.

The records travel inside the executed notebook (`show.end`), so that a notebook alone is enough to publish it.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

import pandas as pd

from analysis.errors import UsageError
from analysis.publish.blocks import Block

CONTEXT = 320  # characters of the sentence kept on each side of the words
WHOLE_DOCUMENT = 60_000  # characters; of a longer document only the passages are printed
SENTENCE_END = re.compile(r"[.!?][\"”’»)\]]{0,2}\s+|\n+")
RECORD_FIELDS = (
    "fact_id", "kind", "start", "end", "asserted_by", "relayed_by", "corroborated_by", "as_of", "caveat", "modality", "published",
    "published_basis", "publisher", "title", "url", "reliability", "doc_id", "status",
)  # fmt: skip


class Rows(Mapping[str, Mapping[str, Any]]):
    """The rows of a frame by id, the last one of each; a row becomes a dict when it is asked for: few of many are."""

    def __init__(self, frame: pd.DataFrame, key: str) -> None:
        self._columns = {str(name): frame[name].to_numpy() for name in frame.columns}
        self._places = {str(name): place for place, name in enumerate(frame[key])}

    def __getitem__(self, name: str) -> Mapping[str, Any]:
        place = self._places[name]
        return {column: values[place] for column, values in self._columns.items()}

    def __iter__(self) -> Iterator[str]:
        return iter(self._places)

    def __len__(self) -> int:
        return len(self._places)


@dataclass
class Citations:
    """What one notebook may cite, and what it has cited so far."""

    facts: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)
    documents: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)
    cited: dict[str, None] = field(default_factory=dict)

    def cite(self, identifiers: Iterable[str], caller: str) -> dict[str, str]:
        """Remember facts as cited; gives a tooltip for each. Raises UsageError for one that is not among the facts."""
        tooltips = {}
        for identifier in identifiers:
            if identifier not in self.facts:
                raise UsageError(
                    f"{caller} cites {identifier}, which is not among the facts given to show.open_briefing"
                )
            self.cited[identifier] = None
            fact = self.facts[identifier]
            tooltips[identifier] = (
                f"{plain(fact.get('publisher')) or 'unknown publisher'}: {fact.get('text')} [{identifier}]"
            )
        return tooltips

    def block(self) -> Block:
        """The evidence block: records of the cited facts, and the documents that they come from."""
        records = [evidence_record(self.facts[name], self.documents) for name in self.cited]
        wanted: dict[str, list[Block]] = {}
        for record in records:
            if record["doc_id"] in self.documents:
                wanted.setdefault(record["doc_id"], []).append(record)
        return {"kind": "evidence", "facts_cited": records,
                "documents": [document_record(self.documents[name], cited) for name, cited in wanted.items()]}  # fmt: skip


def open_citations(facts: pd.DataFrame, documents: pd.DataFrame | Mapping[str, str] | None) -> Citations:
    """Citations over a frame of facts (contract columns) and their documents (a frame with `doc_id` and `text`, or id -> text)."""
    if "fact_id" not in facts.columns:
        raise UsageError(
            "show.open_briefing: the facts have no column fact_id; give the frame that load_facts returned"
        )
    return Citations(Rows(facts, "fact_id"), _document_rows(documents))


def _document_rows(documents: pd.DataFrame | Mapping[str, str] | None) -> Mapping[str, Mapping[str, Any]]:
    if documents is None:
        return {}
    if isinstance(documents, pd.DataFrame):
        return Rows(documents, "doc_id")
    return {str(name): {"doc_id": str(name), "text": text} for name, text in documents.items()}


def evidence_record(fact: Mapping[Any, Any], documents: Mapping[str, Mapping[str, Any]]) -> Block:
    """One fact's evidence: RECORD_FIELDS, and the sentence as `before`, `words`, `after`."""
    record = {name: plain(fact.get(name)) for name in RECORD_FIELDS}
    text = (documents.get(str(fact.get("doc_id"))) or {}).get("text")
    start, end = int(fact.get("start") or 0), int(fact.get("end") or 0)
    before, after = sentence_around(text, start, end) if isinstance(text, str) else ("", "")
    return {**record, "words": str(fact.get("text") or ""), "before": before, "after": after}


def sentence_around(text: str, start: int, end: int) -> tuple[str, str]:
    """The rest of the sentence before and after `text[start:end]`, at most CONTEXT characters each.

    >>> sentence_around("Rain fell. At least 12 people died on Monday. It went on.", 11, 29)
    ('', ' died on Monday.')
    """
    head = text[max(0, start - CONTEXT) : start]
    ends = list(SENTENCE_END.finditer(head))
    before = head[ends[-1].end() :] if ends else head
    tail = text[end : end + CONTEXT]
    stop = SENTENCE_END.search(tail)
    after = tail[: stop.end()].rstrip() if stop else tail
    cut_before = not ends and start > CONTEXT
    cut_after = stop is None and end + CONTEXT < len(text)
    return ("…" if cut_before else "") + before, after + ("…" if cut_after else "")


def document_record(document: Mapping[Any, Any], records: list[Block]) -> Block:
    """A document for printing whole: its record, and `parts`, each (offset, text); of a long one only the cited passages."""
    text = str(document.get("text") or "")
    names = ("doc_id", "publisher", "title", "author", "url", "published", "published_basis", "language")
    spans = [(int(r["start"]), int(r["end"])) for r in records if r["doc_id"] == document.get("doc_id")]
    parts = [(0, len(text))] if len(text) <= WHOLE_DOCUMENT else join_passages(spans, len(text))
    return {**{name: plain(document.get(name)) for name in names}, "length": len(text),
            "parts": [{"offset": first, "text": text[first:last]} for first, last in parts]}  # fmt: skip


def join_passages(spans: list[tuple[int, int]], length: int) -> list[tuple[int, int]]:
    """Stretches around the spans, overlapping ones joined."""
    joined: list[tuple[int, int]] = []
    for start, end in sorted(spans):
        first, last = max(0, start - CONTEXT), min(length, end + CONTEXT)
        if joined and first <= joined[-1][1]:
            joined[-1] = (joined[-1][0], max(last, joined[-1][1]))
        else:
            joined.append((first, last))
    return joined


def plain(value: Any) -> Any:
    """A value as JSON knows it: missing is None, numbers of numpy become Python's."""
    if isinstance(value, (list, tuple)):
        return [plain(item) for item in value]
    if value is None or value is pd.NaT or value is pd.NA or (isinstance(value, float) and value != value):
        return None
    if isinstance(value, float) and value.is_integer():
        return int(value)
    return plain(value.tolist()) if hasattr(value, "tolist") else value  # numbers and arrays of numpy
