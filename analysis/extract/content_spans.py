"""The span of a content: tokens to offsets, punctuation off, quotations whole."""

from dataclasses import dataclass

from spacy.tokens import Token

from analysis.extract.quotes import quotes_of
from analysis.extract.reading import Reading

_TRAILING = " \n\t,;:.–—-"
_LEADING = " \n\t,;:–—"


@dataclass(frozen=True)
class Content:
    """`[start, end)` in the text, the frame that found it, the last token of the cue, and whom it is addressed to."""

    start: int
    end: int
    frame: str
    cue_last: int
    addressee: Token | None = None


def make_content(
    reading: Reading,
    first: int,
    last: int,
    frame: str,
    cue: Token,
    addressee: Token | None = None,
    cue_last: int | None = None,
) -> Content | None:
    """Tokens to offsets, with marks of quotations made whole and punctuation at the edges off."""
    if first > last:
        return None
    tokens = reading.parsed[first : last + 1]
    start, end = trim(reading, tokens.start_char, tokens.end_char)
    return Content(start, end, frame, cue.i if cue_last is None else cue_last, addressee) if start < end else None


def trim(reading: Reading, start: int, end: int) -> tuple[int, int]:
    """Punctuation off the edges; a quotation that begins or ends there whole."""
    text, quotes = reading.text, quotes_of(reading)
    while start < end and text[start] in _LEADING:
        start += 1
    closing = quotes.covering(end - 1) or (quotes.covering(end) if end < len(text) else None)
    if closing is not None and start <= closing.start < end and closing.end - end <= 2:
        end = closing.end
    while end > start and text[end - 1] in _TRAILING:
        end -= 1
    opening = quotes.covering(start - 1) if start else None
    if opening is not None and opening.start >= start - 2 and opening.end <= end + 2:
        start, end = opening.start, max(end, opening.end)
    return start, end
