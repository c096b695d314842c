"""Where a person's name may stand in a text, and where it begins and ends."""

from collections.abc import Iterator

from spacy.tokens import Doc, Span, Token

from analysis.extract.actor_lexicon import roles
from analysis.extract.names import PARTICLES
from analysis.extract.office_words import find_title
from analysis.extract.reading import Reading

_LINKS = {"-", "'", "’"}
_LONGEST_NAME = 7
_LONGEST_EXTENSION = 30  # tokens beyond which a row of names is no name, whatever each adds
_LONGEST_OFFICE = 8
_NEAR = 2
_NO_PERSONS = {"DATE", "NORP", "LAW", "EVENT", "WORK_OF_ART", "LANGUAGE", "CARDINAL"}
# Plain verbs of speech: who is told to say so is a person or a body, and bodies are known by their words.
_SPEECH = {"say", "tell", "add", "write", "argue", "insist", "ask"}


def find_name_spans(reading: Reading, cased: bool) -> Iterator[tuple[int, int]]:
    """First and last token of every run of words that may be a person's name."""
    doc, titles = reading.parsed, roles().titles
    for ent in doc.ents:
        if ent.label_ == "PERSON" or (
            ent.label_ in ("ORG", "GPE", "NORP", "FAC")
            and (_has_office(doc[ent.start], titles) or _is_office_holder(ent))
        ):
            yield from _trim(doc, ent.start, ent.end - 1)
    for token in reading.tokens:
        if token.lower_ in titles and token.i + 1 < len(doc) and _begins_name(doc[token.i + 1], cased):
            yield from _trim(doc, token.i + 1, token.i + 1)
    if cased:
        yield from _unmarked(doc)


def _unmarked(doc: Doc) -> Iterator[tuple[int, int]]:
    """Names that the model overlooks, shown by an office beside them or by what they say.

    "the city's mayor, Borys Filatov, wrote", "Bintou Keita, the outgoing head of ...", "Rustem Umerov told".
    """
    index = 0
    while index < len(doc):
        last = _last_of_name(doc, index)
        if 0 < last - index < _LONGEST_NAME and _is_shown(doc, index, last):
            yield index, last
        index = max(index, last) + 1


def _is_shown(doc: Doc, first: int, last: int) -> bool:
    """Whether an office beside a run of names, or what it says, shows a person."""
    if any(t.ent_type_ in _NO_PERSONS for t in doc[first : last + 1]):
        titled = all(t.ent_type_ == "WORK_OF_ART" for t in doc[first : last + 1])
        return titled and (_has_title_before(doc, first) or _has_title_behind(doc, last))
    body = first > 0 and doc[first - 1].pos_ == "ADP"  # "Ann Lee of Carnegie Europe, the author of ..."
    return _has_title_before(doc, first) or (not body and _has_title_behind(doc, last)) or _speaks(doc[last])


def _last_of_name(doc: Doc, first: int) -> int:
    """The last of a run of capitalised names from `first`, or -1."""
    last = first
    while last < len(doc) and doc[last].pos_ == "PROPN" and _is_capitalised(doc[last]) and _plain(doc[last]):
        last += 1
        if last + 1 < len(doc) and doc[last].lower_ in PARTICLES and _is_capitalised(doc[last + 1]):
            last += 1
        if (
            last + 1 < len(doc)
            and doc[last].text == "-"
            and not doc[last].whitespace_
            and not doc[last - 1].whitespace_
        ):
            last += 1
    return last - 1


def _is_capitalised(token: Token) -> bool:
    return token.text[:1].isupper() and token.text[1:].islower() and token.text.isalpha()


def _has_title_before(doc: Doc, first: int) -> bool:
    if first < 2 or doc[first - 1].text != ",":
        return False
    title = doc[find_title(doc[first], first - 2)]
    return title.lower_ in roles().titles and title.text.islower()


def _has_title_behind(doc: Doc, last: int) -> bool:
    """ ", the outgoing head of", ", a spokesman": an office in lower case before anything ends the phrase."""
    if last + 3 >= len(doc) or doc[last + 1].text != ",":
        return False
    if doc[last + 2].lower_ == "who":
        return True
    if doc[last + 2].pos_ not in ("DET", "PRON", "PROPN", "NOUN", "ADJ"):
        return False
    for token in doc[last + 2 : last + 2 + _LONGEST_OFFICE]:
        if token.text in (",", ".", ";") or token.pos_ in ("VERB", "AUX") or token.lower_ in ("of", "in", "who"):
            return False
        if token.lower_ in roles().titles and token.text.islower():
            return True
    return False


def _speaks(last: Token) -> bool:
    return last.dep_ == "nsubj" and last.head.lemma_ in _SPEECH and last.head.i - last.i <= _NEAR and not last.ent_type_


def _has_office(token: Token, titles: frozenset[str]) -> bool:
    before = token.nbor(-1) if token.i else None
    return before is not None and before.lower_ in titles and token.ent_type_ != "NORP"


def _is_office_holder(ent: Span) -> bool:
    """ "Egypt's foreign minister, Badr Salem,": words in apposition to an office, whatever the model calls them."""
    root = ent.root
    before = ent.start > 1 and ent.doc[ent.start - 1].text == ","
    named = 1 < len(ent) < _LONGEST_NAME and all(t.pos_ == "PROPN" or t.text in _LINKS for t in ent)
    if not named or any(t.lower_ in roles().institutions for t in ent):
        return False
    if before and root.dep_ == "appos":
        return _is_plain_office(root.head)
    described = next((c for c in root.rights if c.dep_ == "appos" and c.left_edge.i == ent.end + 1), None)
    article = any(c.dep_ == "det" for c in root.lefts)
    return described is not None and not article and _is_plain_office(described)


def _is_plain_office(token: Token) -> bool:
    return token.text.islower() and token.lower_ in roles().titles


def _begins_name(token: Token, cased: bool) -> bool:
    if token.lower_ in roles().titles or token.ent_type_ in ("DATE", "NORP", "GPE", "ORG", "LAW", "CARDINAL"):
        return False
    return token.pos_ == "PROPN" and (not cased or token.text[:1].isupper())


def _trim(doc: Doc, first: int, last: int) -> Iterator[tuple[int, int]]:
    """The name alone: offices, honorifics and possessive marks off, particles and their neighbours on."""
    words = roles()
    while first <= last and (
        doc[first].lower_ in words.titles
        or doc[first].lower_ in words.honorifics
        or doc[first].lower_ in words.noise
        or not doc[first].text[0].isalpha()
    ):
        first += 1
    while last >= first and (
        doc[last].lower_ in ("'s", "'") or (not doc[last].text[-1].isalpha() and doc[last].text[-1] != ".")
    ):
        last -= 1
    if first > last:
        return
    for index in range(first + 1, last):
        if doc[index].lower_ in ("'s", ","):
            last = index - 1
            break
    yield _extend_left(doc, first, last), _extend_right(doc, last)


def _extend_right(doc: Doc, last: int) -> int:
    longest = min(len(doc), last + _LONGEST_EXTENSION)
    while last + 1 < longest:
        step = _step(doc, last, 1)
        if not step:
            return last
        last += step
    return last


def _extend_left(doc: Doc, first: int, last: int) -> int:
    """Over a particle ("Salah al-" before "Arouri") or a given name that the model left out."""
    while first > 0 and last - first < _LONGEST_NAME:
        before = doc[first - 1]
        if before.lower_ in PARTICLES and first > 1 and not doc[first - 1].is_sent_start:
            first -= 1
        elif before.text in _LINKS and first > 1 and not before.whitespace_ and not doc[first - 2].whitespace_:
            first -= 2
        elif _is_given_name(doc, first, last) or _is_before_particle(doc[first], before):
            first -= 1
        else:
            return first
    return first


def _is_before_particle(first: Token, before: Token) -> bool:
    return first.lower_ in PARTICLES and before.pos_ == "PROPN" and before.text[:1].isupper() and _plain(before)


def _is_given_name(doc: Doc, first: int, last: int) -> bool:
    """ ", Nuur | Mohamud Sheekh": what stands alone between a comma and a name, and is joined to it."""
    before = doc[first - 1]
    alone = first > 1 and doc[first - 2].text == "," and before.pos_ == "PROPN" and before.text[:1].isupper()
    joined = before.dep_ == "compound" and first <= before.head.i <= last
    known = before.lower_ in roles().titles or before.lower_ in roles().honorifics
    return alone and joined and not known and before.ent_type_ in ("GPE", "ORG", "FAC")


def _plain(token: Token) -> bool:
    words = roles()
    return (
        token.lower_ not in words.titles
        and token.lower_ not in words.honorifics
        and token.ent_type_ not in ("GPE", "NORP", "DATE")
    )


def _ends_name(last: Token, following: Token) -> bool:
    """ "Zaw Min | Tun": the word that the model left out of a name, which is no body of that name ("Biden administration")."""
    words = roles()
    known = following.lower_ in words.institutions or following.lower_ in words.no_person_endings
    return last.ent_type_ == "PERSON" and not following.ent_type_ and not known and _is_capitalised(following)


def _step(doc: Doc, last: int, ahead: int) -> int:
    """How many tokens more belong to a name that ends at `last`."""
    following = doc[last + ahead]
    if following.is_sent_start:
        return 0
    if following.text in _LINKS and not doc[last].whitespace_ and not following.whitespace_ and last + 2 < len(doc):
        return 2 if doc[last + 2].text[:1].isalpha() and doc[last + 2].lower_ != "s" else 0
    if (
        following.lower_ in PARTICLES
        and last + 2 < len(doc)
        and doc[last + 2].text[:1].isupper()
        and following.lower_ != "as"
    ):
        return 2
    if following.lower_ in PARTICLES and last + 3 < len(doc) and doc[last + 2].text == "-":
        return 3
    if (
        following.pos_ == "PROPN"
        and following.text[:1].isupper()
        and (following.dep_ != "nsubj" or _ends_name(doc[last], following))
        and doc[last].dep_ == "compound"
    ):
        return 1 if _plain(following) and doc[last].head.i >= following.i else 0
    return 0
