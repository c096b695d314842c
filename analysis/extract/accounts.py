"""Sayings without a verb of speech: "according to X, ...", "by his account, ..."."""

from collections.abc import Iterator
from functools import cache

from spacy.tokens import Doc, Token

from analysis.extract.content_spans import Content, trim
from analysis.extract.cues import cues
from analysis.extract.mentions import cast_of
from analysis.extract.quotes import QUOTE_OF_ITS_OWN, quotes_of
from analysis.extract.reading import Reading
from analysis.extract.saying import Saying
from analysis.extract.speakers import SPEAKING_ENTS, can_speak
from analysis.extract.word_index import find_words, hash_words

_CITING = ("citing", "quoting")


@cache
def _account_ids() -> frozenset[int]:
    return hash_words({phrase[0] for phrase in cues().according} | cues().by_account)


def find_accounts(reading: Reading) -> Iterator[Saying]:
    """The sayings of a document that such a phrase attributes."""
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
    if quote is not None and quote.words >= QUOTE_OF_ITS_OWN:
        return None
    speaker = next((c for c in last.children if c.dep_ in ("pobj", "pcomp", "dobj")), None)
    if speaker is None and last.i + 1 < len(doc):
        speaker = doc[last.i + 1]
        while speaker.dep_ in ("compound", "det", "amod", "poss") and speaker.head.i > speaker.i:
            speaker = speaker.head
    if speaker is None or (token.lower_ == "per" and speaker.ent_type_ not in SPEAKING_ENTS):
        return None
    if token.lower_ in _CITING and not can_speak(cast_of(reading), speaker, papers=True):
        return None  # "citing the need to ..." gives a reason, not a source
    edges = (last.i + 1, _phrase_end(doc, speaker))
    content = _around(reading, token, _over_description(speaker, edges[1]))
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


def _over_description(speaker: Token, last: int) -> int:
    """On over who the speaker is: "according to Ann Lee, founding director of a think tank, ..."."""
    described = next((c for c in speaker.rights if c.dep_ == "appos" and c.left_edge.i == last + 2), None)
    if described is None or speaker.doc[last + 1].text != ",":
        return last
    return int(described.right_edge.i)


def _around(reading: Reading, token: Token, last: int) -> tuple[int, int] | None:
    """The sentence but for the phrase from `token` to `last`; where it stands inside, all from end to end."""
    doc, sentence = reading.parsed, token.sent
    quote = quotes_of(reading).covering(sentence.start_char)
    if quote is not None and quote.start < sentence.start_char and quote.end < token.idx:
        return None  # '"... What now?" he asked, according to his office': the quotation is told already
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
    opening = quotes_of(reading).covering(start)
    if opening is not None and opening.start == start and opening.long and first > token.i:
        stop = max(stop, opening.end)  # a quotation of several sentences
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
