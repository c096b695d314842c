"""Whose an office is: the body, country, group or place that a text names as its owner."""

from spacy.tokens import Token

from analysis.extract.actor_lexicon import known_actors, roles
from analysis.extract.antecedents import find_antecedent
from analysis.extract.cast import Cast, Mention
from analysis.extract.descriptions import find_named_before
from analysis.extract.names import Person
from analysis.extract.reading import Reading
from analysis.facts import Place

# Groups of which a text says "the group's leader", and the family whose side is its own.
_REFERRING = {
    "group",
    "movement",
    "militia",
    "rebels",
    "organization",
    "organisation",
    "faction",
    "charity",
    "bloc",
    "country",
    "agency",
}
_FAMILY = {
    "brother",
    "sister",
    "son",
    "daughter",
    "husband",
    "wife",
    "widow",
    "mother",
    "father",
    "cousin",
    "uncle",
    "nephew",
    "friend",
    "lawyer",
}
_PLACES = {"GPE", "LOC"}
WHERE = {"in", "at", "from"}
_COUNTRY_WIDE = {6, 7}  # GED where_prec: a country, or no place at all
Owner = str | Person


def stated(reading: Reading, first: int, last: int) -> str:
    """The words of tokens `first` to `last`, blanks made single."""
    tokens = reading.parsed[first : last + 1]
    return " ".join(reading.text[tokens.start_char : tokens.end_char].split())


def side_of(mention: Mention) -> str | None:
    """What a body or country is called where it owns an office: a government's office is its country's."""
    return mention.affiliation if mention.actor_type == "government" else mention.name


def known_within(reading: Reading, first: int, last: int) -> Mention | None:
    """The first known actor that a run of tokens names."""
    tokens = reading.parsed[first : last + 1]
    found = next(iter(known_actors().find(tokens.text)), None)
    if found is None:
        return None
    start, entry = tokens.start_char, found.entry
    return Mention(start + found.start, start + found.end, entry.name, entry.actor_type, entry.party)


def body_at(cast: Cast, token: Token) -> Mention | None:
    """The organisation, country or group (an adjective too) at a token."""
    found = cast.covering(token.idx)
    if found and not found.bearer and found.named and found.actor_type != "person":
        return found
    if not token.text[:1].isupper() and token.text.isalpha() and found is None:
        return None
    entry = next(iter(known_actors().find(token.text)), None)
    if entry is None:
        return None
    return Mention(token.idx, token.idx + len(token), entry.entry.name, entry.entry.actor_type, entry.entry.party)


def possessor_at(reading: Reading, cast: Cast, index: int) -> Owner | None:
    """The possessor that ends at a token: an actor, a person (for that one's side), or a place or body as written."""
    token = reading.parsed[max(0, index)]
    found = cast.covering(token.idx)
    if found and found.bearer:
        return found.bearer
    if token.lower_ in _REFERRING or token.lower_ in roles().institutions or token.lower_ in roles().group_nouns:
        return _institution_at(reading, cast, token)
    actor = body_at(cast, token)
    if actor:
        return side_of(actor)
    return stated(reading, _proper_start(token), token.i) if token.pos_ == "PROPN" else None


def _institution_at(reading: Reading, cast: Cast, token: Token) -> str | None:
    """ "The junta's", "the group's": whom the noun stands for where the text has said it, else its own words."""
    found = cast.covering(token.idx)
    if found is not None and found.named and found.head == token.i and any(map(str.isupper, found.name)):
        return found.name
    meant = find_named_before(reading, token)
    if meant is not None and (token.lower_ in _REFERRING or token.lower_ in meant.name.lower()):
        return side_of(meant)
    first = token.left_edge.i
    owner = next(
        (t.i + 1 for t in reading.parsed[first : token.i] if t.lower_ == "'s" and t.nbor(-1).text.islower()), first
    )
    first = owner if owner > first else first + (reading.parsed[first].pos_ == "DET" and first < token.i)
    return None if token.lower_ in _REFERRING - {"rebels"} else stated(reading, first, token.i)


def _proper_start(token: Token) -> int:
    first = token.i
    while first > token.sent.start and token.doc[first - 1].pos_ == "PROPN":
        first -= 1
    return first


def owner_by_pronoun(reading: Reading, pronoun: Token, office: Token) -> Owner | None:
    """ "Its spokesman", "her deputy", "his predecessor": the body meant, or the person meant for that one's side."""
    if office.lower_ in _FAMILY:
        return None
    found = find_antecedent(reading, pronoun)
    if found is None:
        return None
    return found.bearer or (found.affiliation if found.person else side_of(found))


def owner_within(reading: Reading, cast: Cast, first: int, last: int) -> Owner | None:
    """The body, country, person or place that a phrase behind an office names: "of South Kivu", "to Omar Saleh"."""
    doc = reading.parsed
    mentions = [cast.covering(doc[index].idx) for index in range(first, last + 1)]
    bearer = next((m.bearer for m in mentions if m and m.bearer), None)
    if bearer is not None:
        return bearer
    named = next(
        (m for m in mentions if m and m.named and m.actor_type != "government" and any(map(str.isupper, m.name))), None
    )
    known = (
        named
        or known_within(reading, first, last)
        or next((o for i in range(first, last + 1) if (o := body_at(cast, doc[i]))), None)
    )
    if known is not None:
        return _body_around(reading, known) or side_of(known)
    places = range(first, last + 1) if doc[first].lower_ not in WHERE else ()  # "a trader in Sevare" is nobody's
    proper = next((i for i in places if doc[i].pos_ == "PROPN"), None)
    if proper is not None:
        end = proper
        while end < last and (doc[end + 1].pos_ == "PROPN" or doc[end + 1].text == "-"):
            end += 1
        return stated(reading, proper, end)
    body = next((doc[i] for i in range(first, last + 1) if doc[i].lower_ in roles().institutions), None)
    return _institution_at(reading, cast, body) if body is not None else None


def _body_around(reading: Reading, known: Mention) -> str | None:
    """ "The United States Institute of Peace": a body whose name begins with a country's."""
    first = reading.token_at(known.start)
    body = next((e for e in first.sent.ents if e.label_ == "ORG" and e.start_char <= known.start < e.end_char), None)
    if body is None or known.actor_type != "government" or not any(t.lower_ == "of" for t in body):
        return None
    start = body.start + (body[0].lower_ == "the")
    following = body.doc[reading.token_at(known.end - 1).i + 1]
    own = start == first.i and following.text[:1].isupper() and following.lower_ in roles().institutions
    return stated(reading, start, body.end - 1) if own and following.lower_ not in roles().proper_institutions else None


def seat_before(reading: Reading, offset: int) -> str | None:
    """The town or region told last before an offset, in the same paragraph: whose mayor or governor is meant."""
    first = reading.paragraphs[reading.paragraph_at(offset)]
    seats = [p for p in reading.of(Place) if first <= p.start < offset and p.where_prec not in _COUNTRY_WIDE]
    return max(seats, key=lambda p: p.start).name if seats else None


def place_before(token: Token) -> bool:
    """Whether a word before an office names a town or region that it is held in: "Belgorod governor"."""
    return token.pos_ == "PROPN" and token.ent_type_ in _PLACES
