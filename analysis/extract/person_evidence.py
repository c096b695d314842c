"""Which names are persons': not those of places, roads, peoples and media that the model takes for them."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from spacy.tokens import Span, Token

from analysis.extract.actor_lexicon import Found, leader_surnames, roles
from analysis.extract.cues import cues
from analysis.extract.gazetteer import load_gazetteer
from analysis.extract.names import word_key
from analysis.extract.reading import Reading
from analysis.facts import Place

_LONGEST_NAME = 7
_LONGEST_PLACE = 3
# A lone word after one of these is where something is, not who did it.
_LOCATIVE = {"in", "at", "near", "around", "outside", "into", "across"}


@dataclass(frozen=True)
class Evidence:
    """What tells names of persons from others in a document: spans of known actors and places, and surnames of full names."""

    reading: Reading
    cased: bool
    known: set[tuple[int, int]]
    places: set[tuple[int, int]]
    surnames: frozenset[str]


def gather_evidence(reading: Reading, known: list[Found], spans: list[Span], cased: bool) -> Evidence:
    """The evidence of a document whose names may stand at `spans`."""
    taken = {(f.start, f.end) for f in known if not f.entry.adjective}
    places = {(p.start, p.end) for p in reading.of(Place) if p.lat is not None}
    surnames = {word_key(span[-1].text) for span in spans if len(span) > 1}
    return Evidence(reading, cased, taken, places, frozenset(surnames))


def pick_names(evidence: Evidence, spans: list[Span]) -> Iterator[Span]:
    """The spans that name persons; a name that is a place somewhere in the document is one everywhere."""
    judged = [span for span in spans if _is_name(evidence, span)]
    places = {span.text for span in judged if _is_told_a_place(span)}
    yield from (span for span in judged if span.text not in places or _has_title(span[0]))


def _is_name(evidence: Evidence, span: Span) -> bool:
    first = span[0]
    if (
        not any(c.isalpha() for c in span.text)
        or any(t.like_num or t.is_digit for t in span)
        or len(span) > _LONGEST_NAME + 2
    ):
        return False
    if evidence.cased and not any(t.text[:1].isupper() for t in span):
        return False
    if _is_thing(span):
        return False
    extent = (span.start_char, span.end_char)
    if any(start <= extent[0] and extent[1] <= end for start, end in evidence.known):
        return False  # also a part: "Doctors Without Borders" holds no Dr Borders
    if _is_before_place_noun(span) or _is_of_place(first):
        return False
    if _has_title(first):
        return True
    if len(span) == 1 and _is_attribute(evidence, first):
        return False
    if extent in evidence.places or (len(span) == 1 and (_is_where(first) or _is_lone_place(evidence, first))):
        return False
    return not any(start >= extent[0] and end <= extent[1] and end - start > 3 for start, end in evidence.known)


def _is_where(name: Token) -> bool:
    """ "in Sevare", "in Debre Markos", "the town of Sevare": a lone name where something is."""
    before = name
    while (
        before.i > name.sent.start and name.i - before.i < _LONGEST_PLACE and (before == name or before.pos_ == "PROPN")
    ):
        before = before.nbor(-1)
    if before.lower_ in _LOCATIVE:
        return True
    return before.lower_ == "of" and before.i > 0 and before.nbor(-1).lower_ in roles().place_nouns


def _is_of_place(first: Token) -> bool:
    """ "The village of Umm Baru"."""
    return first.i > 1 and first.nbor(-1).lower_ == "of" and first.nbor(-2).lower_ in roles().place_nouns


def _is_attribute(evidence: Evidence, name: Token) -> bool:
    """ "Druze leaders", "the Observatory": a single name that no full name and no leader has, told like a people or a body."""
    key = word_key(name.text)
    if name.lower_ in roles().peoples:
        return True
    if not evidence.cased or key in evidence.surnames or key in leader_surnames():
        return False
    plain = name.dep_ in ("compound", "amod", "nmod") and name.head.i > name.i and name.head.text.islower()
    return plain or any(c.lower_ == "the" and c.i == name.i - 1 for c in name.lefts)


def _has_title(first: Token) -> bool:
    before = first.nbor(-1).lower_ if first.i else ""
    return before in roles().titles or before in roles().honorifics


def _is_before_place_noun(span: Span) -> bool:
    """ "the Sheikh Omar and Salah districts", "Uvira town": the next noun, over other names, is one of places."""
    doc, index = span.doc, span.end
    while index < min(len(doc), span.end + _LONGEST_NAME) and (
        doc[index].pos_ == "PROPN" or doc[index].text in (",", "and")
    ):
        index += 1
    return index < len(doc) and doc[index].lower_ in roles().place_nouns and doc[index].pos_ == "NOUN"


def _is_told_a_place(span: Span) -> bool:
    """ "Mar Elias, a mostly Christian quarter"."""
    return any(c.dep_ == "appos" and c.lower_ in roles().place_nouns for t in span for c in t.children)


def _is_lone_place(evidence: Evidence, token: Token) -> bool:
    """A single word that the gazetteer knows, that is no surname here and that neither says nor owns anything."""
    key = word_key(token.text)
    if not evidence.cased or key in evidence.surnames or key in leader_surnames():
        return False
    if token.dep_ == "nsubj" and token.head.lemma_ in cues().clause:
        return False
    hand = evidence.reading.notes.get("hand")
    return bool(load_gazetteer(Path(hand) if hand else None).find(token.text))


def _is_thing(span: Span) -> bool:
    """A road, a building, a people or a medium ("Al-Jadeed television"), or a plain plural that opens a sentence."""
    following = span.doc[span.end].lower_ if span.end < len(span.doc) else ""
    endings = roles().no_person_endings
    if len(span) == 1 and (span[0].tag_ == "NNS" or _is_plural_subject(span[0])):
        return True
    named_as_paper = span[-1].lower_ in endings | roles().media_words
    return (len(span) > 1 and named_as_paper) or following in endings


def _is_plural_subject(token: Token) -> bool:
    """ "Doubts remain": a person would remain."""
    verb = token.head
    return token.dep_ == "nsubj" and verb.tag_ == "VBP" and token.text.endswith("s") and token.n_rights == 0
