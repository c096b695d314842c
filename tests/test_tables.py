"""Tables of the page: words of a provision once, columns that say something, titles that state the finding."""

import pandas as pd
import pytest
from builders import figure, frame

from analysis import tables
from analysis.publish.blocks import TITLE_WORDS
from analysis.publish.frames import table_block
from analysis.wording import last_page, table_titles


def cell(term, party, position, words=None, *ids):
    return {"term": term, "party": party, "position": position, "words": words, "facts": ids}


MATRIX = pd.DataFrame([
    cell("Withdrawal", "Front", "accepted", "that all units leave", "t-1"),
    cell("Withdrawal", "Government", "accepted", "that all units leave", "t-1"),
    cell("Withdrawal", "Neighbour", "silent"),
    cell("Monitoring", "Front", "opposed", "observers on the road · observers in towns", "t-2"),
    cell("Monitoring", "on the table", "reported", "a mission of nine", "t-3"),
    cell("Border", "on the table", "reported", "a commission", "t-4"),
])  # fmt: skip


def test_words_that_parties_share_stand_once_with_their_names():
    table = tables.term_matrix(MATRIX).set_index("Provision")
    assert list(table.columns) == ["Front", "Government", "Words of the documents", "facts"], (
        "who is silent has no column"
    )
    assert table.loc["Withdrawal", "Words of the documents"] == "Front, Government: “all units leave”"
    assert table.loc["Monitoring", "Words of the documents"].endswith("; “a mission of nine”"), "nobody is named for it"
    assert table.loc["Monitoring", "Front"] == "✗\u00a0opposes"
    assert table.loc["Monitoring", "facts"] == ["t-2", "t-3"]


def test_a_short_matrix_keeps_what_parties_hold_and_counts_the_other_words():
    table = tables.term_matrix(MATRIX, most=2, quotes=1).set_index("Provision")
    assert list(table.index) == ["Withdrawal", "Monitoring"]
    assert table.loc["Monitoring", "Words of the documents"] == "Front: “observers on the road”; 1 more"
    assert table.loc["Monitoring", "facts"] == ["t-2", "t-3"], "no evidence is cut with the words"


def test_a_fifth_party_stands_with_its_position_in_the_words():
    rows = [cell("Truce", f"Party {n}", "demanded", f"demand {n}", f"t-{n}") for n in range(6)]
    table = tables.term_matrix(pd.DataFrame(rows))
    assert [name for name in table if name.startswith("Party")] == [f"Party {n}" for n in range(4)]
    assert "Party 5 (●\u00a0demands): “demand 5”" in table.loc[0, "Words of the documents"]


def test_a_column_that_is_empty_in_every_row_is_left_out():
    shown = table_block(
        pd.DataFrame({"a": [None, None], "b": ["x", "y"], "c": ["", "–"], "d": [None, "z"]}), "t", "Title"
    )
    assert [column["name"] for column in shown["columns"]] == ["A", "B", "D"], "but for the first, which heads the rows"


def indicators(*rows):
    columns = ("indicator", "claim", "of", "place", "source", "as_of", "caveat", "standing", "value", "facts")
    return pd.DataFrame([dict(zip(columns, row, strict=True)) for row in rows])


INDICATORS = indicators(
    ("People displaced", "several families", None, None, "Relief Office", None, None, "standing", None, ["f-1"]),
    ("People displaced", "at least 900", None, "Orsk", "Relief Office", "2025-01-02", None, "standing", 900.0, ["f-2"]),
    ("Share in need", "40%", "population", "Orsk", "Relief Office", None, None, "standing", 40.0, ["f-3"]),
)


def test_few_indicators_are_those_with_a_number_and_a_share_says_of_what():
    assert tables.indicators(INDICATORS, most=2)["Claim"].tolist() == ["at least 900", "40% of population"]


def test_titles_state_the_finding():
    assert (
        table_titles.indicators_title(INDICATORS)
        == "People displaced in Orsk: at least 900, according to Relief Office"
    )
    drafts = pd.DataFrame({"change": ["same", "changed", "only in the first"]})
    assert table_titles.drafts_title(drafts) == "Two of three provisions differ between the earlier and the later text"
    register = pd.DataFrame({"title": ["North", "South"], "status": ["under_discussion", None]})
    assert table_titles.tracks_title(register) == "Two tracks: North under discussion"
    assert table_titles.shared_terms_title({"a": MATRIX, "b": MATRIX.head(1)}).startswith(
        "One of three provisions is on"
    )


LONG = "The Very Long Named Coordination Office of the Northern and Southern Provinces for Relief and Recovery"


@pytest.mark.parametrize(
    ("title", "table"),
    [
        (table_titles.indicators_title, INDICATORS.assign(source=LONG)),
        (table_titles.tracks_title, pd.DataFrame({"title": [LONG] * 3, "status": ["agreed"] * 3})),
        (table_titles.stances_title, pd.DataFrame({"party": [LONG], "stance": ["accepts"], "date": ["2025-01-02"]})),
        (table_titles.publishers_title, pd.DataFrame({"publisher": [LONG, "A"], "documents": [3, 1]})),
        (table_titles.originators_title, pd.DataFrame({"originator": [LONG] * 30, "claims": [3] * 30})),
        (table_titles.audit_title, pd.DataFrame({"check": [f"a_very_long_name_{n} of check" for n in range(9)]})),
        (table_titles.role_changes_title, pd.DataFrame({"change": [f"kind of change {n}" for n in range(9)]})),
    ],
)
def test_titles_of_long_names_still_fit(title, table):
    assert 2 <= len(title(table).split()) <= TITLE_WORDS


@pytest.mark.parametrize(
    ("title", "columns"),
    [
        (table_titles.indicators_title, INDICATORS.columns),
        (table_titles.tracks_title, ["title", "status"]),
        (table_titles.drafts_title, ["change"]),
        (table_titles.stances_title, ["party", "stance", "date"]),
        (table_titles.publishers_title, ["publisher", "documents"]),
        (table_titles.originators_title, ["originator", "claims"]),
        (table_titles.single_source_title, ["kind"]),
        (table_titles.audit_title, ["check"]),
        (table_titles.ranges_title, ["measure", "place", "says", "claims"]),
        (table_titles.role_changes_title, ["change"]),
    ],
)
def test_a_title_of_nothing_is_still_a_title(title, columns):
    assert title(pd.DataFrame(columns=columns)).strip()


def test_what_one_notice_withdrew_is_told_in_one_sentence():
    facts = frame([figure("killed", number, start=number, status="retracted") for number in (11, 22, 33, 44)])
    facts = facts.assign(status_why="retraction printed by The Courier", status_date="2025-01-03")
    (told,) = last_page.correction_points(facts)
    assert told.text.startswith("Retracted on 3 January 2025 (retraction printed by The Courier): “")
    assert told.text.endswith(" and one other passage.")
    assert last_page.correction_points(facts.assign(status="active"))[0].text.startswith("Corrections: no fact")


def test_what_changed_tells_moved_figures_and_counts_the_rest():
    rows = [
        {"kind": "moved", "text": f"The toll {n} moved", "why": "a new count", "facts": [f"f-{n}"]} for n in range(7)
    ]
    told = [point.text for point in last_page.change_points(pd.DataFrame(rows), "2025-01-01", "2025-01-02")]
    assert told[1] == "Moved: The toll 0 moved; a new count."
    assert told[-1] == "Two more changes: see the briefing on changes."
