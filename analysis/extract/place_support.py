"""Whether the words around a known name, and how well known it is, make a place of it."""

from collections.abc import Callable

from spacy.tokens import Doc, Span, Token

from analysis.extract.gazetteer import Gazetteer, Record
from analysis.extract.place_frames import is_framed
from analysis.extract.place_words import ARMS, CUES, HEADS, STRONG_CUES, TITLES

DATELINE_LETTERS = 4
SHORTEST_LOWER = 4  # letters of a name in a text without capitals
# Inhabitants.
POPULOUS, VILLAGE = 100_000, 2_000


class Support:
    """What a document's words say for names of the gazetteer; `countries` are those its adjectives speak of."""

    def __init__(self, doc: Doc, gazetteer: Gazetteer, lowered: bool, countries: Callable[[], frozenset[str]]) -> None:
        self.doc = doc
        self.gazetteer = gazetteer
        self.lowered = lowered
        self.countries = countries

    def allows_person(self, span: Span, records: tuple[Record, ...], trusted: bool) -> bool:
        """Whether a name that the model takes for a person's may be a place's."""
        before = self.doc[span.start - 1].lower_ if span.start else ""
        after = self.doc[span.end].lower_ if span.end < len(self.doc) else ""
        if before in TITLES:
            return False
        # What the model calls a place once is one also where it calls it a person.
        known = trusted and len(span) == 1 and span.text.lower() not in self.gazetteer.wary
        return known or before in STRONG_CUES or after in HEADS or any(r.curated for r in records) or is_framed(span)

    def holds(self, span: Span, records: tuple[Record, ...], text: str, known: bool, exact: bool) -> bool:
        """Whether context and prominence together make a known name a place here."""
        before = self.doc[span.start - 1].lower_ if span.start else ""
        after = self.doc[span.end] if span.end < len(self.doc) else None
        if before in TITLES or (after is not None and after.ent_type_ == "PERSON" and after.text[:1].isupper()):
            return False
        if after is not None and after.lower_ in ARMS and before not in STRONG_CUES:
            return any(r.curated and r.kind == "C" for r in records)
        wary = text.lower() in self.gazetteer.wary
        if known and not wary:
            return True
        cue = before in STRONG_CUES or (after is not None and after.lower_ in HEADS) or is_dateline(text, after)
        prominent = any(r.curated or r.kind in "CA" or r.population >= POPULOUS for r in records)
        if self.lowered:
            return self._holds_lower(span, records, cue, wary, prominent)
        if wary:
            return cue and before != "to"
        if is_framed(span):
            return True
        if any(r.curated or r.kind in "CA" for r in records) or (prominent and not exact):
            return True
        return (before in CUES or cue) and not (after is not None and after.text[:1].isupper() and after.is_alpha)

    def _holds_lower(self, span: Span, records: tuple[Record, ...], cue: bool, wary: bool, prominent: bool) -> bool:
        if len(span.text) < SHORTEST_LOWER:
            return False
        here = any(r.country in self.countries() and (r.kind != "P" or r.population >= VILLAGE) for r in records)
        if wary:
            return here and cue and self.doc[span.start - 1].lower_ in ("in", "near", "at")
        if any(r.curated for r in records):
            return True
        named = all(t.pos_ in ("PROPN", "NOUN", "ADJ", "DET", "ADP", "X") for t in span)
        return named and (here or (cue and (prominent or span[0].pos_ == "PROPN")))


def is_dateline(text: str, after: Token | None) -> bool:
    """ "KHARTOUM (Agency) -": capitals before a bracket or a dash."""
    return (
        text.isupper()
        and len(text) >= DATELINE_LETTERS
        and after is not None
        and after.text in ("(", "-", "–", "—", "--", ",")
    )
