"""One mention of an event, its arguments named, and what its own words say of whether it was told before."""

from dataclasses import dataclass, field
from typing import Any

from spacy.tokens import Token

from analysis.extract.triggers import Trigger
from analysis.facts import Modality

STRIKES = frozenset({"air_strike", "drone_strike", "rocket_missile", "shelling", "attack"})
VIOLENT = STRIKES | {"armed_clash", "ground_operation"}
HARMS = frozenset({"killing", "destruction"})
# Words that make a mention another event than the one already told.
NEW = frozenset({
    "another", "second", "third", "other", "separate", "separately", "earlier",
    "previous", "new", "fresh", "different", "further", "more",
})  # fmt: skip
NUMBERED = frozenset({"multiple", "several", "numerous", "many", "a", "an", "dozens"})
DEFINITE = frozenset({"the", "this", "that", "these", "those", "its", "his", "her", "their"})


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
    headline: bool = False  # told in the headline, whose events the text tells again
    place: dict[str, Any] = field(default_factory=dict)
    dates: dict[str, Any] = field(default_factory=dict)

    @property
    def token(self) -> Token:
        """The trigger's last word."""
        return self.trigger.token


def is_new(mention: Mention) -> bool:
    """Whether its own words say that it is another event ("a second strike")."""
    return any(left.lower_ in NEW for left in mention.token.lefts)


def is_definite(mention: Mention) -> bool:
    """Whether its words point back: an article, a demonstrative, a possessor."""
    return any(left.lower_ in DEFINITE or left.dep_ == "poss" for left in mention.token.lefts)


def is_numbered(mention: Mention) -> bool:
    """Whether it brings events of its own number: "multiple strikes", "a strike", "two attacks"."""
    lefts = list(mention.token.lefts)
    counted = any(left.lower_ in NUMBERED or left.dep_ == "nummod" for left in lefts)
    return mention.trigger.nominal and counted and not is_definite(mention)


def is_bare(mention: Mention) -> bool:
    """Whether it says nothing but that it was told before: "the signing", "the attack"."""
    own = mention.place or mention.target or mention.dates.get("date_start")
    return not own and mention.trigger.nominal and is_definite(mention)


def stage_of(mention: Mention) -> str | None:
    """Of an agreement: whether it is made, begins or ends; these are events of their own."""
    if mention.event_type != "agreement":
        return None
    lemma = mention.token.lemma_
    return "begins" if lemma in BEGINS else "ends" if lemma in ENDS else "made"


BEGINS = frozenset({"take", "come", "enter", "go", "begin", "start", "hold"})
ENDS = frozenset({"expire", "lapse", "collapse"})


def is_realis(mention: Mention) -> bool:
    """Whether it tells what happened, not what is planned, feared or denied."""
    return mention.modality == "asserted"
