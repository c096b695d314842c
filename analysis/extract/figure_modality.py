"""Whether a count is asserted: the harm's own verb, fear, a forecast toll, a plan's terms; and what is taken for granted."""

import re

from spacy.tokens import Token

from analysis.extract.mention import Mentioned
from analysis.extract.modality import find_modality
from analysis.extract.reading import Reading
from analysis.facts import Modality

HIGHEST_GOVERNOR = 5  # words from a noun up to the verb that governs it
# "feared dead", "believed missing": the words before a state of harm that leave it open.
_FEARED = {"feared", "presumed", "believed", "thought", "possibly", "suspected", "probably"}
_MODALS: dict[str, Modality] = {"may": "possible", "might": "possible", "could": "possible", "can": "possible"}
# "Forced 4,500 people to flee": what is caused has come about as far as its cause has.
_CAUSING = {"force", "drive", "cause", "prompt", "lead", "push", "compel", "oblige"}
_PLAN = re.compile(
    r"\b(?:plan|proposal|draft|offer|initiative|road ?map|blueprint|outline|framework|bill|scheme|idea)\b",
    re.IGNORECASE,
)
# What a plan does with its terms: "the draft **foresees** the release of 40 hostages".
_FORESEEING = {"foresee", "envisage", "envision", "provide", "stipulate", "propose", "suggest"}


def find_figure_modality(reading: Reading, mention: Mentioned) -> Modality:
    """The modality that the figure's own clause gives it."""
    if mention.harm is None:
        return _of_plan(reading, mention)
    verb = mention.harm.token
    if mention.harm.rule == "adjective":
        return _modal(_governor(verb))
    if mention.harm.rule == "toll":
        return _of_toll(reading, mention)
    if verb.pos_ in ("VERB", "AUX"):
        return "possible" if _is_feared(verb) else _of_verb(verb)
    return _of_state(verb)


def _of_verb(verb: Token) -> Modality:
    if verb.tag_ == "VB" and any(child.lower_ == "to" and child.dep_ == "aux" for child in verb.lefts):
        return find_modality(verb.head) if verb.head.lemma_.lower() in _CAUSING else "planned"
    auxiliaries = {child.lower_ for child in verb.lefts if child.dep_ == "aux"}
    if {"to", "have"} <= auxiliaries:
        return "asserted"  # "is estimated to have lost 1,000 men": of what has been
    return "conditional" if {"would", "have"} <= auxiliaries else find_modality(verb)


def _is_feared(token: Token) -> bool:
    return any(near.lower_ in _FEARED for near in token.doc[max(0, token.i - 3) : token.i])


def _of_state(state: Token) -> Modality:
    """ "feared dead", "could be more than 300 wounded"; a noun of harm names what has happened."""
    if state.lower_ not in ("dead", "missing", "wounded", "injured", "killed", "trapped", "buried"):
        return "asserted"
    return "possible" if _is_feared(state) else _modal(_governor(state))


def _of_toll(reading: Reading, mention: Mentioned) -> Modality:
    """ "The toll could rise to 40": what the verb that carries a toll to its number leaves open."""
    verb = _governor(reading.parsed[mention.last])
    if verb is None or verb.dep_ != "xcomp":
        return _modal(verb)
    return "asserted" if find_modality(verb) == "asserted" else "possible"  # "is expected to rise to 40"


def _modal(verb: Token | None) -> Modality:
    if verb is None:
        return "asserted"
    return next((_MODALS[child.lower_] for child in verb.lefts if child.lower_ in _MODALS), "asserted")


def _governor(token: Token | None) -> Token | None:
    """The verb that a noun or state hangs on, over prepositions and nouns."""
    if token is None:
        return None
    for _ in range(HIGHEST_GOVERNOR):
        if token.head is token:
            return None
        token = token.head
        if token.pos_ in ("VERB", "AUX"):
            return token
    return None


def _of_plan(reading: Reading, mention: Mentioned) -> Modality:
    """ "Under the plan, fighting would stop for 60 days": a term of what is put forward."""
    verb = _governor(reading.parsed[mention.last])
    if verb is None:
        return "asserted"
    if verb.lemma_.lower() not in _FORESEEING and not any(c.lower_ in ("would", "'d", "should") for c in verb.lefts):
        return "asserted"
    opening = reading.text[verb.sent.start_char : mention.start]
    return "proposed" if _PLAN.search(opening) else "asserted"


def is_presupposed(mention: Mentioned) -> bool:
    """Whether a harm is taken for granted: "the men who killed six", "charged with the murder of six"."""
    token = mention.harm.token if mention.harm is not None else _governor(mention.counted.head or mention.counted.last)
    if token is None:
        return False
    if token.pos_ in ("VERB", "AUX"):
        first = token.head if token.dep_ == "conj" else token
        return first.dep_ == "relcl" and _is_past(first)
    definite = any(child.lower_ in ("the", "this", "that", "those") for child in token.lefts)
    return token.pos_ == "NOUN" and definite and token.dep_ in ("pobj", "nsubj", "nsubjpass")


def _is_past(verb: Token) -> bool:
    auxiliaries = {child.lower_ for child in verb.lefts if child.dep_ in ("aux", "auxpass")}
    return (verb.tag_ == "VBD" or bool(auxiliaries & {"has", "have", "had", "was", "were"})) and not auxiliaries & {
        "would",
        "could",
        "may",
        "might",
        "should",
    }
