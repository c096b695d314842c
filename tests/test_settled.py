"""Settled facts: from the cache as computed, computed anew when what they depend on changes, cut to the period when many."""

from pathlib import Path

import pandas as pd
import pytest
from pandas.testing import assert_frame_equal

from analysis import settled
from analysis.known import load_documents, load_facts
from analysis.store import Store
from analysis.wording.leads import method_points
from tests.test_store import entry


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """A store of one document a month."""
    (tmp_path / "seeds" / "hand").mkdir(parents=True)
    days = [f"2024-{month:02d}-15" for month in range(1, 11)]
    Store(tmp_path).append([entry(f"d{number}", day, number + 1) for number, day in enumerate(days)])
    return tmp_path


def refuse(*_: object) -> None:
    """In the place of the computation where the cache must answer."""
    raise AssertionError("settled again")


def test_the_cache_gives_the_frame_that_was_computed(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    first = load_facts("2024-10-30", root=root)
    monkeypatch.setattr(settled, "settle", refuse)
    again = load_facts("2024-10-30", root=root)
    assert_frame_equal(first, again)
    assert list(load_documents(again, root)["doc_id"].sort_values()) == sorted(set(again["doc_id"]))


@pytest.mark.parametrize("change", ["store", "decision", "day"])
def test_whatever_the_facts_depend_on_is_asked_for(root: Path, change: str) -> None:
    before = load_facts("2024-10-30", root=root)
    if change == "store":
        Store(root).append([entry("new", "2024-10-20", 99)])
    if change == "decision":
        text = f"- action: reject\n  fact: {before['fact_id'].iloc[0]}\n  who: A\n  when: 2024-02-01\n  why: misread\n"
        (root / "seeds" / "hand" / "corrections.yml").write_text(text)
    after = load_facts("2024-08-30" if change == "day" else "2024-10-30", root=root)
    assert not before[["fact_id", "review"]].equals(after[["fact_id", "review"]])


def test_the_last_version_is_settled_once_whether_or_not_it_is_named(
    root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = load_facts("2024-10-30", Store(root).version(), root=root, period_days=30)
    monkeypatch.setattr(settled, "settle", refuse)
    assert_frame_equal(first, load_facts("2024-10-30", root=root, period_days=30, edition="2024-10-30"))


def test_a_file_cut_short_is_made_again(root: Path) -> None:
    first = load_facts("2024-10-30", root=root)
    for path in (root / settled.FOLDER).iterdir():
        path.write_bytes(path.read_bytes()[:100])
    assert_frame_equal(first, load_facts("2024-10-30", root=root))


def test_a_small_corpus_is_told_whole_and_a_large_one_for_its_period(
    root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert len(load_facts("2024-10-30", root=root, period_days=30)) == 10
    monkeypatch.setattr(settled, "BACKGROUND_FACTS", 3)
    (root / "seeds" / "hand" / "note.txt").write_text("so that the cache does not answer")
    months = load_facts("2024-10-30", root=root, period_days=30)["published"]
    assert list(months) == ["2024-08-15", "2024-09-15", "2024-10-15"]
    for _ in ("settled", "from the cache"):
        facts = load_facts("2024-10-30", root=root, period_days=30, kinds=["figure"])
        said = " ".join(point.text for point in method_points(facts, load_documents(facts, root), "range_only"))
        assert "What was published before 15 August 2024 is held and left out here" in said
    whole = load_facts("2024-10-30", root=root, period_days=400)
    assert "left out" not in " ".join(
        point.text for point in method_points(whole, load_documents(whole, root), "range_only")
    )
    assert len(load_facts("2024-10-30", root=root, period_days=200)) == 7
    assert len(load_facts("2024-10-30", root=root)) == 10


def test_the_edition_before_begins_on_the_same_day_as_the_one_it_is_compared_with(
    root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(settled, "BACKGROUND_FACTS", 2)
    now = load_facts("2024-10-30", root=root, period_days=30)
    before = load_facts("2024-09-30", root=root, period_days=30, edition="2024-10-30")
    assert set(before["published"]) == set(now["published"]) - {"2024-10-15"}


def test_the_files_used_longest_ago_go_first(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(settled, "KEPT_BYTES", 1)
    assert isinstance(load_facts("2024-10-30", root=root), pd.DataFrame)
    assert not list((root / settled.FOLDER).iterdir())
