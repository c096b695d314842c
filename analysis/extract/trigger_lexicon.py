"""The lexicon of events, `triggers.yml`: which words, under which conditions around them, name which kind of event."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from analysis.extract.word_index import LEXICONS, hash_words, load_yaml

LEXICON = LEXICONS / "triggers.yml"


@dataclass(frozen=True)
class Rule:
    """One line of the lexicon. `conditions` are (where, lemmas, wanted): all must hold."""

    event_type: str | None
    words: tuple[str, ...]
    conditions: tuple[tuple[str, frozenset[str], bool], ...]


@dataclass(frozen=True)
class Lexicon:
    """The rules by the lemma of a verb and by the last lemma of a noun, and every form that may be one of them."""

    verbs: dict[str, list[Rule]]
    nouns: dict[str, list[Rule]]
    forms: dict[str, str]
    classes: dict[str, frozenset[str]]
    keys: frozenset[int]  # ids of lemmas and forms, to look up in a document


@cache
def load_lexicon(path: Path = LEXICON) -> Lexicon:
    """Read the lexicon once."""
    data = load_yaml(path)
    classes = {name: frozenset(str(word) for word in words) for name, words in data["classes"].items()}
    verbs: dict[str, list[Rule]] = {}
    nouns: dict[str, list[Rule]] = {}
    for entry in data["rules"]:
        conditions = tuple(_read_conditions(entry, classes))
        for verb in entry.get("verbs", ()):
            verbs.setdefault(verb, []).append(Rule(entry["type"], (verb,), conditions))
        for noun in entry.get("nouns", ()):
            # The tokeniser cuts "shoot-out" in three.
            for form in {noun, noun.replace("-", " - ")}:
                words = tuple(form.split())
                nouns.setdefault(words[-1], []).append(Rule(entry["type"], words, conditions))
    forms = {form: verb for verb in verbs for form in inflect(verb)} | data["forms"]
    return Lexicon(verbs, nouns, forms, classes, hash_words({*verbs, *nouns, *forms}))


def _read_conditions(
    entry: dict[str, Any], classes: dict[str, frozenset[str]]
) -> Iterator[tuple[str, frozenset[str], bool]]:
    for name, values in entry.items():
        if name not in ("type", "verbs", "nouns"):
            lemmas = frozenset().union(*(classes[value] for value in values))
            yield name.removeprefix("not_"), lemmas, not name.startswith("not_")


def inflect(verb: str) -> list[str]:
    """The regular forms that a tagger may leave unlemmatised.

    >>> inflect("raid")
    ['raided', 'raiding']
    """
    if verb.endswith("e"):
        return [verb + "d", verb[:-1] + "ing"]
    if verb.endswith("y") and verb[-2:-1] not in "aeiou":
        return [verb[:-1] + "ied", verb + "ing"]
    return [verb + "ed", verb + "ing"]
