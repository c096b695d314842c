"""Quotations that no verb of speech claims: after a colon ("Her answer was short: ..."), or before a dash and a name."""

import re
from collections.abc import Iterator

from spacy.tokens import Token

from analysis.extract.content_spans import Content
from analysis.extract.quotes import Quote, quotes_of
from analysis.extract.reading import Reading
from analysis.extract.saying import Saying
from analysis.extract.speakers import find_voice

# A long dash and at most six words that begin with a capital, to the end of the line.
_SIGNATURE = re.compile(r"\s*([―—–]|--)\s*([A-ZÀ-Þ][^\n.,;:!?\"“”]{1,60})(?=[\n.]|$)")
_COLON = re.compile(r":\s*$")
_LONGEST_SIGNATURE_WORDS = 6


def find_unclaimed(reading: Reading, claimed: list[Content]) -> Iterator[Saying]:
    """Sayings of the long quotations that are nobody's yet."""
    for quote in quotes_of(reading).items:
        if not quote.long or any(c.start < quote.end and quote.start < c.end for c in claimed):
            continue
        saying = _after_colon(reading, quote) or _before_signature(reading, quote)
        if saying is not None:
            yield saying


def _after_colon(reading: Reading, quote: Quote) -> Saying | None:
    """The subject of the sentence that ends with the colon speaks; its verb is the cue."""
    ahead = reading.text[max(0, quote.start - 3) : quote.start]
    if quote.start == 0 or not _COLON.search(ahead):
        return None
    colon = reading.token_at(quote.start - len(ahead) + ahead.rindex(":"))
    verb = next((t for t in (colon, *colon.ancestors) if t.pos_ in ("VERB", "AUX") and t.i < colon.i), None)
    voice = find_voice(verb) if verb is not None else None
    if verb is None or voice is None or voice.speaker is None:
        return None
    return _saying(reading, quote, verb, (verb.idx, verb.idx + len(verb)), voice.speaker)


def _before_signature(reading: Reading, quote: Quote) -> Saying | None:
    found = _SIGNATURE.match(reading.text, quote.end)
    if found is None or len(found.group(2).split()) > _LONGEST_SIGNATURE_WORDS:
        return None
    dash, name = reading.token_at(found.start(1)), reading.token_at(found.end(2) - 1)
    first = reading.token_at(found.start(2)).i
    content = Content(quote.start, quote.end, "quote", dash.i)
    return Saying(dash, found.start(1), found.end(1), content, name, (first, name.i))


def _saying(reading: Reading, quote: Quote, cue: Token, span: tuple[int, int], speaker: Token) -> Saying:
    edges = (speaker.left_edge.i, min(speaker.right_edge.i, cue.i - 1) if speaker.i < cue.i else speaker.right_edge.i)
    return Saying(cue, *span, Content(quote.start, quote.end, "quote", cue.i), speaker, edges)
