"""Where a count belongs that names no place: the incident told last, where the words plainly go on about it."""

import re
from dataclasses import dataclass
from functools import cache
from typing import Any

from spacy.tokens import Token

from analysis.extract.claimed import HARMS
from analysis.extract.lexemes import load_lexicon
from analysis.extract.mention import Mentioned
from analysis.extract.mentions import cast_of
from analysis.extract.place_of_clause import (
    ADJECTIVE,
    as_fields,
    names_toll,
    nearest_place,
    places_between,
    preposition,
)
from analysis.extract.place_words import LOCATIVE
from analysis.extract.reading import Reading
from analysis.extract.timex_distance import REPORTING
from analysis.extract.timex_tense import governing_verb
from analysis.facts import Place, Statement

# So many paragraphs after an incident, words such as "the attack" still mean it.
LONGEST_ABSENCE = 3
# A toll more than so many times the first count of an incident is that of something larger.
LARGEST_GROWTH = 10
# What another side says of an incident, in the same paragraph, may be so many times as much.
RIVAL_GROWTH = 3
# Up to this where_prec of GED a place is a town or closer.
EXACT = 3
# What "scores" of dead are taken for there.
UNSTATED = 100.0
_GOING_ON = re.compile(
    r"\b(?:another|more(?! than)|others?|further|bod(?:y|ies)|remains|the (?:dead|wounded|injured|victims)|of them|of whom)\b",
    re.IGNORECASE,
)


_CAPITAL = re.compile(r"\bthe\s(?:\w+\s)?capital\b")
_OF_THEM = re.compile(r"\bof\s(?:them|whom|those|which)\s(?:\w+\s){0,3}in\s(?:the\s)?$", re.IGNORECASE)


@dataclass(frozen=True)
class Scene:
    """The incident told last: the paragraph, its place as fields of the contract, and how many were harmed."""

    paragraph: int
    place: dict[str, Any]
    value: float


@cache
def _again() -> re.Pattern[str]:
    """ "The attack", "Saturday's strike": an incident that the reader knows already."""
    nouns = "|".join(load_lexicon("claimed")["incidents"])
    return re.compile(rf"(?:\b(?:the|this|that|same|earlier)|'s)\s(?:\w+\s)?(?:{nouns})s?\b", re.IGNORECASE)


def find_place(reading: Reading, mention: Mentioned, scope: str | None) -> dict[str, Any]:
    """The place of a count as fields of the contract: its own, that of the whole it is a part of, or the incident's."""
    whole = mention.whole or mention
    own = nearest_place(reading, whole.start, whole.end)
    if own is not None and (
        _is_of_telling(reading, own, whole) or _is_of_actor(reading, own) or _is_of_part(reading, own, whole)
    ):
        own = None
    found = as_fields(own) if own is not None else _there(reading, mention)
    if own is not None and mention.rule == "toll" and scope == "cumulative" and not _is_of_toll(reading, own, mention):
        return {}
    if mention.measure not in HARMS or scope == "cumulative":
        return found
    if found and scope in ("incident", "new_in_period"):
        size = mention.bounded.number.low or UNSTATED
        reading.notes["figures.scene"] = Scene(reading.paragraph_at(mention.start), found, size)
    if found or mention.measure not in ("killed", "injured", "missing", "hostages"):
        return found
    return _incident(reading, mention) if _goes_on(reading, mention) else {}


def _is_of_telling(reading: Reading, place: Place, mention: Mentioned) -> bool:
    """Whether a place is where somebody speaks, or part of who speaks: "..., she told reporters in Port Sudan"."""
    holding = [
        s for s in reading.of(Statement) if s.start <= mention.start and mention.end <= s.end and s.cue is not None
    ]
    if not holding:
        return False
    said = min(holding, key=lambda s: s.end - s.start)
    assert said.cue is not None
    if said.start <= place.start < said.end or place.extractor == ADJECTIVE:
        return False
    cue = reading.token_at(said.cue.start)
    return place.start > cue.idx or any(
        ancestor.dep_ == "nsubj" for ancestor in reading.token_at(place.start).ancestors
    )


def _is_of_toll(reading: Reading, place: Place, mention: Mentioned) -> bool:
    """Whether a sum is that of a place: of a country or region, or named with "toll"; not that of the town just hit."""
    exact = place.where_prec is not None and place.where_prec <= EXACT
    if not exact or names_toll(reading.token_at(place.end - 1)):
        return True
    return mention.harm is not None and place.start > mention.harm.token.idx


def _is_of_part(reading: Reading, place: Place, mention: Mentioned) -> bool:
    """ "1.9 million people, a third of them in Sagaing": the place of a part only."""
    near = max(0, place.start - 40)
    part = _OF_THEM.search(reading.shadow[near : place.start])
    return part is not None and near + part.start() - mention.number_end not in (0, 1)


def _is_of_actor(reading: Reading, place: Place) -> bool:
    """ "The Observatory, a monitor based in Britain, counted 92 deaths": where the subject is at home."""
    for ancestor in reading.token_at(place.start).ancestors:
        if ancestor.dep_ == "appos" and reading.tokens[max(0, ancestor.i - 1)].text != "(":  # no acronym
            actor = cast_of(reading).covering(ancestor.head.idx) is not None or ancestor.head.ent_type_ in (
                "ORG",
                "PERSON",
            )
            return ancestor.head.dep_ == "nsubj" and actor
    return False


def _goes_on(reading: Reading, mention: Mentioned) -> bool:
    words = reading.shadow[mention.start : mention.end + 12]
    again = _GOING_ON.search(words) or _again().search(reading.sentence_at(mention.start).text)
    if _is_next(reading, mention):
        return True
    bare = (mention.whole or mention).counted.head is None  # "Seventy-five had been wounded"
    return mention.rule == "toll" or bare or bool(again)


def is_of_incident(reading: Reading, mention: Mentioned) -> bool:
    """Whether a toll may be that of the incident being told: of its order of size, or with "the attack" beside it."""
    if _again().search(reading.sentence_at(mention.start).text):
        return True
    scene, value = _scene(reading, mention), mention.bounded.number.low
    return scene is not None and value is not None and value <= LARGEST_GROWTH * max(scene.value, 1)


def _is_next(reading: Reading, mention: Mentioned) -> bool:
    """Whether a small count of the dead or injured follows in the same or the next paragraph, in a sentence that names no place."""
    scene, value, sentence = _scene(reading, mention), mention.bounded.number.low, reading.sentence_at(mention.start)
    if scene is None or value is None or mention.measure not in ("killed", "injured"):
        return False
    same = reading.paragraph_at(mention.start) == scene.paragraph
    if value > scene.value * (RIVAL_GROWTH if same else 1):
        return False
    named = [p for p in places_between(reading, sentence.start_char, sentence.end_char) if not _is_within(reading, p)]
    return not named and reading.paragraph_at(mention.start) - scene.paragraph <= 1


def _is_within(reading: Reading, place: Place) -> bool:
    """Whether a place's name is part of a body's: "the Sudan Doctors Network"."""
    body = cast_of(reading).covering(place.start)
    return body is not None and (body.start, body.end) != (place.start, place.end) and body.named and not body.person


def is_of_war(mention: Mentioned) -> bool:
    """ "The 2020-2022 war killed 600,000 people": the subject is no single incident."""
    if mention.harm is None or mention.harm.token.pos_ != "VERB":
        return False
    subject = next((child for child in mention.harm.token.lefts if child.dep_ == "nsubj"), None)
    return subject is not None and subject.lemma_.lower() in load_lexicon("claimed")["lasting"]


def _incident(reading: Reading, mention: Mentioned) -> dict[str, Any]:
    """The place of the incident being told; none where the sentence is set in "the capital", whichever that is."""
    if _CAPITAL.search(reading.sentence_at(mention.start).text):
        return {}
    scene = _scene(reading, mention)
    return dict(scene.place) if scene else {}


def _told_here(reading: Reading, mention: Mentioned) -> Place | None:
    """The one exact place that the sentences before in the paragraph tell of."""
    start = reading.paragraphs[reading.paragraph_at(mention.start)]
    before = places_between(reading, start, reading.sentence_at(mention.start).start_char)
    exact = [p for p in before if (p.where_prec or EXACT) <= EXACT and _is_told_at(reading.token_at(p.end - 1))]
    return exact[-1] if len({place.name for place in exact}) == 1 else None


def _is_told_at(name: Token) -> bool:
    """Whether a place is where something happened, and not where somebody spoke."""
    verb = governing_verb(name)
    tied = preposition(name) in LOCATIVE | {"on", "of"}
    return tied and (verb is None or verb.lemma_.lower() not in REPORTING)


def _scene(reading: Reading, mention: Mentioned) -> Scene | None:
    """The last incident, unless it was told far back; one that this paragraph has told since without counting anybody."""
    scene: Scene | None = reading.notes.get("figures.scene")
    paragraph = reading.paragraph_at(mention.start)
    if scene is None or scene.paragraph < paragraph:
        since = _told_here(reading, mention)
        if since is not None:
            scene = reading.notes["figures.scene"] = Scene(paragraph, as_fields(since), UNSTATED)
    return scene if scene is not None and paragraph - scene.paragraph <= LONGEST_ABSENCE else None


def _there(reading: Reading, mention: Mentioned) -> dict[str, Any]:
    """ "Hospitals there took in 30 wounded": the place named last."""
    sentence = reading.sentence_at(mention.start)
    if not any(t.lower_ == "there" and t.dep_ != "expl" for t in sentence):
        return {}
    paragraph = reading.paragraphs[reading.paragraph_at(mention.start)]
    before = places_between(reading, paragraph, sentence.start_char)
    return as_fields(before[-1]) if before else {}
