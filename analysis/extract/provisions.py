"""Where a document states provisions of a deal: what a deal holds, what parties bind themselves to, what they demand.

Each frame yields the words of provisions, cut apart where "and" joins them; `terms.py` makes facts of them.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import yaml
from spacy.tokens import Token

from analysis.extract import dependents
from analysis.extract.reading import Reading
from analysis.extract.segments import Segment, clause_of, extent_of, region_after, region_from, split, trim

LEXICON = Path(__file__).parent / "lexicons" / "terms.yml"
NAMED = {"ORG", "GPE", "NORP", "PERSON"}


@dataclass(frozen=True)
class Candidate:
    """The words of one provision; `deal` the noun that holds it, `demander` who wants it."""

    segment: Segment
    rule: str
    deal: Token | None = None
    demander: Token | None = None


@cache
def words(section: str) -> frozenset[str]:
    """A list of the lexicon."""
    return frozenset(str(word) for word in data()[section])


@cache
def data() -> dict[str, Any]:
    """The lexicon of terms."""
    loaded: dict[str, Any] = yaml.safe_load(LEXICON.read_text(encoding="utf-8"))
    return loaded


def lemma(token: Token) -> str:
    """The lemma in lower case."""
    return str(token.lemma_).lower()


def is_deal(token: Token | None) -> bool:
    """Whether a word stands for a deal or for the paper it is written in, "ceasefire terms" included."""
    if token is None:
        return False
    return lemma(token) in words("deals") or any(lemma(c) in words("cessations") for c in token.lefts if c.dep_ == "compound")


def has_deal(tokens: list[Token]) -> bool:
    """Whether some words name a deal."""
    return any(lemma(token) in words("deals") for token in tokens)


def is_provision(segment: Segment) -> bool:
    """Whether a run of words could be a provision: what it is about is an action that deals are made of."""
    return any(_is_action(head) for head in segment.heads())


def _is_action(token: Token) -> bool:
    if token.pos_ in ("VERB", "AUX"):
        return lemma(token) in words("provision_verbs")
    if lemma(token) in words("actions"):
        return True
    # "a series of measures", "the handing over of": the head is inside the prepositional phrase.
    if token.pos_ == "ADP":
        return any(_is_action(child) for child in token.children if child.dep_ in ("pobj", "pcomp"))
    return False


def find_contained(verb: Token) -> Iterator[Candidate]:
    """ "The truce would involve A and B": what a deal includes, requires, outlines."""
    if lemma(verb) not in words("containing"):
        return
    deal = next((s for s in dependents.find_subjects(verb) if is_deal(s)), None)
    if deal is None:
        return
    region = region_after(verb)
    clause = next((c for c in verb.rights if c.dep_ in ("ccomp", "xcomp") and lemma(c) in words("provision_verbs")), None)
    if clause is not None:
        subject = next((c for c in [*clause.lefts, *verb.rights] if c.dep_ in ("nsubj", "nsubjpass", "dobj")), None)
        first = subject.left_edge.i if subject is not None else clause.left_edge.i
        region = trim(Segment(verb.doc, first, clause.right_edge.i))
    if region is not None:
        for part in split(region, is_provision):
            if is_provision(part):
                yield Candidate(part, "terms.contained", deal)


def find_modal(verb: Token, context: bool) -> Iterator[Candidate]:
    """ "Hezbollah would pull back": what a party will do, where a deal is being told."""
    modal = any(c.dep_ == "aux" and c.lower_ in words("modals") for c in verb.lefts)
    bound = modal or any(t.lower_ == "to" and t.nbor(-1).lower_ in ("is", "are") for t in verb.lefts if t.i > 0)
    if not (context and bound and lemma(verb) in words("provision_verbs")) or is_questioned(verb):
        return
    subject = next((c for c in verb.lefts if c.dep_ in ("nsubj", "nsubjpass")), None)
    if subject is None and verb.dep_ == "conj":
        subject = None
    elif subject is None or (is_deal(subject) and lemma(verb) not in ("last", "begin", "start", "take", "extend", "hold", "apply", "cover", "end")):
        return
    demander = None
    if any(c.lower_ in ("must", "should") for c in verb.lefts):
        speaker = governor_of_speech(verb)
        demander = next(iter(dependents.find_subjects(speaker)), None) if speaker is not None else None
    yield Candidate(clause_of(verb, subject), "terms.modal", None, demander)


def is_questioned(verb: Token) -> bool:
    """A clause that is itself a condition or a doubt."""
    return any(c.dep_ == "mark" and c.lower_ in ("if", "unless", "whether", "although", "while", "because") for c in verb.lefts)


def governor_of_speech(verb: Token) -> Token | None:
    """The verb under which a clause stands as what is said."""
    current = verb
    for _ in range(3):
        if current.dep_ == "ccomp":
            return current.head
        if current.dep_ not in ("conj", "advcl", "relcl"):
            return None
        current = current.head
    return None


def find_agreed(verb: Token) -> Iterator[Candidate]:
    """ "Both sides agreed to halt the shelling and to release prisoners"."""
    if lemma(verb) not in words("agreeing"):
        return
    clauses = [c for c in verb.rights if c.dep_ in ("xcomp", "ccomp") and c.pos_ in ("VERB", "AUX")]
    nouns = list(dependents.find_prepositional(verb, {"to", "on"})) + [c for c in verb.rights if c.dep_ == "dobj"]
    for clause in clauses[:1]:
        subject = next((c for c in clause.lefts if c.dep_ in ("nsubj", "nsubjpass")), None)
        first = subject.left_edge.i if subject is not None else clause.left_edge.i
        yield from _parts(Segment(verb.doc, first, clause.right_edge.i), "terms.agreed")
    for noun in nouns[:1]:
        if not is_deal(noun):
            yield from _parts(extent_of(noun), "terms.agreed")


def _parts(segment: Segment, rule: str, demander: Token | None = None) -> Iterator[Candidate]:
    for part in split(trim(segment), is_provision):
        if is_provision(part):
            yield Candidate(part, rule, None, demander)


def find_demanded(token: Token) -> Iterator[Candidate]:
    """ "Hamas demands A", "Israel's insistence on B": what a party wants in a deal."""
    if token.pos_ in ("NOUN", "PROPN") and lemma(token) in words("demand_nouns"):
        demander = next((c for c in token.lefts if c.dep_ == "poss" or c.ent_type_ in NAMED), None)
        for child in token.rights:
            if child.dep_ == "prep" and child.lower_ in ("for", "on", "that", "of"):
                yield from _parts(Segment(token.doc, child.i + 1, child.right_edge.i), "terms.demanded", demander)
        if demander is not None and token.dep_ == "nsubj" and token.head.lemma_ == "be":
            region = region_after(token.head)
            if region is not None:
                yield from _parts(region, "terms.demanded", demander)
    elif token.pos_ == "VERB" and lemma(token) in words("demanding") and lemma(token) not in ("say", "accept", "refuse", "reject"):
        demander = next(iter(dependents.find_subjects(token)), None)
        if demander is None or is_deal(demander):
            return
        region = _demanded_region(token)
        if region is not None:
            yield from _parts(region, "terms.demanded", demander)


def _demanded_region(verb: Token) -> Segment | None:
    clause = next((c for c in verb.rights if c.dep_ in ("ccomp", "xcomp", "advcl") and lemma(c) in words("provision_verbs")), None)
    if clause is not None:
        subjects = [c for c in clause.lefts if c.dep_ in ("nsubj", "nsubjpass")] or [c for c in verb.rights if c.dep_ == "dobj"]
        first = min([clause.left_edge.i, *(s.left_edge.i for s in subjects)])
        return trim(Segment(verb.doc, first, clause.right_edge.i))
    takers = [c for c in verb.rights if c.dep_ == "dobj" or (c.dep_ == "prep" and c.lower_ in ("on", "for", "upon"))]
    return region_from(takers[:1], verb) if takers else None


def find_specified(noun: Token) -> Iterator[Candidate]:
    """ "a 60-day truce", "a humanitarian pause in Gaza": a stop in the fighting that something specifies."""
    if lemma(noun) not in words("cessations") or noun.pos_ not in ("NOUN", "PROPN") or noun.dep_ == "compound":
        return
    lefts = [t for left in noun.lefts for t in left.subtree if t.dep_ != "det"]
    if not any(lemma(t) in words("specifying") or t.like_num or t.ent_type_ in ("DATE", "TIME") for t in lefts):
        if not any(c.dep_ == "prep" and c.lower_ in ("of", "for") and _lasts(c) for c in noun.rights):
            return
    start, last = noun.left_edge.i, noun.i
    for child in noun.rights:
        if child.dep_ == "prep" and child.lower_ in ("in", "of", "for", "between", "with", "along", "around") and child.i == last + 1:
            last = max((g.right_edge.i for g in child.children if g.dep_ == "pobj" and not any(c.dep_ == "relcl" for c in g.children)), default=last)
    yield Candidate(trim(Segment(noun.doc, start, last)), "terms.cessation", noun)


def _lasts(preposition: Token) -> bool:
    return any(lemma(child) in ("day", "week", "month", "hour", "year") for child in preposition.children)


def find_candidates(reading: Reading) -> Iterator[Candidate]:
    """Every provision of a document, frame by frame and sentence by sentence."""
    context, paragraph = False, -1
    for sentence in reading.sentences:
        tokens = list(sentence)
        number = reading.paragraph_at(sentence.start_char)
        here = has_deal(tokens)
        context = here or (context and number <= paragraph + 1)
        paragraph = number if here else paragraph
        for token in tokens:
            if token.pos_ in ("VERB", "AUX", "NOUN", "PROPN"):
                yield from _of_token(token, context, here)


def _of_token(token: Token, context: bool, here: bool) -> Iterator[Candidate]:
    yield from find_contained(token)
    if not context:
        return
    yield from find_agreed(token)
    yield from find_demanded(token)
    yield from find_modal(token, here or context)
    yield from find_specified(token)
