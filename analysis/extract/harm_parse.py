"""Harm read off the parse, where neither the words before nor those after a number say it."""

from spacy.tokens import Doc, Token

from analysis.extract.counted import Counted
from analysis.extract.counted_classes import lemma_of
from analysis.extract.harm_words import Harm, is_deadly, is_passive, pair_measures, refuses, words_of
from analysis.extract.lexemes import load_lexicon

LONGEST_CLAUSE_GAP = 9  # tokens between a noun and the participle of its clause
_COMPLEMENTS = {
    "dobj",
    "nsubjpass",
    "pobj",
    "conj",
    "appos",
    "attr",
    "nsubj",
    "dative",
    "oprd",
    "nmod",
    "nummod",
    "amod",
    "dep",
}


def read_parse(doc: Doc, first: int, last: int, counted: Counted) -> Harm | None:
    """The parse: climb from the counted noun to the predicate that governs it."""
    token = counted.head or doc[last]
    for child in token.rights:
        if child.dep_ in ("acl", "relcl") and child.i - last < LONGEST_CLAUSE_GAP and not _of_others(child):
            measure = (
                words_of("transitive").get(child.lemma_.lower())
                if is_passive(child)
                else words_of("intransitive").get(child.lemma_.lower())
            )
            if measure and not refuses(child.lemma_.lower(), counted):
                return Harm(measure, child, "clause")
    return _climb(token, counted)


def _of_others(verb: Token) -> bool:
    """ "20 rebels, four of whom died": the clause tells of somebody else, or of a part."""
    subjects = (child for child in verb.lefts if child.dep_ in ("nsubj", "nsubjpass"))
    return any(subject.tag_ not in ("WDT", "WP") for subject in subjects)


def _climb(token: Token, counted: Counted) -> Harm | None:
    """At most five steps up, through coordination and apposition, as long as each is a complement of the next."""
    for _ in range(5):
        head, role = token.head, token.dep_
        if role not in _COMPLEMENTS or head is token:
            return None
        lemma = head.lemma_.lower()
        if lemma == "shoot" and role in ("dobj", "nsubjpass"):
            return Harm("killed", head, "parse") if is_deadly(head) else None
        if role == "nsubjpass" and lemma in _FINDING:
            return _of_finding(head)
        if role in ("dobj", "nsubjpass", "oprd") or (role == "nsubj" and head.tag_ == "VBN" and is_passive(head)):
            measure = words_of("transitive").get(lemma)
            return Harm(_with_pair(head, measure), head, "parse") if measure and not refuses(lemma, counted) else None
        if role == "attr":
            return _of_equation(head)
        if role == "nsubj":
            return _of_subject(head, counted)
        if role == "pobj" and head.lower_ == "with" and head.head.lower_ in ("along", "together"):
            return _of_subject(head.head.head, counted)
        if role == "pobj" and head.lower_ in ("to", "at") and head.head.pos_ == "VERB":
            return _of_rise(head.head)
        if role == "pobj":
            measure = words_of("nouns_of").get(lemma_of(head.head)) if head.lower_ == "of" else None
            return Harm(measure, head.head, "parse") if measure else None
        token = head
    return None


_FINDING = {"find", "leave", "report", "declare", "pronounce", "confirm", "list", "discover", "take"}


def _of_finding(verb: Token) -> Harm | None:
    """ "Three nurses of the charity were found dead", "villagers, among them a priest, were taken away"."""
    for token in verb.doc[verb.i : verb.i + 4]:
        pair = f"{token.lower_} {verb.doc[token.i + 1].lower_}" if token.i + 1 < len(verb.doc) else ""
        measure = words_of("states").get(token.lower_) or words_of("states").get(pair)
        if measure:
            return Harm(measure, token, "parse")
    return None


_PAIR_GAP = 3  # tokens from one verb of harm to the other it is joined with
_COUNTS = {"number", "total", "tally", "count", "figure"}


def _with_pair(verb: Token, measure: str) -> str:
    """ "were killed or wounded": one mixed count."""
    for other in verb.children:
        near = other.dep_ == "conj" and other.tag_ == verb.tag_ and 0 < other.i - verb.i <= _PAIR_GAP
        joined = words_of("transitive").get(other.lemma_.lower()) if near else None
        if joined and joined != measure and not any(c.dep_ in ("dobj", "nsubjpass") for c in other.children):
            return pair_measures(measure, joined)
    return measure


def _of_equation(verb: Token) -> Harm | None:
    """ "The injured were two teachers, a nurse and three guards"."""
    subject = next((child for child in verb.children if child.dep_ in ("nsubj", "nsubjpass")), None)
    if subject is None or not any(child.lower_ in ("the", "those") for child in subject.lefts):
        return None
    measure = words_of("states").get(subject.lower_)
    return Harm(measure, subject, "identified") if measure else None


def _of_rise(verb: Token) -> Harm | None:
    """ "The number of people killed when a missile hit a block of flats rose to 40": a count and who is counted in it."""
    subject = next((child for child in verb.lefts if child.dep_ in ("nsubj", "nsubjpass")), None)
    if (
        subject is None
        or lemma_of(subject) not in _COUNTS
        or verb.lemma_.lower() not in load_lexicon("harm")["toll_verbs"]
    ):
        return None
    measures = (words_of("states").get(token.lower_) for token in subject.subtree)
    measure = next(filter(None, measures), None)
    of_one = any(token.lower_ in ("when", "after") for token in subject.subtree)
    return Harm(measure, subject, "toll", not of_one) if measure else None


def _of_subject(verb: Token, counted: Counted) -> Harm | None:
    """What a subject suffers: by the verb itself, or by one joined to it with no subject of its own."""
    for each in (verb, *verb.conjuncts):
        if each is not verb and any(child.dep_ in ("nsubj", "nsubjpass") for child in each.children):
            continue
        lemma = each.lemma_.lower()
        passive = any(child.dep_ == "auxpass" for child in each.children)
        measure = words_of("transitive" if passive else "intransitive").get(lemma)
        if measure and not refuses(lemma, counted):
            return Harm(measure, each, "parse")
    return None
