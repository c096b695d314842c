"""Speakers that the parse hides: behind a quotation, in a long apposition, or under the clause before."""

from spacy.tokens import Token

from analysis.extract.actor_lexicon import roles
from analysis.extract.dependents import FINITE
from analysis.extract.quotations import find_described
from analysis.extract.reading import Reading

_NAMING = {"PROPN", "PRON", "NOUN", "DET"}
_NEAR = 12
_LONGEST_SAYER = 16
_WHEN = {"DATE", "TIME"}


def find_beside(reading: Reading, cue: Token, start: int, end: int) -> Token | None:
    """'"...," said Cohen', '"...," X, an aide, said Monday': who stands beside a cue, where the parser saw no subject.

    `[start, end)` is the quotation.
    """
    described = find_described(reading, end, cue) if end <= cue.idx else None
    if described is not None:
        return described
    for index in (cue.i + 1, cue.i - 1):
        if 0 <= index < len(reading.parsed) and reading.parsed[index].pos_ in _NAMING:
            head = _over_modifiers(reading.parsed[index], cue)
            if head.ent_type_ not in _WHEN and not start <= head.idx < end:
                return head
    return None


def _over_modifiers(head: Token, cue: Token) -> Token:
    while head.dep_ in ("compound", "det", "amod", "poss") and head.head.i > head.i and head.head.i - cue.i < _NEAR:
        head = head.head
    return head


def find_before(cue: Token) -> Token | None:
    """Who stands right before a finite cue without a subject: "..., its envoy, Ann Lee, said.", "In Goma, a nurse said"."""
    if cue.tag_ not in FINITE or cue.i <= cue.sent.start:
        return None
    before = cue.nbor(-1)
    opening = _opening_name(cue) if before.text == "," else None
    if opening is not None:
        return opening
    first = next((c for c in cue.lefts if c.dep_ == "ccomp"), None)
    if before.text == "," and first is not None and first.tag_ in ("VBZ", "VBP") and cue.tag_ == first.tag_:
        return next((c for c in first.lefts if c.dep_ == "nsubj"), None)  # a headline: "Rebels free soldier, say ..."
    if before.text == "," and before.i > cue.sent.start and _is_named_apart(before.nbor(-1)):
        return before.nbor(-1)
    return next((t for t in before.ancestors if _is_person_apart(t)), before if _is_person_apart(before) else None)


def find_lost_sayer(cue: Token) -> Token | None:
    """ "..., the country's foreign minister and its envoy said Thursday": who stands between a comma and a finite cue.

    The parser hangs such a phrase on the clause before; it holds nothing but names, nouns and what ties them.
    """
    if cue.tag_ not in FINITE or any(c.dep_ in ("nsubj", "ccomp") for c in cue.children):
        return None
    ahead = cue.doc[max(cue.sent.start, cue.i - _LONGEST_SAYER) : cue.i]
    comma = next((t.i for t in reversed(ahead) if t.text == ","), None)
    phrase = [] if comma is None else list(cue.doc[comma + 1 : cue.i])
    if not phrase or any(t.pos_ in ("VERB", "AUX", "SCONJ") or t.is_quote for t in phrase):
        return None
    heads = [t for t in phrase if t.head not in phrase and t.pos_ in ("NOUN", "PROPN")]
    return heads[0] if heads and _can_say(heads[0]) else None


def first_of_lost(sayer: Token) -> int:
    """The first token of such a phrase."""
    return next(t.i for t in reversed(sayer.doc[: sayer.i]) if t.text == ",") + 1


def _can_say(head: Token) -> bool:
    words = roles()
    office = head.lower_ in words.titles or head.lower_ in words.group_nouns or head.lower_ in words.institutions
    return office or head.ent_type_ in ("PERSON", "ORG")


def _opening_name(cue: Token) -> Token | None:
    """ "France, which ..., demanded": the name at the head of a sentence whose relative clause the parse loses."""
    doc, start = cue.doc, cue.sent.start
    last = start
    while last < cue.i and doc[last].pos_ == "PROPN":
        last += 1
    last += last == start and doc[start].text[:1].isupper()
    behind = doc[last + 1 : last + 4]
    told = doc[last].text == "," and any(t.lower_ in ("which", "who", "whose", "known") for t in behind)
    return doc[last - 1] if told else None


def _is_named_apart(last: Token) -> bool:
    """Whether a person's name ends here, or any name behind an office: "the city's mayor, Borys Filatov"."""
    if last.ent_type_ == "PERSON":
        return True
    first = last.i
    while first > last.sent.start and last.doc[first - 1].pos_ == "PROPN":
        first -= 1
    ahead = last.doc[max(last.sent.start, first - 2) : first]
    return last.pos_ == "PROPN" and len(ahead) == 2 and ahead[1].text == "," and ahead[0].lower_ in roles().titles


def _is_person_apart(token: Token) -> bool:
    """A person whom the parser takes for the apposition of a place."""
    return (
        token.dep_ == "appos"
        and token.head.ent_type_ in ("GPE", "LOC", "FAC")
        and (token.lower_ in roles().person_nouns or token.lower_ in roles().group_nouns or token.ent_type_ == "PERSON")
    )


def left_edge_of(speaker: Token) -> int:
    """The first token of a phrase that ends with a speaker, over a description before it: "its envoy there, Ann Lee"."""
    first = speaker.left_edge.i
    while first > speaker.sent.start and speaker.doc[first - 1].pos_ == "PROPN":
        first -= 1
    if speaker.doc[first - 1].text != "," or first - 1 <= speaker.sent.start:
        return first
    ahead = speaker.doc[max(speaker.sent.start, first - _NEAR) : first - 1]
    comma = next((t.i for t in reversed(ahead) if t.text == ","), None)
    if comma is None:
        return first
    between = speaker.doc[comma + 1 : first - 1]
    described = any(t.lower_ in roles().titles for t in between) and not any(t.pos_ in ("VERB", "AUX") for t in between)
    return comma + 1 if described else first
