"""What may be a parameter is decided before anything runs."""

import pytest

from analysis.errors import UsageError
from analysis.run.layout import name_edition
from analysis.run.params import check_settings, load_sets, parse_assignment, read_declared, spread_settings

DECLARED = {"as_of": "", "period_days": 30, "tracks": ["gaza"], "note": "x", "share": 0.5, "deep": False}


def notebook(source):
    """A notebook with this `parameters` cell."""
    return {"cells": [{"cell_type": "code", "metadata": {"tags": ["parameters"]}, "source": source}]}


def test_declared_are_the_literals_of_the_parameters_cell():
    source = 'as_of = ""  # the cut-off\nperiod_days: int = 30\ntracks = ["gaza"]\n'
    assert read_declared(notebook(source), "a") == {"as_of": "", "period_days": 30, "tracks": ["gaza"]}
    assert read_declared({"cells": []}, "a") == {}


@pytest.mark.parametrize("source", ["a = b", "import os", "a = f()", "__name__ = 'x'", "a, b = 1, 2", "a = "])
def test_a_parameters_cell_that_computes_is_refused(source):
    with pytest.raises(UsageError):
        read_declared(notebook(source), "a.ipynb")


@pytest.mark.parametrize(
    "settings",
    [
        {"period_days": "seven"}, {"period_days": 0}, {"period_days": True}, {"period_days": 7.0}, {"unknown": 1},
        {"as_of": "30.10.2024"}, {"as_of": "2024-02-30"}, {"tracks": "gaza"}, {"tracks": [1]}, {"share": float("nan")},
        {"note": "a\x00b"}, {"note": "\ud800"}, {"note": "x" * 5000}, {"deep": 1}, {"deep": "yes"},
    ],
)  # fmt: skip
def test_wrong_values_are_one_clear_line(settings):
    with pytest.raises(UsageError) as raised:
        check_settings(DECLARED, settings, "10_a.ipynb")
    assert "\n" not in str(raised.value)
    assert next(iter(settings)) in str(raised.value)
    assert raised.value.exit_status == 2


def test_a_setting_goes_to_the_notebooks_that_declare_it():
    declared = {"a": {"as_of": "", "x": 1}, "b": {"as_of": ""}}
    assert spread_settings(declared, {"x": 2}) == {"a": {"as_of": "", "x": 2}, "b": {"as_of": ""}}
    with pytest.raises(UsageError, match="there are: as_of, x"):
        spread_settings(declared, {"y": 2})


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("period_days=007", "007"), ("period_days=7", 7), ("tracks=a, b", ["a", "b"]), ("note=12:30:00", "12:30:00"),
        ("note=no", "no"), ("share=1", 1.0), ("deep=true", True), ("deep=yes", "yes"), ("note=a=b", "a=b"),
    ],
)  # fmt: skip
def test_typed_values_are_read_as_declared_and_never_guessed(text, value):
    assert parse_assignment(text, DECLARED)[1] == value


@pytest.mark.parametrize("text", ["novalue", "a b=1", "__import__('os')=1", "class=1", "x;y=1", "a\nb=1"])
def test_names_that_are_code_are_refused(text):
    with pytest.raises(UsageError):
        parse_assignment(text, DECLARED)


@pytest.mark.parametrize(
    "content",
    [
        "a: !!python/object/apply:os.system [id]", "a: !!pairs [b: c]", "a: &x [1]\nb: *x", "- a", "- [a]", "7", "a b: 1",
        "a: .nan", "\xff", "a: [1",
    ],
)  # fmt: skip
def test_parameter_files_hold_plain_values_only(tmp_path, content):
    path = tmp_path / "p.yml"
    path.write_bytes(content.encode("latin-1"))
    with pytest.raises(UsageError):
        load_sets(path)


def test_days_in_a_parameter_file_stay_text(tmp_path):
    path = tmp_path / "p.yml"
    path.write_text("as_of: 2024-10-30\nperiod_days: 7\n")
    assert load_sets(path) == [{"as_of": "2024-10-30", "period_days": 7}]


@pytest.mark.parametrize("value", ["../../../x", "/etc/passwd", "{name}", "a" * 200, "ж", ".."])
def test_an_edition_stays_in_its_folder_whatever_the_parameters(value):
    name = name_edition("2024-10-30", [], {"note": value})
    assert name.startswith("2024-10-30_")
    assert not set(name) & set("/{}\\.")
    assert len(name) < 100


def test_editions_of_different_parameters_have_different_names():
    names = {name_edition("2024-10-30", [], {"note": value}) for value in ("ж", "и", "x" * 99, "y" * 99, "a")}
    assert len(names) == 5
