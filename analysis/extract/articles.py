"""One person harmed, without a number: "a soldier was killed", "captured a Taliban facilitator". A count of 1, of harm only."""

from collections.abc import Iterator
from functools import cache

from spacy.tokens import Token

from analysis.extract.bounds import Bounded
from analysis.extract.counted import Counted, find_head, may_be_person
from analysis.extract.counted_classes import classify, lemma_of
from analysis.extract.dependents import coordinated, find_objects
from analysis.extract.harm_words import Harm, words_of
from analysis.extract.mention import Mentioned
from analysis.extract.numbers import Number
from analysis.extract.reading import Reading
from analysis.extract.word_index import find_words, hash_words

ONE = {"a", "an", "another"}


@cache
def _triggers() -> dict[str, str]:
    verbs = words_of("transitive") | {lemma: m for lemma, m in words_of("intransitive").items() if m == "killed"}
    return verbs


@cache
def _trigger_ids() -> frozenset[int]:
    """The ids of the lemmas of harm."""
    return hash_words({*_triggers(), *words_of("nouns_of")})


def find_single(reading: Reading) -> Iterator[Mentioned]:
    """Each "a" or "an" that one harmed person has before them."""
    seen: set[int] = set()
    harms = _trigger_ids()
    for at in find_words(reading, harms):
        token = reading.tokens[at]
        if token.lemma not in harms:
            continue
        measure = _triggers().get(token.lemma_.lower()) if token.pos_ in ("VERB", "ADJ", "NOUN") else None
        if measure is None and token.pos_ == "NOUN":
            measure = words_of("nouns_of").get(token.lemma_.lower())
        if measure is None:
            continue
        for head in _harmed(token):
            article = _article(head)
            if article is not None and head.i not in seen:
                seen.add(head.i)
                mention = _mention(article, head, token, measure)
                if mention:
                    yield mention


def find_joined(reading: Reading) -> Iterator[Mentioned]:
    """Each "a" or "an" of a person after "and" or a comma, harmed or not: the numbers before it in the row will tell."""
    for article in (reading.tokens[at] for at in find_words(reading, hash_words(ONE))):
        head = find_head(reading.parsed, article.i + 1)
        joined = article.i > 0 and reading.tokens[article.i - 1].lower_ in ("and", ",")
        if not joined or head is None or head.tag_ in ("NNS", "NNPS") or article.lower_ not in ONE:
            continue
        mention = _mention(article, head, None, "other")
        if mention is not None:
            yield mention


def _harmed(token: Token) -> list[Token]:
    """The heads of those that a verb or noun of harm is done to."""
    if token.pos_ == "NOUN" and token.tag_ in ("NN", "NNS"):
        heads = [
            child for prep in token.children if prep.lower_ == "of" for child in prep.children if child.dep_ == "pobj"
        ]
    elif token.lemma_.lower() in words_of("intransitive"):
        heads = [child for child in token.children if child.dep_ in ("nsubj", "nsubjpass")]
    else:
        heads = [head for head in find_objects(token) if head.head.dep_ != "prep" and head.dep_ != "pobj"]
    return [each for head in heads for each in (head, *coordinated(head))]


def _article(head: Token) -> Token | None:
    """The "a" of a singular noun."""
    if head.tag_ in ("NNS", "NNPS"):
        return None
    if head.lower_ == "another":  # "and injured another"
        return head
    return next((child for child in head.lefts if child.lower_ in ONE), None)


def _mention(article: Token, head: Token, verb: Token | None, measure: str) -> Mentioned | None:
    doc = head.doc
    words = tuple(token.lower_ for token in doc[article.i + 1 : head.i + 1])
    if head is article:
        counted = Counted(None, head, "person", "person")
    else:
        counted = Counted(head, head, lemma_of(head), classify(head, words), words)
    if not may_be_person(counted) or counted.unit in ("number", "total", "group") or not counted.people:
        return None
    number = Number(article.idx, article.idx + len(article), 1.0, 1.0, "cardinal", article.lower_)
    end = head.idx + len(head)
    bounded = Bounded(number, article.idx, end, "eq")
    harm = Harm(measure, verb, "single") if verb is not None else None
    return Mentioned(article.idx, end, article.i, head.i, bounded, counted, harm, measure, "single")
