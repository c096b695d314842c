"""Who does what to whom, read off the dependency parse: subjects, objects, agents, and the edges of noun phrases.

The parser is small and text may be all in lower case, so every reader here takes the likely answer and none raises.
"""

from collections.abc import Iterable, Iterator

from spacy.tokens import Token

SUBJECTS = {"nsubj", "csubj"}
FINITE = {"VBD", "VBZ", "VBP"}  # tags of verbs with a tense of their own
OBJECTS = {"dobj", "nsubjpass", "oprd", "dative"}
MEANS_PREPOSITIONS = {"with", "by", "using", "from", "via"}
# Prepositions that carry what is attacked, met or signed ("fired on the bus", "met with him", "agreed to a truce").
OBJECT_PREPOSITIONS = {"on", "at", "against", "with", "to", "into", "in", "of", "onto"}
# Left of a noun, these belong to its phrase.
_LEFT = {
    "det",
    "amod",
    "compound",
    "nummod",
    "quantmod",
    "poss",
    "nmod",
    "predet",
    "advmod",
    "case",
    "punct",
    "npadvmod",
}
# Participles and infinitives have the subject of the verb they hang on.
_INHERITING = {"conj", "xcomp", "advcl", "pcomp", "acl"}
# "accused Israel of shelling a bus": whom the verb takes as object did it.
ACCUSING = {"accuse", "suspect", "convict", "guilty"}
_LONGEST_CHAIN = 4
# Passives whose subject is also that of the infinitive: "is set to visit".
_CONTROL = {
    "set",
    "expect",
    "schedule",
    "slate",
    "due",
    "plan",
    "report",
    "say",
    "believe",
    "poise",
    "prepare",
    "order",
    "know",
}


def find_arranged(verb: Token) -> Token | None:
    """The infinitive of "are to resume on Monday": what is arranged to happen; None elsewhere."""
    if verb.lemma_ != "be":
        return None
    infinitives = (c for c in verb.rights if c.dep_ == "xcomp" and c.pos_ in ("VERB", "AUX"))
    found = next((c for c in infinitives if any(t.lower_ == "to" and t.dep_ == "aux" for t in c.lefts)), None)
    # "The aim is to end the war" says what an aim is.
    named = any(c.dep_ == "nsubj" and c.lemma_ in _AIMS for c in verb.lefts)
    return None if named else found


_AIMS = {
    "aim",
    "goal",
    "purpose",
    "idea",
    "plan",
    "objective",
    "task",
    "job",
    "intention",
    "mission",
    "priority",
    "role",
}


def is_gerund_before_object(token: Token) -> bool:
    """ "denied shelling civilians": what the parser takes for an adjective of the object is what was denied."""
    verb = token.head.head
    return token.tag_ == "VBG" and token.dep_ == "amod" and verb.pos_ == "VERB" and verb.i == token.i - 1


def is_passive(verb: Token) -> bool:
    """Whether a verb is passive, participles after a noun ("troops killed in Tyre") included."""
    if any(child.dep_ in ("auxpass", "nsubjpass") for child in verb.children):
        return True
    if any(child.dep_ == "agent" for child in verb.children):
        return not any(child.dep_ == "nsubj" for child in verb.lefts)  # "they spoke by phone"
    return verb.tag_ == "VBN" and verb.dep_ in ("acl", "amod") and not any(c.dep_ == "dobj" for c in verb.rights)


def _goes_on_behind_quotation(verb: Token) -> bool:
    """'She called them "people who want war" and asked for talks': joined to the sentence, not to what is quoted."""
    if verb.dep_ != "conj" or verb.head.dep_ != "relcl" or verb.i < verb.sent.start + 2:
        return False
    return verb.nbor(-1).dep_ == "cc" and verb.nbor(-2).is_quote and verb.sent.root.i < verb.head.head.i


def find_subjects(verb: Token, depth: int = 0) -> list[Token]:
    """The heads of what a verb's active subject is, through conjunction, participle and relative clause."""
    own = [child for child in verb.children if child.dep_ in SUBJECTS]
    if own:
        return [_antecedent(verb, subject) for subject in own]
    # "a day after Azerbaijan launched an offensive": the parser hangs the subject on "after".
    lost = [g for c in verb.lefts if c.dep_ == "mark" for g in c.rights if g.dep_ == "pobj" and g.i < verb.i]
    if lost:
        return lost
    passive = [child for child in verb.children if child.dep_ == "nsubjpass"]
    if passive or depth >= _LONGEST_CHAIN:
        return passive if depth and verb.lemma_ in _CONTROL else []
    if is_gerund_before_object(verb):
        return find_subjects(verb.head.head, depth + 1)
    if verb.dep_ == "pcomp" and verb.head.lower_ == "of" and verb.head.head.lemma_ in ACCUSING:
        return [child for child in verb.head.head.children if child.dep_ in ("dobj", "nsubjpass")]
    if verb.dep_ == "pcomp" and verb.head.lower_ == "of" and verb.head.head.head.lemma_ in ACCUSING:
        return [verb.head.head]  # the parser hangs the "of" on whom they accuse
    if verb.dep_ == "pcomp" and verb.head.dep_ == "prep":
        return find_subjects(verb.head.head, depth + 1) if verb.head.head.pos_ in ("VERB", "AUX") else []
    if verb.dep_ in ("acl", "relcl") and verb.head.pos_ in ("NOUN", "PROPN"):
        return [verb.head] if verb.tag_ in ("VBG", "VB") else []
    above = ("VERB", "AUX", "ADJ") if verb.dep_ == "xcomp" else ("VERB", "AUX")
    if _goes_on_behind_quotation(verb):
        return find_subjects(verb.sent.root, depth + 1)
    if verb.dep_ in _INHERITING | {"acomp"} and verb.head.pos_ in above:
        return find_subjects(verb.head, depth + 1)
    return []


def _antecedent(verb: Token, subject: Token) -> Token:
    """What "which" or "who" stands for."""
    relative = subject.tag_ in ("WDT", "WP") or subject.lower_ in ("who", "which", "that")
    return verb.head if relative and verb.dep_ == "relcl" else subject


def find_objects(verb: Token) -> list[Token]:
    """The heads of what is acted on: direct objects and passive subjects, else objects of the prepositions that carry them."""
    direct = [_antecedent(verb, child) for child in verb.children if child.dep_ in OBJECTS]
    if is_gerund_before_object(verb):
        direct = [verb.head]
    if not direct and verb.tag_ == "VBN" and verb.dep_ in ("acl", "relcl", "amod"):
        direct = [verb.head]
    if not direct and verb.dep_ == "conj" and verb.tag_ == "VBN" and verb.head.tag_ == "VBN" and is_passive(verb.head):
        direct = find_objects(verb.head)
    return direct or list(find_prepositional(verb, OBJECT_PREPOSITIONS))


def find_agents(verb: Token) -> list[Token]:
    """The heads of the phrase with "by" of a passive."""
    return [
        grand for child in verb.children if child.dep_ == "agent" for grand in child.children if grand.dep_ == "pobj"
    ]


def find_prepositional(head: Token, prepositions: Iterable[str]) -> Iterator[Token]:
    """Objects of the given prepositions that hang on a word."""
    for child in head.children:
        if child.dep_ in ("prep", "dative", "agent") and child.lower_ in prepositions:
            yield from (grand for grand in child.children if grand.dep_ == "pobj")


def coordinated(head: Token) -> list[Token]:
    """A noun and those joined to it by "and" or a comma."""
    return [head, *(child for token in head.conjuncts if (child := token).i > head.i)]


def noun_phrase(head: Token, with_of: bool = True) -> tuple[int, int]:
    """Character offsets of the phrase of a noun: its left modifiers, the noun, and "of ..." where asked."""
    first = head
    for left in head.lefts:
        if left.dep_ in _LEFT:
            first = min(first, left.left_edge, key=_index)
            break
    last = head
    if with_of:
        for child in head.rights:
            if child.dep_ == "prep" and child.lower_ == "of":
                last = max([last, *(noun_end(grand) for grand in child.children if grand.dep_ == "pobj")], key=_index)
    while first.i < head.i and (first.is_punct or first.is_space):
        first = first.nbor()
    return first.idx, last.idx + len(last)


def noun_end(head: Token) -> Token:
    """The last word of a noun with its "of" phrases."""
    for child in head.rights:
        if child.dep_ == "prep" and child.lower_ == "of":
            return max([head, *(noun_end(grand) for grand in child.children if grand.dep_ == "pobj")], key=_index)
    return head


def _index(token: Token) -> int:
    return int(token.i)
