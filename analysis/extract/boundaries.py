"""Where sentences must begin, told to the parser before it reads: at paragraphs, after datelines, and in lists that never stop."""

from __future__ import annotations

import re
from heapq import merge
from typing import TYPE_CHECKING

from analysis.extract.reading import paragraph_starts

if TYPE_CHECKING:
    from spacy.tokens import Doc

# Tokens in a row without a full stop. The longest sentence of news is half as long; what is longer is a list or hostile, and
# every question asked of a whole sentence would cost the square of its length.
LONGEST_STRETCH = 400
_STOPS = frozenset(".?!")
# "GENEVA -", "ADEN, Yemen, May 3 (Agency) -", "Goma (Agency) --", "Cali (Agency).-": a place in capitals, or an agency in
# brackets, before a dash.
# Read as part of the sentence, the agency becomes its subject and the place where everything happened.
_DATELINE = re.compile(
    r"[ \t]*(?:[^\W\d_][^\n().:;\"“]{1,80}\([^\n()]{2,40}\)|[A-Z][A-Z'’/-]{2,30}[^\n():;\"“]{0,50}"
    r"|[^\W\d_][^\n().:;\"“\d]{1,60},[ \t]\d{1,2}[ \t][A-Z][a-z]{2,8}\.?(?:[ \t]\d{4})?)"
    r"\.?[ \t]{0,2}(?:--?|–|—)[ \t]{1,2}(?=\S)"
)
DATELINE_HEAD = 400  # characters: below a headline, but not in the body


def mark_boundaries(doc: Doc, text: str) -> None:
    """Mark the first token of each paragraph of the text that a document was made from, that after a dateline, and one in each
    endless stretch.
    """
    starts = merge(paragraph_starts(text), dateline_ends(text), [len(text) + 1])
    upcoming, stretch = next(starts), 0
    for token in doc:
        stretch = 0 if token.text in _STOPS else stretch + 1
        if token.idx >= upcoming and not token.is_space:
            while upcoming <= token.idx:
                upcoming = next(starts)
            stretch = LONGEST_STRETCH
        if stretch >= LONGEST_STRETCH and not token.is_space:
            token.is_sent_start, stretch = True, 0


def dateline_ends(text: str) -> list[int]:
    """Where the report begins behind a dateline; at most one.

    >>> dateline_ends("ADEN, Yemen (Agency) - Both sides met."), dateline_ends("Cease-fire talks - and more")
    ([23], [])
    """
    for start in paragraph_starts(text[:DATELINE_HEAD]):
        found = _DATELINE.match(text, start)
        if found and not any(word[0].islower() for word in found.group().split() if word not in ("and", "of", "al")):
            return [found.end()]
    return []
