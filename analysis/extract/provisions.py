"""Where a document states provisions of a deal: what a deal holds, what parties bind themselves to, what they demand.

Each frame yields the words of provisions, cut apart where "and" joins them; `terms.py` makes facts of them.
"""

from collections.abc import Iterator
from dataclasses import replace

from spacy.tokens import Token

from analysis.extract import dependents
from analysis.extract.deal_clauses import (
    find_announced,
    find_ban,
    find_exchanged,
    find_office,
    find_purpose,
    find_running,
    find_under,
    find_under_which,
)
from analysis.extract.deal_subjects import find_deal
from analysis.extract.demands import find_demanded
from analysis.extract.open_issues import find_discussed, find_issue
from analysis.extract.planned_clauses import find_modal
from analysis.extract.reading import Reading
from analysis.extract.regions import region_after, with_list
from analysis.extract.reserved_rights import find_reserved
from analysis.extract.segments import Segment, extent_of, over_row, reads_as_infinitive, trim
from analysis.extract.stops import end_of_stop, find_specified
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
        if subject is not None and subject.pos_ in ("PRON", "DET") and subject.i < clause.i:
            subject = None  # "commits them to stop A and free B": the row begins at "to"
            first = next((t.i for t in clause.lefts if t.tag_ == "TO"), clause.left_edge.i)
        else:
            first = subject.left_edge.i if subject is not None else clause.left_edge.i
        region = trim(Segment(verb.doc, first, over_row(clause)))
    if region is not None:
        region = with_list(region) if clause is None else region
        for candidate in find_parts(region, "terms.contained", bare=lemma(deal) not in words("cessations")):
            yield replace(candidate, deal=deal)


def _is_plain_noun(token: Token) -> bool:
    """ "The current state of the talks": a noun beyond doubt, whatever verb is written like it."""
    return token.pos_ == "NOUN" and any(child.dep_ in ("det", "amod", "poss") for child in token.lefts)


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
        yield from find_parts(Segment(verb.doc, first, _end_of_row(verb, clause)), "terms.agreed")
    for gerund in (
        g for c in verb.rights if c.dep_ == "prep" and c.lower_ == "to" for g in c.children if g.dep_ == "pcomp"
    ):
        yield from find_parts(Segment(verb.doc, gerund.left_edge.i, gerund.right_edge.i), "terms.agreed")
    nouns = [noun for noun in nouns if noun.ent_type_ not in ("DATE", "TIME")]
    for noun in nouns[:1]:
        known = any(c.lower_ in ("the", "this", "that") for c in noun.lefts) and not is_specified(noun)
        if known and lemma(noun) in words("cessations"):
            continue  # "committed to the truce": the one that is told elsewhere
        if lemma(noun) in words("cessations") and verb.tag_ in ("VBD", "VBN", "VBZ", "VBP"):
            yield Candidate(trim(Segment(noun.doc, noun.left_edge.i, end_of_stop(noun))), "terms.cessation", noun)
        elif not is_deal(noun):
            yield from find_parts(extent_of(noun), "terms.agreed")


def _end_of_row(verb: Token, clause: Token) -> int:
    """The last word of "to halt A, set up B and let C return", where the parser takes "set" for a past."""
    row = (c for c in verb.rights if c.i > clause.i and reads_as_infinitive(c))
    return max([over_row(clause), *(int(c.right_edge.i) for c in row)])


HEADS = (
    "containing", "agreeing", "demanding", "rejecting", "demand_nouns", "deals", "cessations", "provision_verbs", "running",
    "given_for", "serving", "issue_subjects", "discussing", "force_verbs", "listed",
    "reserving",
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
    yield from find_under_which(token)
    yield from find_announced(token)
    yield from find_ban(token)
    yield from find_purpose(token)
    yield from find_exchanged(token)
    yield from find_running(token)
    yield from find_office(token)
    yield from find_agreed(token)
    yield from find_demanded(token)
    yield from find_modal(token)
    yield from find_reserved(token)
    yield from find_specified(token)
    yield from find_issue(token)
    yield from find_discussed(token)
