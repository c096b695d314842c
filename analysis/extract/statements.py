"""Statements: what was said, by whom, how, to whom and where, and what side it takes on a ceasefire."""

from collections.abc import Iterator

from analysis.extract.actor_lexicon import roles
from analysis.extract.actors import party
from analysis.extract.antecedents import find_antecedent
from analysis.extract.attribution import Attribution, attribution
from analysis.extract.coreference import resolve
from analysis.extract.cues import cues
from analysis.extract.descriptions import find_named_before
from analysis.extract.joint_speakers import find_speakers, join_names
from analysis.extract.mentions import cast_of
from analysis.extract.papers import find_paper_speaker
from analysis.extract.quotes import quotes_of
from analysis.extract.reading import Reading
from analysis.extract.said_conditions import find_condition
from analysis.extract.sayings import Saying, find_sayings
from analysis.extract.speakers import OWN_SIDES
from analysis.extract.stance import find_modality, find_stance
from analysis.facts import Cue, Stance, Statement

__all__ = ["Attribution", "attribution", "find_facts"]

_DIRECT_SHARE = 0.9
_POSSESSIVES = {"its", "his", "her", "their", "whose"}
_OWN = {"its", "his", "her", "their", "our", "it", "they", "he", "she", "we"}
_OF_A_SIDE = {"accepts", "rejects", "conditionally_open"}
_CLAUSES = {"clause", "that", "tail", "parenthesis", "according", "account"}
# Frames that hold no sentence: marks in them enclose a fragment.
_PHRASES = {"infinitive", "object", "complement", "preposition", "address", "gerund", "raising"}
_VENUE_PREPOSITIONS = {"on", "in", "at", "during", "via", "through", "to"}


def find_facts(reading: Reading) -> Iterator[Statement]:
    """One statement for each cue with a content."""
    previous: str | None = None
    for saying in find_sayings(reading):
        speakers = find_speakers(reading, saying)
        speaker, relayed_by = (speakers[0], []) if speakers else find_speaker(reading, saying, previous)
        statement = _statement(reading, saying, speaker, relayed_by)
        yield _spoken_together(reading, statement, speakers) if speakers else statement
        previous = speaker or previous


def _spoken_together(reading: Reading, statement: Statement, speakers: list[str]) -> Statement:
    """A statement of several; the party spoken for is that of all, else none."""
    sides = {party(name, reading) for name in speakers}
    holder = statement.holder if len(sides) == 1 else None
    return statement.model_copy(update={"speaker": join_names(speakers), "holder": holder})


def _statement(reading: Reading, saying: Saying, speaker: str | None, relayed_by: list[str]) -> Statement:
    content = saying.content
    words = reading.text[content.start : content.end]
    modality = find_modality(saying, words)
    condition = find_condition(words)
    if condition and modality == "asserted":
        modality = "conditional"
    text = reading.text[saying.cue_start : saying.cue_end]
    holder = (party(speaker, reading) if speaker else None) or _side_of_owner(reading, saying)
    return reading.fact(
        Statement, content.start, content.end, rule=f"statements.{content.frame}",
        speaker=speaker, holder=holder, mode=find_mode(reading, saying),
        stance=_own_stance(reading, saying, speaker, holder, find_stance(saying, words, condition)),
        condition=condition, modality=modality,
        asserted_by=None if relayed_by else speaker, relayed_by=relayed_by,
        addressee=_addressee(reading, saying), venue=find_venue(reading, saying),
        cue=Cue(start=saying.cue_start, end=saying.cue_end, text=text),
    )  # fmt: skip


def _own_stance(reading: Reading, saying: Saying, speaker: str | None, holder: str | None, stance: Stance) -> Stance:
    """A report of another side's yes or no is no yes or no of the speaker's own."""
    if stance not in _OF_A_SIDE or saying.content.frame not in _CLAUSES or speaker is None:
        return stance
    first, last = reading.token_at(saying.content.start).i, reading.token_at(saying.content.end - 1).i
    if holder is None and saying.speaker is not None and saying.speaker.tag_ == "NNS":
        return "informs"  # sources, witnesses and analysts take no side
    head = next((t for t in reading.parsed[first : last + 1] if t.dep_ in ("nsubj", "nsubjpass")), None)
    if head is None or any(c.lower_ in _OWN for c in head.subtree):
        return stance
    subject = cast_of(reading).covering(head.idx)
    if subject is None and head.lower_ not in roles().institutions and head.lower_ not in roles().group_nouns:
        return stance
    words = reading.parsed[head.left_edge.i : head.i + 1]
    meant = resolve(reading, words.start_char, words.end_char)
    own = {speaker, holder} - {None}
    if {meant, meant and party(meant, reading), subject and subject.affiliation} & own:
        return stance
    return stance if holder is None and not (subject and subject.named) else "informs"


def find_mode(reading: Reading, saying: Saying) -> str:
    """`direct` where marks of quotation hold (nearly) all, `mixed` where they hold a part."""
    start, end = saying.content.start, saying.content.end
    quoted = [q for q in quotes_of(reading).items if q.start < end and start < q.end]
    if not quoted:
        return "indirect"
    if saying.content.frame in _PHRASES:
        return "mixed"
    if saying.content.frame == "quote" and quoted[0].start == start:
        return "direct"
    covered = sum(min(end, q.end) - max(start, q.start) for q in quoted)
    return "direct" if quoted[0].start <= start and covered >= _DIRECT_SHARE * (end - start) else "mixed"


def find_speaker(reading: Reading, saying: Saying, previous: str | None) -> tuple[str | None, list[str]]:
    """The canonical speaker and who relays: "Israeli media reports suggest" is the media's word for somebody unnamed."""
    if saying.speaker is None or saying.speaker_edges is None:
        return None, []
    head, (first, last) = saying.speaker, saying.speaker_edges
    if head.lower_ in cues().papers or head.lemma_.lower() in cues().tallies:
        return find_paper_speaker(reading, head, previous)
    tokens = reading.parsed[first : last + 1]
    if head.lower_ in OWN_SIDES:
        side = _side_of_owner(reading, saying)
        if side is not None:
            return side, []
    return resolve(reading, tokens.start_char, tokens.end_char), []


def _side_of_owner(reading: Reading, saying: Saying) -> str | None:
    """The side of "its defence minister", "whose country": that of whom the possessive stands for."""
    head = saying.speaker
    country = (
        next((c for c in head.lefts if c.dep_ == "poss" and c.lower_ == "country"), None) if head is not None else None
    )
    if country is not None:
        named = find_named_before(reading, country)
        return named.affiliation if named is not None else None
    owner = (
        next((c for c in head.lefts if c.dep_ == "poss" and c.lower_ in _POSSESSIVES), None)
        if head is not None
        else None
    )
    if head is None or owner is None:
        return None
    relative = owner.lower_ == "whose" and saying.cue.dep_ == "relcl"
    found = cast_of(reading).covering(saying.cue.head.idx) if relative else None
    found = found or (find_antecedent(reading, owner) if owner.lower_ != "whose" else None)
    if found is None:
        return None
    return found.bearer.affiliation if found.bearer else found.affiliation or (None if found.person else found.name)


def _addressee(reading: Reading, saying: Saying) -> str | None:
    token = saying.addressee
    if token is None:
        return None
    return resolve(reading, token.left_edge.idx, token.right_edge.idx + len(token.right_edge))


def find_venue(reading: Reading, saying: Saying) -> str | None:
    """ "on Israeli public radio", "in a statement": a place to speak, hung on the cue."""
    for child in saying.cue.children:
        if child.dep_ != "prep" or child.lower_ not in _VENUE_PREPOSITIONS:
            continue
        place = next((c for c in child.children if c.dep_ == "pobj"), None)
        if place is not None and (place.lower_ in cues().venues or place.lemma_.lower() in cues().venues):
            first = place.left_edge.i
            if reading.parsed[first].dep_ == "det" and first < place.i:
                first += 1
            words = reading.parsed[first : place.i + 1]
            return " ".join(reading.text[words.start_char : words.end_char].split())
    return None
