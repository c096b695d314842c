"""A month of news, from articles to claims: what `corpus_chronicle/README.md` says must come of them."""

from pathlib import Path

import pandas as pd
import pytest

from analysis.audit import run_checks
from analysis.claims import copies, match
from analysis.documents import read_document
from analysis.records import load_records
from analysis.topics import casualties
from tests.builders import RECORD_COLUMNS, frame

ROOT = Path(__file__).parent / "corpus_chronicle"
pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def facts() -> pd.DataFrame:
    """All facts of the month, copies and events marked."""
    from analysis.extract.pipeline import Extractor

    extractor, rows, texts = Extractor(None), [], []
    for record in load_records(ROOT):
        document = read_document(ROOT / "seeds" / "documents" / record.file, record.day)
        held = {"publisher": record.publisher, "title": record.title, "syndicated_from": record.syndicated_from}
        texts.append({"doc_id": document.doc_id, "text": document.text, "published": record.day, **held})
        found, _ = extractor.extract(document)
        rows += [dict(RECORD_COLUMNS) | fact.model_dump() | {"recorded_at": record.day} | held for fact in found]
    return match.assign_events(copies.mark_copies(frame(rows), pd.DataFrame(texts)), ROOT)


@pytest.fixture(scope="module")
def claims(facts) -> pd.DataFrame:
    return casualties.list_claims(facts)


def test_beit_lahia_is_one_event_with_seven_claims(claims):
    house = claims[(claims["event_id"] == "beit-lahia-2024-10-29") & claims["low"].notna()]
    killed = house[house["measure"] == "killed"]
    assert sorted(killed["low"]) == [55, 60, 88, 93, 93, 109]
    assert house.loc[house["measure"] == "killed_or_missing", "low"].tolist() == [93]


def test_beit_lahia_copy_is_no_source_of_its_own(claims):
    rescuers = claims[
        (claims["event_id"] == "beit-lahia-2024-10-29") & (claims["low"] == 93) & (claims["measure"] == "killed")
    ]
    assert len(rescuers) == 2
    assert sorted(rescuers["printed"]) == [1, 1]


def test_fate_is_never_mixed(facts):
    ranges = casualties.build_ranges(facts)
    house = ranges[(ranges["event_id"] == "beit-lahia-2024-10-29") & (ranges["measure"] == "killed")]
    assert house["says"].tolist() == ["60 to at least 109"]


@pytest.mark.parametrize(("day", "stale"), [("2024-11-17", 3365), ("2024-11-17", 14344)])
def test_stale_totals(claims, day, stale):
    found = claims[claims["stale"] & (claims["published"] == day)]
    assert stale in found["low"].tolist()
    assert set(found["same_as"]) == {"2024-11-13"}


def test_audit_finds_the_swap_the_weekday_and_the_copy(facts):
    found = set(run_checks(facts, ROOT)["check"])
    assert {"killed_wounded_swap", "weekday_mismatch", "copied_text", "stale_figure"} <= found
