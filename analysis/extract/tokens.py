"""The tokens of a reading, made once: iterating over the parse makes new objects each time."""

from spacy.tokens import Token

from analysis.extract.reading import Reading

_NOTE = "tokens"


def tokens_of(reading: Reading) -> list[Token]:
    """All tokens, in order."""
    if _NOTE not in reading.notes:
        reading.notes[_NOTE] = list(reading.parsed)
    return reading.notes[_NOTE]
