"""Who has to do what a term says, who wants it, who put it forward."""

import re

from spacy.tokens import Token

from analysis.extract import actors, dependents
from analysis.extract.provisions import governor_of_speech
from analysis.extract.reading import Reading
from analysis.extract.roles import name_of
from analysis.extract.term_fields import sentences_back
from analysis.extract.term_words import NAMED, Candidate, data, lemma


def find_obligor(reading: Reading, candidate: Candidate, kind: str) -> str | None:
    """Who has to do it: the clause's subject, the owner of the action, whoever "by" names, the troops that go."""
    if kind in ("condition", "framework", "duration", "cessation") and candidate.rule in (
        "terms.condition",
        "terms.framework",
        "terms.cessation",
    ):
        return None
    for head in candidate.segment.heads():
        if head.pos_ in ("VERB", "AUX"):
            subject = next((c for c in head.lefts if c.dep_ == "nsubj"), None)
            if subject is not None:
                return party_of(reading, subject)
            continue
        owner = _owner_of(head)
        if owner is not None:
            return party_of(reading, owner)
    return None


def _owner_of(action: Token) -> Token | None:
    lefts = [t for left in action.lefts for t in left.subtree]
    owner = next((t for t in lefts if t.ent_type_ in NAMED or t.dep_ == "poss"), None)
    if owner is not None and lemma(action) not in ("hostage", "aid", "guarantee"):
        return owner
    for child in action.rights:
        if child.dep_ == "prep" and child.lower_ in ("by", "of"):
            inside = [t for t in child.subtree if t.ent_type_ in {"ORG", "GPE", "NORP"}]
            if inside and lemma(action) in (
                "deployment",
                "withdrawal",
                "presence",
                "retreat",
                "disarmament",
                "return",
                "departure",
                "pullback",
            ):
                return inside[0]
    return None


def party_of(reading: Reading, head: Token) -> str | None:
    """The party a phrase belongs to ("Lebanese troops" -> Lebanon), else the phrase's own name."""
    name = name_of(reading, head)
    return name and (actors.party(name, reading) or name)


def find_demander(reading: Reading, candidate: Candidate, speaker: str | None) -> str | None:
    """Who wants it: whom the frame names; for "must", who says so."""
    if candidate.demander is not None:
        return party_of(reading, candidate.demander)
    head = next(iter(candidate.segment.heads()), None)
    verbs = [] if head is None else [head, head.head]
    must = next((verb for verb in verbs if any(c.lower_ == "must" for c in verb.lefts)), None)
    if must is None:
        return None
    speech = governor_of_speech(must)
    subject = next(iter(dependents.find_subjects(speech)), None) if speech is not None else None
    speaker = speaker or (party_of(reading, subject) if subject is not None else None)
    return speaker and (actors.party(speaker, reading) or speaker)


def _any_of(section: str) -> str:
    return "(?:" + "|".join(data()[section]) + ")"


_NAME = r"([A-Z][\w.]+)"
_PROPOSED = re.compile(
    rf"\b{_NAME}[- ]{_any_of('proposed_participles')} (?!by)"
    rf"|\b{_any_of('proposed_by')} (?:the )?{_NAME}"
    rf"|\b{_NAME}(?:'s|’s)? {_any_of('proposal_nouns')}\b"
    rf"|\b{_NAME} (?:has |had )?{_any_of('proposal_verbs')} "
)


def find_proposer(reading: Reading, candidate: Candidate) -> str | None:
    """Who put the deal forward, as its sentence or one before it says."""
    if candidate.proposer is not None:
        return party_of(reading, candidate.proposer)
    for sentence in sentences_back(reading, candidate.segment.start):
        match = _PROPOSED.search(reading.shadow[sentence.start_char : sentence.end_char])
        if match is not None:
            token = reading.token_at(sentence.start_char + match.start(match.lastindex or 0))
            return party_of(reading, token) if token.ent_type_ in NAMED else None
    return None
