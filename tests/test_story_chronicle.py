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
from analysis.wording.offers import track_terms

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
    told = month[(month["kind"] == "event") & (month["published"] == "2024-11-25") & (month["place"] == "Basta")]
    assert set(told["status"]) == {"retracted"}  # the notice repeats what it takes back


def test_before_the_correction_was_printed_the_wrong_number_stood(root):
    before = load_facts("2024-10-31", root=root)
    assert corrections.list_corrections(before).empty
    assert (before.loc[before["text"] == "Fifteen people", "status"] == "active").all()


def test_the_correction_is_a_change_between_two_editions(root):
    changes = editions.compare_days(root, "2024-10-31", "2024-11-01")
    corrected = changes[changes["kind"] == "corrected"]
    assert corrected["why"].str.contains("correction printed by Quick News").all()
    assert len(corrected) >= 1


# Each provision that the draft or the text holds: words of the draft, words of the text, what became of it.
PROVISIONS = [
    ("Halt to hostilities", "Israel", "against targets in Lebanon", "by land, air or sea", None),
    ("Duration", None, "implementation period would last 60 days", None, "only in the first"),
    ("Withdrawal", "Israel", "within seven days", "in phases over no more than 60 days", "changed"),
    ("Deployment of forces", "Lebanon", "10,000 soldiers along the border", "deploys in the south", "changed"),
    ("Monitoring", None, "An international mechanism led by", "with France, will monitor violations", None),
    ("Enforcement and freedom to act", None, "Israel may act against violations", "Both sides keep", "changed"),
    ("Legal framework", None, "Resolution 1701", "full implementation of UN Security Council Resolution 1701", None),
]


@pytest.fixture(scope="module")
def compared(root, month) -> list[dict]:
    """The draft of 30 October beside the text in force."""
    return negotiations.compare_drafts(month, "lebanon", negotiations.load_tracks(root)).to_dict("records")


@pytest.mark.parametrize(("term", "obligor", "draft", "text", "change"), PROVISIONS)
def test_the_draft_is_compared_with_the_text_in_force(compared, term, obligor, draft, text, change):
    (row,) = [r for r in compared if r["term"] == term and (obligor is None or obligor == r["obligor"])]
    assert draft in row["first"]
    assert text in row["second"] if text else row["second"] is None
    assert change is None or row["change"] == change


def test_the_comparison_holds_the_two_documents_provisions_and_nothing_else(compared):
    assert {row["term"] for row in compared} == {term for term, *_ in PROVISIONS}
    assert {row["first_version"] for row in compared} == {"draft reported 2024-10-30"}
    assert {row["second_version"] for row in compared} == {"text reported 2024-11-27"}
    (withdrawal,) = [row for row in compared if row["term"] == "Withdrawal"]
    assert withdrawal["difference"] == "quantity: within seven days, then no more than 60 days"
    assert not [row for row in compared if "the talks" in str(row["first"])]


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


@pytest.mark.parametrize(("day", "total"), [("2024-10-31", "2,822"), ("2024-11-17", "3,481")])
def test_one_total_of_lebanon_stands_whether_or_not_its_sentence_names_the_country(root, day, total):
    figures = build_briefing(load_facts(day, root=root), day, root)["figures"]
    since = [row for row in figures if "since" in row["label"]]
    assert [row["text"].split(" (")[0] for row in since] == [total]


def test_talks_that_ended_without_a_deal_are_no_halt_that_ended(root):
    found = compose.observe(load_facts("2024-10-31", root=root), "2024-10-31", negotiations.load_tracks(root))
    assert "on the Gaza track the talks ended" in " ".join(s.text for s in compose.lead(found)).lower().replace(
        "gaza", "Gaza"
    )


def test_once_the_deal_is_in_force_older_drafts_are_off_the_table(root, month):
    found = compose.observe(month, "2024-11-27", negotiations.load_tracks(root))
    row = next(row for row in found.register.to_dict("records") if row["track"] == "lebanon")
    told = " ".join(sentence.text for sentence in track_terms(found, row))
    assert "within seven days" not in told
    assert "on the table" not in told.lower()
    assert "over no more than 60 days" in told


def test_force_before_the_halt_is_no_reason_to_expect_more_of_it(root, month):
    found = compose.observe(month, "2024-11-27", negotiations.load_tracks(root))
    force = [j for j in compose.judgements(found) if "the use of force" in j.text.text]
    days = month.set_index("fact_id")["date_start"]
    assert all(days[name] >= "2024-11-27" for judged in force for name in judged.facts if days[name])


def test_who_agrees_only_to_a_part_has_a_condition(month):
    said = month[(month["kind"] == "statement") & month["text"].str.contains("agree only to a partial deal")]
    assert set(said["stance"]) == {"conditionally_open"}


def test_at_the_end_talks_on_lebanon_are_settled_and_on_gaza_not(root, month):
    listed = compose.observe(month, None, negotiations.load_tracks(root)).register.set_index("track")["status"]
    assert listed["lebanon"] in ("agreed", "in_force")
    assert listed["gaza"] not in ("agreed", "in_force")
