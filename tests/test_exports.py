"""Files that leave the house: cells that no spreadsheet runs, contract fields in the contract's order."""

import csv
import io
import json

import pandas as pd
import pytest

from analysis import exports, spelling
from analysis.errors import AuditError


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t", "\r"])
def test_a_cell_that_begins_like_a_formula_is_prefixed(start: str) -> None:
    assert spelling.safe_cell(f"{start}1+1") == f"'{start}1+1"


@pytest.mark.parametrize(
    ("value", "cell"), [(-3, -3), (2.0, 2), (None, ""), (["a", "b"], "a; b"), ({"text": "said"}, "said")]
)
def test_other_cells_stay_what_they_are(value, cell) -> None:
    assert spelling.safe_cell(value) == cell


def frame(**fields) -> pd.DataFrame:
    row = {
        "fact_id": "time-1",
        "kind": "time",
        "doc": "a",
        "doc_id": "d",
        "start": 0,
        "end": 3,
        "text": "=1+1",
        "value": "P1D",
    }
    return pd.DataFrame([{**row, "status": "active", "relayed_by": [], **fields}])


def test_json_lines_hold_the_fields_of_the_kind_and_of_the_store_only() -> None:
    record = json.loads(exports.to_jsonl(frame(measure="killed", value_low=float("nan"))))
    assert "measure" not in record
    assert record["status"] == "active"
    assert (record["value"], record["start"]) == ("P1D", 0)


def test_csv_is_read_back_as_written_and_hostile_text_is_harmless() -> None:
    rows = list(csv.DictReader(io.StringIO(exports.to_csv(frame(text='=cmd|"x"\nnew line')))))
    assert rows[0]["text"] == '\'=cmd|"x"\nnew line'


@pytest.mark.parametrize("values", [
    ["a", None, 'say "a"', "x, y", "line\nbreak", "\r", " a ", "é", "", "=1"],
    [1.0, float("nan"), 0.0, -0.0, 2.5, 1e20, float("inf")], [1, -2, 1], [True, False],
    [["a", "b"], [], None], [{"text": "said, twice"}, None], [1, "1", 1.0, True, None], [None, None],
])  # fmt: skip
def test_each_value_of_a_column_is_spelled_as_the_csv_and_json_writers_do(values) -> None:
    column = pd.Series(values, dtype=None if isinstance(values[0], int | float) else object)
    plain = [spelling.plain_value(value) for value in column.tolist()]
    cells = io.StringIO()
    csv.writer(cells, lineterminator="\n").writerows([spelling.safe_cell(value), "end"] for value in plain)
    assert (
        "".join(f"{cell},end\n" for cell in spelling.spell_column(column.to_numpy(), spelling.spell_cell))
        == cells.getvalue()
    )
    written = spelling.spell_column(column.to_numpy(), spelling.spell_json)
    assert written == [json.dumps(value, ensure_ascii=False) for value in plain]


def test_indicators_carry_hxl_tags_below_their_heads() -> None:
    table = pd.DataFrame([{"indicator": "People in need", "value": 1.7e6, "place": "Gaza", "facts": ["figure-1"]}])
    head, tags, row = exports.hxl_csv(table).splitlines()
    assert head.split(",")[0] == "indicator"
    assert tags.startswith("#indicator+name,#indicator+value+num")
    assert "1700000" in row


def test_an_error_that_nobody_waived_stops_publication() -> None:
    blocking = pd.DataFrame([{"check": "impossible_share", "text": "a share of 130%"}])
    with pytest.raises(AuditError, match=r"130%.*waiver"):
        exports.refuse_blocked(blocking)
    exports.refuse_blocked(blocking.head(0))


def test_an_event_has_its_province_where_the_gazetteer_knows_it():
    from analysis.claims.divisions import find_divisions

    places = pd.DataFrame({
        "where_coordinates": ["Baalbek", "Baalbek", "Nowhere-on-Sea", "Lebanon", None], "latitude": [34.01, -12.0, 1.0, 33.8, None],
        "longitude": [36.21, 44.0, 1.0, 35.8, None], "where_prec": [1.0, 1.0, 1.0, 6.0, None],
    })  # fmt: skip
    found = find_divisions(places)
    assert found.where(found.notna(), None).tolist() == ["Baalbek-Hermel", None, None, None, None]
