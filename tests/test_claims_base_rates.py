"""Base rates from a user's own copy of the ceasefire dataset (a made-up one here: the real one is not ours to copy)."""

import pytest

from analysis.claims.base_rates import CEASEFIRES, find_base_rate, load_ceasefires, say_base_rate
from analysis.errors import RecordError, UsageError

HEAD = "cc,cf_id,side,cf_effect_yr,cf_effect_month,cf_effect_day,end_yr,end_month,end_day"
ROWS = [
    "1,1,2,2001,1,1,2001,1,11",
    "1,1,2,2001,1,1,2001,1,11",  # the other actor's row of the same ceasefire
    "1,2,2,2001,3,1,2001,4,30",
    "1,3,2,2001,5,1,-1,-1,-1",
    "2,1,1,2002,1,1,2002,1,3",
    "2,2,2,2002,1,0,2002,1,3",
]


@pytest.fixture
def root(tmp_path):
    (tmp_path / "seeds").mkdir()
    (tmp_path / CEASEFIRES).write_text("\n".join([HEAD, *ROWS]), encoding="utf-8-sig")
    return tmp_path


def test_ceasefires_count_once_and_unknown_days_stay_unknown(root):
    rate = find_base_rate(load_ceasefires(root), {"side": 2}, lasting=(30, 60))
    assert (rate.n, rate.known, rate.median) == (4, 2, 35)
    assert rate.lasted == {30: 0.5, 60: 0.5}


def test_words_state_selection_and_n(root):
    words = say_base_rate(find_base_rate(load_ceasefires(root), {"side": 2}))
    assert words.startswith("Of 4 ceasefires (side = 2), both days are known for 2")
    assert "known mostly for short ceasefires" in words


def test_nothing_selected_gives_no_duration(root):
    assert say_base_rate(find_base_rate(load_ceasefires(root), {"side": 9})).endswith("no duration can be given.")


def test_without_the_file_there_is_no_base_rate(tmp_path):
    assert load_ceasefires(tmp_path) is None


def test_other_files_and_columns_are_refused(root):
    with pytest.raises(UsageError, match="sides"):
        find_base_rate(load_ceasefires(root), {"sides": 2})
    (root / CEASEFIRES).write_text("a,b\n1,2\n")
    with pytest.raises(RecordError, match="not the ceasefire dataset"):
        load_ceasefires(root)
