"""Lexicon files read fast, and the places of lexicon words in a parse found in one pass over arrays instead of over tokens."""

from collections.abc import Iterable
from pathlib import Path
from typing import Any

import numpy as np
import yaml
from spacy.strings import get_string_id

from analysis.extract.reading import Reading

LEXICONS = Path(__file__).parent / "lexicons"
_NOTE = "word_columns"


def load_yaml(path: Path) -> Any:
    """The content of a YAML file, by libyaml where it is there (ten times faster; the same safe types)."""
    return yaml.load(path.read_text(encoding="utf-8"), Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader))  # noqa: S506


def hash_words(words: Iterable[str]) -> Any:
    """The ids spaCy gives to words, the same in every vocabulary."""
    return np.array(sorted({get_string_id(word) for word in words}), dtype=np.uint64)


def find_words(reading: Reading, keys: Any) -> list[int]:
    """Numbers of the tokens whose lemma or lower-cased form is among some words."""
    columns = reading.notes.get(_NOTE)
    if columns is None:
        columns = reading.notes[_NOTE] = reading.parsed.to_array(["LEMMA", "LOWER"])
    if not len(columns):
        return []
    return [int(index) for index in np.nonzero(np.isin(columns, keys).any(axis=1))[0]]
