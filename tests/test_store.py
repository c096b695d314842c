"""The store: a batch is known whole or not at all, old versions read as they were, the cut-off hides what came later."""

from pathlib import Path

import deltalake
import duckdb
import pytest

from analysis.documents import Document
from analysis.errors import StoreError
from analysis.facts import Figure
from analysis.records import Record
from analysis.store import Entry, Store


def entry(name: str, published: str, value: float, recorded: str | None = None, reader: str = "r1", **more) -> Entry:
    """One document that claims one number of people killed."""
    text = f"At least {value:.0f} people were killed. ({name})"
    document = Document(f"seeds/documents/{name}.txt", text, published, "given")
    figure = Figure(
        fact_id=f"figure-{name}-{reader}", doc=document.path, doc_id=document.doc_id, start=0, end=8, text=text[:8],
        measure="killed", value_low=value, value_high=value, published=published, published_basis="given", extractor="t",
    )  # fmt: skip
    record = Record(id=name, file=f"{name}.txt", publisher="P", published=published, accessed=recorded)
    return Entry(record, document, [figure], reader, **more)


def test_facts_carry_their_record_and_plain_values(tmp_path: Path) -> None:
    store = Store(tmp_path)
    store.append([entry("a", "2024-10-30", 37)])
    row = store.known().iloc[0]
    assert (row["publisher"], row["recorded_at"], row["value_low"]) == ("P", "2024-10-30", 37)
    assert row["relayed_by"] == []
    assert row["place"] is None


def test_nothing_published_or_recorded_after_the_cutoff_exists(tmp_path: Path) -> None:
    store = Store(tmp_path)
    store.append([entry("early", "2024-10-30", 1), entry("late", "2024-10-31", 2)])
    store.append([entry("found-late", "2024-10-30", 3, recorded="2024-11-05")])
    assert set(store.known("2024-10-30")["fact_id"]) == {"figure-early-r1"}
    assert len(store.known("2024-11-05")) == 3


def test_a_document_read_again_replaces_its_facts_and_the_old_version_stays(tmp_path: Path) -> None:
    store = Store(tmp_path)
    first = store.append([entry("a", "2024-10-30", 37)])
    second = store.append([entry("a", "2024-10-30", 38, reader="r2")])
    assert list(store.known()["value_low"]) == [38]
    assert list(store.known(version=first)["value_low"]) == [37]
    assert second > first


def test_facts_whose_batch_was_never_committed_do_not_count(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    store = Store(tmp_path)
    store.append([entry("a", "2024-10-30", 37)])
    write = deltalake.write_deltalake

    def fail_second(table, rows, **options):
        if "record_id" in rows.column_names:
            raise OSError(28, "No space left on device")
        write(table, rows, **options)

    monkeypatch.setattr(deltalake, "write_deltalake", fail_second)
    with pytest.raises(StoreError, match=r"the disk is full.*nothing was added"):
        store.append([entry("b", "2024-10-30", 99)])
    assert list(store.known()["value_low"]) == [37]


def test_a_withdrawn_document_is_held_no_longer_but_its_history_is(tmp_path: Path) -> None:
    store = Store(tmp_path)
    before = store.append([entry("a", "2024-10-30", 37)])
    store.append([entry("a", "2024-10-30", 37, recorded="2024-11-05", withdrawn=True)])
    assert store.known().empty
    assert store.known("2024-11-05").empty
    assert len(store.known("2024-11-04")) == 1
    assert len(store.known(version=before)) == 1


def test_an_ingested_article_is_on_each_day_the_version_held_that_day(tmp_path: Path) -> None:
    store = Store(tmp_path)
    store.append([entry("a", "2024-10-30", 37, origin="ingest")])
    store.append([entry("a", "2024-10-31", 38, reader="r2", origin="ingest")])
    assert list(store.known("2024-10-30")["value_low"]) == [37]
    assert list(store.known("2024-10-31")["value_low"]) == [38]


def test_a_changed_record_is_on_every_day_as_it_is_described_now(tmp_path: Path) -> None:
    store = Store(tmp_path)
    store.append([entry("a", "2024-10-30", 37)])
    store.append([entry("a", "2024-11-02", 37, reader="r2")])
    assert store.known("2024-10-30").empty
    assert len(store.known("2024-11-02")) == 1


def test_many_small_commits_become_few_files_and_old_versions_stay(tmp_path: Path, monkeypatch) -> None:
    monkeypatch.setattr("analysis.store.COMPACT", 5)
    store = Store(tmp_path)
    versions = [store.append([entry(f"d{number}", "2024-10-30", number)]) for number in range(12)]
    assert versions == sorted(set(versions))
    assert [len(store.known(version=version)) for version in versions] == list(range(1, 13))
    table = store._tables["documents"].read()
    assert table is not None
    assert len(table.file_uris()) < 6
    again = Store(tmp_path)
    assert again.digest() == store.digest()
    assert again.append([entry("last", "2024-10-30", 1)]) > versions[-1]


def test_what_was_published_before_a_day_can_be_left_out(tmp_path: Path) -> None:
    store = Store(tmp_path)
    store.append([entry("early", "2024-09-30", 1), entry("late", "2024-10-31", 2)])
    assert list(store.known(since="2024-10-01")["value_low"]) == [2]
    assert list(store.documents(since="2024-10-01")["record_id"]) == ["late"]


def test_the_digest_depends_on_what_is_known_not_on_how_it_came(tmp_path: Path) -> None:
    one, two = Store(tmp_path / "one"), Store(tmp_path / "two")
    one.append([entry("a", "2024-10-30", 1), entry("b", "2024-10-31", 2)])
    two.append([entry("b", "2024-10-31", 2)])
    two.append([entry("a", "2024-10-30", 1)])
    assert one.digest() == two.digest()
    assert one.digest(as_of="2024-10-30") != one.digest()


def test_an_empty_store_answers(tmp_path: Path) -> None:
    store = Store(tmp_path)
    assert store.version() == -1
    assert store.newest() is None
    assert store.known().empty


@pytest.mark.parametrize("name", ["what's new", "*a?b", "50% ü #1"])
def test_a_root_may_have_many_a_name(tmp_path: Path, name: str) -> None:
    store = Store(tmp_path / name)
    store.append([entry("a", "2024-10-30", 37)])
    assert (list(store.known()["value_low"]), list(store.documents()["doc"])) == ([37], ["seeds/documents/a.txt"])


def test_a_question_reaches_no_file_beside_the_store(tmp_path: Path) -> None:
    store = Store(tmp_path)
    store.append([entry("a", "2024-10-30", 37)])
    (tmp_path / "secret.txt").write_text("words")
    with pytest.raises(duckdb.Error, match="disabled"):
        store._ask(f"SELECT * FROM read_text('{tmp_path}/secret.txt')", None, None)


def test_what_is_appended_meanwhile_is_seen_by_the_next_question_only(tmp_path: Path) -> None:
    store, other = Store(tmp_path), Store(tmp_path)
    assert store.rows() == 0
    first = other.append([entry("a", "2024-10-30", 1), entry("b", "2024-10-29", 2)])
    assert (store.rows(), store.count_facts(since="2024-10-30")) == (2, {"2024-10-30": 1})
    other.append([entry("a", "2024-10-30", 3, reader="r2")])
    assert (store.rows(), list(store.known()["value_low"]), list(store.known(version=first)["value_low"])) == (
        3,
        [2, 3],
        [2, 1],
    )
    assert [row["doc"] for row in store.names(1)] == ["seeds/documents/a.txt"]
