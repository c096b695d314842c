"""Offices told in clauses: "X, who heads the mission", "X was appointed leader", "General X of the defence ministry"."""

from spacy.tokens import Token

from analysis.extract.actor_lexicon import known_actors, roles
from analysis.extract.cast import Cast, Mention
from analysis.extract.names import Person
from analysis.extract.office_owners import owner_within, side_of, stated
from analysis.extract.office_phrases import Office, read_described
from analysis.extract.reading import Reading

_NAMING_VERBS = {"appoint", "name", "elect", "nominate", "choose", "make", "install"}
_LINKING_VERBS = {"be", "become", "remain"}
_SERVING_VERBS = {"serve", "act", "work", "double", "take"}  # "who took over as leader"
_FAR = 3  # tokens between a name and "who"
_LONGEST_OBJECT = 12


def read_predicated(reading: Reading, cast: Cast, mention: Mention) -> Office:
    """ "Qassem was appointed leader", "Burns is the director of the CIA"."""
    head = reading.parsed[mention.head]
    verb = head.head
    if head.dep_ == "nsubj" and verb.lemma_ in _LINKING_VERBS:
        described = [child for child in verb.rights if child.dep_ == "attr"]
    elif head.dep_ in ("nsubjpass", "dobj") and verb.lemma_ in _NAMING_VERBS:
        described = [
            child for child in verb.rights if child.dep_ in ("oprd", "xcomp", "dobj", "prep") and child.i > head.i
        ]
    else:
        return Office()
    return read_described(reading, cast, described[0].left_edge.i) if described else Office()


def read_relative(reading: Reading, cast: Cast, mention: Mention) -> Office:
    """ "X, who heads the UN mission", "X, who serves as envoy to Ankara", "X, who used to be the chief negotiator"."""
    doc, index = reading.parsed, reading.token_at(mention.end - 1).i + 1
    who = next((t for t in doc[index : index + _FAR] if t.lower_ == "who"), None)
    if who is None or any(t.text not in (",", "(") and not t.like_num for t in doc[index : who.i]):
        return Office()
    verb = who.head
    if verb.lemma_ == "use":
        verb = next((c for c in verb.rights if c.dep_ == "xcomp"), verb)
    if verb.lemma_ in roles().heading_verbs:
        target = next((c for c in verb.rights if c.dep_ == "dobj"), None)
        owner = _owner_of_object(reading, cast, target) if target is not None else None
        return Office(roles().heading_verbs[verb.lemma_], owner) if owner is not None else Office()
    if verb.lemma_ in _LINKING_VERBS:
        told = next((c for c in verb.rights if c.dep_ == "attr"), None)
        return read_described(reading, cast, told.left_edge.i) if told is not None else Office()
    return _serving(reading, cast, verb)


def _serving(reading: Reading, cast: Cast, verb: Token) -> Office:
    if verb.lemma_ not in _SERVING_VERBS:
        return Office()
    role = next((c for c in verb.rights if c.dep_ == "prep" and c.lower_ == "as"), None)
    return read_described(reading, cast, role.i + 1) if role is not None else Office()


def _owner_of_object(reading: Reading, cast: Cast, target: Token) -> str | Person | None:
    """Whose what somebody heads is: the named body itself, else the body that its words name."""
    first, last = target.left_edge.i, min(target.right_edge.i, target.i + _LONGEST_OBJECT)
    whole = cast.covering(target.idx)
    if whole is not None and whole.named and not whole.bearer:
        return whole.affiliation if whole.actor_type == "un_body" and whole.affiliation else side_of(whole)
    first += reading.parsed[first].pos_ == "DET" and first < target.i
    return owner_within(reading, cast, first, last) or stated(reading, first, target.i)


def read_body_after(reading: Reading, cast: Cast, mention: Mention) -> Office:
    """ "General Konashenkov of the defence ministry", "Jane Roe of Chatham House"."""
    doc, index = reading.parsed, reading.token_at(mention.end - 1).i + 1
    if index + 1 >= len(doc) or doc[index].lower_ not in ("of", "from", "with", "at"):
        return Office()
    body = next((c for c in doc[index].children if c.dep_ == "pobj"), None)
    if body is None or body.i - index > _LONGEST_OBJECT:
        return Office()
    found = cast.covering(body.idx) or cast.covering(body.left_edge.idx)
    if found is not None and found.named and not found.bearer and found.actor_type != "government":
        return Office(None, found.name)
    first = index + 2 if doc[index + 1].pos_ == "DET" else index + 1
    if body.lower_ in roles().institutions and doc[index].lower_ == "of":
        return Office(None, stated(reading, first, body.i))
    proper = doc[first : body.i + 1]
    organised = body.ent_type_ == "ORG" and all(t.pos_ in ("PROPN", "ADP", "DET", "ADJ") for t in proper)
    known = next(iter(known_actors().find(proper.text)), None)
    if known is not None and known.entry.actor_type != "government":
        return Office(None, known.entry.name)
    return Office(None, stated(reading, first, body.i)) if organised else Office()
