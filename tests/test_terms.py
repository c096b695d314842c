"""Terms: every provision, demand and condition by itself, on the right track, with its parties and state."""

import time
from pathlib import Path

import pytest
from extracting import extractor

from analysis.documents import Document
from analysis.errors import RecordError
from analysis.extract.legal import find_references
from analysis.extract.reading import Reading
from analysis.extract.segments import Segment
from analysis.extract.term_fields import find_places
from analysis.extract.term_status import status_patterns
from analysis.extract.tracks import load_register
from analysis.facts import Term


def read(text: str, hand: Path | None = None) -> list[Term]:
    """The terms of a text."""
    tool = extractor()
    tool.hand = hand
    try:
        facts, _ = tool.extract(Document("a.txt", text, "2023-11-08", "given"))
    finally:
        tool.hand = None
    return [fact for fact in facts if isinstance(fact, Term)]


def find(terms: list[Term], words: str) -> Term:
    """The one term that holds some words."""
    (term,) = [term for term in terms if words in term.text]
    return term


JEDDAH = (
    "Sudan's army and the Rapid Support Forces signed a seven-day truce in Jeddah on Saturday. The agreement provides for the "
    "withdrawal of fighters from hospitals, the delivery of humanitarian aid and the restoration of essential services."
)


def test_what_a_deal_provides_for_is_cut_into_its_provisions() -> None:
    terms = read(JEDDAH)
    assert [term.term_type for term in terms] == [
        "duration", "withdrawal", "humanitarian_access", "humanitarian_access",
    ]  # fmt: skip
    assert {term.track for term in terms} == {"sudan"}
    assert {term.status for term in terms} == {"agreed"}
    assert terms[0].quantity == "seven days"
    assert terms[1].text == "the withdrawal of fighters from hospitals"


def test_clauses_with_will_are_provisions_where_a_deal_is_told() -> None:
    terms = read(
        "Under the deal signed in Pretoria, Tigray forces will be disarmed within 30 days and federal troops will take control "
        "of airports. An African Union panel will monitor the agreement."
    )
    assert find(terms, "disarmed").term_type == "disarmament"
    assert find(terms, "disarmed").quantity == "within 30 days"
    assert find(terms, "control").obligor == "federal troops"
    assert find(terms, "panel").term_type == "monitoring"
    assert find(terms, "panel").mediators == ["African Union"]


def test_a_party_that_agrees_binds_itself() -> None:
    terms = read(
        "The ELN and the government agreed to suspend kidnappings and to allow humanitarian aid into Chocó under a truce."
    )
    assert [term.status for term in terms] == ["agreed", "agreed"]
    assert {term.track for term in terms} == {"colombia-eln"}


def test_demands_name_who_demands() -> None:
    terms = read(
        "The Houthis demanded the lifting of the blockade before any truce. "
        "Riyadh's insistence on border guarantees stalled the deal."
    )
    assert "Houthi" in str(find(terms, "blockade").demanded_by) or "Ansar" in str(find(terms, "blockade").demanded_by)
    assert find(terms, "guarantees").term_type == "guarantee"
    assert find(terms, "guarantees").demanded_by is not None


def test_must_is_a_demand_of_who_says_it() -> None:
    term = find(
        read("Kyiv said any peace deal must include the withdrawal of Russian troops from Donetsk."), "withdrawal"
    )
    assert (term.track, term.obligor) == ("ukraine", "Russia")
    assert term.demanded_by is not None
    assert term.modality == "proposed" or term.status == "proposed"


@pytest.mark.parametrize(
    ("text", "condition"),
    [
        ("The rebels would accept a truce if the army left the city.", "if the army left the city"),
        ("He will sign the agreement only if prisoners are freed.", "only if prisoners are freed"),
        (
            "Under the accord they would not disarm unless Eritrean troops leave Tigray.",
            "unless Eritrean troops leave Tigray",
        ),
        ("Moscow may accept a ceasefire should Kyiv drop its claims.", "should Kyiv drop its claims"),
        ("The group accepts a halt under certain conditions.", "under certain conditions"),
        ("He offered to halt the strikes provided that the siege ends.", "provided that the siege ends"),
    ],
)
def test_conditions_are_terms_of_their_own(text: str, condition: str) -> None:
    terms = [term for term in read(text) if term.term_type == "condition"]
    assert [term.text for term in terms] == [condition]
    assert terms[0].modality == "conditional"


def test_an_if_without_a_deal_is_no_condition() -> None:
    assert read("If it rains, the road to the camp floods.") == []


def test_a_stop_is_a_term_only_when_something_specifies_it() -> None:
    assert read("Powers pushed for a ceasefire. A potential truce was discussed.") == []
    (term,) = read("Envoys discussed a 48-hour humanitarian pause in Khartoum.")
    assert (term.term_type, term.quantity, term.status) == ("duration", "48 hours", "under_discussion")


def test_an_exchange_is_one_term() -> None:
    term = find(
        read("Under the proposal, 50 hostages would be released in exchange for 150 Palestinian prisoners in Gaza."),
        "hostages",
    )
    assert (term.term_type, term.quantity, term.track) == ("exchange", "50 hostages", "gaza")


def test_rejected_provisions_are_kept_as_rejected() -> None:
    term = find(read("Talks on a truce went on. Petro rejected a prisoner swap with the ELN."), "swap")
    assert (term.status, term.modality) == ("rejected", "denied")


def test_resolutions_have_one_name_and_agreements_theirs() -> None:
    terms = read(
        "The draft deal rests on UN Security Council Resolution 1701. Resolution 1701 bars arms from the border, under the deal. "
        "Diplomats said the truce revives the Stockholm Agreement in Hodeidah."
    )
    named = [term.legal_ref for term in terms if term.term_type == "framework"]
    assert named == ["UNSCR 1701", "Stockholm Agreement"]


def test_a_contrast_between_two_tracks_keeps_them_apart() -> None:
    terms = read(
        "The draft for Lebanon foresees the withdrawal of Hezbollah north of the Litani River.\n\n"
        "The proposal for Gaza includes the release of eight hostages held by Hamas."
    )
    assert [(term.track, term.term_type) for term in terms] == [("lebanon", "withdrawal"), ("gaza", "exchange")]
    assert terms[0].geography == "north of the Litani River"


def test_an_unknown_conflict_gets_the_slug_of_its_place() -> None:
    terms = read("Under the deal, Fiji will withdraw its troops from Suva and Fiji will release prisoners.")
    assert {term.track for term in terms} <= {"fiji", "suva"}
    assert terms


def test_tracks_added_by_hand_count(tmp_path: Path) -> None:
    (tmp_path / "tracks.yml").write_text("- {track: fiji-talks, parties: [Fiji], places: [Suva]}\n", encoding="utf-8")
    terms = read("Under the deal, Fiji will withdraw its troops from Suva.", tmp_path)
    assert [term.track for term in terms] == ["fiji-talks"]


def test_a_track_without_a_slug_is_refused_by_name(tmp_path: Path) -> None:
    (tmp_path / "tracks.yml").write_text("- {title: Nameless}\n", encoding="utf-8")
    with pytest.raises(RecordError, match=r"tracks\.yml.*track"):
        read("Under the deal, Fiji will withdraw its troops.", tmp_path)


def test_a_text_without_a_deal_has_no_terms() -> None:
    assert read("The army must withdraw from the village, residents said.") == []


def test_segments_keep_character_offsets() -> None:
    text = "The truce includes the release of prisoners."
    reading = Reading(Document("a.txt", text), extractor().language(text))
    segment = Segment(reading.parsed, 3, 4)
    assert text[segment.start : segment.end] == "the release"


@pytest.mark.parametrize("unit", ["Northern ", "resolution ", "within 60 ", "if the truce and ", "proposed by "])
def test_reading_grows_no_faster_than_the_text(unit: str) -> None:
    def seconds(times: int) -> float:
        text = "The truce includes the release of prisoners. " + unit * times
        reading = Reading(Document("a.txt", text), extractor().language.make_doc(text))
        started = time.perf_counter()
        find_references(reading)
        [pattern.search(text) for _, pattern in status_patterns()]
        find_places(text)
        return time.perf_counter() - started

    seconds(10)
    assert seconds(10_000) < 0.05 + 40 * seconds(1_000)


def test_parties_of_a_track_have_other_words_that_show_it(tmp_path: Path) -> None:
    (tmp_path / "tracks.yml").write_text(
        "- {track: fiji-talks, parties: {Fiji: [Suva-based]}, places: [Levuka]}\n", encoding="utf-8"
    )
    register = load_register(tmp_path)
    assert register.words["suva-based"] == register.words["fiji"] == ("fiji-talks",)


@pytest.mark.parametrize(
    ("text", "terms"),
    [
        (
            "Under the accord, rebels will leave Arla and the army will deploy there.",
            ["rebels will leave Arla", "the army will deploy there"],
        ),
        ("They reached a deal to halt the fighting.", ["halt the fighting"]),
        ("The deal was signed. The rebels are to pull back east.", ["The rebels are to pull back east"]),
        ("The truce begins on May 3 and runs for 90 days.", ["The truce begins on May 3 and runs for 90 days"]),
        ("The deal holds. Chad and Niger serve as guarantors.", ["Chad and Niger serve as guarantors"]),
        ("The deal holds, said an aide who spoke on condition of anonymity.", []),
    ],
)
def test_clauses_tied_to_a_deal_by_their_form(text: str, terms: list[str]) -> None:
    assert [term.text for term in read(text)] == terms


def test_what_an_agreed_deal_holds_is_agreed_though_later_paragraphs_do_not_say_so() -> None:
    text = "Both armies signed a truce on Monday.\n\nPrisoners will be released."
    assert {term.status for term in read(text) if "released" in term.text} == {"agreed"}


def test_a_mediator_that_fights_elsewhere_opens_no_track_of_its_other_war() -> None:
    terms = read(
        "Sudan's army and the Rapid Support Forces signed a truce in Jeddah.\n\nA committee with three members from Saudi Arabia "
        "and three from the United States will monitor the ceasefire."
    )
    assert {term.track for term in terms} == {"sudan"}


def test_two_countries_named_as_a_pair_make_the_slug_of_an_unknown_conflict() -> None:
    terms = read(
        "Peru and Ecuador agreed to a ceasefire, Brazil's foreign minister said in Brasilia. Brazil will send observers, and Peru "
        "will withdraw its troops. Ecuador will release its prisoners."
    )
    assert {term.track for term in terms} == {"ecuador-peru"}


def test_what_a_resolution_outlines_is_not_agreed_by_the_parties():
    text = (
        "Envoys are set to visit for discussions on a truce. The framework aligns with UN Security Council Resolution 2046, "
        "which outlines the withdrawal of Sudanese troops from Abyei."
    )
    assert {t.status for t in read(text)} == {"reported"}


@pytest.mark.parametrize(
    "text",
    [
        "Both sides signed an accord, a step that U.S. officials hope will end a rebel offensive.",
        "The bloc, which deployed a peace force in December, will hold a ceasefire summit on Thursday.",
        "Talks on a truce went on. The general said his troops would hold their positions as long as it is necessary.",
    ],
)
def test_hopes_and_meetings_are_no_terms(text: str) -> None:
    assert [t.text for t in read(text) if t.term_type != "framework"] == []


def test_whoever_says_that_it_would_talk_unless_puts_the_condition() -> None:
    (term,) = read(
        "They met on a truce. The provincial government said it would not sit with the M23 unless its men left."
    )
    assert "government" in (term.demanded_by or "")


def test_who_goes_on_behind_a_quotation_demands() -> None:
    terms = read(
        'Sudan and the RSF met on a truce. Egypt said that the army was "hostage to Islamists who do not want peace" and '
        "called for an international committee to monitor the halt."
    )
    assert [t.demanded_by for t in terms if t.term_type == "monitoring"] == ["Egypt"]


def test_what_was_to_happen_before_or_after_an_attack_is_no_term() -> None:
    terms = read("Truce talks went on. Drones hit the airport, a day before it was to reopen to domestic flights.")
    assert not [t for t in terms if "reopen" in t.text]


def test_two_conditions_are_two_terms() -> None:
    terms = read(
        "Russia rejected the truce. Its spokesman said Moscow would agree to a ceasefire only if Western arms deliveries stop "
        "and if Ukraine withdraws from Donetsk."
    )
    conditions = [term for term in terms if term.term_type == "condition"]
    assert [term.text for term in conditions] == [
        "only if Western arms deliveries stop",
        "if Ukraine withdraws from Donetsk",
    ]
    assert [term.obligor for term in conditions] == [None, "Ukraine"]
    assert {term.demanded_by for term in conditions} == {"Russia"}


def test_what_must_come_before_is_a_condition() -> None:
    terms = read("Kyiv would accept a ceasefire. Security guarantees must come before any talks on territory.")
    assert find(terms, "Security guarantees").term_type == "condition"


def test_the_other_sides_part_is_a_term_of_its_own() -> None:
    terms = read(
        "Under the accord, heavy weapons are to be surrendered at the same time as foreign forces pull out. The rebels would free "
        "eight hostages in return for a halt to air raids."
    )
    assert find(terms, "heavy weapons").text == "heavy weapons are to be surrendered"
    assert find(terms, "foreign forces").term_type == "withdrawal"
    assert find(terms, "air raids").text == "a halt to air raids"


def test_the_text_of_an_agreement_in_force_is_in_force() -> None:
    terms = read(
        "A ceasefire between Israel and Hezbollah came into force on Wednesday.\n\nUnder the agreement, Israeli forces will "
        "withdraw within 60 days. The agreement calls for the release of prisoners."
    )
    assert {term.status for term in terms} == {"in_force"}
    assert find(terms, "release").modality == "asserted"


def test_a_truce_that_could_be_reached_is_no_deal() -> None:
    terms = read(
        "Mikati said a truce could be reached this week. Under the plan, Israeli troops would leave within seven days."
    )
    assert find(terms, "seven days").status == "proposed"


def test_a_plans_paragraph_goes_on() -> None:
    terms = read(
        "Under the plan, fighting would stop for 60 days. A committee chaired by France would monitor the truce. Ministers "
        "said they were hopeful."
    )
    assert [term.term_type for term in terms] == ["cessation", "monitoring"]


def test_infinitives_in_a_row_are_provisions_each() -> None:
    terms = read(
        "The two sides in Sudan agreed on a deal: they agreed to set up a joint mechanism, to identify a contact point for convoys "
        "and to arrest escapees."
    )
    assert [term.text for term in terms] == [
        "to set up a joint mechanism",
        "to identify a contact point for convoys",
        "to arrest escapees",
    ]


def test_whom_a_demand_is_put_to_is_bound_by_it() -> None:
    terms = read(
        "The African Union welcomed the deal. It called on both sides to open humanitarian corridors and to release prisoners."
    )
    assert {term.obligor for term in terms} == {"both sides"}
    assert {term.demanded_by for term in terms} == {"African Union"}


def test_a_demand_turned_down_is_rejected() -> None:
    terms = read(
        "The government rejected the truce. It rejected a Houthi demand that salaries be paid from oil revenue."
    )
    salaries = find(terms, "salaries")
    assert (salaries.status, salaries.demanded_by) == ("rejected", "Houthis")


def test_lists_of_demands_are_cut() -> None:
    terms = read(
        "The opposition rejected the deal. It called for the release of all political prisoners, the withdrawal of troops from "
        "villages and an end to conscription."
    )
    assert [term.term_type for term in terms][-3:] == ["exchange", "withdrawal", "cessation"]


def test_a_denied_attack_is_no_rejected_term() -> None:
    assert read("The rebels denied attacking civilians after the ceasefire expired.") == []


def test_a_demand_cites_the_text_it_stands_in() -> None:
    terms = read("The Security Council demanded in Resolution 2736 that the RSF end the siege and accept a truce.")
    assert find(terms, "end the siege").legal_ref == "UNSCR 2736"


def test_a_wish_and_a_new_proposal_are_not_the_deal_that_a_report_opens_with() -> None:
    terms = read(
        "Envoy Hans Grundberg said both parties in Yemen had agreed to extend the truce. Saudi Foreign Minister Faisal bin Farhan "
        "told reporters in Cairo that the kingdom supported a lasting ceasefire. The Houthis have not yet responded to a "
        "proposal to exchange 1,400 prisoners."
    )
    wish = find(terms, "lasting ceasefire")
    assert (wish.status, wish.track) == ("reported", "yemen")
    assert find(terms, "1,400 prisoners").status == "proposed"


@pytest.mark.parametrize(
    ("text", "track"),
    [
        ("Boko Haram agreed to a lasting truce and to free 40 hostages, Nigeria's army said.", "nigeria"),
        (
            "Rebels of the Central African Republic signed a ten-day truce in Khartoum, brokered by Sudan.",
            "central-african-republic",
        ),
        (
            "The Tamil Tigers offered a temporary truce. Norway, which brokered the last one, urged calm. Sri Lanka declined.",
            "sri-lanka",
        ),
        ("Mali's army agreed to a three-week truce. Envoys of Chad and Togo took part in the talks.", "mali"),
        (
            "Iran and Israel agreed to a twelve-hour truce. Iran must halt its missiles first, Israel said. Attacks by Hezbollah"
            " in Lebanon came before, and hostages are held in Gaza.",
            "iran-israel",
        ),
    ],
)
def test_a_track_of_the_register_needs_its_own_parties_or_places(text: str, track: str) -> None:
    assert {term.track for term in read(text)} == {track}


def test_what_is_said_of_a_track_keeps_it_where_others_are_at_war_too() -> None:
    text = "Iran and Israel traded threats. Hezbollah and Israel agreed to a 60-day truce."
    assert {term.track for term in read(text)} == {"lebanon"}


@pytest.mark.parametrize(
    "clause",
    ["both sides keep the right to self-defense", "each party retains the freedom to defend its posts",
     "all the parties keep the right to self-defence"],
)  # fmt: skip
def test_a_right_that_every_party_keeps_is_a_provision(clause: str) -> None:
    text = f"The truce took effect at dawn. Northern troops will withdraw within ten days. {clause[0].upper()}{clause[1:]}."
    assert find(read(text), clause[1:]).term_type == "enforcement"


def test_a_right_that_one_party_claims_is_no_provision() -> None:
    text = "The truce took effect at dawn. The general said that his army has the right to strike back."
    assert not [term for term in read(text) if "right" in term.text]
