"""Rights that the parties to a deal keep: "both sides retain the right to self-defence". No modal verb opens such a provision."""

from collections.abc import Iterator

from spacy.tokens import Token

from analysis.extract.segments import Segment, trim
from analysis.extract.term_words import Candidate, lemma, words

# Whose right it is: that of every party alike. What one of them reserves to itself is its own claim, no provision.
EVERY = frozenset({"both", "each", "either", "all", "neither"})
PARTIES = frozenset({"side", "party"})


def find_reserved(verb: Token) -> Iterator[Candidate]:
    """The clause in which every party keeps a right or a freedom."""
    if lemma(verb) not in words("reserving"):
        return
    right = next((c for c in verb.rights if c.dep_ in ("dobj", "attr") and lemma(c) in words("reserved")), None)
    subject = next((c for c in verb.lefts if c.dep_ == "nsubj"), None)
    if right is None or subject is None:
        return
    if lemma(subject) in PARTIES or any(token.lower_ in EVERY for token in subject.subtree):
        yield Candidate(trim(Segment(verb.doc, subject.left_edge.i, right.right_edge.i)), "terms.contained")
