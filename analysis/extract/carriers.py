"""A verb and the noun of event it carries ("held talks", "airstrikes targeted"): one mention, told by both."""

from analysis.extract.event_mention import STRIKES, VIOLENT
from analysis.extract.roles import SUPPORT_VERBS, carrying_verb
from analysis.extract.triggers import Trigger

# A verb and its noun further apart than this are no one phrase to quote: the noun alone is.
LONGEST_SPAN = 60


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
