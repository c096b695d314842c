"""A notebook that dies, hangs, floods or stops early: the run says so, and the previous edition is untouched."""

import os
from pathlib import Path

import pytest
from conftest import hash_folder

pytestmark = pytest.mark.slow

IGNORE = "import signal\nfor s in (signal.SIGINT, signal.SIGTERM): signal.signal(s, signal.SIG_IGN)\n"
GRANDCHILD = "import subprocess\nsubprocess.Popen(['sleep', '600'], start_new_session=True)\n"
FAULTS = {
    "raises": ("1/0", "failed", 1, "ZeroDivisionError"),
    "sigkill": ("import os; os.kill(os.getpid(), 9)", "crashed", 138, "signal 9"),
    "_exit": ("import os; os._exit(0)", "crashed", 138, "status 0"),
    "sys.exit": ("import sys; sys.exit(0)", "failed", 1, "sys.exit"),
    "memory": ("x = []\nwhile True: x.append(b'x' * 10_000_000)", "crashed", 138, "memory"),
    "endless": ("while True: pass", "timed_out", 124, "more than 3 s"),
    "deaf": (IGNORE + "import time; time.sleep(600)", "timed_out", 124, "more than 3 s"),
    "grandchild": (GRANDCHILD + "1/0", "failed", 1, "ZeroDivisionError"),
}
# The kernel engine shares the guard; these are the ones in which the kernel's protocol has a part.
CASES = [("fork", name) for name in FAULTS] + [
    ("kernel", name) for name in ("sigkill", "sys.exit", "endless", "memory")
]


@pytest.mark.parametrize(("engine", "fault"), CASES)
def test_fault_in_a_cell_publishes_nothing(published, fault, engine):
    """State, exit status, reason with the cell's heading, kept notebook, old edition, no process."""
    root, before = published
    cell, state, status, reason = FAULTS[fault]
    root.notebook("print('after')", cell, "print('never')")
    seconds = "3" if state == "timed_out" else "60"
    ended = root.make("--engine", engine, "--cell-seconds", seconds, "--memory", "300")
    assert ended.returncode == status, ended.stderr
    run = root.last_run()
    assert run["state"] == state
    assert reason in run["reason"]
    assert "A finding" in run["reason"]
    assert (Path(run["folder"]) / "10_a.ipynb").is_file()
    assert hash_folder(root.edition) == before
    assert ended.stdout == ""
    root.await_no_process()


def test_fork_bomb_is_stopped(root):
    """A notebook may start a number of processes, not any number."""
    root.notebook("import os, time\nfor _ in range(300):\n    if os.fork() == 0: time.sleep(600)")
    ended = root.make()
    assert ended.returncode == 138
    assert "processes" in ended.stderr
    root.await_no_process()


def test_child_that_outlives_a_good_notebook_is_ended(root):
    """A success, too, leaves nothing running."""
    root.notebook(GRANDCHILD)
    assert root.make().returncode == 0
    root.await_no_process()


def test_missing_kernel_is_said(published):
    """The kernel engine needs the kernel that the notebook names."""
    root, before = published
    root.notebook("1", kernel="no-such-kernel")
    ended = root.make("--engine", "kernel")
    assert ended.returncode == 1
    assert "no-such-kernel" in ended.stderr
    assert hash_folder(root.edition) == before


def test_flood_of_output_is_cut(root):
    """A hundred megabytes of text do not end up in the edition."""
    root.notebook("for _ in range(100_000): print('x' * 1000)")
    assert root.make().returncode == 0
    assert sum(path.stat().st_size for path in root.edition.iterdir()) < 4_000_000
    assert "output cut" in (root.edition / "10_a.ipynb").read_text()


def test_cell_that_reads_the_network_fails(root):
    """Unattended runs have no network where the system allows to take it away."""
    if os.geteuid() != 0:
        pytest.skip("needs the right to make a network namespace")
    root.notebook("import socket; socket.create_connection(('192.0.2.1', 9), timeout=5)")
    ended = root.make()
    assert ended.returncode == 1
    assert "unreachable" in ended.stderr


def test_decision_written_during_the_run_publishes_nothing_and_is_kept_under_no_key(published):
    """What was made may be of the old decisions or of the new ones; with the old ones again, all is as before."""
    root, before = published
    hand = root.folder / "seeds" / "hand"
    hand.mkdir()
    root.notebook("import pathlib", f"pathlib.Path('{hand}/waivers.yml').write_text('[]')", "print('made of both')")
    ended = root.make()
    assert ended.returncode == 1
    assert "waivers.yml: was changed while the edition was being made" in ended.stderr
    assert hash_folder(root.edition) == before
    (hand / "waivers.yml").unlink()
    assert root.make().returncode == 1, "executed again, not taken from the cache"


def test_notebook_edited_during_its_run_counts_as_it_was(root):
    """The run is of what was read at its start."""
    path = root.notebook("import pathlib", "pathlib.Path('10_a.ipynb').write_text('{}')", "print('as it was')")
    content = path.read_bytes()
    assert root.make().returncode == 0
    from analysis.run.keys import hash_bytes
    from analysis.run.manifest import read_manifest

    assert read_manifest(root.edition)["notebooks"][0]["sha256"] == hash_bytes(content)
    assert "as it was" in (root.edition / "10_a.ipynb").read_text()
