"""The vectors of words come from a table: the parse stays what the model alone makes of a text, to the last bit."""

import pytest

from analysis.documents import Document
from analysis.extract import embedding, pipeline
from analysis.extract.embedding import with_vector_table
from analysis.extract.pipeline import Extractor, load_language

TEXTS = [
    "Two drones hit a market in El Fasher on Friday, killing at least 12 people, a doctor said.",
    "",
    "The mediators' envoy won't say when talks resume. \n\nTalks resumed in Jeddah; the envoy said nothing.",
]
COLUMNS = ["TAG", "DEP", "HEAD", "ENT_TYPE", "ENT_IOB"]


@pytest.fixture(scope="module")
def bare():
    """What the model alone makes of the texts."""
    return list(load_language().pipe(TEXTS))


def assert_same(docs, bare):
    for doc, expected in zip(docs, bare, strict=True):
        assert (doc.tensor == expected.tensor).all()
        assert (doc.to_array(COLUMNS) == expected.to_array(COLUMNS)).all()


def test_the_table_changes_no_bit_whether_words_are_new_or_known(bare):
    language = with_vector_table(load_language())
    assert_same(language.pipe(TEXTS, batch_size=1), bare)
    assert_same(language.pipe(TEXTS), bare)


def test_a_full_table_starts_anew(bare, monkeypatch):
    monkeypatch.setattr(embedding, "KEPT_FORMS", 5)
    monkeypatch.setattr(embedding, "FIRST_ROWS", 2)
    language = with_vector_table(load_language())
    for _ in range(3):
        assert_same(language.pipe(TEXTS, batch_size=1), bare)


def test_a_model_that_met_too_many_words_is_loaded_anew_and_finds_the_same(monkeypatch):
    monkeypatch.setattr(pipeline, "BATCH", 2)
    documents = [Document(f"{number}.txt", text, "2024-11-01", "given") for number, text in enumerate(TEXTS * 2)]
    extractor = Extractor()
    expected = [facts for _, facts, _ in extractor.extract_all(documents)]
    monkeypatch.setattr(pipeline, "KEPT_STRINGS", -1)
    first = extractor.language
    assert [facts for _, facts, _ in extractor.extract_all(documents)] == expected
    assert extractor.language is not first
