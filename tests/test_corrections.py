"""What becomes of printed facts: supersession, printed notices, human decisions, and how to undo them."""

import doctest

import pandas as pd
import pytest
from builders import figure, frame, statement, term

from analysis import corrections
from analysis.errors import RecordError
from analysis.revisions import notices
from analysis.revisions.decisions import Decision, apply_decisions_to, load_decisions, record_decision
from analysis.revisions.status import set_status, with_status
from analysis.topics.selection import term_statuses


def total(value: float, day: str, who: str = "health ministry", **fields) -> dict:
    base = {
        "place": "Darfur",
        "scope": "cumulative",
        "asserted_by": who,
        "as_of": day,
        "published": day,
        "doc": f"{day}.txt",
    }
    return figure("killed", value, **(base | fields))


def statuses(
    rows: list[dict], documents: pd.DataFrame | None = None, decisions: list[Decision] | None = None
) -> list[str]:
    return list(corrections.settle_facts(frame(rows), documents, decisions)["status"])


def documents(*texts: tuple[str, str, str]) -> pd.DataFrame:
    """Documents by (file, day, text), all of The Courier."""
    from hashlib import sha256

    return pd.DataFrame([
        {"doc": doc, "doc_id": sha256(doc.encode()).hexdigest(), "publisher": "The Courier", "published": day, "text": text}
        for doc, day, text in texts
    ])  # fmt: skip


def decision(**fields) -> Decision:
    return Decision(**({"who": "A. Analyst", "when": "2024-11-05", "why": "checked by phone"} | fields))


def test_a_later_total_of_the_same_originator_supersedes_and_points_back():
    settled = corrections.settle_facts(
        frame([total(10, "2024-01-01"), total(15, "2024-01-03"), total(19, "2024-01-09")])
    )
    assert list(settled["status"]) == ["superseded", "superseded", "active"]
    assert list(settled["supersedes"]) == [None, settled.loc[0, "fact_id"], settled.loc[1, "fact_id"]]


@pytest.mark.parametrize(
    "later",
    [
        total(15, "2024-01-03", "the army"),
        total(15, "2024-01-03", None),
        total(15, "2024-01-03", place="Kosti"),
        total(15, "2024-01-03", count_basis="identified"),
        total(15, "2024-01-03", scope="new_in_period"),
        total(15, "2024-01-03", population="children"),
        total(15, "2024-01-03", modality="denied"),
        figure(
            "killed_or_missing",
            15,
            place="Darfur",
            scope="cumulative",
            asserted_by="health ministry",
            as_of="2024-01-03",
        ),
    ],
)
def test_what_counts_something_else_supersedes_nothing(later):
    assert statuses([total(10, "2024-01-01"), later]) == ["active", "active"]


def test_a_stale_reprint_does_not_replace_the_newer_total():
    stale = total(10, "2024-01-01", published="2024-01-09", doc="late.txt")
    assert statuses([total(10, "2024-01-01"), total(15, "2024-01-03"), stale]) == ["superseded", "active", "superseded"]


def test_two_numbers_of_one_day_both_stand():
    assert statuses([total(10, "2024-01-01"), total(12, "2024-01-01", start=90)]) == ["active", "active"]


def test_tolls_of_one_incident_supersede_within_days_and_another_incident_does_not():
    rows = [
        total(5, "2024-01-01", scope="incident"),
        total(6, "2024-01-02", scope="incident"),
        total(2, "2024-03-02", scope="incident"),
    ]
    assert statuses(rows) == ["superseded", "active", "active"]


def test_a_printed_correction_is_matched_and_takes_effect():
    text = (
        "Correction: an earlier version of this report said 40 people were killed in Kosti. The correct figure is 14."
    )
    rows = [
        total(40, "2024-10-30", place="Kosti", scope="incident"),
        total(40, "2024-10-30", place="Sennar", scope="incident", start=200),
        total(
            14,
            "2024-11-02",
            place="Kosti",
            scope="incident",
            doc="fix.txt",
            start=text.index("14"),
            published="2024-11-02",
        ),
    ]
    rows[2]["end"] = rows[2]["start"] + 2
    held = documents(("fix.txt", "2024-11-02", text))
    settled = corrections.settle_facts(frame(rows), held)
    assert list(settled["status"]) == ["corrected", "active", "active"]
    assert settled.loc[2, "supersedes"] == settled.loc[0, "fact_id"]
    listed = corrections.list_corrections(settled)
    assert listed[["date", "status", "now", "by"]].values.tolist() == [["2024-11-02", "corrected", "14", "The Courier"]]
    assert corrections.list_notices(frame(rows), held)["matched"].tolist() == [True]


def test_a_notice_of_several_paragraphs_is_one_and_the_number_that_it_repeats_does_not_stand():
    lines = (
        "Correction: toll in Kosti\n\nAn earlier version of our report said that 15 were killed. It counts 11 killed."
    )
    rows = [
        total(15, "2024-10-31", place="Kosti", scope="incident"),
        total(
            15,
            "2024-10-31",
            doc="fix.txt",
            published="2024-11-01",
            start=lines.index("15"),
            place="Kosti",
            scope="incident",
        ),
        total(
            11,
            "2024-10-31",
            doc="fix.txt",
            published="2024-11-01",
            start=lines.index("11"),
            place="Kosti",
            scope="incident",
        ),
    ]
    for row in rows[1:]:
        row["end"] = row["start"] + 2
    held = documents(("fix.txt", "2024-11-01", lines))
    settled = corrections.settle_facts(frame(rows), held)
    assert list(settled["status"]) == ["corrected", "corrected", "active"]
    assert len(corrections.list_notices(frame(rows), held)) == 1


def test_another_publishers_correction_changes_nothing():
    text = "Correction: an earlier version of this report said 40 people were killed. It is 14."
    rows = [total(40, "2024-10-30", publisher="The Herald")]
    held = documents(("fix.txt", "2024-11-02", text))
    assert statuses(rows, held) == ["active"]
    assert corrections.list_notices(frame(rows), held)["unmatched"].tolist() == [
        "no earlier figure with the number called wrong"
    ]


def test_a_retraction_reaches_the_whole_document_that_it_names_by_day_and_its_copies():
    text = "Retraction. The Courier withdraws its report of 30 October on a truce in Kosti."
    rows = [
        statement("X", "we sign", published="2024-10-30", doc="a.txt"),
        term("sudan", "cessation", "a truce", published="2024-10-30", doc="a.txt", start=40),
        statement("Y", "no", published="2024-10-29", doc="b.txt"),
        statement("Z", "no", published="2024-10-30", doc="c.txt", publisher="The Herald"),
    ]
    assert statuses(rows, documents(("fix.txt", "2024-11-02", text))) == ["retracted", "retracted", "active", "active"]


def test_a_retraction_that_fits_two_documents_equally_is_listed_and_changes_nothing():
    text = "Retraction: we withdraw our report of 30 October."
    rows = [statement("X", "yes", doc="a.txt"), statement("Y", "no", doc="b.txt")]
    held = documents(("fix.txt", "2024-11-02", text))
    assert statuses(rows, held) == ["active", "active"]
    assert corrections.list_notices(frame(rows), held)["matched"].tolist() == [False]


@pytest.mark.parametrize(
    "text",
    [
        "Hamas withdrew its demand on Friday.",
        "The army corrected its aim and the report said nothing more.",
        "The minister retracted his statement about the truce.",
        "Troops were withdrawn from the town.",
    ],
)
def test_a_party_that_takes_something_back_prints_no_notice(text):
    assert notices.find_notices(documents(("a.txt", "2024-11-02", text))) == []


@pytest.mark.parametrize("text", [
    "RETRACTION: what we printed on Monday", "Kill notice for item 12", "The agency withdrew its report.",
    "Our story has been withdrawn.",
    "We no longer stand by it.", "CLARIFICATION", "Corrigendum", "Corrects the toll", "An earlier dispatch put it at 9.",
    "This article was amended.", "The item mistakenly gave 9.",
    "The story wrongly said that 9 died.", "Our report has been retracted.",
])  # fmt: skip
def test_a_notice_of_any_pattern_is_found_in_a_longer_text(text):
    assert len(notices.find_notices(documents(("a.txt", "2024-11-02", f"Shells fell.\n{text}\nRain.")))) == 1


def test_a_hand_file_can_undo_a_notice_and_restore_a_fact():
    text = "Correction: an earlier version of this report said 40 people were killed. It is 14."
    rows, held = [total(40, "2024-10-30")], documents(("fix.txt", "2024-11-02", text))
    assert statuses(rows, held) == ["corrected"]
    assert statuses(rows, held, [decision(action="ignore_notice", notice="fix.txt")]) == ["active"]
    assert statuses(rows, held, [decision(action="restore", fact=rows[0]["fact_id"])]) == ["active"]


def test_a_correction_by_hand_stands_beside_the_old_row_with_the_same_words():
    row = total(40, "2024-10-30")
    fix = decision(action="correct", fact=row["fact_id"], set={"value_low": 14, "value_high": 14})
    settled = corrections.settle_facts(frame([row]), None, [fix])
    assert list(settled["status"]) == ["corrected", "active"]
    assert list(settled["value_low"]) == [40, 14]
    assert settled.loc[1, ["review", "supersedes", "text", "recorded_at"]].tolist() == [
        "edited", row["fact_id"], row["text"], "2024-11-05",
    ]  # fmt: skip


def test_reviews_and_matches_by_field():
    rows = [total(40, "2024-10-30"), statement("X", "yes", start=90)]
    settled = corrections.settle_facts(
        frame(rows), None, [decision(action="reject", match={"kind": "statement", "speaker": "X"})]
    )
    assert list(settled["review"]) == ["auto", "rejected"]
    assert corrections.list_corrections(settled)["status"].tolist() == ["rejected"]


def test_a_term_keeps_its_own_status_until_it_is_set_aside():
    row = term("gaza", "exchange", "eight hostages", status="proposed")
    assert statuses([row]) == ["proposed"]
    assert statuses([row], None, [decision(action="retract", fact=row["fact_id"])]) == ["retracted"]


def test_decisions_taken_after_the_cut_off_are_not_known_yet(tmp_path):
    record_decision(tmp_path, decision(action="dispute", fact="figure-1"))
    record_decision(tmp_path, decision(action="accept", fact="figure-2", when="2024-12-01"))
    assert [d.action for d in load_decisions(tmp_path)] == ["dispute", "accept"]
    assert [d.action for d in load_decisions(tmp_path, "2024-11-30")] == ["dispute"]
    assert load_decisions(tmp_path, "2024-11-04") == []


@pytest.mark.parametrize(
    ("entry", "message"),
    [
        ("- {action: correct, fact: f, who: a, when: 2024-01-01, why: b}", "`correct` needs it"),
        ("- {action: retract, who: a, when: 2024-01-01, why: b}", "needs `fact:`"),
        ("- {action: retract, fact: f, when: 2024-01-01, why: b}", "entry 1: who"),
        ("- {action: burn, fact: f, who: a, when: 2024-01-01, why: b}", "entry 1: action"),
        ("- {action: correct, fact: f, set: {text: x}, who: a, when: 2024-01-01, why: b}", "tied to its words"),
    ],
)
def test_an_incomplete_decision_is_refused_with_its_entry(tmp_path, entry, message):
    path = tmp_path / "seeds" / "hand" / "corrections.yml"
    path.parent.mkdir(parents=True)
    path.write_text(entry)
    with pytest.raises(RecordError, match=message):
        load_decisions(tmp_path)


def test_a_value_for_a_field_that_the_kind_lacks_is_refused():
    row = total(40, "2024-10-30")
    with pytest.raises(RecordError, match="a figure has no field stance"):
        corrections.settle_facts(
            frame([row]), None, [decision(action="correct", fact=row["fact_id"], set={"stance": "accepts"})]
        )


def test_examples_in_the_documentation_hold():
    assert doctest.testmod(notices).failed == 0


def test_no_facts_no_corrections():
    settled = corrections.settle_facts(frame([]), documents(("a.txt", "2024-01-01", "Correction: 4 not 5.")))
    assert corrections.list_corrections(settled).empty


def test_a_term_set_aside_keeps_how_far_it_had_got_and_returns_to_that_when_restored():
    facts = with_status(frame([term("gaza", "exchange", "a swap", status="agreed")]))
    ids = list(facts["fact_id"])
    gone = set_status(facts, ids, "retracted", "withdrawn", "The Courier", "2024-11-01")
    assert list(gone["status"]) == ["retracted"]
    assert list(term_statuses(gone)) == ["agreed"]
    restore = Decision(action="restore", fact=ids[0], who="A. Analyst", when="2024-11-02", why="withdrawn by mistake")
    back = apply_decisions_to(gone, [restore])
    assert list(back["status"]) == ["agreed"]
    assert list(facts["status"]) == ["agreed"]
