"""Provisions that a sentence ties to a deal by its form: "Under the accord, A and B", "a deal to halt A and free B", "in exchange
for C", "the truce runs for 180 days"."""

from collections.abc import Iterator
from dataclasses import replace

from spacy.tokens import Span, Token

from analysis.extract import dependents
from analysis.extract.reading import Reading
from analysis.extract.segments import Segment, before_clause, clause_of, trim
from analysis.extract.term_words import Candidate, find_parts, is_deal, is_provision, lemma, words

_SUBJECTS = ("nsubj", "nsubjpass")
# Verbs of speech in such a sentence are told about the deal, not by it.
_CLAUSES = ("ROOT", "conj", "ccomp", "advcl", "parataxis")
# A clause longer than this is more than one provision.
LONGEST_CLAUSE = 30


def find_under(reading: Reading, told: set[int]) -> Iterator[Candidate]:
    """ "Under the plan, fighting would stop and the army would deploy": each clause of the sentence that has a subject.

    The sentences after it go on in the same way as long as their main clause says what will, would or must be.
    """
    deal = None
    for sentence in reading.sentences:
        if sentence.start not in told:
            continue
        opened = _deal_of_opening(sentence)
        if opened is not None:
            deal = opened
        elif deal is not None and not _goes_on(sentence):
            deal = None
        if deal is not None:
            first = (
                sentence.start + 2
                if opened is not None and deal.i < sentence.start
                else deal.i + 1
                if opened is not None
                else sentence.start
            )
            yield from _clauses(list(sentence.doc[first : sentence.end]), deal, first)


def _deal_of_opening(sentence: Span) -> Token | None:
    opening = sentence[0]
    if opening.lower_ not in ("under", "by"):
        return None
    named = next((c for c in opening.children if c.dep_ == "pobj"), None)
    if named is None or opening.head.i < named.i or not (is_deal(named) or named.lower_ == "it"):
        return None
    if is_deal(named):
        return named
    before = sentence.doc[sentence.start - 1].sent if sentence.start > 0 else ()
    return next((t for t in reversed(list(before)) if is_deal(t) and t.pos_ == "NOUN"), None)  # "Under it, ..."


def _goes_on(sentence: Span) -> bool:
    """Whether the main clause says what is to be, and nobody is quoted."""
    root = sentence.root
    return lemma(root) not in words("telling") and _is_bound(root) and '"' not in sentence.text


def _is_bound(verb: Token) -> bool:
    modal = any(c.dep_ == "aux" and c.lower_ in words("modals") for c in verb.lefts)
    return modal or dependents.find_arranged(verb) is not None


def _clauses(tokens: list[Token], deal: Token, first: int) -> Iterator[Candidate]:
    for verb in tokens:
        if verb.pos_ in ("VERB", "AUX") and verb.dep_ in _CLAUSES and lemma(verb) not in words("telling"):
            yield from _clause(verb, deal, first)


def _clause(verb: Token, deal: Token, first: int) -> Iterator[Candidate]:
    subject = next((c for c in verb.lefts if c.dep_ in _SUBJECTS and c.left_edge.i >= first), None)
    if subject is None or subject.tag_ in ("WDT", "WP", "EX") or _agrees(verb):
        return
    dated = any(c.ent_type_ == "DATE" for child in verb.children for c in (child, *child.children))
    if verb.tag_ == "VBD" and dated:
        return  # "exchanged 390 prisoners last Friday" was done
    segment = before_clause(clause_of(verb, subject))
    if segment.last - segment.first < LONGEST_CLAUSE:
        yield Candidate(segment, "terms.modal", deal)


def _agrees(verb: Token) -> bool:
    """ "Under the accord both agreed to free prisoners": what they agreed to is told apart."""
    return lemma(verb) in words("agreeing") and any(c.dep_ == "xcomp" for c in verb.rights)


def find_under_which(deal: Token) -> Iterator[Candidate]:
    """ "a deal under which they were to leave the hospitals": the clauses that hang on a deal."""
    if not is_deal(deal):
        return
    for verb in (c for c in deal.rights if c.dep_ == "relcl"):
        if not any(c.lower_ == "under" and any(g.tag_ == "WDT" for g in c.children) for c in verb.lefts):
            continue
        planned = next((c for c in verb.rights if c.dep_ == "xcomp"), None) if verb.lemma_ == "be" else None
        if planned is not None:
            row = find_parts(trim(Segment(verb.doc, planned.left_edge.i, planned.right_edge.i)), "terms.contained")
            yield from (replace(candidate, deal=deal) for candidate in row)
            continue
        for clause in (verb, *(c for c in verb.conjuncts if c.pos_ in ("VERB", "AUX"))):
            yield from _clause(clause, deal, verb.left_edge.i)


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
    if noun.lower_ not in words("given_for") or noun.i == noun.sent.start:
        return
    for child in _ties(noun):
        last = child.head.right_edge.i if child.dep_ == "mark" else child.right_edge.i
        region = trim(Segment(noun.doc, child.i + 1, last))
        parts = list(find_parts(region, "terms.contained"))
        # "a halt to air raids" would be bare by itself; here it is what one side gives.
        yield from parts or ([Candidate(region, "terms.contained")] if is_provision(region) else [])


def _ties(noun: Token) -> list[Token]:
    """The word after which the other side's part stands: the "for" of "in exchange for", the last "as" of "at the same time as"."""
    lead = noun.nbor(-1).lower_
    if noun.lower_ == "time":
        wanted = ("as",) if lead == "same" else ()
    else:
        wanted = ("for",) if lead == "in" else ("with",) if lead in ("in", "simultaneously") else ()
    following = noun.doc[noun.i + 1 : min(noun.i + 2, noun.sent.end)]
    return [t for t in following if t.lower_ in wanted and (t.dep_ == "mark" or t.right_edge.i > t.i)]


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


def find_ban(verb: Token) -> Iterator[Candidate]:
    """ "Neither side may use force", "No party may move its troops": what a deal forbids, told without it."""
    modal = next((c for c in verb.lefts if c.lower_ in ("may", "can", "shall", "must")), None)
    subject = next((c for c in verb.lefts if c.dep_ in _SUBJECTS), None)
    if modal is None or subject is None or lemma(subject) not in words("bodies") or not _is_of_acts(verb):
        return
    if any(c.lower_ in ("neither", "no") for c in subject.lefts):
        yield Candidate(before_clause(clause_of(verb, subject)), "terms.modal")


def _is_of_acts(verb: Token) -> bool:
    about = [verb, *(c for c in verb.rights if c.dep_ == "dobj")]
    return any(lemma(token) in words("actions") | words("provision_verbs") | words("force") for token in about)


def find_announced(noun: Token) -> Iterator[Candidate]:
    """ "set out his terms: a halt to A, an end to B and a guarantee that C": the list after a colon."""
    if lemma(noun) not in words("listed") or noun.sent.root.pos_ not in ("VERB", "AUX"):
        return
    colon = next((t for t in noun.doc[noun.i + 1 : noun.sent.end] if t.text == ":"), None)
    if colon is None or colon.i + 2 >= noun.sent.end:
        return
    region = trim(Segment(noun.doc, colon.i + 1, noun.sent.end - 1))
    demanded = lemma(noun) in words("demand_nouns") or lemma(noun) == "term"
    owner = next(iter(dependents.find_subjects(noun.sent.root)), None) if demanded else None
    for candidate in find_parts(region, "terms.demanded" if demanded else "terms.contained", bare=True):
        if len(candidate.segment.tokens) > 1:
            yield replace(candidate, deal=None if demanded else noun, demander=owner)
