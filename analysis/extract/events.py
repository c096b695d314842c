"""Events: what happened, is planned, feared or denied; each once, at its first mention, with who, whom, where and when."""

from collections.abc import Iterator
from typing import Any

from spacy.tokens import Token

from analysis.extract import dependents
from analysis.extract.carriers import join_carriers
from analysis.extract.event_fields import dates_of_report, find_dates, find_place, find_source
from analysis.extract.event_kinds import settle_type
from analysis.extract.event_mention import VIOLENT, Mention
from analysis.extract.joining import join_mentions
from analysis.extract.modality import find_modality, is_purpose
from analysis.extract.place_of_clause import is_headline
from analysis.extract.reading import Reading
from analysis.extract.roles import carrying_verb, find_roles, name_of
from analysis.extract.trigger_lexicon import load_lexicon
from analysis.extract.triggers import Trigger, find_triggers
from analysis.facts import Event, Fact

# Nouns of these kinds also name the process or the idea ("the ceasefire talks", "violations"): they must happen, visibly.
PROCESS_TYPES = frozenset({"meeting", "mediation", "aid", "violation", "visit", "displacement", "destruction"})
OCCURRENCE_VERBS = frozenset({
    "take", "occur", "happen", "follow", "continue", "resume", "begin", "start", "end", "conclude", "leave", "kill", "hit",
    "target", "wound", "injure", "destroy", "cause", "report", "confirm", "carry", "launch", "conduct", "stage", "mount",
    "hold", "convene", "host", "attend", "claim", "condemn", "result", "come", "last", "collapse", "open", "erupt", "involve",
    "rock", "shake", "strike", "make", "see", "witness", "repel", "announce", "intensify", "expand", "engage", "complete",
    "plan", "schedule", "tell", "address", "pay", "commit", "execute", "perform", "undertake", "participate", "damage", "go",
})  # fmt: skip
# Singular nouns for more than one person.
GROUPS = frozenset({
    "people", "police", "leadership", "them", "group", "dozens", "scores", "family", "crew", "team", "number", "rest",
    "majority", "population", "community", "force", "army", "half", "most", "cell", "command", "others", "all",
})  # fmt: skip
# Nouns for a toll.
COUNTS = frozenset({"number", "toll", "count", "total", "tally", "figure"})
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


def is_background(trigger: Trigger) -> bool:
    """Participles that only describe ("displaced people", "the destroyed school"); "newly appointed" tells something."""
    token = trigger.token
    if trigger.nominal:
        return False
    if token.dep_ == "acl" and token.tag_ == "VBN":
        return is_counted(token)
    if token.dep_ != "amod" or token.head.i < token.i or dependents.is_gerund_before_object(token):
        return False
    return not any(child.dep_ == "advmod" for child in token.children)


def is_counted(participle: Token) -> bool:
    """ "the number of people killed", "93 killed or missing": a toll is told, no event of its own."""
    doc, people = participle.doc, participle.head
    or_missing = participle.i + 2 < len(doc) and doc[participle.i + 1].lower_ == "or"
    of = people.head if people.dep_ == "pobj" else people
    return or_missing or (of.lower_ == "of" and of.head.lemma_ in COUNTS)


def read_mention(reading: Reading, trigger: Trigger, start: int, end: int, carried: bool) -> Mention | None:
    """A trigger with its arguments; None where it stands inside an order or a condition, and is no event."""
    modality = find_modality(trigger.token)
    if (
        modality == "conditional"
        or is_inside_order(trigger)
        or is_purpose(trigger.token)
        or is_to_stop(trigger, modality)
    ):
        return None
    actor, target = find_roles(reading, trigger)
    place = find_place(reading, trigger, target, trigger.event_type)
    event_type = settle_type(reading, trigger, place)
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
        headline=is_headline(reading, start),
        place=place,
        dates=not_ahead(reading, find_dates(reading, start, end), modality)
        or not_ahead(reading, dates_of_report(reading, trigger, modality), modality),
    )


def not_ahead(reading: Reading, dates: dict[str, Any], modality: str) -> dict[str, Any]:
    """The dates of an event; none where it is told as past and they lie ahead: those of what is announced beside it."""
    ahead = modality == "asserted" and reading.published and (dates.get("date_start") or "") > reading.published[:10]
    return {} if ahead else dates


def is_told(mention: Mention) -> bool:
    """Whether a mention tells an event, rather than naming a kind of event, a fear or a purpose."""
    token = mention.token
    if not mention.trigger.nominal:
        if is_habit(mention) or is_consequence(mention):
            return False
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


def is_habit(mention: Mention) -> bool:
    """ "We only target terrorists": what a speaker says that he does."""
    subjects = dependents.find_subjects(mention.token)
    return mention.token.tag_ in ("VBP", "VBZ") and any(t.lower_ in ("we", "i", "you") for t in subjects)


def is_consequence(mention: Mention) -> bool:
    """ "has forced 100,000 people to flee": the flight is told by what forced it."""
    above = mention.token.head
    forced = mention.event_type == "displacement" and mention.token.dep_ in ("xcomp", "ccomp")
    return forced and above.lemma_ in ("force", "drive", "push", "prompt", "send")


PLACED = ("GPE", "LOC", "FAC")


def is_anchored(mention: Mention) -> bool:
    """Whether a noun is tied to something: a determiner, a number, a name, a place, a day."""
    token = mention.token
    if mention.actor or mention.target or any(c.dep_ == "compound" and c.ent_type_ in PLACED for c in token.lefts):
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


def is_to_stop(trigger: Trigger, modality: str) -> bool:
    """ "a halt to strikes", "operations will stop": what is to cease is no event that is denied or planned."""
    noun = trigger.token
    if not trigger.nominal:
        return False
    verb = carrying_verb(noun)
    if trigger.event_type in ("meeting", "mediation") and verb is not None and verb.lemma_ in BROKEN_OFF:
        return True  # told by the verb: "suspended peace talks"
    if modality == "asserted":
        return False
    of = noun.head if noun.dep_ == "pobj" and noun.head.lower_ in ("to", "of", "in") else None
    if of is not None and of.head.lemma_.lower() in STOPS:
        return True
    return verb is not None and verb.lemma_ in STOPS


BROKEN_OFF = frozenset({"suspend", "cancel", "postpone", "abandon", "freeze"})
STOPS = frozenset(
    {"halt", "end", "stop", "pause", "cease", "cessation", "suspend", "suspension", "freeze", "moratorium", "lull"}
)


def is_individual(target: Token | None) -> bool:
    """Whether a phrase stands for one known person: a name, or "the mayor", "his predecessor"."""
    if target is None or target.tag_ in ("NNS", "NNPS", "CD") or target.lower_ in GROUPS:
        return False
    if any(child.dep_ in ("nummod", "quantmod", "conj") for child in target.children):
        return False
    named = target.ent_type_ == "PERSON" or any(child.ent_type_ == "PERSON" for child in target.children)
    return named or any(child.dep_ == "poss" or child.lower_ == "the" for child in target.lefts)
