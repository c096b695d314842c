"""A saying: a cue, its speaker's phrase and its content, before it becomes a statement."""

from dataclasses import dataclass

from spacy.tokens import Token

from analysis.extract.content_spans import Content


@dataclass(frozen=True)
class Saying:
    """A cue `[cue_start, cue_end)`, its content, and the tokens of its speaker's phrase (None where nobody is named)."""

    cue: Token
    cue_start: int
    cue_end: int
    content: Content
    speaker: Token | None
    speaker_edges: tuple[int, int] | None
    passive: bool = False
    addressee: Token | None = None
