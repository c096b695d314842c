"""Named persons: where the parse or an office before a name shows one, and which mentions are one person."""

from collections.abc import Iterator
from dataclasses import dataclass

from spacy.tokens import Span, Token

from analysis.extract.actor_lexicon import Found, roles
from analysis.extract.aliases import Aliases, find_aliases, first_name_of
from analysis.extract.name_spans import find_name_spans
from analysis.extract.names import Person, find_person, fold, name_keys
from analysis.extract.person_evidence import gather_evidence, pick_names
from analysis.extract.reading import Reading

_SHORTEST_SURNAME = 3


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
    doc = reading.parsed
    spans = [doc[first : last + 1] for first, last in sorted(set(find_name_spans(reading, cased)))]
    evidence = gather_evidence(reading, known, spans, cased)
    picked = [span for _, _, span in _without_overlap([_placed(span) for span in pick_names(evidence, spans)])]
    aliases, second = find_aliases(doc, picked)
    names = list(_without_overlap([_placed(span) for span in (*second, *picked)]))
    names += _missed_surnames(reading, names)
    return _identify(sorted(names, key=lambda n: n[0]), reading, aliases)


def _placed(span: Span) -> tuple[int, int, Span]:
    return span.start, span.end - 1, span


def _missed_surnames(reading: Reading, names: list[tuple[int, int, Span]]) -> list[tuple[int, int, Span]]:
    """Later mentions by surname that the model did not take for a person."""
    owned = {index for first, last, _ in names for index in range(first, last + 1)}
    surnames = {span[-1].text for _, _, span in names if len(span) > 1 and len(span[-1].text) >= _SHORTEST_SURNAME}
    doc = reading.parsed
    return [
        (token.i, token.i, doc[token.i : token.i + 1])
        for token in reading.tokens
        if token.text in surnames
        and token.i not in owned
        and token.pos_ in ("PROPN", "NOUN", "VERB", "ADJ", "ADV", "X", "INTJ")
    ]


def _without_overlap(names: list[tuple[int, int, Span]]) -> Iterator[tuple[int, int, Span]]:
    reached = -1
    for first, last, span in sorted(names, key=lambda n: (n[0], -n[1])):
        if first > reached:
            yield first, last, span
            reached = last


def _identify(names: list[tuple[int, int, Span]], reading: Reading, aliases: Aliases) -> list[PersonMention]:
    """Two passes: full names first, so that a headline's bare surname finds them."""
    persons: list[Person] = []
    for first, _, span in names:
        if len(span.text.split()) > 1 and name_keys(span.text) not in aliases:
            gender = _gender(reading.parsed[first], span)
            person = find_person(span.text, persons) or _new(persons, span.text)
            person.see(span.text, span.start_char)
            person.gender = person.gender or gender
    for person in persons:
        person.last_seen = -1
    mentions = []
    for first, last, span in names:
        name = first_name_of(aliases, span.text)
        person = find_person(name, persons, _honorific_gender(reading.parsed[first])) or _new(persons, name)
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
