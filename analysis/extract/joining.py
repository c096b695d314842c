"""Mentions of one event in a document joined: an event is stated once, where it is first told; what later mentions add is kept.

Two steps. Inside a sentence, a verb and the noun it carries ("held talks", "airstrikes targeted") are one mention, and a
harm verb that restates a strike ("... in an air strike that killed 20") joins the strike. Across the document, a mention
joins an earlier one of its kind when nothing speaks against it (place, date, target, actor, "another") and something
speaks for it: it is definite, or shares a place or target.
"""

from collections.abc import Iterable
from dataclasses import replace

from analysis.extract.carriers import LONGEST_SPAN
from analysis.extract.event_mention import (
    HARMS,
    STRIKES,
    VIOLENT,
    Mention,
    is_bare,
    is_definite,
    is_new,
    is_numbered,
    is_realis,
    stage_of,
)
from analysis.extract.joining_grounds import NEAR, agree, overlap, share_place
from analysis.extract.restating import hangs_on, restates

# How many events back a mention may point: a bound that only endless texts reach.
REMEMBERED = 100


def join_mentions(mentions: Iterable[Mention]) -> list[Mention]:
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


def is_same(mention: Mention, earlier: Mention) -> bool:
    """Whether a mention tells an event already told."""
    if is_realis(mention) != is_realis(earlier) or not _same_kind(mention, earlier):
        return False
    if not agree(mention, replace(earlier, actor=None) if earlier.headline else earlier):
        return False
    if mention.token.sent == earlier.token.sent:
        return mention.event_type == earlier.event_type and _is_linked(mention, earlier)
    if is_numbered(mention) or stage_of(mention) != stage_of(earlier):
        return False
    shared = overlap(mention.target, earlier.target) or share_place(mention, earlier)
    if mention.event_type in ("visit", "appointment"):
        shared = shared or overlap(mention.actor, earlier.actor) or not (mention.actor or mention.target)
    if mention.trigger.nominal and is_definite(mention):
        near = mention.paragraph - earlier.paragraph <= (0 if mention.target else NEAR)
        return shared or near or (is_bare(mention) and mention.event_type == earlier.event_type)
    if earlier.headline and shared:
        return True
    return shared and (
        mention.trigger.nominal or earlier.trigger.nominal or mention.event_type in ("visit", "appointment")
    )


def _same_kind(mention: Mention, earlier: Mention) -> bool:
    if mention.event_type == earlier.event_type:
        return True
    known = VIOLENT if is_bare(mention) else STRIKES
    generic = mention.event_type == "attack" and earlier.event_type in known
    return generic and mention.trigger.nominal and is_definite(mention)


def _is_linked(mention: Mention, earlier: Mention) -> bool:
    """In one sentence, mentions of one kind are one event unless joined by "and" with targets of their own."""
    if mention.target and earlier.target and not overlap(mention.target, earlier.target):
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
