"""Which place holds for a clause: the nearest in the grammar of its sentence, and of places named together the most exact."""

from bisect import bisect_left
from functools import cache
from typing import Any

from spacy.tokens import Token

from analysis.extract.dependents import find_arranged
from analysis.extract.place_chains import most_exact
from analysis.extract.place_words import COUNTERS, DISTANCES, DIVISIONS, GENERIC, LOCATIVE, OWNED, SETTLED
from analysis.extract.reading import Reading
from analysis.extract.timex_distance import REPORTING
from analysis.extract.timex_tense import governing_verb
from analysis.extract.word_index import find_words, hash_words
from analysis.facts import Place

ADJECTIVE = "places.adjective"  # the rule of facts that name a country by its adjective
_STEPS = 10
_WEIGHED = 30  # places on each side
_INSIDE, _OTHER_CLAUSE, _TARGET, _DIRECTION = 0.5, 1.0, 0.3, 3.0
# What a vaguer place costs against a more exact one, by where_prec.
_VAGUENESS = {4: 0.4, 5: 0.5, 6: 0.9, 7: 0.9}


def nearest(reading: Reading, start: int, end: int, topics: bool = True) -> dict[str, Any]:
    """The place of what the words [start, end) tell, as fields of a Figure or Event; empty where none plainly applies.

    Without `topics`, places of what is only talked about do not count: talks on "a pause in Gaza" are held elsewhere.
    """
    found = nearest_place(reading, start, end, topics)
    return as_fields(found) if found else {}


def nearest_place(reading: Reading, start: int, end: int, topics: bool = True) -> Place | None:
    """The same, as the mention of the place."""
    sentence = reading.sentence_at(start)
    here = _around(places_between(reading, sentence.start_char, sentence.end_char), start)
    if not topics:
        own = governing_verb(reading.token_at(start))
        own = (find_arranged(own) or own) if own is not None else None
        here = [place for place in here if not is_topic(reading.token_at(place.end - 1), own)]
    costs = [(cost, place) for place in here if (cost := _cost(reading, place, start, end)) is not None]
    if costs:
        best = min(costs, key=lambda pair: pair[0])[1]
        return most_exact(reading.shadow, best, here)
    if here and is_headline(reading, start):
        tied = [p for p in here if reading.tokens[max(0, reading.token_at(p.start).i - 1)].lower_ in LOCATIVE]
        return tied[0] if len(tied) == 1 else None
    return _same_again(reading, start) or _of_counter(reading, sentence.start_char, sentence.end_char)


# Paragraphs of a text that may have a headline and a lead and something to tell.
MORE_THAN_HEADLINE = 3


def is_headline(reading: Reading, offset: int) -> bool:
    """Whether words stand in the first paragraph, and that is a line without a full stop."""
    if len(reading.paragraphs) < MORE_THAN_HEADLINE or offset >= reading.paragraphs[1]:
        return False
    return reading.text[reading.paragraphs[0] : reading.paragraphs[1]].rstrip()[-1:].isalnum()


def is_topic(token: Token, own: Token | None) -> bool:
    """Whether a word stands in an aim or a prospect ("to negotiate ...", "which would involve ..."), other than in `own` verb's."""
    for _ in range(_STEPS):
        if token.head.i == token.i or (own is not None and token.i == own.i):
            return False
        if token.pos_ == "VERB" and any(c.lower_ in _PROSPECTS and c.dep_ == "aux" for c in token.lefts):
            return True
        token = token.head
    return False


_PROSPECTS = {"to", "would", "could", "should", "must", "will"}


def _around(places: list[Place], offset: int) -> list[Place]:
    """The places next to an offset: a list of hundreds in one sentence is not weighed anew for each of its numbers."""
    if len(places) <= 2 * _WEIGHED:
        return places
    at = bisect_left([place.start for place in places], offset)
    return places[max(0, at - _WEIGHED) : at + _WEIGHED]


def places_between(reading: Reading, start: int, end: int) -> list[Place]:
    """The names of places in [start, end), adjectives left out."""
    places, starts = _index(reading)
    return places[bisect_left(starts, start) : bisect_left(starts, end)]


def _index(reading: Reading) -> tuple[list[Place], list[int]]:
    if "places" not in reading.notes:
        names = [place for place in reading.of(Place) if place.extractor != ADJECTIVE]
        names.sort(key=lambda place: place.start)
        reading.notes["places"] = names, [place.start for place in names]
    index: tuple[list[Place], list[int]] = reading.notes["places"]
    return index


def as_fields(place: Place) -> dict[str, Any]:
    """A place as the fields of a Figure or Event."""
    return {
        "place": place.name, "geonames_id": place.geonames_id, "lat": place.lat, "lon": place.lon, "where_prec": place.where_prec,
    }  # fmt: skip


def _cost(reading: Reading, place: Place, start: int, end: int) -> float | None:
    """Grammatical distance of a place, None where it is only somebody's side ("Israel said")."""
    token, anchor = reading.token_at(place.end - 1), reading.token_at(start)
    cost = min(abs(token.i - anchor.i), 150) / 100 + _VAGUENESS.get(place.where_prec or 0, 0.0)
    if any(t.text == ";" for t in token.doc[min(token.i, anchor.i) : max(token.i, anchor.i)]):
        cost += _OTHER_CLAUSE
    if _is_landmark(token):
        return cost + _DIRECTION
    lead = preposition(token)
    if lead == "of" and (kind := _kind_before(token)) is not None:
        # "in the village of X": the village's own preposition leads.
        token, lead = kind, preposition(kind)
    if start <= place.start < end:
        return cost if lead in LOCATIVE else _INSIDE + cost
    if _is_scene_of(token, anchor) or names_toll(token):
        return cost
    above = _verbs_between(token, anchor)
    if above > 1 or (lead == "from" and _is_home(token)):
        return None
    if lead in LOCATIVE:
        return cost + (0.0 if _same_verb(anchor, token) else _OTHER_CLAUSE + above * _INSIDE)
    if token.dep_ in ("dobj", "nsubjpass") and place.where_prec in (1, 2, 3, None):
        return cost + _TARGET
    return cost + _DIRECTION if lead in ("of", "from", "to") or token.dep_ in ("dobj", "nsubjpass") else None


def _is_home(name: Token) -> bool:
    """ "Officials from **X** held talks": where somebody comes from, the others of a list included."""
    for _ in range(_STEPS):
        if name.dep_ != "conj":
            break
        name = name.head
    people = name.head.head if name.dep_ == "pobj" else name
    return people.pos_ in ("NOUN", "PROPN") and people.dep_ in ("nsubj", "nsubjpass", "conj", "appos")


def _is_landmark(name: Token) -> bool:
    """ "70 km north of **X**": what only says how far off something was."""
    before = name.doc[max(0, name.left_edge.i - 5) : name.left_edge.i]
    return before[-1:].text in ("of", "from") and any(word.lemma_.lower() in DISTANCES for word in before)


# "**Goma** death toll rises to 30": what may stand between the place and the toll.
_KINDS_OF_TOLL = {"death", "casualty", "fatality"}


def names_toll(name: Token) -> bool:
    """Whether a place stands before a toll as the one that it is of, however the headline's verbs are parsed."""
    after = [word.lower_ for word in name.doc[name.i + 1 : name.i + 3]]
    return after[:1] == ["toll"] or (after[1:] == ["toll"] and after[0] in _KINDS_OF_TOLL)


def _is_scene_of(name: Token, anchor: Token) -> bool:
    """ "X province, **where** 12 people died", "the town of X has taken in 300 families": a place that a clause is about."""
    kind = (
        name.head if name.dep_ in ("compound", "nmod") and name.head.lower_ in SETTLED else _kind_before(name) or name
    )
    own = governing_verb(anchor)
    if own is None or (kind.dep_ not in ("nsubj", "nsubjpass") and own.dep_ != "relcl"):
        return False
    if own.dep_ == "relcl" and own.head.i in (kind.i, name.i):
        return any(child.lower_ == "where" for child in own.lefts)
    return kind.i != name.i and kind.head.i == own.i and own.lemma_.lower() not in REPORTING


def holder_of(name: Token) -> Token:
    """The word that a place's preposition hangs on: the "strike" of "a strike near the village of X"."""
    token = name
    for _ in range(_STEPS):
        joined = token.dep_ in ("compound", "appos", "conj", "nmod", "pobj", "prep") or token.lower_ in GENERIC
        if not joined or token.head.i == token.i:
            return token
        token = token.head
        if token.pos_ != "ADP" and token.lower_ not in GENERIC and token.ent_type_ not in ("GPE", "LOC", "FAC"):
            return token
    return token


def _kind_before(name: Token) -> Token | None:
    """The "village" of "the village of X"."""
    before = name.doc[name.left_edge.i - 1] if name.left_edge.i > 1 else name
    kind = before.nbor(-1) if before.lower_ == "of" else name
    return kind if kind.lower_ in GENERIC | DIVISIONS else None


def _same_verb(one: Token, other: Token) -> bool:
    first, second = governing_verb(one), governing_verb(other)
    return first is not None and second is not None and first.i == second.i


def _verbs_between(place: Token, own: Token) -> int:
    """How many verbs part a word from the place of a verb above it, verbs of reporting left out; 0 where none is above.

    "Signed in Geneva, a step many hope will end a war which killed 9": two verbs below, nobody was killed there.
    """
    top, verb, between = governing_verb(place), governing_verb(own), 0
    while verb is not None and top is not None and verb.i != top.i and verb.head.i != verb.i:
        verb = governing_verb(verb.head)
        between += verb is not None and verb.i != top.i and verb.lemma_.lower() not in REPORTING
    return between if verb is not None and top is not None and verb.i == top.i else 0


def preposition(token: Token) -> str:
    """The preposition a name hangs on, through compounds and appositions; empty where there is none."""
    for _ in range(_STEPS):
        if token.dep_ == "pobj":
            return token.head.lower_
        if token.dep_ not in ("compound", "appos", "conj", "amod", "nmod", "poss") or token.head.i == token.i:
            return ""
        if token.dep_ == "poss" and not _is_place_word(token.head):
            return ""  # "at France's request"
        token = token.head
    return ""


def _is_place_word(token: Token) -> bool:
    """Whether what a place's name owns is a place: "Sudan's Kassala", "Yemen's north", "the city's market"."""
    return token.ent_type_ in ("GPE", "LOC", "FAC") or token.lower_ in OWNED or token.pos_ == "PROPN"


def _same_again(reading: Reading, start: int) -> Place | None:
    """ "Strikes on the city": the exact place named last, in this paragraph."""
    sentence = reading.sentence_at(start)
    generic = _definite_places(reading)
    if bisect_left(generic, sentence.start) == bisect_left(generic, sentence.end):
        return None
    paragraph = reading.paragraphs[reading.paragraph_at(start)]
    exact = [place for place in places_between(reading, paragraph, sentence.end_char) if place.where_prec in (1, 2, 3)]
    return exact[-1] if exact else None


def _definite_places(reading: Reading) -> list[int]:
    """Numbers of the tokens that speak of a place without its name: "the city"."""
    if "definite_places" not in reading.notes:
        words = [reading.tokens[index] for index in find_words(reading, _generic_ids())]
        reading.notes["definite_places"] = [
            word.i for word in words if word.lower_ in GENERIC and reading.tokens[max(0, word.i - 1)].lower_ == "the"
        ]
    numbers: list[int] = reading.notes["definite_places"]
    return numbers


@cache
def _generic_ids() -> frozenset[int]:
    return hash_words(GENERIC)


def _of_counter(reading: Reading, start: int, end: int) -> Place | None:
    """ "The Lebanese Health Ministry has counted ...": the country whose dead it counts, if one country only is so named."""
    if "adjectives" not in reading.notes:
        reading.notes["adjectives"] = [place for place in reading.of(Place) if place.extractor == ADJECTIVE]
    found = [
        place
        for place in reading.notes["adjectives"]
        if start <= place.start < end and reading.token_at(place.end + 1).lower_ in COUNTERS
    ]
    return found[0] if len({place.name for place in found}) == 1 else None
