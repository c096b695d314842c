"""Named persons: where the parse or an office before a name shows one, and which mentions are one person."""

from collections.abc import Iterator
from dataclasses import dataclass

from spacy.tokens import Doc, Span, Token

from analysis.extract.actor_lexicon import Found, roles
from analysis.extract.names import PARTICLES, Person, find_person, fold, name_keys
from analysis.extract.reading import Reading
from analysis.extract.tokens import tokens_of
from analysis.facts import Place

_LINKS = {"-", "'", "’"}
_LONGEST_NAME = 7
_LONGEST_EXTENSION = 30  # tokens beyond which a row of names is no name, whatever each adds
_SHORTEST_SURNAME = 3
# A lone word after one of these is where something is, not who did it.
_LOCATIVE = {"in", "at", "near", "around", "outside", "into", "across"}


@dataclass
class PersonMention:
    """A name in the text: tokens `[first, last]`, and whom it names."""

    first: int
    last: int
    start: int
    end: int
    person: Person


def find_people(reading: Reading, known: list[Found], cased: bool) -> list[PersonMention]:
    """Every mention of a named person, in order, each tied to one `Person` of the document."""
    taken = {(f.start, f.end) for f in known if not f.entry.adjective}
    places = {(p.start, p.end) for p in reading.of(Place) if p.lat is not None}
    spans = sorted(set(_spans(reading, cased)))
    names = [
        (first, last, reading.parsed[first : last + 1])
        for first, last in spans
        if _is_name(reading.parsed[first : last + 1], taken, places, cased)
    ]
    names = list(_without_overlap(names))
    names += _missed_surnames(reading, names)
    return _identify(sorted(names, key=lambda n: n[0]), reading)


def _missed_surnames(reading: Reading, names: list[tuple[int, int, Span]]) -> list[tuple[int, int, Span]]:
    """Later mentions by surname that the model did not take for a person."""
    owned = {index for first, last, _ in names for index in range(first, last + 1)}
    surnames = {span[-1].text for _, _, span in names if len(span) > 1 and len(span[-1].text) >= _SHORTEST_SURNAME}
    doc = reading.parsed
    return [
        (token.i, token.i, doc[token.i : token.i + 1])
        for token in tokens_of(reading)
        if token.text in surnames and token.i not in owned and token.pos_ in ("PROPN", "NOUN", "VERB", "ADJ")
    ]


def _spans(reading: Reading, cased: bool) -> Iterator[tuple[int, int]]:
    doc, titles = reading.parsed, roles().titles
    for ent in doc.ents:
        if ent.label_ == "PERSON" or (
            ent.label_ in ("ORG", "GPE", "NORP", "FAC") and _has_office(doc[ent.start], titles)
        ):
            yield from _trim(doc, ent.start, ent.end - 1)
    for token in tokens_of(reading):
        if token.lower_ in titles and token.i + 1 < len(doc) and _begins_name(doc[token.i + 1], cased):
            yield from _trim(doc, token.i + 1, token.i + 1)


def _has_office(token: Token, titles: frozenset[str]) -> bool:
    before = token.nbor(-1) if token.i else None
    return before is not None and before.lower_ in titles and token.ent_type_ != "NORP"


def _begins_name(token: Token, cased: bool) -> bool:
    if token.lower_ in roles().titles or token.ent_type_ in ("DATE", "NORP", "GPE", "ORG", "LAW", "CARDINAL"):
        return False
    return token.pos_ == "PROPN" and (not cased or token.text[:1].isupper())


def _trim(doc: Doc, first: int, last: int) -> Iterator[tuple[int, int]]:
    """The name alone: offices, honorifics and possessive marks off, particles and their neighbours on."""
    words = roles()
    while first <= last and (
        doc[first].lower_ in words.titles
        or doc[first].lower_ in words.honorifics
        or doc[first].lower_ in words.noise
        or not doc[first].text[0].isalpha()
    ):
        first += 1
    while last >= first and (
        doc[last].lower_ in ("'s", "'") or (not doc[last].text[-1].isalpha() and doc[last].text[-1] != ".")
    ):
        last -= 1
    if first > last:
        return
    for index in range(first + 1, last):
        if doc[index].lower_ in ("'s", ","):
            last = index - 1
            break
    yield _extend_left(doc, first, last), _extend_right(doc, last)


def _extend_right(doc: Doc, last: int) -> int:
    longest = min(len(doc), last + _LONGEST_EXTENSION)
    while last + 1 < longest:
        step = _step(doc, last, 1)
        if not step:
            return last
        last += step
    return last


def _extend_left(doc: Doc, first: int, last: int) -> int:
    """Over a particle ("Salah al-" before "Arouri") or a given name that the model left out."""
    while first > 0 and last - first < _LONGEST_NAME:
        before = doc[first - 1]
        if before.lower_ in PARTICLES and first > 1 and not doc[first - 1].is_sent_start:
            first -= 1
        elif before.text in _LINKS and first > 1 and not before.whitespace_ and not doc[first - 2].whitespace_:
            first -= 2
        elif doc[first].lower_ in PARTICLES and before.pos_ == "PROPN" and before.text[:1].isupper() and _plain(before):
            first -= 1
        else:
            return first
    return first


def _plain(token: Token) -> bool:
    words = roles()
    return (
        token.lower_ not in words.titles
        and token.lower_ not in words.honorifics
        and token.ent_type_ not in ("GPE", "NORP", "DATE")
    )


def _step(doc: Doc, last: int, ahead: int) -> int:
    """How many tokens more belong to a name that ends at `last`."""
    following = doc[last + ahead]
    if following.is_sent_start:
        return 0
    if following.text in _LINKS and not doc[last].whitespace_ and not following.whitespace_ and last + 2 < len(doc):
        return 2 if doc[last + 2].text[:1].isalpha() and doc[last + 2].lower_ != "s" else 0
    if (
        following.lower_ in PARTICLES
        and last + 2 < len(doc)
        and doc[last + 2].text[:1].isupper()
        and following.lower_ != "as"
    ):
        return 2
    if following.lower_ in PARTICLES and last + 3 < len(doc) and doc[last + 2].text == "-":
        return 3
    if (
        following.pos_ == "PROPN"
        and following.text[:1].isupper()
        and following.dep_ != "nsubj"
        and doc[last].dep_ == "compound"
    ):
        return 1 if _plain(following) and doc[last].head.i >= following.i else 0
    return 0


def _is_name(span: Span, taken: set[tuple[int, int]], places: set[tuple[int, int]], cased: bool) -> bool:
    first = span[0]
    if (
        not any(c.isalpha() for c in span.text)
        or any(t.like_num or t.is_digit for t in span)
        or len(span) > _LONGEST_NAME + 2
    ):
        return False
    if cased and not any(t.text[:1].isupper() for t in span):
        return False
    if _is_thing(span):
        return False
    extent = (span.start_char, span.end_char)
    if any(start <= extent[0] and extent[1] <= end for start, end in taken):
        return False  # also a part: "Doctors Without Borders" holds no Dr Borders
    before = first.nbor(-1).lower_ if first.i else ""
    if before in roles().titles or before in roles().honorifics:
        return True
    if extent in places or (len(span) == 1 and before in _LOCATIVE):
        return False
    return not any(start >= extent[0] and end <= extent[1] and end - start > 3 for start, end in taken)


def _is_thing(span: Span) -> bool:
    """A road, a building, a people or a medium ("Al-Jadeed television"), or a plain plural that opens a sentence."""
    following = span.doc[span.end].lower_ if span.end < len(span.doc) else ""
    endings = roles().no_person_endings
    if len(span) == 1 and span[0].tag_ == "NNS":
        return True
    return (len(span) > 1 and span[-1].lower_ in endings) or following in endings


def _without_overlap(names: list[tuple[int, int, Span]]) -> Iterator[tuple[int, int, Span]]:
    reached = -1
    for first, last, span in sorted(names, key=lambda n: (n[0], -n[1])):
        if first > reached:
            yield first, last, span
            reached = last


def _identify(names: list[tuple[int, int, Span]], reading: Reading) -> list[PersonMention]:
    """Two passes: full names first, so that a headline's bare surname finds them."""
    persons: list[Person] = []
    for first, _, span in names:
        if len(span.text.split()) > 1:
            gender = _gender(reading.parsed[first], span)
            person = find_person(span.text, persons) or _new(persons, span.text)
            person.see(span.text, span.start_char)
            person.gender = person.gender or gender
    for person in persons:
        person.last_seen = -1
    mentions = []
    for first, last, span in names:
        person = find_person(span.text, persons, _honorific_gender(reading.parsed[first])) or _new(persons, span.text)
        person.last_seen, person.count = span.start_char, person.count + 1
        person.known_as.add(span.text)
        person.gender = person.gender or _honorific_gender(reading.parsed[first])
        mentions.append(PersonMention(first, last, span.start_char, span.end_char, person))
    return mentions


def _new(persons: list[Person], name: str) -> Person:
    person = Person(name, name_keys(name))
    persons.append(person)
    return person


def _gender(token: Token, span: Span) -> str | None:
    return _honorific_gender(token) or ("female" if fold(span[0].text) in roles().female_names else None)


def _honorific_gender(token: Token) -> str | None:
    before = token.nbor(-1).lower_ if token.i else ""
    gender = roles().honorifics.get(before) or roles().genders.get(before)
    return gender if gender in ("male", "female") else None
