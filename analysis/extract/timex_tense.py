"""The tense of the words around an expression of time: which verb governs it, and whether that verb looks back or ahead."""

from spacy.tokens import Token

from analysis.extract.timex_grammar import GRAMMAR

PAST, PRESENT, FUTURE = -1, 0, 1
PLANS = GRAMMAR.context["plans"]
_SCHEDULES = GRAMMAR.context["schedules"]
_ASKING = GRAMMAR.context["asking"]
_ARRANGING = GRAMMAR.context["arranging"]
_EXTENDING = GRAMMAR.context["extending"]
_HAPPENED = GRAMMAR.context["happened"]
_PROGRAMMED = GRAMMAR.context["programmed"]
_ONSETS = GRAMMAR.context["onsets"]
_SINCE, _UNTIL = frozenset({"since"}), GRAMMAR.context["until"] - {"to"}
_FUTURE_AUXILIARIES = GRAMMAR.context["future_auxiliaries"]
_NOBODY = frozenset({"neither", "nobody", "none", "no"})
# Verbs without an auxiliary that take the tense of the verb above: second verbs and complements.
_LEANING = frozenset({("conj", "VB"), ("conj", "VBN"), ("xcomp", "VBG")})
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


def tense_around(token: Token) -> int:
    """PAST, PRESENT or FUTURE of the clause that a word dates; PAST where nothing governs it.

    Beside the tense of the verb it heeds what ties the word to it: "since Friday" looks back and "extended until Friday"
    ahead, as do "a truce starting on Friday", "is to meet on Friday" and "planned a march for Friday".
    """
    verb, lead = governing_verb(token), _lead(token)
    if verb is None or lead in _SINCE or _is_dated_event(token):
        return PAST
    if verb.tag_ == "VBG" and verb.lemma_ in _ONSETS:
        return _tense_of_onset(verb)
    if verb.lemma_ in _INVITING and _is_of_occasion(token, verb):
        return FUTURE
    if verb.lemma_ in PLANS and not _has_helper(verb, "TO"):
        return _tense_of_plan(token, verb, lead)
    tense = verb_tense(verb)
    if lead in _UNTIL and not (tense == PAST and verb.lemma_ not in _EXTENDING):
        return FUTURE
    if lead == "from" and tense == PRESENT:
        return FUTURE
    return FUTURE if tense == PRESENT and _is_programmed(verb) and not _is_of_subject(token, verb) else tense


def _is_dated_event(token: Token) -> bool:
    """Whether a date is put to what has happened: "Friday's attack", "the attack on Friday", "the Friday attack"."""
    above = _above(token)
    return above.pos_ in ("NOUN", "PROPN") and above.lemma_.lower() in _HAPPENED


def _lead(token: Token) -> str:
    """The preposition that ties a word to its verb, lower case, or nothing."""
    for _ in range(_STEPS):
        if token.pos_ in ("VERB", "AUX") or token.head.i == token.i:
            return ""
        if token.dep_ == "prep" or token.pos_ == "ADP" or token.lower_ in _SINCE | _UNTIL:
            return str(token.lower_)
        token = token.head
    return ""


def is_perfect(verb: Token) -> bool:
    """ "Has seized": up to the present."""
    return verb.tag_ == "VBN" and any(helper.lower_ in ("has", "have", "'ve", "’ve") for helper in _helpers(verb))


def outer_lead(token: Token) -> str:
    """ "Since" or "until" where a date depends on what one of them introduces ("since the coup of February 1"), else nothing."""
    for _ in range(_STEPS):
        if token.pos_ in ("VERB", "AUX") or token.head.i == token.i:
            return ""
        token = token.head
        if token.lower_ in ("since", "until", "till"):
            return str(token.lower_)
    return ""


def _tense_of_onset(verb: Token) -> int:
    """ "Starting on Sunday": ahead where the clause arranges something or speaks of what is to be done."""
    if _helpers(verb):
        return verb_tense(verb)
    above = governing_verb(verb.head) if verb.head.i != verb.i else None
    if above is None:
        return PAST
    if above.lemma_ in _ARRANGING | PLANS or _has_helper(above, "TO"):
        return FUTURE
    return verb_tense(above)


def _tense_of_plan(token: Token, verb: Token, lead: str) -> int:
    """ "Is expected on Sunday", "planned a march for Sunday": ahead; "agreed on Sunday", "had been due on Sunday": back."""
    if _is_pluperfect(verb):
        return PAST
    if verb.lemma_ in _SCHEDULES and verb.tag_ in ("VBN", "JJ"):
        return FUTURE
    if lead in ("for", "by") or (lead in _UNTIL and verb.lemma_ in _EXTENDING) or _is_of_object(token, verb):
        return FUTURE
    return verb_tense(verb)


# "Invited both sides to a summit on June 15": whatever the tense, the summit lies ahead.
_INVITING = {"invite", "summon"}


def _is_of_occasion(token: Token, verb: Token) -> bool:
    """Whether a word stands behind what a verb invites to."""
    occasions = (g for c in verb.rights if c.dep_ == "prep" and c.lower_ in ("to", "for") for g in c.children)
    return any(noun.dep_ == "pobj" and noun.i < token.i for noun in occasions)


def _is_of_object(token: Token, verb: Token) -> bool:
    """Whether a word belongs to the object of a verb: "planned a march on Sunday"."""
    for _ in range(_STEPS):
        if token.head.i == verb.i or token.head.i == token.i:
            return token.dep_ in ("dobj", "ccomp") and token.head.i == verb.i and token.pos_ == "NOUN"
        token = token.head
    return False


def _is_of_subject(token: Token, verb: Token) -> bool:
    """Whether a word belongs to the subject of a verb: "the talks on Monday begin a new phase"."""
    for _ in range(_STEPS):
        if token.head.i in (verb.i, token.i):
            return token.dep_ in ("nsubj", "nsubjpass")
        token = token.head
    return False


def _is_programmed(verb: Token) -> bool:
    """ "The truce takes effect on Sunday", "ministers are meeting on Sunday": the present of a programme."""
    if verb.tag_ in ("VBZ", "VBP", "VB"):
        return verb.lemma_ in _PROGRAMMED
    return verb.tag_ == "VBG" and any(helper.lower_ in ("is", "are", "'s", "'re") for helper in _helpers(verb))


def _helpers(verb: Token) -> list[Token]:
    return [child for child in verb.children if child.dep_ in ("aux", "auxpass")]


def _is_pluperfect(verb: Token) -> bool:
    """ "Had been expected to"."""
    return any(helper.lower_ == "had" for helper in _helpers(verb))


def _has_helper(verb: Token, tag: str) -> bool:
    return any(helper.tag_ == tag for helper in _helpers(verb))


def verb_tense(verb: Token) -> int:
    """The tense of a verb with its auxiliaries; "is expected to", "a plan to" and "is to" count as future."""
    helpers = _helpers(verb)
    if not helpers and (verb.dep_, verb.tag_) in _LEANING and verb.head.pos_ in ("VERB", "AUX"):
        return verb_tense(verb.head)  # "will meet on Monday and travel on Tuesday", "will start handing over"
    if any(helper.lower_ in _FUTURE_AUXILIARIES for helper in helpers):
        return FUTURE
    if any(helper.tag_ == "TO" for helper in helpers):
        return _tense_of_infinitive(verb)
    modal = any(helper.tag_ == "MD" for helper in helpers)
    if modal and not any(helper.lemma_ == "have" for helper in helpers):
        return PAST if _is_failed(verb, helpers) else FUTURE
    if verb.tag_ in ("VBD", "VBN") or any(helper.tag_ == "VBD" for helper in helpers):
        return PAST
    return PRESENT


def _is_failed(verb: Token, helpers: list[Token]) -> bool:
    """ "Could not be reached on Friday", "neither could be reached": an attempt that is over."""
    if not any(helper.lower_ == "could" for helper in helpers):
        return False
    subjects = [child for child in verb.children if child.dep_ in ("nsubj", "nsubjpass", "preconj")]
    denied = {word.lower_ for subject in subjects for word in (subject, *subject.children)}
    return any(child.dep_ == "neg" for child in verb.children) or not denied.isdisjoint(_NOBODY)


def _tense_of_infinitive(verb: Token) -> int:
    """ "Due to meet", "ordered them to leave", "is to meet", "a deal to withdraw": what is to come."""
    above = verb.head
    if above.lemma_ in PLANS | _ASKING:
        return PAST if _is_pluperfect(above) or _is_pluperfect(above.head) else FUTURE
    if verb.dep_ in ("acl", "relcl") and above.pos_ in ("NOUN", "PROPN"):
        return FUTURE
    return FUTURE if verb.dep_ == "xcomp" and above.lemma_ in ("be", "have") else PRESENT


def is_plainly_past(token: Token) -> bool:
    """Whether a past verb that plans nothing governs the word: "began in March", "shot on the night of March 3".

    "Extended its offer to March 3" does not.
    """
    if _lead(token) in _SINCE:
        return True
    above = _above(token)
    if above.pos_ in ("NOUN", "PROPN") and _is_part_of_time(above):
        above = _above(above)
    if above.pos_ not in ("VERB", "AUX") or above.lemma_ in PLANS or _has_helper(above, "TO"):
        return False
    return token.head.lower_ not in ("to", "until", "through", "by", "for") and verb_tense(above) == PAST


def _above(token: Token) -> Token:
    """The head of a word, past its preposition."""
    return token.head.head if token.head.pos_ == "ADP" else token.head


def _is_part_of_time(token: Token) -> bool:
    """Night, morning, week: words that a date is put to ("the night of March 3")."""
    return any(token.lower_ in GRAMMAR.words[name] for name in ("PART", "UNIT", "UNITS"))
