"""Names that stand in the frame of a place: "the village of X", "the towns of X and Y", "X district".

The words around such a name say what it is, whatever the model takes it for and whether or not the gazetteer has it.
"""

from spacy.tokens import Doc, Span, Token

from analysis.extract.place_words import DIRECTED, KINDS_OF_KINDS, LINKS, SETTLED, SETTLED_PLURAL

LONGEST_LIST = 14  # tokens back from a name to the "towns of" that opens the list it stands in
_JOINTS = {"and", "or", ","}
# Links that join two names, or a name and what it belongs to, instead of being part of one.
_PARTING = {"and", "of", "the", "on", "upon", "as"}
_LINKS = LINKS - _PARTING


def is_framed(span: Span) -> bool:
    """Whether the words around a name say that it is a place's."""
    framed = _is_named_before(span, SETTLED | DIRECTED) or _is_named_after(span) or is_listed(span)
    return framed and _is_whole(span)


def is_introduced(span: Span) -> bool:
    """The same for a name that nobody knows: a run of names from its first to its last word."""
    named = [token for token in span if token.lower_ not in _LINKS]
    if not named or not all(_is_name_word(token) for token in (span[0], *named)):
        return False
    if span[-1].lower_ in SETTLED or not any(
        token.is_lower for token in span.doc[max(0, span.start - 6) : span.end + 6]
    ):
        return False
    return _is_whole(span) and (_is_named_before(span, SETTLED) or _is_named_after(span) or is_listed(span))


def _is_name_word(token: Token) -> bool:
    """Whether a word may be one of a name's: capitalised where a sentence does not ask for it."""
    return token.text[:1].isupper() and (token.pos_ == "PROPN" or not token.is_sent_start)


def is_listed(span: Span) -> bool:
    """ "The towns of Adigrat and **Wukro**": behind "towns of", with nothing but names, commas and "and" between."""
    doc = span.doc
    for at in range(span.start - 1, max(0, span.start - LONGEST_LIST), -1):
        token = doc[at]
        if token.lower_ == "of":
            return doc[at - 1].lower_ in SETTLED_PLURAL
        if not (token.lower_ in _JOINTS or token.lower_ in _LINKS or token.text[:1].isupper()):
            return False
    return False


def _is_named_before(span: Span, kinds: frozenset[str]) -> bool:
    """ "The village of X", "a town called X"."""
    if span.start < 2:
        return False
    before, kind = span.doc[span.start - 1], span.doc[span.start - 2]
    return before.lower_ in ("of", "called", "named") and kind.lower_ in kinds


def _is_named_after(span: Span) -> bool:
    """ "X village", "Y district"; no person's, party's or people's: "a Kurdish village"."""
    at = span.end + (span.end < len(span.doc) and span.doc[span.end].text in KINDS_OF_KINDS)
    if at >= len(span.doc) or span.doc[at].text not in SETTLED or span.doc[at].is_sent_start:
        return False
    return not (len(span) == 1 and (span[0].ent_type_ == "NORP" or span[0].pos_ == "ADJ"))


def _is_whole(span: Span) -> bool:
    """Whether no further name stands right before or behind: part of a name is no name."""
    doc: Doc = span.doc
    before = doc[span.start - 1] if span.start else None
    after = doc[span.end] if span.end < len(doc) else None
    return not (_continues(before) or _continues(after))


def _continues(token: Token | None) -> bool:
    return token is not None and token.text[:1].isupper() and token.pos_ == "PROPN"
