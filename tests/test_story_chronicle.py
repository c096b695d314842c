"""A month of news: what was corrected, withdrawn, agreed, and how an edition of any day tells it."""

import shutil
from pathlib import Path

import pandas as pd
import pytest
import yaml

from analysis import corrections, editions
from analysis.briefing import build_briefing
from analysis.exports import write_exports
from analysis.known import load_documents, load_facts
from analysis.seeds import read_seeds
from analysis.topics import negotiations
from analysis.wording import compose

CORPUS = Path(__file__).parent / "corpus_chronicle"
pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def root(tmp_path_factory) -> Path:
    """The month as a folder of its own, read into its store."""
    folder = tmp_path_factory.mktemp("chronicle") / "root"
    shutil.copytree(CORPUS, folder)
    read_seeds(folder)
    return folder


@pytest.fixture(scope="module")
def month(root) -> pd.DataFrame:
    return load_facts(root=root)


def test_the_correction_and_the_retraction_take_effect(root, month):
    listed = corrections.list_notices(month, load_documents(month, root))
    assert sorted(listed[["kind", "matched"]].itertuples(index=False, name=None)) == [
        ("correction", True),
        ("retraction", True),
    ]
    aside = corrections.list_corrections(month)
    fifteen = aside[(aside["status"] == "corrected") & (aside["now"] == "11")]
    assert fifteen["text"].tolist() == ["Fifteen people"]
    assert (aside.loc[aside["kind"] == "figure", "text"] == "47 people").any()


def test_before_the_correction_was_printed_the_wrong_number_stood(root):
    before = load_facts("2024-10-31", root=root)
    assert corrections.list_corrections(before).empty
    assert (before.loc[before["text"] == "Fifteen people", "status"] == "active").all()


def test_the_correction_is_a_change_between_two_editions(root):
    changes = editions.compare_days(root, "2024-10-31", "2024-11-01")
    corrected = changes[changes["kind"] == "corrected"]
    assert corrected["why"].str.contains("correction printed by Quick News").all()
    assert len(corrected) >= 1


def test_the_draft_is_compared_with_the_text_in_force(root, month):
    rows = negotiations.compare_drafts(month, "lebanon", negotiations.load_tracks(root))
    first = rows[rows["first"].notna()]
    assert {"Withdrawal", "Deployment of forces", "Monitoring"} <= set(first["term"])
    withdrawal = rows[(rows["term"] == "Withdrawal") & rows["first"].notna() & rows["second"].notna()].iloc[0]
    assert "seven days" in withdrawal["first"]
    assert "60 days" in withdrawal["second"]
    assert withdrawal["change"] == "changed"


def test_the_ministrys_stale_total_gives_way(month):
    stale = month[(month["kind"] == "figure") & (month["value_low"] == 2790)]
    assert set(stale["status"]) == {"superseded"}


@pytest.mark.parametrize("day", ["2024-10-29", "2024-10-30", "2024-11-15", "2024-11-27"])
def test_the_edition_of_any_day_is_sound_and_knows_nothing_later(root, day):
    facts = load_facts(day, root=root)
    assert facts["published"].dropna().max() <= day
    found = build_briefing(facts, day, root)
    assert found["as_of"] == day
    assert len(found["judgements"]) <= 6
    assert len(found["lead"]["text"].split()) <= 60


def read_until(day: str, root: Path) -> Path:
    """The month as it lay there on `day`: later articles are neither recorded nor on disk; read into a fresh store."""
    shutil.copytree(CORPUS, root)
    records = root / "seeds" / "sources.yml"
    listed = yaml.safe_load(records.read_text(encoding="utf-8"))
    known = [record for record in listed if str(record["accessed"]) <= day]
    assert 0 < len(known) < len(listed)
    for record in listed:
        if record not in known:
            (root / "seeds" / "documents" / record["file"]).unlink()
    records.write_text(yaml.safe_dump(known, allow_unicode=True, sort_keys=False), encoding="utf-8")
    read_seeds(root)
    return root


@pytest.mark.parametrize("day", ["2024-10-31", "2024-11-24"])
def test_the_edition_of_a_day_is_the_same_bytes_from_what_was_known_that_day(root, tmp_path, day):
    roots = {"month": root, "until": read_until(day, tmp_path / "root")}
    for name, folder in roots.items():
        (tmp_path / name).mkdir()
        write_exports(tmp_path / name, folder, day, {})
    made = sorted(path.name for path in (tmp_path / "month").iterdir())
    assert {"briefing.json", "facts.csv", "events.csv"} <= set(made)
    for name in made:
        assert (tmp_path / "until" / name).read_bytes() == (tmp_path / "month" / name).read_bytes(), name


def test_at_the_end_talks_on_lebanon_are_settled_and_on_gaza_not(root, month):
    listed = compose.observe(month, None, negotiations.load_tracks(root)).register.set_index("track")["status"]
    assert listed["lebanon"] in ("agreed", "in_force")
    assert listed["gaza"] not in ("agreed", "in_force")
