"""Stops in the fighting that are terms themselves: "a 60-day truce", "announced a ceasefire"."""

from collections.abc import Iterator

from spacy.tokens import Token

from analysis.extract.open_issues import find_caller
from analysis.extract.segments import Segment, trim
from analysis.extract.term_words import Candidate, is_specified, lemma, words


def find_specified(noun: Token) -> Iterator[Candidate]:
    """ "a 60-day truce", "announced a ceasefire": a stop in the fighting that something specifies, or that was made."""
    if lemma(noun) not in words("cessations") or noun.pos_ not in ("NOUN", "PROPN") or noun.dep_ == "compound":
        return
    if not (is_specified(noun) or _is_made(noun)):
        return
    segment = trim(Segment(noun.doc, noun.left_edge.i, end_of_stop(noun)))
    yield Candidate(segment, "terms.cessation", noun, find_caller(noun))


def _is_made(noun: Token) -> bool:
    """ "signed a truce", "a truce that the envoy brokered in April"."""
    if not any(c.lower_ in ("a", "an", "another") for c in noun.lefts):
        return False
    by = [c for c in noun.rights if c.dep_ in ("acl", "relcl")] + ([noun.head] if noun.dep_ == "dobj" else [])
    return any(v.tag_ in ("VBD", "VBN") and lemma(v) in words("making") and not _is_doubted(v) for v in by)


def _is_doubted(verb: Token) -> bool:
    return any(c.dep_ == "neg" or (c.dep_ == "aux" and c.tag_ == "MD") for c in verb.lefts)


def end_of_stop(noun: Token) -> int:
    """The noun with the phrases that follow it at once: where, for how long, between whom; not where it was signed."""
    last = int(noun.i)
    signed = noun.dep_ == "dobj" and noun.head.lemma_ in ("sign", "reach", "announce", "conclude", "discuss")
    while last + 1 < noun.sent.end:
        following = noun.doc[last + 1]
        if following.lower_ not in _AFTER_STOP or (signed and following.lower_ in ("in", "on")):
            break
        objects = [g for g in following.children if g.dep_ == "pobj"]
        if not objects:
            break
        last = (
            max(int(g.i) for g in objects)
            if any(c.dep_ in ("relcl", "acl", "appos") for g in objects for c in g.children)
            else int(following.right_edge.i)
        )
    return last


_AFTER_STOP = {"in", "of", "for", "between", "with", "along", "around"}
