"""Whether a mention tells an event, rather than naming a kind of event, a fear, a habit or a purpose."""

from analysis.extract import dependents
from analysis.extract.event_mention import VIOLENT, Mention
from analysis.extract.roles import carrying_verb

# Nouns of these kinds also name the process or the idea ("the ceasefire talks", "violations"): they must happen, visibly.
PROCESS_TYPES = frozenset({"meeting", "mediation", "aid", "violation", "visit", "displacement", "destruction"})
OCCURRENCE_VERBS = frozenset({
    "take", "occur", "happen", "follow", "continue", "resume", "begin", "start", "end", "conclude", "leave", "kill", "hit",
    "target", "wound", "injure", "destroy", "cause", "report", "confirm", "carry", "launch", "conduct", "stage", "mount",
    "hold", "convene", "host", "attend", "claim", "condemn", "result", "come", "last", "collapse", "open", "erupt", "involve",
    "rock", "shake", "strike", "make", "see", "witness", "repel", "announce", "intensify", "expand", "engage", "complete",
    "plan", "schedule", "tell", "address", "pay", "commit", "execute", "perform", "undertake", "participate", "damage", "go",
})  # fmt: skip
# A mention governed by these prepositions is the setting, not the news ("areas under attack").
SETTING_PREPOSITIONS = frozenset({"under", "amid", "despite", "amidst"})
# "The town came under fire": here the noun is the news.
MEETING_WITH = frozenset({"come", "fall"})
_PLACES = {"on", "in", "at", "against", "near", "by", "of", "with", "between", "outside", "inside", "across", "along"}
HAPPENED_WITHIN = ("asserted", "planned", "denied")


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
        if token.head.head.lemma_.lower() in MEETING_WITH and mention.event_type in VIOLENT:
            return mention.modality in HAPPENED_WITHIN
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
    if own_place and mention.event_type == "meeting" and mention.dates.get("date_start"):
        return True
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
