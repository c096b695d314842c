"""Figures told in other ways than "12 people were killed": parts that add up, totals, gaps, needs, quotations."""

import pytest
from extracting import extract

from analysis.facts import Fact


def figures(text: str) -> list[Fact]:
    found = extract(text)
    return [fact for fact in found if fact.kind == "figure"]


def figure(text: str, words: str) -> Fact:
    return next(fact for fact in figures(text) if words in fact.text)


@pytest.mark.parametrize(
    ("text", "words", "measure"),
    [
        ("The ministry spoke of nine deaths in the valley, four conscripts and five shepherds.", "five", "killed"),
        ("It reported 14 casualties in a week, six dead and eight wounded.", "six", "killed"),
        ("The raid left 31 villagers with deep wounds.", "31", "injured"),
        ("The patrol was hit at dusk and lost three of its own.", "three", "killed"),
        ("Eleven clerks, among them two cooks, were taken away by masked men.", "Eleven", "detained"),
        ("Four drivers of the relief agency were found dead on the road.", "Four", "killed"),
        ("At least six of the wounded died on the way to hospital.", "six", "killed"),
        ("Nine soldiers were killed on the ridge, and four more near the harbour.", "four", "killed"),
        ("The blast killed two guards, which brings to 17 the number of officers who have died there.", "17", "killed"),
        ("It put the number of pilgrims killed at 24, and the wounded at 121.", "121", "injured"),
        ("The monitor counted 2,730 arrests and 18 disappearances.", "2,730", "detained"),
        ("The monitor counted 2,730 arrests and 18 disappearances.", "18", "missing"),
        ("Some 60,000 people urgently needed food aid.", "60,000", "people_in_need"),
        ("About 4,000 families face severe hunger this winter.", "4,000", "people_in_need"),
        ("Police seized 16 homemade bombs in the raid.", "16", "other"),
        ("Clashes killed 12 local officials.", "12", "killed"),
        ("In the clash 6 sailors were killed and 20 captured.", "20", "detained"),
        ("Nine members of the border police died in the ambush.", "Nine", "killed"),
        ("A bomb left six people wounded. Two teenagers were among them.", "Two", "injured"),
        ("Some 9,600 people have left since Sunday.", "9,600", "displaced"),
        ("The number of those facing severe hunger rose to 1.3 million.", "1.3", "people_in_need"),
        ("Only 16 of the hospitals were open in May, down from 29 before the war.", "29", "facilities"),
    ],
)
def test_what_was_done_to_those_counted(text: str, words: str, measure: str) -> None:
    assert figure(text, words).measure == measure


def test_numbers_that_do_not_add_up_are_no_parts() -> None:
    text = "The mine killed nine people in the valley, four lawyers and six shepherds away from it."
    assert figure(text, "six").measure == "other"


def test_a_total_that_a_report_leads_to_is_its_sum_so_far() -> None:
    total = figure("It reported five more deaths on its side, taking its total to 13.", "13")
    assert (total.measure, total.scope, total.value_low) == ("killed", "cumulative", 13)


def test_vague_numbers_in_quotation_marks_count() -> None:
    toll = figure('The army admitted "dozens" of deaths in its ranks.', "dozens")
    assert (toll.measure, toll.operator, toll.value_low) == ("killed", "unspecified_plural", None)


def test_words_in_quotation_marks_belong_to_what_is_counted() -> None:
    sites = figure('Jets struck nine "command and control" sites.', "nine")
    assert sites.text == 'nine "command and control" sites'
    assert sites.measure == "targets"


def test_who_is_forced_to_flee_has_fled() -> None:
    assert figure("Gunmen burned the huts, forcing 4,500 people to flee.", "4,500").modality == "asserted"


def test_who_raises_a_count_has_made_it() -> None:
    text = "The Health Ministry raised the number of dead to 40."
    assert "Health Ministry" in (figure(text, "40").asserted_by or "")


def test_a_share_that_is_compared_has_a_direction() -> None:
    assert figure("It reached 40 percent fewer than planned.", "40").trend == "down"


def test_who_gives_a_breakdown_has_counted_its_parts() -> None:
    text = "The Syrian Observatory for Human Rights gave a breakdown of 79 gunmen and 55 civilians killed."
    assert figure(text, "55 civilians").asserted_by == "Syrian Observatory for Human Rights"


def test_losses_that_are_estimated_are_no_plan() -> None:
    assert figure("The army is estimated to have lost 1,200 soldiers.", "1,200").modality == "asserted"


def test_who_speaks_after_a_count_is_not_counted() -> None:
    found = figures("A raid killed 100 people, most of them guards, a nurse and three residents said.")
    assert not [fact for fact in found if "nurse" in fact.text]


@pytest.mark.parametrize(
    "text",
    [
        "The Three Brotherhood Alliance captured the base.",
        "Leaders of the Group of 20 condemned the raid.",
        "The P5+1 talks ended without a result.",
        "The March 23 Movement condemned the raid.",
    ],
)
def test_numbers_in_names_are_no_figures_and_no_days(text: str) -> None:
    found = extract(text)
    assert not [fact for fact in found if fact.kind in ("figure", "time")]


def test_a_described_group_is_counted() -> None:
    assert figure("The group of 20 men was seized at dawn.", "20").value_low == 20


def test_what_follows_a_report_and_goes_on_is_reported_too() -> None:
    text = "At least 350 people drowned, the UN said this month, and a further 80 are missing."
    assert figure(text, "80").asserted_by == figure(text, "350").asserted_by == "United Nations"


def test_an_age_limit_is_no_count() -> None:
    assert figures("Both sides swapped prisoners under 25.") == []


@pytest.mark.parametrize(
    "text",
    ["Both cities fell in the last ten days.", "The two countries traded fire.", "Envoys of the two neighbours met."],
)
def test_stretches_of_the_calendar_and_named_pairs_are_no_figures(text: str) -> None:
    assert figures(text) == []
