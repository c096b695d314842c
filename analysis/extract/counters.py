"""Who made a count where no verb of speech tells: "the UN verified 92 deaths", "by UN figures", "the ministry's toll of 93"."""

from dataclasses import dataclass

from spacy.tokens import Token

from analysis.extract.actor_lexicon import roles
from analysis.extract.coreference import resolve
from analysis.extract.cues import cues
from analysis.extract.mentions import cast_of
from analysis.extract.papers import find_owner
from analysis.extract.reading import Reading
from analysis.extract.speakers import can_speak, find_voice, phrase_edges
from analysis.facts import Cue

_LONGEST_CHAIN = 9
# A phrase "by UN figures" belongs to a number at most so many tokens away.
_NEAR = 12
_GIVING = {"give", "provide", "release", "publish", "issue", "offer"}
_REVISING = {"raise", "revise", "lower", "update", "increase", "lift", "cut"}
_BY = {"by", "in", "on"}
# A country that records deaths or has a toll is where they happened, not who counted.
_WHERE_NOT_WHO = {"record", "register", "document", "toll"}


@dataclass(frozen=True)
class Counter:
    """Who counted, and the words that say so."""

    name: str
    cue: Cue


def find_counter(reading: Reading, start: int, end: int) -> Counter | None:
    """Who counted the figure at `[start, end)`: a verb of counting, a noun of it, or "by ... figures" beside it."""
    figure = reading.token_at(start).doc[reading.token_at(start).i : reading.token_at(max(start, end - 1)).i + 1]
    above = _above(reading, figure.root, figure.start)
    if above is not None or not any(t.like_num for t in figure):
        return above
    return _beside(reading, figure.start, figure.end - 1)


def _above(reading: Reading, token: Token, first: int) -> Counter | None:
    """Up the parse from a figure to what counts it; a clause with a subject of its own ends the search."""
    for _ in range(_LONGEST_CHAIN):
        head = token.head
        if head == token:
            return None
        lemma = head.lemma_.lower()
        if lemma in cues().tallies and head.i < first and head.pos_ not in ("VERB", "AUX"):
            return _by_noun(reading, head)
        if head.pos_ in ("VERB", "AUX"):
            subject = next((c for c in head.lefts if c.dep_ in ("nsubj", "nsubjpass")), None)
            if head.i < first and (lemma in cues().counting or _revises(head)):
                return _by_verb(reading, head)
            if subject is not None and subject.lemma_.lower() in cues().tallies and head.i < first:
                return _by_noun(reading, subject)
            if subject is not None and subject.i < first:
                return _over_clause(reading, head)
        token = head
    return None


def _revises(verb: Token) -> bool:
    """ "The ministry raised the number of dead to 40": a verb of change with a count as its object."""
    objects = [child for child in verb.rights if child.dep_ == "dobj"]
    return verb.lemma_.lower() in _REVISING and any(noun.lemma_.lower() in cues().amounts for noun in objects)


def _over_clause(reading: Reading, verb: Token) -> Counter | None:
    """ "The project estimates that the raids have killed 9,000"."""
    above = verb.head
    if verb.dep_ == "conj":
        verb, above = above, above.head
    counts = verb.dep_ == "ccomp" and above.i < verb.i and above.lemma_.lower() in cues().counting
    return _by_verb(reading, above) if counts and above.pos_ == "VERB" else None


def _by_verb(reading: Reading, verb: Token) -> Counter | None:
    speaker = find_voice(verb).speaker
    if speaker is None:
        return None
    if speaker.lemma_.lower() in cues().tallies or speaker.lower_ in cues().papers:
        return _by_noun(reading, speaker)
    if not can_speak(cast_of(reading), speaker):
        return _counter(reading, _short_name(reading, speaker), verb, introduced=True)
    if _is_where(reading, speaker, verb):
        return None
    first, last = phrase_edges(speaker, verb)
    words = reading.parsed[first : last + 1]
    name = resolve(reading, words.start_char, words.end_char)
    return _counter(reading, name, verb, introduced=words[0].lower_ == "the")


def _short_name(reading: Reading, noun: Token) -> str | None:
    """ "The project", "the Observatory": the body named before that has the word in its name, or a capitalised one itself."""
    if not any(child.lower_ == "the" for child in noun.lefts) or noun.tag_ in ("NNS", "NNPS"):
        return None
    before = cast_of(reading).between(0, noun.idx)
    bodies = (m for m in reversed(before) if m.named and not m.person and len(m.name.split()) > 1)
    named = next((m.name for m in bodies if noun.lower_ in m.name.lower().split()), None)
    return named or (noun.text if noun.tag_ == "NNP" and noun.text[0].isupper() else None)


def _is_where(reading: Reading, speaker: Token, word: Token) -> bool:
    found = cast_of(reading).covering(speaker.idx)
    return found is not None and found.actor_type == "government" and word.lemma_.lower() in _WHERE_NOT_WHO


def _by_noun(reading: Reading, noun: Token) -> Counter | None:
    if noun.dep_ == "dobj" and noun.head.lemma_.lower() in _GIVING:
        return _by_verb(reading, noun.head)  # "gave a breakdown of 79 fighters and 55 civilians"
    owner = find_owner(reading, noun)
    if owner is None or (owner.actor_type == "government" and noun.lemma_.lower() in _WHERE_NOT_WHO):
        return _counter(reading, _unlisted(reading, noun), noun)
    return _counter(reading, owner.name, noun)


def _unlisted(reading: Reading, noun: Token) -> str | None:
    """ "Counts by local media", "the ministry's own count": of a body that the register does not hold."""
    by = next((c for c in noun.rights if c.lower_ == "by"), None)
    whom = next((c for c in by.children if c.dep_ == "pobj"), None) if by is not None else None
    whom = whom or next((c for c in noun.lefts if c.dep_ == "poss" and c.lower_ in roles().institutions), None)
    if whom is None or not can_speak(cast_of(reading), whom):
        return None
    words = reading.parsed[whom.left_edge.i : whom.i + 1]
    return resolve(reading, words.start_char, words.end_char)


def _beside(reading: Reading, first: int, last: int) -> Counter | None:
    """ "81 percent by UN figures", "by the ministry's count, 93 people": in the sentence, not over a semicolon."""
    doc, sentence = reading.parsed, reading.parsed[first].sent
    for index in range(max(sentence.start, first - _NEAR), min(sentence.end, last + _NEAR)):
        noun = doc[index]
        if noun.lemma_.lower() not in cues().tallies or noun.dep_ != "pobj" or noun.head.lower_ not in _BY:
            continue
        between = doc[min(index, last) : max(index, first)]
        if not any(t.text == ";" for t in between) and not noun.left_edge.i <= first <= noun.right_edge.i:
            return _by_noun(reading, noun)
    return None


def _counter(reading: Reading, name: str | None, word: Token, introduced: bool = False) -> Counter | None:
    if name is None:
        return None
    if not introduced and name[0].isupper() and name.lower() in roles().institutions:  # a headline's "Ministry": whose?
        return None
    end = word.idx + len(word)
    return Counter(name, Cue(start=word.idx, end=end, text=reading.text[word.idx : end]))
