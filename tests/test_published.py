"""The day of publication: stated, inferred, or unknown."""

import pytest
from extracting import extractor

from analysis.documents import Document
from analysis.extract.published import EVIDENCE
from analysis.extract.reading import Reading


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
        (
            "Truce holds\n\nBy A. Reader in Aden and B. Writer in Taiz\n\n12 March 2025\n\nIt held on Tuesday.",
            "2025-03-12",
        ),
        ("Truce holds\n\nMany doubt it\n\nBy A. Reader\n\nWed 12 Mar 2025 14.05 GMT\n\nIt held.", "2025-03-12"),
        ("Truce holds\n\nMany doubt it\n\nBy A. Reader | March 12, 2025\n\nIt held.", "2025-03-12"),
        ("Evening update, April 9, 2011\nAden, Yemen (April 9)\nTwo people were killed.", "2011-04-09"),
    ],
)
def test_stated(text: str, day: str) -> None:
    reading = read(text)
    assert (reading.published, reading.published_basis) == (day, "stated")
    assert reading.notes[EVIDENCE]


@pytest.mark.parametrize(
    ("text", "day"),
    [
        # the first such day after what the text looks back on
        ("KYIV, Feb 3 (Agency) - Two people died. The war began on February 24, 2022.", "2023-02-03"),
        ("KABUL (Jan. 14) - A leader was killed Thursday. He led an attack in June 2011.", "2012-01-14"),
        # 6 May was a Monday in 2024
        ("KHARTOUM, May 8 (Agency) - A truce signed on Monday, May 6, failed. War began in April 2021.", "2024-05-08"),
        # a text that only looks ahead was written before
        ("KHARTOUM, May 8 (Agency) - The truce will last until June 30, 2024.", "2024-05-08"),
    ],
)
def test_the_year_of_a_dateline_is_inferred(text: str, day: str) -> None:
    reading = read(text)
    assert (reading.published, reading.published_basis) == (day, "inferred")
    assert len(reading.notes[EVIDENCE]) > 1


def test_a_full_date_with_its_weekday_is_of_these_days() -> None:
    text = (
        "TIBU (Agency) - Eighty people died, the governor said late Sunday, Jan. 19, 2025. Others had fled by Monday. "
        "The talks were frozen from September until November."
    )
    assert read(text).published == "2025-01-20"


def test_what_is_said_on_a_full_date_is_printed_that_day() -> None:
    text = "Clashes resumed on Friday night, a monitor said on Saturday, 19 July 2025. Talks may begin on Sunday."
    assert read(text).published == "2025-07-19"


def test_a_dateline_without_any_year_is_unknown() -> None:
    assert read("KHARTOUM, May 8 (Agency) - Two people were killed on Tuesday.").published is None


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
