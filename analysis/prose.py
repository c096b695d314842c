"""Sentences whose every number knows the facts that it was printed from.

`wording` composes them, `show.prose` displays them in a notebook, and the exporters turn each phrase with facts into a
footnote (PDF) or a link to the marked passage (HTML).
"""

from dataclasses import dataclass
from typing import Literal

SentenceKind = Literal["reported", "established", "assessed", "plain"]


@dataclass(frozen=True)
class Phrase:
    """A run of words and the ids of the facts that it states (none for words that only join)."""

    text: str
    facts: tuple[str, ...] = ()


@dataclass(frozen=True)
class Sentence:
    """One sentence: reported ("X said"), established (two independent originators), assessed ("We assess"), or plain."""

    phrases: tuple[Phrase, ...]
    kind: SentenceKind = "plain"

    @property
    def text(self) -> str:
        """The sentence as printed, without its notes."""
        return "".join(phrase.text for phrase in self.phrases)

    @property
    def facts(self) -> tuple[str, ...]:
        """Ids of all facts in it, in order, each once."""
        return tuple(dict.fromkeys(fact for phrase in self.phrases for fact in phrase.facts))
