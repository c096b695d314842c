"""Which deal a verb is told of: its subject, what "it" stands for, the measures that were agreed."""

from spacy.tokens import Token

from analysis.extract import dependents
from analysis.extract.term_words import is_deal, lemma, words


def find_deal(verb: Token) -> Token | None:
    """The deal that is a verb's subject; where the parser gives the verb none, the last deal before it that is a subject."""
    subjects = dependents.find_subjects(verb)
    if len(subjects) == 1 and subjects[0].lower_ == "it":
        return deal_before(verb)
    own = next((s for s in subjects if is_deal(s) or _is_bundle(s)), None)
    # "requires both sides to stop and calls for observers": the parser may hang "calls" on "stop".
    if own is not None or (
        subjects and not (verb.dep_ == "conj" and verb.tag_ == "VBZ" and lemma(verb) in words("plainly_containing"))
    ):
        return own
    before = verb.doc[verb.sent.start : verb.i]
    return next((t for t in reversed(before) if t.dep_ in ("nsubj", "nsubjpass") and is_deal(t)), None)


def deal_before(verb: Token) -> Token | None:
    """What "it" is where the sentence before has a deal for its subject: "The ceasefire ... It requires", also as told."""
    if verb.sent.start == 0:
        return None
    sentence = verb.doc[verb.sent.start - 1].sent
    main = [sentence.root, *(c for c in sentence.root.children if c.dep_ == "ccomp")]
    subjects = (t for t in sentence if t.dep_ in ("nsubj", "nsubjpass") and t.head in main)
    return next((t for t in subjects if is_deal(t)), None)


def _is_bundle(noun: Token) -> bool:
    """ "committed to a set of measures that includes ...": what was agreed, without a word for a deal."""
    return lemma(noun) in words("bundles") and any(
        t.i < noun.i and lemma(t) in words("agreeing") for t in noun.ancestors
    )
