"""Files that are whole or not there, and refusals of file systems and databases in words for people."""

import errno
import sqlite3
from pathlib import Path

import pytest

from analysis.files import REFUSALS, describe_refusal, find_refusal, write_file
from analysis.run.database import DatabaseError, explained
from analysis.run.ledger import Ledger


@pytest.mark.parametrize(
    ("number", "advice"),
    [(errno.ENOSPC, "make room"), (errno.EDQUOT, "quota"), (errno.EIO, "looked at"), (errno.EROFS, "mounted for writing"),
     (errno.EACCES, "owner or rights"), (errno.EMFILE, "ulimit")],
)  # fmt: skip
def test_a_refusal_says_where_and_what_to_do(number, advice):
    where, what = describe_refusal(OSError(number, "?", "/srv/reports/a.pdf"), Path("/srv")).split(": ", 1)
    assert where == "/srv/reports/a.pdf"
    assert advice in what
    assert describe_refusal(OSError(number, "?"), Path("/srv")).startswith("/srv: ")


def test_a_refusal_is_found_in_what_a_library_passes_on():
    passed_on = ValueError("Failed to parse parquet: External: No space left on device (os error 28)")
    assert find_refusal(passed_on) == errno.ENOSPC
    assert describe_refusal(passed_on, Path("store")) == f"store: {REFUSALS[errno.ENOSPC]}"
    assert find_refusal(ValueError("a number is missing")) is None
    assert find_refusal(FileNotFoundError(errno.ENOENT, "No such file or directory", "x")) is None


def test_a_file_is_replaced_whole_and_stays_whose_it_was(tmp_path):
    path = tmp_path / "sources.yml"
    path.write_text("old")
    path.chmod(0o664)
    write_file(path, b"new")
    assert path.read_bytes() == b"new"
    assert path.stat().st_mode & 0o777 == 0o664
    assert list(tmp_path.iterdir()) == [path]


def test_what_cannot_be_written_is_named_as_people_know_it(tmp_path):
    """Not by the name of the draft beside it."""
    (tmp_path / "folder").write_text("a file where a folder should be")
    with pytest.raises(OSError, match="folder") as raised:
        write_file(tmp_path / "folder" / "a.txt", b"x")
    assert Path(raised.value.filename).name in ("folder", "a.txt")


def test_a_damaged_ledger_is_said_in_one_line(tmp_path):
    (tmp_path / "ledger.sqlite").write_bytes(b"no database, sorry " * 100)
    with pytest.raises(DatabaseError, match=r"ledger\.sqlite: is damaged; move it away") as raised:
        Ledger(tmp_path)
    assert "\n" not in str(raised.value)


def test_a_database_that_another_holds_is_told_as_such(tmp_path):
    first, second = (sqlite3.connect(tmp_path / "x.sqlite", timeout=0, isolation_level=None) for _ in range(2))
    first.execute("CREATE TABLE t (a)")
    first.execute("BEGIN EXCLUSIVE")
    with pytest.raises(DatabaseError, match="another process"), explained(tmp_path / "x.sqlite"):
        second.execute("INSERT INTO t VALUES (1)")
    first.close()
    second.close()
