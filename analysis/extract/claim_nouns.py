"""Sayings by a noun of speech with what it says: "Israel's claim that ..."."""

from collections.abc import Iterator
from functools import cache

from spacy.tokens import Token

from analysis.extract.content_spans import Content, trim
from analysis.extract.cues import cues
from analysis.extract.quotes import QUOTE_OF_ITS_OWN, quotes_of
from analysis.extract.reading import Reading
from analysis.extract.saying import Saying
from analysis.extract.word_index import find_words, hash_words


@cache
def _noun_ids() -> frozenset[int]:
    return hash_words(cues().noun_that)


def find_claims(reading: Reading) -> Iterator[Saying]:
    """The sayings of a document that such a noun holds."""
    nouns = cues().noun_that
    for noun in (reading.tokens[index] for index in find_words(reading, _noun_ids())):
        if noun.lemma_.lower() not in nouns or noun.pos_ != "NOUN":
            continue
        quote = quotes_of(reading).covering(noun.idx)
        if quote is not None and quote.words >= QUOTE_OF_ITS_OWN:
            continue
        clause = next((c for c in noun.rights if c.dep_ in ("acl", "ccomp", "relcl") and _opens_with_that(c)), None)
        if clause is not None:
            tokens = reading.parsed[clause.left_edge.i : clause.right_edge.i + 1]
            content = Content(*trim(reading, tokens.start_char, tokens.end_char), "noun", noun.i)
            owner = next((c for c in noun.lefts if c.dep_ == "poss"), None)
            edges = (owner.left_edge.i, owner.right_edge.i) if owner is not None else None
            yield Saying(noun, noun.idx, noun.idx + len(noun), content, owner, edges)


def _opens_with_that(clause: Token) -> bool:
    return any(c.lower_ == "that" and c.dep_ == "mark" for c in clause.lefts)
