"""Registers made of facts: statements, actors, chronology, causes, sources, credibility."""

import pandas as pd
import pytest
from builders import actor, event, figure, frame, statement

from analysis.errors import RecordError
from analysis.topics import actors, chronology, credibility, sources, statements


def document(facts: pd.DataFrame, text: str) -> pd.DataFrame:
    return pd.DataFrame([{"doc_id": facts["doc_id"].iloc[0], "text": text}])


def placed(kind: str, text: str, words: str) -> dict:
    """An event fact at the offsets of some words of a text."""
    return event(kind, words, start=text.index(words))


def test_statements_come_by_day_with_condition_and_who_passed_them_on():
    facts = frame([
        statement("Minister", "we would sign if they leave", stance="conditionally_open", condition="if they leave",
                  relayed_by=["local radio"], published="2024-11-02", doc="b.txt"),
        statement("Spokesman", "nothing was offered", mode="direct", published="2024-11-01"),
        statement("Ghost", "never said", status="retracted"),
    ])  # fmt: skip
    table = statements.statements(facts)
    assert list(table["speaker"]) == ["Spokesman", "Minister"]
    assert table.loc[1, "condition"] == "if they leave"
    assert table.loc[1, "relayed_by"] == ["local radio"]
    assert statements.speakers(table).set_index("speaker").loc["Minister", "stances"] == ["conditionally_open"]


def test_a_promotion_is_a_change_of_role_but_a_dating_word_is_not():
    facts = frame([
        actor("Amina Deng", role="deputy leader", published="2024-01-01", doc="a.txt"),
        actor("Amina Deng", role="newly appointed leader", published="2024-02-01", doc="b.txt"),
        actor("Amina Deng", role="leader", published="2024-03-01", doc="c.txt"),
    ])  # fmt: skip
    changes = actors.actor_changes(facts)
    assert changes[["date", "before", "after"]].values.tolist() == [
        ["2024-02-01", "deputy leader", "newly appointed leader"]
    ]
    assert actors.actors(facts).loc[0, "role"] == "leader"


def test_the_register_says_who_is_reported_killed_and_by_whom():
    facts = frame([
        actor("Omar Idris", role="commander", affiliation="RSF"),
        event("killing", "was killed", target="Omar Idris", date="2024-05-03", asserted_by="the army"),
        event("killing", "plot to kill", target="Omar Idris", modality="planned", start=90),
    ])  # fmt: skip
    changes = actors.actor_changes(facts)
    assert changes[["name", "date", "change", "according_to"]].values.tolist() == [
        ["Omar Idris", "2024-05-03", "reported killed", "the army"]
    ]


def test_two_reports_of_one_strike_are_one_entry_with_two_sources():
    facts = frame([
        event("air_strike", "jets hit the depot", place="Kosti", date="2024-05-03"),
        event("air_strike", "an air strike", place="Kosti", date="2024-05-03", doc="b.txt", publisher="The Herald"),
        event("air_strike", "raids", place="Kosti", start=50),
        event("visit", "will visit", modality="planned", start=70),
    ])  # fmt: skip
    table = chronology.chronology(facts)
    assert list(table["sources"]) == [2, 1, 1]
    assert list(table["precision"]) == ["day", None, None]
    assert table.loc[0, "according_to"] == ["The Courier", "The Herald"]
    assert list(table["planned"]) == [False, False, True]
    assert list(chronology.lanes(table)["lane"]) == ["Kosti", "Kosti", "elsewhere"]


def test_a_cause_is_told_from_an_order_in_time():
    text = "The raid on Kosti prompted shelling of the bridge. The U.S. convoy arrived shortly after the signing, aides said."
    facts = frame(
        [placed("attack", text, "raid on Kosti"), placed("shelling", text, "shelling"), placed("aid", text, "convoy")]
    )
    rows = chronology.triggers(facts, document(facts, text))
    assert rows[["cause", "effect", "relation"]].values.tolist() == [
        ["The raid on Kosti", "shelling of the bridge", "set off"],
        ["the signing", "The U.S. convoy arrived", "came after"],
    ]
    assert len(rows.loc[0, "facts"]) == 2


def test_a_sentence_that_opens_with_the_cause_is_read_right():
    text = "Following warnings to residents, aircraft struck the town."
    facts = frame([placed("air_strike", text, "aircraft struck")])
    row = chronology.triggers(facts, document(facts, text)).iloc[0]
    assert (row["cause"], row["effect"]) == ("warnings to residents", "aircraft struck the town")


def grades(rows: list[dict]) -> list[int]:
    return list(credibility.credibility(frame(rows))["credibility"])


def toll(value: float, who: str | None, **fields) -> dict:
    return figure("killed", value, place="Kosti", asserted_by=who, scope="incident", as_of="2024-05-03", **fields)


def test_credibility_counts_independent_originators_only():
    assert grades([toll(20, "ministry")]) == [3]
    assert grades([toll(20, "ministry"), toll(20, "ministry", doc="b.txt", publisher="The Herald")]) == [3, 3]
    assert grades([toll(20, "ministry"), toll(20, "Red Cross", doc="b.txt")]) == [2, 2]
    assert grades([toll(20, "a"), toll(20, "b", start=50), toll(20, "c", start=90)]) == [1, 1, 1]


def test_a_corroborator_named_in_the_document_counts():
    assert grades([toll(20, "ministry", corroborated_by=["United Nations"])]) == [2]


def test_a_different_number_makes_a_claim_doubtful_and_a_retraction_improbable():
    assert grades([toll(20, "ministry"), toll(60, "army", start=50)]) == [4, 4]
    assert grades([toll(20, "ministry", status="retracted")]) == [5]


def test_killed_and_killed_or_missing_neither_confirm_nor_contradict_each_other():
    rows = [
        toll(93, "ministry"),
        figure("killed_or_missing", 93, place="Kosti", asserted_by="office", scope="incident", start=50),
    ]
    assert grades(rows) == [3, 3]


def test_a_number_of_nobody_or_no_number_cannot_be_judged():
    assert grades([toll(20, None, publisher=None)]) == [6]
    assert grades([figure("killed", None, place="Kosti", asserted_by="ministry", operator="unspecified_plural")]) == [6]


def test_copies_of_one_agency_are_one_source():
    rows = [
        toll(20, None, syndicated_from="Agency"),
        toll(20, None, doc="b.txt", publisher="The Herald", syndicated_from="Agency"),
    ]
    assert grades(rows) == [3, 3]
    assert list(sources.sources(frame(rows)).set_index("publisher")["copies"]) == [1, 1]


def test_reliability_is_given_by_hand_or_by_the_record_and_never_guessed(tmp_path):
    (tmp_path / "seeds" / "hand").mkdir(parents=True)
    path = tmp_path / "seeds" / "hand" / "sources.yml"
    path.write_text("- {name: The Courier, reliability: B, who: ed, when: 2024-11-01, why: corrects its errors}\n")
    facts = frame([toll(20, "ministry"), toll(21, "army", doc="b.txt", publisher="The Herald")])
    table = sources.sources(facts, sources.load_ratings(tmp_path)).set_index("publisher")
    assert list(table["reliability"]) == ["B", "F"]
    assert sources.load_ratings(tmp_path, as_of="2024-10-30") == {}
    path.write_text("- {name: The Courier, reliability: Z}\n")
    with pytest.raises(RecordError, match="one of A to F"):
        sources.load_ratings(tmp_path)


def test_coverage_counts_documents_by_publisher_and_day():
    facts = frame([toll(20, "ministry"), toll(2, "ministry", start=40), toll(20, "x", doc="b.txt")])
    assert sources.coverage(facts)[["publisher", "day", "documents"]].values.tolist() == [
        ["The Courier", "2024-10-30", 2]
    ]


def test_single_source_claims_are_those_that_nobody_else_makes():
    facts = frame(
        [
            toll(20, "ministry"),
            toll(20, "Red Cross", start=30),
            figure("injured", 5, place="Kosti", asserted_by="ministry"),
        ]
    )
    assert list(sources.single_source(facts)["measure"]) == ["injured"]


def test_without_facts_every_table_is_there_and_empty():
    facts = frame([])
    tables = [statements.statements(facts), actors.actors(facts), chronology.chronology(facts), sources.sources(facts),
              sources.coverage(facts), sources.single_source(facts), credibility.credibility(facts),
              sources.originator_table(facts),
              chronology.triggers(facts, pd.DataFrame({"doc_id": [], "text": []}))]  # fmt: skip
    assert all(table.empty and len(table.columns) for table in tables)
