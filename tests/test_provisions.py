"""Provisions told in the ways of news from many wars: lists, drafts, demands in the plain form, what a deal forbids."""

import pytest
from extracting import extract

from analysis.facts import Term


def read(text: str) -> list[Term]:
    """The terms of a text."""
    return [fact for fact in extract(text, "2024-06-12") if isinstance(fact, Term)]


def find(text: str, words: str) -> Term:
    """The one term of a text that holds some words."""
    (term,) = [term for term in read(text) if words in term.text]
    return term


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "The plan foresees a ten-day halt to air raids, the clearing of the mined road and the repayment of stolen grain.",
            ["a ten-day halt to air raids", "the clearing of the mined road", "the repayment of stolen grain"],
        ),
        (
            "Both governments agreed to a series of measures that include a nationwide truce, the burial of the dead and the"
            " licensing of traders, in what envoys called a beginning.",
            ["a nationwide truce", "the burial of the dead", "the licensing of traders"],
        ),
        (
            "The rebels signed a truce in Bria. They agreed to halt patrols, set up a hotline and let farmers return.",
            ["a truce", "to halt patrols", "set up a hotline", "let farmers return"],
        ),
        (
            "The two armies signed an accord under which they were to vacate the schools and release detained teachers.",
            ["to vacate the schools", "release detained teachers"],
        ),
        (
            "The front set out its demands for a truce: a lifting of the embargo, an end to conscription and the release of"
            " its founder.",
            ["a lifting of the embargo", "an end to conscription", "the release of its founder"],
        ),
        (
            "The roadmap was published on Monday. It would reopen the river port and ease limits on fuel imports.",
            ["It would reopen the river port", "ease limits on fuel imports"],
        ),
    ],
)
def test_every_item_of_a_list_is_a_term(text, expected):
    assert [term.text for term in read(text)] == expected


def test_a_demand_in_the_plain_form_of_the_verb_is_one_whatever_the_verb():
    text = "Talks on a ceasefire go on. Kigali insists that the militia be tried abroad and that Kinshasa dismiss two generals."
    tried, dismissed = find(text, "tried"), find(text, "dismiss")
    assert (tried.status, tried.demanded_by) == ("proposed", "Rwanda")
    assert (dismissed.obligor, dismissed.demanded_by) == ("Democratic Republic of the Congo", "Rwanda")


def test_a_report_of_what_is_so_is_no_demand():
    assert not [
        t for t in read("Ceasefire talks go on. Dakar insists that the river carries silt.") if "river" in t.text
    ]


def test_what_a_state_wants_somebody_else_to_do_is_a_demand_and_what_a_group_is_there_for_is_none():
    text = "A truce holds. Chad wants the dispute over the wells to go to arbitration."
    assert find(text, "wells").demanded_by == "Chad"
    assert not [
        t for t in read("The front, which wants to restore the kingdom, left the truce.") if "kingdom" in t.text
    ]


def test_what_no_side_may_do_is_forbidden_by_the_deal():
    term = find("The accord was signed on Monday. Neither party may send troops into the valley.", "valley")
    assert (term.obligor, term.text[:7]) == ("both parties", "Neither")


def test_what_a_deal_holds_is_agreed_where_nothing_calls_it_a_draft():
    text = "Under the terms, the army runs the port while the clans keep the market, according to a copy of the accord."
    assert [term.status for term in read(text)] == ["agreed", "agreed"]


def test_a_draft_stays_one_although_somebody_signed():
    text = "The general left without signing. His rival had signed on Monday. The draft provides for a withdrawal of tanks."
    assert find(text, "tanks").status == "proposed"


def test_a_stop_that_somebody_declined_is_rejected():
    text = "The president agreed to spare the power plants but declined to endorse a full ceasefire."
    assert find(text, "ceasefire").status == "rejected"


def test_what_is_offered_on_a_condition_is_not_agreed():
    text = "The parties signed a deal on Friday. The militia would disarm only after the foreign troops had left."
    assert find(text, "militia would disarm").status == "proposed"


def test_a_deal_reached_after_talks_is_not_under_discussion():
    text = "The pact was initialled after nine days of talks. Disarmament of the militias is to begin in the east."
    assert find(text, "militias").status == "agreed"


def test_what_two_adjectives_describe_is_not_cut():
    text = "The accord provides for the withdrawal of foreign and non-regular forces."
    assert [term.text for term in read(text)] == ["the withdrawal of foreign and non-regular forces"]


def test_the_end_of_a_month_ends_nothing_and_soldiers_handed_over_are_exchanged():
    text = "Under the deal, the border road will reopen by the end of June. The army will hand over 14 badly wounded soldiers."
    assert find(text, "road").term_type != "cessation"
    handed = find(text, "wounded")
    assert (handed.term_type, handed.quantity) == ("exchange", "14 badly wounded soldiers")


@pytest.mark.parametrize(
    "text",
    [
        "The two sides agreed on steps that would end the quarrel. The deal was signed.",
        "The truce was signed. Villagers hoped the truce would hold.",
        "The deal was signed. They say they will stop.",
        "The army wants a handover, not a truce.",
    ],
)
def test_hopes_and_half_sentences_hold_no_provision(text):
    assert not [t for t in read(text) if any(w in t.text for w in ("quarrel", "hold", "they will", "not a truce"))]


def test_a_promise_not_to_do_something_is_kept_whole():
    assert find("Under the truce both promised not to shell the river villages.", "river").text.startswith("not to")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "The envoys signed a declaration that commits them to stop all raids, reopen the ferry and respect the frontier.",
            ["to stop all raids", "reopen the ferry", "respect the frontier"],
        ),
        (
            "The draft would begin with a six-week halt in the fighting during which the militia would release 33 women.",
            ["a six-week halt in the fighting", "the militia would release 33 women"],
        ),
        (
            "Talks on a truce drag on. A rebel envoy demanded that the army leave Bria and that the mercenaries quit the country.",
            ["the army leave Bria", "the mercenaries quit the country"],
        ),
    ],
)
def test_rows_that_the_parser_joins_to_something_else_are_cut(text, expected):
    assert [term.text for term in read(text)] == expected


def test_who_announces_a_deal_is_no_part_of_it():
    text = "The protocol commits both to a cessation of hostilities, mediators in Nairobi announced Friday."
    assert [term.text for term in read(text) if "mediators" in term.text] == []


def test_a_provision_under_what_the_sentence_before_named_is_its_own():
    text = "A local pause has held since May. Under it, roadblocks were removed and the police patrol the town."
    assert [t.text for t in read(text) if "road" in t.text or "police" in t.text] == [
        "roadblocks were removed",
        "the police patrol the town",
    ]


def test_what_a_deal_of_the_past_bound_somebody_to_was_agreed():
    text = (
        "Both accuse each other. The 2015 accord obliged the rebels to disarm. Some 300 fighters were to join the army."
    )
    assert {term.status for term in read(text)} == {"agreed"}


def test_what_a_memorandum_demands_is_proposed_although_something_else_was_agreed():
    text = "The two states agreed to swap prisoners. The memorandum demands that the neighbour withdraw its tanks."
    assert find(text, "tanks").status == "proposed"


def test_what_somebody_insists_is_so_is_no_demand():
    assert not [t for t in read("The minister insisted the accord remained valid.") if t.term_type != "framework"]
    assert not [t for t in read("The minister insisted the accord remained valid.") if "remained" in t.text]
