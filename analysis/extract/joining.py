"""Mentions of one event in a document joined: an event is stated once, where it is first told; what later mentions add is kept.

Two steps. Inside a sentence, a verb and the noun it carries ("held talks", "airstrikes targeted") are one mention, and a
harm verb that restates a strike ("... in an air strike that killed 20") joins the strike. Across the document, a mention
joins an earlier one of its kind when nothing speaks against it (place, date, target, actor, "another") and something
speaks for it: it is definite, or shares a place or target.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import lru_cache
from itertools import islice
from typing import Any

from spacy.tokens import Token

from analysis.extract.reading import Reading
from analysis.extract.roles import SUPPORT_VERBS, carrying_verb
from analysis.extract.triggers import Trigger, load_lexicon
from analysis.facts import Modality

STRIKES = frozenset({"air_strike", "drone_strike", "rocket_missile", "shelling", "attack"})
VIOLENT = STRIKES | {"armed_clash", "ground_operation"}
HARMS = frozenset({"killing", "destruction"})
# Words that make a mention another event than the one already told.
NEW = frozenset({
    "another", "second", "third", "other", "separate", "separately", "earlier",
    "previous", "new", "fresh", "different", "further", "more",
})  # fmt: skip
# How many events back a mention may point, and how deep a parse is climbed: bounds that only endless texts reach.
REMEMBERED, DEEPEST = 100, 60
DEFINITE = frozenset({"the", "this", "that", "these", "those", "its", "his", "her", "their"})
# How many paragraphs back "the attack" may point.
NEAR = 2
# A verb and its noun further apart than this are no one phrase to quote: the noun alone is.
LONGEST_SPAN = 60


@dataclass
class Mention:
    """One mention of an event, its arguments already named."""

    trigger: Trigger
    event_type: str
    start: int
    end: int
    modality: Modality
    paragraph: int
    actor: str | None = None
    target: str | None = None
    individual: bool = False  # the target is one known person, whose death is an event of its own
    carried: bool = False  # a verb of the lexicon carries the noun
    place: dict[str, Any] = field(default_factory=dict)
    dates: dict[str, Any] = field(default_factory=dict)

    @property
    def token(self) -> Token:
        """The trigger's last word."""
        return self.trigger.token


def join_carriers(triggers: list[Trigger]) -> list[tuple[Trigger, int, int, bool]]:
    """Each trigger with its span and whether a verb carries it; verbs that carry a nominal trigger joined to it."""
    verbs = {t.token.i: t for t in triggers if not t.nominal}
    carried: set[int] = set()
    spans = []
    for trigger in triggers:
        start, end = trigger.start, trigger.end
        verb = carrying_verb(trigger.token) if trigger.nominal else None
        carrier = verbs.get(verb.i) if verb is not None else None
        if carrier is not None and _carries(carrier, trigger):
            carried.add(carrier.token.i)
            low, high = min(start, carrier.start), max(end, carrier.end)
            if high - low <= LONGEST_SPAN:
                start, end = low, high
        spans.append((trigger, start, end, carrier is not None and carrier.token.i in carried))
    return [span for span in spans if span[0].nominal or span[0].token.i not in carried]


def _carries(verb: Trigger, noun: Trigger) -> bool:
    if verb.event_type == noun.event_type or verb.token.lemma_ in SUPPORT_VERBS:
        return True
    return (
        noun.event_type in VIOLENT and verb.event_type in (STRIKES | {"strike"}) and verb.token.lemma_ not in ("fire",)
    )


def join_mentions(reading: Reading, mentions: Iterable[Mention]) -> list[Mention]:
    """One mention an event, the first; its empty arguments filled by what later ones say."""
    told: list[Mention] = []
    for mention in mentions:
        recent = told[: -REMEMBERED - 1 : -1]
        harm = next((earlier for earlier in recent if restates(mention, earlier)), None)
        same = None if is_new(mention) else next((earlier for earlier in recent if is_same(mention, earlier)), None)
        if harm is not None and same is not None and harm.event_type in HARMS and not harm.individual:
            # "... were damaged by this explosion": the harm too belongs to the explosion already told.
            told.remove(harm)
            harm = same
        earlier = harm or same
        if earlier is None:
            told.append(mention)
        else:
            _fill(earlier, mention)
    return told


def restates(mention: Mention, earlier: Mention) -> bool:
    """A harm that an event of the same sentence did, or the one told just before in the same paragraph."""
    if _realis(mention) != _realis(earlier):
        return False
    if mention.event_type in VIOLENT and earlier.event_type in HARMS:
        # "was killed in an airstrike"; of one person killed "when a bomb exploded", both are told.
        later = mention.token.dep_ == "pobj" and mention.token.head.lower_ in ("after", "following", "since", "before")
        linked = hangs_on(mention.token, earlier.token) and not later
        return linked and (mention.trigger.nominal or not earlier.individual)
    if mention.event_type not in HARMS or earlier.event_type not in VIOLENT:
        return False
    if mention.individual and mention.event_type == "killing":
        return False
    if is_toll(mention, earlier) or is_second_deed(mention):
        return False
    if is_done_by_event(mention.token):
        return mention.paragraph - earlier.paragraph <= NEAR
    if mention.token.sent == earlier.token.sent:
        # "attacks in which shops were looted": destruction with a clause of its own is told by itself.
        own_clause = mention.event_type == "destruction" and any(
            c.dep_ in ("nsubj", "nsubjpass") for c in mention.token.children
        )
        linked = hangs_on(mention.token, earlier.token) or hangs_on(earlier.token, mention.token)
        return linked and (not own_clause or mention.token.dep_ in ("ROOT", "ccomp", "conj"))
    follows = mention.token.sent.start == earlier.token.sent.end and mention.paragraph == earlier.paragraph
    return follows and mention.event_type == "killing" and not mention.actor and _agree(mention, earlier)


def is_toll(mention: Mention, earlier: Mention) -> bool:
    """ "The operations have claimed the lives of 40": what a campaign cost is told beside it, unlike what one strike did."""
    return earlier.event_type in VIOLENT - STRIKES and mention.token.lemma_ in ("claim", "cost")


def is_second_deed(mention: Mention) -> bool:
    """ "... hit the camp, destroying 13 trucks": things destroyed, told by a participle of their own."""
    return mention.event_type == "destruction" and mention.token.tag_ == "VBG" and bool(mention.target)


def is_done_by_event(verb: Token) -> bool:
    """ "The attack also damaged a school": an attack already told does it."""
    subject = next((c for c in verb.lefts if c.dep_ == "nsubj"), None)
    if subject is None or not any(left.lower_ in DEFINITE for left in subject.lefts):
        return False
    rules = load_lexicon().nouns.get(subject.lemma_.lower(), ())
    return any(rule.event_type in VIOLENT | {"strike"} for rule in rules)


def _realis(mention: Mention) -> bool:
    return mention.modality == "asserted"


def hangs_on(token: Token, other: Token) -> bool:
    """Whether a word stands below another, or below the verb that carries that one."""
    carrier = carrying_verb(other)
    return any(ancestor in (other, carrier) for ancestor in islice(token.ancestors, DEEPEST))


def is_same(mention: Mention, earlier: Mention) -> bool:
    """Whether a mention tells an event already told."""
    if _realis(mention) != _realis(earlier) or not _same_kind(mention, earlier):
        return False
    if not _agree(mention, earlier):
        return False
    if mention.token.sent == earlier.token.sent:
        return mention.event_type == earlier.event_type and _is_linked(mention, earlier)
    shared = _overlap(mention.target, earlier.target) or _shared_place(mention, earlier)
    if mention.event_type in ("visit", "appointment"):
        shared = shared or _overlap(mention.actor, earlier.actor) or not (mention.actor or mention.target)
    if mention.trigger.nominal and is_definite(mention):
        return shared or mention.paragraph - earlier.paragraph <= (0 if mention.target else NEAR)
    return shared and (
        mention.trigger.nominal or earlier.trigger.nominal or mention.event_type in ("visit", "appointment")
    )


def _same_kind(mention: Mention, earlier: Mention) -> bool:
    if mention.event_type == earlier.event_type:
        return True
    generic = mention.event_type == "attack" and earlier.event_type in STRIKES
    return generic and mention.trigger.nominal and is_definite(mention)


def _is_linked(mention: Mention, earlier: Mention) -> bool:
    """In one sentence, mentions of one kind are one event unless joined by "and" with targets of their own."""
    if mention.target and earlier.target and not _overlap(mention.target, earlier.target):
        return False
    if (
        mention.event_type == "ground_operation"
        and earlier.trigger.nominal
        and mention.target
        and not mention.trigger.nominal
    ):
        # "launched an operation and says it has seized 16 towns": what it took is told beside it.
        return hangs_on(earlier.token, mention.token)
    return mention.trigger.nominal == earlier.trigger.nominal or mention.token not in earlier.token.conjuncts


def is_new(mention: Mention) -> bool:
    """Whether its own words say that it is another event ("a second strike")."""
    return any(left.lower_ in NEW for left in mention.token.lefts)


def is_definite(mention: Mention) -> bool:
    """Whether its words point back: an article, a demonstrative, a possessor."""
    return any(left.lower_ in DEFINITE or left.dep_ == "poss" for left in mention.token.lefts)


def _agree(mention: Mention, earlier: Mention) -> bool:
    """Nothing that both say differs."""
    if _differ(mention.actor, earlier.actor):
        return False
    if _differ(mention.target, earlier.target) and not (is_area(mention.target) or is_area(earlier.target)):
        return False
    dates = mention.dates.get("date_start"), earlier.dates.get("date_start")
    if all(dates) and dates[0] != dates[1]:
        return False
    places = mention.place.get("place"), earlier.place.get("place")
    return not all(places) or places[0] == places[1]


def _differ(one: str | None, other: str | None) -> bool:
    return bool(one and other) and not _overlap(one, other)


def is_area(target: str | None) -> bool:
    """ "the city", "targeted areas": words for a place, which the place's own name says better."""
    words = (target or "").lower().split()
    return bool(words) and words[-1].removesuffix("s") in load_lexicon().classes["territory"]


def _shared_place(mention: Mention, earlier: Mention) -> bool:
    place = mention.place.get("place")
    # A country is too wide to make two strikes one.
    return bool(place) and place == earlier.place.get("place") and (mention.place.get("where_prec") or 1) < 5


def _overlap(one: str | None, other: str | None) -> bool:
    """Whether two names or phrases share a word that means something."""
    if not one or not other:
        return False
    return one == other or not _long_words(one).isdisjoint(_long_words(other))


@lru_cache(maxsize=2_000)
def _long_words(text: str) -> frozenset[str]:
    return frozenset(word for word in text.lower().replace("’", "'").split() if len(word) > 3)


def _fill(earlier: Mention, later: Mention) -> None:
    """Keep what the later mention adds. Of a harm and the strike that did it, the strike is the event."""
    if later.event_type in VIOLENT and earlier.event_type in HARMS and not earlier.individual:
        _take_over(earlier, later)
        return
    earlier.actor = earlier.actor or later.actor
    if later.event_type == earlier.event_type:
        earlier.target = earlier.target or later.target
    if not earlier.place:
        earlier.place = later.place
    # The day somebody "assumed leadership" need not be the day of the appointment.
    if not earlier.dates.get("date_start") and later.event_type != "appointment":
        earlier.dates = later.dates


def _take_over(earlier: Mention, strike: Mention) -> None:
    """The strike that a sentence names after its harm ("ten died in an air strike") becomes the event told there."""
    close = strike.end - earlier.start <= LONGEST_SPAN
    earlier.start, earlier.end = (earlier.start if close else strike.start), strike.end
    earlier.target = strike.target or earlier.target
    earlier.actor = strike.actor or earlier.actor
    earlier.place = strike.place or earlier.place
    earlier.dates = earlier.dates or strike.dates
    earlier.event_type, earlier.trigger = strike.event_type, strike.trigger
