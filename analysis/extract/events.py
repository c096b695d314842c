"""Events: what happened, is planned, feared or denied; each once, at its first mention, with who, whom, where and when."""

from bisect import bisect_left
from collections import Counter
from collections.abc import Iterator
from typing import Any

from spacy.tokens import Token

from analysis.extract import places, statements, times
from analysis.extract.carriers import join_carriers
from analysis.extract.event_mention import VIOLENT, Mention
from analysis.extract.joining import join_mentions
from analysis.extract.modality import find_modality, is_purpose
from analysis.extract.reading import Reading
from analysis.extract.roles import carrying_verb, find_roles, name_of
from analysis.extract.triggers import Trigger, find_triggers, load_lexicon
from analysis.facts import Event, Fact, Place

# Nouns of these kinds also name the process or the idea ("the ceasefire talks", "violations"): they must happen, visibly.
PROCESS_TYPES = frozenset({"meeting", "mediation", "aid", "violation", "visit", "displacement", "destruction"})
OCCURRENCE_VERBS = frozenset({
    "take", "occur", "happen", "follow", "continue", "resume", "begin", "start", "end", "conclude", "leave", "kill", "hit",
    "target", "wound", "injure", "destroy", "cause", "report", "confirm", "carry", "launch", "conduct", "stage", "mount",
    "hold", "convene", "host", "attend", "claim", "condemn", "result", "come", "last", "collapse", "open", "erupt", "involve",
    "rock", "shake", "strike", "make", "see", "witness", "repel", "announce", "intensify", "expand", "engage", "complete",
    "plan", "schedule", "pay", "commit", "execute", "perform", "undertake", "participate", "damage", "go",
})  # fmt: skip
# Singular nouns for more than one person.
GROUPS = frozenset({
    "people", "police", "leadership", "them", "group", "dozens", "scores", "family", "crew", "team", "number", "rest",
    "majority", "population", "community", "force", "army", "half", "most", "cell", "command", "others", "all",
})  # fmt: skip
# What these speak about has places of its own.
TALKS = frozenset({"meeting", "mediation", "agreement"})
# A mention governed by these prepositions is the setting, not the news ("areas under attack").
SETTING_PREPOSITIONS = frozenset({"under", "amid", "despite", "amidst"})
_PLACES = {"on", "in", "at", "against", "near", "by", "of", "with", "between", "outside", "inside", "across", "along"}
HAPPENED_WITHIN = ("asserted", "planned", "denied")


def find_facts(reading: Reading) -> Iterator[Fact]:
    """The events of a document, by offset."""
    spans = join_carriers([t for t in find_triggers(reading) if not is_background(t)])
    mentions = [m for span in spans if (m := read_mention(reading, *span)) and is_told(m)]
    for mention in sorted(join_mentions(mentions), key=lambda m: m.start):
        yield make_event(reading, mention)


def make_event(reading: Reading, mention: Mention) -> Event:
    """The fact of a mention."""
    return reading.fact(
        Event, mention.start, mention.end, rule=f"events.{mention.event_type}", event_type=mention.event_type,
        modality=mention.modality, actor=mention.actor, target=mention.target, **mention.place, **mention.dates,
        **find_source(reading, mention.start, mention.end),
    )  # fmt: skip


def find_source(reading: Reading, start: int, end: int) -> dict[str, Any]:
    """Who says so, as the statements found it."""
    found = statements.attribution(reading, start, end)
    return {"asserted_by": found.asserted_by, "relayed_by": list(found.relayed_by or []), "cue": found.cue}


def is_background(trigger: Trigger) -> bool:
    """Participles that only describe ("displaced people", "the destroyed school"); "newly appointed" tells something."""
    token = trigger.token
    if trigger.nominal or token.dep_ != "amod" or token.head.i < token.i:
        return False
    return not any(child.dep_ == "advmod" for child in token.children)


def read_mention(reading: Reading, trigger: Trigger, start: int, end: int, carried: bool) -> Mention | None:
    """A trigger with its arguments; None where it stands inside an order or a condition, and is no event."""
    modality = find_modality(trigger.token)
    event_type = settle_strike(reading) if trigger.event_type == "strike" else trigger.event_type
    if modality == "conditional" or is_inside_order(trigger) or is_purpose(trigger.token):
        return None
    actor, target = find_roles(reading, trigger)
    return Mention(
        trigger,
        event_type,
        start,
        end,
        modality,
        paragraph=reading.paragraph_at(start),
        actor=name_of(reading, actor),
        target=name_of(reading, target),
        individual=is_individual(target),
        carried=carried,
        place=dict(places.nearest(reading, start, end, topics=event_type not in TALKS)),
        dates=find_dates(reading, start, end) or dates_of_report(reading, trigger, modality),
    )


def is_told(mention: Mention) -> bool:
    """Whether a mention tells an event, rather than naming a kind of event, a fear or a purpose."""
    token = mention.token
    if not mention.trigger.nominal:
        return mention.modality in HAPPENED_WITHIN or bool(
            mention.target and mention.event_type in VIOLENT | {"killing"}
        )
    preposition = token.head.lower_ if token.dep_ == "pobj" else ""
    if preposition in SETTING_PREPOSITIONS:
        return bool(mention.place and mention.dates.get("date_start")) and is_anchored(mention)
    if mention.modality not in HAPPENED_WITHIN and not (mention.actor and mention.target):
        return False
    if mention.event_type in PROCESS_TYPES:
        return is_happening(mention)
    return is_anchored(mention) or is_happening(mention)


def is_anchored(mention: Mention) -> bool:
    """Whether a noun is tied to something: a determiner, a number, a name, a place, a day."""
    token = mention.token
    if mention.actor or mention.target:
        return True
    if any(child.dep_ in ("det", "poss", "nummod") and child.lower_ not in ("any", "no") for child in token.lefts):
        return True
    return any(child.dep_ == "prep" and child.lower_ in _PLACES for child in token.rights)


def is_happening(mention: Mention) -> bool:
    """Whether a noun of a process takes place: a verb carries it, or it has both a party and a place or target."""
    token = mention.token
    verb = carrying_verb(token)
    if mention.carried or (verb is not None and verb.lemma_ in OCCURRENCE_VERBS) or is_measured(mention):
        return True
    if token.dep_ == "pobj" and token.head.lower_ == "for":
        return False
    own_place = any(child.dep_ == "prep" and child.lower_ in _PLACES for child in token.rights)
    return bool(own_place and (mention.actor or mention.target)) or bool(
        mention.actor and mention.modality == "planned"
    )


def is_measured(mention: Mention) -> bool:
    """ "300 violations", "ten days of talks": what is counted, or lasted, took place."""
    token = mention.token
    if mention.event_type == "violation":
        return any(c.dep_ == "nummod" or c.lower_ in ("several", "many", "repeated", "dozens") for c in token.lefts)
    lasting = token.dep_ == "pobj" and token.head.lower_ == "of" and token.head.head.lemma_.lower() in _LENGTHS
    return lasting and mention.event_type == "meeting"


_LENGTHS = {"hour", "day", "week", "month", "round"}


def is_inside_order(trigger: Trigger) -> bool:
    """ "urging civilians to evacuate": what an order asks for is told by the order."""
    if trigger.event_type != "displacement" or trigger.nominal:
        return False
    above = [t.head.lemma_ for t in (trigger.token, trigger.token.head) if t.dep_ in ("xcomp", "ccomp", "advcl")]
    rules = (rule for lemma in above for rule in load_lexicon().verbs.get(lemma, ()))
    return any(rule.event_type == "evacuation_order" for rule in rules)


def is_individual(target: Token | None) -> bool:
    """Whether a phrase stands for one known person: a name, or "the mayor", "his predecessor"."""
    if target is None or target.tag_ in ("NNS", "NNPS", "CD") or target.lower_ in GROUPS:
        return False
    if any(child.dep_ in ("nummod", "quantmod", "conj") for child in target.children):
        return False
    named = target.ent_type_ == "PERSON" or any(child.ent_type_ == "PERSON" for child in target.children)
    return named or any(child.dep_ == "poss" or child.lower_ == "the" for child in target.lefts)


def settle_strike(reading: Reading) -> str:
    """What "strike" means in this document: by the weapons it names, `attack` where it names none."""
    settled = reading.notes.get("strike")
    if settled is None:
        settled = reading.notes["strike"] = _count_weapons(reading)
    return str(settled)


WEAPONS = {
    "air_strike": ("airstrike", "warplane", "jet", "aircraft", "helicopter", "air", "aerial", "airstrikes"),
    "shelling": ("shelling", "artillery", "mortar", "shell"),
    "rocket_missile": ("missile", "rocket"),
    "drone_strike": ("drone",),
}


def _count_weapons(reading: Reading) -> str:
    lemmas = Counter(token.lemma_.lower() for token in reading.tokens)
    counts = {kind: sum(lemmas[word] for word in words) for kind, words in WEAPONS.items()}
    best = max(counts, key=lambda kind: counts[kind])
    return best if counts[best] else "attack"


def find_dates(reading: Reading, start: int, end: int) -> dict[str, Any]:
    """When, as the times found it; a day inherited from an earlier sentence only where the event did not move on elsewhere."""
    window = times.window(reading, start, end)
    if window.text and moves_on(reading, start, window.text):
        return {}
    if window.date_start is None:
        # "operations, which began on 30 September": the day it began, and no end.
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
