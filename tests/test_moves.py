"""Why a number moved past its threshold, told for every shape of move."""

import pytest
from builders import figure, frame

from analysis import corrections, editions
from analysis.wording.changes import change_sentence

TOTAL = {"place": "Darfur", "scope": "cumulative", "asserted_by": "Health Office", "period_start": "2024-01-03"}


def total(value: float, day: str, **fields) -> dict:
    return figure("killed", value, **(TOTAL | {"as_of": day, "published": day, "doc": f"{day}-{value}.txt"} | fields))


def told(before: list[dict], after: list[dict]) -> list[str]:
    """The sentences on what moved between two editions of some facts."""
    earlier, later = (corrections.settle_facts(frame(rows)) for rows in (before, [*before, *after]))
    changes = editions.compare(earlier, later)
    return [change_sentence(row).text for row in changes[changes["kind"] == "moved"].to_dict("records")]


FIRST = total(100, "2024-01-05")
SHAPES = [
    ([FIRST], [total(150, "2024-01-07")],
     "Killed in Darfur since 3 January 2024: was 100, is now 150, as counted by the Health Office; "
     "a later count by the Health Office."),
    ([FIRST], [total(90, "2024-01-05", asserted_by="residents")],
     "was 100, is now 90 to 100, as counted by the Health Office and residents; "
     "residents had not been heard on this count before."),
    ([FIRST], [total(n, "2024-01-05", asserted_by=f"Body {n}") for n in (90, 120, 140)],
     "was 100, is now 90 to 140, as counted by the Health Office, Body 90, Body 120 and one other; "
     "Body 90, Body 120 and Body 140 had not been heard on this count before."),
    ([total(0, "2024-01-05")], [total(3, "2024-01-07")], "was 0, is now 3"),
    ([FIRST], [total(40, "2024-01-07")], "was 100, is now 40"),
    ([FIRST], [total(100, "2024-01-07", operator="more_than"), total(120, "2024-01-07", asserted_by="UN", operator="at_least")],
     "was 100, is now 100 to at least 120"),
    ([total(100, "2024-01-05", population="soldiers")], [total(150, "2024-01-07", population="soldiers")],
     "Soldiers killed in Darfur since 3 January 2024: was 100, is now 150"),
]  # fmt: skip


@pytest.mark.parametrize(("before", "after", "words"), SHAPES)
def test_a_move_reads_well(before, after, words):
    found = told(before, after)
    assert len(found) == 1
    assert words in found[0]


def test_days_of_a_whole_country_are_no_moves_of_one_count():
    one = total(30, "2024-01-05", scope="incident", period_start=None, where_prec=6)
    other = total(2, "2024-01-09", scope="incident", period_start=None, where_prec=6)
    assert told([one], [other]) == []


def test_counts_without_a_place_are_not_taken_for_one():
    one = total(15, "2024-01-05", scope="incident", period_start=None, place=None, as_of=None)
    other = total(2, "2024-01-05", scope="incident", period_start=None, place=None, as_of=None, asserted_by="UN")
    assert told([one], [other]) == []


def test_a_count_told_in_other_words_moved_all_the_same():
    old = total(900, "2024-01-05", period_start=None, as_of=None)
    new = total(2000, "2024-01-06", as_of="2024-01-06")
    assert told([old], [new]) == [
        "Moved: Killed in Darfur: was 900, is now 2,000, as counted by the Health Office; a later count by the Health Office."
    ]


def test_a_second_strike_does_not_replace_the_toll_of_the_first():
    first = total(60, "2024-01-05", scope="incident", operator="at_least", period_start=None, place="El Fasher")
    second = total(19, "2024-01-06", scope="incident", period_start=None, place="El Fasher")
    assert told([first], [second]) == []
    assert "superseded" not in set(corrections.settle_facts(frame([first, second]))["status"])
