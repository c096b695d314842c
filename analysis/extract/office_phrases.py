"""An office as a phrase beside a name: "Energy Minister", "the army's chief", "head of the Mossad"."""

from dataclasses import dataclass

from spacy.tokens import Token

from analysis.extract.actor_lexicon import roles
from analysis.extract.cast import Cast, Mention
from analysis.extract.descriptions import find_named_before
from analysis.extract.names import Person
from analysis.extract.office_owners import (
    WHERE,
    body_at,
    known_within,
    owner_by_pronoun,
    owner_within,
    place_before,
    possessor_at,
    side_of,
    stated,
)
from analysis.extract.office_words import STOPS, find_title, goes_on, is_age, names_person, singular
from analysis.extract.reading import Reading

LONGEST_OFFICE = 9
_INSIDE = {"NOUN", "PROPN", "ADJ", "PART", "NUM"}
_CONTINUING = {"of", "for", "at", "in", "to", "with", "from"}
_POSSESSIVES = {"his", "her", "their", "its"}
# Institutions that name one even without a country before them.
_BODIES = {
    "ministry",
    "junta",
    "army",
    "military",
    "department",
    "government",
    "police",
    "navy",
    "parliament",
    "presidency",
}


@dataclass(frozen=True)
class Office:
    """A role as stated, and whose it is: a body, country or place by name, or a person whose side counts."""

    role: str | None = None
    owner: str | Person | None = None

    @property
    def affiliation(self) -> str | None:
        """The owner's name, or the side of the person who owns."""
        return self.owner.affiliation if isinstance(self.owner, Person) else self.owner


def read_before(reading: Reading, cast: Cast, first: Token) -> Office:
    """ "Energy Minister Eli Cohen", "Baalbek's mayor, Mustafa al-Shall"."""
    doc, last = reading.parsed, first.i - 1
    if last >= 1 and doc[last].text == "," and (first.dep_ in ("appos", "compound") or first.head.dep_ == "appos"):
        last -= 1
    while last >= 0 and doc[last].lower_ in roles().honorifics and doc[last].lower_ not in roles().titles:
        last -= 1
    title = find_title(first, last)
    if title < 0 or doc[title].sent != first.sent:
        return Office()
    if singular(doc[title]) not in roles().titles:
        called = doc[title].dep_ == "compound" and doc[title].i == first.i - 1 and names_person(doc[title])
        return Office(doc[title].text) if called else Office()
    start = title
    while start > 0 and title - start < LONGEST_OFFICE and _belongs(doc[start - 1]) and not doc[start].is_sent_start:
        start -= 1
    if is_rank(doc[start : title + 1].text) and start > 1 and doc[start - 1].text == ",":
        above = read_before(reading, cast, doc[start])
        if above.role:
            return above
    return (
        _with_continuation(reading, cast, start, title, last)
        if title < last
        else _split_office(reading, cast, start, title)
    )


def is_rank(words: str) -> bool:
    """Whether an office is nothing but a rank."""
    return all(word.lower() in roles().ranks for word in words.split())


def _belongs(token: Token) -> bool:
    if token.pos_ in _INSIDE or token.lower_ in roles().noise or token.lower_ in ("'s", "'", "acting", *_POSSESSIVES):
        return True
    following = token.nbor(1)
    return token.text == "-" or (
        token.lower_ == "of" and following.pos_ == "PROPN" and following.lower_ not in roles().titles
    )


def _split_office(reading: Reading, cast: Cast, start: int, last: int) -> Office:
    """The owner in front, the role behind it."""
    doc = reading.parsed
    cut, owner = _owner_in_front(reading, cast, start, last)
    while cut <= last and (
        doc[cut].lower_ in roles().noise or not doc[cut].text[0].isalnum() or (is_age(doc[cut]) and cut < last)
    ):
        cut += 1
    if owner is None:
        cut, owner = _institution_in(reading, cut, last)
    last = _before_rank(reading, cut, last)
    role = stated(reading, cut, last) if cut <= last else doc[last].text
    return Office(role if doc[last].lower_ == singular(doc[last]) else role.removesuffix("s"), owner)


def _before_rank(reading: Reading, first: int, last: int) -> int:
    """The last word of an office without the rank behind it: "army spokesman Maj. Gen."; "attorney general" is no rank."""
    doc, end = reading.parsed, last
    while end > first and doc[end].lower_ in roles().ranks and doc[end].text[:1].isupper():
        end -= 1
    held = (
        doc[end].lower_ in roles().titles and doc[end].lower_ not in roles().ranks and doc[end].lower_ not in _GENERALS
    )
    return end if held else last


# Offices that go on with "general".
_GENERALS = {"attorney", "secretary", "director", "inspector", "consul", "surgeon", "governor", "solicitor"}


def _owner_in_front(reading: Reading, cast: Cast, start: int, last: int) -> tuple[int, str | Person | None]:
    """Where the role begins behind whose it is: a possessor, a pronoun, a country, a body or a town."""
    doc = reading.parsed
    cut, owner = start, None
    for index in range(start, last + 1):
        token = doc[index]
        if token.lower_ in ("'s", "'"):
            cut, owner = index + 1, possessor_at(reading, cast, index - 1) or owner
        elif token.lower_ in _POSSESSIVES:
            cut, owner = index + 1, owner_by_pronoun(reading, token, doc[last])
        elif owner is None or index >= cut:
            known = known_within(reading, index, last) if token.text[:1].isupper() else None
            body = known if known is not None and known.start == token.idx else body_at(cast, token)
            if body:
                cut, owner = max(cut, reading.token_at(body.end - 1).i + 1), side_of(body)
            elif owner is None and index < last and place_before(token):
                cut, owner = index + 1, token.text
    return cut, owner


def _institution_in(reading: Reading, first: int, last: int) -> tuple[int, str | None]:
    """ "Ministry spokeswoman", "a Defence Department spokesman": the body in front of the office."""
    doc = reading.parsed
    for index in range(last - 1, first - 1, -1):
        kind = roles().institutions.get(doc[index].lower_)
        if doc[index].lower_ in _BODIES or (
            kind == "organisation" and index > first and doc[index - 1].pos_ == "PROPN"
        ):
            following = index + 2 if doc[index + 1].lower_ in ("'s", "'") else index + 1
            while first < index and doc[first].lower_ in roles().titles:
                first += 1  # "the chief government negotiator"
            meant = find_named_before(reading, doc[index]) if first == index else None
            return following, side_of(meant) if meant is not None else stated(reading, first, index)
    return first, None


def read_described(reading: Reading, cast: Cast, start: int) -> Office:
    """An office that a noun phrase from `start` describes, with what follows it ("head of the Mossad")."""
    doc, words = reading.parsed, roles()
    for index in range(start, min(start + LONGEST_OFFICE, len(doc))):
        token = doc[index]
        if (
            (token.lower_ in STOPS and token.text != "-")
            or token.tag_ == "WP$"
            or (token.pos_ in ("VERB", "AUX") and token.lower_ not in words.noise and token.dep_ != "amod")
        ):
            return Office()
        bearer = cast.covering(token.idx)
        if bearer and bearer.bearer and not _is_possessor(reading, bearer):
            return Office()
        if (bearer and bearer.bearer) or _is_before_possessor(reading, cast, token):
            continue  # "President Vladimir Putin's spokesman"
        if (token.lower_ in words.titles | words.person_nouns or names_person(token)) and not goes_on(token):
            return _with_continuation(reading, cast, start, index, None)
    return Office()


def _is_possessor(reading: Reading, mention: Mention) -> bool:
    following = reading.token_at(mention.end - 1).i + 1
    return following < len(reading.parsed) and reading.parsed[following].lower_ in ("'s", "'")


def _is_before_possessor(reading: Reading, cast: Cast, token: Token) -> bool:
    named = cast.covering(token.nbor(1).idx) if token.i + 1 < len(reading.parsed) else None
    return named is not None and named.bearer is not None and _is_possessor(reading, named)


def _with_continuation(reading: Reading, cast: Cast, start: int, title: int, last: int | None) -> Office:
    """An office with what follows it, up to `last` or to where the phrase ends."""
    doc, office, follow = reading.parsed, _split_office(reading, cast, start, title), title + 1
    if follow + 1 >= len(doc) or doc[follow].lower_ not in _CONTINUING:
        return office
    end = _phrase_end(reading, follow, title) if last is None else last
    owner = owner_within(reading, cast, follow, end)
    whole = stated(reading, _role_start(office, reading, start, title), end)
    if doc[follow].lower_ == "of" and _is_part_of_title(reading, follow, end):
        return Office(whole, office.owner)
    plain = owner is not None or doc[follow].lower_ in WHERE
    return Office(office.role if plain else whole, office.owner or owner)


def _phrase_end(reading: Reading, follow: int, title: int) -> int:
    doc, end = reading.parsed, follow
    while end + 1 < len(doc) and end - title < LONGEST_OFFICE:
        following = doc[end + 1]
        joined = not doc[end].whitespace_ and (following.text == "-" or doc[end].text == "-")  # "al-Qaeda-linked"
        if not joined and (following.text in STOPS or following.pos_ in ("VERB", "AUX")):
            break
        end += 1
    return end


def _is_part_of_title(reading: Reading, follow: int, end: int) -> bool:
    """ "Secretary of State", "chief of staff": what follows names no body."""
    words = reading.parsed[follow + 1 : end + 1]
    return 0 < len(words) <= 2 and words[-1].lower_ in roles().portfolios


def _role_start(office: Office, reading: Reading, start: int, last: int) -> int:
    return max(start, last - len((office.role or "").split()) + 1)
