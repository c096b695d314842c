"""Where and when an event happened and who says so: read from the places, times and statements found before."""

import re
from bisect import bisect_left
from typing import Any

from spacy.tokens import Token

from analysis.extract import statements, times
from analysis.extract.dependents import find_arranged, find_prepositional
from analysis.extract.event_mention import DEFINITE
from analysis.extract.place_of_clause import as_fields, holder_of, nearest_place, places_between, preposition
from analysis.extract.place_words import GENERIC, LOCATIVE, SETTLED
from analysis.extract.reading import Reading
from analysis.extract.roles import carrying_verb
from analysis.extract.timex_tense import governing_verb
from analysis.extract.triggers import Trigger
from analysis.facts import Place

# What these speak about has places of its own.
TALKS = frozenset({"meeting", "mediation", "agreement"})
# Prepositions that tie a place to a noun of event: "an attack on Goma", "the bombing of Aleppo".
_TIES = LOCATIVE | {"of", "on", "against", "upon"}
_AT = frozenset({"in", "at"})
# "The deadliest since January" compares; it dates nothing.
_COMPARISON = re.compile(r"\b(?:first|worst|most|\w{3,12}est)\b[\w ]{0,40} (?:since|in)\b")


def find_place(reading: Reading, trigger: Trigger, target: Token | None, event_type: str) -> dict[str, Any]:
    """Where: the target where that is a place, else what hangs on the noun, else what is nearest in the clause."""
    found = (place_at(reading, target) if target is not None else None) or _own_place(reading, trigger, event_type)
    if found is None:
        found = nearest_place(reading, trigger.start, trigger.end, topics=event_type not in TALKS)
        wide = found is not None and (event_type in TALKS or found.where_prec in _WIDE)
        if found is not None and wide and not _is_of_clause(reading, trigger, found):
            return {}
        if found is not None and trigger.nominal and points_back(trigger) and not _is_beside(reading, trigger, found):
            return {}
    return as_fields(found) if found is not None else {}


def place_at(reading: Reading, head: Token) -> Place | None:
    """The place that a phrase is itself: "Minova", "the Harib district"; no country."""
    words = [head, *(c for c in head.lefts if c.dep_ == "compound" and head.lower_ in GENERIC)]
    if head.lower_ in GENERIC | SETTLED:
        words += find_prepositional(head, {"of"})  # "the town of X"
    found = (p for word in words for p in places_between(reading, word.left_edge.idx, word.idx + len(word)))
    near = (p for p in found if any(p.start <= word.idx < p.end for word in words))
    return next((p for p in near if p.where_prec not in _WIDE), None)


_WIDE = {6, 7}
_NAMED = {"GPE", "LOC", "FAC"}


def _own_place(reading: Reading, trigger: Trigger, event_type: str) -> Place | None:
    """The place nearest to a noun of event among those that hang on it."""
    noun = trigger.token
    if not trigger.nominal:
        return None
    inside = places_between(reading, trigger.end, noun.right_edge.idx + len(noun.right_edge))
    tokens = [(reading.token_at(place.end - 1), place) for place in inside]
    if event_type in TALKS:
        found = next((p for t, p in tokens if preposition(t) in _AT and holder_of(t).i == noun.i), None)
        return found or _appointed_place(reading, noun)
    before = (place_at(reading, left) for left in noun.lefts if left.dep_ == "compound" and left.ent_type_ in _NAMED)
    beside = next((place for place in before if place is not None), None)
    if beside is not None:
        return beside  # "the Catatumbo massacre"
    return next((p for t, p in tokens if preposition(t) in _TIES and p.where_prec not in _WIDE), None)


def _appointed_place(reading: Reading, noun: Token) -> Place | None:
    """ "A new round of talks is planned for Caracas"."""
    verb = carrying_verb(noun)
    if verb is None or verb.lemma_ not in ("plan", "schedule", "set", "slate"):
        return None
    found = (place_at(reading, t) for t in find_prepositional(verb, {"for", "in"}))
    return next((place for place in found if place is not None), None)


def points_back(trigger: Trigger) -> bool:
    """Whether its words point to an event told before: "the attack", "his visit"."""
    return any(left.lower_ in DEFINITE or left.dep_ == "poss" for left in trigger.token.lefts)


def _is_of_clause(reading: Reading, trigger: Trigger, place: Place) -> bool:
    """Whether a place is told in the event's own clause, or one joined to it; not "a deal reached in X", "calls for peace in X"."""
    sentence = reading.sentence_at(trigger.start)
    if not sentence.start_char <= place.start < sentence.end_char:
        return True
    token = reading.token_at(place.end - 1)
    there, own = governing_verb(token), governing_verb(trigger.token)
    own = (find_arranged(own) or own) if own is not None else None
    if there is None or own is None or there.i == own.i:
        return True
    return (there.dep_ == "conj" and there.head.i == own.i) or (own.dep_ == "conj" and own.head.i == there.i)


def _is_beside(reading: Reading, trigger: Trigger, place: Place) -> bool:
    """Whether a place hangs on the noun or on its verb, and on nothing told between them."""
    token = reading.token_at(place.end - 1)
    verb = governing_verb(trigger.token)
    holders = {trigger.token.i} | ({verb.i} if verb is not None else set())
    sentence = reading.sentence_at(trigger.start)
    elsewhere = not sentence.start_char <= place.start < sentence.end_char
    return elsewhere or (preposition(token) in LOCATIVE and holder_of(token).i in holders)


def find_source(reading: Reading, start: int, end: int) -> dict[str, Any]:
    """Who says so, as the statements found it."""
    found = statements.attribution(reading, start, end)
    return {"asserted_by": found.asserted_by, "relayed_by": list(found.relayed_by or []), "cue": found.cue}


def find_dates(reading: Reading, start: int, end: int) -> dict[str, Any]:
    """When, as the times found it; a day inherited from an earlier sentence only where the event did not move on elsewhere."""
    window = times.window(reading, start, end)
    if window.text and moves_on(reading, start, window.text):
        return {}
    if window.date_start is None:
        # "operations, which began on 30 September": the day it began, and no end.
        sentence = reading.sentence_at(start)
        if _COMPARISON.search(sentence.text):
            return {}
        return {"date_start": window.period_start, "date_prec": window.prec} if window.period_start else {}
    return {"date_start": window.date_start, "date_end": window.date_end, "date_prec": window.prec}


def dates_of_report(reading: Reading, trigger: Trigger, modality: str) -> dict[str, Any]:
    """In a short report of one day, what was done, told in the past tense by a main clause, was done that day."""
    token = trigger.token
    if modality != "asserted" or trigger.nominal or token.tag_ not in ("VBD", "VBN") or token.dep_ in ("relcl", "acl"):
        return {}
    day = times.told_day(reading)
    if times.names_time(reading, token.sent.start_char, token.sent.end_char) or not day.date_start:
        return {}
    return {"date_start": day.date_start, "date_end": day.date_end, "date_prec": day.prec}


def moves_on(reading: Reading, start: int, words: str) -> bool:
    """Whether the words of a time stand further back than the sentence before, and the event's own sentence names another place."""
    sentence = reading.sentence_at(start)
    if words in reading.text[sentence.start_char : sentence.end_char]:
        return False
    earlier = reading.sentence_at(max(0, reading.text.rfind(words, 0, sentence.start_char)))
    there, here = (places_in(reading, s.start_char, s.end_char) for s in (earlier, sentence))
    return sentence.start > earlier.end and bool(here - there)


def places_in(reading: Reading, start: int, end: int) -> set[str]:
    """Names of the places mentioned in [start, end)."""
    found = reading.notes.get("places_by_start")
    if found is None:
        found = reading.notes["places_by_start"] = sorted((place.start, place.name) for place in reading.of(Place))
    return {name for _, name in found[bisect_left(found, (start, "")) : bisect_left(found, (end, ""))]}
