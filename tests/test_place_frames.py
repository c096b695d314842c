"""Places by their frames, places named together, and where a count belongs: sentences about wars near and far."""

import pytest
from extracting import extract

from analysis.facts import Fact


def facts(text: str, kind: str) -> list[Fact]:
    found = extract(text)
    return [fact for fact in found if fact.kind == kind]


def place_names(text: str) -> list[str]:
    return [fact.text for fact in facts(text, "place") if fact.extractor.endswith("places.name")]


def place_of(text: str, words: str) -> str | None:
    return next(fact.place for fact in facts(text, "figure") if words in fact.text)


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Gunmen entered the village of Dar Sumela at dawn and burned the mill.", "Dar Sumela"),
        ("Residents of Oru Bakanda village said that soldiers had taken their goats.", "Oru Bakanda"),
        ("The army shelled the towns of Aksum and Rabobo, a priest said.", "Rabobo"),
        ("He fled from a hamlet called Verkhnyaya Sosna with his sister.", "Verkhnyaya Sosna"),
        ("Shells fell on the runway of Hamarra airport.", "Hamarra"),
        ("A missile hit Horodok air base at night.", "Horodok"),
        ("They sailed to the island of Munau in the morning.", "Munau"),
    ],
)
def test_a_name_in_the_frame_of_a_place_is_one_though_nobody_knows_it(text: str, name: str) -> None:
    assert name in place_names(text)


def test_a_name_once_introduced_is_a_place_where_it_stands_alone() -> None:
    text = "Gunmen entered the village of Dar Sumela at dawn. Nobody in the area had warned Dar Sumela."
    assert place_names(text).count("Dar Sumela") == 2


@pytest.mark.parametrize(
    "text",
    [
        "The Kurdish village was empty.",
        "A Democratic city councillor resigned.",
        "The School District closed early on Monday.",
        "The plan costs US$4.2 billion.",
        "Two Grad rocket launchers were destroyed.",
    ],
)
def test_peoples_bodies_money_and_arms_are_no_places(text: str) -> None:
    assert place_names(text) == []


def test_a_preposition_that_opens_a_sentence_is_no_article_of_a_name() -> None:
    assert place_names("At Kassala, two wells ran dry. The people of Kassala wait.") == ["Kassala", "Kassala"]


def test_a_state_is_no_town_of_its_name_elsewhere() -> None:
    text = "Colombian families crossed into Venezuela, where shelters opened in the state of Zulia."
    (zulia,) = [fact for fact in facts(text, "place") if fact.text == "Zulia"]
    assert zulia.where_prec == 4
    assert zulia.lat == pytest.approx(10.3, abs=0.6)


@pytest.mark.parametrize(
    ("text", "words", "place"),
    [
        ("Nine people were killed in the village of Dar Sumela in North Kivu.", "Nine", "Dar Sumela"),
        ("The raid in Arauca, in eastern Colombia, left six dead.", "six", "Arauca"),
        ("Clashes near Sake, 25 km west of Goma, killed 14 people.", "14", "Sake"),
        ("In Lashio district, where 30 people were injured, the power failed.", "30", "Lashio"),
    ],
)
def test_of_places_named_together_a_count_belongs_to_the_most_exact(text: str, words: str, place: str) -> None:
    assert place_of(text, words) == place


def test_a_body_that_bears_a_country_s_name_does_not_move_a_count_there() -> None:
    text = "A shell killed 31 people in El Obeid.\n\nAmong the dead were eight women, the Sudan Doctors Network said."
    assert place_of(text, "eight women") == "El Obeid"


def test_a_strike_told_since_is_the_incident_that_goes_on() -> None:
    text = (
        "A drone killed 31 people in El Obeid.\n\n"
        "The army said that it carried out strikes on a depot in Nyala overnight. Dozens of fighters were killed there."
    )
    assert place_of(text, "Dozens") == "Nyala"


def test_what_follows_an_attack_in_its_paragraph_counts_there() -> None:
    text = "Gunmen stormed a church in the town of Komanda on Sunday. The army confirmed ten deaths.\n\nRadio put the toll at 43."
    assert (place_of(text, "ten"), place_of(text, "43")) == ("Komanda", "Komanda")


def test_a_count_in_the_capital_is_not_where_the_last_incident_was() -> None:
    text = "Clashes killed 90 people in Sweida.\n\nJets bombed an office in the capital, killing three people and wounding 34."
    assert place_of(text, "34") != "Sweida"


def test_the_place_of_a_dateline_with_a_full_stop_is_not_that_of_the_news() -> None:
    text = "Cali, 20 January (Agency).- A bomb killed four people in Corinto on Friday, police said."
    assert place_of(text, "four people") == "Corinto"
    text = "Kampala/Bunia, 28 July 2024 \u2013 Fighters killed four people in Komanda on Sunday."
    assert place_of(text, "four people") == "Komanda"
