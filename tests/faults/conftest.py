"""Roots with tiny notebooks, and the means to run `briefing` in them and to see what it leaves behind."""

import hashlib
import os
import shutil
import signal
import subprocess
import sys
import time
import uuid
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

import nbformat
import pytest

COMMAND = [sys.executable, "-c", "from analysis.cli import main; main()"]
AS_OF = "2024-10-30"
ROUNDS = "BRIEFING_FAULT_ROUNDS"
HEAD = f'from analysis import show\nshow.masthead("Nowhere", "{AS_OF}")'


def write_notebook(path: Path, *cells: str, kernel: str = "python3", parameters: str = "as_of = ''") -> Path:
    """A notebook with a heading, parameters, a masthead, and these code cells."""
    code = nbformat.v4.new_code_cell
    notebook = nbformat.v4.new_notebook()
    notebook.metadata["kernelspec"] = {"name": kernel, "language": "python", "display_name": kernel}
    tagged = code(parameters)
    tagged.metadata["tags"] = ["parameters"]
    notebook.cells = [nbformat.v4.new_markdown_cell("# A finding"), tagged, code(HEAD), *map(code, cells)]
    nbformat.write(notebook, path)
    return path


class Root:
    """A root folder without documents; `run` calls the command line in it."""

    # Words before the command, and the command itself, for whoever runs it otherwise.
    before: tuple[str, ...] = ()
    command: Sequence[str] = COMMAND

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.mark = f"XDG_FAULT_MARK={uuid.uuid4().hex}"
        (folder / "notebooks").mkdir(parents=True)
        (folder / "seeds" / "documents").mkdir(parents=True)
        (folder / "seeds" / "sources.yml").write_text("[]\n")

    def notebook(self, *cells: str, name: str = "10_a", **options: str) -> Path:
        """Write the notebook of this root."""
        return write_notebook(self.folder / "notebooks" / f"{name}.ipynb", *cells, **options)

    def start(self, *arguments: str) -> subprocess.Popen:
        """Start `briefing`; it and all its children carry the mark in their environment."""
        name, _, value = self.mark.partition("=")
        command = [*self.before, *self.command, "--root", str(self.folder), *arguments]
        return subprocess.Popen(
            command, env={**os.environ, name: value}, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
        )

    def run(self, *arguments: str, timeout: float = 90) -> subprocess.CompletedProcess:
        """Run `briefing` to its end."""
        process = self.start(*arguments)
        output, errors = process.communicate(timeout=timeout)
        return subprocess.CompletedProcess(process.args, process.returncode, output, errors)

    def make(self, *options: str, timeout: float = 90) -> subprocess.CompletedProcess:
        """Make the edition of the day."""
        return self.run("run", "--as-of", AS_OF, *options, timeout=timeout)

    @property
    def edition(self) -> Path:
        """Where the edition of the day is."""
        return self.folder / "reports" / AS_OF

    def last_run(self) -> dict:
        """The newest entry of the ledger, lost runs marked."""
        from analysis.run.ledger import Ledger

        return Ledger(self.folder / ".briefing").runs(1)[0]

    def processes(self) -> list[int]:
        """The processes that carry the mark."""
        return [int(path.parent.name) for path in Path("/proc").glob("[0-9]*/environ") if self.mark in _read(path)]

    def await_no_process(self, seconds: float = 10) -> None:
        """Fail unless every process of this root ends within this time."""
        deadline = time.monotonic() + seconds
        while self.processes() and time.monotonic() < deadline:
            time.sleep(0.05)
        assert not self.processes(), f"left: {[_read(Path(f'/proc/{pid}/cmdline')) for pid in self.processes()]}"

    def close(self) -> None:
        """End what a failed test left."""
        for pid in self.processes():
            os.kill(pid, signal.SIGKILL)


def _read(path: Path) -> str:
    try:
        return path.read_text(errors="replace")
    except OSError:
        return ""


def hash_folder(folder: Path) -> dict[str, str]:
    """Every file below a folder with its hash."""
    files = [path for path in sorted(folder.rglob("*")) if path.is_file()]
    return {str(path.relative_to(folder)): hashlib.sha256(path.read_bytes()).hexdigest() for path in files}


@pytest.fixture
def root(tmp_path):
    """A root, cleared of processes at the end."""
    made = Root(tmp_path / "root")
    yield made
    made.close()


@pytest.fixture(scope="session")
def template(tmp_path_factory):
    """A root with a published edition, made once and copied for each test."""
    made = Root(tmp_path_factory.mktemp("template") / "root")
    made.notebook("print('before')")
    ended = made.make()
    assert ended.returncode == 0, ended.stderr
    return made.folder


@pytest.fixture
def published(root, template):
    """A root with a published edition, and the hashes of that."""
    shutil.copytree(template, root.folder, dirs_exist_ok=True)
    return root, hash_folder(root.edition)


@contextmanager
def mount_disk(folder: Path, options: str = "size=24m") -> Iterator[Path]:
    """A small file system at a folder for as long as the block lasts; skips the test where none may be mounted."""
    folder.mkdir(exist_ok=True)
    command = ["mount", "-t", "tmpfs", "-o", options, "tmpfs", str(folder)]
    if os.geteuid() != 0 or subprocess.run(command, capture_output=True).returncode != 0:
        pytest.skip("needs the right to mount a small file system")
    try:
        yield folder
    finally:
        subprocess.run(["umount", "-l", str(folder)], check=False)


def rounds(usual: int) -> range:
    """How often to repeat: few by default, BRIEFING_FAULT_ROUNDS for a long look."""
    return range(int(os.environ.get(ROUNDS, usual)))
