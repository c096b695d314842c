"""The table of words gives what the model's own components give, on text of every kind."""

from pathlib import Path

import pytest

from analysis.extract.pipeline import load_language
from analysis.extract.tagging import with_word_table

SEED = Path(__file__).parent.parent / "seeds" / "documents" / "000_aa2f6e27036e73c0.txt"
TEXTS = [
    SEED.read_text(encoding="utf-8"),
    "There's no truce, they said; it isn't over. They'd won't-be. Let us go.\n\n“We’ve seen 12 die,” he told us.",
    "the army said it had been told to leave. the men were leaving when the left wing left.",
    "",
]


@pytest.fixture(scope="module")
def languages():
    return load_language(), with_word_table(load_language())


@pytest.mark.parametrize("text", TEXTS)
def test_parts_of_speech_lemmas_and_morphology_are_the_models_own(languages, text: str) -> None:
    theirs, ours = (
        [(token.pos_, token.lemma_, str(token.morph)) for token in language(text)] for language in languages
    )
    assert ours == theirs


def test_a_second_reading_from_the_table_says_the_same(languages) -> None:
    _, ours = languages
    first, second = ([(t.pos_, t.lemma_) for t in ours(TEXTS[0])] for _ in range(2))
    assert first == second
