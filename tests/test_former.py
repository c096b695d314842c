"""A number that its own sentence calls an earlier one is no second opinion of its source."""

import pandas as pd
import pytest
from builders import figure, frame

from analysis.corrections import settle_facts

FORMER = [
    ("The ministry said 23 people were killed. It had first counted 20 dead.", 20),
    ("The agency now counts 2,000 dead, not 900 as reported earlier.", 900),
    ("The toll rose from 20 to 29, the governor said.", 20),
    ("Officials raised the toll to 41 from an earlier count of 37.", 37),
    ("Rescuers initially spoke of 11 dead; by night 15 were counted.", 11),
    ("The toll stands at 15 rather than 51, the office said.", 51),
]
BOTH = [
    "The ministry said 23 people were killed in the strike and 20 in the second one.",
    "The army said 12 were killed; residents counted 30.",
]


def settled(text: str) -> pd.DataFrame:
    words = [word.strip(".,;") for word in text.split()]
    numbers = [word for word in words if word.replace(",", "").isdigit()]
    rows = [
        figure(
            "killed",
            float(word.replace(",", "")),
            text=word,
            start=text.index(word),
            asserted_by="Ministry",
            place="Qarya",
        )
        for word in numbers
    ]
    facts = frame(rows)
    documents = facts[["doc", "doc_id", "publisher", "published"]].drop_duplicates("doc_id").assign(text=text)
    return settle_facts(facts, documents)


@pytest.mark.parametrize(("text", "former"), FORMER)
def test_a_number_told_as_an_earlier_one_gives_way_to_the_other_of_its_document(text, former):
    facts = settled(text)
    assert facts.loc[facts["status"] == "superseded", "value_low"].tolist() == [former]


@pytest.mark.parametrize("text", BOTH)
def test_two_numbers_side_by_side_both_stand(text):
    assert set(settled(text)["status"]) == {"active"}


def test_a_former_number_alone_is_all_that_is_known():
    assert set(settled("The ministry had first counted 20 dead.")["status"]) == {"active"}
