"""What a term says of itself: its kind, its quantity, its place, the text it is written in, and how far it has come."""

import re
from typing import Any

from spacy.tokens import Token

from analysis.extract.legal import Reference, find_references
from analysis.extract.reading import Reading
from analysis.extract.segments import Segment
from analysis.extract.term_words import Candidate, data, lemma
from analysis.extract.trigger_lexicon import load_lexicon

# A quantity is a few words at most; every part is a plain alternative of the lexicon, so that reading stays linear.
_NUMBER = r"(?:\d[\d,.]*|" + "|".join(data()["number_words"]) + ")"
_BOUND = "(?:(?:" + "|".join(data()["number_bounds"]) + ") )?"
_DURATION = re.compile(rf"\b{_BOUND}({_NUMBER})[- ](?:hours?|days?|weeks?|months?|years?)\b", re.I)
_COUNT = re.compile(rf"\b{_BOUND}{_NUMBER} (?:\w+ ){{0,2}}(?:{'|'.join(data()['counted'])})\b", re.I)
_NAME = r"[A-Z][\w'’-]+(?: [A-Z][\w'’-]+){0,3}"
_GEOGRAPHY = re.compile(
    rf"\b(?:(?:north|south|east|west)(?:ern)? of (?:the )?{_NAME}"
    rf"|along the (?:{_NAME}|(?:\w+ )?(?:border|frontier|line))"
    rf"|(?:from|in|to|into|across|around|inside) (?:the )?(?:(?:southern|northern|eastern|western|central) )?{_NAME})"
)
_SIDES = re.compile(r"\b(?:north|south|east|west)(?:ern)? of |along the ", re.I)
_NO_PLACE = {"PERSON", "ORG", "NORP", "DATE", "TIME"}
CEASING = re.compile(r"\b(?:truce|cease-?fire|pause|halt|armistice|cessation|lull)\b", re.I)


def find_kind(candidate: Candidate, text: str, quantity: str | None) -> Any:
    """The contract's term type: by the rule, else by the first list of the lexicon that knows the head or another word."""
    if candidate.rule in ("terms.condition", "terms.framework"):
        return candidate.rule.removeprefix("terms.")
    if candidate.rule == "terms.demanded" and candidate.segment.tokens[-1].lower_ == "first":
        return "condition"
    if candidate.rule == "terms.cessation":
        return "duration" if quantity and _DURATION.search(quantity) else "cessation"
    heads = [lemma(t) for t in candidate.segment.heads()]
    # "by the end of May" ends nothing.
    lemmas = heads + [lemma(t) for t in candidate.segment.tokens if t.ent_type_ not in ("DATE", "TIME")]
    kinds = data()["kinds"]
    # "an end to the blockade", "lift the siege": what is ended says the kind, where it says one.
    if heads and heads[0] in data()["light"]:
        ended = [word for word in lemmas if word not in data()["light"]]
        found = next((kind for kind in ENDED if any(word in kinds[kind] for word in ended)), None)
        if found is not None:
            return found
    if any(_hands_over_people(head) for head in candidate.segment.heads()):
        return "exchange"
    if any(_forgoes_force(head) for head in candidate.segment.heads()):
        return "cessation"
    if heads[:1] == ["last"] and quantity and _DURATION.search(quantity):
        return "duration"
    nominal = candidate.segment.heads()[:1] and candidate.segment.heads()[0].pos_ not in ("VERB", "AUX")
    if nominal and CEASING.search(text) and quantity and _DURATION.search(quantity):
        return "duration"
    for pool in (heads, lemmas):
        for kind, known in kinds.items():
            if any(word in known for word in pool):
                return kind
    return "framework"


def _hands_over_people(verb: Token) -> bool:
    """ "Will hand over 23 wounded soldiers", "return the deported children"."""
    if verb.pos_ != "VERB" or lemma(verb) not in ("hand", "return", "repatriate", "transfer"):
        return False
    people = load_lexicon().classes["people"] | load_lexicon().classes["armed"]
    return any(c.dep_ == "dobj" and lemma(c) in people for c in verb.rights)


def _forgoes_force(verb: Token) -> bool:
    """ "Would not carry out offensive operations", "will not operate against": force given up, whatever it spares."""
    denied = any(t.dep_ == "neg" or t.lower_ in ("neither", "no") for c in verb.lefts for t in (c, *c.lefts))
    if verb.pos_ not in ("VERB", "AUX") or not denied:
        return False
    own = [verb, *(child for child in verb.rights if child.dep_ == "dobj")]
    against = any(child.dep_ == "prep" and child.lower_ == "against" for child in verb.rights)
    return any(lemma(token) in data()["force"] or (against and lemma(token) == "operate") for token in own)


# Kinds that what is ended, lifted or set up may be of.
ENDED = ("monitoring", "humanitarian_access")


def find_quantity(reading: Reading, candidate: Candidate) -> str | None:
    """ "60 days", "8 hostages": the number a term states, or that its clause says it lasts."""
    segment = candidate.segment
    if candidate.rule in ("terms.condition", "terms.framework"):
        return None
    text = reading.text[segment.start : segment.end]
    lasting, counted = _DURATION.search(text), _COUNT.search(text)
    # "600 trucks a day" counts trucks.
    match = counted if lasting is None or (counted and lasting[1].lower() in ("a", "an")) else lasting
    if match is None and candidate.rule == "terms.cessation":
        match = _lasting(reading, segment)
    return _as_quantity(_without_particle(reading, segment, match)) if match else None


def _without_particle(reading: Reading, segment: Segment, match: re.Match[str]) -> str:
    """ "hand over 14 soldiers": the particle is the verb's, no bound."""
    words = match.group()
    at = reading.token_at(segment.start + match.start())
    over = at.lower_ == "over" and at.i > 0 and at.nbor(-1).lemma_ in ("hand", "turn", "sign", "give")
    return words.partition(" ")[2] if over else words


def _lasting(reading: Reading, segment: Segment) -> re.Match[str] | None:
    """What is said of a truce right after it: "said to last less than a month"."""
    sentence = reading.sentence_at(segment.start)
    after = reading.text[segment.end : min(sentence.end_char, segment.end + 60)]
    verb = re.search(r"\b(?:last|lasting|for|of)\b", after)
    return _DURATION.search(after, verb.end()) if verb else None


def _as_quantity(words: str) -> str:
    text = " ".join(words.replace("-", " ").split())
    singular = re.search(r"(\S+) (?:hour|day|week|month|year)$", text)
    return f"{text}s" if singular and singular[1].lower() not in ("1", "one", "a") else text


def find_legal(reading: Reading, candidate: Candidate) -> str | None:
    """The resolution or agreement a term is written in or refers to."""
    start, end = candidate.segment.start, candidate.segment.end
    references = find_references(reading)
    inside = next((r for r in references if start <= r.start < end), None)
    found = inside or _reference_of_deal(reading, candidate, references)
    return found.name if found is not None else None


def _reference_of_deal(reading: Reading, candidate: Candidate, references: list[Reference]) -> Reference | None:
    if candidate.deal is None:
        return _reference_cited(reading, candidate, references)
    at = candidate.deal.idx
    return next((r for r in references if r.start <= at < r.end), None)


def _reference_cited(reading: Reading, candidate: Candidate, references: list[Reference]) -> Reference | None:
    """ "demanded in Resolution 2736 that ...": the only text that the demand's sentence cites as where it stands."""
    if candidate.rule != "terms.demanded":
        return None
    sentence = reading.sentence_at(candidate.segment.start)
    cited = [r for r in references if sentence.start_char <= r.start < candidate.segment.start]
    found = cited[0] if len(cited) == 1 else None
    before = reading.text[max(0, found.start - 4) : found.start].lower().split() if found else []
    return found if before and before[-1] in ("in", "by", "under") else None


def find_geography(reading: Reading, segment: Segment) -> str | None:
    """ "north of the Litani River": where a term holds, in its own words."""
    matches = find_places(reading.text[segment.start : segment.end])
    sides = [m for m in matches if _SIDES.match(m.group())]
    for match in sides or matches:
        token = reading.token_at(segment.start + match.end() - 1)
        if sides or token.ent_type_ not in _NO_PLACE:
            return str(match.group())
    return None


def find_places(text: str) -> list[re.Match[str]]:
    """The phrases of a text that say where, by their preposition and a capital."""
    return list(_GEOGRAPHY.finditer(text))
