"""Whether what a word names is asserted: negation, plans, fears, conditions and proposals around it, read off the parse.

The answer is one of the contract's modalities. A word hangs on governors ("denied that it *struck*", "plans to *strike*");
the nearest that decides, decides.
"""

from functools import cache
from typing import Any

from spacy.tokens import Token

from analysis.extract.dependents import find_arranged
from analysis.extract.word_index import LEXICONS, load_yaml
from analysis.facts import Modality

LEXICON = LEXICONS / "modality.yml"
HIGHEST_GOVERNOR = 4  # further up, a governor no longer speaks about this word
# "No one was killed in the attack": what these govern is taken for granted.
_FACTUAL_PREPOSITIONS = {"in", "during", "after", "following", "since", "by", "amid"}
_NOMINAL_LINKS = {"dobj", "pobj", "attr", "conj", "nsubjpass", "compound", "appos"}
_CLAUSAL_LINKS = {"xcomp", "ccomp", "acl", "advcl", "pcomp", "conj", "relcl"}


@cache
def _words(section: str) -> dict[str, Modality]:
    return {word: name for name, words in _data()[section].items() for word in words}


@cache
def _data() -> dict[str, Any]:
    data: dict[str, Any] = load_yaml(LEXICON)
    return data


@cache
def _list(section: str) -> frozenset[str]:
    return frozenset(_data()[section])


def find_modality(token: Token) -> Modality:
    """The modality of what a verb or noun names, `asserted` where nothing speaks against it."""
    current = token
    for _ in range(HIGHEST_GOVERNOR):
        if current is not token and token.pos_ == "NOUN" and current.lemma_.lower() in _list("presupposing"):
            return "asserted"
        own = _own_modality(current)
        if own == "denied" and _is_pledged(current):
            return "conditional"
        if own != "asserted":
            return own
        if current.dep_ == "ROOT":
            return "asserted"
        if any(child.dep_ == "mark" and child.lower_ in _list("factual") for child in current.lefts):
            return "asserted"
        governed = _governed_modality(current)
        if governed is not None:
            # "unless it stops killing civilians"
            return "conditional" if _own_modality(_climb(current)) == "conditional" else governed
        if _stands_alone(current) or (current.dep_ == "pobj" and current.head.lower_ in _FACTUAL_PREPOSITIONS):
            return "asserted"
        current = _climb(current)
    return "asserted"


def _own_modality(token: Token) -> Modality:
    """What stands directly at a word: "no", "not", an adjective, an auxiliary, a conjunction."""
    if token.pos_ in ("NOUN", "PROPN"):
        return _modality_of_noun(token)
    if any(child.dep_ == "neg" for child in token.children):
        return "denied"
    if any(child.lower_ in _list("conditionals") and child.dep_ in ("mark", "prep", "advmod") for child in token.lefts):
        return "conditional"
    if _is_inverted(token):
        return "conditional"
    if token.tag_ in ("VBP", "VBZ") and any(c.dep_ == "mark" and c.lower_ == "before" for c in token.lefts):
        return "planned"
    auxiliaries = [child.lower_ for child in token.lefts if child.dep_ == "aux"]
    if "have" in auxiliaries and "could" not in auxiliaries:
        auxiliaries = []
    if "would" in auxiliaries and _is_reported(token):
        return "planned"
    return next((_words("auxiliaries")[word] for word in auxiliaries if word in _words("auxiliaries")), "asserted")


def _is_pledged(token: Token) -> bool:
    """ "pledging not to advance": what is not to be is no event, not even a denied one."""
    infinitive = any(c.lower_ == "to" and c.dep_ == "aux" for c in token.lefts)
    return infinitive and _words("governors").get(token.head.lemma_.lower()) in ("planned", "proposed")


def _is_reported(token: Token) -> bool:
    """ "said the talks would go ahead": the future as told in the past, where nothing is put on a condition."""
    speech = token.head
    if (
        token.lemma_ in _list("offering")
        or token.dep_ != "ccomp"
        or speech.tag_ not in ("VBD", "VBN")
        or speech.lemma_ not in _list("speech")
    ):
        return False
    return not any(t.lower_ in _list("conditionals") or t.lower_ in ("once", "should") for t in token.subtree)


def _is_inverted(token: Token) -> bool:
    """ "should Israel present an offer", "were they to leave": the auxiliary before the subject, and no question."""
    lefts = list(token.lefts)
    first = next(
        (i for i, child in enumerate(lefts) if child.dep_ == "aux" and child.lower_ in ("should", "were", "had")), None
    )
    if first is None or not any(child.dep_ == "nsubj" for child in lefts[first + 1 :]):
        return False
    return not token.sent.text.rstrip().endswith("?")


def _modality_of_noun(token: Token) -> Modality:
    for child in token.lefts:
        if child.lower_ in ("no", "neither"):
            return "denied"
        found = _words("adjectives").get(child.lower_)
        if found and child.dep_ in ("amod", "det", "compound", "nmod"):
            return found
    return "asserted"


def _governed_modality(token: Token) -> Modality | None:
    """What the governor says of a word; None where the governor leaves it open."""
    head = token.head
    if token.dep_ in ("nsubj", "nsubjpass", "csubj") and head.lemma_ not in (
        "fear",
        "expect",
        "plan",
        "schedule",
        "avert",
        "prevent",
    ):
        return "planned" if find_arranged(head) is not None else None
    if token.dep_ == "pcomp" and head.lower_ in _list("unreal_prepositions"):
        return "conditional"
    if head.dep_ == "prep" or head.pos_ == "ADP":
        head = head.head
    if token.dep_ not in (_NOMINAL_LINKS | _CLAUSAL_LINKS | {"nsubjpass", "nsubj"}) or token.dep_ in ("conj", "relcl"):
        return None
    lemma = head.lemma_.lower()
    infinitive = any(child.lower_ == "to" and child.dep_ == "aux" for child in token.children)
    if token.dep_ == "xcomp" and find_arranged(head) is token:
        return "planned"
    if (
        token.dep_ in ("advcl", "pcomp", "pobj")
        and not infinitive
        and lemma not in ("fear", "plan", "threat", "threaten")
    ):
        return None if token.dep_ != "pobj" or head.pos_ == "VERB" else _words("governors").get(lemma)
    found = _words("governors").get(lemma)
    if found == "proposed" and token.tag_ in ("VBD", "VBZ"):
        return None  # "suggests that he convened a meeting" tells of a meeting that was
    if found == "planned" and token.pos_ == "NOUN" and lemma in ("agree", "order", "want", "set", "seek"):
        return None
    if found:
        return found
    if infinitive and lemma not in _list("implicatives") and token.dep_ in ("advcl", "acl", "xcomp", "relcl"):
        return "planned"
    return None


def _stands_alone(token: Token) -> bool:
    """A finite clause of its own ("after the town was hit", "and troops entered"): what governs it says no more about it."""
    return token.pos_ in ("VERB", "AUX") and any(
        child.dep_ in ("nsubj", "nsubjpass", "mark") for child in token.children
    )


def is_purpose(token: Token) -> bool:
    """ "a raid to capture him": an infinitive that states an aim, under no word for a plan."""
    if token.dep_ not in ("advcl", "acl", "relcl") or not any(
        c.lower_ == "to" and c.dep_ == "aux" for c in token.children
    ):
        return False
    return token.head.lemma_.lower() not in _words("governors")


def _climb(token: Token) -> Token:
    """The next word up that can decide, over prepositions."""
    head = token.head
    return head.head if head.dep_ == "prep" else head
