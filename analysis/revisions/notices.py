"""Corrections and retractions that publishers print, found among the documents.

A notice is a paragraph in which a publisher speaks of its own earlier text (patterns in `notices.yml`). It matters only for
what the same publisher, or a copy of its text, printed before.
"""

import re
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc
import yaml

_LISTS = yaml.safe_load((Path(__file__).parent / "notices.yml").read_text(encoding="utf-8"))
_KINDS: dict[str, list[re.Pattern[str]]] = {
    kind: [re.compile(pattern, re.IGNORECASE) for pattern in _LISTS[kind]] for kind in ("retraction", "correction")
}
_HINTS = "|".join(map(re.escape, _LISTS["hints"]))
_WRONG = re.compile("|".join(re.escape(words) for words in _LISTS["wrong"]), re.IGNORECASE)
_RIGHT = re.compile("|".join(re.escape(words) for words in _LISTS["right"]), re.IGNORECASE)
_NUMBER = re.compile(r"(?<![\d,.])\d{1,3}(?:,\d{3}){1,4}|(?<![\d,.])\d{1,9}(?:\.\d{1,3})?")
_MONTHS = (
    "january",
    "february",
    "march",
    "april",
    "may",
    "june",
    "july",
    "august",
    "september",
    "october",
    "november",
    "december",
)
_NAME = "|".join(_MONTHS)
_DAY = re.compile(
    rf"\b(?:(?P<day>\d{{1,2}}) (?P<month>{_NAME})|(?P<first>{_NAME}) (?P<second>\d{{1,2}}))\b(?:,? (?P<year>\d{{4}}))?",
    re.IGNORECASE,
)
_CLAUSE_END = re.compile(r"[.;:!?]\s")
# A cue further away than this from a number says nothing about it.
CUE_REACH = 120


@dataclass(frozen=True)
class Notice:
    """A notice: its document and paragraph, the numbers called wrong and right, the days that it names."""

    kind: Literal["correction", "retraction"]
    doc: str
    doc_id: str
    publisher: str
    published: str | None
    start: int
    end: int
    text: str
    wrong: tuple[float, ...]
    right: tuple[float, ...]
    days: tuple[str, ...]


def find_notices(documents: pd.DataFrame) -> list[Notice]:
    """The notices in documents (`doc`, `doc_id`, `publisher`, `published`, `text`), in the frame's order."""
    texts = pa.array(documents["text"], type=pa.large_string(), from_pandas=True)
    hinted = pc.match_substring_regex(texts, _HINTS, ignore_case=True).fill_null(False).to_numpy(zero_copy_only=False)
    return [notice for row in documents[hinted].to_dict("records") for notice in _document_notices(row)]


def _document_notices(row: dict) -> list[Notice]:
    """The notice of a document, all its paragraphs of that kind taken together; a retraction weighs more than a correction."""
    text = row.get("text") or ""
    marked = [(start, end, kind) for start, end in _paragraphs(text) if (kind := _kind_of(text[start:end]))]
    if not marked:
        return []
    kind = "retraction" if any(kind == "retraction" for _, _, kind in marked) else "correction"
    return [_notice(row, marked[0][0], marked[-1][1], kind)]


def _paragraphs(text: str) -> list[tuple[int, int]]:
    return [match.span() for match in re.finditer(r"[^\n]+", text)]


def _kind_of(text: str) -> Literal["correction", "retraction"] | None:
    if any(pattern.search(text) for pattern in _KINDS["retraction"]):
        return "retraction"
    return "correction" if any(pattern.search(text) for pattern in _KINDS["correction"]) else None


def _notice(row: dict, start: int, end: int, kind: Literal["correction", "retraction"]) -> Notice:
    text, published = row["text"][start:end], row.get("published")
    day = str(published)[:10] if isinstance(published, str) else None
    wrong, right = judge_numbers(text)
    return Notice(
        kind=kind, doc=row["doc"], doc_id=row["doc_id"], publisher=str(row.get("publisher")), published=day,
        start=start, end=end, text=text, wrong=wrong, right=right, days=days_named(text, day),
    )  # fmt: skip


def judge_numbers(text: str) -> tuple[tuple[float, ...], tuple[float, ...]]:
    """The numbers that a text calls wrong, and those that it calls right: by the nearest cue before each; dates are left out.

    >>> judge_numbers("An earlier version said 40 people died. The correct figure is 14.")
    ((40.0,), (14.0,))
    >>> judge_numbers("An earlier version said 40 people died; 14 did.")
    ((40.0,), (14.0,))
    >>> judge_numbers("The toll is 14, not 40.")
    ((40.0,), (14.0,))
    """
    dates = [match.span() for match in _DAY.finditer(text)]
    wrong: list[float] = []
    right: list[float] = []
    for match in _NUMBER.finditer(text):
        if any(start <= match.start() < end for start, end in dates):
            continue
        side = wrong if is_called_wrong(text, match.start()) else right
        side.append(float(match.group().replace(",", "")))
    return tuple(wrong), tuple(right)


def is_called_wrong(text: str, offset: int) -> bool:
    """Whether the nearest cue before an offset, in the same clause, says that what stands there was wrong."""
    before = _CLAUSE_END.split(text[max(0, offset - CUE_REACH) : offset])[-1]
    return _last(_WRONG, before) > _last(_RIGHT, before)


def _last(pattern: re.Pattern[str], text: str) -> int:
    return max((match.start() for match in pattern.finditer(text)), default=-1)


def days_named(text: str, published: str | None) -> tuple[str, ...]:
    """The days that a notice names (ISO), the year that of its publication unless stated; none where neither is known.

    >>> days_named("our report of 30 October", "2024-11-02")
    ('2024-10-30',)
    """
    found = []
    for match in _DAY.finditer(text):
        year = match["year"] or (published or "")[:4]
        month = _MONTHS.index((match["month"] or match["first"]).lower()) + 1
        if year:
            found.append(f"{year}-{month:02d}-{int(match['day'] or match['second']):02d}")
    return tuple(dict.fromkeys(found))
