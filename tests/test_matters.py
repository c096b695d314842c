"""What a stance is about: only one on the deal, the halt or the talks as such counts as a stance on the deal."""

import pytest
from builders import actor, frame, statement, term

from analysis.topics import negotiations
from analysis.topics.matters import matter_of
from analysis.wording import compose

MATTERS = [
    ("the group opposes a monitoring committee headed by a foreign officer", "monitoring"),
    ("it would never accept a foreign seat on the ceasefire monitoring committee", "monitoring"),
    ("any deployment of a regional force at the airport", "deployment"),
    ("the withdrawal of its troops before a truce is signed", "withdrawal"),
    ("to lay open its borders", "border"),
    ("a ceasefire that leaves foreign soldiers in place", "halt"),
    ("a truce with monitors", "halt"),
    ("the 60-day truce", "halt"),
    ("a permanent ceasefire", "halt"),
    ("the hostage deal on the table", "deal"),
    ("a prisoner exchange agreement", "deal"),
    ("the latest peace plan", "proposal"),
    ("peace talks with the rebels", "talks"),
    ("to sit down with the junta", "talks"),
    ("to talk to the coalition", "talks"),
    ("a temporary truce", "temporary"),
    ("a short humanitarian pause", "temporary"),
    ("only a partial deal", "partial"),
    ("a limited ceasefire", "partial"),
    ("a short visit", None),
    ("yes", None),
]


@pytest.mark.parametrize(("words", "matter"), MATTERS)
def test_the_first_matter_named_is_what_a_stance_is_about(words, matter):
    assert matter_of(words) == matter


def test_a_condition_is_not_what_is_accepted():
    assert matter_of("we accept if the observers leave", "if the observers leave") is None


def situation(words: str, stance: str = "rejects"):
    """Two parties on one track; one of them takes a stance in these words."""
    rows = [
        term("norland-sudland", "cessation", "a truce of thirty days", demanded_by="Norland", published="2031-04-01"),
        term("norland-sudland", "monitoring", "a monitoring committee", obligor="Sudland", published="2031-04-01"),
        statement("Sudland", words, stance=stance, holder="Sudland", track="norland-sudland", published="2031-04-02"),
    ]
    return compose.observe(frame(rows), "2031-04-03")


def told(found) -> str:
    said = [*compose.lead(found), *(judged.text for judged in compose.judgements(found))]
    return " ".join(sentence.text for sentence in said)


def test_who_refuses_a_provision_is_not_told_to_refuse_the_deal():
    found = situation("a committee led by foreigners to oversee the truce")
    assert list(found.stances["about"]) == ["monitoring"]
    assert "rejects" not in told(found)
    cells = negotiations.matrix(found.facts, "norland-sudland")
    assert set(cells.loc[cells["position"] == "opposed", "term_type"]) == {"monitoring"}
    assert compose.stance_sentence(found.stances.iloc[0].to_dict()).text.startswith(
        "Sudland rejects terms on monitoring"
    )


def test_who_refuses_a_truce_for_what_it_lacks_refuses_none_of_that():
    found = situation("a truce that leaves out the withdrawal of all troops and the release of prisoners")
    cells = negotiations.matrix(found.facts, "norland-sudland")
    assert set(cells.loc[cells["position"] == "opposed", "term_type"]) == {"cessation"}
    assert "Sudland rejects a halt" in told(found)


def test_who_refuses_to_talk_takes_no_position_on_the_halt():
    found = situation("to talk to the north")
    cells = negotiations.matrix(found.facts, "norland-sudland")
    assert "opposed" not in set(cells["position"])
    assert "Sudland rejects talks" in told(found)


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ("an immediate ceasefire", "calls for a halt"),
        ("any truce must free all captives", "sets demands for a halt"),
        ("the north must disarm its militia", "sets demands on weapons and disarmament"),
    ],
)
def test_a_demand_says_what_it_asks_for(words, said):
    found = situation(words, "demands")
    assert said in compose.stance_sentence(found.stances.iloc[0].to_dict()).text


def test_a_demand_on_anything_else_is_no_stance_on_a_deal():
    assert situation("to leave the town by noon", "demands").stances.empty


def test_who_is_no_actor_and_asks_for_help_takes_no_side():
    rows = [
        term("norland-sudland", "cessation", "a truce", demanded_by="Norland"),
        statement(
            "Doctors",
            "an ambulance corridor to the city",
            stance="demands",
            holder=None,
            track="norland-sudland",
            start=50,
        ),
        statement("Sudland", "an aid corridor to the city", stance="demands", track="norland-sudland", start=150),
        actor("Sudland", actor_type="government", start=300),
    ]
    assert list(negotiations.stances(frame(rows))["party"]) == ["Sudland"]


def test_an_office_speaks_for_whom_its_owner_speaks():
    rows = [
        actor("Ann Bell", role="prime minister", affiliation="Sudland"), actor("Sudland", actor_type="government", start=20),
        term("norland-sudland", "cessation", "a truce", demanded_by="Norland", start=90),
        statement("Bell's office", "a truce", stance="accepts", holder=None, track="norland-sudland", start=150),
    ]  # fmt: skip
    assert list(negotiations.stances(frame(rows))["party"]) == ["Sudland"]
