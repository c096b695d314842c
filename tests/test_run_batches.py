"""Many editions at once: here or on a cluster the same, the list of editions written once, those that wait queued."""

import shutil
import sys
import threading
import time
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parent / "faults"))
from conftest import AS_OF, Root, hash_folder

from analysis.errors import UsageError
from analysis.run import batch, runner
from analysis.run.executors import Cluster
from analysis.run.ledger import Ledger
from analysis.run.request import Request

pytestmark = pytest.mark.slow


@pytest.fixture
def root(tmp_path):
    """A root whose one notebook has a parameter."""
    made = Root(tmp_path / "root")
    made.notebook("import time; time.sleep(0.5)", "number * 2", parameters="as_of = ''\nnumber = 0")
    yield made
    made.close()


def ask(root, count, **options):
    """This many parameter sets."""
    return [Request(root.folder, as_of=AS_OF, settings={"number": n}, **options) for n in range(count)]


def hash_editions(root):
    """All that was published but the manifests, which tell the runs apart."""
    found = hash_folder(root.folder / "reports")
    return {name: value for name, value in found.items() if not name.endswith("manifest.json")}


def states(root):
    """How the runs of a root stand."""
    return sorted(entry["state"] for entry in Ledger(root.folder / ".briefing").runs())


def test_the_list_of_editions_is_written_once_and_waiting_runs_are_queued(root, monkeypatch):
    written, seen = [], []
    for module in (batch, runner):
        original = module.write_index
        monkeypatch.setattr(module, "write_index", lambda *a, to=original: (written.append(1), to(*a)))
    results = batch.run_batch(ask(root, 3), 2, lambda event: seen.append(states(root)))
    assert [result.edition for result in results] == [f"{AS_OF}_number-{n}" for n in range(3)]
    assert written == [1]
    page = (root.folder / "reports" / "index.html").read_text()
    assert all(result.edition in page for result in results)
    assert seen[0] == ["queued", "queued", "running"]
    assert states(root) == ["succeeded"] * 3


def test_one_that_fails_does_not_stop_the_others_and_is_noted(root):
    wrong = Request(root.folder, as_of=AS_OF, settings={"colour": "red"})
    first, second = batch.run_batch([wrong, *ask(root, 1)], 2)
    assert isinstance(first, UsageError)
    assert second.edition == f"{AS_OF}_number-0"
    assert states(root) == ["failed", "succeeded"]


def test_a_cluster_that_loses_a_worker_makes_what_one_process_makes(root, tmp_path):
    """A LocalCluster, one worker killed while it fills an edition: the same bytes, no attempt and no process left."""
    distributed = pytest.importorskip("distributed")
    serial = Root(tmp_path / "serial")
    shutil.copytree(root.folder, serial.folder, dirs_exist_ok=True)
    batch.run_batch(ask(serial, 5), 1)
    killed = []
    with distributed.LocalCluster(n_workers=2, threads_per_worker=1, dashboard_address=None) as cluster:

        def kill_one():
            while not list((root.folder / ".briefing" / "staging").glob("*.attempt-*")):
                time.sleep(0.05)
            # The first edition is made alone; whichever worker has it, the other is idle: kill both in turn.
            for worker in list(cluster.workers.values()):
                killed.append(worker.process.process._process.pid)
                worker.process.process._process.kill()
                time.sleep(3)

        threading.Thread(target=kill_one, daemon=True).start()
        results = batch.run_batch(ask(root, 5), 1, cluster=Cluster(cluster.scheduler_address))
    assert len(killed) == 2
    assert [str(result) for result in results if isinstance(result, Exception)] == []
    assert hash_editions(root) == hash_editions(serial)
    assert states(root) == ["succeeded"] * 5
    assert list((root.folder / ".briefing" / "staging").iterdir()) == []


def test_what_goes_wrong_on_a_cluster_is_told_as_here(root):
    """A notebook that raises: its state, its reason, its kept notebook; the others are made."""
    distributed = pytest.importorskip("distributed")
    root.notebook("assert number != 1, 'one'", parameters="as_of = ''\nnumber = 0")
    with distributed.LocalCluster(n_workers=1, threads_per_worker=1, dashboard_address=None) as cluster:
        first, second = batch.run_batch(ask(root, 2), 1, cluster=Cluster(cluster.scheduler_address))
    assert first.edition == f"{AS_OF}_number-0"
    assert "AssertionError: one" in str(second)
    run = Ledger(root.folder / ".briefing").runs(1)[0]
    assert (run["state"], run["exit_status"]) == ("failed", 1)
    assert (Path(run["folder"]) / "10_a.ipynb").is_file()
