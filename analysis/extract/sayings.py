"""Sayings: every cue of a document with its speaker's phrase and its content, before they become statements."""

from collections.abc import Iterator
from functools import cache

from spacy.tokens import Token

from analysis.extract.accounts import find_accounts
from analysis.extract.cast import Cast
from analysis.extract.claim_nouns import find_claims
from analysis.extract.content_spans import Content
from analysis.extract.contents import find_content
from analysis.extract.cues import cues, is_verb_cue, lemma_of
from analysis.extract.hidden_speakers import find_before, find_beside, find_lost_sayer
from analysis.extract.mentions import cast_of
from analysis.extract.quotes import QUOTE_OF_ITS_OWN, quotes_of
from analysis.extract.reading import Reading
from analysis.extract.saying import Saying
from analysis.extract.speakers import Voice, can_speak, find_agent, find_voice, phrase_edges
from analysis.extract.stance_words import is_about_deal
from analysis.extract.unclaimed import find_unclaimed
from analysis.extract.word_index import find_words, hash_words

_NEAR = 6
_WEAK_FRAMES = {"object", "complement", "preposition", "infinitive", "belief"}


def find_sayings(reading: Reading) -> list[Saying]:
    """All sayings, by the place of the cue; a mere object inside another's clause is no saying of its own."""
    accounts = list(find_accounts(reading))
    named = {saying.cue_start for saying in accounts}  # "citing officials" names a source; it says nothing by itself
    found = [*(s for s in _by_verbs(reading) if s.cue_start not in named), *accounts, *find_claims(reading)]
    found += find_unclaimed(reading, [saying.content for saying in found])
    found.sort(key=lambda s: (s.cue_start, s.content.start))
    return list(_without_echoes(found))


@cache
def _verb_ids() -> frozenset[int]:
    return hash_words(cues().verbs | cues().lemmas.keys() | cues().particles.keys())


def _by_verbs(reading: Reading) -> Iterator[Saying]:
    quotes, cast = quotes_of(reading), cast_of(reading)
    for cue in (reading.tokens[index] for index in find_words(reading, _verb_ids())):
        if not is_verb_cue(cue) or _is_silent(cue):
            continue
        quote = quotes.covering(cue.idx)
        if quote is not None and quote.words >= QUOTE_OF_ITS_OWN:
            continue
        content = find_content(reading, cue)
        if content is None or (
            content.start <= cue.idx < content.end and content.frame not in ("quote", "parenthesis")
        ):
            continue
        voice = _voice_of(reading, cue, content)
        if _plausible(cast, cue, content, voice):
            yield _saying(reading, cue, content, voice)


def _is_silent(cue: Token) -> bool:
    """Nobody says anything: "asked not to be named", "declined to comment", "did not respond", "not according to"."""
    if cue.lower_ in ("according", "saying") and cue.i and cue.nbor(-1).lower_ == "not":
        return True
    if cue.lower_ == "asked" and cue.tag_ == "VBN" and (cue.is_sent_start or cue.dep_ == "acl"):
        return True  # "Asked whether it would, she shrugged"
    lemma, lists = lemma_of(cue), cues()
    negated = any(c.dep_ == "neg" for c in cue.children)
    if negated and (lemma in lists.replying or (lemma == "say" and cue.i + 1 < len(cue.doc) and _asks(cue.nbor(1)))):
        return True
    if lemma not in lists.silent:
        return False
    return any(t.lemma_ in lists.silent[lemma] for t in cue.doc[cue.i + 1 : cue.i + _NEAR])


def _asks(following: Token) -> bool:
    """ "did not say when it would begin"."""
    return following.tag_ in ("WRB", "WP", "WDT") or following.lower_ in ("whether", "if")


def _voice_of(reading: Reading, cue: Token, content: Content) -> Voice:
    if content.frame == "raising":
        return Voice(find_agent(cue), True)
    lost = find_lost_sayer(cue) if content.frame == "tail" else None
    voice = Voice(lost) if lost is not None else find_voice(cue)
    if voice.speaker is not None or voice.passive:
        return voice
    beside = find_beside(reading, cue, content.start, content.end) if content.frame == "quote" else find_before(cue)
    return Voice(beside) if beside is not None else voice


def _saying(reading: Reading, cue: Token, content: Content, voice: Voice) -> Saying:
    last = reading.parsed[content.cue_last]
    edges = phrase_edges(voice.speaker, cue) if voice.speaker is not None else None
    return Saying(
        cue,
        cue.idx,
        last.idx + len(last),
        content,
        voice.speaker,
        edges,
        voice.passive,
        content.addressee or voice.addressee,
    )


def _plausible(cast: Cast, cue: Token, content: Content, voice: Voice) -> bool:
    """Whether somebody or something that can say has the cue."""
    lists, lemma, frame = cues(), lemma_of(cue), content.frame
    if frame in ("quote", "raising"):
        return True
    if frame == "belief":
        return (
            voice.speaker is not None
            and can_speak(cast, voice.speaker)
            and not (voice.passive and lemma in ("know", "see"))
        )
    if lemma in lists.quotation and lemma not in lists.clause and frame not in _WEAK_FRAMES:
        return False
    if frame in ("clause", "that", "parenthesis", "tail"):
        if lemma in lists.clause_of_findings:
            return voice.speaker is not None and can_speak(cast, voice.speaker, papers=True)
        return True
    if voice.speaker is None:
        return False
    if lemma == "commit" and voice.speaker.lower_ in lists.papers:
        return False  # "the declaration commits both to ...": a provision
    if lemma in lists.object_needs_deal and frame == "object" and not is_about_deal(_words_of(cue, content)):
        return False
    if lemma in lists.object_needs_speaker and frame == "object":
        return can_speak(cast, voice.speaker) and _speech_like(content, cue)
    return can_speak(cast, voice.speaker, papers=True)


def _words_of(cue: Token, content: Content) -> str:
    shift = cue.doc[0].idx
    return cue.doc.text[content.start - shift : content.end - shift]


def _speech_like(content: Content, cue: Token) -> bool:
    return cue.tag_ != "VB" or cue.dep_ in ("ROOT", "conj", "ccomp")


def _without_echoes(found: list[Saying]) -> Iterator[Saying]:
    """Drop weak sayings inside another's content, and the second of two with one content."""
    outer = [s for s in found if s.content.frame != "noun"]
    nearest = _nearest_cues(found)
    for saying in found:
        weak = saying.content.frame in _WEAK_FRAMES or saying.content.frame == "noun"
        if weak and any(o is not saying and _holds(o, saying) for o in outer):
            continue
        if nearest.get((saying.content.start, saying.content.end), saying) is saying:
            yield saying


def _holds(outer: Saying, saying: Saying) -> bool:
    content = outer.content
    return content.start <= saying.cue_start < content.end and not content.start <= outer.cue_start < content.end


def _nearest_cues(found: list[Saying]) -> dict[tuple[int, int], Saying]:
    """Of the sayings that share a quotation or what a noun says, the one that stands nearest and names somebody."""
    nearest: dict[tuple[int, int], Saying] = {}
    for saying in found:
        if saying.content.frame not in ("quote", "noun", "clause", "that"):
            continue
        key = (saying.content.start, saying.content.end)
        if key not in nearest or _distance(saying) < _distance(nearest[key]):
            nearest[key] = saying
    return nearest


def _distance(saying: Saying) -> tuple[bool, bool, int]:
    content = saying.content
    gap = max(content.start - saying.cue_end, saying.cue_start - content.end, 0)
    return saying.speaker is None, content.frame == "noun", gap
