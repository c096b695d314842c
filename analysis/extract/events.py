"""Events: what happened, is planned, feared or denied; each once, at its first mention, with who, whom, where and when."""

from collections.abc import Iterator
from typing import Any

from spacy.tokens import Token

from analysis.extract import dependents
from analysis.extract.carriers import join_carriers
from analysis.extract.event_fields import dates_of_report, find_dates, find_place, find_source
from analysis.extract.event_kinds import settle_type
from analysis.extract.event_mention import Mention
from analysis.extract.event_telling import is_told
from analysis.extract.joining import join_mentions
from analysis.extract.modality import find_modality, is_purpose
from analysis.extract.place_of_clause import is_headline
from analysis.extract.reading import Reading
from analysis.extract.roles import carrying_verb, find_roles, name_of
from analysis.extract.trigger_lexicon import load_lexicon
from analysis.extract.triggers import Trigger, find_triggers
from analysis.facts import Event, Fact

# Singular nouns for more than one person.
GROUPS = frozenset({
    "people", "police", "leadership", "them", "group", "dozens", "scores", "family", "crew", "team", "number", "rest",
    "majority", "population", "community", "force", "army", "half", "most", "cell", "command", "others", "all",
})  # fmt: skip
# Nouns for a toll.
COUNTS = frozenset({"number", "toll", "count", "total", "tally", "figure"})


def find_facts(reading: Reading) -> Iterator[Fact]:
    """The events of a document, by offset."""
    spans = join_carriers([t for t in find_triggers(reading) if not is_background(t)])
    mentions = [m for span in spans if (m := read_mention(reading, *span)) and is_told(m)]
    for mention in sorted(join_mentions(drop_outbreaks(mentions)), key=lambda m: m.start):
        yield make_event(reading, mention)


def drop_outbreaks(mentions: list[Mention]) -> list[Mention]:
    """The mentions without the "fighting" of a "fighting erupted" that began a war: the verb tells it."""
    onsets = {mention.token.i for mention in mentions if mention.event_type == "conflict_onset"}
    if not onsets:
        return mentions
    return [m for m in mentions if m.event_type != "armed_clash" or not _is_carried_by(m, onsets)]


def _is_carried_by(mention: Mention, verbs: set[int]) -> bool:
    verb = carrying_verb(mention.token) if mention.trigger.nominal else None
    return verb is not None and verb.i in verbs


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
    if is_tolled(token):
        return True
    if token.dep_ == "acl" and token.tag_ == "VBN":
        return is_counted(token)
    if token.dep_ != "amod" or token.head.i < token.i or dependents.is_gerund_before_object(token):
        return False
    return not any(child.dep_ == "advmod" for child in token.children)


def is_tolled(participle: Token) -> bool:
    """ "Left 80 dead and some 5,000 **displaced**": a state right behind a number, and nobody's deed."""
    before = participle.doc[participle.i - 1] if participle.i else participle
    auxiliary = any(child.dep_ in ("aux", "auxpass") for child in participle.lefts)
    return participle.tag_ in ("VBN", "JJ") and before.like_num and not auxiliary and not is_followed(participle)


def is_followed(participle: Token) -> bool:
    """Whether what did it or where stands behind: "12 killed by a mine", "two wounded in a raid"."""
    return any(child.dep_ in ("agent", "prep", "dobj") for child in participle.rights)


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
    dates = find_dates(reading, start, end)
    if is_appointed(reading, trigger, dates, modality):
        modality = "planned"
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
        dates=not_ahead(reading, dates, modality)
        or not_ahead(reading, dates_of_report(reading, trigger, modality), modality),
    )


def is_appointed(reading: Reading, trigger: Trigger, dates: dict[str, Any], modality: str) -> bool:
    """ "The summit in Geneva on June 15", told on June 1: a meeting whose day lies ahead is planned."""
    ahead = bool(reading.published) and (dates.get("date_start") or "") > (reading.published or "")[:10]
    return ahead and modality == "asserted" and trigger.nominal and trigger.event_type in ("meeting", "visit")


def not_ahead(reading: Reading, dates: dict[str, Any], modality: str) -> dict[str, Any]:
    """The dates of an event; none where it is told as past and they lie ahead: those of what is announced beside it."""
    ahead = modality == "asserted" and reading.published and (dates.get("date_start") or "") > reading.published[:10]
    return {} if ahead else dates


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
