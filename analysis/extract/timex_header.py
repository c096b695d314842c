"""Where a document dates itself: dateline, headline date, number of a release. These date the report, not what it tells."""

import re

from analysis.extract.dateline import HEAD, find_release, find_stated
from analysis.extract.reading import Reading

Spans = list[tuple[int, int]]
# What may stand between a dateline and the first words of the report.
_BETWEEN = re.compile(r"[\s\d,()/:;|–—-]*$")
# A day that a preposition ties to a sentence is told, not put above it: "since 8 October 2023".
_TIED = re.compile(
    r"(?<!published)(?<!posted)(?<!updated)(?<!released) (?:since|from|until|till|by|after|before|of|in|on|and|to) $",
    re.I,
)
# A longer document tells more than one day's events, whatever days it names.
RELEASE_LENGTH = 4000


def header_spans(reading: Reading) -> Spans:
    """The words by which a document dates itself, in order; read once."""
    found: Spans | None = reading.notes.get("header_spans")
    if found is None:
        release = find_release(reading.text)
        dates = [(date.start, date.end) for date in find_stated(reading.text)]
        stated = [(start, end) for start, end in dates if not _TIED.search(reading.text, max(0, start - 20), start)]
        found = reading.notes["header_spans"] = sorted({*stated, *([(release.start, release.end)] if release else [])})
    return found


def is_header(reading: Reading, start: int, end: int) -> bool:
    """Whether [start, end) lies in the words by which the document dates itself."""
    return start < HEAD and any(low < end and start < high for low, high in header_spans(reading))


def dateline_before(reading: Reading, start: int) -> tuple[int, int] | None:
    """The dateline that a sentence beginning at `start` follows at once, if it does."""
    if start > HEAD:
        return None
    before = [span for span in header_spans(reading) if span[1] <= start]
    return before[-1] if before and _BETWEEN.match(reading.text[before[-1][1] : start]) else None


def is_release(reading: Reading) -> bool:
    """A short document that dates itself: a press release, an agency's item."""
    return len(reading.text) <= RELEASE_LENGTH and bool(header_spans(reading))
