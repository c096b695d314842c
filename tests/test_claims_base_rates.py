"""Base rates from a user's own copy of the ceasefire dataset (a made-up one here: the real one is not ours to copy)."""

import pytest
from builders import frame, term

from analysis.claims.base_rates import CEASEFIRES, find_base_rate, load_ceasefires
from analysis.errors import RecordError, UsageError
from analysis.wording import compose
from analysis.wording.last_page import outlook_sides
from analysis.wording.past_ceasefires import past_sentences

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


def many(root, count=12):
    """A dataset of mediated ceasefires of two sides: day 1, 2, 3 ... of duration."""
    rows = [f"3,{n},2,1,2003,1,1,2003,{1 + n // 20},{1 + n % 20}" for n in range(1, count + 1)]
    (root / CEASEFIRES).write_text(
        "\n".join([HEAD.replace("side,", "side,mediator_nego,"), *rows]), encoding="utf-8-sig"
    )
    return load_ceasefires(root)


TRACK = {"parties": ["Peru", "Ecuador"], "mediators": ["Brazil"]}


def test_words_state_selection_n_and_what_they_do_not_show(root):
    told = " ".join(found.text for found in past_sentences(TRACK, many(root)))
    assert "has 12 ceasefires like this one (side = 2, mediator_nego = 1 in its codebook)" in told
    assert "of the 12 whose days are known, half lasted 6 days or less, 0% at least 30 days" in told
    assert "known mostly for short ceasefires" in told


def test_a_handful_of_durations_gives_no_share(root):
    told = " ".join(found.text for found in past_sentences(TRACK, many(root, 3)))
    assert "three ceasefires like this one" in told
    assert "too few" in told
    assert "%" not in told


def test_other_ceasefires_are_chosen_for_other_tracks(root):
    assert "no ceasefires like this one" in past_sentences(TRACK | {"mediators": []}, many(root))[0].text
    assert past_sentences(TRACK, None) == ()


def test_the_outlook_has_past_ceasefires_only_where_the_user_holds_them(root, tmp_path_factory):
    many(root)
    found = compose.observe(frame([term("peru", "cessation", "a truce", status="agreed")]), "2024-11-01")
    assert not compose.outlooks(found, root=tmp_path_factory.mktemp("none"))[0].past
    sides = outlook_sides(compose.outlooks(found, root=root)[0])
    assert sides[-1][0] == "Past ceasefires:"


def test_without_the_file_there_is_no_base_rate(tmp_path):
    assert load_ceasefires(tmp_path) is None


def test_other_files_and_columns_are_refused(root):
    with pytest.raises(UsageError, match="sides"):
        find_base_rate(load_ceasefires(root), {"sides": 2})
    (root / CEASEFIRES).write_text("a,b\n1,2\n")
    with pytest.raises(RecordError, match="not the ceasefire dataset"):
        load_ceasefires(root)
