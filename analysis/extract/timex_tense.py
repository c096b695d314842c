"""The tense of the words around an expression of time: which verb governs it, and whether that verb looks back or ahead."""

from spacy.tokens import Token

from analysis.extract.timex_grammar import GRAMMAR

PAST, PRESENT, FUTURE = -1, 0, 1
# Verbs after which "to" speaks of what is to come.
PLANS = GRAMMAR.context["plans"]
_FUTURE_AUXILIARIES = GRAMMAR.context["future_auxiliaries"]
_STEPS = 6  # heads to climb before giving up


def governing_verb(token: Token) -> Token | None:
    """The nearest verb above a token, or None within a few steps."""
    for _ in range(_STEPS):
        if token.pos_ in ("VERB", "AUX"):
            return token
        if token.head.i == token.i:
            return None
        token = token.head
    return None


def verb_tense(verb: Token) -> int:
    """The tense of a verb with its auxiliaries; "is expected to" and "plans to" count as future."""
    helpers = [child for child in verb.children if child.dep_ in ("aux", "auxpass")]
    if any(helper.lower_ in _FUTURE_AUXILIARIES for helper in helpers):
        return FUTURE
    if any(helper.tag_ == "TO" for helper in helpers):
        return FUTURE if verb.head.lemma_ in PLANS else PRESENT
    if verb.lemma_ in PLANS and verb.tag_ == "VBN":
        return FUTURE
    if verb.tag_ in ("VBD", "VBN") or any(helper.tag_ == "VBD" for helper in helpers):
        return PAST
    return FUTURE if any(helper.tag_ == "MD" for helper in helpers) else PRESENT


def is_plainly_past(token: Token) -> bool:
    """Whether a past verb that plans nothing governs the word directly: "began in March", not "extended its offer to March 3"."""
    above = token.head.head if token.head.pos_ == "ADP" else token.head
    if above.pos_ not in ("VERB", "AUX") or above.lemma_ in PLANS:
        return False
    return token.head.lower_ not in ("to", "until", "through", "by", "for") and verb_tense(above) == PAST
