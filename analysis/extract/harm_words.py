"""The words of harm: lexicon tables, and the small questions that every reader of harm asks."""

from dataclasses import dataclass
from functools import cache

from spacy.tokens import Token

from analysis.extract.counted import Counted
from analysis.extract.lexemes import load_lexicon


@dataclass(frozen=True)
class Harm:
    """The measure, the token that says so, and the rule that read it."""

    measure: str
    token: Token
    rule: str
    cumulative: bool = False


@cache
def words_of(section: str) -> dict[str, str]:
    """Word -> measure, of one section of the lexicon."""
    table = load_lexicon("harm")[section]
    return {word: measure for measure, words in table.items() for word in words}


@cache
def list_of(section: str) -> frozenset[str]:
    """The words of a section that is a plain list."""
    return frozenset(load_lexicon("harm")[section])


def pair_measures(one: str, other: str) -> str:
    """The measure of a count that does not keep two harms apart."""
    for measure, pairs in load_lexicon("harm")["pairs"].items():
        if any({one, other} == set(pair) for pair in pairs):
            return str(measure)
    return "killed" if "killed" in (one, other) else other


def refuses(lemma: str, counted: Counted) -> bool:
    """Whether a verb of many meanings stands beside something that is no known person: "seized 30 rifles"."""
    return lemma in list_of("needs_person") and not counted.people


def verb_lemma(token: Token) -> str:
    """The lemma of a verb, also where the tagger took a participle for an adjective or noun."""
    lemma: str = token.lemma_.lower()
    word = token.lower_
    if lemma == word and word.endswith(("ing", "ed")):
        stem = word.removesuffix("ing").removesuffix("ed")
        return next((s for s in (stem, stem + "e", stem + "y") if s in words_of("transitive")), lemma)
    return lemma


def is_passive(verb: Token) -> bool:
    """Whether a verb is done to its subject: a passive, or a participle with neither subject nor object."""
    if any(child.dep_ in ("auxpass", "nsubjpass") for child in verb.lefts):
        return True
    return verb.tag_ == "VBN" and not any(child.dep_ in ("dobj", "nsubj") for child in verb.children)


def is_deadly(verb: Token) -> bool:
    """ "shot dead", "shot to death", "shot and killed"."""
    near = [token.lower_ for token in verb.doc[verb.i + 1 : verb.i + 9]]
    return near[:2] == ["to", "death"] or "dead" in near or near[:2] == ["and", "killed"]
