"""Indicators, implied totals, and what nobody reported."""

import pytest

from analysis.errors import RecordError
from analysis.topics import humanitarian, implied, populations
from tests.builders import event, figure, frame, statement

PEOPLE = """
- {place: Southland, people: [southlander], population: 2100000, as_of: 2024, source: Census, who: me, when: 2024-01-01, why: check}
"""


@pytest.fixture
def root(tmp_path):
    """A root folder with one population in hand."""
    (tmp_path / "seeds" / "hand").mkdir(parents=True)
    (tmp_path / populations.POPULATIONS).write_text(PEOPLE)
    return tmp_path


def pair(count: float, share: float, **fields) -> list[dict]:
    return [figure("people_in_need", count, text="1.7 million", unit="southlander", asserted_by="Food agency", **fields),
            figure("share", share, text="80%", unit="percent", denominator="population", start=30)]  # fmt: skip


def test_implied_total_agrees_within_rounding(root):
    found = implied.find_implied_totals(frame(pair(1_700_000, 80)), root).iloc[0]
    assert found["implied"] == 2_125_000
    assert found["agrees"] is True or found["agrees"] == True  # noqa: E712  numpy or Python
    assert found["place"] == "Southland"
    assert len(found["facts"]) == 2


def test_implied_total_that_does_not_agree_says_so(root):
    found = implied.find_implied_totals(frame(pair(1_700_000, 50)), root).iloc[0]
    assert not found["agrees"]
    assert "does not agree with 2.1 million (Census)" in found["text"]


def test_share_far_from_any_count_implies_nothing(root):
    rows = pair(1_700_000, 80)
    rows[1]["start"], rows[1]["end"] = 4000, 4003
    assert implied.find_implied_totals(frame(rows), root).empty


def test_indicators_have_tag_denominator_and_source():
    rows = [*pair(1_700_000, 80, place="Southland"),
            figure("facilities", 2, unit="hospital", asserted_by="Aid office", place="Southland", start=200)]  # fmt: skip
    table = humanitarian.tabulate_indicators(frame(rows)).set_index("indicator")
    assert table.loc["People in need", "hxl"] == "#inneed"
    assert table.loc["Health facilities", "claim"] == "2"
    assert table.loc["Share of a population", ["claim", "of"]].tolist() == ["80%", "population"]


def test_what_nobody_reported_is_listed():
    missing = humanitarian.list_missing_indicators(frame(pair(1_700_000, 80)))
    assert "displaced" in missing["indicator"].tolist()
    assert "in_need" not in missing["indicator"].tolist()
    assert set(missing["text"]) == {"not reported in this period"}


HOSPITALS = {"unit": "hospital", "asserted_by": "Aid office", "text": "two hospitals"}


@pytest.mark.parametrize(
    ("before", "after", "words"),
    [
        ("", " were hit by shells", "“two hospitals were hit by shells”"),
        ("shells hit ", "", "“shells hit two hospitals”"),
        ("only ", " and one clinic of the seven in the province of the south work",
         "“two hospitals and one clinic of the seven in the province of …”"),
    ],
)  # fmt: skip
def test_a_count_of_things_stands_with_what_is_said_of_them(before, after, words):
    said = statement("Aid office", f"{before}two hospitals{after}", start=100)
    rows = [figure("facilities", 2, place="Southland", start=100 + len(before), **HOSPITALS), said]
    found = humanitarian.pick_key_figures(frame(rows))[0]
    assert found["value"] == "2 hospitals"
    assert found["attribution"].startswith(f"{words}, Aid office")


def test_a_count_of_things_of_which_nothing_is_said_is_no_key_figure():
    assert humanitarian.pick_key_figures(frame([figure("facilities", 2, place="Southland", **HOSPITALS)])) == []
    assert humanitarian.pick_key_figures(frame([])) == []


def test_a_number_without_a_place_says_what_its_report_is_about_or_is_left_out():
    need = figure("people_in_need", 25_000_000, asserted_by="United Nations")
    assert humanitarian.pick_key_figures(frame([need])) == []
    told = [
        need,
        event("air_strike", "raids", place="Khartoum", start=200),
        event("shelling", "shells", place="Sudan", start=300),
    ]
    assert humanitarian.pick_key_figures(frame(told))[0]["label"] == "People in need (report on Sudan)"


def test_a_share_of_things_is_no_share_of_the_people_counted_beside_it():
    count = figure("injured", 2_800, text="2,800 wounded", asserted_by="Red Cross", start=0)
    share = figure(
        "share",
        75,
        unit="percent",
        denominator="beds",
        text="three of every four beds",
        asserted_by="Red Cross",
        start=18,
    )
    assert implied.find_implied_totals(frame([count, share])).empty
    people = share | {"denominator": "the wounded"}
    assert len(implied.find_implied_totals(frame([count, people]))) == 1


def test_population_without_source_is_refused(root):
    (root / populations.POPULATIONS).write_text("- {place: X, population: 5}")
    with pytest.raises(RecordError, match="as_of"):
        populations.load_populations(root)


def test_a_bare_number_beside_a_share_implies_nothing(root):
    bare = figure("other", 134, text="134", asserted_by="Ombudsman")
    share = figure("share", 60, text="60 percent of the cases", unit="percent", denominator="cases", start=20)
    assert implied.find_implied_totals(frame([bare, share]), root).empty


def test_a_share_that_is_a_bound_bounds_the_whole_and_is_said_in_its_words(root):
    """ "More than a third" implies at most three times the count."""
    rows = pair(1_700_000, 33.33)
    rows[1]["operator"] = "more_than"
    found = implied.find_implied_totals(frame(rows), root).iloc[0]
    assert found["text"].startswith("1.7 million as more than a third implies a whole of less than about 5.1 million")
    assert found["agrees"], "2.1 million is less"
    table = humanitarian.tabulate_indicators(frame(rows)).set_index("indicator")
    assert table.loc["Share of a population", "claim"] == "more than a third"
