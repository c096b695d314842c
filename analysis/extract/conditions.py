"""Conditions under which a party would stop, agree or release: "under conditions", "if", "unless", "should Israel ..."."""

import re
from collections.abc import Iterator

from spacy.tokens import Span, Token

from analysis.extract.segments import Segment, trim
from analysis.extract.term_words import Candidate, lemma, words

_MARKS = {"if", "unless", "provided", "providing", "until", "once"}
# Marks of more than one word, by the last: "as long as", "on condition that", "only after".
_PHRASES = re.compile(
    r"\b(?:as long as|so long as|on (?:the )?condition that|provided that|on the understanding that|only (?:if|when|after))\b",
    re.I,
)


def find_conditions(sentence: Span) -> Iterator[Candidate]:
    """The conditions that a sentence states for something that deals are made of."""
    tokens = list(sentence)
    found = [*_noun_phrases(tokens), *_clauses(tokens)]
    for segment in found:
        outside = (t for t in tokens if not segment.first <= t.i <= segment.last)
        if any(lemma(t) in words("condition_words") for t in outside):
            yield Candidate(segment, "terms.condition")


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
    for token in tokens:
        if token.pos_ not in ("VERB", "AUX", "ADJ"):
            continue
        mark = _mark_of(token, phrase)
        # "Moscow may accept should Kyiv stop": the parser makes the condition the main clause.
        if mark is not None and (token.dep_ != "ROOT" or mark > token.sent.start):
            yield trim(Segment(token.doc, mark, _end_of_finite(token, mark)))


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
    below = verb.dep_ in ("advcl", "acl", "ccomp", "pcomp")
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
