"""seeds/: every record and file is checked before anything is written; what changed is read, what did not is not."""

import shutil
from pathlib import Path

import pytest

from analysis.errors import BriefingError
from analysis.records import load_records
from analysis.seeds import read_seeds

ARTICLE = "KHARTOUM, 21 May 2023 - The health ministry said at least 12 people were killed in Omdurman on Saturday.\n"


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """A corpus of one short article on another war."""
    (tmp_path / "seeds" / "documents").mkdir(parents=True)
    (tmp_path / "seeds" / "documents" / "a.txt").write_text(ARTICLE, encoding="utf-8")
    write_records(tmp_path, "- id: a\n  file: a.txt\n  publisher: Example News\n  published: 2023-05-21\n")
    return tmp_path


def write_records(root: Path, text: str) -> None:
    (root / "seeds" / "sources.yml").write_text(text, encoding="utf-8")


def test_a_first_run_fills_in_the_checksum_and_keeps_comments(root: Path) -> None:
    write_records(root, "# ours\n- id: a\n  file: a.txt  # as received\n  publisher: Example News\n")
    read_seeds(root)
    text = (root / "seeds" / "sources.yml").read_text(encoding="utf-8")
    assert "# ours" in text
    assert len(load_records(root)[0].sha256 or "") == 64


def test_an_unchanged_corpus_appends_nothing_and_a_new_document_one_commit(root: Path) -> None:
    first = read_seeds(root).version()
    assert read_seeds(root).version() == first
    (root / "seeds" / "documents" / "b.txt").write_text("Two soldiers were killed near El Fasher.", encoding="utf-8")
    with (root / "seeds" / "sources.yml").open("a", encoding="utf-8") as file:
        file.write("\n- id: b\n  file: b.txt\n  publisher: Other News\n  published: 2023-05-22\n")
    store = read_seeds(root)
    assert store.version() == first + 1
    assert set(store.holdings()["record_id"]) == {"a", "b"}


def test_a_removed_record_is_withdrawn(root: Path) -> None:
    read_seeds(root)
    (root / "seeds" / "documents" / "a.txt").unlink()
    write_records(root, "[]\n")
    assert read_seeds(root).known().empty


def test_an_edition_of_an_earlier_day_still_sees_what_was_removed_later(root: Path) -> None:
    (root / "seeds" / "documents" / "b.txt").write_text("Two soldiers were killed near El Fasher.", encoding="utf-8")
    later = "- id: b\n  file: b.txt\n  publisher: Other News\n  published: 2023-06-02\n"
    write_records(root, (root / "seeds" / "sources.yml").read_text(encoding="utf-8") + later)
    read_seeds(root)
    (root / "seeds" / "documents" / "a.txt").unlink()
    write_records(root, later)
    store = read_seeds(root)
    assert set(store.known("2023-05-31")["doc"]) == {"seeds/documents/a.txt"}
    assert set(store.known("2023-06-02")["doc"]) == {"seeds/documents/b.txt"}


@pytest.mark.parametrize(
    ("change", "message"),
    [
        (
            lambda r: (r / "seeds/documents/a.txt").write_text("other", encoding="utf-8"),
            "changed since it was recorded",
        ),
        (lambda r: (r / "seeds/documents/a.txt").unlink(), "there is no file"),
        (lambda r: (r / "seeds/documents/stray.txt").write_text("x", encoding="utf-8"), "no record in"),
        (lambda r: write_records(r, "- id: a\n  file: a.txt\n"), "publisher"),
        (lambda r: write_records(r, "- id: a\n  file: ../a.txt\n  publisher: P\n"), "outside"),
        (lambda r: write_records(r, "- id: a\n  file: a.txt\n  publisher: P\n  published: soon\n"), "no date"),
        (lambda r: write_records(r, "{"), "not valid YAML"),
        (lambda r: write_records(r, "a: b\n"), "a list of records"),
    ],
)
def test_what_is_wrong_with_a_corpus_is_said_in_one_line_and_nothing_is_written(root: Path, change, message) -> None:
    version = read_seeds(root).version()
    change(root)
    with pytest.raises(BriefingError, match=message) as error:
        read_seeds(root)
    assert "\n" not in str(error.value)
    from analysis.store import Store

    assert Store(root).version() == version


@pytest.mark.parametrize(("content", "message"), [(b"", "empty"), (b" \n", "empty"), (b"caf\xe9", "not UTF-8")])
def test_a_document_that_is_no_text_stops_the_run(root: Path, content: bytes, message: str) -> None:
    shutil.rmtree(root / "seeds" / "documents")
    (root / "seeds" / "documents").mkdir()
    (root / "seeds" / "documents" / "a.txt").write_bytes(content)
    with pytest.raises(BriefingError, match=message):
        read_seeds(root)
