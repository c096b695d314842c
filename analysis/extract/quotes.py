"""Quotations: where they begin and end, with straight, curly, doubled or single marks, over several paragraphs, or unclosed."""

import re
from bisect import bisect_right
from dataclasses import dataclass

from analysis.extract.reading import Reading

NOTE = "quotes"
_DOUBLE = re.compile(r"[“”„«»\"]|''|``|‘‘|’’")
_SINGLE = re.compile(r"[‘’']")
_OPENING = {"“", "„", "«", "``", "‘‘"}
_CLOSING = {"”", "»", "’’"}
# A quotation of fewer words is a fragment inside somebody else's sentence.
FRAGMENT_WORDS = 4
# A cue inside somebody's quotation of this many words is part of what is quoted.
QUOTE_OF_ITS_OWN = 5
_FEW_DOUBLE_MARKS = 2
_LONGEST_UNCLOSED = 1500
_LONGEST_NICKNAME = 2
_LONGEST_NEIGHBOUR = 30


@dataclass(frozen=True)
class Quote:
    """A quotation with its marks, `[start, end)`; `words` counts what stands between them."""

    start: int
    end: int
    words: int

    @property
    def long(self) -> bool:
        """Whether it is a sentence of its own rather than a fragment."""
        return self.words >= FRAGMENT_WORDS


@dataclass(frozen=True)
class Quotes:
    """The quotations of a document, in order."""

    items: list[Quote]
    starts: list[int]

    def covering(self, offset: int) -> Quote | None:
        """The quotation that holds an offset."""
        index = bisect_right(self.starts, offset) - 1
        found = self.items[index] if index >= 0 else None
        return found if found and offset < found.end else None

    def after(self, offset: int) -> Quote | None:
        """The first quotation that begins at or after an offset."""
        index = bisect_right(self.starts, offset - 1)
        return self.items[index] if index < len(self.items) else None

    def before(self, offset: int) -> Quote | None:
        """The last quotation that ends at or before an offset."""
        index = bisect_right(self.starts, offset) - 1
        while index >= 0 and self.items[index].end > offset:
            index -= 1
        return self.items[index] if index >= 0 else None


def quotes_of(reading: Reading) -> Quotes:
    """The quotations of a document, found once."""
    if NOTE not in reading.notes:
        items = find_quotes(reading.text, reading.paragraphs)
        reading.notes[NOTE] = Quotes(items, [quote.start for quote in items])
    return reading.notes[NOTE]


def find_quotes(text: str, paragraphs: list[int]) -> list[Quote]:
    """All quotations of a text whose paragraphs begin at the offsets given.

    >>> [q.words for q in find_quotes('"We accept," he said. "But not yet."', [0])]
    [2, 3]
    """
    double = [(m.start(), m.group()) for m in _DOUBLE.finditer(text)]
    marks = double
    if len(double) < _FEW_DOUBLE_MARKS:
        marks = [(m.start(), m.group()) for m in _SINGLE.finditer(text) if _is_mark(text, m.start(), m.group())]
    spans = _join_paragraphs(text, _pair(text, marks, [*paragraphs[1:], len(text)]))
    return [
        Quote(start, end, len(text[start:end].split())) for start, end in spans if not _is_nickname(text, start, end)
    ]


def _is_nickname(text: str, start: int, end: int) -> bool:
    """A word or two within a name: Mohamed "Hemedti" Dagalo."""
    inside = text[start + 1 : end - 1]
    if not inside[:1].isupper() or len(inside.split()) > _LONGEST_NICKNAME or not inside[-1:].isalpha():
        return False
    before, after = text[max(0, start - _LONGEST_NEIGHBOUR) : start].split(), text[end : end + 2]
    neighbour = before[-1] if before else ""
    return neighbour[:1].isupper() and neighbour[-1:].isalpha() and after[:1] == " " and after[1:].isupper()


def _is_mark(text: str, offset: int, mark: str) -> bool:
    """Whether a single mark is no apostrophe."""
    before, after = text[offset - 1 : offset], text[offset + 1 : offset + 2]
    if not before or before.isspace() or before in "([—-":
        return bool(after) and not after.isspace() and mark != "’"
    return mark != "‘" and before in ",.?!…" and (not after or not after.isalnum())


def _pair(text: str, marks: list[tuple[int, str]], ends: list[int]) -> list[tuple[int, int, bool]]:
    """Spans `(start, end, closed)`; a quotation that a paragraph leaves open ends with the paragraph."""
    spans: list[tuple[int, int, bool]] = []
    open_at, limits = None, iter(ends)
    limit = next(limits)
    for offset, mark in [*marks, (len(text), "")]:
        while offset >= limit:
            if open_at is not None:
                spans.append((open_at, _trimmed(text, open_at, limit), False))
                open_at = None
            following = next(limits, None)
            if following is None:
                break
            limit = following
        if not mark:
            break
        if open_at is None:
            open_at = offset if _opens(text, offset, mark) else None
        elif _closes(text, offset, mark):
            spans.append((open_at, offset + len(mark), True))
            open_at = None
    return spans


def _trimmed(text: str, start: int, end: int) -> int:
    return min(start + len(text[start:end].rstrip()), start + _LONGEST_UNCLOSED)


def _opens(text: str, offset: int, mark: str) -> bool:
    if mark in _CLOSING:
        return False
    following = text[offset + len(mark) : offset + len(mark) + 1]
    return mark in _OPENING or (bool(following) and not following.isspace())


def _closes(text: str, offset: int, mark: str) -> bool:
    if mark in _OPENING:
        return False
    after = text[offset + len(mark) : offset + len(mark) + 1]
    return mark in _CLOSING or (offset > 0 and not text[offset - 1].isspace()) or not after or after.isspace()


def _join_paragraphs(text: str, spans: list[tuple[int, int, bool]]) -> list[tuple[int, int]]:
    """A quotation that is left open and reopened in the next paragraph is one."""
    joined: list[tuple[int, int]] = []
    continues = False
    for start, end, closed in spans:
        alike = joined and (text[joined[-1][0]] in _OPENING) == (text[start] in _OPENING)
        if continues and alike and not text[joined[-1][1] : start].strip():
            joined[-1] = (joined[-1][0], end)
        else:
            joined.append((start, end))
        continues = not closed
    return joined
