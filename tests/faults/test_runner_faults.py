"""The runner itself stopped, killed, run twice, or out of room: an old edition or a new one, never a mixture."""

import random
import shutil
import signal
import subprocess
import time

import pytest
from conftest import AS_OF, Root, hash_folder, mount_disk, rounds

from analysis.run.manifest import find_damage, read_manifest

pytestmark = pytest.mark.slow
START_SECONDS = 1.0  # of a command, before its run begins; signals come at random moments up to the end of the run


def assert_whole(root):
    """What is published is exactly what its manifest says."""
    manifest = read_manifest(root.edition)
    assert manifest is not None
    assert find_damage(root.edition, manifest) == []


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGKILL], ids=["SIGTERM", "SIGKILL"])
def test_runner_ended_at_a_random_moment(published, number):
    """No orphan, no partial edition; the next start calls the lost run crashed, and succeeds."""
    root, before = published
    seed, longest = random.randrange(10**6), START_SECONDS + root.last_run()["detail"]["seconds"]
    moments = random.Random(seed)
    for turn in rounds(4):
        root.notebook(
            f"print({turn})", "import time, subprocess", "subprocess.Popen(['sleep', '600']); time.sleep(0.3)"
        )
        process = root.start("run", "--as-of", AS_OF)
        time.sleep(moments.uniform(0, longest))
        process.send_signal(number)
        process.communicate(timeout=30)
        root.await_no_process()
        assert process.returncode in (0, -number, 128 + number), f"seed {seed}"
        assert_whole(root)
        now = hash_folder(root.edition)
        assert set(now) == set(before), f"seed {seed}"
        assert now == before or now["manifest.json"] != before["manifest.json"], f"seed {seed}"
        before = now
        if not (root.folder / ".briefing" / "ledger.sqlite").exists():
            continue
        assert root.last_run()["state"] in ("crashed", "cancelled", "succeeded")
    assert root.make().returncode == 0
    staging = root.folder / ".briefing" / "staging"
    assert list(staging.iterdir()) == []


def test_second_run_of_an_edition_gives_way(published):
    """It ends at once with status 75."""
    root, _ = published
    root.notebook("import time; time.sleep(8)")
    first = root.start("run", "--as-of", AS_OF)
    while "cell 4" not in (line := first.stderr.readline()):
        assert line, "the first run ended early"
    started = time.monotonic()
    second = root.make()
    assert second.returncode == 75
    assert time.monotonic() - started < 6
    assert first.wait(60) == 0
    assert_whole(root)


def test_unchanged_edition_is_reused_and_damage_is_mended(published):
    """A second run does no work; an edition that was tampered with is made again."""
    root, before = published
    again = root.make()
    assert "nothing has changed" in again.stderr
    (root.edition / "10_a.html").write_text("tampered")
    assert root.make().returncode == 0
    assert {k: v for k, v in hash_folder(root.edition).items() if k != "manifest.json"} == {
        k: v for k, v in before.items() if k != "manifest.json"
    }


@pytest.fixture
def small_disk(tmp_path):
    """A root with an edition on a file system of 24 MB."""
    with mount_disk(tmp_path / "disk") as folder:
        root = Root(folder / "root")
        root.notebook("print('before')")
        assert root.make().returncode == 0
        yield root
        root.close()


def test_disk_filled_by_a_notebook(small_disk):
    """The old edition stays, the error names the disk. Each stage by itself: `test_full_disk`."""
    before = hash_folder(small_disk.edition)
    filler = small_disk.folder / "filler"
    size = f"__import__('shutil').disk_usage('{small_disk.folder}').free"
    small_disk.notebook(f"open('{filler}', 'wb').write(bytes({size}))", "print('x' * 100_000)")
    ended = small_disk.make()
    assert ended.returncode == 1, ended.stderr
    assert "the disk is full; make room" in ended.stderr
    assert hash_folder(small_disk.edition) == before
    filler.unlink(missing_ok=True)
    assert small_disk.last_run()["state"] in ("failed", "crashed")
    small_disk.notebook("print('room again')")
    assert small_disk.make().returncode == 0


def test_disk_full_is_said_before_computing(small_disk):
    """What can be known at the start is said at the start."""
    free = shutil.disk_usage(small_disk.folder).free
    (small_disk.folder / "filler").write_bytes(bytes(free - 1_000_000))
    small_disk.notebook("print('other')")
    ended = small_disk.make()
    assert ended.returncode == 1
    assert "are free" in ended.stderr


def test_read_only_folder_is_said_before_computing(small_disk):
    """A folder that cannot be written is named."""
    before = hash_folder(small_disk.edition)
    mount = str(small_disk.folder.parent)
    subprocess.run(["mount", "-o", "remount,ro", mount], check=True)
    try:
        ended = small_disk.make("--force")
    finally:
        subprocess.run(["mount", "-o", "remount,rw", mount], check=True)
    assert ended.returncode == 1
    assert "cannot be written" in ended.stderr
    assert hash_folder(small_disk.edition) == before


def test_reports_that_are_a_file_system_of_their_own(root):
    """The edition is then staged beside its place, since a move works only within one file system."""
    with mount_disk(root.folder / "reports"):
        root.notebook("print(1)")
        assert root.make().returncode == 0
        assert_whole(root)
