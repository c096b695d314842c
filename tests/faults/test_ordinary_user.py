"""The same faults where namespaces are not allowed: what runs is ended by descent."""

import os
import shutil
import signal

import pytest
from conftest import AS_OF, Root, hash_folder

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(os.geteuid() != 0 or not shutil.which("setpriv"), reason="only root can become another user"),
]
NOBODY = 65534
GRANDCHILD = "import subprocess, time\nsubprocess.Popen(['sleep', '600'], start_new_session=True)\n"


class OrdinaryRoot(Root):
    """A root whose command runs without root's rights: it may what its files' owner may.

    A user namespace is refused half-way: it is given, and then cannot be lived in.
    """

    before = ("setpriv", "--bounding-set=-all", "--inh-caps=-all")


@pytest.fixture
def ordinary(tmp_path):
    """A root of such a user."""
    made = OrdinaryRoot(tmp_path / "root")
    made.notebook("print('before')")
    yield made
    made.close()


def test_an_edition_is_made_and_faults_leave_it_and_no_process(ordinary):
    """One run after another: a success, a raise with a grandchild, too much memory, an endless cell."""
    assert ordinary.make().returncode == 0
    before = hash_folder(ordinary.edition)
    faults = [
        (GRANDCHILD + "1/0", 1),
        ("x = []\nwhile True: x.append(b'x' * 10_000_000)", 138),
        ("while True: pass", 124),
    ]
    for cell, status in faults:
        ordinary.notebook(cell)
        ended = ordinary.make("--memory", "300", "--cell-seconds", "5")
        assert ended.returncode == status, ended.stderr
        assert hash_folder(ordinary.edition) == before
        ordinary.await_no_process()


def test_a_killed_runner_leaves_no_process(ordinary):
    """Not even one in a session of its own."""
    ordinary.notebook(GRANDCHILD + "time.sleep(600)")
    process = ordinary.start("run", "--as-of", AS_OF)
    while "cell 4" not in (line := process.stderr.readline()):
        assert line, "the run ended early"
    process.send_signal(signal.SIGKILL)
    process.communicate(timeout=30)
    ordinary.await_no_process()
    assert ordinary.last_run()["state"] == "crashed"


def test_a_folder_of_somebody_else_is_named_before_computing(ordinary):
    """The file system's word, in one line."""
    (ordinary.folder / "reports").mkdir(exist_ok=True)
    os.chown(ordinary.folder / "reports", NOBODY, NOBODY)
    (ordinary.folder / "reports").chmod(0o755)
    ended = ordinary.make()
    assert ended.returncode == 1
    assert "cannot be written" in ended.stderr
    assert "cell" not in ended.stderr
