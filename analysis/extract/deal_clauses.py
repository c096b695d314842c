"""Provisions that a sentence ties to a deal by its form: "Under the accord, A and B", "a deal to halt A and free B", "in exchange
for C", "the truce runs for 180 days"."""

from collections.abc import Iterator
from dataclasses import replace

from spacy.tokens import Span, Token

from analysis.extract.segments import Segment, before_clause, clause_of, trim
from analysis.extract.term_words import Candidate, find_parts, is_deal, lemma, words

_SUBJECTS = ("nsubj", "nsubjpass")
# Verbs of speech in such a sentence are told about the deal, not by it.
_CLAUSES = ("ROOT", "conj", "ccomp", "advcl", "parataxis")
# A clause longer than this is more than one provision.
LONGEST_CLAUSE = 30


def find_under(sentence: Span) -> Iterator[Candidate]:
    """ "Under the plan, fighting would stop and the army would deploy": each clause of the sentence that has a subject."""
    opening = sentence[0]
    if opening.lower_ not in ("under", "by"):
        return
    deal = next((c for c in opening.children if c.dep_ == "pobj" and is_deal(c)), None)
    if deal is None or opening.head.i <= deal.i:
        return
    for verb in sentence[deal.i + 1 - sentence.start :]:
        if verb.pos_ in ("VERB", "AUX") and verb.dep_ in _CLAUSES and lemma(verb) not in words("telling"):
            yield from _clause(verb, deal)


def _clause(verb: Token, deal: Token) -> Iterator[Candidate]:
    subject = next((c for c in verb.lefts if c.dep_ in _SUBJECTS and c.left_edge.i > deal.i), None)
    if subject is None or subject.tag_ in ("WDT", "WP", "EX"):
        return
    segment = before_clause(clause_of(verb, subject))
    if segment.last - segment.first < LONGEST_CLAUSE:
        yield Candidate(segment, "terms.modal", deal)


def find_purpose(noun: Token) -> Iterator[Candidate]:
    """ "a deal to halt the war and free hostages": what a deal is there to do."""
    if not is_deal(noun) or noun.i + 2 >= noun.sent.end or noun.nbor(1).lower_ != "to":
        return
    verb = noun.nbor(2)
    if verb.pos_ != "VERB" or lemma(verb) not in words("provision_verbs"):
        return
    for candidate in find_parts(trim(Segment(noun.doc, verb.i, verb.right_edge.i)), "terms.contained"):
        yield replace(candidate, deal=noun)


def find_exchanged(noun: Token) -> Iterator[Candidate]:
    """ "in exchange for a halt to air raids": what is given for the other side's part."""
    if noun.lower_ not in ("exchange", "return") or noun.i == noun.sent.start or noun.nbor(-1).lower_ != "in":
        return
    for child in noun.rights:
        if child.dep_ == "prep" and child.lower_ == "for" and child.right_edge.i > child.i:
            yield from find_parts(Segment(noun.doc, child.i + 1, child.right_edge.i), "terms.contained")


def find_running(verb: Token) -> Iterator[Candidate]:
    """ "The truce begins on August 3 and runs for 180 days": when a stop holds, told in the present."""
    if lemma(verb) not in words("running") or verb.tag_ not in ("VBZ", "VBP"):
        return
    subject = next((c for c in verb.lefts if c.dep_ in _SUBJECTS and lemma(c) in words("cessations")), None)
    following = verb.doc[verb.i + 1 : verb.right_edge.i + 1]
    if subject is not None and any(t.ent_type_ in ("DATE", "TIME") for t in following):
        yield Candidate(trim(Segment(verb.doc, subject.left_edge.i, verb.right_edge.i)), "terms.modal", subject)


def find_office(verb: Token) -> Iterator[Candidate]:
    """ "Cuba and Norway serve as guarantors": who takes a part in carrying a deal out."""
    subject = next((c for c in verb.lefts if c.dep_ in _SUBJECTS), None)
    if lemma(verb) not in words("serving") or subject is None:
        return
    offices = (g for c in verb.rights if c.lower_ == "as" for g in c.children)
    if any(lemma(office) in words("offices") for office in offices):
        yield Candidate(before_clause(clause_of(verb, subject)), "terms.modal")
