"""Events: what counts as one, its kind, who and whom, whether it is asserted, and that each is told once."""

import pytest
from extracting import extractor

from analysis.documents import Document
from analysis.facts import Event


def read(text: str, published: str | None = "2023-06-14") -> list[Event]:
    """The events of a text."""
    facts, _ = extractor().extract(Document("a.txt", text, published, "given" if published else "unknown"))
    return [fact for fact in facts if isinstance(fact, Event)]


def kinds(text: str) -> list[str]:
    """The types of a text's events, in order."""
    return [event.event_type for event in read(text)]


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("Warplanes bombed a village in Sagaing on Monday.", "air_strike"),
        ("Ukrainian drones struck an oil depot near Rostov.", "drone_strike"),
        ("Rebels fired dozens of rockets at the airport.", "rocket_missile"),
        ("The army shelled the market in Omdurman on Friday.", "shelling"),
        ("Troops captured the town of Bakhmut after months.", "ground_operation"),
        ("A roadside bomb exploded near the convoy in Taiz.", "attack"),
        ("Soldiers clashed with guerrillas outside Arauca.", "armed_clash"),
        ("Gunmen assassinated the mayor of Tibú on Tuesday.", "killing"),
        ("Police arrested three suspects in Bogotá.", "detention"),
        ("Fighters kidnapped two aid workers near Goma.", "detention"),
        ("The army ordered residents of Shujaiya to leave their homes.", "evacuation_order"),
        ("Thousands of families fled the city of El Geneina.", "displacement"),
        ("Militiamen torched dozens of houses in Masteri.", "destruction"),
        ("The council appointed General Burhan as its chairman.", "appointment"),
        ("Delegates of both sides held talks in Jeddah on Saturday.", "meeting"),
        ("The envoy visited Sanaa in April.", "visit"),
        ("Oman has mediated talks between the Houthis and Riyadh.", "mediation"),
        ("The two sides signed a ceasefire in Pretoria.", "agreement"),
        ("Each party accused the other: the army violated the truce on Sunday.", "violation"),
        ("Trucks delivered flour and medicine to the camp.", "aid"),
        ("War broke out in Khartoum in April.", "conflict_onset"),
    ],
)
def test_a_trigger_names_the_kind_of_event(text: str, kind: str) -> None:
    assert kind in kinds(text)


def test_lower_case_text_is_read_alike() -> None:
    text = "guerrillas attacked a bus near medellin yesterday. police arrested two men."
    assert kinds(text) == ["attack", "detention"]


def test_a_verb_and_the_noun_it_carries_are_one_event() -> None:
    (event,) = read("Jets carried out a series of air strikes on Marib on Tuesday.")
    assert (event.event_type, event.actor) == ("air_strike", "Jets")


def test_the_strike_is_the_event_and_not_the_harm_it_did() -> None:
    (event,) = read("At least 12 people were killed in an air strike on the market in Dessie.")
    assert event.event_type == "air_strike"
    assert "air strike" in event.text


def test_a_known_person_killed_in_a_strike_is_a_killing_and_told_once() -> None:
    events = read("Commander Ahmed Salim was killed in an air strike on Monday.")
    assert [(e.event_type, e.target) for e in events] == [("killing", "Ahmed Salim")]


def test_a_later_mention_of_the_same_event_joins_the_first() -> None:
    events = read(
        "A car bomb exploded in Mogadishu on Sunday. The blast killed six people. The attack was condemned by all."
    )
    assert [e.event_type for e in events] == ["attack"]


def test_another_strike_is_another_event() -> None:
    text = "A drone strike hit a bus in Goma on Monday. A second drone strike hit a school in Bukavu on Tuesday."
    assert len(read(text)) == 2


@pytest.mark.parametrize(
    ("text", "modality"),
    [
        ("The army did not shell the hospital.", "denied"),
        ("The ministry denied that its jets had bombed the school.", "denied"),
        ("The minister will visit Cairo on Thursday.", "planned"),
        ("The envoys are scheduled to meet in Doha next week.", "planned"),
        ("Officials fear an Eritrean attack on the town of Shire.", "possible"),
        ("The rebels attacked the town.", "asserted"),
    ],
)
def test_what_is_denied_planned_or_feared_is_not_asserted(text: str, modality: str) -> None:
    assert [event.modality for event in read(text)] == [modality]


@pytest.mark.parametrize(
    "text",
    [
        "He would accept if certain demands were met.",
        "Teachers went on strike over unpaid wages.",
        "Workers began a hunger strike in the capital.",
        "Food prices hit a record high in May.",
        "The war and the ceasefire remain on everybody's mind.",
        "Displaced people need help.",
        "The country lacks attack helicopters.",
    ],
)
def test_words_that_only_look_like_events_are_none(text: str) -> None:
    assert read(text) == []


def test_what_an_order_asks_for_is_told_by_the_order() -> None:
    assert kinds("The army urged civilians to evacuate the northern districts.") == ["evacuation_order"]


def test_passive_active_and_nominal_give_the_same_roles() -> None:
    texts = (
        "The rebels kidnapped the judge on Friday.",
        "The judge was kidnapped by the rebels on Friday.",
        "The kidnapping of the judge by the rebels shocked the town.",
    )
    for text in texts:
        (event,) = read(text)
        assert "rebels" in str(event.actor)
        assert "judge" in str(event.target)


def test_a_weapon_does_not_act() -> None:
    (event,) = read("Rockets slammed into a market in Aden on Monday.")
    assert event.actor is None


def test_the_day_is_resolved_and_never_made_up() -> None:
    dated, undated = (read(text) for text in ("Rebels attacked Goma yesterday.", "Rebels attacked Goma."))
    assert (dated[0].date_start, dated[0].date_end) == ("2023-06-13", "2023-06-13")
    assert undated[0].date_start is None


def test_spans_hold_their_words() -> None:
    text = "“We shelled them,” he said.\n\nThe army’s jets bombed Kutum on 3 June, killing five."
    for event in read(text):
        assert text[event.start : event.end] == event.text


def test_harm_that_the_attack_did_belongs_to_the_attack() -> None:
    assert kinds(
        "Missiles struck a tower in Dnipro on Monday. The attack also damaged a school, the governor said."
    ) == ["rocket_missile"]


RELEASE = (
    "JOINT COMMAND\n2014-03-S-017\nFor Immediate Release\n\nPORT ARDEN, Arden (March 9, 2014) - Soldiers {first}\n\n"
    "They searched a warehouse. Three gunmen were killed."
)


def test_the_dateline_gives_way_to_a_time_and_dates_a_lead_without_one() -> None:
    dated = read(RELEASE.format(first="detained two men on Friday."), None)
    assert {(e.date_start, e.date_prec) for e in dated} == {("2014-03-07", 1)}
    undated = read(RELEASE.format(first="detained two men."), None)
    assert [(e.event_type, e.date_start, e.date_prec) for e in undated] == [
        ("detention", "2014-03-09", 2),
        ("killing", None, None),
    ]


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("The fighting drove 4,000 families from their homes.", "displacement"),
        ("A missile tore into a school in Taiz.", "rocket_missile"),
        ("The army reported 30 violations of the truce.", "violation"),
        ("After ten days of talks the envoys left.", "meeting"),
        ("General Abel Tarr took over as army chief on Monday.", "appointment"),
        ("Rebels took Damascus on Sunday.", "ground_operation"),
    ],
)
def test_other_ways_to_tell_it(text: str, kind: str) -> None:
    assert kind in kinds(text)


def test_who_heads_an_office_travels_nowhere() -> None:
    assert "visit" not in kinds("Ana Ruiz, who headed the local branch, spoke on Monday.")
    assert "visit" in kinds("The president headed to Geneva on Monday.")


def test_the_toll_of_a_campaign_and_what_a_raid_destroyed_are_told_beside_it() -> None:
    assert kinds("The ground operation claimed the lives of 40 soldiers.") == ["ground_operation", "killing"]
    assert kinds("The coalition carried out 38 raids, destroying 13 trucks.")[-1:] == ["destruction"]
    assert kinds("Jets bombed the camp on Monday, killing 13 people.") == ["air_strike"]


def test_talks_are_not_held_where_what_they_are_about_would_happen() -> None:
    (about,) = read("In efforts to negotiate a pause in Gaza, officials have engaged in high-level discussions.")
    assert about.place is None
    assert [event.place for event in read("Envoys held talks in Doha to discuss a withdrawal from Gaza.")] == ["Doha"]


def test_an_unknown_village_is_still_the_place() -> None:
    (strike,) = read("An air strike hit the village of Ahlongyar in Sagaing region on Monday.")
    assert strike.place != "Sagaing"


def test_a_dismissed_accusation_is_no_change_of_office() -> None:
    text = "The army's spokesman dismissed the accusation as a fabrication. On Monday the president dismissed the minister."
    assert [e.target for e in read(text) if e.event_type == "appointment"] == ["minister"]


def test_a_place_hangs_on_its_own_noun_and_clause() -> None:
    told = read("Jets struck Sanaa in retaliation for a missile attack on an oil depot in Jeddah.")
    assert {event.event_type: event.place for event in told} == {"air_strike": "Sanaa", "rocket_missile": "Jeddah"}
    (seizure,) = read("Envoys meet in Jeddah today; rebels seize an army base in Darfur")[-1:]
    assert seizure.place == "Darfur"


def test_a_definite_mention_takes_no_place_from_another_deed() -> None:
    told = read("A strike on a market in Omdurman killed 15 people. The attack came a day after shelling of Karari.")
    assert told[0].place == "Omdurman"
    assert [event.place for event in told if event.text == "shelling"] == ["Karari"]
    assert len(told) == 2


def test_a_headline_is_told_again_by_the_text() -> None:
    text = (
        "Government and rebels sign accord in Doha\n\nThe government and the rebels signed an accord in Doha on Monday."
        "\n\nBoth sides welcomed the text."
    )
    assert [event.event_type for event in read(text)] == ["agreement"]


def test_a_deal_made_and_a_deal_in_force_are_two_events() -> None:
    told = read("The two sides signed a truce on Monday. The truce took effect at midnight on Tuesday.")
    assert [event.text for event in told if event.event_type == "agreement"][-1] == "took effect"
    assert len(told) == 2


def test_who_is_accused_did_it() -> None:
    (shelling,) = read("The governor accused Ukraine of shelling a bus.")
    assert (shelling.event_type, shelling.actor, shelling.target) == ("shelling", "Ukraine", "bus")


def test_a_headline_without_was_names_its_victim() -> None:
    (killing,) = read("Rebel spokesman killed in Beirut")
    assert (killing.actor, killing.target, killing.place) == (None, "Rebel spokesman", "Beirut")


def test_weapons_and_days_are_no_targets() -> None:
    (launch,) = read("Russia launched 93 drones at Odesa.")
    assert launch.target == "Odesa"
    (onset,) = read("The war broke out on April 15.")
    assert onset.target is None


@pytest.mark.parametrize(
    "text",
    [
        "The plan proposes a halt to strikes on power stations.",
        "There can be no dialogue unless the rebels stop killing civilians.",
        "We only target terrorists, the general said.",
        "The alliance promised not to attack towns.",
        "Petro told a news conference that he was confident.",
    ],
)
def test_what_is_to_stop_to_be_or_only_said_is_no_event(text: str) -> None:
    assert read(text) == []


def test_arranged_talks_are_planned_and_what_was_not_commented_on_happened() -> None:
    (talks,) = read("Talks between the two sides are to resume on Friday in Doha.")
    assert (talks.event_type, talks.modality, talks.place) == ("meeting", "planned", "Doha")
    (visit,) = read("The envoy Keith Kellogg is due in Kyiv on Friday.")
    assert (visit.event_type, visit.place) == ("visit", "Kyiv")
    assert {event.modality for event in read("Rebels captured the base. The army did not comment on the assault.")} == {
        "asserted"
    }


def test_a_toll_is_no_event() -> None:
    assert read("The number of Palestinians killed since October has risen to 43,163.") == []
    assert kinds("Drones were shot down over Odesa.") == []


def test_a_place_is_captured_and_a_person_is_detained() -> None:
    assert kinds("The envoy was worried by the capture of Shire on Monday.") == ["ground_operation"]
    assert kinds("The envoy was worried by the capture of two soldiers on Monday.") == ["detention"]
