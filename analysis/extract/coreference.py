"""Who is meant: surnames, acronyms, offices ("the official"), pronouns - by what the text has made salient, never the dead.

There is no model for this offline, so the rules are few and favour the subject of what was said last.
"""

from dataclasses import dataclass

from spacy.tokens import Span, Token

from analysis.extract.actor_lexicon import roles
from analysis.extract.cast import Cast, Mention
from analysis.extract.mentions import cast_of
from analysis.extract.reading import Reading

MALE = {"he", "him", "his", "himself"}
FEMALE = {"she", "her", "hers", "herself"}
PLURAL = {"they", "them", "their", "theirs", "themselves"}
NEUTRAL = {"it", "its", "itself"}
PRONOUNS = MALE | FEMALE | PLURAL | NEUTRAL
_BACKWARD_SENTENCES = 4
REMEMBERED = 300  # mentions back that "the official" may mean: a bound for very long documents
_LONGEST_NAME_AS_STATED = 10
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
_DESCRIPTION_COST = 1.0
_SPEAKER_BONUS = 2.0


def resolve(reading: Reading, start: int, end: int) -> str | None:
    """The canonical name for the noun phrase or pronoun at `[start, end)`, or None where nobody plainly is meant."""
    span = _span(reading, start, end)
    cast = cast_of(reading)
    head = span.root
    if head.lower_ in PRONOUNS:
        found = find_antecedent(reading, head)
        return found.name if found else None
    named = _mention_of(cast, span, head)
    if named is not None and named.named and (named.bearer or named.actor_type != "person"):
        return named.name
    antecedent = _defined(reading, cast, span, head, named)
    if antecedent is not None:
        return antecedent.name
    if named is not None:
        return named.name
    return _as_stated(reading, span, head)


def _span(reading: Reading, start: int, end: int) -> Span:
    first, last = reading.token_at(start), reading.token_at(max(start, end - 1))
    return reading.parsed[first.i : last.i + 1]


def _mention_of(cast: Cast, span: Span, head: Token) -> Mention | None:
    """The mention that the phrase is about: at its head, beside it in apposition, or the only one in a name."""
    inside = cast.between(span.start_char, span.end_char)
    person_beside = next((m for m in inside if m.bearer and _in_apposition(span.doc[m.head], head)), None)
    if person_beside:
        return person_beside
    found = cast.covering(head.idx)
    if found and found.end > span.start_char:
        return found
    return next(
        (m for m in inside if m.bearer and span.doc[m.head].head == head and span.doc[m.head].dep_ == "compound"), None
    )


def _in_apposition(token: Token, head: Token) -> bool:
    while token.dep_ in ("compound", "flat") and token != head:
        token = token.head
    return token == head or (token.dep_ == "appos" and token.head == head)


def _defined(reading: Reading, cast: Cast, span: Span, head: Token, named: Mention | None) -> Mention | None:
    """ "The official", "the minister", "the group", "the ministry": the last one before of that description."""
    determiner = next((c.lower_ for c in head.lefts if c.dep_ == "det"), "")
    if determiner not in ("the", "that", "this") or (
        named is not None and named.affiliation and named.name.lower() != head.lower_
    ):
        return None
    if len([t for t in span if t.pos_ in ("NOUN", "PROPN", "ADJ") and t.i <= head.i]) > 2:
        return None
    for mention in cast.between(0, span.start_char)[: -REMEMBERED - 1 : -1]:
        if _fits(mention, head, reading):
            return mention
    return None


def find_named_before(reading: Reading, head: Token) -> Mention | None:
    """The last body or group named before that a bare noun ("the group", "the government") can stand for."""
    for mention in cast_of(reading).between(0, head.idx)[: -REMEMBERED - 1 : -1]:
        if (
            mention.named
            and not mention.person
            and any(map(str.isupper, mention.name))
            and _fits(mention, head, reading)
        ):
            return mention
    return None


def _fits(mention: Mention, head: Token, reading: Reading) -> bool:
    noun = head.lemma_.lower()
    if noun == "rebel" and head.tag_ == "NNS" and mention.actor_type == "armed_group":
        return True
    if head.tag_ in ("NNS", "NNPS"):
        return (
            mention.plural and reading.parsed[mention.head].lemma_.lower() == noun and mention.affiliation is not None
        )
    if mention.bearer is not None:
        role = (mention.bearer.role or "").lower().split()
        return noun in role or (noun == "official" and bool(role))
    if mention.person:
        own = reading.parsed[mention.head].lower_
        return mention.affiliation is not None and (own == noun or (noun == "official" and own in roles().person_nouns))
    if noun in ("group", "movement", "militia", "organization", "organisation", "faction", "rebels"):
        return mention.actor_type == "armed_group" or (
            noun.startswith("organi") and mention.actor_type in ("organisation", "un_body")
        )
    if noun == "charity":
        return mention.actor_type == "organisation" and mention.affiliation is None
    if noun in ("agency", "body", "office", "mission", "force") and mention.actor_type == "un_body":
        return True
    if noun == "force" and mention.actor_type == "armed_group":
        return True
    if noun == "country":
        return mention.actor_type == "government"
    own = reading.parsed[mention.head].lower_
    return own == noun and mention.actor_type in ("organisation", "media", "government")


def _as_stated(reading: Reading, span: Span, head: Token) -> str | None:
    """The phrase's own words, from its first modifier to its head and a short complement."""
    if head.pos_ not in ("NOUN", "PROPN", "NUM", "ADJ", "PRON", "DET"):
        return None
    first, last = head.left_edge.i, head.i
    first = max(first, span.start)
    while first < head.i and (span.doc[first].dep_ == "det" or not span.doc[first].text[0].isalnum()):
        first += 1
    following = next(
        (c for c in head.rights if c.dep_ == "prep" and c.lower_ in ("of", "for", "in", "from", "at", "with")), None
    )
    if following is not None and following.right_edge.i < min(span.end, head.i + _LONGEST_NAME_AS_STATED):
        last = following.right_edge.i
    if last - first > _LONGEST_NAME_AS_STATED:
        first = max(first, last - _LONGEST_NAME_AS_STATED)
    words = span.doc[first : last + 1]
    stated = " ".join(reading.text[words.start_char : words.end_char].split()).strip(" ,\"'“”")
    return stated or None


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
    here = _sentence_index(reading, pronoun)
    first = max(0, here - _BACKWARD_SENTENCES)
    window = cast.between(reading.sentences[first].start_char, pronoun.idx)
    candidates = [
        _Candidate(m, _salience(reading, m, pronoun, here))
        for m in window
        if agrees(m, word) and not _excluded(reading, m, pronoun)
    ]
    candidates += _carried(reading, pronoun, here)
    best = max(candidates, key=lambda c: (c.score, c.mention.start), default=None)
    return best.mention if best else None


def _carried(reading: Reading, pronoun: Token, here: int) -> list[_Candidate]:
    """Whom the same pronoun meant as the subject of the sentence before: the topic goes on."""
    if here == 0:
        return []
    before = reading.sentences[here - 1]
    same = next((t for t in before if t.lower_ == pronoun.lower_ and t.dep_ == "nsubj" and t.head.dep_ == "ROOT"), None)
    found = find_antecedent(reading, same) if same is not None else None
    return [_Candidate(found, _SALIENCE["nsubj"] - _STEP)] if found else []


def _earlier_subject(pronoun: Token) -> Token | None:
    """The same pronoun as a subject earlier in the sentence: it goes on meaning the same."""
    if pronoun.dep_ != "nsubj":
        return None
    earlier = pronoun.doc[pronoun.sent.start : pronoun.i]
    if sum(token.text == '"' for token in earlier) % 2:
        return None
    return next((t for t in earlier if t.lower_ == pronoun.lower_ and t.dep_ == "nsubj"), None)


def _sentence_index(reading: Reading, token: Token) -> int:
    from bisect import bisect_right

    starts = reading._sentence_starts
    return max(0, bisect_right(starts, token.idx) - 1)


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


def _salience(reading: Reading, mention: Mention, pronoun: Token, here: int) -> float:
    head = reading.parsed[mention.head]
    score = _SALIENCE.get(head.dep_, 0.5)
    distance = here - _sentence_index(reading, head)
    if head.dep_ == "nsubj" and head.head.dep_ == "ROOT":
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
