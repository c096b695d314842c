"""What a party demands of a deal, puts forward or turns down: "Hamas demands A", "Israel's insistence on B", "Egypt proposed C"."""

from collections.abc import Iterator
from dataclasses import replace

from spacy.tokens import Token

from analysis.extract import dependents
from analysis.extract.regions import region_after, region_from
from analysis.extract.segments import Segment, before_clause, clause_of, trim
from analysis.extract.term_words import NAMED, Candidate, find_parts, is_bare, is_deal, is_freedom, lemma, words


def find_demanded(token: Token) -> Iterator[Candidate]:
    """ "Hamas demands A", "Israel's insistence on B", "Egypt proposed C": what a party wants in a deal or puts forward."""
    if token.pos_ == "VERB":
        yield from _demanded_by_verb(token)
    elif lemma(token) in words("demand_nouns"):
        demander = next((c for c in token.lefts if c.dep_ == "poss" or c.ent_type_ in NAMED), None)
        refused = token.dep_ == "dobj" and lemma(token.head) in words("rejecting")
        offered = lemma(token) in words("proposal_nouns")
        rule = "terms.rejected" if refused else "terms.proposed" if offered else "terms.demanded"
        for region in _regions_of_noun(token, demander):
            for candidate in find_parts(region, rule):
                yield replace(candidate, proposer=demander if offered else None, demander=None if offered else demander)


def _regions_of_noun(noun: Token, demander: Token | None) -> Iterator[Segment]:
    for child in noun.rights:
        if child.dep_ == "prep" and child.lower_ in ("for", "on", "of") and child.right_edge.i > child.i:
            yield Segment(noun.doc, child.i + 1, child.right_edge.i)
    for clause in (c for c in noun.rights if c.dep_ in ("acl", "ccomp", "relcl") and c.tag_ != "VBG"):
        if is_demand(clause) and any(c.lower_ in ("that", "to") and c.dep_ in ("mark", "aux") for c in clause.lefts):
            yield trim(Segment(noun.doc, clause.left_edge.i, clause.right_edge.i))
    if demander is not None and noun.dep_ == "nsubj" and noun.head.lemma_ == "be":
        region = region_after(noun.head)
        if region is not None:
            yield region


def _demanded_by_verb(verb: Token) -> Iterator[Candidate]:
    name = lemma(verb)
    refused = name in words("rejecting") or (name == "accept" and any(c.dep_ == "neg" for c in verb.lefts))
    if name not in words("demanding") and not refused:
        return
    party = next(iter(dependents.find_subjects(verb)), None) or next(iter(dependents.find_agents(verb)), None)
    region = _demanded_region(verb)
    if party is None or is_deal(party) or _is_aim(verb):
        return
    rule = "rejected" if refused else "proposed" if name in words("proposing") else "demanded"
    parts = list(find_parts(region, f"terms.{rule}")) if region is not None else []
    parts = parts or [Candidate(clause, f"terms.{rule}") for clause in find_plain_forms(verb)]
    parts += [Candidate(clause, f"terms.{rule}") for clause in _find_second_clauses(verb)] if region is not None else []
    if (
        rule == "proposed"
        and not parts
        and region is not None
        and is_bare(region)
        and verb.tag_ in ("VBD", "VBN", "VBZ", "VBP")
    ):
        # "Riyadh proposed a truce": nothing specifies it, but somebody made it.
        parts = [Candidate(region, "terms.proposed")]
    for candidate in parts:
        demander, proposer = (party if rule == kind else None for kind in ("demanded", "proposed"))
        yield replace(candidate, demander=demander, proposer=proposer)


def _is_aim(verb: Token) -> bool:
    """ "The council, which wants to restore a state of its own": what a group is there for."""
    return verb.dep_ == "relcl" and any(c.dep_ == "xcomp" and c.i > verb.i for c in verb.rights)


def find_plain_forms(verb: Token) -> Iterator[Segment]:
    """ "insisted that revenue be shared and that Moscow return the children": the plain form of a verb asks for what it says."""
    clause = next((c for c in verb.rights if c.dep_ == "ccomp"), None)
    if clause is not None and lemma(verb) == "want" and _is_wanted_of_state(verb, clause):
        yield before_clause(Segment(verb.doc, clause.left_edge.i, clause.right_edge.i))
    for asked in (clause, *(clause.conjuncts if clause is not None else ())):
        subject = (
            next((c for c in asked.lefts if c.dep_ in ("nsubj", "nsubjpass")), None) if asked is not None else None
        )
        if asked is not None and subject is not None and _is_plain_form(asked, subject):
            yield before_clause(clause_of(asked, subject))


def _find_second_clauses(verb: Token) -> Iterator[Segment]:
    """ "demanded that A leave and that B quit": the second demand, which has a subject of its own."""
    clause = next((c for c in verb.rights if c.dep_ == "ccomp"), None)
    for other in clause.conjuncts if clause is not None else ():
        subject = next((c for c in other.lefts if c.dep_ in ("nsubj", "nsubjpass")), None)
        if subject is not None and any(c.dep_ == "mark" and c.lower_ == "that" for c in other.lefts):
            yield before_clause(clause_of(other, subject))


def _is_wanted_of_state(verb: Token, clause: Token) -> bool:
    """ "Bangkok wants the dispute to go to a court": a named party's wish; anybody else wants this and that."""
    subject = next(iter(dependents.find_subjects(verb)), None)
    wished = any(c.tag_ == "TO" for c in clause.lefts) and any(c.dep_ in ("nsubj", "nsubjpass") for c in clause.lefts)
    return wished and subject is not None and (subject.pos_ == "PROPN" or subject.lower_ == "it")


def _is_plain_form(verb: Token, subject: Token) -> bool:
    """ "(that) it be carried out", "(that) Moscow return": no tense, no modal, no "to"."""
    helpers = [c for c in verb.lefts if c.dep_ in ("aux", "auxpass")]
    if helpers:
        return helpers[0].lower_ == "be" and helpers[0].dep_ == "auxpass"
    return verb.tag_ == "VB" or (verb.tag_ == "VBP" and subject.tag_ in ("NN", "NNP"))


def is_demand(clause: Token) -> bool:
    """Whether what is asked for could stand in a deal: a verb of provisions with something it is about, or "be free to act"."""
    if clause.tag_ in ("VBD", "VBZ") and lemma(clause.head) == "insist" and clause.dep_ == "ccomp":
        return False  # "insisted the accord remained valid" says how things are
    if is_freedom(clause):
        return True
    if lemma(clause) not in words("provision_verbs"):
        return False
    if any(c.dep_ == "prep" and c.lower_ in ("toward", "towards", "forward") for c in clause.rights):
        return False  # "to move towards a settlement"
    objects = [c for c in clause.rights if c.dep_ == "dobj"]
    if objects and all(c.pos_ == "PRON" for c in objects):
        return False  # "rejected calls to suspend them"
    # "salaries to be paid", "open corridors"; "keep theirs" names nothing
    passive = any(c.dep_ in ("nsubjpass", "auxpass") for c in clause.lefts) or clause.tag_ == "VBN"
    about = any(t.pos_ in ("NOUN", "PROPN") for t in clause.subtree if passive or t.i > clause.i)
    return about or lemma(clause) in words("strong_verbs")


def _demanded_region(verb: Token) -> Segment | None:
    clause = next((c for c in verb.rights if c.dep_ in ("ccomp", "xcomp", "advcl") and is_demand(c)), None)
    if clause is not None:
        subjects = [c for c in clause.lefts if c.dep_ in ("nsubj", "nsubjpass")] or [
            c for c in verb.rights if c.dep_ == "dobj"
        ]
        first = min([clause.left_edge.i, *(s.left_edge.i for s in subjects)])
        seconds = [
            c.left_edge.i for c in clause.conjuncts if any(g.dep_ == "mark" and g.lower_ == "that" for g in c.lefts)
        ]
        return trim(Segment(verb.doc, first, min([clause.right_edge.i, *(second - 1 for second in seconds)])))
    takers = [c for c in verb.rights if c.dep_ == "dobj" or (c.dep_ == "prep" and c.lower_ in ("on", "for", "upon"))]
    listed = [c for c in verb.rights if c.dep_ in ("dep", "conj", "appos") and lemma(c) in words("actions") and takers]
    return region_from([*takers[:1], *listed], verb) if takers else None
