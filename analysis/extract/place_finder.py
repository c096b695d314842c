"""Mentions of places: which words of a text name one.

Two sources of evidence: the model's entities and the gazetteer. A name known to the gazetteer needs less from the
context, a name the model calls a place needs no gazetteer; persons, and words of everyday use, need both a known name
and a cue ("in", "near").
"""

import re
from bisect import bisect_right
from collections.abc import Iterator
from functools import cached_property

from spacy.tokens import Doc, Span, Token

from analysis.extract.actor_lexicon import known_actors
from analysis.extract.gazetteer import Gazetteer, Record, key_of
from analysis.extract.place_frames import is_introduced
from analysis.extract.place_mentions import Adjective, PlaceMention, link_containers
from analysis.extract.place_support import POPULOUS, Support
from analysis.extract.place_words import ARTICLES, CUES, HEADS, LINKS, NUMBERED, ROADS, STRONG_CUES
from analysis.extract.reading import Reading
from analysis.extract.timex_scene import read_words, shows_no_capitals
from analysis.facts import Time

PLACE_LABELS = frozenset({"GPE", "LOC"})
LONGEST_NAME = 5  # words
# Parts of speech of which names consist, in texts without capitals.
_NAMING = frozenset({"PROPN", "NOUN", "ADJ", "X"})
ROAD_WORDS = 4
_CAPITAL = re.compile(r"\b[^\W\d_a-z]")
# "al-Fashir", "ash-Shati": a name whose article has no capital.
_ARTICLED = re.compile(r"(?<![\w-])(?:al|el|ad|an|ar|as|ash|at|az)-(?=[A-Z])")
_ANY_WORD = re.compile(r"\b[^\W\d_]{3}")
TOWN = 10_000
CURRENCIES = frozenset("$\u00a3\u20ac")


def find_mentions(reading: Reading, gazetteer: Gazetteer) -> tuple[list[PlaceMention], list[Adjective]]:
    """All mentions in text order, and apart from them the adjectives of countries; none overlap."""
    finder = PlaceFinder(reading, gazetteer)
    # what is plainly a place once is one wherever its name stands
    finder.trusted = {mention.text.lower() for mention in finder.scan() if mention.records and mention.plain}
    mentions = [mention for mention in finder.scan() if not finder.is_part_of_name(mention)]
    link_containers(finder.text, mentions)
    taken = {offset for mention in mentions for offset in range(mention.start, mention.end)}
    return mentions, [found for found in finder.adjectives if found[0] not in taken and found[1] - 1 not in taken]


class PlaceFinder:
    """The scan of one document. `trusted` holds names that are plainly places elsewhere in it."""

    def __init__(self, reading: Reading, gazetteer: Gazetteer) -> None:
        self.doc: Doc = reading.parsed
        self.reading = reading
        self.text = read_words(reading).text
        self.gazetteer = gazetteer
        self.lowered = shows_no_capitals(self.text)
        self.entities = {token.i: ent for ent in self.doc.ents for token in ent}
        self.trusted: set[str] = set()
        self.introduced: set[str] = set()  # names that nobody knows, said to be places' somewhere in the document
        self.support = Support(self.doc, gazetteer, self.lowered, lambda: self.countries)
        self.persons = {
            token.lower_ for ent in self.doc.ents if ent.label_ == "PERSON" and len(ent) > 1 for token in ent[1:]
        }
        self.timed = {i for time in reading.of(Time) for i in range(time.start, time.end)}

    @cached_property
    def adjectives(self) -> list[tuple[int, int, Record]]:
        """Words for countries' people and things ("Sudanese", "Sri Lankan"): offsets and the country."""
        found = []
        for index in self.starts:
            for last in (index + 2, index + 1):
                span = self.doc[index : min(last, len(self.doc))]
                record = self.gazetteer.demonyms.get(key_of(span.text))
                if record is not None:
                    found.append((span.start_char, span.end_char, record))
                    break
        return found

    @cached_property
    def countries(self) -> frozenset[str]:
        """Countries the adjectives speak of."""
        return frozenset(record.country for _, _, record in self.adjectives)

    @cached_property
    def articled(self) -> frozenset[int]:
        """Where names with an article of small letters begin, no part of a person's: "Abdel Fattah **al-**Burhan"."""
        found = (match.start() for match in _ARTICLED.finditer(self.text))
        return frozenset(at for at in found if self._stands_alone(at))

    def _stands_alone(self, offset: int) -> bool:
        before = self.reading.token_at(offset).i - 1
        return before < 0 or not self.doc[before].text[:1].isupper() or self.doc[before].lower_ in CUES

    @cached_property
    def starts(self) -> list[int]:
        """Words at which a name may begin."""
        pattern = _ANY_WORD if self.lowered else _CAPITAL
        offsets = {match.start() for match in pattern.finditer(self.text)}
        offsets.update(ent.start_char for ent in self.doc.ents if ent.label_ in PLACE_LABELS)
        offsets.update(self.articled)
        tokens = [self.reading.token_at(offset) for offset in sorted(offsets)]
        return [token.i for token in tokens if self._may_start(token)]

    def scan(self) -> Iterator[PlaceMention]:
        """Left to right, the longest name that holds at each word."""
        upcoming = 0
        for index in self.starts:
            found = self._at(index) if index >= upcoming else None
            if found:
                mention, upcoming = found
                yield mention

    @cached_property
    def names(self) -> list[tuple[int, int]]:
        """Where the names of known bodies stand, in text order."""
        return [(found.start, found.end) for found in known_actors().find(self.text, not self.lowered)]

    def is_part_of_name(self, mention: PlaceMention) -> bool:
        """A word within a known body's name that is no country: "the National **Unity** Government"."""
        at = bisect_right(self.names, (mention.start, 0)) - 1
        if at < 0 or not self.names[at][0] < mention.start < mention.end <= self.names[at][1]:
            return False
        return not any(record.kind == "C" and record.country for record in mention.records)

    def _may_start(self, token: Token) -> bool:
        first = self.text[token.idx]
        articled = token.idx in self.articled
        if not first.isalpha() or not (self.lowered or first.isupper() or articled or token.i in self.entities):
            return False
        if token.idx in self.timed or token.lower_ in ARTICLES or token.text[-1] in CURRENCIES:
            return False  # "US$4 million" is money
        if self.lowered:
            return self._may_start_lower(token)
        return first.isupper() or articled or self.entities[token.i].label_ in PLACE_LABELS

    def _may_start_lower(self, token: Token) -> bool:
        """Without capitals: listed names anywhere, others only where the model or a preposition points to a place."""
        if token.lower_ in self.gazetteer.first_words or token.i in self.entities:
            return True
        before = self.doc[token.i - 1].lower_ if token.i else ""
        return before in CUES and token.pos_ in ("PROPN", "NOUN", "ADJ")

    def _at(self, index: int) -> tuple[PlaceMention, int] | None:
        for last in range(self._limit(index), index, -1):
            span = self.doc[index:last]
            mention = self._judge(span, self.text[span.start_char : span.end_char])
            if mention and not self._is_people(mention):
                return mention, last
        return None

    def _is_people(self, mention: PlaceMention) -> bool:
        """Whether a name is rather the word for a country's people ("Thai"), and a place only by another of its names."""
        key = key_of(mention.text)
        return key in self.gazetteer.demonyms and not any(key_of(record.name) == key for record in mention.records)

    def _limit(self, index: int) -> int:
        """The end of the longest stretch that could be one name."""
        last = index + 1
        while last < min(len(self.doc), index + LONGEST_NAME):
            token = self.doc[last]
            inside = token.i in self.entities and self.entities[token.i].start <= index
            numbered = token.text.isdigit() and self.doc[index].lower_ in NUMBERED
            if not (
                inside
                or numbered
                or token.text[:1].isupper()
                or token.lower_ in LINKS
                or (self.lowered and token.pos_ in _NAMING)
            ):
                break
            last += 1
        while last > index + 1 and self.doc[last - 1].lower_ in LINKS:
            last -= 1
        return last

    def _judge(self, span: Span, text: str) -> PlaceMention | None:
        records = self._records(span, text)
        entity = self.entities.get(span.start)
        exact = entity is not None and _core(entity) == (span.start, span.end)
        if entity is not None and entity.label_ in PLACE_LABELS and exact:
            return self._judge_entity(span, text, records)
        if not records:
            return self._framed(span, text) or self._road(span, text)
        if (
            entity is not None
            and entity.label_ == "PERSON"
            and not (exact and self.support.allows_person(span, records, text.lower() in self.trusted))
        ):
            return None
        known = text.lower() in self.trusted
        if entity is not None and entity.label_ in PLACE_LABELS:  # "Kermanshah province", "North Texas"
            known = known or any(record.population >= TOWN for record in records)
        if not self.support.holds(span, records, text, known, exact):
            return None
        mention = self._mention(span, text, records)
        mention.plain = entity is None or exact or any(record.curated for record in records)
        return mention

    def _judge_entity(self, span: Span, text: str, records: tuple[Record, ...]) -> PlaceMention | None:
        """What the model calls a place: known, or else introduced like one and no person's surname."""
        if records:
            return self._mention(span, text, records) if len(text) > 1 else None
        framed = self._framed(span, text)
        if framed is not None:
            return framed
        if len(span) > 1 and any(self.gazetteer.find(token.text) for token in span if token.text[:1].isupper()):
            return None  # a known name inside will do: "North Texas", "Henderson County Jail"
        before = self.doc[span.start - 1].lower_ if span.start else ""
        plain = self.lowered or text[0].isupper()
        introduced = before in STRONG_CUES or before == "of" or span[-1].lower_ in HEADS
        return (
            self._mention(span, text, ())
            if plain and introduced and span[-1].lower_ not in self.persons and len(text) > 2
            else None
        )

    def _framed(self, span: Span, text: str) -> PlaceMention | None:
        """A name that nobody knows, in the frame of a place, here or earlier in the document: "the village of X"."""
        if self.lowered or len(text) <= 2:
            return None
        if (text.lower() not in self.introduced and not is_introduced(span)) or not self._is_new(span):
            return None
        self.introduced.add(text.lower())
        return self._mention(span, text, ())

    def _is_new(self, span: Span) -> bool:
        """Whether no known place or body has part of the name: "North Texas", "the Hamas village"."""
        bodies = known_actors().find(self.text[span.start_char : span.end_char], True)
        return next(iter(bodies), None) is None and not any(
            record.curated or record.population >= POPULOUS
            for first in range(span.start, span.end)
            for record in self.gazetteer.find(span.doc[first : span.end].text)
        )

    def _records(self, span: Span, text: str) -> tuple[Record, ...]:
        short = self.gazetteer.abbreviations.get(text)
        if short is not None and (len(text) > 3 or "." in text or self._after_comma(span)):
            return (short,)
        if span[0].is_sent_start and span[0].pos_ == "ADP" and len(span) > 1:
            return ()  # "At Kassala ...": no Arabic article
        return self.gazetteer.find(text)

    def _after_comma(self, span: Span) -> bool:
        return span.start > 0 and self.doc[span.start - 1].text == ","

    def _road(self, span: Span, text: str) -> PlaceMention | None:
        """Roads by their form: "Salah al-Din Road", "Highway 60"."""
        if len(span) < 2 or len(span) > ROAD_WORDS:
            return None
        named = span[-1].lower_ in ROADS and all(token.text[0].isupper() for token in span)
        numbered = len(span) == 2 and span[0].lower_ in NUMBERED and span[1].text.isdigit()
        return self._mention(span, text, ()) if named or numbered else None

    def _mention(self, span: Span, text: str, records: tuple[Record, ...]) -> PlaceMention:
        end = span.end_char
        if self.text[end : end + 1] == "." and text + "." in self.gazetteer.abbreviations:
            end += 1  # the sentence's full stop is the abbreviation's too
        while not (self.text[end - 1].isalnum() or self.text[end - 1] == "."):
            end -= 1  # "Paris-"
        return PlaceMention(span.start_char, end, self.text[span.start_char : end], records)


def _core(entity: Span) -> tuple[int, int]:
    """Token range of an entity without article and possessive."""
    first, last = entity.start, entity.end
    if entity[0].lower_ in ("the", "a") and len(entity) > 1:
        first += 1
    if entity[-1].lower_ in ("'s", "'", "’s") and last > first + 1:
        last -= 1
    return first, last
