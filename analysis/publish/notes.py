"""Notes: one for each passage of a document, however many of its facts a page cites.

A passage is the sentence in which facts stand. Its note quotes the cited words of the sentence, says who printed it and when,
who says so, and names the facts; so page 1 can rest on many facts and still have few notes.
"""

from collections.abc import Iterable, Sequence
from typing import Any

from analysis.publish.blocks import Block
from analysis.publish.house import format_day

QUOTES = '"“”„‟«»'  # the words quoted get quotation marks of their own
LONGEST_QUOTE = 110  # characters of one run of words quoted in a note; the whole sentence stands in the HTML
LONGEST_NOTE = 260  # characters quoted in a note with several runs of words
SHORT = 24  # characters: shorter words ("killed") say nothing by themselves and are quoted with what stands around them
AROUND = 48  # characters of the sentence quoted on each side of short words
MOST_IDENTIFIERS = 12  # facts named in a note; every fact stands in facts.csv with its place
ELLIPSIS = " … "


def passage_of(record: Block) -> tuple[Any, int]:
    """What facts of one sentence share: the document and where the sentence (or what is kept of it) begins."""
    before = str(record.get("before") or "")
    return record.get("doc_id"), int(record.get("start") or 0) - len(before.removeprefix("…"))


def note_words(records: Sequence[Block], language: str) -> tuple[str, str, str, list[str]]:
    """A note in parts: who printed it and when; the words; who says so; the ids of its facts."""
    first = records[0]
    day = format_day(first.get("published"), language, short=True)
    if day and first.get("published_basis") == "inferred":
        day += " (inferred)"
    printed = f"{first.get('publisher') or 'unknown publisher'}, {day or 'undated'}"
    said = dict.fromkeys(str(record["asserted_by"]) for record in records if record.get("asserted_by"))
    return printed, quote_words(records), ", ".join(said), _identifiers(records)


def _identifiers(records: Sequence[Block]) -> list[str]:
    names = [str(record["fact_id"]) for record in records]
    more = len(names) - MOST_IDENTIFIERS
    return names if more <= 0 else [*names[:MOST_IDENTIFIERS], f"{more} more"]


def quote_words(records: Sequence[Block]) -> str:
    """The cited words of one passage in their order, "…" for what is left out between them."""
    text, offset = passage_text(records)
    pieces: list[str] = []
    reach = -1
    for start, end in cited_spans(records, offset):
        if pieces and start - reach <= 1:
            pieces[-1] += text[reach:end] if end > reach else ""
        else:
            pieces.append(text[start:end])
        reach = max(reach, end)
    if len(pieces) == 1:
        return _shorten(_alone(text, *_extent(records, offset)), LONGEST_QUOTE)
    return _shorten(ELLIPSIS.join(_shorten(piece, LONGEST_QUOTE) for piece in pieces), LONGEST_NOTE)


def passage_text(records: Sequence[Block]) -> tuple[str, int]:
    """The longest text kept of a passage, and the offset in its document at which it begins."""
    texts = [
        str(r.get("before") or "").removeprefix("…") + str(r["words"]) + str(r.get("after") or "") for r in records
    ]
    return max(texts, key=len), passage_of(records[0])[1]


def cited_spans(records: Iterable[Block], offset: int) -> list[tuple[int, int]]:
    """Where a passage's cited words stand in it, in order; words within longer cited words are part of those."""
    spans = sorted({(int(r.get("start") or 0) - offset, int(r.get("start") or 0) - offset + len(str(r["words"]))) for r in records},
                   key=lambda span: (span[0], -span[1]))  # fmt: skip
    kept: list[tuple[int, int]] = []
    for start, end in spans:
        if not kept or end > kept[-1][1]:
            kept.append((start, end))
    return kept


def _extent(records: Iterable[Block], offset: int) -> tuple[int, int]:
    spans = cited_spans(records, offset)
    return spans[0][0], max(end for _, end in spans)


def _alone(text: str, start: int, end: int) -> str:
    """The only words of a note; short ones with what stands around them in their sentence."""
    if end - start >= SHORT:
        return text[start:end]
    before, after = text[:start], text[end:]
    if len(before) > AROUND:
        before = "… " + before[-AROUND:].partition(" ")[2]
    if len(after) > AROUND:
        after = after[:AROUND].rpartition(" ")[0] + " …"
    return before + text[start:end] + after


def _shorten(words: str, most: int) -> str:
    """Words on one line without quotation marks at their ends, cut at a word where they are too long."""
    plain = " ".join(words.split())
    plain = plain.strip(QUOTES) or plain
    return plain if len(plain) <= most else plain[:most].rsplit(" ", 1)[0] + " …"


def mark_ranges(marks: list[Block]) -> list[tuple[Block, Block]]:
    """Marks with runs of following numbers joined: (first, last), the same one twice where it stands alone.

    >>> [(a["n"], b["n"]) for a, b in mark_ranges([{"n": 3}, {"n": 7}, {"n": 8}, {"n": 9}])]
    [(3, 3), (7, 9)]
    """
    ranges: list[tuple[Block, Block]] = []
    for mark in sorted({mark["n"]: mark for mark in marks}.values(), key=lambda mark: mark["n"]):
        if ranges and mark["n"] == ranges[-1][1]["n"] + 1:
            ranges[-1] = (ranges[-1][0], mark)
        else:
            ranges.append((mark, mark))
    return ranges
