"""The tokens of a reading, made once: iterating over the parse makes new objects each time."""

from spacy.tokens import Token

from analysis.extract.reading import Reading


def tokens_of(reading: Reading) -> list[Token]:
    """All tokens, in order."""
    return reading.tokens
