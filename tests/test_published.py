"""The day of publication: stated, inferred, or unknown."""

from functools import cache

import pytest

from analysis.documents import Document
from analysis.extract.pipeline import Extractor
from analysis.extract.published import EVIDENCE
from analysis.extract.reading import Reading


@cache
def extractor() -> Extractor:
    return Extractor()


def read(text: str) -> Reading:
    document, one = Document("a.txt", text), extractor()
    return one.read(document, next(one.language.pipe([one._prepare(document)])))


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("KHARTOUM, May 8, 2024 (Agency) - Two people were killed.", "2024-05-08"),
        ("khartoum, 8 may 89 (agency) -- two people were killed.", "1989-05-08"),
        ("PORT SUDAN (SUDAN), 8 MAY 89 (AGENCY) -- TWO PEOPLE WERE KILLED.", "1989-05-08"),
        ("Shelling in the east\n\nPublished: 30 October 2024\n\nTwo people were killed.", "2024-10-30"),
        ("2024-05-07\nTwo people were killed.", "2024-05-07"),
        ("2019-05-S-022\nFor immediate release\n\nAden, Yemen (May 4)\nTwo people were killed today.", "2019-05-04"),
        ("Evening update, April 9, 2011\nAden, Yemen (April 9)\nTwo people were killed.", "2011-04-09"),
    ],
)
def test_stated(text: str, day: str) -> None:
    reading = read(text)
    assert (reading.published, reading.published_basis) == (day, "stated")
    assert reading.notes[EVIDENCE]


def test_a_date_in_the_story_is_no_dateline() -> None:
    assert read("The march on the capital began on May 8, 2021, and ended badly.").published is None


def test_too_little_evidence_is_unknown() -> None:
    reading = read("Two people were killed on Tuesday.")
    assert (reading.published, reading.published_basis) == (None, "unknown")


def test_inferred_from_months_and_a_weekend() -> None:
    text = (
        "The siege began on February 26. Its commander was killed last month. The war goes back to March 14, 2021. "
        "Aid was cut in March, the agency said. Envoys met over the weekend."
    )
    reading = read(text)
    assert reading.published_basis == "inferred"
    assert reading.published is not None
    assert reading.published.startswith("2022-03-")
    assert {text[a:b] for a, b in reading.notes[EVIDENCE]} >= {"March 14, 2021", "last month"}
