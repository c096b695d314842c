"""Kinds that a word leaves open: what "strike" means where no weapon stands beside it, whether "fighting broke out" began a war."""

from collections import Counter
from collections.abc import Iterable
from typing import Any

from spacy.tokens import Token

from analysis.extract import dependents
from analysis.extract.reading import Reading
from analysis.extract.trigger_lexicon import load_lexicon
from analysis.extract.triggers import Trigger

WEAPONS = {
    "air_strike": ("airstrike", "warplane", "jet", "aircraft", "helicopter", "air", "aerial", "airstrikes"),
    "shelling": ("artillery", "mortar", "shell", "howitzer"),
    "rocket_missile": ("missile", "rocket"),
    "drone_strike": ("drone",),
}


def settle_type(reading: Reading, trigger: Trigger, place: dict[str, Any]) -> str:
    """The type that a trigger's rule names, or what the text around it makes of it."""
    if trigger.event_type == "strike":
        return settle_strike(reading, trigger.start)
    if trigger.event_type == "conflict_onset" and _is_local_fight(trigger, place):
        return "armed_clash"
    return trigger.event_type


def settle_strike(reading: Reading, start: int) -> str:
    """What "strike" means: by the weapons its paragraph names, else those of the document, `attack` where none is named."""
    settled: dict[int, str] = reading.notes.setdefault("strikes", {})
    number = reading.paragraph_at(start)
    if number not in settled:
        limits = [*reading.paragraphs, len(reading.text)]
        first, last = reading.token_at(limits[number]).i, reading.token_at(limits[number + 1]).i
        settled[number] = _heaviest(reading.tokens[first : last + 1]) or _of_document(reading)
    return settled[number]


def _of_document(reading: Reading) -> str:
    if "strike" not in reading.notes:
        reading.notes["strike"] = _heaviest(reading.tokens, outweighing=True) or "attack"
    return str(reading.notes["strike"])


def _heaviest(tokens: Iterable[Token], outweighing: bool = False) -> str | None:
    """The kind whose weapons are named most; None where none is, or where it must outweigh all others and does not."""
    lemmas = Counter(token.lemma_.lower() for token in tokens)
    counts = {kind: sum(lemmas[word] for word in words) for kind, words in WEAPONS.items()}
    best = max(counts, key=lambda kind: counts[kind])
    enough = 2 * counts[best] > sum(counts.values()) if outweighing else counts[best] > 0
    return best if enough else None


def _is_local_fight(trigger: Trigger, place: dict[str, Any]) -> bool:
    """ "Fighting broke out in the town of X this morning" begins no war."""
    subjects = {subject.lemma_.lower() for subject in dependents.find_subjects(trigger.token)}
    since = any(child.dep_ == "mark" and child.lower_ == "since" for child in trigger.token.children)
    there = any(child.lower_ == "there" for child in trigger.token.rights)
    local = there or (place.get("where_prec") or 9) <= LOCAL_PRECISION
    return local and not since and bool(subjects & load_lexicon().classes["fighting"])


# GED `where_prec` up to which a place is a town or district.
LOCAL_PRECISION = 3
