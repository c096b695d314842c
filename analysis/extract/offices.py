"""Who somebody is: the office and the affiliation that a text states beside a name."""

from dataclasses import replace

from spacy.tokens import Token

from analysis.extract.actor_lexicon import leader_surnames, leaders, roles
from analysis.extract.cast import REMEMBERED, Cast, Mention
from analysis.extract.names import Person
from analysis.extract.office_clauses import read_body_after, read_predicated, read_relative
from analysis.extract.office_owners import seat_before
from analysis.extract.office_phrases import LONGEST_OFFICE, Office, is_rank, read_before, read_described
from analysis.extract.office_words import singular
from analysis.extract.reading import Reading

_JOINERS = {"and", "with", "alongside", ","}
_SEATED = {"mayor", "governor"}
_ASIDES = (",", "(", "-", "--", "–", "—")


def find_offices(reading: Reading, cast: Cast) -> None:
    """Give every person of the cast the first role and the first affiliation that the text states."""
    owners: list[tuple[Mention, Office]] = []
    previous: Mention | None = None
    for mention in cast.mentions:
        person = mention.bearer
        if person is None:
            continue
        if person.role is None or person.affiliation is None:
            office = read_office(reading, cast, mention)
            person.role = person.role or office.role
            person.affiliation = person.affiliation or office.affiliation
            owners.append((mention, office))
        person.affiliation = person.affiliation or leaders().get(person.keys)
        if len(person.keys) == 1:  # "Putin", where the text gives no more
            person.affiliation = person.affiliation or leader_surnames().get(person.keys[0])
        if previous is not None:
            _take_over(reading, previous, mention)
        previous = mention
    for mention, office in owners:  # whose aide somebody is may be told later
        if mention.bearer and not mention.bearer.affiliation:
            mention.bearer.affiliation = office.affiliation


def _take_over(reading: Reading, previous: Mention, mention: Mention) -> None:
    """What the person just before shares with this one."""
    person, other = mention.bearer, previous.bearer
    if person is None or other is None:
        return
    if person.role is None and _shares_title(reading, previous, mention):
        person.role = other.role
    if person.role and not person.affiliation and _joined(reading, previous, mention):
        person.affiliation = other.affiliation


def read_office(reading: Reading, cast: Cast, mention: Mention) -> Office:
    """The office stated at one mention; a rank before a name gives way to an office told behind it."""
    first = reading.token_at(mention.start)
    before = _introduced(reading, cast, first, read_before(reading, cast, first))
    if before.role and before.owner and not is_rank(before.role):
        return before
    behind = [
        _read_after(reading, cast, mention),
        read_relative(reading, cast, mention),
        read_predicated(reading, cast, mention),
        read_body_after(reading, cast, mention),
    ]
    told = next((office for office in behind if office.role), None)
    if told is not None and told.owner is None:
        told = replace(told, owner=_owner_told_before(reading, cast, mention, told))
    owner = next((office.owner for office in behind if office.owner and not office.role), None)
    if before.role and (told is None or not is_rank(before.role)):
        return before if before.owner else replace(before, owner=owner)
    return replace(told, owner=told.owner or before.owner or owner) if told else Office(None, owner)


def _owner_told_before(reading: Reading, cast: Cast, mention: Mention, office: Office) -> str | Person | None:
    """ "The UN envoy for Yemen said ... Ann Lee, the envoy, ...": of the body of the envoy before."""
    following = reading.parsed[reading.token_at(mention.end - 1).i + 1 :][:3]
    if len(following) < 3 or [t.lower_ for t in following[:2]] != [",", "the"] or following[2].lower_ != office.role:
        return None
    return _owner_of_noun(reading, cast, following[2])


def _owner_of_noun(reading: Reading, cast: Cast, noun: Token) -> str | Person | None:
    """Of what body the official of that description is who was told last before."""
    earlier = [m for m in cast.between(0, noun.idx)[-REMEMBERED:] if reading.parsed[m.head].lower_ == noun.lower_]
    described = read_described(reading, cast, reading.token_at(earlier[-1].start).i) if earlier else Office()
    return described.owner


def _introduced(reading: Reading, cast: Cast, first: Token, office: Office) -> Office:
    """ "The official, Ali Haddad": of the body of the official before; a mayor's or governor's town told before."""
    if not office.role or office.owner is not None:
        return office
    if _SEATED.intersection(office.role.split()):
        return replace(office, owner=seat_before(reading, first.idx))
    noun = first.nbor(-2) if first.i > 1 and first.nbor(-1).text == "," else None
    if noun is None or noun.lower_ != office.role or not any(c.lower_ == "the" for c in noun.lefts):
        return office
    return replace(office, owner=_owner_of_noun(reading, cast, noun))


def _read_after(reading: Reading, cast: Cast, mention: Mention) -> Office:
    """ "Eli Cohen, the energy minister," and "Eli Cohen (Likud leader)"; over an age: "Eli Cohen, 41, a teacher"."""
    doc, index = reading.parsed, reading.token_at(mention.end - 1).i + 1
    if index + 1 >= len(doc) or doc[index].text not in _ASIDES:
        return Office()
    if index + 3 < len(doc) and doc[index + 1].like_num and doc[index + 2].text == ",":
        index += 2
    return read_described(reading, cast, index + 1)


def _shares_title(reading: Reading, previous: Mention, mention: Mention) -> bool:
    """ "Presidents A and B": the plural before the first is the second's title too."""
    first, second = reading.token_at(previous.start), reading.token_at(mention.start)
    between = reading.parsed[reading.token_at(previous.end - 1).i + 1 : second.i]
    title: Token = first.nbor(-1) if first.i else first
    title = title.nbor(-1) if title.text == "," and title.i else title  # "their ministers, A and B"
    return (
        [t.lower_ for t in between] == ["and"] and singular(title) != title.lower_ and singular(title) in roles().titles
    )


def _joined(reading: Reading, previous: Mention, mention: Mention) -> bool:
    """Whether two persons stand side by side: "adviser Brett McGurk, along with special envoy Amos Hochstein"."""
    between = reading.parsed[previous.head + 1 : reading.token_at(mention.start).i]
    if len(between) > LONGEST_OFFICE or not any(t.lower_ in _JOINERS for t in between):
        return False
    return not any(t.pos_ in ("VERB", "AUX") or t.text in ".;" for t in between)
