"""Where what is said begins and ends, against what the parse joins to it: days, semicolons, comments, the next speaker."""

from spacy.tokens import Span, Token

from analysis.extract.cues import cues, is_verb_cue
from analysis.extract.speakers import is_misplaced

_LONGEST_SAYER = 12
_WHEN = {"DATE", "TIME"}
# Conditions that the parser hangs on the verb of speech as it would a preposition or a second clause.
CONDITIONS = {"provided", "providing", "unless", "if"}
_WEEKDAYS = {"monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"}
_BEFORE_DAYS = {"on", "late", "early", "in", "last", "earlier"}
# What a clause begins with.
_OPENING = {"PRON", "DET", "NOUN", "PROPN", "NUM", "ADJ"}
LONGEST = 250  # tokens of a clause that are looked at: only endless sentences have more


def after_day(cue: Token, first: int, last: int) -> int:
    """Where a clause begins behind the day on which it was said: "said on Friday it had ...", "said late Tuesday they ..."."""
    doc, index = cue.doc, first
    if first != cue.i + 1:
        return first
    while index < last and (doc[index].ent_type_ in _WHEN or doc[index].lower_ in _BEFORE_DAYS):
        index += 1
    said_then = any(t.ent_type_ in _WHEN for t in doc[first:index])
    return index if said_then and doc[index].pos_ in _OPENING else first


def before_comment(cue: Token, last: int) -> int:
    """The end of what is said, before the narrator's ", a claim that could not be verified"."""
    doc, lists = cue.doc, cues()
    for token in doc[cue.i + 2 : min(last, cue.i + LONGEST) - 1]:
        opens = token.text == "," and token.nbor(1).lower_ in ("a", "an") and not _inside_marks(doc[cue.i : token.i])
        noun = next((t for t in doc[token.i + 2 : token.i + 5] if t.lower_ in lists.comment_nouns), None)
        if opens and noun is not None and noun.i < last and _goes_on(noun):
            return token.i - 1
    return last


def before_moment(cue: Token, last: int) -> int:
    """The end of what is said, before the narrator's ", two weeks after its troops marched in", ", hours before the talks"."""
    doc = cue.doc
    for token in doc[cue.i + 2 : min(last, cue.i + LONGEST) - 1]:
        if token.text != "," or _inside_marks(doc[cue.i : token.i]) or cue.tag_ != "VBD":
            continue
        words = doc[token.i + 1 : token.i + 1 + _LONGEST_MOMENT]
        tie = next((t for t in words if t.lower_ in ("after", "before")), None)
        ahead = [] if tie is None else [t for t in words if t.i < tie.i]
        if ahead and all(t.ent_type_ in _WHEN or t.lower_ in _MOMENT_WORDS for t in ahead) and ahead[-1].pos_ == "NOUN":
            return token.i - 1
    return last


_LONGEST_MOMENT = 5
_MOMENT_WORDS = {
    "just",
    "only",
    "a",
    "an",
    "less",
    "than",
    "more",
    "hours",
    "days",
    "weeks",
    "months",
    "years",
    "day",
    "week",
    "month",
    "year",
    "hour",
}


def before_weekday(cue: Token, target: Token, last: int) -> int:
    """The end of an object, without the weekday on which it was said: "reiterated that position on Thursday"."""
    doc = cue.doc
    on = last - 1
    if cue.tag_ != "VBD" or on <= target.i or doc[on].lower_ != "on" or doc[last].lower_ not in _WEEKDAYS:
        return last
    return on - 1


def _goes_on(noun: Token) -> bool:
    """Whether a clause hangs on a noun: "a claim that ...", "a charge the junta rejected", "an offer denied by all"."""
    return noun.nbor(1).lower_ in ("that", "which") or any(c.dep_ in ("relcl", "acl") for c in noun.rights)


def before_participle(cue: Token, last: int) -> int:
    """The end of what is said, before what the same speaker says next: ", describing the attacks as war crimes"."""
    doc, lists = cue.doc, cues()
    for token in doc[cue.i + 2 : min(last, cue.i + LONGEST)]:
        follows = token.text == "," and token.nbor(1).tag_ == "VBG" and token.nbor(1).lemma_ in lists.speech
        if follows and token.nbor(1).lemma_ not in lists.clause_of_findings and not _inside_marks(doc[cue.i : token.i]):
            return token.i - 1
    return last


def over_condition(cue: Token, last: int) -> int:
    """On over a condition of which the parse left only the first word: "talks provided | the army pulled back"."""
    doc, end = cue.doc, cue.sent.end
    if doc[last].lower_ not in CONDITIONS or last + 1 >= end:
        return last
    stop = next((t.i for t in doc[last + 1 : end] if t.text in (",", ";", ".", '"')), end)
    return stop - 1


def before_sayer(cue: Token, last: int) -> int:
    """The end of a clause, before ", an adviser confirmed": somebody else's words for the whole sentence."""
    doc = cue.doc
    index = last
    while index > cue.i + 1 and doc[index].is_punct:
        index -= 1
    if not is_verb_cue(doc[index]) or doc[index].tag_ not in ("VBD", "VBZ"):
        return last
    ahead = doc[max(cue.i + 1, index - _LONGEST_SAYER) : index]
    comma = next((t.i for t in reversed(ahead) if t.text == ","), None)
    if comma is None or any(t.pos_ in ("VERB", "AUX", "SCONJ", "CCONJ") for t in doc[comma + 1 : index]):
        return last
    return comma - 1 if any(t.pos_ in ("NOUN", "PROPN", "PRON") for t in doc[comma + 1 : index]) else last


def after_semicolon(cue: Token, first: int) -> int:
    """Where a clause begins that the parser joins to what somebody else says before a semicolon: "A said ...; ..., B said"."""
    doc = cue.doc
    for token in doc[max(first, cue.i - LONGEST) : cue.i]:
        if token.text == ";" and not _inside_marks(doc[first : token.i]) and _has_sayer(doc[cue.sent.start : token.i]):
            first = token.i + 1
    return first


def before_break(cue: Token, clause: Token, last: int) -> int:
    """The end of a clause, before a semicolon with another's words behind it, or before the cue's own next verb."""
    doc = cue.doc
    for token in doc[cue.i + 1 : min(last, cue.i + LONGEST) + 1]:
        if token.text == ";" and not _inside_marks(doc[cue.i : token.i]) and _has_sayer(doc[token.i : cue.sent.end]):
            return token.i - 1
        if clause in (token.head, token.head.head) and is_verb_cue(token) and is_misplaced(token):
            return token.i - 2 if token.nbor(-1).dep_ == "cc" else token.i - 1
    return last


def _has_sayer(tokens: Span) -> bool:
    """Whether a verb of speech stands among tokens with a subject of its own."""
    return any(is_verb_cue(t) and any(c.dep_ == "nsubj" and c in tokens for c in t.children) for t in tokens)


def _inside_marks(tokens: Span) -> bool:
    return sum(token.text == '"' for token in tokens) % 2 == 1
