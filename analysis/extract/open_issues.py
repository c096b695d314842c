"""Provisions still open: what is discussed, what is called a question or a demand, a stop that somebody calls for."""

from collections.abc import Iterator

from spacy.tokens import Token

from analysis.extract import dependents
from analysis.extract.segments import extent_of
from analysis.extract.term_words import Candidate, find_parts, is_deal, lemma, words

_STAYING = ("be", "remain", "become")


def find_issue(noun: Token) -> Iterator[Candidate]:
    """ "The withdrawal of X is a key demand", "... is one of several questions left open"."""
    if (
        noun.dep_ not in ("nsubj", "nsubjpass")
        or lemma(noun) not in words("actions")
        or noun.head.lemma_ not in _STAYING
    ):
        return
    answers = [t for c in noun.head.rights if c.dep_ in ("attr", "acomp") for t in c.subtree]
    if any(lemma(t) in words("issues") for t in answers):
        yield Candidate(extent_of(noun), "terms.contained")


def find_discussed(verb: Token) -> Iterator[Candidate]:
    """ "have been discussing a withdrawal of American troops": what is on the table."""
    if lemma(verb) not in words("discussing"):
        return
    for noun in (c for c in verb.rights if c.dep_ == "dobj" and lemma(c) in words("actions")):
        if any(c.dep_ == "prep" for c in noun.rights) and lemma(noun) not in words("cessations"):
            yield from find_parts(extent_of(noun), "terms.contained")


def find_caller(noun: Token) -> Token | None:
    """Who calls for a stop: "called for an immediate ceasefire", "urged both sides to declare a truce"."""
    verb = noun.head.head if noun.dep_ == "pobj" and noun.head.lower_ == "for" else noun.head
    if verb.dep_ == "xcomp" and lemma(verb) in words("declaring"):
        verb = verb.head
    if verb.pos_ != "VERB" or lemma(verb) not in words("demanding") - words("proposing"):
        return None
    return next((s for s in dependents.find_subjects(verb) if not is_deal(s)), None)
