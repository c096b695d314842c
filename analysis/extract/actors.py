"""Actors: each named person once, at the first mention, with role and affiliation; bodies, governments and groups likewise."""

from collections.abc import Iterator

from analysis.extract.actor_lexicon import parties, party_of, roles
from analysis.extract.cast import Mention
from analysis.extract.coreference import resolve
from analysis.extract.mentions import cast_of
from analysis.extract.offices import find_offices
from analysis.extract.reading import Reading
from analysis.facts import Actor

__all__ = ["Mention", "find_facts", "mentions", "party", "resolve"]

# A country is an actor where it does something, not where something merely happens in it.
_ACTING = {"nsubj", "agent", "conj"}


def mentions(reading: Reading) -> list[Mention]:
    """Every mention of a person, body, government, group or medium, by offset."""
    return cast_of(reading).mentions


def party(name: str, reading: Reading | None = None) -> str | None:
    """The party that a canonical name speaks for ("CIA" -> "United States"); with a reading also for its persons.

    >>> party("Israeli military")
    'Israel'
    """
    if reading is not None:
        person = next((m.bearer for m in mentions(reading) if m.bearer and m.name == name), None)
        if person is not None:
            return _side_of(person.affiliation, reading) if person.affiliation else None
        described = next((m.affiliation for m in mentions(reading) if m.name == name and m.affiliation), None)
        if described:
            return parties().get(described, described)
        if "'s " in name:
            return _side_of_possessor(name, reading) or party_of(name)
    return party_of(name)


def _side_of_possessor(name: str, reading: Reading) -> str | None:
    """The side of whose office it is: "Nawaf Salam's office"."""
    owner, mark, _ = name.partition("'s ")
    return party(owner, reading) if mark and any(m.bearer and m.name == owner for m in mentions(reading)) else None


def _side_of(affiliation: str, reading: Reading) -> str:
    """The party of an affiliation; "the army" is that of the country whose army the text names."""
    known = party_of(affiliation)
    if known or any(map(str.isupper, affiliation)):
        return known or affiliation
    wanted = set(affiliation.lower().split())
    told = (
        m for m in mentions(reading) if m.affiliation and wanted <= set(reading.text[m.start : m.end].lower().split())
    )
    named = next((m.affiliation for m in told), None)
    return named or affiliation


def find_facts(reading: Reading) -> Iterator[Actor]:
    """One fact for each named actor, at its first mention."""
    cast, seen = cast_of(reading), set()
    find_offices(reading, cast)
    for mention in cast.everyone:
        if not mention.named or (mention.actor_type, mention.name) in seen:
            continue
        if mention.actor_type == "person" and mention.bearer is None:
            continue
        if not _is_called(mention):
            continue
        if mention.name in roles().platforms and reading.parsed[mention.head].dep_ != "nsubj":
            continue
        if mention.actor_type == "government" and reading.parsed[mention.head].dep_ not in _ACTING:
            continue
        seen.add((mention.actor_type, mention.name))
        yield _fact(reading, mention)


def _is_called(mention: Mention) -> bool:
    """Whether a mention has a name: "the office" and "the force" act, but are nobody by themselves."""
    words = mention.name.lower().split()
    return mention.bearer is not None or any(map(str.isupper, mention.name)) or words[-1] not in roles().institutions


def _fact(reading: Reading, mention: Mention) -> Actor:
    person = mention.bearer
    affiliation = person.affiliation if person else mention.affiliation
    return reading.fact(
        Actor, mention.start, mention.end, rule="actors.person" if person else "actors.body",
        name=mention.name, actor_type=mention.actor_type, role=person.role if person else None,
        affiliation=affiliation if affiliation != mention.name else None,
    )  # fmt: skip
