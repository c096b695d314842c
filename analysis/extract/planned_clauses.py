"""Provisions told by "will", "would", "must" and "are to": what a party, or a deal itself, will do."""

from collections.abc import Iterator
from dataclasses import replace

from spacy.tokens import Token

from analysis.extract import dependents
from analysis.extract.deal_subjects import deal_before
from analysis.extract.segments import Segment, before_clause, clause_of, clause_start
from analysis.extract.term_words import Candidate, is_deal, lemma, words


def find_modal(verb: Token) -> Iterator[Candidate]:
    """ "Hezbollah would pull back": what a party will do, where a deal is being told."""
    copula = find_copula(verb)
    if (
        not ((is_planned(verb) or copula) and lemma(verb) in words("provision_verbs"))
        or is_questioned(verb)
        or (copula is not None and is_questioned(copula))
        or _meets(verb)
        or _fights_on(verb)
    ):
        return
    subjects = [c for c in [*verb.lefts, *(copula.lefts if copula else ())] if c.dep_ in ("nsubj", "nsubjpass")]
    subject = next(iter(subjects), None)
    if verb.dep_ == "conj" and not any(c.dep_ in ("nsubj", "nsubjpass") for c in verb.lefts):
        subject = None  # "is to restore services and to speed up deliveries"
    elif subject is None or (is_deal(subject) and not _is_done_by_deal(verb)):
        return
    deal = _deal_of(verb)
    segment = before_clause(clause_of(verb, subject))
    opening = clause_start(verb) if subject is None and not copula else None
    if opening is not None:
        segment = replace(segment, first=opening)
    if _says_little(verb, segment):
        return
    if (
        deal is not None
        or lemma(verb) in words("strong_verbs")
        or any(lemma(t) in words("actions") for t in segment.tokens)
    ):
        yield Candidate(segment, "terms.modal", deal, _demander_of(verb))


def _says_little(verb: Token, segment: Segment) -> bool:
    """ "They will stop", "the truce would last", "steps that would end it": no more than a hope, or half a sentence."""
    subject = next((c for c in verb.lefts if c.dep_ in ("nsubj", "nsubjpass")), None)
    if subject is None:
        return False
    if is_deal(subject):
        dated = any(t.ent_type_ in ("DATE", "TIME") or t.like_num for t in segment.tokens)
        return lemma(verb) in words("held_by_deals") and not dated
    alone = all(t.pos_ in ("PRON", "AUX", "PART", "ADV", "VERB") for t in segment.tokens)
    return subject.tag_ == "WDT" or (subject.pos_ == "PRON" and alone)


def is_planned(verb: Token) -> bool:
    """Whether "will" or "must" stands before a verb, or before the one that it is joined to without a word between."""
    if any(c.dep_ == "aux" and c.lower_ in words("modals") for c in verb.lefts):
        return True
    bare = (verb.tag_ in ("VB", "VBP") or verb.lower_ == verb.lemma_) and not any(
        c.dep_ in ("aux", "auxpass", "nsubj", "nsubjpass") for c in verb.lefts
    )
    return bare and verb.dep_ == "conj" and verb.head.i < verb.i and is_planned(verb.head)


def _deal_of(verb: Token) -> Token | None:
    """The deal that does what a verb says ("The roadmap would open A and ease B"), "it" included."""
    subject = next((c for c in verb.lefts if c.dep_ in ("nsubj", "nsubjpass")), None)
    if subject is None:
        return _deal_of(verb.head) if verb.dep_ == "conj" and verb.head.i < verb.i else None
    return subject if is_deal(subject) else deal_before(verb) if subject.lower_ == "it" else None


def _demander_of(verb: Token) -> Token | None:
    """Who says that somebody must or should do it."""
    if not any(c.lower_ in ("must", "should") for c in verb.lefts):
        return None
    speaker = governor_of_speech(verb)
    return next(iter(dependents.find_subjects(speaker)), None) if speaker is not None else None


def _is_done_by_deal(verb: Token) -> bool:
    """What a deal itself does: it lasts and begins, or "would open the roads"."""
    opened = lemma(verb) in ("begin", "start", "open") and any(c.lower_ == "with" for c in verb.rights)
    if opened:
        return False  # "would begin with a halt": what it begins with is the provision
    return lemma(verb) in words("held_by_deals") or (
        lemma(verb) in words("strong_verbs") | words("eased_by_deals") and any(c.dep_ == "dobj" for c in verb.rights)
    )


def find_copula(verb: Token) -> Token | None:
    """The "is" of "is to withdraw", whether the parser makes it an auxiliary or the verb above; None without it."""
    to = next((t for t in verb.lefts if t.lower_ == "to" and t.i > 0), None)
    before = to.nbor(-1) if to is not None else None
    if before is not None and before.lower_ in ("is", "are", "was", "were") and not _is_conditional(before):
        return before
    # "is to restore services and to speed up deliveries"
    return find_copula(verb.head) if to is not None and verb.dep_ == "conj" and verb.head.i < verb.i else None


def _is_conditional(copula: Token) -> bool:
    """ "If he were to withdraw", "were Moscow to withdraw"."""
    clause = [*copula.children, *copula.head.children]
    inverted = copula.lower_ == "were" and not any(t.dep_ in ("nsubj", "nsubjpass") and t.i < copula.i for t in clause)
    return inverted or any(t.dep_ == "mark" and t.lower_ in ("if", "unless") for t in clause)


def _meets(verb: Token) -> bool:
    """ "Will hold a summit", "would host a new round of talks"."""
    objects = [c for c in verb.rights if c.dep_ == "dobj"]
    tables = [g for c in verb.rights if c.dep_ == "prep" and c.lower_ in ("to", "at") for g in c.children]
    return any(c.lemma_.lower() in words("contacts") for c in objects) or any(lemma(t) == "table" for t in tables)


def _fights_on(verb: Token) -> bool:
    """ "Our troops will hold their positions": what an army says of itself, and no deal."""
    held = any(c.dep_ == "dobj" and lemma(c) in words("ground") for c in verb.rights)
    return held and lemma(verb) in ("hold", "keep", "take", "defend")


def is_questioned(verb: Token) -> bool:
    """A clause that is itself a condition, a doubt or a hope."""
    if verb.dep_ == "ccomp" and lemma(verb.head) in words("guesses"):
        return True
    return any(
        c.dep_ == "mark" and c.lower_ in ("if", "unless", "whether", "although", "because", "before")
        for c in verb.lefts
    )


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
