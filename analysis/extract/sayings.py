"""Sayings: every cue of a document with its speaker's phrase and its content, before they become statements."""

from collections.abc import Iterator
from functools import cache

from spacy.tokens import Doc, Token

from analysis.extract.cast import Cast
from analysis.extract.content_spans import Content, trim
from analysis.extract.contents import find_content
from analysis.extract.cues import cues, is_verb_cue, lemma_of
from analysis.extract.mentions import cast_of
from analysis.extract.quotes import quotes_of
from analysis.extract.reading import Reading
from analysis.extract.saying import Saying
from analysis.extract.speakers import SPEAKING_ENTS, Voice, can_speak, find_agent, find_voice, phrase_edges
from analysis.extract.unclaimed import find_unclaimed
from analysis.extract.word_index import find_words, hash_words

# A cue inside somebody's quotation of this many words is part of what is quoted.
_QUOTE_OF_ITS_OWN = 5
_NAMING = {"PROPN", "PRON", "NOUN", "DET"}
_NEAR = 12
_WEAK_FRAMES = {"object", "complement", "preposition", "infinitive", "belief"}


def find_sayings(reading: Reading) -> list[Saying]:
    """All sayings, by the place of the cue; a mere object inside another's clause is no saying of its own."""
    found = [*_by_verbs(reading), *_by_according(reading), *_by_nouns(reading)]
    found += find_unclaimed(reading, [saying.content for saying in found])
    found.sort(key=lambda s: (s.cue_start, s.content.start))
    return list(_without_echoes(found))


@cache
def _verb_ids() -> frozenset[int]:
    return hash_words(cues().verbs | cues().lemmas.keys())


@cache
def _account_ids() -> frozenset[int]:
    return hash_words({phrase[0] for phrase in cues().according} | cues().by_account)


@cache
def _noun_ids() -> frozenset[int]:
    return hash_words(cues().noun_that)


def _by_verbs(reading: Reading) -> Iterator[Saying]:
    quotes, cast = quotes_of(reading), cast_of(reading)
    for cue in (reading.tokens[index] for index in find_words(reading, _verb_ids())):
        if not is_verb_cue(cue) or (cue.lower_ in ("according", "saying") and cue.nbor(-1).lower_ == "not"):
            continue
        quote = quotes.covering(cue.idx)
        if quote is not None and quote.words >= _QUOTE_OF_ITS_OWN:
            continue
        content = find_content(reading, cue)
        if content is None or (
            content.start <= cue.idx < content.end and content.frame not in ("quote", "parenthesis")
        ):
            continue
        voice = find_voice(cue)
        if content.frame == "raising":
            voice = Voice(find_agent(cue), True)
        if content.frame == "quote" and voice.speaker is None:
            voice = _inverted(reading, cue) or voice
        if not _plausible(cast, cue, content, voice):
            continue
        yield _saying(reading, cue, content, voice)


def _inverted(reading: Reading, cue: Token) -> Voice | None:
    """'"...," said Cohen' where the parser saw no subject: the noun right after or before the cue."""
    for index in (cue.i + 1, cue.i - 1):
        if 0 <= index < len(reading.parsed) and reading.parsed[index].pos_ in _NAMING:
            head = reading.parsed[index]
            while (
                head.dep_ in ("compound", "det", "amod", "poss")
                and head.head.i > head.i
                and head.head.i - cue.i < _NEAR
            ):
                head = head.head
            return Voice(head)
    return None


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
        return voice.speaker is not None and can_speak(cast, voice.speaker)
    if lemma in lists.quotation and lemma not in lists.clause and frame not in _WEAK_FRAMES:
        return False
    if frame in ("clause", "that", "parenthesis", "tail"):
        if lemma in lists.clause_of_findings:
            return voice.speaker is not None and can_speak(cast, voice.speaker, papers=True)
        return True
    if voice.speaker is None:
        return False
    if lemma in lists.object_needs_speaker and frame == "object":
        return can_speak(cast, voice.speaker) and _speech_like(content, cue)
    return can_speak(cast, voice.speaker, papers=True)


def _speech_like(content: Content, cue: Token) -> bool:
    return cue.tag_ != "VB" or cue.dep_ in ("ROOT", "conj", "ccomp")


def _by_according(reading: Reading) -> Iterator[Saying]:
    openers, accounts = {phrase[0] for phrase in cues().according}, cues().by_account
    for token in (reading.tokens[index] for index in find_words(reading, _account_ids())):
        lower = token.lower_
        if lower not in openers and lower not in accounts:
            continue
        phrase = next((p for p in cues().according if p[0] == lower and _matches(token, p)), None)
        if phrase is not None:
            saying = _according(reading, token, len(phrase))
            if saying:
                yield saying
        elif lower in accounts:
            saying = _by_account(reading, token)
            if saying:
                yield saying


def _matches(token: Token, phrase: tuple[str, ...]) -> bool:
    words = token.doc[token.i : token.i + len(phrase)]
    return [t.lower_ for t in words] == list(phrase) and token.i + len(phrase) < len(token.doc)


def _according(reading: Reading, token: Token, size: int) -> Saying | None:
    doc = reading.parsed
    last = doc[token.i + size - 1]
    quote = quotes_of(reading).covering(token.idx)
    if quote is not None and quote.words >= _QUOTE_OF_ITS_OWN:
        return None
    speaker = next((c for c in last.children if c.dep_ in ("pobj", "pcomp", "dobj")), None)
    if speaker is None and last.i + 1 < len(doc):
        speaker = doc[last.i + 1]
        while speaker.dep_ in ("compound", "det", "amod", "poss") and speaker.head.i > speaker.i:
            speaker = speaker.head
    if speaker is None or (token.lower_ == "per" and speaker.ent_type_ not in SPEAKING_ENTS):
        return None
    edges = (last.i + 1, _phrase_end(doc, speaker))
    content = _around(reading, token, edges[1])
    if content is None:
        return None
    return Saying(token, token.idx, last.idx + len(last), Content(*content, "according", last.i), speaker, edges)


def _phrase_end(doc: Doc, speaker: Token) -> int:
    """The speaker's phrase without what follows its first comma, unless that is an apposition's own."""
    end = speaker.right_edge.i
    for index in range(speaker.i + 1, end + 1):
        if speaker.doc[index].text in (",", ";", "--", "—") or speaker.doc[index].dep_ == "mark":
            return index - 1
    return end


def _around(reading: Reading, token: Token, last: int) -> tuple[int, int] | None:
    """The sentence but for the phrase from `token` to `last`; where it stands inside, all from end to end."""
    doc, sentence = reading.parsed, token.sent
    before = [t for t in doc[sentence.start : token.i] if t.is_alpha and t.pos_ not in ("CCONJ", "SCONJ")]
    # "..., and according to X, ...": what follows is X's.
    joined = token.i > sentence.start and token.nbor(-1).lower_ in ("and", "but", "while")
    if len(before) >= 2 and not joined:
        first, end = sentence.start, token.i - 1
        rest = doc[last + 1 : sentence.end]
        if (
            len(rest) > 3
            and any(t.pos_ in ("VERB", "AUX") and t.dep_ not in ("acl", "relcl", "advcl") for t in rest)
            and rest[0].text == ","
            and not _is_whole(doc, sentence.start, token.i)
        ):
            end = sentence.end - 1
    else:
        first, end = last + 1, sentence.end - 1
    if first > end:
        return None
    start, stop = trim(reading, doc[first].idx, doc[end].idx + len(doc[end]))
    return (start, stop) if stop > start else None


def _is_whole(doc: Doc, first: int, last: int) -> bool:
    """Whether tokens hold a clause of their own, with subject and verb."""
    return any(t.dep_ in ("nsubj", "nsubjpass") for t in doc[first:last]) and any(
        t.pos_ in ("VERB", "AUX") for t in doc[first:last]
    )


def _by_account(reading: Reading, noun: Token) -> Saying | None:
    """ "By his account, ...", "by Israel's own estimates"."""
    preposition = noun.head
    owner = next((c for c in noun.lefts if c.dep_ == "poss"), None)
    if owner is None or preposition.lower_ not in ("by", "in", "on") or preposition.dep_ != "prep":
        return None
    content = _around(reading, preposition, noun.i)
    if content is None:
        return None
    return Saying(
        noun,
        preposition.idx,
        noun.idx + len(noun),
        Content(*content, "account", noun.i),
        owner,
        (owner.left_edge.i, owner.right_edge.i),
    )


def _by_nouns(reading: Reading) -> Iterator[Saying]:
    """A noun of speech with what it says: "Israel's claim that ..."."""
    nouns = cues().noun_that
    for noun in (reading.tokens[index] for index in find_words(reading, _noun_ids())):
        if noun.lemma_.lower() not in nouns or noun.pos_ != "NOUN":
            continue
        quote = quotes_of(reading).covering(noun.idx)
        if quote is not None and quote.words >= _QUOTE_OF_ITS_OWN:
            continue
        clause = next((c for c in noun.rights if c.dep_ in ("acl", "ccomp", "relcl") and _opens_with_that(c)), None)
        if clause is not None:
            tokens = reading.parsed[clause.left_edge.i : clause.right_edge.i + 1]
            content = Content(*trim(reading, tokens.start_char, tokens.end_char), "noun", noun.i)
            owner = next((c for c in noun.lefts if c.dep_ == "poss"), None)
            edges = (owner.left_edge.i, owner.right_edge.i) if owner is not None else None
            yield Saying(noun, noun.idx, noun.idx + len(noun), content, owner, edges)


def _opens_with_that(clause: Token) -> bool:
    return any(c.lower_ == "that" and c.dep_ == "mark" for c in clause.lefts)


def _without_echoes(found: list[Saying]) -> Iterator[Saying]:
    """Drop weak sayings inside another's content, and the second of two with one content."""
    outer = [s for s in found if s.content.frame not in ("noun",)]
    for saying in found:
        weak = saying.content.frame in _WEAK_FRAMES or saying.content.frame == "noun"
        if not weak or not any(
            o is not saying
            and o.content.start <= saying.cue_start < o.content.end
            and not o.content.start <= o.cue_start < o.content.end
            for o in outer
        ):
            yield saying
