"""Whom a pronoun stands for, by what the text has made salient, never the dead.

There is no model for this offline, so the rules are few and favour the subject of what was said last.
"""

from dataclasses import dataclass

from spacy.tokens import Token

from analysis.extract.actor_lexicon import roles
from analysis.extract.cast import Mention
from analysis.extract.descriptions import name_phrase, sentence_number
from analysis.extract.mentions import cast_of
from analysis.extract.reading import Reading

MALE = {"he", "him", "his", "himself"}
FEMALE = {"she", "her", "hers", "herself"}
PLURAL = {"they", "them", "their", "theirs", "themselves"}
NEUTRAL = {"it", "its", "itself"}
PRONOUNS = MALE | FEMALE | PLURAL | NEUTRAL
_BACKWARD_SENTENCES = 4
# How much a grammatical place makes one the topic; distance costs one step a sentence.
_SALIENCE = {
    "nsubj": 4.0,
    "nsubjpass": 3.0,
    "agent": 2.0,
    "poss": 1.0,
    "dobj": 1.5,
    "pobj": 0.5,
    "appos": 2.5,
    "conj": 1.0,
    "compound": 0.5,
}
_STEP = 2.0
# Who told something in the sentence before goes on, wherever the parser puts the verb: "..., Aliyev told reporters. ... he said".
_TELLING = frozenset({"say", "tell"})
_DESCRIPTION_COST = 1.0
_SPEAKER_BONUS = 2.0


@dataclass(frozen=True)
class _Candidate:
    mention: Mention
    score: float


def find_antecedent(reading: Reading, pronoun: Token) -> Mention | None:
    """The mention a pronoun stands for: the most salient that agrees, in this sentence before it or in the last few."""
    known = reading.notes.setdefault("antecedents", {})
    if pronoun.i not in known:
        known[pronoun.i] = None
        known[pronoun.i] = _search_antecedent(reading, pronoun)
    return known[pronoun.i]


def _search_antecedent(reading: Reading, pronoun: Token) -> Mention | None:
    cast, word = cast_of(reading), pronoun.lower_
    repeated = _earlier_subject(pronoun)
    if repeated is not None:
        return find_antecedent(reading, repeated)
    teller = _teller_of(pronoun) if word in NEUTRAL else None
    told = cast.covering(teller.idx) if teller is not None else None
    if teller is not None and told is None and teller.ent_type_ == "ORG":
        words = reading.parsed[teller.left_edge.i : teller.i + 1]
        name = name_phrase(reading, words)
        told = Mention(words.start_char, words.end_char, name, "organisation", head=teller.i) if name else None
    if told is not None and agrees(told, word):
        return told
    here = sentence_number(reading, pronoun)
    first = max(0, here - _BACKWARD_SENTENCES)
    window = cast.between(reading.sentences[first].start_char, pronoun.idx)
    candidates = [
        _Candidate(m, _salience(reading, m, pronoun, here))
        for m in window
        if agrees(m, word) and not _excluded(reading, m, pronoun)
    ]
    candidates += _carried(reading, pronoun, here)
    candidates += _institution_as_topic(reading, pronoun, here)
    best = max(candidates, key=lambda c: (c.score, c.mention.start), default=None)
    return best.mention if best else None


def _teller_of(pronoun: Token) -> Token | None:
    """Who says "it had ...": the subject of the verb of speech above, in "the front said it had warned them"."""
    clause = pronoun.head
    if pronoun.dep_ != "nsubj" or clause.dep_ != "ccomp" or clause.head.lemma_ not in _TELLING:
        return None
    return next((c for c in clause.head.lefts if c.dep_ == "nsubj"), None)


def _carried(reading: Reading, pronoun: Token, here: int) -> list[_Candidate]:
    """Whom the same pronoun meant as the subject of the sentence before: the topic goes on."""
    if here == 0:
        return []
    before = reading.sentences[here - 1]
    same = next((t for t in before if t.lower_ == pronoun.lower_ and t.dep_ == "nsubj" and t.head.dep_ == "ROOT"), None)
    found = find_antecedent(reading, same) if same is not None else None
    return [_Candidate(found, _SALIENCE["nsubj"] - _STEP)] if found else []


def _institution_as_topic(reading: Reading, pronoun: Token, here: int) -> list[_Candidate]:
    """ "The ministry's own count spoke of ... It said": the bare institution that the sentence before is about."""
    if here == 0 or pronoun.lower_ not in NEUTRAL:
        return []
    before = reading.sentences[here - 1]
    subject = next((t for t in before if t.dep_ in ("nsubj", "nsubjpass") and t.head.dep_ == "ROOT"), None)
    owner = next((c for c in subject.lefts if c.dep_ == "poss"), None) if subject is not None else None
    spoken = subject is not None and subject.lower_ in roles().speech_nouns
    topic = owner if owner is not None and spoken else subject
    if topic is None or not _is_institution(topic) or cast_of(reading).covering(topic.idx):
        return []
    words = reading.parsed[topic.left_edge.i : topic.i + 1]
    name = name_phrase(reading, words)
    if name is None:
        return []
    mention = Mention(words.start_char, words.end_char, name, "organisation", head=topic.i)
    return [_Candidate(mention, _SALIENCE["nsubj"] + 1.0 - _STEP)]


def _is_institution(topic: Token) -> bool:
    """A noun for bodies, or the capitalised name of one that no list has: "the Civilian Monitoring Project recorded"."""
    named = topic.tag_ == "NNP" and topic.ent_type_ not in ("PERSON", "GPE", "LOC", "DATE", "NORP")
    owned = any(child.dep_ == "compound" and child.tag_ == "NNP" for child in topic.lefts)
    return topic.lower_ in roles().institutions or (named and owned)


def _earlier_subject(pronoun: Token) -> Token | None:
    """The same pronoun as a subject earlier in the sentence: it goes on meaning the same."""
    if pronoun.dep_ != "nsubj":
        return None
    earlier = pronoun.doc[pronoun.sent.start : pronoun.i]
    if sum(token.text == '"' for token in earlier) % 2:
        return None
    return next((t for t in earlier if t.lower_ == pronoun.lower_ and t.dep_ == "nsubj"), None)


def agrees(mention: Mention, word: str) -> bool:
    """Whether a mention can be meant by a pronoun, by number, kind and gender."""
    if word in MALE or word in FEMALE:
        wanted = "male" if word in MALE else "female"
        gender = mention.bearer.gender if mention.bearer else mention.gender
        return mention.person and not mention.plural and gender in (None, wanted)
    if word in PLURAL:
        return mention.plural or mention.actor_type in ("armed_group", "organisation")
    return not mention.person and not mention.plural and mention.actor_type != "person"


def _excluded(reading: Reading, mention: Mention, pronoun: Token) -> bool:
    """The dead, those inside a quotation that the pronoun is outside of, and the pronoun's own clause-mates as objects."""
    head = reading.parsed[mention.head]
    if mention.person and (is_ended(head) or id(mention.bearer) in _dead(reading)):
        return True
    return head.head == pronoun.head and head.dep_ in ("dobj", "pobj") and pronoun.dep_ == "nsubj"


def _dead(reading: Reading) -> set[int]:
    """The persons whom the document has killed, executed or buried somewhere."""
    if "dead" not in reading.notes:
        mentions = cast_of(reading).mentions
        reading.notes["dead"] = {id(m.bearer) for m in mentions if m.bearer and is_ended(reading.parsed[m.head])}
    return reading.notes["dead"]


def is_ended(head: Token) -> bool:
    """Whether a clause has its bearer killed, executed or buried."""
    if head.dep_ == "appos":
        head = head.head
    verb, ends = head.head, roles().ending_verbs
    if verb.lemma_ in ends and head.dep_ in ("nsubjpass", "dobj"):
        return True
    return (verb.lemma_ == "die" and head.dep_ == "nsubj") or (
        head.dep_ in ("poss", "pobj") and verb.lower_ in ("assassination", "killing", "death")
    )


def _head_of_name(reading: Reading, mention: Mention) -> Token:
    """The word that ties a name to its clause: "the **Office** for the Coordination of Humanitarian Affairs said"."""
    head = reading.parsed[mention.head]
    while mention.named and head.dep_ in ("pobj", "prep", "conj", "compound") and head.head.i < head.i:
        if head.head.idx < mention.start:
            break
        head = head.head
    return head


def _salience(reading: Reading, mention: Mention, pronoun: Token, here: int) -> float:
    head = _head_of_name(reading, mention)
    score = _SALIENCE.get(head.dep_, 0.5)
    distance = here - sentence_number(reading, head)
    if head.dep_ == "nsubj" and (head.head.dep_ == "ROOT" or head.head.lemma_ in _TELLING):
        score += 1.0
    if head.dep_ == "appos" and head.head.dep_ in ("nsubj", "nsubjpass"):
        score = _SALIENCE["nsubj"]
    if head.dep_ == "poss" and head.head.dep_ in ("nsubj", "nsubjpass"):
        score = _SALIENCE["nsubjpass"] if head.head.lower_ in roles().speech_nouns else 1.5
    if head.dep_ == "pobj" and head.head.lower_ == "of" and head.head.head.dep_ in ("nsubj", "nsubjpass"):
        score = _SALIENCE["nsubjpass"]  # "the role of Qatar ... as it"
    if mention.bearer is None and mention.person:
        score -= _DESCRIPTION_COST
    if mention.bearer is not None and mention.start in reading.notes.get("speakers", ()):
        score += _SPEAKER_BONUS
    return score - _STEP * distance
