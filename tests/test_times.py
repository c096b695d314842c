"""Expressions of time: spans, TIMEX3 values, and the dates that hold for a clause."""

import pytest
from extracting import extractor

from analysis.documents import Document
from analysis.extract import times
from analysis.extract.reading import Reading
from analysis.facts import Time

WEDNESDAY = "2024-05-08"


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
        ("Twelve died in the past 24 hours.", "the past 24 hours", "PT24H"),
        ("The truce began at 9:45 p.m. on Monday.", "9:45 p.m. on Monday", "2024-05-06T21:45"),
        ("The guns fell silent at 0300 GMT on Sunday.", "0300 GMT on Sunday", "2024-05-05T03:00"),
        ("Drones struck in the early hours of Saturday.", "the early hours of Saturday", "2024-05-04TMO"),
        ("Shelling began at dawn on Tuesday.", "dawn on Tuesday", "2024-05-07TDA"),
        ("Talks were held on May 3 and 4.", "4", "2024-05-04"),
        ("Talks were held on 3 and 4 May.", "3", "2024-05-03"),
        ("Talks were held between April 28 and May 2, 2022.", "April 28", "2022-04-28"),
        ("The envoys left on the 3rd.", "the 3rd", "2024-05-03"),
        ("The envoys will return on the 3rd.", "the 3rd", "2024-06-03"),
        ("It fell in the first week of October 2023.", "the first week of October 2023", "2023-W40"),
        ("The raid took place on 23.04.2024.", "23.04.2024", "2024-04-23"),
        ("The raid took place on 03/04/2024.", "03/04/2024", "2024-03-04"),
        ("He came on 25/04/2024 and left on 03/05/2024.", "03/05/2024", "2024-05-03"),  # days come first here
        ("Hours before the truce, shells fell.", "Hours", "PTXH"),
        ("The war is in its third year.", "its third year", "2024"),
        ("The truce began on 3 May.", "3 May", "2024-05-03"),
        ("A summit was planned for 2023; in May of that year it was put off.", "May of that year", "2023-05"),
        ("Crops failed in the last quarter of 2023.", "the last quarter of 2023", "2023-Q4"),
        ("The army lost 900 men a day.", "a day", "P1D"),
        ("In 2021, from June to October, the power was cut.", "June", "2021-06"),
        ("Rebels will start handing over arms on Friday.", "Friday", "2024-05-10"),
        ("A week-long siege ended.", "week-long", "P1W"),
        ("They will meet on Thursday and travel on Friday.", "Friday", "2024-05-10"),
    ],
)
def test_value(text: str, words: str, value: str) -> None:
    assert values(text).get(words) == value


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("Mediators announced a deal to free captives in stages, starting on Sunday.", "2024-05-12"),
        ("Strikes starting on Sunday killed twelve people.", "2024-05-05"),
        ("The truce, which takes effect on Sunday, was announced in Doha.", "2024-05-12"),
        ("The talks are to resume on Sunday.", "2024-05-12"),
        ("Activists planned a march for Sunday.", "2024-05-12"),
        ("The vote had been due to take place on Sunday.", "2024-05-05"),
        ("The council extended the mandate until Sunday.", "2024-05-12"),
        ("The rebels fought until Sunday.", "2024-05-05"),
        ("The army ordered residents to leave by Sunday.", "2024-05-12"),
        ("By Sunday, 40 people had died.", "2024-05-05"),
        ("Since Sunday the front has been quiet.", "2024-05-05"),
        ("Sunday's attack could end the truce.", "2024-05-05"),
        ("Sunday's meeting could end the war.", "2024-05-12"),
        ("Neither man could be reached on Sunday.", "2024-05-05"),
        ("The prisoners would be freed on Sunday.", "2024-05-12"),
    ],
)
def test_a_weekday_looks_where_its_clause_looks(text: str, value: str) -> None:
    assert value in values(text).values()


def test_since_a_date_without_a_year_looks_back() -> None:
    assert values("More than 210 missiles have been fired since June 24.")["June 24"] == "2023-06-24"
    assert values("The talks will resume on June 24.")["June 24"] == "2024-06-24"


def test_a_day_known_by_its_date_alone() -> None:
    text = "Hamas seized 251 captives on October 7, Israel says."
    assert values(text, "2025-01-16")["October 7"] == "2023-10-07"
    assert values(text, "2024-10-10")["October 7"] == "2024-10-07"
    assert values("The mine was closed on October 7.", "2025-01-16")["October 7"] == "2024-10-07"


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
        "On the 7th floor of the block a fire broke out.",
        "In sections 3 and 4 people died.",
        "About a quarter of the population lacks food, and three quarters of them are children.",
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


def test_a_range_of_days_is_one_window() -> None:
    window = window_of("Fighting raged from Monday to Wednesday in the port.", "Fighting raged")
    assert (window.date_start, window.date_end) == ("2024-05-06", "2024-05-08")


def test_the_time_of_what_came_before_gives_way_to_that_of_the_clause() -> None:
    text = "An exchange on May 3 and 4 freed 152 people, after a swap three weeks before."
    window = window_of(text, "freed")
    assert (window.date_start, window.date_end) == ("2024-05-03", "2024-05-04")


@pytest.mark.parametrize(
    ("text", "words", "start", "as_of"),
    [
        (
            "More than 4,300 people have been killed since the coup of February 1, 2021.",
            "4,300 people",
            "2021-02-01",
            None,
        ),
        ("A truce failed on April 24. Since then, 900 people have died.", "900 people", "2024-04-24", None),
        (
            "The number of displaced stood at 2 million as of May 1, up 660,000 on late March.",
            "2 million",
            None,
            "2024-05-01",
        ),
    ],
)
def test_the_bounds_of_a_count(text: str, words: str, start: str | None, as_of: str | None) -> None:
    window = window_of(text, words)
    assert (window.period_start, window.as_of) == (start, as_of)


def test_the_thing_dated_after_since_has_its_day() -> None:
    window = window_of("More than 4,300 people have been killed since the coup of February 1, 2021.", "coup")
    assert (window.date_start, window.date_end) == ("2021-02-01", "2021-02-01")


@pytest.mark.parametrize(
    ("text", "words", "days"),
    [
        ("Jets bombed the town on Monday and Tuesday.", "bombed", ("2024-05-06", "2024-05-07")),
        ("The clashes that took place on Monday were the worst.", "clashes", ("2024-05-06", "2024-05-06")),
        ("Under a plan, signed by two generals, troops will leave on Friday.", "signed", (None, None)),
        ("The war began on May 3. It has since emptied 16 towns.", "emptied", (None, None)),
    ],
)
def test_the_days_of_an_event(text: str, words: str, days: tuple[str | None, str | None]) -> None:
    window = window_of(text, words)
    assert (window.date_start, window.date_end) == days


def test_a_record_since_a_date_opens_no_period() -> None:
    text = "Gunmen killed 70 soldiers on Monday in the first assault on the capital since August 2012."
    assert window_of(text, "70 soldiers").period_start is None


def test_the_year_of_a_thing_does_not_date_what_became_of_it() -> None:
    assert window_of("The junta broke a 2015 peace deal on January 25.", "broke").date_start == "2024-01-25"


def test_the_length_of_a_plan_is_no_period_that_ends_today() -> None:
    assert window_of("The visit will last two to three days.", "visit").date_start is None


def test_the_time_of_another_count_opens_no_period() -> None:
    text = "The office counted 1,260 families forced out since January 1, up by 310 from a week earlier."
    assert window_of(text, "1,260 families").period_start == "2024-01-01"


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("The number of people killed when a missile hit a block rose to 40 on Monday.", "missile hit"),
        ("The attack on the market was condemned on Monday by the envoy.", "attack"),
        ("They signed a truce on Monday, five weeks after war broke out.", "war broke out"),
        ("A deal was reached, starting on Friday.", "was reached"),
    ],
)
def test_a_date_of_something_else_does_not_hold(text: str, words: str) -> None:
    window = window_of(text, words)
    assert (window.date_start, window.period_start) == (None, None)


def test_what_is_announced_came_about_that_day_or_just_before() -> None:
    window = window_of("Mediators announced on Tuesday that both sides had reached a deal.", "had reached a deal")
    assert (window.date_start, window.prec) == ("2024-05-07", 2)


def test_nothing_is_as_of_later_than_published() -> None:
    window = window_of("This month 40 people were killed in the region.", "40 people")
    assert window.as_of == WEDNESDAY
    assert window_of("The ministers will meet on Friday.", "meet").as_of is None


def test_a_sentence_without_a_time_inherits_the_only_one_of_its_paragraph() -> None:
    text = "A drone struck a market on Monday. Three others were wounded.\n\nElsewhere a bridge was destroyed."
    assert window_of(text, "were wounded").date_start == "2024-05-06"
    assert window_of(text, "was destroyed").date_start is None
