"""What an institution is called: one name however a text puts it."""

from spacy.tokens import Token

from analysis.extract.actor_lexicon import Found, adjectives, roles
from analysis.extract.reading import Reading

DETERMINERS = frozenset({
    "the", "a", "an", "its", "his", "her", "their", "our", "this", "that", "these", "those", "some", "any", "another", "one",
})  # fmt: skip
LONGEST_DESCRIPTION = 8


def institution_name(reading: Reading, first: int, last: int, head: Token, owner: Found | None) -> str:
    """One name for one institution: "Lebanon's health ministry" is the Lebanese Health Ministry."""
    stated = stated_name(reading, reading.parsed[first].idx, reading.parsed[last].idx + len(reading.parsed[last]))
    if owner is None or owner.entry.actor_type != "government" or not owner.entry.party:
        return _without_common_owner(stated)
    if last > head.i and not _turns(reading, head):
        return stated
    if _is_proper_name(reading, head, owner):
        following = reading.parsed[head.i + 1]
        return f"{stated} {stated_name(reading, following.idx, reading.parsed[head.i + 2].idx + len(reading.parsed[head.i + 2]))}"
    own = range(reading.token_at(owner.start).i, reading.token_at(owner.end - 1).i + 1)
    words = [
        t.text
        for t in reading.parsed[first : head.i + 1]
        if t.i not in own and t.text[0].isalnum() and t.lower_ not in ("'s", "'", ",", *DETERMINERS)
    ]
    if last > head.i:
        words = _turned(reading, head, last, own) + words
    words = words[-LONGEST_DESCRIPTION:]
    if head.lower_ in roles().proper_institutions:
        words = [word[:1].upper() + word[1:] for word in words]
    country = owner.entry.party
    return " ".join([adjectives().get(country, country), *words])


def _is_proper_name(reading: Reading, head: Token, owner: Found) -> bool:
    """ "United States Institute of Peace": a country's noun before a capital, and "of" behind, is part of a name."""
    noun = not owner.entry.adjective and reading.text[owner.end : head.idx].strip() == ""
    proper = head.text[:1].isupper() and head.lower_ not in roles().proper_institutions
    following = reading.parsed[head.i + 1 : head.i + 3]
    return noun and proper and len(following) > 1 and following[0].lower_ == "of" and following[1].pos_ == "PROPN"


def _without_common_owner(stated: str) -> str:
    """ "city's Southern Hospital" is called Southern Hospital."""
    owner, mark, rest = stated.replace("’", "'").partition("'s ")
    return stated[len(owner) + len(mark) :] if mark and owner.islower() and any(map(str.isupper, rest)) else stated


def _turns(reading: Reading, head: Token) -> bool:
    """Whether an institution takes its matter in front: "Ministry of Health", but not "Center for Ukrainian Studies"."""
    following = reading.parsed[head.i + 1]
    named = any(c.pos_ == "PROPN" and c.dep_ in ("compound", "amod") for c in head.lefts)
    return following.lower_ == "of" and (not named or head.lower_ in roles().proper_institutions)


def _turned(reading: Reading, head: Token, last: int, own: range) -> list[str]:
    """ "Ministry of Health" as "Health" before "Ministry"."""
    inner = reading.parsed[head.i + 1 : last + 1]
    return [t.text for t in inner if t.i not in own and t.pos_ in ("NOUN", "PROPN", "ADJ")]


def stated_name(reading: Reading, start: int, end: int) -> str:
    return " ".join(reading.text[start:end].split()).strip("[](),. ")
