"""Cues: the words that attribute, by the frame in which they hold what is said. The lists are in lexicons/cues.yml."""

from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

from spacy.symbols import AUX, VERB
from spacy.tokens import Token

from analysis.extract.word_index import load_yaml

_LEXICON = Path(__file__).parent / "lexicons" / "cues.yml"
# Past forms that the small model leaves as they are when it takes them for nouns or adjectives.
_VERBAL = {VERB, AUX}


@dataclass(frozen=True)
class Cues:
    """The lists of cues.yml."""

    clause: frozenset[str]
    clause_of_findings: frozenset[str]
    quotation: frozenset[str]
    object: frozenset[str]
    object_needs_speaker: frozenset[str]
    object_needs_deal: frozenset[str]
    object_no_person: frozenset[str]
    comment_nouns: frozenset[str]
    infinitive: frozenset[str]
    object_infinitive: frozenset[str]
    silent: dict[str, frozenset[str]]
    replying: frozenset[str]
    addressing: frozenset[str]
    preposition: dict[str, frozenset[str]]
    object_and_preposition: dict[str, frozenset[str]]
    object_complement: frozenset[str]
    addressed_by_preposition: dict[str, frozenset[str]]
    belief_clause: frozenset[str]
    belief_infinitive: frozenset[str]
    belief_object: frozenset[str]
    raised: frozenset[str]
    objects_no_statement: frozenset[str]
    noun_that: frozenset[str]
    according: tuple[tuple[str, ...], ...]
    by_account: frozenset[str]
    papers: frozenset[str]
    gerund: frozenset[str]
    counting: frozenset[str]
    tallies: frozenset[str]
    amounts: frozenset[str]
    number_words: frozenset[str]
    venues: frozenset[str]
    instruments: frozenset[str]
    lemmas: dict[str, str]
    particles: dict[str, frozenset[str]]

    @property
    def speech(self) -> frozenset[str]:
        """Every verb that is no mere belief."""
        return self._speech

    def __post_init__(self) -> None:
        frames = (
            self.clause,
            self.quotation,
            self.object,
            self.infinitive,
            self.object_infinitive,
            self.object_complement,
            self.raised,
        )
        keyed = (self.preposition, self.object_and_preposition, self.addressed_by_preposition)
        object.__setattr__(self, "_speech", frozenset().union(*frames, *keyed))
        minds = frozenset().union(self.belief_clause, self.belief_infinitive, self.belief_object)
        object.__setattr__(self, "_verbs", self._speech | minds)

    _speech: frozenset[str] = frozenset()
    _verbs: frozenset[str] = frozenset()

    @property
    def verbs(self) -> frozenset[str]:
        """Every verb of any frame."""
        return self._verbs


@lru_cache(maxsize=1)
def cues() -> Cues:
    """The lists, read once."""
    data = load_yaml(_LEXICON)
    data["according"] = tuple(tuple(words) for words in data["according"])
    lemmas = data.pop("lemmas")
    return Cues(lemmas=lemmas, **{name: _frozen(values) for name, values in data.items()})


def _frozen(values: Any) -> Any:
    if isinstance(values, dict):
        return {key: frozenset(words) for key, words in values.items()}
    return frozenset(values) if isinstance(values, list) else values


def is_verb_cue(token: Token) -> bool:
    """Whether a token is a verb that can attribute."""
    return token.pos in _VERBAL and lemma_of(token) in cues().verbs


def lemma_of(token: Token) -> str:
    """The lemma, with the model's slips mended ("hoping" is not of "hop") and a telling particle ("rule out")."""
    lemma = cues().lemmas.get(token.lower_, token.lemma_)
    allowed = cues().particles.get(lemma)
    if allowed is None:
        return lemma
    particle = next((c.lower_ for c in token.rights if c.dep_ == "prt" and c.lower_ in allowed), None)
    return f"{lemma} {particle}" if particle else lemma
