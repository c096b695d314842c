"""Conditions under which a party would stop, agree or release: "under conditions", "if", "unless", "should Israel ...".

Two conditions joined by "and" are two terms; what must come before something else is a condition too.
"""

import re
from collections.abc import Iterator

from spacy.tokens import Doc, Span, Token

from analysis.extract.segments import Segment, opens_clause, trim
from analysis.extract.term_words import Candidate, lemma, words

_MARKS = {"if", "unless", "provided", "providing", "until", "once"}
# Marks of more than one word, by the last: "as long as", "on condition that", "only after".
_OPENINGS = "as long as|so long as|on (?:the )?condition that|provided that|on the understanding that|only (?:if|when|after|once)"
_PHRASES = re.compile(rf"\b(?:{_OPENINGS})\b", re.I)
# These say by themselves that something is put on a condition; "if" and "until" are used of anything.
_STRONG = re.compile(rf"\b(?:{_OPENINGS}|unless)\b", re.I)
# "As long as it takes", "as long as is necessary" say for how long, not on what condition.
_HOW_LONG = re.compile(
    r"\b(?:as|so) long as (?:(?:it|this|that|we|they) )?(?:is |was |are )?(?:takes?|took|need(?:ed)?|necessary|required|possible|"
    r"appropriate|can|could)\b",
    re.I,
)
_BINDING = {"must", "should", "shall"}
_SUBJECTS = ("nsubj", "nsubjpass", "csubj")


def find_conditions(sentence: Span, told: bool = False) -> Iterator[Candidate]:
    """The conditions that a sentence states for something that deals are made of; `told`: a deal is told hereabouts."""
    tokens = list(sentence)
    strong = told and _STRONG.search(sentence.text) is not None
    for segment in [*_noun_phrases(tokens), *_clauses(tokens)]:
        if _HOW_LONG.match(segment.doc[segment.first : segment.last + 1].text):
            continue
        outside = (t for t in tokens if not segment.first <= t.i <= segment.last)
        if strong or any(lemma(t) in words("condition_words") for t in outside):
            yield from (Candidate(part, "terms.condition") for part in split_conditions(segment))
    if told:
        yield from (Candidate(segment, "terms.condition") for segment in _orders(tokens))


def split_conditions(segment: Segment) -> list[Segment]:
    """A condition cut where "and" joins a second: "only if A stops and if B withdraws", "after it frees C and lifts D"."""
    cuts = [token.i for token in segment.tokens if _joins_conditions(token, segment)]
    starts = [segment.first, *(cut + 1 for cut in cuts)]
    ends = [*(cut - 1 for cut in cuts), segment.last]
    parts = [Segment(segment.doc, first, last) for first, last in zip(starts, ends, strict=True) if first <= last]
    return [Segment(part.doc, part.first, trim(part).last) for part in parts]


def _joins_conditions(token: Token, segment: Segment) -> bool:
    if token.lower_ != "and" or not segment.first < token.i < segment.last:
        return False
    if token.nbor(1).lower_ in _MARKS or (opens_clause(token) and token.head.i > segment.first):
        return True
    verb = token.head
    joined = next((c for c in verb.rights if c.dep_ == "conj" and c.i > token.i), None)
    finite = ("VBZ", "VBD", "VBP", "VBN", "MD")
    return (
        joined is not None and joined.pos_ in ("VERB", "AUX") and joined.tag_ in finite and verb.pos_ in ("VERB", "AUX")
    )


def _noun_phrases(tokens: list[Token]) -> Iterator[Segment]:
    for token in tokens:
        if lemma(token) not in ("condition", "precondition", "proviso") or token.dep_ != "pobj":
            continue
        anonymous = any(g.lower_ == "anonymity" for c in token.rights for g in c.children)
        if (
            token.head.lower_ in ("under", "on", "with", "upon")
            and token.n_lefts + token.n_rights > 0
            and not anonymous
        ):
            yield trim(Segment(token.doc, token.head.i, _end_of_clause(token)))


def _end_of_clause(token: Token) -> int:
    """Up to the mark that ends the clause a noun stands in, its relative clause included."""
    last = int(token.right_edge.i)
    end = token.sent.end
    for following in token.doc[token.i + 1 : end]:
        if following.i > last or following.text in (";", ".") or following.is_quote:
            return following.i - 1
    return last


def _clauses(tokens: list[Token]) -> Iterator[Segment]:
    phrase = _find_phrase(tokens)
    last = -1
    for token in tokens:
        if token.pos_ not in ("VERB", "AUX", "ADJ") or token.i <= last:
            continue
        mark = _mark_of(token, phrase)
        # "Moscow may accept should Kyiv stop": the parser makes the condition the main clause.
        if mark is not None and (token.dep_ != "ROOT" or mark > token.sent.start):
            last = _last_word(token.doc, _end_of_finite(token, mark))
            yield Segment(token.doc, mark, last)


def _last_word(doc: Doc, last: int) -> int:
    """Without the full stop or comma that the parser hangs on a clause."""
    while doc[last].is_punct and not doc[last].is_quote:
        last -= 1
    return last


def _orders(tokens: list[Token]) -> Iterator[Segment]:
    """ "Guarantees must come before any talks": what has to be done first."""
    for verb in tokens:
        if not any(c.dep_ == "aux" and c.lower_ in _BINDING for c in verb.lefts):
            continue
        subject = next((c for c in verb.lefts if c.dep_ in _SUBJECTS), None)
        if subject is not None and lemma(verb) != "wait" and any(_comes_before(child) for child in verb.rights):
            yield trim(Segment(verb.doc, subject.left_edge.i, _end_of_finite(verb, verb.i)))


def _comes_before(child: Token) -> bool:
    if child.lower_ in ("before", "first"):
        return child.dep_ in ("prep", "advmod")
    return child.dep_ == "advcl" and any(c.dep_ == "mark" and c.lower_ == "before" for c in child.lefts)


def _find_phrase(tokens: list[Token]) -> Token | None:
    """The first word of "as long as", "only after" and the like, where a sentence has one."""
    sentence = tokens[0].sent
    match = _PHRASES.search(sentence.text)
    return next((t for t in tokens if t.idx >= sentence.start_char + match.start()), None) if match else None


def _mark_of(verb: Token, phrase: Token | None) -> int | None:
    """The number of the token that opens a condition, or None."""
    for left in verb.lefts:
        if left.lower_ in _MARKS and left.dep_ in ("mark", "advmod", "prep"):
            only = left.i > 0 and left.nbor(-1).lower_ in ("only", "even")
            return int(left.i) - (1 if only else 0)
    below = verb.dep_ in ("advcl", "acl", "ccomp", "pcomp", "conj")
    if phrase is not None and below and verb.left_edge.i <= phrase.i + 6 and phrase.i < verb.i:
        return int(phrase.i)
    inverted = [c for c in verb.lefts if c.lower_ in ("should", "were") and c.dep_ in ("aux", "auxpass")]
    subject = next((c for c in verb.lefts if c.dep_ in ("nsubj", "nsubjpass")), None)
    if (
        inverted
        and subject is not None
        and inverted[0].i < subject.left_edge.i
        and not verb.sent.text.rstrip().endswith("?")
    ):
        return int(inverted[0].i)
    return None


def _end_of_finite(verb: Token, mark: int) -> int:
    last = int(verb.right_edge.i)
    for token in verb.doc[mark + 1 : last + 1]:
        # A quotation mark or a semicolon ends the clause whatever the parser hangs on it.
        if token.text in (";",) or (token.is_quote and token.i > verb.i):
            return token.i - 1
    return last
