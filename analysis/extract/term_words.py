"""The lexicon of terms, and what it says of words and runs of words: is this a deal, a provision, a stop that is specified?"""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from typing import Any

from spacy.tokens import Token

from analysis.extract.segments import Segment, before_clause, is_infinitive, split, trim
from analysis.extract.word_index import LEXICONS, hash_words, load_yaml

LEXICON = LEXICONS / "terms.yml"


NAMED = {"ORG", "GPE", "NORP", "PERSON"}


@dataclass(frozen=True)
class Candidate:
    """The words of one provision; `deal` the noun that holds it, `demander` who wants it, `proposer` who puts it forward."""

    segment: Segment
    rule: str
    deal: Token | None = None
    demander: Token | None = None
    proposer: Token | None = None


@cache
def words(section: str) -> frozenset[str]:
    """A list of the lexicon."""
    return frozenset(str(word) for word in data()[section])


@cache
def keys(*sections: str) -> frozenset[int]:
    """The ids of the words of some lists, for `word_index.find_words`."""
    return hash_words(word for section in sections for word in words(section))


@cache
def data() -> dict[str, Any]:
    """The lexicon of terms."""
    loaded: dict[str, Any] = load_yaml(LEXICON)
    return loaded


def lemma(token: Token) -> str:
    """The lemma in lower case."""
    return str(token.lemma_).lower()


def is_deal(token: Token | None) -> bool:
    """Whether a word stands for a deal or for the paper it is written in, "ceasefire terms" included."""
    if token is None:
        return False
    return lemma(token) in words("deals") or any(
        lemma(c) in words("cessations") for c in token.lefts if c.dep_ == "compound"
    )


def has_deal(tokens: list[Token]) -> bool:
    """Whether some words name a deal."""
    return any(lemma(token) in words("deals") for token in tokens)


def is_provision(segment: Segment) -> bool:
    """Whether a run of words could be a provision: what it is about is an action that deals are made of."""
    return any(_is_action(head) for head in segment.heads())


# Who hosts these gives nothing away.
_GATHERINGS = {"meeting", "summit", "talk", "round", "conference", "negotiation"}


def is_freedom(verb: Token) -> bool:
    """ "must be free to act": what a party keeps for itself."""
    return lemma(verb) == "be" and any(
        c.dep_ == "acomp" and c.lower_ in ("free", "able", "allowed") for c in verb.rights
    )


def _is_action(token: Token) -> bool:
    if is_freedom(token):
        return True
    if lemma(token) == "host" and any(lemma(c) in _GATHERINGS for c in token.rights):
        return False
    if token.pos_ in ("VERB", "AUX"):
        return lemma(token) in words("provision_verbs")
    if lemma(token) in words("actions"):
        return True
    if lemma(token) in words("bundles"):  # "measures such as the release of detainees"
        examples = (c for c in token.rights if c.dep_ == "prep" and c.lower_ in ("as", "including", "like"))
        return any(_is_action(child) for c in examples for child in c.children if child.dep_ in ("pobj", "pcomp"))
    # "a series of measures", "the handing over of": the head is inside the prepositional phrase.
    if token.pos_ == "ADP":
        return any(_is_action(child) for child in token.children if child.dep_ in ("pobj", "pcomp"))
    return False


def is_deed(segment: Segment) -> bool:
    """ "the payment of salaries", "an easing of the blockade": a noun for something done, and to what."""
    heads = segment.heads()
    return len(heads) == 1 and _names_deed(heads[0])


def _names_deed(noun: Token) -> bool:
    made = noun.pos_ == "NOUN" and noun.lower_.endswith(tuple(words("deed_endings")))
    return made and lemma(noun) not in words("no_deeds") and any(c.lower_ in ("of", "to") for c in noun.rights)


def is_bare(segment: Segment) -> bool:
    """ "a ceasefire", "talks on a truce": a stop that nothing specifies is no provision of its own."""
    heads = segment.heads()
    return bool(heads) and all(
        lemma(h) in words("cessations") and h.pos_ != "VERB" and not is_specified(h) for h in heads
    )


def is_specified(noun: Token) -> bool:
    """Whether something says which stop: "humanitarian", "60-day", "for a week"."""
    lefts = [t for left in noun.lefts for t in left.subtree if t.dep_ != "det"]
    # "the week-old truce": its age, not how long it is to last
    if any(t.lower_ == "old" for t in lefts):
        lefts = [t for t in lefts if not t.ent_type_ and not t.like_num]
    known = words("specifying")
    if any(t.lower_ in known or lemma(t) in known or t.like_num or t.ent_type_ in ("DATE", "TIME") for t in lefts):
        return True
    return any(c.dep_ == "prep" and c.lower_ in ("of", "for") and _lasts(c) for c in noun.rights)


def _lasts(preposition: Token) -> bool:
    return any(lemma(child) in ("day", "week", "month", "hour", "year") for child in preposition.children)


def without_lead(part: Segment) -> Segment:
    """Without the preposition that a list repeats: "calls for A and for B"."""
    first = part.doc[part.first]
    leads = first.dep_ == "prep" and first.lower_ in ("for", "on") and part.first < part.last
    return Segment(part.doc, part.first + 1, part.last) if leads else part


def _is_set_aside(part: Segment) -> bool:
    """ "(wants a handover,) not a truce"; "not to attack" is a promise."""
    first = part.doc[part.first]
    return first.dep_ == "neg" and part.first < part.last and first.nbor(1).tag_ not in ("TO", "VB", "VBG")


def find_parts(segment: Segment, rule: str, bare: bool = False) -> Iterator[Candidate]:
    """The provisions in a run of words; with `bare`, where a deal holds them, a stop that nothing specifies is one too."""
    parts = split(before_clause(trim(segment), words("containing")), lambda part: is_provision(part) or is_deed(part))
    in_row = len(parts) > 1 and any(is_provision(part) for part in parts)
    for part in (p for p in parts if not _is_set_aside(p)):
        listed = (in_row and (is_infinitive(part, bare=True) or is_deed(part))) or (bare and is_deed(part))
        if (is_provision(part) or listed) and (bare or not is_bare(part)):
            yield Candidate(without_lead(part), rule)
