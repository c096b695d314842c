"""Many editions at once: here or on a cluster the same, the list of editions written once, those that wait queued."""

import shutil
import subprocess
import sys
import threading
import time
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parent / "faults"))
from conftest import AS_OF, Root, hash_folder

from analysis.errors import UsageError
from analysis.run import batch, executors, runner
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


def test_several_editions_are_told_apart_and_every_run_has_a_last_event(root, tmp_path):
    """Plain lines on standard error, and the same as JSON Lines in a file."""
    import json

    (tmp_path / "sets.yml").write_text("- {number: 1}\n- {number: 2}\n")
    ended = root.make("--params", str(tmp_path / "sets.yml"), "--events", str(tmp_path / "events.jsonl"))
    assert ended.returncode == 0, ended.stderr
    assert len(ended.stdout.splitlines()) == 2
    assert f"{AS_OF}_number-2  10_a: cell 5, A finding" in ended.stderr
    events = [json.loads(line) for line in (tmp_path / "events.jsonl").read_text().splitlines()]
    last = [(event["edition"], event["status"], event["exit_status"]) for event in events if event["event"] == "run"]
    assert sorted(last) == [(f"{AS_OF}_number-{n}", "succeeded", 0) for n in (1, 2)]


def test_the_live_display_shows_what_runs_and_ends_with_a_table(monkeypatch):
    """One edition by its notebooks, several by themselves; a worker tells only the end."""
    from io import StringIO

    from rich.console import Console

    from analysis.run.display import LiveDisplay

    def show(editions, *events):
        display = LiveDisplay({"10_a": 8.0}, {"facts": "reading"}, editions)
        display.console = Console(file=StringIO(), width=120)
        display.progress.live.console = display.console
        with display:
            for event in events:
                display.tell({"run": "r", "edition": "e", "seconds_since_start": 2.0, **event})
            shown = [task.fields["left"] for task in display.progress.tasks]
        return display.console.file.getvalue(), shown

    begins = {"event": "notebook", "notebook": "10_a", "status": "running", "cells": 8}
    cell = {"event": "cell", "notebook": "10_a", "cell": 4, "heading": "The toll"}
    ends = {"event": "notebook", "notebook": "10_a", "status": "succeeded", "seconds": 7.5}
    over = {"event": "run", "status": "succeeded", "exit_status": 0, "reason": None}
    assert "about 4 s left" in show(1, begins, cell)[1]
    text, _ = show(1, begins, cell, ends, over)
    assert "10_a" in text
    assert "7.5" in text
    text, _ = show(2, ends, over)
    assert "Edition" in text
    assert "e " in text.splitlines()[-1]


def make_certificates(folder):
    """An authority and a certificate that it signed for this machine; skips the test where openssl is missing."""
    if not shutil.which("openssl"):
        pytest.skip("needs openssl")
    folder.mkdir()
    words = ["openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes", "-days", "2"]
    words += ["-subj", "/CN=localhost", "-addext", "subjectAltName=IP:127.0.0.1,DNS:localhost"]
    words += ["-keyout", str(folder / "key.pem"), "-out", str(folder / "ca.pem")]
    subprocess.run(words, check=True, capture_output=True)
    return [str(folder / name) for name in ("ca.pem", "ca.pem", "key.pem")]


def test_a_cluster_behind_tls_is_used_as_a_process_and_refuses_strangers(root, tmp_path, monkeypatch):
    """By the command's own options: the editions are those made here; with certificates of another authority, one line."""
    distributed = pytest.importorskip("distributed")
    serial = Root(tmp_path / "serial")
    shutil.copytree(root.folder, serial.folder, dirs_exist_ok=True)
    batch.run_batch(ask(serial, 1), 1)
    (tmp_path / "sets.yml").write_text("- {number: 0}\n")
    ca, certificate, key = make_certificates(tmp_path / "ours")
    pairs = {f"tls_{role}_{kind}": file for role in ("scheduler", "worker", "client")
             for kind, file in (("cert", certificate), ("key", key))}  # fmt: skip
    security = distributed.security.Security(tls_ca_file=ca, require_encryption=True, **pairs)
    options = {"n_workers": 1, "threads_per_worker": 1, "dashboard_address": None}
    with distributed.LocalCluster(protocol="tls://", security=security, **options) as cluster:
        asked = ["--params", str(tmp_path / "sets.yml"), "--scheduler", cluster.scheduler_address]

        def make(files):
            words = zip(("--tls-ca", "--tls-certificate", "--tls-key"), files, strict=True)
            return root.make(*asked, *(word for pair in words for word in pair))

        monkeypatch.setattr(executors, "ANSWER_SECONDS", 2)
        stranger = Cluster(cluster.scheduler_address, *make_certificates(tmp_path / "others"))
        with pytest.raises(UsageError, match="no Dask scheduler answers"), executors.open_executor(1, stranger):
            pass
        ended = make([ca, certificate, key])
    assert ended.returncode == 0, ended.stderr
    assert hash_editions(root) == hash_editions(serial)


def test_whoever_stops_the_first_of_several_stops_all(root, tmp_path):
    """SIGTERM while it runs: the others do not begin, and all are told as cancelled."""
    root.notebook("import time; time.sleep(60)", parameters="as_of = ''\nnumber = 0")
    (tmp_path / "sets.yml").write_text("- {number: 0}\n- {number: 1}\n- {number: 2}\n")
    process = root.start("run", "--as-of", AS_OF, "--params", str(tmp_path / "sets.yml"))
    while "cell 4" not in (line := process.stderr.readline()):
        assert line, "it ended early"
    process.terminate()
    process.communicate(timeout=30)
    assert process.returncode == 143
    root.await_no_process()
    assert states(root) == ["cancelled"] * 3
    assert list((root.folder / "reports").glob(f"{AS_OF}*")) == []
