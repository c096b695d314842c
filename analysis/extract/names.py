"""Names of persons: which spellings are one name, and which name is the fullest.

A name is compared by its *key*: the consonants of each word, without accents, articles and doubled letters, so that Qassem,
Kassem and Qassim, or Zelensky and Zelenskyy, are one.
"""

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import lru_cache

# Words inside names that tell nobody apart.
PARTICLES = frozenset({
    "al", "el", "ul", "ad", "as", "ash", "an", "ar", "bin", "ibn", "ben", "bint", "abu", "abd", "de", "del", "la", "los",
    "da", "dos", "van", "von", "der", "den", "di", "du", "le", "jr", "sr", "ii", "iii",
})  # fmt: skip
_WORD = re.compile(r"\w+")
_VOWELS = str.maketrans("", "", "aeiouyhw'")
# Letters that transliterations exchange freely.
_EXCHANGED = str.maketrans({"q": "k", "c": "k", "z": "s", "g": "j"})
_DOUBLED = re.compile(r"(.)\1+")
_SHORTEST_FOR_SKELETON = 4


@lru_cache(maxsize=8192)
def fold(word: str) -> str:
    """Lower case, without accents.

    >>> fold("Petró")
    'petro'
    """
    return unicodedata.normalize("NFKD", word.lower()).encode("ascii", "ignore").decode() or word.lower()


@lru_cache(maxsize=8192)
def word_key(word: str) -> str:
    """What spellings of one word have in common; short words keep their vowels, because little else is left.

    >>> word_key("Qassem") == word_key("Kassim")
    True
    """
    folded = fold(word)
    if len(folded) < _SHORTEST_FOR_SKELETON:
        return folded
    skeleton = _DOUBLED.sub(r"\1", folded[1:].translate(_EXCHANGED).translate(_VOWELS))
    return folded[0].translate(_EXCHANGED) + skeleton


@lru_cache(maxsize=8192)
def name_keys(name: str) -> tuple[str, ...]:
    """The keys of a name's telling words, the last one that of the surname.

    >>> name_keys("Mohammed bin Abdulrahman Al-Thani")[-1] == word_key("Thani")
    True
    """
    words = _WORD.findall(name)
    telling = [word_key(word) for word in words if fold(word) not in PARTICLES]
    return tuple(telling or [word_key(word) for word in words])


@dataclass
class Person:
    """One person of a document: every way of writing the name, by the order of appearance."""

    name: str
    keys: tuple[str, ...]
    last_seen: int = 0
    count: int = 0
    role: str | None = None
    affiliation: str | None = None
    gender: str | None = None
    known_as: set[str] = field(default_factory=set)

    def see(self, name: str, position: int) -> None:
        """Note a mention; the fullest spelling becomes the canonical name, the earliest among equals."""
        keys = name_keys(name)
        if len(keys) > len(self.keys):
            self.name, self.keys = name, keys
        self.known_as.add(name)
        self.last_seen, self.count = position, self.count + 1


def same_person(keys: tuple[str, ...], person: Person) -> bool:
    """Whether a name of several words can be that person's."""
    if keys[-1] != person.keys[-1] or not keys[-1]:
        return False
    given, other = keys[0], person.keys[0]
    return given == other or (min(len(given), len(other)) == 1 and given[0] == other[0])


def find_person(name: str, persons: Iterable[Person], gender: str | None = None) -> Person | None:
    """The person that a name stands for: by full name, else by surname, else by any word of it; the latest seen wins."""
    keys = name_keys(name)
    candidates = [p for p in persons if not (gender and p.gender and p.gender != gender)]
    if len(keys) > 1:
        full = [p for p in candidates if len(p.keys) > 1 and same_person(keys, p)]
        full = full or [p for p in candidates if len(p.keys) == 1 and p.keys[0] == keys[-1]]
        return max(full, key=lambda p: p.last_seen, default=None)
    surnamed = [p for p in candidates if p.keys[-1] == keys[0]]
    named = surnamed or [p for p in candidates if keys[0] in p.keys]
    return max(named, key=lambda p: p.last_seen, default=None)
