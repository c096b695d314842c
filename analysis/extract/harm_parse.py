"""Harm read off the parse, where neither the words before nor those after a number say it."""

from spacy.tokens import Doc, Token

from analysis.extract.counted import Counted, lemma_of
from analysis.extract.harm_words import Harm, is_passive, refuses, words_of

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
        if child.dep_ in ("acl", "relcl") and child.i - last < LONGEST_CLAUSE_GAP:
            measure = (
                words_of("transitive").get(child.lemma_.lower())
                if is_passive(child)
                else words_of("intransitive").get(child.lemma_.lower())
            )
            if measure and not refuses(child.lemma_.lower(), counted):
                return Harm(measure, child, "clause")
    return _climb(token, counted)


def _climb(token: Token, counted: Counted) -> Harm | None:
    """At most five steps up, through coordination and apposition, as long as each is a complement of the next."""
    for _ in range(5):
        head, role = token.head, token.dep_
        if role not in _COMPLEMENTS or head is token:
            return None
        lemma = head.lemma_.lower()
        if lemma == "shoot" and role in ("dobj", "nsubjpass"):
            return Harm("killed", head, "parse") if is_deadly(head) else None
        if role in ("dobj", "nsubjpass", "oprd") or (role == "nsubj" and head.tag_ == "VBN" and is_passive(head)):
            measure = words_of("transitive").get(lemma)
            return Harm(measure, head, "parse") if measure and not refuses(lemma, counted) else None
        if role == "nsubj":
            return _of_subject(head, counted)
        if role == "pobj" and head.lower_ == "with" and head.head.lower_ in ("along", "together"):
            return _of_subject(head.head.head, counted)
        if role == "pobj":
            measure = words_of("nouns_of").get(lemma_of(head.head)) if head.lower_ == "of" else None
            return Harm(measure, head.head, "parse") if measure else None
        token = head
    return None


def is_deadly(verb: Token) -> bool:
    """ "shot dead", "shot to death", "shot and killed"."""
    near = [token.lower_ for token in verb.doc[verb.i + 1 : verb.i + 9]]
    return near[:2] == ["to", "death"] or "dead" in near or near[:2] == ["and", "killed"]


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
