"""Which negotiation a passage speaks of: a register of tracks, and the words by which a passage shows one.

A word counts by how few tracks share it and by how near it stands: in the passage itself, its sentence, its paragraph, the
document. A state that acts in other wars as well shows none by itself. Where no track of the register shows itself, the slug
is made of the countries at war (`conflict_slugs.py`).
"""

import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache, cached_property
from pathlib import Path
from typing import Any

from analysis.errors import RecordError
from analysis.extract.conflict_slugs import find_pair, is_host, slug_of_conflict
from analysis.extract.reading import Reading
from analysis.extract.word_index import LEXICONS, find_words, hash_words, load_yaml
from analysis.facts import Event

REGISTER = LEXICONS / "tracks.yml"
HAND_FILE = "tracks.yml"
# How much a word says about a passage, by where it stands.
IN_SPAN, IN_SENTENCE, IN_PARAGRAPH, IN_DOCUMENT = 8.0, 3.0, 1.0, 0.01
# Words after the passage in its paragraph say less than those before it.
AFTERWARDS = 0.3


@dataclass(frozen=True)
class Register:
    """The tracks by slug, the tracks of each name, the names by their first word, and the ids of those first words."""

    tracks: dict[str, dict[str, Any]]
    words: dict[str, tuple[str, ...]]
    starts: dict[str, list[str]]
    keys: frozenset[int]

    def telling(self, slug: str) -> set[str]:
        """The words of a track, in lower case, without those that are heard `elsewhere`, in the talks of other wars, too."""
        entry = self.tracks[slug]
        told = {word.lower() for key in ("parties", "places", "keywords") for word in _words_of(entry.get(key))}
        parties = entry.get("parties")
        aliases = parties if isinstance(parties, dict) else {}
        return told - {
            word.lower() for word in _words_of({name: aliases.get(name) or [] for name in entry.get("elsewhere", ())})
        }


@cache
def load_register(hand: Path | None = None) -> Register:
    """The package's tracks, and those of the folder of hand additions. Raises where an entry has no slug."""
    entries = load_yaml(REGISTER)
    extra = hand / HAND_FILE if hand is not None else None
    if extra is not None and extra.is_file():
        entries += load_yaml(extra) or []
    tracks: dict[str, dict[str, Any]] = {}
    for entry in entries:
        if not isinstance(entry, dict) or not entry.get("track"):
            raise RecordError(f"{extra or REGISTER}: an entry without `track`: {entry!r}")
        tracks[str(entry["track"])] = entry
    return _index(tracks)


def _index(tracks: dict[str, dict[str, Any]]) -> Register:
    words: dict[str, list[str]] = defaultdict(list)
    for slug, entry in tracks.items():
        for word in dict.fromkeys(
            word for key in ("parties", "places", "keywords") for word in _words_of(entry.get(key))
        ):
            words[word.lower()].append(slug)
    starts: dict[str, list[str]] = defaultdict(list)
    for word in sorted(words, key=len, reverse=True):
        starts[re.split(r"[ -]", word)[0]].append(word)
    return Register(tracks, {word: tuple(slugs) for word, slugs in words.items()}, dict(starts), hash_words(starts))


def _words_of(names: dict[str, list[str]] | list[str] | None) -> list[str]:
    """Names and their other words; a plain list of names has no others."""
    if isinstance(names, dict):
        return [word for name, others in names.items() for word in (str(name), *map(str, others or ()))]
    return [str(name) for name in names or ()]


def find_names(reading: Reading, register: Register) -> Iterator[tuple[int, str]]:
    """Where a name of the register stands, and the name in lower case; the longest one at each place.

    "shan", "karen" and "shire" are words; as names they have a capital, where the text has any.
    """
    lower_case = not any(c.isupper() for c in reading.text)
    for index in find_words(reading, register.keys):
        token = reading.tokens[index]
        if token.text.islower() and not lower_case and token.lower_ not in LOWER_CASE_NAMES:
            continue
        for word in register.starts.get(token.lower_, ()):
            passage = reading.text[token.idx : token.idx + len(word) + 1].lower()
            if passage.startswith(word) and not passage[len(word) :].isalnum():
                yield token.idx, word
                break


LOWER_CASE_NAMES = {"hostage", "hostages", "grain"}


class Tracks:
    """The tracks of one document. `find(start, end)` names the one a passage belongs to."""

    def __init__(self, reading: Reading) -> None:
        self.reading = reading
        self.register = load_register(reading.notes.get("hand"))
        self.names = list(find_names(reading, self.register))
        own = self._shown()
        hits = [(at, tuple(s for s in self.register.words[name] if s in own)) for at, name in self.names]
        self.hits = [(at, slugs) for at, slugs in hits if slugs]
        self.pair = find_pair(reading)
        self.fallback = slug_of_conflict(reading)

    def _shown(self) -> set[str]:
        """The tracks that a word which is theirs alone shows, those left out of which only a state active elsewhere is named.

        A plain word ("hostages") shows none, nor does the name of who hosts or mediates.
        """
        telling = [
            (at, name)
            for at, name in self.names
            if name not in LOWER_CASE_NAMES and not is_host(self.reading.token_at(at))
        ]
        alone = [(at, name) for at, name in telling if len(self.register.words[name]) == 1]
        capital = [(at, name) for at, name in alone if self.reading.text[at : at + 1].isupper()]
        found = {self.register.words[name][0] for _, name in capital or alone}
        names = {name for _, name in telling}
        return {slug for slug in found if names & self.register.telling(slug)}

    def find(self, start: int, end: int) -> str | None:
        """The slug of the track that the passage at [start, end) speaks of; None where nothing tells."""
        scores: dict[str, float] = defaultdict(float)
        sentence, paragraph = self.reading.sentence_at(start), self.reading.paragraph_at(start)
        for at, slugs in self.hits:
            weight = self._weigh(at, start, end, sentence, paragraph)
            for slug in slugs:
                scores[slug] += weight / len(slugs) ** 2
        best = max(scores, key=lambda slug: scores[slug]) if scores else None
        return self.fallback if best is None or self._is_of_others(best, sentence) else best

    def _is_of_others(self, slug: str, sentence: Any) -> bool:
        """Whether a sentence speaks of the report's own pair at war, of whom one has no part in a track: "Iran and Israel"."""
        entry = self.register.tracks[slug]
        known = {word.lower() for key in ("parties", "places", "mediators") for word in _words_of(entry.get(key))}
        strangers = [name for name in self.pair if name.lower() not in known]
        within = [name for at, name in self.names if sentence.start_char <= at < sentence.end_char]
        own = any(self.register.words[name] == (slug,) for name in within)
        return not own and any(name in sentence.text for name in strangers)

    def parties(self, slug: str | None) -> set[str]:
        """The parties of a track of the register, by canonical name; empty for an unknown one."""
        return {str(name) for name in self.register.tracks.get(slug or "", {}).get("parties") or ()}

    def _weigh(self, at: int, start: int, end: int, sentence: Any, paragraph: int) -> float:
        if start <= at < end:
            return IN_SPAN
        if sentence.start_char <= at < sentence.end_char:
            return IN_SENTENCE
        if self.reading.paragraph_at(at) == paragraph:
            return IN_PARAGRAPH if at < start else IN_PARAGRAPH * AFTERWARDS
        return IN_DOCUMENT

    def mediators(self, slug: str | None, start: int) -> list[str]:
        """Who of the register's mediators the paragraph names."""
        entry = self.register.tracks.get(slug or "", {})
        number = self.reading.paragraph_at(start)
        limits = [*self.reading.paragraphs, len(self.reading.text)]
        passage = self.reading.text[limits[number] : limits[number + 1]]
        named = [
            name
            for name, words in _aliases(entry).items()
            if any(re.search(rf"\b{re.escape(w)}", passage) for w in words)
        ]
        return named or self._told_mediators

    @cached_property
    def _told_mediators(self) -> list[str]:
        """Who the document says mediated, where its register's or own track is the only one it tells of."""
        if len({slugs[0] for _, slugs in self.hits if len(slugs) == 1}) > 1:
            return []
        events = (e for e in self.reading.of(Event) if e.event_type == "mediation" and e.modality == "asserted")
        return list(dict.fromkeys(e.actor for e in events if e.actor and e.actor[:1].isupper()))


def _aliases(entry: dict[str, Any]) -> dict[str, list[str]]:
    """A track's mediators by canonical name, with the words that show them; a plain list stands for itself."""
    mediators = entry.get("mediators") or {}
    if isinstance(mediators, list):
        return {str(name): [str(name)] for name in mediators}
    return {str(name): [str(name), *map(str, words or ())] for name, words in mediators.items()}
