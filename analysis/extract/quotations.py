"""Which quotation a speech verb belongs to: before it, after it, or around it ("...," he said, "...")."""

import re

from spacy.tokens import Token

from analysis.extract.cues import cues, is_verb_cue
from analysis.extract.quotes import Quote, Quotes, quotes_of
from analysis.extract.reading import Reading
from analysis.extract.speakers import find_voice

# The end of a sentence, but not of "Mr." or "Gen."; "M23." and "SDF." end one.
_SENTENCE_END = re.compile(r"(?:[a-z0-9\])]{3}|[A-Z0-9]\d|[A-Z]{2}|[\"”’])[.!?]\s")
_ENDED = re.compile(r"\s*[.!?]\s")
_WHOLE_END = re.compile(r"[.!?][\"”’]?\s*$")
# What may stand between a cue and the rest of its quotation: "he said, but ", "she added: ".
_JOINT = re.compile(r"[,:—–]\s*(?:but|and|that|because|so)?\s*$")
_INTRODUCTION = re.compile(r"\s*[,:]\s*[\"“‘']")
_NAMING = {"DET", "PROPN", "NOUN", "PRON", "ADJ", "NUM"}
_LONGEST_NAME = 14
# Another cue within so many tokens before a quotation has a better claim to it.
_NEAREST = 3
_ENDS_OPEN = (",", "?", "!", "—", "–", "-", "…", "...")
_MARKS = " \"”’'»"
_LONGEST_GAP = 220
_SHORT_GAP_WORDS = 5
_LONGEST_TITLE = 5
# What opens a clause of its own behind a quotation: '..., while the others urged ...'.
_OTHERS = {"while", "whereas", "but", "although", "though", "which", "who", "as"}


def find_quoted(reading: Reading, cue: Token) -> tuple[int, int] | None:
    """The quotation that a cue attributes as a whole, as `(start, end)`; None where it only colours a clause."""
    quotes, text = quotes_of(reading), reading.text
    if not quotes.items:
        return None
    before, after = quotes.before(cue.idx), _after_title(text, quotes, cue.idx + len(cue))
    lead = before if before and _leads(reading, before, cue) else None
    if lead is not None:
        start = _sentence_opening(reading, lead)
        follow = after if after and _follows(reading, after, cue, lead) else None
        end = follow.end if follow else lead.end
        return start, _over_paragraphs(reading, quotes, cue, end)
    if after is not None and _trails(text, reading, after, cue):
        return after.start, _with_neighbours(text, quotes, after)
    return None


def _after_title(text: str, quotes: Quotes, offset: int) -> Quote | None:
    """The next quotation, behind a title at which the words merely were said: 'on CBS's "Evening Hour." "We ..."'."""
    first = quotes.after(offset)
    if first is None or first.words > _LONGEST_TITLE or text[offset : first.start].rstrip()[-1:] in (",", ":", ""):
        return first
    following = quotes.after(first.end)
    inside = text[first.start + 1 : first.end].rstrip(_MARKS)
    titled = all(word[:1].isupper() or len(word) <= 3 for word in inside.split())
    if following is None or not titled or text[first.end : following.start].strip(" .,"):
        return first
    return following


def _over_paragraphs(reading: Reading, quotes: Quotes, cue: Token, end: int) -> int:
    """The end, over following paragraphs that are nothing but quotation: the same person is still speaking."""
    text = reading.text
    while True:
        number = reading.paragraph_at(end - 1) + 1
        if number >= len(reading.paragraphs) or number != reading.paragraph_at(max(end - 1, cue.idx)) + 1:
            return end
        first = reading.paragraphs[number]
        limit = reading.paragraphs[number + 1] if number + 1 < len(reading.paragraphs) else len(text)
        quote = quotes.covering(first)
        if (
            quote is None
            or quote.start != first
            or quote.end > limit
            or text[quote.end : limit].strip()
            or not quote.long
        ):
            return end
        end = quote.end


def _same_paragraph(reading: Reading, first: int, second: int) -> bool:
    return reading.paragraph_at(first) == reading.paragraph_at(second)


def _leads(reading: Reading, quote: Quote, cue: Token) -> bool:
    """Whether a quotation just before is what the cue says."""
    gap = reading.text[quote.end : cue.idx]
    if len(gap) > _LONGEST_GAP or _ends_sentence(gap) or not _same_paragraph(reading, quote.end - 1, cue.idx):
        return False
    if _is_apposition(quote, cue):
        return False
    inside = reading.text[quote.start : quote.end].rstrip(_MARKS)
    open_end = inside.endswith(_ENDS_OPEN) or gap.lstrip()[:1] == ","
    if not open_end and not (quote.long and len(gap.split()) <= _SHORT_GAP_WORDS):
        return False
    if not open_end and reading.text[cue.idx + len(cue) : cue.idx + len(cue) + 1] in (",", ":"):
        return False
    if (not open_end or cue.tag_ == "VBG") and any(c.dep_ == "ccomp" and c.i > cue.i for c in cue.children):
        return False  # '"... waiting." Police said 3,000 took part', 'a "firm" deal, adding that it held': told apart
    opening = gap.strip(" ,—–-").split()
    if opening and opening[0].lower() in _OTHERS:
        return False
    if not opening:
        return quote.long or not _introduces(reading, cue)
    if _is_taken(reading, quote, cue):
        return False
    voice = find_voice(cue)
    speaker = voice.speaker
    if speaker is not None and voice.own and quote.end <= speaker.idx < cue.idx:
        return speaker.left_edge.idx >= quote.end - 1
    return _is_name_only(reading, quote.end, cue) or _is_described(reading, quote.end, cue)


def _is_apposition(quote: Quote, cue: Token) -> bool:
    """Whether the cue's subject stands before a quotation that only names it: 'Its report, "Ten dead", said that ...'."""
    subject = next((c for c in cue.lefts if c.dep_ == "nsubj"), None)
    return (
        subject is not None and subject.idx < quote.start and cue.i + 1 < len(cue.doc) and cue.nbor().lower_ == "that"
    )


def _is_taken(reading: Reading, quote: Quote, cue: Token) -> bool:
    """Whether another cue follows the quotation at once: '"...," countered X, who suggested ...'."""
    first = reading.token_at(quote.end).i
    return any(t.i < cue.i and t.idx >= quote.end and is_verb_cue(t) for t in reading.parsed[first : first + 2])


def _ends_sentence(gap: str) -> bool:
    """Whether a sentence ends between a quotation and a cue."""
    return bool(_ENDED.match(gap) or _SENTENCE_END.search(gap))


def _introduces(reading: Reading, cue: Token) -> bool:
    """Whether another quotation follows the cue at once ("adding, ...")."""
    return bool(_INTRODUCTION.match(reading.text, cue.idx + len(cue)))


def _is_name_only(reading: Reading, start: int, cue: Token) -> bool:
    """Whether nothing but a name or a description stands between a quotation and its cue, whatever the parse says."""
    near = reading.parsed[max(0, cue.i - _LONGEST_NAME) : cue.i]
    tokens = [t for t in near if t.idx >= start and not t.is_punct]
    if not tokens or near[0].idx >= start:
        return False
    return tokens[0].pos_ in _NAMING and not any(t.pos_ in ("VERB", "AUX", "SCONJ", "CCONJ") for t in tokens)


def _is_described(reading: Reading, start: int, cue: Token) -> bool:
    """Whether a name and then, between commas, who that is stand between a quotation and its cue."""
    named = find_described(reading, start, cue)
    return named is not None and any(t.pos_ == "PROPN" for t in reading.parsed[named.left_edge.i : named.i + 1])


def find_described(reading: Reading, start: int, cue: Token) -> Token | None:
    """The last word of the name right after a quotation, where a comma follows it and another stands before the cue."""
    if not cue.i or cue.nbor(-1).text not in (",", "-", "--"):
        return None
    first = reading.token_at(start)
    tokens = [t for t in reading.parsed[first.i : cue.i] if t.idx >= start and t.text not in ('"', ",")][:_LONGEST_NAME]
    last = next(
        (
            t.i
            for t in reading.parsed[first.i + 1 : cue.i]
            if t.idx > start and t.text == "," and t.nbor(-1).pos_ in _NAMING
        ),
        None,
    )
    if last is None or not tokens or tokens[0].i >= last:
        return None
    name = [t for t in tokens if t.i < last]
    return name[-1] if all(t.pos_ in _NAMING for t in name) else None


def _sentence_opening(reading: Reading, quote: Quote) -> int:
    """Where the sentence that ends with a quotation begins: its words before the marks are said too."""
    first = reading.paragraphs[reading.paragraph_at(quote.start)]
    ahead = reading.text[first : quote.start].rstrip()
    if not ahead or ahead[-1] in '.!?:;"”’':
        return quote.start
    if reading.text[quote.start + 1 : quote.start + 2].isupper() and quote.long:
        return quote.start
    start = max(reading.sentence_at(quote.start).start_char, first)
    semicolon = reading.text.rfind("; ", start, quote.start)
    return semicolon + 2 if semicolon >= 0 else start


def _follows(reading: Reading, quote: Quote, cue: Token, lead: Quote) -> bool:
    """Whether the quotation goes on after the cue, in the same sentence or the next."""
    gap = reading.text[cue.idx : quote.start]
    if len(gap) > _LONGEST_GAP or not _same_paragraph(reading, cue.idx, quote.start) or lead.end > quote.start:
        return False
    if any(is_verb_cue(t) and t.lemma_ in cues().clause for t in _tokens_before(reading, cue, quote)):
        return False
    if reading.text[quote.start : quote.end].rstrip(_MARKS).endswith(",") and not gap.rstrip().endswith(","):
        return False
    ended = _WHOLE_END.search(gap)
    if ended:
        return not _SENTENCE_END.search(gap[: ended.start()])
    return bool(_JOINT.search(gap)) and not _SENTENCE_END.search(gap)


def _tokens_before(reading: Reading, cue: Token, quote: Quote) -> list[Token]:
    """The last tokens before a quotation, after the cue."""
    last = reading.token_at(quote.start - 1).i
    return list(reading.parsed[max(cue.i + 1, last - _NEAREST) : last + 1])


def _trails(text: str, reading: Reading, quote: Quote, cue: Token) -> bool:
    """Whether a quotation after the cue is all that it says."""
    gap = text[cue.idx + len(cue) : quote.start]
    if len(gap) > _LONGEST_GAP or _ends_sentence(gap):
        return False
    ending, opens_large = gap.rstrip()[-1:], text[quote.start : quote.start + 3].strip("\"“‘'«`")[:1].isupper()
    if ending == ":":
        return True
    if not _same_paragraph(reading, cue.idx, quote.start):
        return False
    if ending == ",":
        at_once = not gap.strip(" ,")
        if opens_large:
            return quote.long or at_once
        return at_once and _closes_sentence(text, quote) and not _is_parenthesis(cue)
    if not gap.strip():
        return (opens_large or quote.long) and _closes_sentence(text, quote)
    return gap.strip() == "that" and quote.long and _closes_sentence(text, quote)


def _is_parenthesis(cue: Token) -> bool:
    """Whether a cue and its subject stand between commas: 'The door, he said, "is open"'."""
    subject = next((c for c in cue.lefts if c.dep_ == "nsubj"), None)
    first = subject.left_edge.i if subject is not None else cue.i
    return first > cue.sent.start and cue.doc[first - 1].text == ","


def _closes_sentence(text: str, quote: Quote) -> bool:
    """Whether nothing but an end follows: else the quotation is a part of a clause."""
    inside, after = text[quote.start : quote.end].rstrip(_MARKS), text[quote.end : quote.end + 2].lstrip()[:1]
    return inside.endswith((".", "!", "?")) or not after or after in ".!?;,"


def _with_neighbours(text: str, quotes: Quotes, quote: Quote) -> int:
    """The end, over quotations that follow at once."""
    end = quote.end
    following = quotes.after(end)
    while following is not None and not text[end : following.start].strip() and "\n" not in text[end : following.start]:
        end = following.end
        following = quotes.after(end)
    return end
