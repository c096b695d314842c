"""Who a cue's speaker is: the noun phrase, before it becomes a canonical name."""

from dataclasses import dataclass, replace

from spacy.tokens import Token

from analysis.extract.actor_lexicon import roles
from analysis.extract.antecedents import PRONOUNS
from analysis.extract.cast import Cast
from analysis.extract.cues import cues
from analysis.extract.dependents import FINITE, SUBJECTS

_RELATIVES = {"who", "which", "that", "whom"}
_INHERITING = {"conj", "xcomp", "advcl", "pcomp", "acl", "prep"}
# Behind these "and" goes on with what stands before a relative clause.
_CLOSED = {",", '"', "”", "''"}
_LONGEST_CHAIN = 5
# "Whose country denies it", "his side accused": somebody's, they speak.
OWN_SIDES = {"country", "side", "nation", "camp", "homeland"}
SPEAKING_ENTS = {"PERSON", "ORG", "NORP", "GPE"}
_NOMINAL = {"NOUN", "PROPN", "PRON", "NUM", "ADJ", "DET", "X"}
_REPORTING_PASSIVES = {
    "tell",
    "inform",
    "ask",
    "urge",
    "order",
    "warn",
    "remind",
    "assure",
    "notify",
    "advise",
    "brief",
}


@dataclass(frozen=True)
class Voice:
    """The head of the speaker's phrase (or None), and whether the cue is passive."""

    speaker: Token | None
    passive: bool = False
    addressee: Token | None = None
    own: bool = True  # the subject is the cue's own, not its governor's


def find_voice(cue: Token, depth: int = 0) -> Voice:
    """The speaker of a verb: its subject, else whom it inherits one from; of a passive, its agent."""
    subject = _own_subject(cue)
    if subject is not None:
        above = _over_relative(cue, subject) if depth < _LONGEST_CHAIN else None
        return Voice(subject) if above is None else replace(find_voice(above, depth + 1), own=False)
    passive_subject = next((c for c in cue.children if c.dep_ == "nsubjpass"), None)
    if passive_subject is not None or _is_reduced_passive(cue):
        addressee = passive_subject if cue.lemma_ in _REPORTING_PASSIVES else None
        return Voice(find_agent(cue), True, addressee)
    if depth >= _LONGEST_CHAIN:
        return Voice(None)
    return _inherited(cue, depth)


def _own_subject(cue: Token) -> Token | None:
    subjects = [c for c in cue.children if c.dep_ in SUBJECTS and _is_nominal(c)]
    if not subjects:
        return None
    subject = min(subjects, key=lambda s: abs(s.i - cue.i))
    if subject.lower_ in _RELATIVES and cue.dep_ == "relcl":
        return _described_by(cue.head, subject)
    return subject


def _described_by(noun: Token, relative: Token) -> Token:
    """Of whom ", who accused ..." tells: in "A, an aide to B, who accused ..." of A."""
    if noun.pos_ in ("VERB", "AUX") and relative.i and relative.nbor(-1).pos_ in ("NOUN", "PROPN"):
        return relative.nbor(-1)  # "turned to the police, which reported": the parser hangs the clause on the verb
    if relative.lower_ != "who" or not relative.i or relative.nbor(-1).text != ",":
        return noun
    above = noun
    for _ in range(_LONGEST_CHAIN):
        if above.dep_ == "appos" and above != noun and above.head.pos_ == "PROPN":
            return above.head
        if above != noun and above.ent_type_ == "PERSON":
            return above
        if above.dep_ not in ("pobj", "prep", "compound", "appos"):
            return noun
        above = above.head
    return noun


def _over_relative(cue: Token, subject: Token) -> Token | None:
    """The verb that "..., and said" really goes on: not the one of the relative clause just before.

    "A accused B of breaking the deal that C signed, and said ..."
    """
    if cue.i - 2 <= subject.i or cue.nbor(-1).dep_ != "cc" or cue.nbor(-2).text not in _CLOSED:
        return None
    own = any(t.tag_ in (*FINITE, "VBN") and t.pos_ == "VERB" for t in cue.doc[subject.i + 1 : cue.i])
    above = cue.sent.root
    return above if own and above.i < subject.i and above.tag_ in FINITE else None


def _is_nominal(subject: Token) -> bool:
    """A noun, or a name that the model takes for a verb; no day, no hour, and no number in digits: "15" says nothing."""
    named = subject.pos_ in _NOMINAL or (
        subject.text[:1].isupper() and subject.dep_ == "nsubj" and subject.pos_ != "SCONJ"
    )
    return named and subject.ent_type_ not in ("DATE", "TIME") and not subject.is_digit


def _is_reduced_passive(cue: Token) -> bool:
    """ "said to last", "accused of": a participle after its noun."""
    if any(c.dep_ == "auxpass" for c in cue.children):
        return True
    return cue.tag_ == "VBN" and cue.dep_ in ("acl", "advcl", "amod") and not any(c.dep_ == "aux" for c in cue.children)


def find_agent(cue: Token) -> Token | None:
    """Whom "by" names after a passive."""
    agent = next((c for c in cue.children if c.dep_ == "agent"), None)
    return next((c for c in agent.children if c.dep_ == "pobj"), None) if agent is not None else None


def _inherited(cue: Token, depth: int) -> Voice:
    governor = cue.head
    if cue.dep_ in ("acl", "relcl") and governor.pos_ in ("NOUN", "PROPN", "PRON"):
        return Voice(governor, own=False)
    if cue.dep_ == "pcomp" and governor.dep_ == "prep":
        governor = governor.head
    if is_misplaced(cue):
        governor = clause_above(cue).head
    if cue.dep_ not in _INHERITING or governor == cue:
        return Voice(None)
    if governor.pos_ not in ("VERB", "AUX"):
        return Voice(None)
    above = find_voice(governor, depth + 1)
    if above.speaker is None and cue.dep_ != "conj":
        patient = next((c for c in governor.children if c.dep_ == "nsubjpass"), None)
        return Voice(patient, own=False)
    if above.passive and cue.dep_ != "conj":
        patient = next((c for c in governor.children if c.dep_ == "nsubjpass"), above.speaker)
        return Voice(patient, own=False)
    return Voice(above.speaker, own=False)


def is_misplaced(verb: Token) -> bool:
    """A finite verb joined to what is said belongs to what governs that: "said talks would go on and rejected calls"."""
    governor = clause_above(verb)
    if (
        verb.dep_ != "conj"
        or verb.tag_ not in FINITE
        or not (governor.dep_ == "ccomp" or (governor.tag_ == "VBG" and governor.dep_ in ("xcomp", "dobj")))
        or governor.head.pos_ != "VERB"
        or any(c.dep_ in SUBJECTS or c.dep_ == "nsubjpass" for c in verb.children)
    ):
        return False
    infinitive = governor.tag_ == "VB" and any(c.tag_ == "MD" for c in governor.lefts)
    if infinitive:
        return verb.lemma_ in cues().speech
    # "said he was horrified and accused the army": it is all one person
    own = next((c for c in governor.lefts if c.dep_ in ("nsubj", "nsubjpass")), None)
    if own is not None and own.lower_ in PRONOUNS and verb.tag_ == "VBD" and governor.tag_ in ("VBD", "VBN"):
        return True
    apart = _changes_tense(verb, governor) or (own is not None and _is_thing(own))
    return verb.tag_ == governor.head.tag_ and apart and _says_something(verb)


def clause_above(verb: Token) -> Token:
    """The verb that a joined one goes on: over "was committed to it and blamed", where the parser joins it to "committed"."""
    return verb.head.head if verb.head.dep_ == "acomp" else verb.head


def _is_thing(subject: Token) -> bool:
    """ "insisted the accord remained valid and called on all": an accord calls on nobody."""
    words = roles()
    known = words.institutions.keys() | words.person_nouns | words.group_nouns | words.titles | OWN_SIDES
    return (
        subject.pos_ == "NOUN" and not subject.ent_type_ and {subject.lower_, subject.lemma_.lower()}.isdisjoint(known)
    )


def _changes_tense(verb: Token, governor: Token) -> bool:
    """ "denied that they had paid and accused the press": a plain past is no second half of "had paid"."""
    return governor.tag_ != verb.tag_ or any(c.dep_ in ("aux", "auxpass") for c in governor.lefts)


def _says_something(verb: Token) -> bool:
    """Whether a verb of speech has something that it says."""
    told = any(c.dep_ in ("ccomp", "dobj", "xcomp", "prep") for c in verb.rights)
    return verb.lemma_ in cues().speech and verb.lemma_ not in cues().clause_of_findings and told


def phrase_edges(head: Token, cue: Token) -> tuple[int, int]:
    """First and last token of the speaker's phrase, never reaching over the cue."""
    first, last = head.left_edge.i, head.right_edge.i
    if head.i < cue.i <= last:
        last = cue.i - 1
    if first <= cue.i < head.i:
        first = cue.i + 1
    return first, last


def can_speak(cast: Cast, speaker: Token, papers: bool = False) -> bool:
    """Whether a noun names somebody who can say something; with `papers` also a report or a statement."""
    if speaker.lower_ in PRONOUNS or speaker.lower_ in ("i", "we", "who", "many", "some", "others", "one"):
        return True
    if speaker.lower_ in cues().papers:
        return papers
    if any(token.lower_ in cues().instruments for token in (speaker, *speaker.lefts)):
        return False
    if cast.covering(speaker.idx) is not None or speaker.ent_type_ in SPEAKING_ENTS:
        return True
    if speaker.lower_ in OWN_SIDES and any(c.dep_ == "poss" for c in speaker.lefts):
        return True
    return speaker.lower_ in roles().institutions or speaker.lemma_.lower() in roles().institutions
