"""Hostile texts ten times as long take about ten times as long to read: nothing is quadratic in a sentence or a document."""

import time

import pytest

from analysis.documents import Document
from analysis.extract.boundaries import LONGEST_STRETCH
from analysis.extract.pipeline import Extractor

FEW, MANY = 40, 400
# Ten would be linear; the rest is room for a noisy machine and for the parser's own brackets.
MOST = 25
SHAPES = {
    "one long sentence": lambda n: "The army said " + "the convoy left Kassala for the next village with aid, " * n + "and left.",
    "numbers": lambda n: "Officials counted " + ", ".join(f"{k + 3} dead in Kassala" for k in range(n)) + ".",
    "quotes": lambda n: '"We want peace," he said. ' * n,
    "quotes never closed": lambda n: '"We want ' * n,
    "nested brackets": lambda n: "The army " + "(" * n + "killed 5 people" + ")" * n + ".",
    "and": lambda n: "Troops " + "and rebels " * n + "killed five people.",
    "joined verbs": lambda n: "Troops " + "attacked the town and killed five people and " * n + "left.",
    "sentences": lambda n: "On Monday the army killed 5 people in Kassala, a doctor said. " * n,
    "dates": lambda n: "May 7, " * n,
    "digits": lambda n: "7" * (20 * n),
    "number words": lambda n: "hundred and " * n,
    "names": lambda n: "Khartoum Kassala Omdurman " * n,
    "conditions": lambda n: "If they would agree to a ceasefire unless " * n,
    "demands": lambda n: "They agreed a truce that the rebels demand a ceasefire for 60 days " * n,
    "one long word": lambda n: "The a" + "b" * (500 * n) + " killed 5.",
    "blanks": lambda n: "Five people" + " " * (500 * n) + "died.",
    "line breaks": lambda n: "Five people" + "\n" * (500 * n) + "died.",
}  # fmt: skip


@pytest.fixture(scope="module")
def extractor():
    return Extractor()


def seconds(extractor, text: str) -> float:
    """The CPU time of reading a text, the least of two."""
    taken = []
    for _ in range(2):
        start = time.process_time()
        extractor.extract(Document("hostile.txt", text, "2024-11-01", "given"))
        taken.append(time.process_time() - start)
    return min(taken)


@pytest.mark.parametrize("shape", SHAPES)
def test_time_grows_with_length(extractor, shape: str) -> None:
    few, many = (seconds(extractor, SHAPES[shape](size)) for size in (FEW, MANY))
    assert many < MOST * few, f"{few:.3f} s became {many:.3f} s"


def test_no_sentence_is_endless_and_facts_in_it_are_found(extractor) -> None:
    text = "Troops " + "and rebels " * LONGEST_STRETCH + "killed five people in Kassala."
    _, parsed = next(extractor.parse([Document("long.txt", text)]))
    assert max(len(sentence) for sentence in parsed.sents) <= LONGEST_STRETCH + 1
    facts, _ = extractor.extract(Document("long.txt", text, "2024-11-01", "given"))
    assert any(fact.kind == "figure" and fact.value_low == 5 for fact in facts)


def test_a_row_of_hundreds_of_digits_is_no_number(extractor) -> None:
    facts, _ = extractor.extract(
        Document("digits.txt", "The army killed " + "7" * 400 + " people.", "2024-11-01", "given")
    )
    assert not [fact for fact in facts if fact.kind == "figure"]
