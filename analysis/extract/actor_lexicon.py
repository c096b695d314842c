"""What is known before reading: countries, armed groups, bodies and media by every name, and the words for offices."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from itertools import accumulate
from pathlib import Path
from typing import Any

from analysis.extract.names import name_keys
from analysis.extract.word_index import load_yaml

LEXICONS = Path(__file__).parent / "lexicons"
_WORD = re.compile(r"(\w+)")
# "The al-Qaeda-linked group", "the Saudi-backed government": who is linked is not who acts.
_QUALIFYING = re.compile(
    r"-(?:linked|led|backed|aligned|affiliated|allied|held|controlled|run|occupied|brokered|mediated|based)\b"
)
# "al-Shabaab", "Israel's", "U.S.": at most this much between two words of one name.
_LONGEST_JOINT = 2


@dataclass(frozen=True)
class Entry:
    """One known actor and the party it speaks for. `adjective` marks "Israeli", `seat` "Washington"."""

    name: str
    actor_type: str
    party: str | None = None
    role: str | None = None
    adjective: bool = False
    seat: bool = False


@dataclass(frozen=True)
class Found:
    """A known name in a text, at `[start, end)`."""

    start: int
    end: int
    entry: Entry


def is_qualifying(text: str, end: int) -> bool:
    """Whether a name that ends at an offset only qualifies: "the al-Qaeda-linked group"."""
    return bool(_QUALIFYING.match(text, end))


def _with_full_stop(text: str, found: Found) -> Found:
    """ "U.N." with its second full stop."""
    abbreviated = "." in text[found.start : found.end] and text[found.end : found.end + 1] == "."
    return Found(found.start, found.end + 1, found.entry) if abbreviated else found


class NameIndex:
    """Finds names in a text in one pass: a tree of lower-case words, so that time does not grow with the lexicon."""

    def __init__(self) -> None:
        self._tree: dict[str, Any] = {}

    def add(self, variant: str, entry: Entry) -> None:
        """Add one name; a leading "=" asks for exactly this case. Earlier entries win."""
        node = self._tree
        for word in _WORD.findall(variant.lower()):
            node = node.setdefault(word, {})
        node.setdefault("", []).append((variant.lstrip("=") if variant.startswith("=") else None, entry))

    def find(self, text: str, cased: bool = True) -> Iterator[Found]:
        """The longest names, left to right, none overlapping. Where `cased`, a name begins with a capital or "al-"."""
        parts = _WORD.split(text)  # what lies between words, and the words, in turns
        words, offsets = list(map(str.lower, parts[1::2])), list(accumulate(map(len, parts)))
        reached = 0
        for position in [number for number, word in enumerate(words) if word in self._tree]:
            if position >= reached:
                found, size = self._longest(words, offsets, position, text, cased)
                if found:
                    reached = position + size
                    if not is_qualifying(text, found.end):
                        yield _with_full_stop(text, found)

    def _longest(
        self, words: list[str], offsets: list[int], position: int, text: str, cased: bool
    ) -> tuple[Found | None, int]:
        """The longest name that begins with a word; word `n` lies at `offsets[2 * n : 2 * n + 2]`."""
        node: dict[str, Any] | None = self._tree
        start, best, size = offsets[2 * position], None, 0
        for offset in range(position, len(words)):
            begin, end = offsets[2 * offset], offsets[2 * offset + 1]
            if offset > position and begin - offsets[2 * offset - 1] > _LONGEST_JOINT:
                break
            node = node.get(words[offset])  # type: ignore[union-attr]
            if node is None:
                break
            entry = self._entry_of(node, text[start:end], cased)
            if entry:
                best, size = Found(start, end, entry), offset - position + 1
        return best, size

    @staticmethod
    def _entry_of(node: dict[str, Any], words: str, cased: bool) -> Entry | None:
        for exact, entry in node.get("", ()):
            if exact is not None and words != exact:
                continue
            if (
                cased
                and exact is None
                and not (words[:1].isupper() or words.startswith("al") or any(map(str.isupper, words)))
            ):
                continue
            return entry
        return None


def _rows(name: str) -> Iterator[list[str]]:
    for line in (LEXICONS / name).read_text("utf-8").splitlines():
        if line and not line.startswith("#"):
            yield [*line.split("\t"), "", "", ""]


def _split(values: str) -> list[str]:
    return [value for value in values.split("|") if value]


@lru_cache(maxsize=1)
def known_actors() -> NameIndex:
    """Every name of governments.tsv and actors.tsv."""
    index = NameIndex()
    for name, kind, party, variants, *_ in _rows("actors.tsv"):
        for variant in [name, *_split(variants)]:
            index.add(variant, Entry(name, kind, party or None))
    for country, adjectives, variants, seats, *_ in _rows("governments.tsv"):
        for variant in [country, *_split(variants)]:
            index.add(variant, Entry(country, "government", country))
        for variant in _split(adjectives):
            index.add(variant, Entry(country, "government", country, adjective=True))
        for variant in _split(seats):
            index.add(variant, Entry(country, "government", country, seat=True))
    return index


@lru_cache(maxsize=1)
def parties() -> dict[str, str]:
    """Canonical name of a known actor -> the party it speaks for."""
    known = {row[0]: row[2] or row[0] for row in _rows("actors.tsv") if row[2] or row[1] == "armed_group"}
    return known | {row[0]: row[0] for row in _rows("governments.tsv")}


def party_of(name: str) -> str | None:
    """The party that a canonical name speaks for, from its own words: "Israeli military" -> "Israel"."""
    known = parties().get(name)
    if known:
        return known
    found = next((f for f in known_actors().find(name) if f.entry.party), None)
    return found.entry.party if found else None


@lru_cache(maxsize=1)
def leaders() -> dict[tuple[str, ...], str]:
    """Keys of a leader's name -> the side that the leader speaks for."""
    return {name_keys(row[0]): row[1] for row in _rows("leaders.tsv")}


@lru_cache(maxsize=1)
def leader_surnames() -> dict[str, str]:
    """Key of a surname -> the side of the leader who bears it; none that leaders of several sides bear."""
    sides: dict[str, set[str]] = {}
    for keys, side in leaders().items():
        sides.setdefault(keys[-1], set()).add(side)
    return {key: min(found) for key, found in sides.items() if len(found) == 1}


@lru_cache(maxsize=1)
def adjectives() -> dict[str, str]:
    """Country -> its adjective ("Lebanon" -> "Lebanese"), where it has one."""
    return {row[0]: _split(row[1])[0] for row in _rows("governments.tsv") if row[1]}


@dataclass(frozen=True)
class Roles:
    """The word lists of roles.yml."""

    titles: frozenset[str]
    ranks: frozenset[str]
    abbreviations: frozenset[str]
    person_endings: frozenset[str]
    no_roles: frozenset[str]
    no_person_endings: frozenset[str]
    person_nouns: frozenset[str]
    group_nouns: frozenset[str]
    institutions: dict[str, str]
    proper_institutions: frozenset[str]
    noise: frozenset[str]
    speech_nouns: frozenset[str]
    honorifics: dict[str, str]
    genders: dict[str, str]
    female_names: frozenset[str]
    ending_verbs: frozenset[str]
    portfolios: frozenset[str]
    heading_verbs: dict[str, str]
    generic_groups: frozenset[str]
    place_nouns: frozenset[str]
    media_words: frozenset[str]
    platforms: frozenset[str]
    peoples: frozenset[str]
    proper_only: frozenset[str]


@lru_cache(maxsize=1)
def roles() -> Roles:
    """The word lists, read once."""
    data = load_yaml(LEXICONS / "roles.yml")
    return Roles(
        titles=frozenset(data["titles"]),
        ranks=frozenset(data["ranks"]),
        abbreviations=frozenset(data["abbreviations"]),
        person_endings=frozenset(data["person_endings"]),
        no_roles=frozenset(data["no_roles"]),
        no_person_endings=frozenset(data["no_person_endings"]),
        person_nouns=frozenset(data["person_nouns"]),
        group_nouns=frozenset(data["group_nouns"]),
        institutions=_inverted(data["institutions"]),
        proper_institutions=frozenset(data["proper_institutions"]),
        noise=frozenset(data["role_noise"]),
        speech_nouns=frozenset(data["speech_nouns"]),
        honorifics=_inverted(data["honorifics"]),
        genders=_inverted(data["gender_nouns"]),
        female_names=frozenset(data["female_names"]),
        ending_verbs=frozenset(data["ending_verbs"]),
        portfolios=frozenset(data["portfolios"]),
        heading_verbs=dict(data["heading_verbs"]),
        generic_groups=frozenset(data["generic_groups"]),
        place_nouns=frozenset(data["place_nouns"]),
        media_words=frozenset(data["media_words"]),
        platforms=frozenset(data["platforms"]),
        peoples=frozenset(data["peoples"]),
        proper_only=frozenset(data["proper_only"]),
    )


def _inverted(groups: dict[str, Iterable[str]]) -> dict[str, str]:
    return {word: group for group, words in groups.items() for word in words}
