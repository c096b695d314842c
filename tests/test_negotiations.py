"""Negotiations: tracks, the term matrix, drafts, stances; composed texts about several wars."""

import pandas as pd
import pytest
from builders import actor, event, frame, statement, term

from analysis.errors import RecordError
from analysis.topics import negotiations
from analysis.topics.holders import party_of, resolver
from analysis.topics.tracks import Track, assign_tracks

TRACKS = {
    "lebanon": Track(
        track="lebanon", title="Lebanon", parties=["Israel", "Hezbollah", "Lebanon"], mediators=["United States"]
    ),
    "gaza": Track(track="gaza", title="Gaza", parties=["Israel", "Hamas"], mediators=["Qatar", "Egypt"]),
}


def two_tracks() -> pd.DataFrame:
    """One document in which Hezbollah sets conditions, Israel demands a pull-back, and Hamas demands a withdrawal."""
    return frame([
        statement("Naim Qassem", "we accept, but under suitable conditions", holder="Hezbollah", stance="conditionally_open",
                  condition="under suitable conditions", start=100),
        term("lebanon", "duration", "a 60-day truce", start=300, quantity="60 days", status="under_discussion"),
        statement("Eli Cohen", "it will still take time", holder="Israel", stance="optimistic", start=400),
        term("lebanon", "withdrawal", "a pull-back of Hezbollah", start=500, obligor="Hezbollah", demanded_by="Israel"),
        event("visit", "set to visit", actor="Brett McGurk", place="Israel", modality="planned", start=600),
        event("meeting", "held talks in Doha", actor="Bill Burns", place="Doha", date_start="2024-10-26",
              date_end="2024-10-27", date_prec=2, start=4000),
        term("gaza", "exchange", "an exchange of hostages", start=4100, mediators=["Qatar"]),
        term("gaza", "withdrawal", "Israeli withdrawal from Gaza", start=4300, obligor="Israel", demanded_by="Hamas"),
        statement("Hamas spokesperson", "any terms must include Israeli withdrawal from Gaza", holder="Hamas", stance="demands",
                  start=4280),
    ])  # fmt: skip


def test_each_track_has_its_parties_contacts_and_status():
    rows = negotiations.register(two_tracks(), TRACKS).set_index("track")
    assert rows.loc["lebanon", "parties"] == ["Israel", "Hezbollah", "Lebanon"]
    assert rows.loc["lebanon", "status"] == "under_discussion"
    assert "Brett McGurk" in rows.loc["lebanon", "next_contact"]
    assert rows.loc["lebanon", "next_contact_date"] is None
    assert rows.loc["gaza", "last_contact_date"] == "2024-10-27"
    assert rows.loc["gaza", "venue"] == "Doha"
    assert rows.loc["gaza", "mediators"] == ["Qatar", "Egypt"]
    assert rows.loc["gaza", "stage"] == "pre-negotiation"


def test_a_statement_without_words_of_its_own_belongs_to_the_nearest_term():
    facts = two_tracks()
    assigned = assign_tracks(facts, TRACKS)
    by_text = dict(zip(facts["text"].reindex(assigned.index), assigned, strict=True))
    assert by_text["it will still take time"] == "lebanon"
    assert by_text["we accept, but under suitable conditions"] == "lebanon"
    assert by_text["any terms must include Israeli withdrawal from Gaza"] == "gaza"


def test_the_matrix_holds_every_position_with_its_words_and_silence_is_not_opposition():
    long = negotiations.matrix(two_tracks(), "lebanon", TRACKS).set_index(["term_type", "party"])
    assert long.loc[("withdrawal", "Israel"), "position"] == "demanded"
    assert long.loc[("withdrawal", "Israel"), "words"] == "a pull-back of Hezbollah"
    assert long.loc[("withdrawal", "Hezbollah"), "position"] == "silent"
    assert long.loc[("cessation", "Hezbollah"), "position"] == "conditional"
    assert long.loc[("duration", "on the table"), "words"] == "a 60-day truce"
    assert all(long.loc[long["position"] != "silent", "facts"].map(len))


def test_the_wide_matrix_has_a_row_a_provision_and_a_column_a_party():
    wide = negotiations.wide_matrix(negotiations.matrix(two_tracks(), "gaza", TRACKS))
    assert list(wide.columns) == ["Provision", "Israel", "Hamas", "on the table"]
    assert wide.set_index("Provision").loc["Withdrawal", "Hamas"].startswith("demanded: “")


def test_where_positions_meet_is_computed_from_the_cells():
    facts = frame([
        term("gaza", "withdrawal", "withdrawal from Gaza", demanded_by="Hamas"),
        statement("Prime minister", "there will be no withdrawal from Gaza", holder="Israel", stance="rejects", start=200),
        term("gaza", "exchange", "hostages for prisoners", demanded_by="Israel", start=300),
        statement("Hamas", "we agree to swap the hostages", stance="accepts", start=400),
        term("gaza", "humanitarian_access", "600 lorries of aid a day", demanded_by="Hamas", start=500),
    ])  # fmt: skip
    verdicts = negotiations.meeting_points(facts, "gaza", TRACKS).set_index("term_type")["verdict"].to_dict()
    assert verdicts == {"withdrawal": "apart", "exchange": "meets", "humanitarian_access": "open"}


def test_positions_on_different_things_of_one_kind_do_not_meet():
    """Two demands, or an offer of one thing for a demand of another, agree on nothing."""
    facts = frame([
        term("gaza", "framework", "give up the seat", demanded_by="Israel", obligor="Hamas"),
        term("gaza", "framework", "the return of children", proposed_by="Hamas", obligor="Israel", start=100),
        term("gaza", "withdrawal", "withdraw from the north", demanded_by="Hamas", obligor="Israel", start=200),
        term("gaza", "withdrawal", "withdraw from the ridge", demanded_by="Israel", obligor="Hamas", start=300),
        term("gaza", "exchange", "free the captives", demanded_by="Israel", obligor="Hamas", start=400),
        term("gaza", "exchange", "free some captives", proposed_by="Hamas", obligor="Hamas", start=500),
    ])  # fmt: skip
    verdicts = negotiations.meeting_points(facts, "gaza", TRACKS).set_index("term_type")["verdict"].to_dict()
    assert verdicts == {"framework": "own", "withdrawal": "own", "exchange": "meets"}


def test_what_one_side_agreed_to_do_is_accepted_by_that_side_alone():
    facts = frame([
        term("gaza", "withdrawal", "to withdraw from two towns", obligor="Israel", status="agreed"),
        term("gaza", "humanitarian_access", "to resume aid", obligor="United States", status="agreed", start=100),
        term("gaza", "cessation", "a halt of the fire", status="agreed", start=200),
    ])  # fmt: skip
    long = negotiations.matrix(facts, "gaza", TRACKS).set_index(["term_type", "party"])["position"]
    assert (long["withdrawal", "Israel"], long["withdrawal", "Hamas"]) == ("accepted", "silent")
    assert "accepted" not in set(long["humanitarian_access"])
    assert (long["cessation", "Israel"], long["cessation", "Hamas"]) == ("accepted", "accepted")


def test_a_later_acceptance_replaces_an_earlier_refusal_in_the_cell():
    facts = frame([
        statement("Hamas", "we refuse a partial truce", stance="rejects", published="2024-11-01"),
        statement("Hamas", "we accept a partial truce", stance="accepts", published="2024-12-01", doc="later.txt"),
        term("gaza", "cessation", "a partial truce", start=300),
    ])  # fmt: skip
    long = negotiations.matrix(facts, "gaza", TRACKS).set_index(["term_type", "party"])
    assert long.loc[("cessation", "Hamas"), "position"] == "accepted"


def test_an_exchange_agreed_on_is_no_halt_agreed_on():
    agreed = [term("gaza", "exchange", "hostages for prisoners", status="agreed")]
    halt = [term("gaza", "cessation", "a truce", status="agreed", start=90)]
    assert negotiations.register(frame(agreed), TRACKS).set_index("track").loc["gaza", "status"] == "under_discussion"
    assert negotiations.register(frame(agreed + halt), TRACKS).set_index("track").loc["gaza", "status"] == "agreed"


def test_on_a_track_of_three_a_pact_binds_those_who_are_named_as_agreeing():
    tracks = {"congo": Track(track="congo", title="Congo", parties=["Congo", "Rwanda", "M23"])}
    facts = frame([
        event("agreement", "Rwanda initialled a text", actor="Rwanda", doc="pact.txt"),
        term("congo", "cessation", "an end to support for armed groups", status="agreed", doc="pact.txt", start=90),
        term("congo", "withdrawal", "Congo pulls back", status="agreed", obligor="Congo", doc="other.txt", start=20),
    ])  # fmt: skip
    found = negotiations.matrix(facts, "congo", tracks)
    accepted = found[found["position"] == "accepted"]
    pairs = set(zip(accepted["term_type"], accepted["party"], strict=True))
    assert pairs == {("cessation", "Rwanda"), ("withdrawal", "Congo")}


def test_a_change_of_stance_is_an_event_with_both_wordings():
    facts = frame([
        statement("Hamas", "we refuse a partial truce", stance="rejects", published="2024-11-01"),
        statement("Hamas", "still no to a partial truce", stance="rejects", published="2024-11-05", doc="b.txt"),
        statement("Hamas", "we accept a truce if you withdraw", stance="conditionally_open", condition="if you withdraw",
                  published="2024-12-01", doc="c.txt"),
        term("gaza", "cessation", "a partial truce", start=300),
    ])  # fmt: skip
    table = negotiations.stances(facts, TRACKS)
    changes = negotiations.stance_changes(table)
    assert changes[["date", "party", "before", "after", "condition"]].values.tolist() == [
        ["2024-12-01", "Hamas", "rejects", "conditionally_open", "if you withdraw"]
    ]
    assert len(changes.loc[0, "facts"]) == 2


def test_two_stances_on_one_day_are_no_change():
    facts = frame([
        statement("RSF", "we accept", stance="accepts"),
        statement("RSF", "we reject the army's offer", stance="rejects", start=50),
        term("sudan", "cessation", "a truce", start=100),
    ])  # fmt: skip
    assert negotiations.stance_changes(negotiations.stances(facts)).empty


def test_an_unknown_conflict_gets_a_track_of_its_own():
    facts = frame([
        term("sudan-jeddah", "humanitarian_access", "leave hospitals", obligor="RSF", mediators=["Saudi Arabia"],
             published="2023-05-20"),
        statement("SAF delegation", "we reject talks", holder="SAF", stance="rejects", start=60, published="2023-05-31"),
        term("sudan-jeddah", "cessation", "a truce of seven days", start=80, status="in_force", published="2023-05-22"),
        event("violation", "breached the truce", start=90, published="2023-05-31"),
    ])  # fmt: skip
    row = negotiations.register(facts).iloc[0]
    assert (row["basis"], row["stage"], row["status"]) == ("automatic", "implementation", "in_force")
    assert row["parties"] == ["RSF", "SAF"]
    assert row["mediators"] == ["Saudi Arabia"]
    assert row["title"] == "Sudan-Jeddah talks"


def test_drafts_are_compared_term_by_term():
    draft, text = (
        {"published": "2024-10-30", "status": "proposed"},
        {"published": "2024-11-27", "status": "in_force", "doc": "text.txt"},
    )
    facts = frame([
        term("lebanon", "withdrawal", "withdraw within seven days", quantity="7 days", obligor="Israel", **draft),
        term("lebanon", "deployment", "10,000 troops", start=50, obligor="Lebanon", **draft),
        term("lebanon", "enforcement", "Israel may act against violations", start=90, **draft),
        term("lebanon", "withdrawal", "withdraw in phases over 60 days", quantity="60 days", obligor="Israel", **text),
        term("lebanon", "deployment", "10,000 troops", start=50, obligor="Lebanon", **text),
        term("lebanon", "disarmament", "arms only for the state", start=90, **text),
    ])  # fmt: skip
    rows = negotiations.compare_drafts(facts, "lebanon").set_index("term_type")
    assert rows["change"].to_dict() == {
        "withdrawal": "changed", "deployment": "same", "disarmament": "only in the second", "enforcement": "only in the first",
    }  # fmt: skip
    assert rows.loc["withdrawal", "difference"] == "quantity: 7 days, then 60 days"
    assert rows.loc["withdrawal", "first_version"] == "draft reported 2024-10-30"
    assert rows.loc["enforcement", "second_facts"] == ()


def test_one_version_alone_compares_with_nothing():
    assert negotiations.compare_drafts(two_tracks(), "lebanon", TRACKS).empty


def test_a_retracted_term_is_no_longer_on_the_table():
    facts = frame(
        [term("gaza", "exchange", "eight hostages", status="retracted"), term("gaza", "duration", "28 days", start=50)]
    )
    assert list(negotiations.matrix(facts, "gaza", TRACKS)["term_type"].unique()) == ["duration"]


def test_without_facts_every_table_is_there_and_empty():
    facts = frame([])
    assert negotiations.register(facts).empty
    assert negotiations.matrix(facts, "gaza").empty
    assert negotiations.wide_matrix(negotiations.matrix(facts, "gaza")).empty
    assert negotiations.meeting_points(facts, "gaza").empty
    assert negotiations.stance_changes(negotiations.stances(facts)).empty
    assert negotiations.versions(facts, "gaza").empty


def test_a_name_stands_for_the_party_in_it_but_not_for_a_longer_word():
    assert party_of("Israel's government", ["Israel"]) == "Israel"
    assert party_of("Israelis", ["Israel"]) == "Israelis"


def test_a_track_file_that_is_no_list_of_tracks_is_refused_by_name(tmp_path):
    (tmp_path / "seeds" / "hand").mkdir(parents=True)
    (tmp_path / "seeds" / "hand" / "tracks.yml").write_text("- parties: [A, B]\n")
    with pytest.raises(RecordError, match=r"tracks\.yml: a track needs"):
        negotiations.load_tracks(tmp_path)


def test_a_partys_demands_and_conditions_are_no_part_of_a_draft():
    facts = frame([
        term("gaza", "withdrawal", "withdrawal from Gaza", demanded_by="Hamas"),
        term("gaza", "condition", "if they leave", start=40),
        term("gaza", "duration", "28 days", start=80),
    ])  # fmt: skip
    assert negotiations.versions(facts, "gaza", TRACKS)["provisions"].tolist() == [["duration"]]


def test_once_a_text_is_agreed_what_is_reported_of_it_is_its_content():
    facts = frame([
        term("lebanon", "duration", "60 days", status="proposed"),
        term("lebanon", "cessation", "a ceasefire came into force", status="in_force", published="2024-11-27", doc="b.txt"),
        term("lebanon", "withdrawal", "will withdraw in phases", status="reported", published="2024-11-27", doc="b.txt", start=60),
    ])  # fmt: skip
    listed = negotiations.versions(facts, "lebanon", TRACKS)
    assert listed[["form", "provisions"]].values.tolist() == [
        ["draft", ["duration"]],
        ["text", ["cessation", "withdrawal"]],
    ]


def test_a_contact_announced_for_a_day_that_has_passed_is_not_the_next_one():
    visit = event(
        "visit", "to visit", actor="Envoy", place="Beirut", modality="planned", date_start="2024-11-13", start=50
    )
    facts = frame([term("lebanon", "cessation", "a truce"), visit])
    assert negotiations.register(facts, TRACKS).loc[0, "next_contact_date"] == "2024-11-13"
    later = frame(
        [*facts.to_dict("records"), term("lebanon", "duration", "60 days", published="2024-11-20", doc="b.txt")]
    )
    assert negotiations.register(later, TRACKS).loc[0, "next_contact"] is None


def test_a_demand_that_names_no_provision_takes_no_side_on_a_deal():
    facts = frame([
        statement("army", "to leave the town", holder="Israel", stance="demands"), term("gaza", "cessation", "a truce", start=50)
    ])  # fmt: skip
    assert negotiations.stances(facts, TRACKS).empty


def test_the_word_lists_variants_are_no_sides():
    known = {"gaza": Track(track="gaza", parties=["Hamas", "Israel", "Israeli", "Palestinians"], basis="word list")}
    facts = frame([
        term("gaza", "withdrawal", "withdrawal", obligor="Israel", demanded_by="Hamas"),
        statement("Israeli media", "talks go on", holder=None, start=60),
    ])  # fmt: skip
    assert negotiations.register(facts, known).loc[0, "parties"] == ["Hamas", "Israel"]


def test_a_named_person_stands_for_the_party_and_a_common_noun_for_nobody():
    facts = frame([
        actor("Benjamin Netanyahu", affiliation="Israel", role="Prime Minister"),
        actor("Mossad", actor_type="organisation", affiliation="Israel"),
        actor("David Barnea", affiliation="Mossad"),
        statement("Netanyahu", "we demand the release of the hostages", holder="Netanyahu", stance="demands", start=100),
        statement("office", "we accept the truce", holder=None, stance="accepts", start=200),
        statement("David Barnea", "we reject a withdrawal", holder="David Barnea", stance="rejects", start=300),
        term("gaza", "humanitarian_access", "aid for the north", demanded_by="office", start=400),
    ])  # fmt: skip
    long = negotiations.matrix(facts, "gaza", TRACKS)
    assert set(long["party"]) == {"Israel", "Hamas", "on the table"}
    positions = long.set_index(["term_type", "party"])["position"]
    assert positions["exchange", "Israel"] == "demanded"
    assert positions["withdrawal", "Israel"] == "opposed"
    assert positions["humanitarian_access", "on the table"] == "reported"


def test_a_surname_that_two_persons_bear_names_neither_party():
    facts = frame([actor("Ali Salem", affiliation="Hamas"), actor("Omar Salem", affiliation="Israel", start=50)])
    resolve = resolver(facts, TRACKS)
    assert resolve("gaza", "Salem") == "Salem"
    assert resolve("gaza", "Ali Salem") == "Hamas"


def test_a_statement_takes_a_position_on_each_term_within_its_own_words_only():
    facts = frame([
        statement("Hamas", "we demand a pull-out and aid", stance="demands", start=100, end=200),
        term("gaza", "withdrawal", "a pull-out", start=120),
        term("gaza", "humanitarian_access", "aid", start=150),
        term("gaza", "exchange", "a swap", start=195),
        term("gaza", "monitoring", "observers", start=120, doc="other.txt"),
    ])  # fmt: skip
    held = negotiations.cells(facts, TRACKS).query("party == 'Hamas'")
    assert list(held["term_type"]) == ["withdrawal", "humanitarian_access"]
    assert all(len(ids) == 2 for ids in held["facts"])
