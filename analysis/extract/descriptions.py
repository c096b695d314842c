"""Whom a noun phrase stands for: a name at its head or beside it, "the group", "the official", or its own words."""

from bisect import bisect_right

from spacy.tokens import Doc, Span, Token

from analysis.extract.actor_lexicon import roles
from analysis.extract.cast import Cast, Mention
from analysis.extract.mentions import cast_of
from analysis.extract.reading import Reading

_FORWARD_SENTENCES = 2
_LONGEST_NAME_AS_STATED = 10


def name_phrase(reading: Reading, span: Span) -> str | None:
    """The canonical name for a noun phrase that is no pronoun, or None where nobody plainly is meant."""
    cast, head = cast_of(reading), span.root
    named = _mention_of(cast, span, head)
    if named is not None and named.named and (named.bearer or named.actor_type != "person"):
        return named.name
    antecedent = _defined(reading, cast, span, head, named)
    if antecedent is not None:
        return antecedent.name
    told = named and _told_later(reading, named)
    if told is not None:
        return told.name
    if named is not None:
        return named.name
    return _as_stated(reading, span, head)


def sentence_number(reading: Reading, token: Token) -> int:
    """The number of the sentence that holds a token."""
    return max(0, bisect_right(reading._sentence_starts, token.idx) - 1)


def _mention_of(cast: Cast, span: Span, head: Token) -> Mention | None:
    """The mention that the phrase is about: at its head, beside it in apposition, or the only one in a name."""
    inside = cast.between(span.start_char, span.end_char)
    person_beside = next((m for m in inside if m.bearer and _in_apposition(span.doc[m.head], head)), None)
    if person_beside:
        return person_beside
    behind = inside[-1] if inside and inside[-1].bearer else None
    rest = [] if behind is None else [t for t in span if t.idx >= behind.end]
    if behind is not None and all(t.is_punct or t.like_num for t in rest) and _is_title_with_name(span, head, behind):
        return behind
    found = cast.covering(head.idx)
    if found and found.end > span.start_char:
        return found
    return next(
        (m for m in inside if m.bearer and span.doc[m.head].head == head and span.doc[m.head].dep_ == "compound"), None
    )


def _is_title_with_name(span: Span, head: Token, person: Mention) -> bool:
    """ "The chief of the mission in Colombia, Pavel Novak": an office, a comma, and the name that ends the phrase."""
    before = span.doc[max(span.start, head.i) : person.head + 1]
    comma = [t.i for t in before if t.text == ","]
    name = (
        all(t.pos_ == "PROPN" or t.text == "-" for t in span.doc[comma[-1] + 1 : person.head + 1]) if comma else False
    )
    return len(comma) == 1 and name and (head.lower_ in roles().titles or head.lower_ in roles().person_nouns)


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
    matter = [c.lower_ for c in head.lefts if c.dep_ in ("compound", "amod")]
    for mention in cast.earlier(span.start_char):
        other = not mention.person and head.lower_ in roles().institutions  # "the defence ministry" is no foreign one
        if _fits(mention, head, reading) and not (other and any(word not in mention.name.lower() for word in matter)):
            return mention
    return None


def find_named_before(reading: Reading, head: Token) -> Mention | None:
    """The last body or group named before that a bare noun ("the group", "the government") can stand for.

    "The rebels" are the one group in arms that the text has named, not an arm of a state; of several, none.
    """
    if head.lower_ == "rebels":
        groups = [
            m
            for m in cast_of(reading).between(0, head.idx)
            if m.actor_type == "armed_group" and m.affiliation == m.name
        ]
        return groups[-1] if len({m.name for m in groups}) == 1 else None
    matter = [c.lower_ for c in head.lefts if c.dep_ in ("compound", "amod")]
    for mention in cast_of(reading).earlier(head.idx):
        if not mention.named or mention.person or not any(map(str.isupper, mention.name)):
            continue
        if all(word in mention.name.lower() for word in matter) and _fits(mention, head, reading):
            return mention
    return None


def _fits(mention: Mention, head: Token, reading: Reading) -> bool:
    noun = head.lemma_.lower()
    if head.tag_ in ("NNS", "NNPS"):
        return (
            mention.plural and reading.parsed[mention.head].lemma_.lower() == noun and mention.affiliation is not None
        )
    if mention.bearer is not None:
        role = (mention.bearer.role or "").lower().split()
        rank = reading.parsed[max(0, reading.token_at(mention.start).i - 1)].lower_
        return noun in (role[:1] + role[-1:]) or noun == rank or (noun == "official" and bool(role))
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


def _told_later(reading: Reading, described: Mention) -> Mention | None:
    """ "An official said ... the official, Ali Haddad": the name that the next sentences give to a description."""
    noun = reading.parsed[described.head].lower_
    if described.plural or not described.person:
        return None
    here = sentence_number(reading, reading.parsed[described.head])
    limit = reading.sentences[min(here + _FORWARD_SENTENCES, len(reading.sentences) - 1)].end_char
    for mention in cast_of(reading).between(described.end, limit):
        if mention.bearer is not None and _is_the(reading.parsed, reading.token_at(mention.start).i, noun):
            return mention
    return None


def _is_the(doc: Doc, first: int, noun: str) -> bool:
    """Whether "the <noun>," stands right before a name."""
    return first > 2 and doc[first - 1].text == "," and doc[first - 2].lower_ == noun and doc[first - 3].lower_ == "the"
