"""Who has to do what a term says, who wants it, who put it forward."""

import re
from functools import cache

from spacy.tokens import Token

from analysis.extract import actors, dependents
from analysis.extract.planned_clauses import governor_of_speech
from analysis.extract.reading import Reading
from analysis.extract.roles import name_of
from analysis.extract.term_status import sentences_back
from analysis.extract.term_words import NAMED, Candidate, data, is_deal, lemma, words
from analysis.extract.trigger_lexicon import load_lexicon


def find_obligor(reading: Reading, candidate: Candidate, parties: set[str]) -> str | None:
    """Who has to do it: the clause's subject, whom a demand is put to, the owner of the action, the troops that go."""
    if candidate.rule in ("terms.framework", "terms.cessation"):
        return None
    heads = candidate.segment.heads()
    if candidate.rule == "terms.condition":
        verbs = [t for t in candidate.segment.tokens if t.pos_ in ("VERB", "AUX")]
        heads = [v for v in verbs if any(c.dep_ in ("nsubj", "nsubjpass") for c in v.lefts)][:1] or verbs[:1]
    for head in heads:
        if head.pos_ in ("VERB", "AUX"):
            doer = _doer_of(head, candidate)
            if doer is not None:
                return obliged_party(reading, doer, parties)
            continue
        owner = _owner_of(head)
        if owner is not None:
            return obliged_party(reading, owner, parties)
    return None


def _doer_of_condition(verb: Token, candidate: Candidate) -> Token | None:
    """The subject of a condition's verb, or of the condition it is joined to: "after it frees C and lifts D"."""
    own = next((c for c in verb.lefts if c.dep_ in ("nsubj", "nsubjpass")), None)
    if own is None and candidate.segment.first > verb.sent.start:
        before = verb.doc[verb.sent.start : candidate.segment.first]
        opening = next((t.i for t in reversed(before) if t.lower_ in words("openers") | _AFTER_ONLY), None)
        following = [] if opening is None else [t for t in before if t.i > opening]
        own = next((t for t in following if t.dep_ in ("nsubj", "nsubjpass")), None)
    passive = own is not None and own.dep_ == "nsubjpass"
    return own if own is not None and not passive and is_party(own) else None


_AFTER_ONLY = {"after", "when"}


def _doer_of(verb: Token, candidate: Candidate) -> Token | None:
    """The active subject of a clause, or of the clause it goes on; whom "commits X to", "called on X to" bind; who agrees."""
    if candidate.rule == "terms.condition":
        return _doer_of_condition(verb, candidate)
    for current in _clause_chain(verb):
        own = next((c for c in current.lefts if c.dep_ == "nsubj"), None)
        passive = any(c.dep_ in ("nsubjpass", "auxpass") for c in current.lefts) or current.tag_ == "VBN"
        if own is not None and own.lower_ == "it" and candidate.deal is not None:
            return None
        if own is not None:
            have = any(c.dep_ == "aux" for c in current.lefts)
            return own if (not passive or have) and is_party(own) else None
        if passive:
            return None
        taker = _bound_by(current)
        if taker is not None:
            return taker
    return candidate.proposer if candidate.rule == "terms.proposed" else None


# Whoever says "we" is the speaker.
_SPEAKING = {"we", "i", "us"}
# In what somebody says, these are most often the speaker too.
_SELF = {"it", "he", "she", "they"}


def is_party(head: Token) -> bool:
    """Whether a phrase stands for somebody who can be bound: a name, a pronoun, people, forces, a body."""
    if is_deal(head) or head.ent_type_ in ("DATE", "TIME"):
        return False
    return head.pos_ in ("PROPN", "PRON") or head.ent_type_ in NAMED or lemma(head) in _parties() | words("bodies")


@cache
def _parties() -> frozenset[str]:
    classes = load_lexicon().classes
    return classes["people"] | classes["armed"] | classes["body"] | classes["forces"]


def _clause_chain(verb: Token) -> list[Token]:
    """A verb, and those it is joined to by "and", or stands under as the infinitive of "are to"."""
    chain = [verb]
    while len(chain) < LONGEST_CHAIN:
        last = chain[-1]
        arranged = last.dep_ == "xcomp" and last.head.lemma_ == "be"
        if not (last.dep_ == "conj" or arranged) or last.head.pos_ not in ("VERB", "AUX"):
            break
        chain.append(last.head)
    return chain


LONGEST_CHAIN = 4


def _bound_by(verb: Token) -> Token | None:
    """Whom a verb above an infinitive binds by it: its object, whom it calls on, or who agrees; over infinitives of a row."""
    current = verb
    for _ in range(LONGEST_CHAIN):
        if current.dep_ not in ("xcomp", "pcomp", "advcl", "ccomp", "relcl", "acl", "conj") or current.head is current:
            return None
        joined = current.dep_ == "conj"
        current = current.head.head if current.dep_ == "pcomp" else current.head
        if joined:
            continue  # what the first of a row does binds nobody to the second
        found = _taker_of(current, verb) if current.pos_ == "VERB" else None
        if found is not None:
            return found
    return None


def _taker_of(governor: Token, verb: Token) -> Token | None:
    name = lemma(governor)
    if name not in words("agreeing") | words("demanding") | words("containing"):
        return None
    called = next((c for c in governor.rights if c.dep_ == "dobj" and c.i < verb.i), None)
    called = called or next(dependents.find_prepositional(governor, {"on", "upon"}), None)
    if called is not None and called.i < verb.i and is_party(called):
        return called
    agrees = name in words("agreeing") | words("proposing")
    return next((s for s in dependents.find_subjects(governor) if is_party(s)), None) if agrees else None


def obliged_party(reading: Reading, head: Token, parties: set[str]) -> str | None:
    """The party of a phrase; "the government" stays so where the one named last is no party to these talks."""
    name = party_of(reading, head)
    if any(left.lower_ == "both" for left in head.lefts):
        return f"both {head.lower_}"
    if lemma(head) in ("side", "party") and any(left.lower_ == "neither" for left in head.lefts):
        return "both sides" if lemma(head) == "side" else "both parties"
    if lemma(head) in ("side", "party") and any(left.lower_ == "each" for left in head.lefts):
        return f"each {head.lower_}"
    plain = head.pos_ == "NOUN" and all(t.dep_ in ("det", "predet") for t in head.lefts)
    if name and plain and parties and name not in parties and lemma(head) in words("bodies"):
        return str(head.lower_)
    return name


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
    return name and name_party(reading, name)


def name_party(reading: Reading, name: str) -> str:
    """The party that a name belongs to; a group's own name is one."""
    if name.split()[-1].lower() in words("groups"):
        return name
    return actors.party(name, reading) or name


def find_demander(reading: Reading, candidate: Candidate, speaker: str | None) -> str | None:
    """Who wants it: whom the frame names; for "must", who says so."""
    if candidate.demander is not None:
        return party_of(reading, candidate.demander)
    if candidate.rule == "terms.condition":
        return find_conditioner(reading, candidate, speaker)
    head = next(iter(candidate.segment.heads()), None)
    verbs = [] if head is None else [head, head.head]
    must = next((verb for verb in verbs if any(c.lower_ == "must" for c in verb.lefts)), None)
    if must is None:
        return None
    speech = governor_of_speech(must)
    subject = next(iter(dependents.find_subjects(speech)), None) if speech is not None else None
    speaker = speaker or (party_of(reading, subject) if subject is not None else None)
    return speaker and name_party(reading, speaker)


def find_conditioner(reading: Reading, candidate: Candidate, speaker: str | None) -> str | None:
    """Who puts a condition: who would act on it ("Moscow would agree only if"), else who says so."""
    first = candidate.segment.tokens[0]
    for token in (first, *candidate.segment.heads()):
        verb = next((a for a in token.ancestors if a.pos_ == "VERB" and a.i < candidate.segment.first), None)
        while verb is not None and _opens_condition(verb):
            verb = next((a for a in verb.ancestors if a.pos_ == "VERB"), None)
        if verb is None or lemma(verb) not in words("condition_words") | words("proposing") | words("agreeing"):
            continue
        subject = next(iter(dependents.find_subjects(verb)), None)
        if subject is not None and subject.lower_ in _SELF and speaker and governor_of_speech(verb) is not None:
            break  # "The government said it would not sit with them unless": it is who speaks
        if subject is not None and subject.lower_ not in _SPEAKING and is_party(subject):
            return party_of(reading, subject)
    return speaker and name_party(reading, speaker)


def _opens_condition(verb: Token) -> bool:
    """Whether a verb is itself that of a condition, to which a second is joined."""
    return any(c.dep_ in ("mark", "advmod") and c.lower_ in words("openers") for c in verb.lefts)


def _any_of(section: str) -> str:
    return "(?:" + "|".join(data()[section]) + ")"


_NAME = r"([A-Z][\w.]+(?: (?:Nations|Union|Kingdom|States|Arabia|Emirates|Sudan|Africa))?)"
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
    if candidate.demander is not None:
        return None
    for sentence in sentences_back(reading, candidate.segment.start):
        match = _PROPOSED.search(reading.shadow[sentence.start_char : sentence.end_char])
        if match is not None:
            token = reading.token_at(sentence.start_char + match.start(match.lastindex or 0))
            return party_of(reading, token) if token.ent_type_ in NAMED else None
    return None
