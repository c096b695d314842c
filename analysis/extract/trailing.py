"""Who says a count, where the end of its sentence tells and the parse hides it: "..., killing 12, the governor, A B, said"."""

from dataclasses import dataclass

from spacy.tokens import Token

from analysis.extract.coreference import resolve
from analysis.extract.dependents import FINITE
from analysis.extract.mentions import cast_of
from analysis.extract.reading import Reading
from analysis.facts import Cue

_VERBS = {"say", "report", "announce", "tell", "write", "add", "confirm"}
_VERBAL = {"MD", "VB", "VBN"}  # what is said follows the verb then
_MEDIA = {"media", "newspapers", "newspaper", "press", "broadcaster", "broadcasters", "outlets"}
LONGEST_TAIL = 10  # tokens after the verb: "said in a statement on Sunday"
LONGEST_SPEAKER = 12  # tokens of "the regional governor, Oleh Syniehubov,"


@dataclass(frozen=True)
class Trailing:
    """Who says it, null where the words name nobody; the media that pass it on; the verb."""

    name: str | None
    media: list[str]
    cue: Cue


def find_trailing(reading: Reading, end: int) -> Trailing | None:
    """The attribution at the end of the sentence that holds the words before `end`."""
    sentence = reading.sentence_at(max(0, end - 1))
    tokens = reading.tokens[sentence.start : sentence.end]
    verb = next((t for t in reversed(tokens[-LONGEST_TAIL - 1 :]) if t.tag_ in FINITE or _is_untagged(t)), None)
    if verb is None or verb.idx < end or verb.lemma_.lower() not in _VERBS:
        return None
    if any(t.lower_ in ("that", '"', ":") or t.tag_ in _VERBAL for t in reading.tokens[verb.i + 1 : sentence.end]):
        return None
    speaker = _speaker(reading, verb, end)
    if not speaker:
        return None
    words = reading.text[verb.idx : verb.idx + len(verb)]
    media, others = _part_media(speaker)
    name = _name(reading, others) if others else None
    return Trailing(
        name,
        [reading.text[m[0].idx : m[-1].idx + len(m[-1])] for m in media],
        Cue(start=verb.idx, end=verb.idx + len(verb), text=words),
    )


def _is_untagged(token: Token) -> bool:
    """ "..., local media and a rescue group reported on Tuesday", taken for a participle."""
    following = token.doc[token.i + 1].lower_ if token.i + 1 < len(token.doc) else ""
    passive = following == "by" or any(child.dep_ in ("aux", "auxpass") for child in token.lefts)
    return token.tag_ == "VBN" and token.lemma_.lower() in _VERBS and not passive


def _speaker(reading: Reading, verb: Token, end: int) -> list[Token]:
    """The words between the last comma and the verb; between two commas where one stands right before it."""
    before = reading.tokens[max(verb.i - LONGEST_SPEAKER, 0) : verb.i]
    if before and before[-1].text == ",":
        before = before[:-1]
    commas = [at for at, token in enumerate(before) if token.text == ","]
    words = before[commas[-1] + 1 :] if commas else []
    if not words or words[0].idx < end or any(t.tag_ in FINITE or t.tag_[0] == "W" for t in words):
        return []
    return words if words[-1].pos_ in ("NOUN", "PROPN", "PRON") else []


def _name(reading: Reading, words: list[Token]) -> str | None:
    """The name that ends the phrase, else what the phrase stands for."""
    start, end = words[0].idx, words[-1].idx + len(words[-1])
    named = [m for m in cast_of(reading).between(start, end) if m.named and m.end == end]
    if named:
        return named[-1].name
    plain = words[1:] if words[0].pos_ == "DET" else words
    return resolve(reading, start, end) or (reading.text[plain[0].idx : end] if plain else None)


def _part_media(words: list[Token]) -> tuple[list[list[Token]], list[Token]]:
    """ "Local media and a rescue group": who prints apart from who says."""
    joint = next((at for at, token in enumerate(words) if token.lower_ == "and"), len(words))
    groups = [group for group in (words[:joint], words[joint + 1 :]) if group]
    media = [group for group in groups if group[-1].lower_ in _MEDIA]
    return media, words if not media else [token for group in groups if group not in media for token in group]
