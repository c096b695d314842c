"""Who acts in an event and on whom, with the names that the document uses elsewhere."""

from collections.abc import Iterator
from functools import cache

from spacy.tokens import Token

from analysis.extract import actors, dependents
from analysis.extract.reading import Reading
from analysis.extract.timex_distance import REPORTING
from analysis.extract.trigger_lexicon import load_lexicon
from analysis.extract.triggers import Trigger

# Verbs that only carry the noun: "launched an assault", "held talks".
SUPPORT_VERBS = frozenset({
    "carry", "launch", "conduct", "stage", "mount", "begin", "start", "continue", "hold", "convene", "make", "commit", "wage",
    "undertake", "perform", "resume", "intensify", "expand", "execute", "order", "lead", "take", "engage", "pay", "attend",
    "host", "open", "complete", "sign", "join", "chair",
})  # fmt: skip
# Verbs whose subject is the one to whom it happens.
SUFFERING_VERBS = frozenset({"die", "perish", "succumb", "disappear", "assume", "take", "resign", "surrender", "flee"})
# A verb reaches these nouns over a preposition: "engaged in talks", "went on a spree".
_PREPOSITIONAL = frozenset({"engage", "participate", "result", "go", "take", "enter", "join"})
# Verbs by which a noun of attack reaches what it hits: "airstrikes targeted Beit Lahia".
REACHING_VERBS = frozenset(
    {"target", "hit", "strike", "kill", "destroy", "damage", "injure", "wound", "flatten", "level"}
)
# Of those, the ones that say what was aimed at; the others say what harm was done.
AIMING_VERBS = frozenset({"target", "hit", "strike"})
# With these nouns the possessor suffers: "Nasrallah's assassination".
SUFFERED_TYPES = frozenset({"killing", "detention", "appointment", "displacement", "destruction"})
_TARGET_PREPOSITIONS = ("on", "against", "at", "upon", "into", "targeting")
_PLACING = {"in", "of", "to", "at"}
VERBAL = ("VERB", "AUX")
# What is done with a weapon or a day is done to something else: "launched 93 drones at Odesa", "took effect".
_NO_TARGET = frozenset({"effect", "force", "lives", "life", "fire", "place", "part", "responsibility"})
SENDING_VERBS = frozenset(
    {"fire", "launch", "lob", "throw", "hurl", "drop", "send", "plant", "open", "return", "detonate"}
)
_TALKS = frozenset({"talk", "talks", "negotiation", "negotiations", "round", "discussion", "discussions"})
_AIMED_AT = ("at", "on", "against", "into", "towards", "toward")
_NAMES = {"ORG", "GPE", "NORP", "PERSON"}


def find_roles(reading: Reading, trigger: Trigger) -> tuple[Token | None, Token | None]:
    """The heads of who acts and who is acted on."""
    actor, target = _roles_of_noun(trigger) if trigger.nominal else _roles_of_verb(trigger)
    return find_actor(trigger, actor), target if target is not None and is_target(target, trigger) else find_aim(
        trigger
    )


def is_target(token: Token, trigger: Trigger) -> bool:
    """Whether a phrase can be acted on: no day, no weapon, none of the words that only complete a verb."""
    if token.ent_type_ in ("DATE", "TIME") or token.lower_ in _NO_TARGET or token.pos_ == "NUM":
        return False
    return trigger.token.lemma_ not in SENDING_VERBS or token.lemma_.lower() not in load_lexicon().classes["weapon"]


def find_aim(trigger: Trigger) -> Token | None:
    """What a weapon is sent at: "fired rockets at the airport"."""
    if trigger.nominal:
        return None
    lives = next((c for c in trigger.token.rights if c.dep_ == "dobj" and c.lemma_.lower() == "life"), None)
    if lives is not None:
        return next(dependents.find_prepositional(lives, {"of"}), None)
    aimed = dependents.find_prepositional(trigger.token, _AIMED_AT)
    # "Talks on a truce ended": what stands before the verb belongs to its subject.
    return next((token for token in aimed if token.i > trigger.token.i and is_target(token, trigger)), None)


def _roles_of_verb(trigger: Trigger) -> tuple[Token | None, Token | None]:
    verb = trigger.token
    talks = _talks_broken_off(trigger)
    if talks is not None:
        return None, talks
    # What stands after "in" or "to" is where, not whom.
    objects = [
        t
        for t in dependents.find_objects(verb)
        if t.dep_ != "oprd" and not (t.dep_ == "pobj" and t.head.lower_ in _PLACING)
    ]
    if dependents.is_passive(verb):
        agents = dependents.find_agents(verb)
        return (agents[0] if agents else None), (objects[0] if objects else None)
    subjects = dependents.find_subjects(verb)
    subject = subjects[0] if subjects else None
    if trigger.event_type == "ground_operation" and verb.lemma_.lower() == "fall":
        return next(dependents.find_prepositional(verb, {"to"}), None), subject
    taken = verb.lemma_ != "take" or trigger.event_type == "appointment"  # "fighters took the town" did it themselves
    if (verb.lemma_ in SUFFERING_VERBS and taken) or (not objects and is_clipped_passive(trigger)):
        return None, subject
    if trigger.event_type == "meeting" and subject is not None:
        partners = list(dependents.find_prepositional(verb, {"with"})) or [
            t for t in objects if t.dep_ == "dobj" and t.ent_type_ in _NAMES
        ]
        return subject, next(iter([*partners, *dependents.coordinated(subject)[1:]]), None)
    return subject, next((t for t in objects if t is not subject), None)


def _talks_broken_off(trigger: Trigger) -> Token | None:
    """ "Talks on a truce ended on Monday": the parser may take the verb for a participle of what is talked about."""
    verb, root = trigger.token, trigger.token.sent.root
    mistaken = verb.dep_ == "acl" and root.i < verb.head.i and root.pos_ not in VERBAL
    return root if mistaken and trigger.event_type == "other" and root.lemma_.lower() in _TALKS else None


def is_clipped_passive(trigger: Trigger) -> bool:
    """ "Spokesman killed in Beirut": headlines leave out the "was", and the parser takes the victim for who did it."""
    shares = any(g.dep_ == "dobj" for c in trigger.token.rights if c.dep_ == "conj" for g in c.children)
    return trigger.token.tag_ in ("VBD", "VBN") and trigger.event_type in CLIPPED and not shares


CLIPPED = frozenset({"killing", "detention", "appointment"})


def _roles_of_noun(trigger: Trigger) -> tuple[Token | None, Token | None]:
    noun = trigger.token
    actor = next(_named_before(trigger), None)
    prepositions = ("to",) if trigger.event_type == "evacuation_order" else _TARGET_PREPOSITIONS
    target = next(dependents.find_prepositional(noun, prepositions), None)
    if trigger.event_type in SUFFERED_TYPES or target is None:
        target = target or next(dependents.find_prepositional(noun, {"of"}), None)
    if trigger.event_type in SUFFERED_TYPES and actor is not None and target is None:
        # "the Catatumbo massacre" names where, "Nasrallah's killing" whom.
        placed = actor.ent_type_ in ("GPE", "LOC") and actor.dep_ == "compound"
        actor, target = None, None if placed else actor
    actor = actor or next(dependents.find_prepositional(noun, {"by", "from"}), None) or _accused(noun)
    actor = actor or _waging(trigger)
    head = carrying_verb(noun)
    if trigger.event_type == "meeting":
        target = next((t for t in _partners(noun, head) if t.ent_type_ not in ("DATE", "TIME")), None)
    if head is not None and head.lemma_ in SUPPORT_VERBS:
        subjects = dependents.find_agents(head) if dependents.is_passive(head) else dependents.find_subjects(head)
        actor = actor or next((t for t in subjects if t is not noun), None)
    elif head is not None and head.lemma_ in AIMING_VERBS and head.i > noun.i:
        target = target or next(iter(dependents.find_objects(head)), None)
    return actor, target


def _waging(trigger: Trigger) -> Token | None:
    """ "The offensive **of the ELN** against dissidents": whose it is, where it has an aim beside."""
    noun = trigger.token
    aimed = next(dependents.find_prepositional(noun, {"against"}), None)
    if aimed is None or trigger.event_type in SUFFERED_TYPES:
        return None
    return next(dependents.find_prepositional(noun, {"of"}), None)


def _accused(noun: Token) -> Token | None:
    """ "accused Israel of several violations"."""
    verb = noun.head.head if noun.dep_ == "pobj" and noun.head.lower_ == "of" else None
    if verb is None or verb.lemma_ not in dependents.ACCUSING:
        return None
    return next((c for c in verb.children if c.dep_ in ("dobj", "nsubjpass")), None)


def _partners(noun: Token, verb: Token | None) -> Iterator[Token]:
    """With whom talks are held, hung on the noun or on its verb."""
    yield from dependents.find_prepositional(noun, {"with"})
    if verb is not None and verb.lemma_ in SUPPORT_VERBS:
        yield from dependents.find_prepositional(verb, {"with"})


def carrying_verb(noun: Token) -> Token | None:
    """The verb of which a noun is subject or object, over "a series of" and a preposition."""
    following = noun.doc[noun.i + 1] if noun.i + 1 < len(noun.doc) else noun
    # The parser takes a bare "airstrikes targeted" for verb and participle.
    if following.lemma_ in REACHING_VERBS and following.tag_ in ("VBD", "VBN") and noun.dep_ != "compound":
        return following
    current = noun
    for _ in range(3):
        if current.dep_ in ("dobj", "nsubj", "nsubjpass"):
            return (dependents.find_arranged(current.head) or current.head) if current.head.pos_ in VERBAL else None
        if current.dep_ == "pobj" and current.head.dep_ == "prep":
            current = current.head.head
            if current.pos_ == "VERB":
                return current if current.lemma_ in _PREPOSITIONAL else None
        else:
            return None
    return None


def _named_before(trigger: Trigger) -> Iterator[Token]:
    """Possessors and names before a noun: "Israel's", "Israeli", "Hamas"."""
    for left in reversed(list(trigger.token.lefts)):
        if left.i >= trigger.first.i:
            continue
        if left.dep_ == "poss" or (left.ent_type_ in _NAMES and left.dep_ in ("amod", "compound", "nmod")):
            yield left


def find_actor(trigger: Trigger, actor: Token | None) -> Token | None:
    """Who acts, where the parse names a weapon or the event itself: its owner, or nobody."""
    if actor is None or trigger.event_type == "conflict_onset" or actor.like_num:
        return None
    words = {actor.lemma_.lower(), actor.lower_.removesuffix("s")}
    flown = not words.isdisjoint(load_lexicon().classes["aircraft"] - {"air", "airforce"})
    if weapon_words().isdisjoint(words) and not flown:
        return actor
    owners = [
        t for t in actor.lefts if t.dep_ == "poss" or (t.ent_type_ in _NAMES and t.dep_ in ("amod", "compound", "nmod"))
    ]
    # Unknown jets act; a rocket does not.
    return owners[-1] if owners else actor if flown else None


@cache
def weapon_words() -> frozenset[str]:
    """Weapons, and words that are events themselves: neither acts."""
    lexicon = load_lexicon()
    return (
        lexicon.classes["weapon"]
        | lexicon.classes["deal"]
        | lexicon.classes["war"]
        | (lexicon.nouns.keys() - {"operation"} - lexicon.classes["people"])
    )


def find_sayer(pronoun: Token) -> Token | None:
    """Whose "its" is in "the army said **its** jets ...": who says the clause, where that is no person; None elsewhere."""
    verb = pronoun.head
    while verb.pos_ not in VERBAL and verb.head.i != verb.i:
        verb = verb.head
    above = verb.head
    if pronoun.lower_ != "its" or verb.dep_ != "ccomp" or above.lemma_.lower() not in REPORTING:
        return None
    subject = next((c for c in above.lefts if c.dep_ == "nsubj"), None)
    said = subject is not None and subject.i < pronoun.i and subject.pos_ in ("NOUN", "PROPN")
    return subject if said and subject is not None and subject.ent_type_ != "PERSON" else None


def name_of(reading: Reading, head: Token | None) -> str | None:
    """The canonical name of a phrase where it has one, else its words; None for what stands for nothing said."""
    if head is None or head.pos_ in ("NUM", "SYM") or head.lower_ in ("that", "which", "who", "it", "there", "this"):
        resolved = None if head is None else resolve(reading, head)
        return resolved
    head = find_sayer(head) or head
    named = next((child for child in head.children if child.dep_ == "appos" and child.ent_type_ == "PERSON"), head)
    # "Israeli" before a noun stands for the party, not for an Israeli.
    adjective = named.pos_ == "ADJ" or named.dep_ == "amod"
    resolved = (actors.party(named.text) if adjective else None) or resolve(reading, named)
    if resolved is not None or head.pos_ == "PRON":
        return resolved
    head = named
    start, end = dependents.noun_phrase(head)
    return " ".join(reading.text[start:end].split())


def resolve(reading: Reading, head: Token) -> str | None:
    """What the register of the document's actors calls a phrase."""
    return actors.resolve(reading, *dependents.noun_phrase(head, with_of=False))
