"""Harm and the strike that did it: "ten were killed in an air strike" tells one event, "the attack also damaged a school" none."""

from dataclasses import replace
from itertools import islice

from spacy.tokens import Token

from analysis.extract.event_mention import DEFINITE, HARMS, STRIKES, VIOLENT, Mention, is_realis
from analysis.extract.joining_grounds import NEAR, agree
from analysis.extract.roles import carrying_verb
from analysis.extract.trigger_lexicon import load_lexicon

# How deep a parse is climbed: a bound that only endless texts reach.
DEEPEST = 60


def restates(mention: Mention, earlier: Mention) -> bool:
    """A harm that an event of the same sentence did, or the one told just before in the same paragraph."""
    if is_realis(mention) != is_realis(earlier):
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
    # The dead and what was struck are two things.
    return (
        follows
        and mention.event_type == "killing"
        and not mention.actor
        and agree(replace(mention, target=None), earlier)
    )


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


def hangs_on(token: Token, other: Token) -> bool:
    """Whether a word stands below another, or below the verb that carries that one."""
    carrier = carrying_verb(other)
    return any(ancestor in (other, carrier) for ancestor in islice(token.ancestors, DEEPEST))
