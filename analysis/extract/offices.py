"""Who somebody is: the office and the affiliation that a text states beside a name."""

from dataclasses import dataclass

from spacy.tokens import Token

from analysis.extract.actor_lexicon import known_actors, leaders, roles
from analysis.extract.cast import Cast, Mention
from analysis.extract.coreference import find_antecedent
from analysis.extract.office_words import STOPS, goes_on, over_phrase, singular
from analysis.extract.reading import Reading

_LONGEST_OFFICE = 9
_INSIDE = {"NOUN", "PROPN", "ADJ", "PART", "NUM"}
_CONTINUING = {"of", "for", "at", "in", "to", "with"}
_NAMING_VERBS = {"appoint", "name", "elect", "nominate", "choose", "make", "install"}
_LINKING_VERBS = {"be", "become", "remain"}
# Offices that are somebody's, and share that somebody's side.
_RELATIVE_OFFICES = {"predecessor", "successor", "deputy", "adviser", "advisor", "aide"}
# Institutions that name one even without a country before them.
_BODIES = {"ministry", "junta", "army", "military", "department"}
_JOINERS = {"and", "with", "alongside", ","}


@dataclass(frozen=True)
class Office:
    """A role as stated, and the body, country or place that it is held in."""

    role: str | None = None
    affiliation: str | None = None


def find_offices(reading: Reading, cast: Cast) -> None:
    """Give every person of the cast the first role and the first affiliation that the text states."""
    previous: Mention | None = None
    for mention in cast.mentions:
        person = mention.bearer
        if person is None:
            continue
        if person.role is None or person.affiliation is None:
            office = _office_of(reading, cast, mention)
            person.role = person.role or office.role
            person.affiliation = person.affiliation or office.affiliation or _body_after(reading, mention)
        person.affiliation = person.affiliation or leaders().get(person.keys)
        if person.role is None and previous and _shares_title(reading, previous, mention):
            person.role = previous.bearer.role if previous.bearer else None
        if person.role and not person.affiliation and previous and _joined(reading, previous, mention):
            person.affiliation = previous.bearer.affiliation if previous.bearer else None
        previous = mention


def _shares_title(reading: Reading, previous: Mention, mention: Mention) -> bool:
    """ "Presidents A and B": the plural before the first is the second's title too."""
    first, second = reading.token_at(previous.start), reading.token_at(mention.start)
    between = reading.parsed[reading.token_at(previous.end - 1).i + 1 : second.i]
    title = first.nbor(-1) if first.i else first
    return (
        [t.lower_ for t in between] == ["and"] and singular(title) != title.lower_ and singular(title) in roles().titles
    )


def _body_after(reading: Reading, mention: Mention) -> str | None:
    """ "General Konashenkov of the defence ministry"."""
    doc, index = reading.parsed, reading.token_at(mention.end - 1).i + 1
    if index + 2 >= len(doc) or doc[index].lower_ != "of":
        return None
    body = next((c for c in doc[index].children if c.dep_ == "pobj" and c.lower_ in roles().institutions), None)
    if body is None:
        return None
    first = index + 2 if doc[index + 1].pos_ == "DET" else index + 1
    return _words(reading, first, body.i)


def _joined(reading: Reading, previous: Mention, mention: Mention) -> bool:
    """Whether two persons stand side by side: "adviser Brett McGurk, along with special envoy Amos Hochstein"."""
    between = reading.parsed[previous.head + 1 : reading.token_at(mention.start).i]
    if len(between) > _LONGEST_OFFICE or not any(t.lower_ in _JOINERS for t in between):
        return False
    return not any(t.pos_ in ("VERB", "AUX") or t.text in ".;" for t in between)


def _office_of(reading: Reading, cast: Cast, mention: Mention) -> Office:
    first = reading.token_at(mention.start)
    for office in (_before(reading, cast, first), _after(reading, cast, mention), _predicated(reading, cast, mention)):
        if office.role:
            return office
    return Office()


def _before(reading: Reading, cast: Cast, first: Token) -> Office:
    """ "Energy Minister Eli Cohen", "Baalbek's mayor, Mustafa al-Shall"."""
    doc, last = reading.parsed, first.i - 1
    if last >= 1 and doc[last].text == "," and (first.dep_ in ("appos", "compound") or first.head.dep_ == "appos"):
        last -= 1
    while last >= 0 and doc[last].lower_ in roles().honorifics and doc[last].lower_ not in roles().titles:
        last -= 1
    last = over_phrase(first, last)
    if last < 0 or singular(doc[last]) not in roles().titles or doc[last].sent != first.sent:
        return Office()
    start = last
    while start > 0 and last - start < _LONGEST_OFFICE and _belongs(doc[start - 1]) and not doc[start].is_sent_start:
        start -= 1
    if all(t.lower_ in roles().ranks for t in doc[start : last + 1]) and start > 1 and doc[start - 1].text == ",":
        above = _before(reading, cast, doc[start])
        if above.role:
            return above
    return _split_office(reading, cast, start, last)


def _belongs(token: Token) -> bool:
    if (
        token.pos_ in _INSIDE
        or token.lower_ in roles().noise
        or token.lower_ in ("'s", "'", "his", "her", "its", "their")
    ):
        return True
    return token.text == "-" or (token.lower_ == "of" and token.nbor(1).pos_ == "PROPN")


def _split_office(reading: Reading, cast: Cast, start: int, last: int) -> Office:
    """The affiliation in front, the role behind it."""
    doc = reading.parsed
    cut, affiliation = start, None
    for index in range(start, last + 1):
        if doc[index].lower_ in ("'s", "'"):
            cut, affiliation = index + 1, _owner_at(reading, cast, index - 1)
        elif doc[index].lower_ == "its":
            body = find_antecedent(reading, doc[index])
            cut, affiliation = index + 1, body.name if body else None
        elif doc[index].lower_ in ("his", "her", "their"):
            cut, affiliation = index + 1, _shared_side(cast, doc[index], doc[last])
        elif affiliation is None or index >= cut:
            owner = _actor_at(cast, doc[index])
            if owner:
                end = reading.token_at(owner.end - 1).i
                cut, affiliation = (
                    max(cut, end + 1),
                    owner.affiliation if owner.actor_type == "government" else owner.name,
                )
    while cut <= last and (doc[cut].lower_ in roles().noise or not doc[cut].text[0].isalnum()):
        cut += 1
    if affiliation is None:
        cut, affiliation = _institution_in(reading, cut, last)
    role = _words(reading, cut, last) if cut <= last else doc[last].text
    return Office(role if doc[last].lower_ == singular(doc[last]) else role.removesuffix("s"), affiliation)


def _institution_in(reading: Reading, first: int, last: int) -> tuple[int, str | None]:
    """ "Ministry spokeswoman", "a State Department spokesman": the body in front of the office."""
    doc = reading.parsed
    for index in range(last - 1, first - 1, -1):
        if doc[index].lower_ in _BODIES or (
            doc[index].lower_ in roles().institutions and index > first and doc[index - 1].pos_ == "PROPN"
        ):
            following = index + 2 if doc[index + 1].lower_ in ("'s", "'") else index + 1
            return following, _words(reading, first, index)
    return first, None


def _known_within(reading: Reading, first: int, last: int) -> Mention | None:
    """The first known actor that a run of tokens names."""
    tokens = reading.parsed[first : last + 1]
    found = next(iter(known_actors().find(tokens.text)), None)
    if found is None:
        return None
    start, entry = tokens.start_char, found.entry
    return Mention(start + found.start, start + found.end, entry.name, entry.actor_type, entry.party)


def _actor_at(cast: Cast, token: Token) -> Mention | None:
    """The organisation, country or group (an adjective too) at a token."""
    found = cast.covering(token.idx)
    if found and not found.bearer and found.named and found.actor_type != "person":
        return found
    if not token.text[:1].isupper() and token.text.isalpha() and found is None:
        return None
    entry = next(iter(known_actors().find(token.text)), None)
    if entry is None:
        return None
    return Mention(token.idx, token.idx + len(token), entry.entry.name, entry.entry.actor_type, entry.entry.party)


def _owner_at(reading: Reading, cast: Cast, index: int) -> str | None:
    """The possessor that ends at a token: an actor, a person's own side, or a place as written."""
    token = reading.parsed[max(0, index)]
    found = cast.covering(token.idx)
    if found and found.bearer:
        return found.bearer.affiliation
    actor = _actor_at(cast, token)
    if actor:
        return actor.affiliation if actor.actor_type == "government" else actor.name
    return token.text if token.pos_ == "PROPN" else None


def _shared_side(cast: Cast, pronoun: Token, office: Token) -> str | None:
    """ "his predecessor": of the side of the last person before, where the office is one of a succession."""
    if office.lower_ not in _RELATIVE_OFFICES:
        return None
    earlier = [m for m in cast.between(0, pronoun.idx) if m.bearer and m.bearer.affiliation]
    return earlier[-1].bearer.affiliation if earlier and earlier[-1].bearer else None


def _after(reading: Reading, cast: Cast, mention: Mention) -> Office:
    """ "Eli Cohen, the energy minister," and "Eli Cohen (Likud leader)"."""
    doc, index = reading.parsed, reading.token_at(mention.end - 1).i + 1
    if index + 1 >= len(doc) or doc[index].text not in (",", "(", "-", "--", "–", "—"):
        return Office()
    return _described(reading, cast, index + 1)


def _described(reading: Reading, cast: Cast, start: int) -> Office:
    """An office that a noun phrase from `start` describes, with what follows it ("head of the Mossad")."""
    doc, words = reading.parsed, roles()
    for index in range(start, min(start + _LONGEST_OFFICE, len(doc))):
        token = doc[index]
        if (token.lower_ in STOPS and token.text != "-") or (
            token.pos_ in ("VERB", "AUX") and token.lower_ not in words.noise
        ):
            return Office()
        bearer = cast.covering(token.idx)
        if bearer and bearer.bearer:
            return Office()
        if token.lower_ in words.titles | words.person_nouns and not goes_on(token):
            return _with_continuation(reading, cast, start, index)
    return Office()


def _with_continuation(reading: Reading, cast: Cast, start: int, last: int) -> Office:
    doc, office = reading.parsed, _split_office(reading, cast, start, last)
    follow = last + 1
    if follow + 1 >= len(doc) or doc[follow].lower_ not in _CONTINUING:
        return office
    end = follow
    while (
        end + 1 < len(doc)
        and end - last < _LONGEST_OFFICE
        and doc[end + 1].text not in STOPS
        and doc[end + 1].pos_ not in ("VERB", "AUX")
    ):
        end += 1
    owner = _known_within(reading, follow, end) or next(
        (o for o in (_actor_at(cast, doc[i]) for i in range(follow, end + 1)) if o), None
    )
    if owner:
        return Office(
            office.role, office.affiliation or (owner.affiliation if owner.actor_type == "government" else owner.name)
        )
    proper = next((doc[i].text for i in range(follow + 1, end + 1) if doc[i].pos_ == "PROPN"), None)
    return Office(
        office.role if proper else _words(reading, reading.token_at(_role_start(office, reading, start, last)).i, end),
        office.affiliation or proper,
    )


def _role_start(office: Office, reading: Reading, start: int, last: int) -> int:
    words = len((office.role or "").split())
    return reading.parsed[max(start, last - words + 1)].idx


def _predicated(reading: Reading, cast: Cast, mention: Mention) -> Office:
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
    return _described(reading, cast, described[0].left_edge.i) if described else Office()


def _words(reading: Reading, first: int, last: int) -> str:
    tokens = reading.parsed[first : last + 1]
    return " ".join(reading.text[tokens.start_char : tokens.end_char].split())
