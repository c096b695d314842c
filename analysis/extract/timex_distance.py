"""How far an expression of time stands from the words it may date, by the grammar of the sentence."""

from spacy.tokens import Token

from analysis.extract.reading import Reading
from analysis.extract.timex_grammar import GRAMMAR
from analysis.extract.timex_tense import FUTURE, PAST, governing_verb, verb_tense
from analysis.facts import Time

REPORTING = GRAMMAR.context["reporting"]
_ONSETS = GRAMMAR.context["onsets"]
_OCCURRING = GRAMMAR.context["occurring"]
_REACTING = GRAMMAR.context["reacting"]
_MEASURES = (
    frozenset(GRAMMAR.words["UNIT"]) | frozenset(GRAMMAR.words["UNITS"]) | frozenset(GRAMMAR.words["CLOCKUNITS"])
)
# Inside the words, with their verb, with a verb above, beside, below it; what costs more than the limit does not apply.
_INSIDE, _SAME_VERB, ABOVE, BESIDE, _BELOW, LIMIT = 0.0, 1.0, 2.0, 3.0, 9.0, 8.0
_STEPS = 12
_SUBJECTS = frozenset({"nsubj", "nsubjpass", "csubj"})


def find_cost(reading: Reading, time: Time, start: int, end: int) -> float:
    """The distance of a time from the words [start, end): below `LIMIT` where it dates them, the lower the closer."""
    if time.start < end and start < time.end:
        return _INSIDE
    token, anchor = reading.token_at(time.start), find_root(reading, start, end)
    distance = min(abs(token.i - anchor.i), 200) / 250
    if len(time.value) == 4 and token.i < token.head.i != anchor.i and token.head.pos_ == "NOUN":
        return _BELOW  # "broke a 2015 deal on January 25"
    verb = governing_verb(token)
    if start <= token.head.idx < end or _is_of_noun(token, anchor) or _is_occurrence(verb, anchor):
        return _INSIDE + distance
    if verb is not None and verb.lemma_.lower() in _REACTING and not verb.i <= anchor.i < token.i:
        return _BELOW  # "the attack was condemned on Monday", not "condemned the attack on Monday"
    if _is_of_sequel(token):
        return ABOVE + distance
    if verb is not None and verb.dep_ == "acl" and verb.head.i == anchor.i and verb.lemma_.lower() not in _ONSETS:
        return _SAME_VERB + distance  # "families forced out since January 1"
    return _verb_cost(verb, governing_verb(anchor)) + distance


def _is_of_noun(token: Token, anchor: Token) -> bool:
    """ "The murder on the evening of 27 February": no verb stands between the time and the noun."""
    for _ in range(_STEPS):
        if token.i == anchor.i:
            return True
        if token.pos_ in ("VERB", "AUX") or token.head.i == token.i or token.dep_ == "conj":
            return False
        token = token.head
    return False


def _is_occurrence(verb: Token | None, anchor: Token) -> bool:
    """ "The shooting that took place on Friday"."""
    if verb is None or verb.head.i != anchor.i or verb.dep_ not in ("relcl", "acl"):
        return False
    return verb.lemma_.lower() in _OCCURRING or (
        verb.lemma_ == "take" and any(c.lower_ == "place" for c in verb.children)
    )


def _is_of_sequel(token: Token) -> bool:
    """Whether a time belongs to what came before or after: "freed them on Friday after a swap three weeks before"."""
    for step in range(_STEPS):
        if token.head.i == token.i or token.pos_ in ("VERB", "AUX"):
            return False
        token = token.head
        if token.lower_ in ("after", "before", "following"):
            return step > 0
    return False


def find_root(reading: Reading, start: int, end: int) -> Token:
    """The word of a span on which the others depend."""
    token = reading.token_at(start)
    for _ in range(_STEPS):
        if not start <= token.head.idx < end or token.head.i == token.i:
            return token
        token = token.head
    return token


def _verb_cost(verb: Token | None, own: Token | None) -> float:
    if verb is None or own is None:
        return BESIDE
    lemma = verb.lemma_.lower()
    if verb.i == own.i:
        return _SAME_VERB
    if _is_above(verb, own):
        return _BELOW if lemma in REPORTING or _is_apart(verb, own) or _is_of_plan(verb, own) else ABOVE
    if _is_above(own, verb):
        if lemma in _ONSETS | REPORTING or verb.dep_ == "relcl":
            return _BELOW
        return ABOVE if _shares_time(verb, own) else BESIDE
    return _BELOW if lemma in REPORTING or verb.dep_ == "relcl" else BESIDE


def _shares_time(verb: Token, own: Token) -> bool:
    """Whether a verb below another brings its time to it.

    So does one without an auxiliary of its own ("were killed and 50 injured since April") and one in the subject ("the
    number killed since April had risen").
    """
    if verb.dep_ == "conj" and verb.head.i == own.i:
        return not any(child.dep_ in ("aux", "auxpass") for child in verb.children)
    token = verb
    for _ in range(_STEPS):
        if token.head.i in (own.i, token.i):
            return verb.dep_ == "acl" and token.dep_ in _SUBJECTS
        token = token.head
    return False


def _is_apart(verb: Token, own: Token) -> bool:
    """Whether a clause happens at another time than the verb above it.

    So it does inside its subject ("the number killed when a missile hit the block rose on Monday"), and where a measure
    parts them ("signed it on Monday, five weeks after war broke out").
    """
    token = own
    for _ in range(_STEPS):
        if _is_measured(token) or (token.dep_ in _SUBJECTS and token.i != own.i):
            return True
        if token.head.i in (verb.i, token.i):
            return False
        token = token.head
    return False


def _is_of_plan(verb: Token, own: Token) -> bool:
    """ "Under the deal signed in Doha, troops will leave on Tuesday": what was signed is not of the day planned."""
    return own.dep_ in ("acl", "relcl") and verb_tense(verb) == FUTURE and verb_tense(own) == PAST


def _is_measured(token: Token) -> bool:
    """ "Five weeks after war broke out", of the verb of that clause."""
    marks = [child for child in token.children if child.dep_ == "mark" and child.lower_ in ("after", "before")]
    if not marks and token.head.lower_ in ("after", "before"):
        marks = [token.head]
    return any(mark.i > 0 and mark.nbor(-1).lower_ in _MEASURES for mark in marks)


def _is_above(upper: Token, lower: Token) -> bool:
    for _ in range(_STEPS):
        if lower.i == upper.i:
            return True
        if lower.head.i == lower.i:
            return False
        lower = lower.head
    return False
