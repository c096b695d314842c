"""Persons across documents: a surname alone is the one person who bears it, and nobody where two do."""

import pytest
from builders import actor, event, frame, statement

from analysis.corrections import settle_facts
from analysis.revisions.persons import full_names
from analysis.topics import actors


def test_a_surname_in_a_later_document_is_the_person_named_in_full_before():
    rows = [
        actor("Abdel Fattah al-Burhan", affiliation="Sudan", doc="a.txt"),
        actor("Burhan", doc="b.txt", start=3),
        statement("Burhan", "we will not yield", holder=None, doc="b.txt", start=40),
        event("meeting", "met", actor="Burhan", doc="b.txt", start=80),
    ]
    facts = settle_facts(frame(rows))
    assert actors.actors(facts)["name"].tolist() == ["Abdel Fattah al-Burhan"]
    assert facts["speaker"].dropna().tolist() == ["Abdel Fattah al-Burhan"]
    assert facts["actor"].dropna().tolist() == ["Abdel Fattah al-Burhan"]


@pytest.mark.parametrize(
    "others",
    [
        [actor("Wissam Qassem", start=9)],  # two bear the name
        [actor("Qassem", actor_type="media", start=9)],  # somebody else is called so
    ],
)
def test_a_name_that_two_bear_stays_as_it_is(others):
    facts = frame([actor("Naim Qassem"), actor("Qassem", doc="b.txt"), *others])
    assert "Qassem" not in full_names(facts)


def test_a_given_name_by_which_one_is_called_counts_too():
    assert full_names(frame([actor("Phumtham Wechayachai")])) == {
        "Wechayachai": "Phumtham Wechayachai",
        "Phumtham": "Phumtham Wechayachai",
    }
