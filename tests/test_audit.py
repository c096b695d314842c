"""Each check of the audit finds what it is named for, and says nothing about facts that are in order."""

import pandas as pd
import pytest

from analysis.audit import CHECKS, list_blocking, run_checks
from analysis.audit.waivers import WAIVERS
from analysis.errors import RecordError
from tests.builders import event, fact, figure, frame

HEALTH = "Health ministry"
HOUSE = {"place": "Qarya", "scope": "incident", "as_of": "2024-10-29", "asserted_by": HEALTH}
TOTAL = {"place": "Westland", "scope": "cumulative", "asserted_by": HEALTH}


def total(day: str, value: float, **fields) -> dict:
    return figure("killed", value, as_of=day, published=day, doc=day, **{**TOTAL, **fields})


CASES = {
    "as_of_after_publication": [figure("killed", 9, published="2024-10-28", **HOUSE)],
    "period_reversed": [figure("killed", 9, **{**TOTAL, "period_start": "2024-10-30", "as_of": "2024-10-01"})],
    "share_over_whole": [figure("share", 120, unit="percent", denominator="population")],
    "event_after_publication": [event("air_strike", "hit", date="2024-11-05", published="2024-10-30")],
    "weekday_mismatch": [fact("time", "Sunday, 14 October", value="2024-10-14", time_type="DATE")],
    "toll_on_other_day": [
        *(figure("killed", 20, doc=doc, **HOUSE) for doc in "abc"),
        figure("killed", 20, doc="d", **(HOUSE | {"as_of": "2024-10-28"})),
    ],
    "onset_told_twice": [
        event("conflict_onset", "erupted", date="2024-09-23"), event("attack", "attacks", date="2023-10-08", start=50)
    ],
    "undated_document": [fact("statement", "we accept", published=None, published_basis="unknown")],
    "contradiction": [figure("killed", 20, doc="a", **HOUSE), figure("killed", 29, doc="b", **HOUSE)],
    "part_exceeds_whole": [
        figure("killed", 20, doc="a", **HOUSE), figure("killed", 25, population="children", doc="b", **HOUSE)
    ],
    "total_falls": [total("2024-10-01", 100), total("2024-10-02", 95)],
    "delta_differs": [
        total("2024-10-01", 100), total("2024-10-02", 130), total("2024-10-02", 25, scope="new_in_period", start=60)
    ],
    "stale_figure": [
        total("2024-10-29", 2792), total("2024-10-30", 2822), figure("killed", 2792, published="2024-10-31", doc="late", **TOTAL)
    ],
    "killed_wounded_swap": [
        figure("killed", 11, doc="a", **HOUSE), figure("injured", 15, doc="a", start=40, **HOUSE),
        figure("killed", 15, doc="b", **HOUSE),
    ],
    "fate_merged": [figure("killed", 87, doc="a", **HOUSE), figure("killed_or_missing", 87, doc="b", **HOUSE)],
    "no_originator": [figure("killed", 9, **(HOUSE | {"asserted_by": None}))],
}  # fmt: skip
SOUND = [
    total("2024-10-01", 100), total("2024-10-02", 130), total("2024-10-02", 30, scope="new_in_period", start=60),
    event("air_strike", "hit", date="2024-10-29", place="Qarya"), figure("killed", 9, start=30, **HOUSE),
    fact("time", "Tuesday, 29 October", value="2024-10-29", time_type="DATE", start=60),
]  # fmt: skip


@pytest.mark.parametrize("name", CASES)
def test_check_finds_its_fault_with_passages(name):
    found = run_checks(frame(CASES[name])).query("check == @name")
    assert len(found) == 1
    ids = {row["fact_id"] for row in CASES[name]}
    assert set(found["facts"].iloc[0]) <= ids
    assert len(found["passages"].iloc[0]) == len(found["facts"].iloc[0]) >= 1


@pytest.mark.parametrize(
    "name", ["contradiction", "stale_figure", "onset_told_twice", "killed_wounded_swap", "fate_merged"]
)
def test_findings_about_two_claims_show_both(name):
    found = run_checks(frame(CASES[name])).query("check == @name")
    assert len(found["facts"].iloc[0]) >= 2


def test_sound_facts_have_no_findings():
    assert run_checks(frame(SOUND)).empty


def test_share_that_implies_another_population(tmp_path):
    (tmp_path / "seeds" / "hand").mkdir(parents=True)
    (tmp_path / "seeds" / "hand" / "populations.yml").write_text(
        "- {place: Southland, population: 9000000, as_of: 2024, source: Census, who: me, when: 2024-01-01, why: check}"
    )
    rows = [figure("people_in_need", 1_700_000, place="Southland"), figure("share", 80, unit="percent", start=30)]
    assert run_checks(frame(rows), tmp_path)["check"].tolist() == ["share_arithmetic"]


def test_copied_text_is_named_with_both_documents():
    text = "the bakery in the old town was hit at dawn and twelve people who had been queueing for bread were killed there "
    words = [fact("statement", text * 2, doc=doc, publisher=doc) for doc in ("a", "b")]
    found = run_checks(frame(words)).query("check == 'copied_text'")
    assert "one source" in found["text"].iloc[0]
    assert len(found["facts"].iloc[0]) == 2


def test_differences_from_a_reference_series_are_warnings():
    reference = pd.DataFrame({"mark": ["different", "exact"], "source": HEALTH, "measure": "killed",
                              "reference": "differs from 2,822 of 30 October 2024", "facts": [["x"], ["y"]]})  # fmt: skip
    found = run_checks(frame(SOUND), reference=reference)
    assert found["check"].tolist() == ["differs_from_reference"]


def waive(root, when: str) -> None:
    (root / "seeds" / "hand").mkdir(parents=True, exist_ok=True)
    (root / WAIVERS).write_text(
        f"- {{check: as_of_after_publication, document: courier.txt, who: A. Analyst, when: {when}, why: page was updated}}"
    )


def test_errors_block_until_a_signed_waiver_of_that_day(tmp_path):
    facts = frame(CASES["as_of_after_publication"])
    assert len(list_blocking(run_checks(facts, tmp_path))) == 1
    waive(tmp_path, "2024-11-01")
    assert list_blocking(run_checks(facts, tmp_path, "2024-11-01")).empty
    assert run_checks(facts, tmp_path, "2024-11-01")["waived"].tolist() == ["A. Analyst, 2024-11-01: page was updated"]
    assert len(list_blocking(run_checks(facts, tmp_path, "2024-10-31"))) == 1


def test_waiver_without_who_is_refused(tmp_path):
    (tmp_path / "seeds" / "hand").mkdir(parents=True)
    (tmp_path / WAIVERS).write_text("- {check: total_falls, document: a.txt, when: 2024-11-01, why: known}")
    with pytest.raises(RecordError, match="who"):
        run_checks(frame(SOUND), tmp_path)


def test_withdrawn_facts_are_not_audited():
    rows = [row | {"status": "retracted"} for row in CASES["contradiction"]]
    assert run_checks(frame(rows)).empty


def test_every_check_bears_an_empty_frame():
    assert run_checks(frame([])).empty
    assert len({check.name for check in CHECKS}) == len(CHECKS)
