"""Two editions compared, and the briefing as data."""

import json
from hashlib import sha256

import pandas as pd
import pytest
from builders import event, figure, frame, statement, term

from analysis import corrections, editions, moves
from analysis.briefing import FIELDS, build_briefing
from analysis.topics.tracks import Track

TRACKS = {"sudan": Track(track="sudan", title="Sudan", parties=["SAF", "RSF"], mediators=["Saudi Arabia"])}


def total(value: float, day: str, who: str = "health ministry", **fields) -> dict:
    base = {
        "place": "Darfur",
        "scope": "cumulative",
        "asserted_by": who,
        "as_of": day,
        "published": day,
        "doc": f"{day}-{who}.txt",
    }
    return figure("killed", value, **(base | fields))


def edition(*rows: dict) -> pd.DataFrame:
    return corrections.settle_facts(frame(list(rows)))


def kinds(changes: pd.DataFrame) -> list[str]:
    return list(changes["kind"])


def test_nothing_changed_is_an_empty_table_with_its_columns():
    facts = edition(total(10, "2024-01-01"))
    changes = editions.compare(facts, facts)
    assert changes.empty
    assert {"kind", "text", "why", "facts"} <= set(changes.columns)
    assert editions.compare(facts.head(0), facts.head(0)).empty


def test_a_later_total_is_told_once_as_superseded_and_as_moved_with_its_reason():
    old, new = total(100, "2024-01-01"), total(120, "2024-01-03")
    changes = editions.compare(edition(old), edition(old, new))
    assert kinds(changes) == ["moved", "superseded"]
    moved, superseded = changes.to_dict("records")
    assert (moved["previous"], moved["current"]) == ("100", "120")
    assert moved["why"] == "a later count by the health ministry"
    assert superseded["facts"] == (old["fact_id"], new["fact_id"])
    assert "120 people killed" in superseded["text"]


def test_a_small_step_supersedes_without_moving_past_the_threshold():
    old, new = total(1000, "2024-01-01"), total(1010, "2024-01-03")
    assert kinds(editions.compare(edition(old), edition(old, new))) == ["superseded"]
    assert kinds(editions.compare(edition(old), edition(old, new), threshold=0.005)) == ["moved", "superseded"]


def test_another_originator_moves_the_range_and_is_named_in_the_reason():
    old, other = total(100, "2024-01-01"), total(150, "2024-01-01", "Red Cross")
    changes = editions.compare(edition(old), edition(old, other))
    assert kinds(changes) == ["moved", "new"]
    assert changes.loc[0, "why"] == "the Red Cross had not been heard on this count before"
    assert changes.loc[0, "current"] == "100 to 150"


def test_a_withdrawn_document_is_a_retraction_that_cites_nothing_held():
    old, other = total(100, "2024-01-01"), statement("RSF", "we sign", published="2024-01-02", doc="b.txt")
    changes = editions.compare(edition(old, other), edition(old))
    assert changes[["kind", "why", "facts", "gone"]].values.tolist() == [
        ["retracted", "its document was withdrawn", (), (other["fact_id"],)]
    ]


def test_a_printed_correction_appears_with_what_now_stands():
    text = "Correction: an earlier version of this report said 40 people were killed. It is 14."
    old = total(40, "2024-01-01", doc="a.txt")
    fix = total(14, "2024-01-01", doc="fix.txt", published="2024-01-04", start=text.index("14"))
    fix["end"] = fix["start"] + 2
    held = pd.DataFrame([
        {"doc": "fix.txt", "doc_id": sha256(b"fix.txt").hexdigest(), "publisher": "The Courier", "published": "2024-01-04",
         "text": text}
    ])  # fmt: skip
    changes = editions.compare(edition(old), corrections.settle_facts(frame([old, fix]), held))
    assert kinds(changes) == ["moved", "corrected"]
    assert "a count was corrected" in changes.loc[0, "why"]
    assert changes.loc[1, "why"] == "correction printed by The Courier"
    assert "14 people killed" in changes.loc[1, "current"]


def test_a_document_read_again_with_other_ids_is_no_news():
    old = statement("RSF", "we sign")
    again = {**old, "fact_id": "statement-other"}
    assert editions.compare(edition(old), edition(again)).empty


def test_new_facts_of_every_kind_read_as_sentences():
    rows = [
        statement("RSF", "we sign", stance="accepts"), term("sudan", "duration", "seven days", start=40),
        event("air_strike", "a strike", place="Kosti", date="2024-10-29", start=60), total(3, "2024-10-29"),
    ]  # fmt: skip
    changes = editions.compare(edition(), edition(*rows))
    assert kinds(changes) == ["new"] * 4
    assert list(changes["fact_kind"]) == ["figure", "term", "statement", "event"]
    assert all(text.endswith((".", "”.")) and "None" not in text for text in changes["text"])
    assert editions.count_changes(changes) == {"moved": 0, "retracted": 0, "corrected": 0, "superseded": 0, "new": 4}


def test_the_edition_to_compare_with_is_the_last_day_of_publication_before():
    facts = frame([total(1, "2024-01-01"), total(2, "2024-01-05"), total(3, "2024-01-09")])
    assert editions.previous_day(facts, "2024-01-09") == "2024-01-05"
    assert editions.previous_day(facts, "2024-01-01") is None


@pytest.mark.parametrize(("before", "after", "share"), [(100, 105, 0.05), (0, 3, 1.0), (0, 0, 0.0), (10, 5, 0.5)])
def test_a_move_is_measured_as_a_share_of_the_earlier_number(before, after, share):
    assert moves._share(before, after) == share


def corpus() -> list[dict]:
    return [
        term("sudan", "cessation", "a truce of seven days", status="proposed", mediators=["Saudi Arabia"]),
        statement("RSF", "we accept if the army leaves", stance="conditionally_open", condition="if the army leaves", start=50),
        total(705, "2024-10-29", "WHO", operator="at_least"),
        event("meeting", "met in Jeddah", place="Jeddah", date="2024-10-28", start=90),
    ]  # fmt: skip


def test_the_briefing_as_data_has_every_field_and_only_known_facts():
    facts = edition(*corpus())
    found = build_briefing(facts, "2024-10-30", previous=edition(), tracks=TRACKS)
    assert tuple(found) == FIELDS
    text = json.dumps(found, allow_nan=False)
    known = set(facts["fact_id"])
    named = set(json.loads(text)["lead"]["facts"])
    for part in ("judgements", "figures", "changes", "gaps", "findings"):
        named |= {name for row in found[part] for name in row["facts"]}
    assert named <= known
    assert found["title"] == "Sudan: situation as of 30 October 2024"
    track = found["tracks"][0]
    assert track["last_contact"]["date"] == "2024-10-28"
    assert {term["position"] for term in track["terms"]} == {"conditional", "reported"}
    assert found["figures"][0]["text"].startswith("at least 705")
    assert {change["kind"] for change in found["changes"]} == {"new"}


def test_the_briefing_as_data_is_the_same_for_the_same_facts():
    facts = edition(*corpus())
    one, other = (json.dumps(build_briefing(facts, "2024-10-30", tracks=TRACKS)) for _ in range(2))
    assert one == other


def test_a_briefing_of_nothing_says_so():
    found = build_briefing(edition(), None, tracks={})
    assert found["judgements"] == []
    assert "nothing is known" in found["gaps"][0]["text"]
    assert found["title"] == "No place: situation as of a day not known"
