"""Expressions of time: spans, TIMEX3 values, and the dates that hold for a clause."""

from functools import cache

import pytest

from analysis.documents import Document
from analysis.extract import times
from analysis.extract.pipeline import Extractor
from analysis.extract.reading import Reading
from analysis.facts import Time

WEDNESDAY = "2024-05-08"


@cache
def extractor() -> Extractor:
    return Extractor()


def read(text: str, published: str | None = WEDNESDAY) -> Reading:
    document = Document("a.txt", text, published, "given" if published else "unknown")
    one = extractor()
    reading = one.read(document, next(one.language.pipe([one._prepare(document)])))
    reading.facts.extend(times.find_facts(reading))
    return reading


def values(text: str, published: str | None = WEDNESDAY) -> dict[str, str]:
    return {time.text: time.value for time in read(text, published).of(Time)}


@pytest.mark.parametrize(
    ("text", "words", "value"),
    [
        ("Rebels took the town on Tuesday.", "Tuesday", "2024-05-07"),
        ("Rebels took the town on Wednesday.", "Wednesday", "2024-05-08"),  # printed on the day itself
        ("Rebels took the town on Thursday.", "Thursday", "2024-05-02"),
        ("The envoys will meet on Friday.", "Friday", "2024-05-10"),
        ("The war erupted last month.", "last month", "2024-04"),
        ("Shells fell over the weekend.", "over the weekend", "2024-05-04/2024-05-05"),
        ("Fighting resumed on April 15.", "April 15", "2024-04-15"),
        ("A truce was signed on 20 December.", "20 December", "2023-12-20"),
        ("It began on October 7, 2023, at dawn.", "October 7, 2023", "2023-10-07"),
        ("Between 1 and 3 May, 30 people died.", "Between 1 and 3 May", "2024-05-01/2024-05-03"),
        ("A 60-day truce was discussed.", "60-day", "P60D"),
        ("It would last less than a month.", "less than a month", "P1M"),
        ("It lasted two and a half years.", "two and a half years", "P2Y6M"),
        ("Two weeks ago the camp was shelled.", "Two weeks ago", "2024-W17"),
        ("The camp is shelled every week.", "every week", "P1W"),
        ("He fled in the 1990s.", "the 1990s", "199"),
        ("Aid stopped in the third quarter of 2023.", "the third quarter of 2023", "2023-Q3"),
        ("They met last night.", "last night", "2024-05-07TNI"),
        ("Yesterday's toll was 14.", "Yesterday", "2024-05-07"),
        ("Talks resumed recently.", "recently", "PAST_REF"),
    ],
)
def test_value(text: str, words: str, value: str) -> None:
    assert values(text).get(words) == value


def test_case_does_not_matter() -> None:
    assert values("RESIDENTS SAID SHELLS FELL ON TUESDAY AND ON APRIL 15.") == {
        "TUESDAY": "2024-05-07",
        "APRIL 15": "2024-04-15",
    }
    assert values("residents said shells fell on tuesday.") == {"tuesday": "2024-05-07"}


@pytest.mark.parametrize(
    "text",
    [
        "Over 2000 rebel positions were hit.",
        "They may march to the capital.",
        "Resolution 1701 names the river.",
        "The fall of the city was swift.",
        "Three-quarters of the houses burned.",
    ],
)
def test_what_is_no_time(text: str) -> None:
    assert values(text) == {}


def test_without_publication_a_value_stays_open() -> None:
    assert values("Rebels took the town on 30 September.", None) == {"30 September": "XXXX-09-30"}


def window_of(text: str, words: str, published: str = WEDNESDAY) -> times.Window:
    start = text.index(words)
    return times.window(read(text, published), start, start + len(words))


def test_a_date_holds_for_its_own_clause() -> None:
    text = "Officials said on Tuesday that five soldiers were killed on Monday in Kassala."
    window = window_of(text, "five soldiers")
    assert (window.date_start, window.date_end, window.prec) == ("2024-05-06", "2024-05-06", 1)


def test_since_opens_a_period() -> None:
    text = "Since the fighting erupted last month, the ministry has counted 1,500 deaths."
    window = window_of(text, "1,500 deaths")
    assert (window.period_start, window.date_start) == ("2024-04-01", None)


def test_the_past_day_is_a_period_up_to_publication() -> None:
    window = window_of("The ministry said 12 people were killed over the past 24 hours.", "12 people")
    assert (window.period_start, window.as_of) == ("2024-05-07", WEDNESDAY)


def test_nothing_is_as_of_later_than_published() -> None:
    window = window_of("This month 40 people were killed in the region.", "40 people")
    assert window.as_of == WEDNESDAY
    assert window_of("The ministers will meet on Friday.", "meet").as_of is None


def test_a_sentence_without_a_time_inherits_the_only_one_of_its_paragraph() -> None:
    text = "A drone struck a market on Monday. Three others were wounded.\n\nElsewhere a bridge was destroyed."
    assert window_of(text, "were wounded").date_start == "2024-05-06"
    assert window_of(text, "was destroyed").date_start is None
