"""Several who say one thing together: "Egypt's foreign minister, A, and his Saudi counterpart, B, said"."""

from spacy.tokens import Token

from analysis.extract.antecedents import PRONOUNS
from analysis.extract.coreference import resolve
from analysis.extract.mentions import cast_of
from analysis.extract.reading import Reading
from analysis.extract.saying import Saying

_LONGEST_CHAIN = 6
_EDGES = {",", "both", "and", "or"}


def find_speakers(reading: Reading, saying: Saying) -> list[str]:
    """The canonical names of all who say something together, in order; empty where one alone speaks or one has no name."""
    if saying.speaker is None or saying.speaker_edges is None:
        return []
    first, last = saying.speaker_edges
    first = _over_first_subject(saying, first)
    cuts = [t.i for t in reading.parsed[first : last + 1] if _joins(reading, t, saying, first)]
    if not cuts:
        return []
    starts, ends = [first, *(cut + 1 for cut in cuts)], [*(cut - 1 for cut in cuts), last]
    names = [_name_of(reading, start, end) for start, end in zip(starts, ends, strict=True)]
    told = [name for name in names if name]
    return told if len(told) == len(names) == len(set(told)) else []


def _over_first_subject(saying: Saying, first: int) -> int:
    """Back over a subject that the parser gives a verb beside the next: "Ann Lee and Bo Day called"."""
    others = [c for c in saying.cue.lefts if c.dep_ == "nsubj" and c.right_edge.i < first]
    if not others or "and" not in (t.lower_ for t in saying.cue.doc[others[-1].i : first]):
        return first
    return int(others[-1].left_edge.i)


def join_names(names: list[str]) -> str:
    """
    >>> join_names(["A", "B", "C"])
    'A, B and C'
    """
    return f"{', '.join(names[:-1])} and {names[-1]}"


def _joins(reading: Reading, word: Token, saying: Saying, first: int) -> bool:
    """Whether an "and" joins speakers, not parts of one's description; a comma, whether it parts names in a row."""
    last = saying.speaker_edges[1] if saying.speaker_edges else word.i
    if word.text == ",":
        return _in_row(reading, word, first, last)
    if word.lower_ != "and" or cast_of(reading).covering(word.idx) is not None or saying.speaker is None:
        return False
    return _between_persons(reading, word, saying.speaker, first, last) or _hangs_on(word, saying.speaker)


def _hangs_on(word: Token, speaker: Token) -> bool:
    above = word.head
    for _ in range(_LONGEST_CHAIN):
        if above == speaker:
            return True
        if above.dep_ not in ("conj", "appos", "compound") or above.head == above:
            return False
        above = above.head
    return False


def _between_persons(reading: Reading, word: Token, speaker: Token, first: int, last: int) -> bool:
    """ "its envoy there, Ann Lee, and her deputy, Bo Day": whatever the parser makes of it, but not "an aide to A and B"."""
    doc, cast = reading.parsed, cast_of(reading)
    before = word.i - 1 - (doc[word.i - 1].text == ",")
    left = cast.covering(doc[before].idx)
    ahead = doc[word.i + 1 : last + 1]
    right = next((m for t in ahead if (m := cast.covering(t.idx)) and m.bearer), None)
    if (
        left is None
        or left.bearer is None
        or right is None
        or any(t.pos_ in ("VERB", "AUX") for t in ahead if t.idx < right.start)
    ):
        return False
    start = reading.token_at(left.start).i
    described = doc[first:start]
    apart = start > first and doc[start - 1].text == ","
    return left.start <= speaker.idx < left.end or apart or not any(t.pos_ in ("ADP", "VERB") for t in described)


def _in_row(reading: Reading, comma: Token, first: int, last: int) -> bool:
    """ "Turkey, Saudi Arabia and Jordan": names alone between the joints."""
    doc, cast = reading.parsed, cast_of(reading)
    end = next((t.i for t in doc[comma.i + 1 : last + 1] if t.lower_ in (",", "and")), None)
    if end is None or end == comma.i + 1 or comma.i == first:
        return False
    before, behind = cast.covering(doc[comma.i - 1].idx), cast.covering(doc[comma.i + 1].idx)
    if before is None or behind is None or not before.named or not behind.named:
        return False
    whole = behind.end >= doc[end - 1].idx + len(doc[end - 1])
    return whole and (before.bearer is None) == (behind.bearer is None)


def _name_of(reading: Reading, first: int, last: int) -> str | None:
    """The name of a person or body in a part of the phrase."""
    doc = reading.parsed
    while first < last and (doc[first].lower_ in _EDGES or doc[first].is_punct):
        first += 1
    while last > first and (doc[last].lower_ in _EDGES or doc[last].is_punct):
        last -= 1
    if first > last:
        return None
    words = doc[first : last + 1]
    named = [m for m in cast_of(reading).between(words.start_char, words.end_char) if m.bearer or m.named]
    if not named and words.root.lower_ not in PRONOUNS:
        return None
    person = next((m for m in named if m.bearer), None)
    return person.name if person is not None else resolve(reading, words.start_char, words.end_char)
