"""Where a document states provisions of a deal: what a deal holds, what parties bind themselves to, what they demand.

Each frame yields the words of provisions, cut apart where "and" joins them; `terms.py` makes facts of them.
"""

from collections.abc import Iterator
from dataclasses import replace

from spacy.tokens import Token

from analysis.extract import dependents
from analysis.extract.deal_clauses import find_exchanged, find_office, find_purpose, find_running, find_under
from analysis.extract.demands import find_demanded
from analysis.extract.open_issues import find_caller, find_discussed, find_issue
from analysis.extract.reading import Reading
from analysis.extract.segments import Segment, before_clause, clause_of, clause_start, extent_of, region_after, trim
from analysis.extract.term_words import (
    NAMED,
    Candidate,
    find_parts,
    has_deal,
    is_deal,
    is_provision,
    is_specified,
    keys,
    lemma,
    words,
)
from analysis.extract.word_index import find_words


def find_contained(verb: Token) -> Iterator[Candidate]:
    """ "The truce would involve A and B": what a deal includes, requires, outlines."""
    if lemma(verb) not in words("containing") or _is_plain_noun(verb):
        return
    deal = find_deal(verb)
    if deal is None:
        return
    region = region_after(verb)
    clause = next(
        (c for c in verb.rights if c.dep_ in ("ccomp", "xcomp") and lemma(c) in words("provision_verbs")), None
    )
    whole = region is not None and is_provision(region) and not any(h.ent_type_ in NAMED for h in region.heads())
    if (
        clause is not None
        and not whole
        and not (lemma(verb) in ("say", "state", "set", "see", "expect") and clause.dep_ == "xcomp")
    ):
        subject = next((c for c in [*clause.lefts, *verb.rights] if c.dep_ in ("nsubj", "nsubjpass", "dobj")), None)
        first = subject.left_edge.i if subject is not None else clause.left_edge.i
        region = trim(Segment(verb.doc, first, clause.right_edge.i))
    if region is not None:
        for candidate in find_parts(region, "terms.contained", bare=lemma(deal) not in words("cessations")):
            yield replace(candidate, deal=deal)


def _is_plain_noun(token: Token) -> bool:
    """ "The current state of the talks": a noun beyond doubt, whatever verb is written like it."""
    return token.pos_ == "NOUN" and any(child.dep_ in ("det", "amod", "poss") for child in token.lefts)


def find_deal(verb: Token) -> Token | None:
    """The deal that is a verb's subject; where the parser gives the verb none, the last deal before it that is a subject."""
    subjects = dependents.find_subjects(verb)
    if len(subjects) == 1 and subjects[0].lower_ == "it" and verb.sent.start > 0:
        return _deal_before(verb)
    own = next((s for s in subjects if is_deal(s)), None)
    # "requires both sides to stop and calls for observers": the parser may hang "calls" on "stop".
    if own is not None or (
        subjects and not (verb.dep_ == "conj" and verb.tag_ == "VBZ" and lemma(verb) in words("plainly_containing"))
    ):
        return own
    before = verb.doc[verb.sent.start : verb.i]
    return next((t for t in reversed(before) if t.dep_ in ("nsubj", "nsubjpass") and is_deal(t)), None)


def _deal_before(verb: Token) -> Token | None:
    """What "it" is where the sentence before has a deal for its subject: "The ceasefire ... It requires"."""
    sentence = verb.doc[verb.sent.start - 1].sent
    return next(
        (t for t in sentence if t.dep_ in ("nsubj", "nsubjpass") and t.head == sentence.root and is_deal(t)), None
    )


def find_modal(verb: Token) -> Iterator[Candidate]:
    """ "Hezbollah would pull back": what a party will do, where a deal is being told."""
    modal = any(c.dep_ == "aux" and c.lower_ in words("modals") for c in verb.lefts)
    copula = find_copula(verb)
    if not ((modal or copula) and lemma(verb) in words("provision_verbs")) or is_questioned(verb) or _meets(verb):
        return
    subjects = [c for c in [*verb.lefts, *(copula.lefts if copula else ())] if c.dep_ in ("nsubj", "nsubjpass")]
    subject = next(iter(subjects), None)
    own = any(c.dep_ in ("nsubj", "nsubjpass") for c in verb.lefts)
    if verb.dep_ == "conj" and not own:
        subject = None  # "is to restore services and to speed up deliveries"
    elif subject is None or (
        is_deal(subject)
        and lemma(verb) not in ("last", "begin", "start", "take", "extend", "hold", "apply", "cover", "end")
    ):
        return
    demander = None
    if any(c.lower_ in ("must", "should") for c in verb.lefts):
        speaker = governor_of_speech(verb)
        demander = next(iter(dependents.find_subjects(speaker)), None) if speaker is not None else None
    segment = before_clause(clause_of(verb, subject))
    opening = clause_start(verb) if subject is None and not copula else None
    if opening is not None:
        segment = replace(segment, first=opening)
    if lemma(verb) in words("strong_verbs") or any(lemma(t) in words("actions") for t in segment.tokens):
        yield Candidate(segment, "terms.modal", None, demander)


def find_copula(verb: Token) -> Token | None:
    """The "is" of "is to withdraw", whether the parser makes it an auxiliary or the verb above; None without it."""
    to = next((t for t in verb.lefts if t.lower_ == "to" and t.i > 0), None)
    before = to.nbor(-1) if to is not None else None
    if before is not None and before.lower_ in ("is", "are"):
        return before
    # "is to restore services and to speed up deliveries"
    return find_copula(verb.head) if to is not None and verb.dep_ == "conj" and verb.head.i < verb.i else None


def _meets(verb: Token) -> bool:
    """ "Will hold a summit", "would host a new round of talks"."""
    return any(c.dep_ == "dobj" and c.lemma_.lower() in words("contacts") for c in verb.rights)


def is_questioned(verb: Token) -> bool:
    """A clause that is itself a condition, a doubt or a hope."""
    if verb.dep_ == "ccomp" and lemma(verb.head) in words("guesses"):
        return True
    return any(c.dep_ == "mark" and c.lower_ in ("if", "unless", "whether", "although", "because") for c in verb.lefts)


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
    if lemma(verb) not in words("agreeing") or any(c.dep_ == "neg" for c in verb.lefts):
        return
    clauses = [c for c in verb.rights if c.dep_ in ("xcomp", "ccomp") and c.pos_ in ("VERB", "AUX")]
    if lemma(verb) in words("promising") and not has_deal(list(verb.sent)):
        clauses = [c for c in clauses if lemma(c) in words("strong_verbs") or any(g.dep_ == "neg" for g in c.lefts)]
    nouns = list(dependents.find_prepositional(verb, {"to", "on"})) + [c for c in verb.rights if c.dep_ == "dobj"]
    for clause in clauses[:1]:
        subject = next((c for c in clause.lefts if c.dep_ in ("nsubj", "nsubjpass")), None)
        first = subject.left_edge.i if subject is not None else clause.left_edge.i
        yield from find_parts(Segment(verb.doc, first, clause.right_edge.i), "terms.agreed")
    for gerund in (
        g for c in verb.rights if c.dep_ == "prep" and c.lower_ == "to" for g in c.children if g.dep_ == "pcomp"
    ):
        yield from find_parts(Segment(verb.doc, gerund.left_edge.i, gerund.right_edge.i), "terms.agreed")
    nouns = [noun for noun in nouns if noun.ent_type_ not in ("DATE", "TIME")]
    for noun in nouns[:1]:
        if lemma(noun) in words("cessations") and verb.tag_ in ("VBD", "VBN", "VBZ", "VBP"):
            yield Candidate(trim(Segment(noun.doc, noun.left_edge.i, _end_of_stop(noun))), "terms.cessation", noun)
        elif not is_deal(noun):
            yield from find_parts(extent_of(noun), "terms.agreed")


def find_specified(noun: Token) -> Iterator[Candidate]:
    """ "a 60-day truce", "a humanitarian pause in Gaza": a stop in the fighting that something specifies."""
    if lemma(noun) not in words("cessations") or noun.pos_ not in ("NOUN", "PROPN") or noun.dep_ == "compound":
        return
    if not is_specified(noun):
        return
    segment = trim(Segment(noun.doc, noun.left_edge.i, _end_of_stop(noun)))
    yield Candidate(segment, "terms.cessation", noun, find_caller(noun))


def _end_of_stop(noun: Token) -> int:
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


HEADS = (
    "containing", "agreeing", "demanding", "rejecting", "demand_nouns", "deals", "cessations", "provision_verbs", "running",
    "given_for", "serving", "issue_subjects", "discussing",
)  # fmt: skip


def find_candidates(reading: Reading, told: set[int]) -> Iterator[Candidate]:
    """Every provision of a document, frame by frame, in the sentences in which a deal is `told`."""
    yield from find_under(reading, told)
    for index in find_words(reading, keys(*HEADS)):
        token = reading.tokens[index]
        if token.pos_ in ("VERB", "AUX", "NOUN", "PROPN"):
            yield from _of_token(token, told)


def find_context(reading: Reading) -> set[int]:
    """Starts of the sentences in which a deal is told: named there, or earlier in the paragraph or the one before."""
    named = {reading.parsed[index].sent.start for index in find_words(reading, keys("deals"))}
    told: set[int] = set()
    naming = {reading.paragraph_at(reading.parsed[start].idx) for start in named}
    paragraph = -REACH - 1
    for sentence in reading.sentences:
        number = reading.paragraph_at(sentence.start_char)
        if number in naming:
            paragraph = number
        if number <= paragraph + REACH:
            told.add(sentence.start)
    return told


# Paragraphs after one that names a deal in which it is still told.
REACH = 2


def _of_token(token: Token, told: set[int]) -> Iterator[Candidate]:
    yield from find_contained(token)
    if token.sent.start not in told:
        return
    yield from find_purpose(token)
    yield from find_exchanged(token)
    yield from find_running(token)
    yield from find_office(token)
    yield from find_agreed(token)
    yield from find_demanded(token)
    yield from find_modal(token)
    yield from find_specified(token)
    yield from find_issue(token)
    yield from find_discussed(token)
