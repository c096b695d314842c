"""Which class of counted nouns a noun is of, from its lemma, the words before it, and its form."""

from functools import cache
from typing import Any

from spacy.tokens import Token

from analysis.extract.lexemes import load_lexicon

IRREGULAR = {
    "people": "person",
    "men": "man",
    "women": "woman",
    "children": "child",
    "policemen": "policeman",
    "dead": "dead",
    "persons": "person",
}


@cache
def classes() -> dict[str, str]:
    """Lemma of a counted noun -> its class."""
    return {str(lemma): name for name, lemmas in load_lexicon("counted")["lemmas"].items() for lemma in lemmas}


@cache
def compounds() -> dict[str, str]:
    """Two words that name one kind of those counted ("aid worker") -> their class."""
    return {words: name for name, phrases in load_lexicon("counted")["compounds"].items() for words in phrases}


@cache
def states() -> frozenset[str]:
    """The words that stand for a state of harm ("dead", "missing")."""
    return frozenset(word for words in load_lexicon("harm")["states"].values() for word in words)


@cache
def measures() -> frozenset[str]:
    """Units of measure ("km"), behind which no counted noun follows."""
    return frozenset(load_lexicon("counted")["measures"])


def class_of(name: str) -> dict[str, Any]:
    """What the lexicon says of a class of nouns."""
    entry: dict[str, Any] = load_lexicon("counted")["classes"][name]
    return entry


def lemma_of(token: Token) -> str:
    """The singular, in lower case; by our own endings where the tagger took a plural for something else."""
    word = token.lower_.rstrip(".")
    if word.endswith("is") and (token.tag_ == "NNPS" or token.ent_type_ == "NORP"):
        return word[:-1]  # "Israelis"
    lemma = token.lemma_.lower()
    if (
        lemma != word
        or not word.endswith("s")
        or token.ent_type_ == "GPE"
        or len(word) < 4
        or word.endswith(("ss", "us", "is"))
    ):
        return IRREGULAR.get(lemma, lemma)
    return word[:-3] + "y" if word.endswith("ies") else word[:-1]


def classify(head: Token, words: tuple[str, ...]) -> str | None:
    """The class of a counted noun; the words before it may change it ("aid workers", "civilian deaths")."""
    lemma = lemma_of(head)
    if len(words) > 1:
        found = compounds().get(f"{words[-2]} {lemma}")
        if found:
            return found
    known = classes().get(lemma) or classes().get(head.lower_)
    if known == "person":
        return _refine(words) or known
    return known or _guess(head, lemma)


def _refine(words: tuple[str, ...]) -> str | None:
    """The class that adjectives give: "civilian residents", "insurgent leaders"."""
    adjectives = load_lexicon("counted")["adjectives"]
    return next((name for name, list_ in adjectives.items() if any(word in list_ for word in words[:-1])), None)


def _guess(head: Token, lemma: str) -> str | None:
    """Peoples by their names ("37 Israelis"); None for a noun that nothing is known of."""
    endings = tuple(load_lexicon("counted")["people_endings"])
    if head.tag_ in ("NNPS", "NNS", "NNP") and head.text[:1].isupper() and head.lower_.endswith(endings):
        return "person"
    if head.ent_type_ == "NORP":
        return "person"
    return None
