"""Talks that break off: told beside the deal that they undo, weighed in the outlook, ended by a new deal."""

import pytest
from builders import event, frame, term

from analysis.wording import compose
from analysis.wording.agreement import agree
from analysis.wording.evidence import prospect
from analysis.wording.talks import track_sentence

AGREED = term("sudan", "cessation", "a truce", status="agreed", published="2023-05-20")


def broken(text="suspended", day="2023-06-01", **fields):
    fields = {"actor": "Kenya", "target": "talks", "asserted_by": "Kenya"} | fields
    return event("other", text, doc="later.txt", start=300, published=day, **fields)


def look(*rows):
    return compose.observe(frame([AGREED, *rows]), "2023-06-02")


def test_a_deal_is_told_together_with_the_talks_broken_off_since():
    text = " ".join(found.text for found in compose.lead(look(broken())))
    assert "have been agreed" in text
    assert "Kenya suspended the talks" in text
    assert "1 June 2023" in text


@pytest.mark.parametrize(
    ("rows", "words"),
    [
        ([broken("walked", actor="rebels", target=None)], "rebels left the talks, as reported by Kenya"),
        ([broken("collapsed", actor=None)], "the talks broke down"),
        ([broken("suspended", actor=None)], "the talks were suspended"),
        ([event("agreement", "expired", doc="b.txt", published="2023-06-01")], "the halt expired"),
        ([broken("ended", target="ceasefire", actor="Houthis")], "the Houthis ended the halt"),
    ],
)
def test_each_kind_of_setback_reads_well(rows, words):
    from analysis.wording.talks import setback_sentence

    found = setback_sentence(look(*rows).register.iloc[0].to_dict())
    assert found is not None
    assert words in found.text.replace("The Houthis", "the Houthis")


@pytest.mark.parametrize(
    "row", [broken(modality="denied"), broken(modality="planned"), broken(day="2023-05-01"), broken("signed")]
)
def test_what_did_not_happen_or_came_before_the_deal_is_no_setback(row):
    assert look(row).register.loc[0, "setback"] is None


def test_a_new_deal_ends_a_setback():
    again = event("agreement", "signed", doc="third.txt", published="2023-06-02")
    assert look(broken(), again).register.loc[0, "setback"] is None


def test_a_setback_makes_it_less_likely_that_the_halt_holds():
    chance = [prospect(found, found.register.iloc[0].to_dict()).probability for found in (look(), look(broken()))]
    assert chance[1] < 0.5 < chance[0]


def test_talks_that_are_broken_off_are_no_contact():
    met = event("meeting", "talks", doc="later.txt", start=330, published="2023-06-01", date="2023-05-31")
    assert look(broken(), met).register.loc[0, "last_contact"] is None
    assert look(met).register.loc[0, "last_contact"] == "meeting"


@pytest.mark.parametrize(
    ("words", "name", "told"),
    [
        ("accepts a deal", "Taliban", "accept a deal"),
        ("has counted", "aid workers", "have counted"),
        ("is open", "United Nations", "is open"),
        ("is open", "", "is open"),
    ],
)
def test_verbs_agree_with_their_names(words, name, told):
    assert agree(words, name) == told


def test_talks_resumed_are_told_before_the_setback_and_the_lead_leaves_it_out():
    resumed = term("sudan", "duration", "a truce of 28 days", status="under_discussion", published="2023-06-10")
    open_terms = term("sudan", "cessation", "a truce", status="under_discussion", published="2023-05-20")
    found = compose.observe(frame([open_terms, broken(actor=None), resumed]), "2023-06-11")
    row = found.register.iloc[0].to_dict()
    assert "before that the talks were suspended" in track_sentence(row).text
    assert "suspended" not in " ".join(sentence.text for sentence in compose.lead(found))
