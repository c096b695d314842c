"""Lexicon files read fast, and the places of lexicon words in a parse found by an index instead of a pass over its tokens."""

from collections.abc import Iterable
from pathlib import Path
from typing import Any

import yaml

from analysis.extract.reading import Reading

LEXICONS = Path(__file__).parent / "lexicons"
_NOTE = "word_places"


def load_yaml(path: Path) -> Any:
    """The content of a YAML file, by libyaml where it is there (ten times faster; the same safe types)."""
    return yaml.load(path.read_text(encoding="utf-8"), Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader))  # noqa: S506


def hash_words(words: Iterable[str]) -> frozenset[int]:
    """The ids spaCy gives to words, the same in every vocabulary."""
    from spacy.strings import get_string_id  # here, since lexicons are also read by what parses nothing

    return frozenset(get_string_id(word) for word in words)


def find_words(reading: Reading, keys: frozenset[int]) -> list[int]:
    """Numbers of the tokens whose lemma or lower-cased form is among some words."""
    index = reading.notes.get(_NOTE)
    if index is None:
        index = reading.notes[_NOTE] = _index_words(reading)
    return sorted({place for key in index.keys() & keys for place in index[key]})


def _index_words(reading: Reading) -> dict[int, list[int]]:
    """Where each word of a document stands, by the ids of lemmas and lower-cased forms."""
    index: dict[int, list[int]] = {}
    for place, (lemma, lower) in enumerate(reading.parsed.to_array(["LEMMA", "LOWER"]).tolist()):
        index.setdefault(lemma, []).append(place)
        if lower != lemma:
            index.setdefault(lower, []).append(place)
    return index
