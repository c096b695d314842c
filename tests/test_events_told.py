"""Events told in words that are no plain "struck" or "killed": towns that fall, envoys who phone, guns that only describe."""

import pytest
from extracting import extract

from analysis.facts import Fact


def events(text: str, kind: str = "event") -> list[Fact]:
    found = extract(text)
    return [fact for fact in found if fact.kind == kind]


def event(text: str, words: str) -> Fact:
    return next(fact for fact in events(text) if words in fact.text)


@pytest.mark.parametrize(
    ("text", "words", "kind"),
    [
        ("Russian jets hit the depot in Sumy with two glide bombs on Friday.", "hit", "air_strike"),
        ("Eleven villagers were taken away by gunmen near Loikaw.", "taken", "detention"),
        ("The town of Rutshuru has fallen to the rebels.", "fallen", "ground_operation"),
        ("Rebels breached the city on Friday.", "breached", "ground_operation"),
        ("Government troops retook the town of Gharyan last week.", "retook", "ground_operation"),
        ("Some 900 families crossed the border into Chad.", "crossed", "displacement"),
        ("The minister spoke by phone with his Omani counterpart on Monday.", "spoke", "meeting"),
        ("The emir received the Egyptian foreign minister in Doha on Monday.", "received", "meeting"),
        ("The extension of the truce was announced on Thursday.", "extension", "agreement"),
        ("The town of Lyman came under artillery fire on Tuesday.", "artillery fire", "shelling"),
        ("Rebels have seized 14 of the region's 17 townships.", "seized", "ground_operation"),
        ("The navy hit more than 800 targets with missiles.", "hit", "rocket_missile"),
        ("The group has sunk two vessels since November.", "sunk", "destruction"),
        ("Fourteen men were burned alive in a hamlet.", "burned", "killing"),
        ("Rebels took the commander of the base prisoner.", "took", "detention"),
        ("A helicopter was downed near Hodeidah, the army said.", "downed", "attack"),
    ],
)
def test_the_kind_of_an_event(text: str, words: str, kind: str) -> None:
    assert event(text, words).event_type == kind


@pytest.mark.parametrize(
    "text",
    [
        "The guns fell silent in the town.",
        "The envoy received the minister's letter.",
        "The minister spoke to reporters in Doha.",
        "The raid left 80 dead and some 5,000 displaced.",
    ],
)
def test_what_is_no_event(text: str) -> None:
    kinds = {fact.event_type for fact in events(text)}
    assert not kinds & {"ground_operation", "meeting", "displacement"} - (
        {"ground_operation"} if "raid" in text else set()
    )


def test_who_takes_a_town_has_not_suffered_it() -> None:
    taken = event("Rebel fighters took the strategic town of Sake on Friday.", "took")
    assert (taken.actor, taken.place) == ("Rebel fighters", "Sake")
    assert taken.target is not None
    assert "town" in taken.target


def test_to_whom_a_town_falls_acts() -> None:
    fallen = event("The town of Sake has fallen to government soldiers.", "fallen")
    assert fallen.actor == "government soldiers"
    assert "town" in (fallen.target or "")


def test_an_offensive_is_of_who_wages_it() -> None:
    told = event("The offensive of the Arakan Army against the garrison began on Sunday.", "offensive")
    assert told.actor == "Arakan Army"


def test_who_is_accused_of_a_killing_did_it() -> None:
    told = event("The monitor accused the army of executing at least 130 civilians near Solenzo.", "executing")
    assert told.actor == "army"


def test_a_summit_ahead_is_planned_whatever_the_verb() -> None:
    summit = event("He invited both sides to a peace summit in Geneva on May 15.", "summit")
    assert (summit.modality, summit.date_start) == ("planned", "2024-05-15")


def test_fighting_that_erupts_is_one_event() -> None:
    told = events("Fighting erupted last November between the government and the Houthis.")
    assert [fact.event_type for fact in told] == ["conflict_onset"]


def test_a_strike_with_weapons_of_several_kinds_around_is_an_attack() -> None:
    text = (
        "India struck nine sites on Tuesday.\n\nPakistan said it had lost two jets.\n\nA drone fell near Lahore.\n\n"
        "A missile was found in a field."
    )
    assert event(text, "struck").event_type == "attack"


def test_its_jets_are_those_of_who_says_so() -> None:
    text = "The Rapid Support Forces stormed a village. The military said its warplanes carried out strikes on Nyala."
    assert event(text, "strikes").actor == "military"
