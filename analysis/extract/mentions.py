"""Everyone and everything that acts or speaks in a document: each mention, and the one canonical name behind it."""

from collections.abc import Iterator
from functools import lru_cache

from spacy.tokens import Token

from analysis.extract.actor_lexicon import Found, is_qualifying, known_actors, roles
from analysis.extract.boundaries import dateline_ends
from analysis.extract.cast import Cast, Mention
from analysis.extract.hand_actors import hand_actors, merge_found, name_persons
from analysis.extract.institution_names import DETERMINERS, LONGEST_DESCRIPTION, institution_name, stated_name
from analysis.extract.people import PersonMention, find_people
from analysis.extract.place_words import DIVISIONS
from analysis.extract.reading import Reading

NOTE = "mentions"
# Left of a head noun, these belong to its name or description.
_LEFT = {"compound", "amod", "poss", "nmod", "det", "nummod", "case", "punct", "advmod", "npadvmod"}
# Prepositions that continue an institution or an office ("ministry of health", "spokesman for the army").
_CONTINUING = {"of", "for", "at", "in", "from"}
_WHERE = {"at", "in", "from"}
_CAPITALS_OF_MIXED_TEXT = 0.005


def cast_of(reading: Reading) -> Cast:
    """The cast of a document, made once."""
    if NOTE not in reading.notes:
        nested: list[Mention] = []
        found = sorted(_find_mentions(reading, nested), key=lambda m: m.start)
        everyone = sorted((*found, *nested), key=lambda m: m.start)
        reading.notes[NOTE] = Cast(found, [mention.start for mention in found], everyone)
    return reading.notes[NOTE]


def is_cased(text: str) -> bool:
    """Whether a text tells names by capitals."""
    sample = text[:4000]
    return sum(map(str.isupper, sample)) > _CAPITALS_OF_MIXED_TEXT * len(sample)


def _find_mentions(reading: Reading, nested: list[Mention]) -> Iterator[Mention]:
    """The mentions, none within another; known names within descriptions of persons are put into `nested`."""
    shadow = reading.shadow
    cased = is_cased(shadow)
    hand = hand_actors(reading)
    known = merge_found(list(hand.bodies.find(shadow, cased)), list(known_actors().find(shadow, cased)))
    # Behind the place of a dateline stands who sent the report, and no person.
    ahead = next(iter(dateline_ends(reading.text)), 0)
    people = [person for person in find_people(reading, known, cased) if person.start >= ahead]
    name_persons(list({id(p.person): p.person for p in people}.values()), hand)
    owned = {index for person in people for index in range(person.first, person.last + 1)}
    by_token = {reading.token_at(found.start).i: found for found in known}
    described = list(_find_described(reading, by_token, owned))
    covered = [(m.start, m.end) for m in described] + [(p.start, p.end) for p in people]
    yield from described
    yield from (_person_mention(person) for person in people)
    yield from _find_known(reading, known, covered)
    owned_spans = [(p.start, p.end) for p in people] + [(m.start, m.end) for m in described if m.named]
    nested += [
        m
        for m in _find_known(reading, known, owned_spans)
        if (m.start, m.end) not in covered and _is_inside(m, described)
    ]


def _is_inside(mention: Mention, described: list[Mention]) -> bool:
    return any(d.start <= mention.start and mention.end <= d.end for d in described)


def _person_mention(found: PersonMention) -> Mention:
    person = found.person
    return Mention(
        found.start, found.end, person.name, "person", person.affiliation, True, gender=person.gender, head=found.last,
        bearer=person,
    )  # fmt: skip


def _find_known(reading: Reading, known: list[Found], covered: list[tuple[int, int]]) -> Iterator[Mention]:
    ahead = next(iter(dateline_ends(reading.text)), 0)
    line = reading.text.rfind("\n", 0, ahead) + 1
    for found in known:
        entry = found.entry
        if (entry.actor_type == "government" and line <= found.start < ahead) or _is_part_of_medium(reading, found):
            continue
        if any(start < found.end and found.start < end for start, end in covered):
            continue
        head = reading.token_at(found.end - 1)
        if entry.adjective and not (
            head.tag_ in ("NNPS", "NNS") and head.dep_ in ("nsubj", "dobj", "pobj", "nsubjpass", "conj")
        ):
            continue
        if entry.seat and head.dep_ not in ("nsubj", "poss"):
            continue
        yield Mention(
            found.start, found.end, entry.name, entry.actor_type, entry.party, plural=entry.adjective, head=head.i
        )


def _is_part_of_medium(reading: Reading, found: Found) -> bool:
    """ "The Yemen Observer", "Radio Sudan": a country within the name of a medium does nothing."""
    if found.entry.actor_type != "government" or found.entry.adjective:
        return False
    last = reading.token_at(found.end - 1).i
    for index in (last + 1, reading.token_at(found.start).i - 1):
        near = reading.parsed[index] if 0 <= index < len(reading.parsed) else None
        if near is not None and near.text[:1].isupper() and near.lower_ in roles().media_words:
            return True
    return False


def _find_described(reading: Reading, known: dict[int, Found], owned: set[int]) -> Iterator[Mention]:
    reached, named, kinds = -1, _named_tokens(reading, known), _kinds()
    for token in reading.tokens:
        kind = kinds.get(token.lower_)
        if kind is None or token.i <= reached or token.i in owned or token.i in named:
            continue
        if token.pos_ not in ("NOUN", "PROPN") or (token.dep_ in ("compound", "amod") and token.head.i > token.i):
            continue
        if is_qualifying(reading.shadow, token.idx + len(token)):
            continue
        mention = _describe(reading, token, kind, known, owned)
        if mention:
            yield mention
            reached = reading.token_at(mention.end - 1).i


def _named_tokens(reading: Reading, known: dict[int, Found]) -> set[int]:
    spans = [(first, found) for first, found in known.items() if not found.entry.adjective]
    return {i for first, found in spans for i in range(first, reading.token_at(found.end - 1).i + 1)}


@lru_cache(maxsize=1)
def _kinds() -> dict[str, str]:
    """Head noun -> what it makes: a person, a crowd, or a kind of institution."""
    lists = roles()
    crowds, persons = dict.fromkeys(lists.group_nouns, "crowd"), dict.fromkeys(lists.person_nouns, "person")
    return lists.institutions | crowds | persons


def _describe(reading: Reading, head: Token, kind: str, known: dict[int, Found], owned: set[int]) -> Mention | None:
    """An office, crowd or institution with its modifiers: "Gaza's civil defense agency", "a Hamas spokesperson"."""
    first = _first_token(head, owned)
    owner = next((known[i] for i in range(first, head.i + 1) if i in known), None)
    last = head.i
    if owner is None or kind == "person":
        last, owner = _continue_right(reading, head, known, owned, owner, kind == "person")
    if kind in ("organisation", "media") and not _is_institution(head, owner):
        return None
    if owner is not None and _only_says_again(reading, head, owner):
        entry = owner.entry
        return Mention(owner.start, head.idx + len(head), entry.name, entry.actor_type, entry.party, head=head.i)
    if first <= head.i - 1 and reading.parsed[first].lower_ in DETERMINERS:
        first += 1
    start, last_token = reading.parsed[first].idx, reading.parsed[last]
    end = last_token.idx + len(last_token)
    party = owner.entry.party if owner else None
    name = (
        institution_name(reading, first, last, head, owner)
        if kind in ("organisation", "media")
        else stated_name(reading, start, end)
    )
    person = next((c for c in head.lefts if c.dep_ == "poss" and c.i in owned), None)
    if person is not None and kind == "organisation":  # "Nawaf Salam's office"
        given = person.i
        while given - 1 in owned:
            given -= 1
        name = f"{stated_name(reading, reading.parsed[given].idx, person.idx + len(person))}'s {name}"
    plural = kind == "crowd" or head.tag_ in ("NNS", "NNPS")
    gender = roles().genders.get(head.lower_)
    actor_type = "person" if kind in ("person", "crowd") else _refined_type(kind, owner)
    return Mention(
        start, end, name, actor_type, party, kind == "person", kind in ("organisation", "media"), plural, gender, head.i
    )


def _only_says_again(reading: Reading, head: Token, owner: Found) -> bool:
    """ "The ELN guerrilla group", "the Hamas movement": the group itself, by a common noun."""
    own = owner.entry.actor_type != "government" and owner.end <= head.idx
    between = reading.parsed[reading.token_at(owner.end - 1).i + 1 : head.i]
    medium = owner.entry.actor_type == "media" and roles().institutions.get(head.lower_) == "media"
    return (
        own
        and (medium or head.lower_ in roles().generic_groups)
        and all(t.text.islower() and t.pos_ != "PART" for t in between)
    )


def _refined_type(kind: str, owner: Found | None) -> str:
    if kind == "organisation" and owner is not None and owner.entry.actor_type in ("armed_group", "un_body"):
        return owner.entry.actor_type
    return kind


def _first_token(head: Token, owned: set[int]) -> int:
    first = head.i
    for left in reversed(list(head.lefts)):
        if left.dep_ not in _LEFT or left.text in (",", '"', "(", ";") or left.pos_ == "VERB":
            break
        edge = left.left_edge.i
        if first - edge > LONGEST_DESCRIPTION or any(i in owned for i in range(edge, first)):
            break
        first = edge
    return first


def _continue_right(
    reading: Reading, head: Token, known: dict[int, Found], owned: set[int], owner: Found | None, person: bool
) -> tuple[int, Found | None]:
    """Over "of health", "for the Israeli army", of persons also "in Gaza": as far as a short prepositional phrase goes."""
    doc, index = reading.parsed, head.i + 1
    if not person and index < len(doc) and doc[index].lower_ in _WHERE:
        return head.i, owner
    if index + 1 >= len(doc) or doc[index].lower_ not in _CONTINUING or doc[index].head.i != head.i:
        return head.i, owner
    edge = min(doc[index].right_edge.i, head.i + LONGEST_DESCRIPTION)
    found = next((known[i] for i in range(index, edge + 1) if i in known), None)
    if (found is None and doc[index].lower_ not in ("of", "for")) or any(i in owned for i in range(index, edge + 1)):
        return head.i, owner
    inner = next((c for c in doc[index].children if c.dep_ == "pobj"), None)
    if inner is None or inner.i > edge or any(t.text in (",", '"', "(") for t in doc[index : inner.i + 1]):
        return head.i, owner
    last = max(
        inner.i, reading.token_at(found.end - 1).i if found and found.start < inner.idx + len(inner) else inner.i
    )
    return last, owner or found


def _is_institution(head: Token, owner: Found | None) -> bool:
    """Whether a country or a proper name makes one ("Gaza's civil defense agency"); a state's campaign is none."""
    if (
        head.lower_ in roles().proper_only
        and head.text.islower()
        and (owner is None or owner.entry.actor_type == "government")
    ):
        return False
    if _is_division(head):
        return False
    if owner is not None and owner.entry.actor_type == "government":
        return head.lower_ != "campaign"
    return owner is not None or head.tag_ in ("NNP", "NNPS") or any(child.tag_ == "NNP" for child in head.lefts)


def _is_division(head: Token) -> bool:
    """ "The eastern department of Arauca": a part of a country, where "department" else is a ministry."""
    return head.lower_ in DIVISIONS and any(child.lower_.endswith("ern") for child in head.lefts)
