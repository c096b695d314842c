"""Where sentences must begin, told to the parser before it reads: at paragraphs, and in lists that never stop."""

from spacy.tokens import Doc

from analysis.extract.reading import paragraph_starts

# Tokens in a row without a full stop. The longest sentence of news is half as long; what is longer is a list or hostile, and
# every question asked of a whole sentence would cost the square of its length.
LONGEST_STRETCH = 400
_STOPS = frozenset(".?!")


def mark_boundaries(doc: Doc, text: str) -> None:
    """Mark the first token of each paragraph of the text that a document was made from, and one in each endless stretch."""
    starts = iter([*paragraph_starts(text), len(text) + 1])
    upcoming, stretch = next(starts), 0
    for token in doc:
        stretch = 0 if token.text in _STOPS else stretch + 1
        if token.idx >= upcoming and not token.is_space:
            while upcoming <= token.idx:
                upcoming = next(starts)
            stretch = LONGEST_STRETCH
        if stretch >= LONGEST_STRETCH and not token.is_space:
            token.is_sent_start, stretch = True, 0
