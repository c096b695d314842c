"""How large it gets: a long ingestion, a large store, one more document in it, and the edition made from it.

    python -m tests.benchmarks.bench_scale [--articles 1000] [--documents 100000]

Printed are, for `--articles` composed articles of about 600 words: seconds, articles a second, and the resident memory of all
processes together when a tenth, a half and all of them were in (flat memory: about the same), then seconds of the edition made
of them. For a store of 100 and one of `--documents` documents with three to ten facts each: seconds to append one more document,
to list what is held, and to make the edition of all notebooks: wall time, which other work on the machine lengthens, and
seconds of CPU.
"""

import argparse
import json
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

import psutil

from analysis.store import Store
from tests.benchmarks.made_articles import LAST_DAY, make_articles
from tests.benchmarks.made_facts import make_entry

COMMAND = [sys.executable, "-c", "from analysis.cli import main; main()"]
BATCH = 1000
SECONDS_BETWEEN_LOOKS = 0.25
APPENDS = 40  # of one document each: enough to see a checkpoint's cost among them


def write_articles(path: Path, count: int) -> None:
    """JSON Lines of the composed articles."""
    with path.open("w", encoding="utf-8") as lines:
        lines.writelines(json.dumps(article) + "\n" for article in make_articles(count))


def make_root(root: Path) -> Path:
    """A root without seeds."""
    (root / "seeds" / "documents").mkdir(parents=True)
    (root / "seeds" / "sources.yml").write_text("[]\n")
    return root


def fill(root: Path, count: int) -> Store:
    """A root whose store holds so many documents."""
    store = Store(make_root(root))
    for start in range(0, count, BATCH):
        store.append([make_entry(number) for number in range(start, min(start + BATCH, count))])
    return store


def clock(call: Callable[[], object]) -> float:
    """Seconds of one call."""
    started = time.monotonic()
    call()
    return time.monotonic() - started


@dataclass
class Watch:
    """What a command and all its children took: wall seconds, memory in MB at each look (`at` seconds), CPU seconds by process."""

    seconds: float = 0.0
    looks: list[tuple[float, float]] = field(default_factory=list)
    processes: dict[tuple[int, float], float] = field(default_factory=dict)

    @property
    def cpu(self) -> float:
        """CPU seconds of all processes, as far as a look found them: a process of a fraction of a second may be missed."""
        return sum(self.processes.values())

    def memory(self, first: float, last: float) -> float:
        """The most memory (MB) held between two shares of the time."""
        return max((mb for at, mb in self.looks if first * self.seconds <= at <= last * self.seconds), default=0.0)

    def look(self, top: psutil.Process, at: float) -> None:
        """Add up what lives now."""
        held = 0.0
        try:
            for each in [top, *top.children(recursive=True)]:
                times = each.cpu_times()
                self.processes[each.pid, each.create_time()] = times.user + times.system
                held += each.memory_full_info().pss / 1e6
        except psutil.Error:
            return
        self.looks.append((at, held))


def watch(command: list[str]) -> Watch:
    """Run a command to its end."""
    started, found = time.monotonic(), Watch()
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE)
    top = psutil.Process(process.pid)
    while process.poll() is None:
        found.look(top, time.monotonic() - started)
        time.sleep(SECONDS_BETWEEN_LOOKS)
    found.seconds = time.monotonic() - started
    if process.returncode:
        raise SystemExit(f"{command[3:]} ended with {process.returncode}: {process.stderr.read().decode()[-1500:]}")
    return found


def measure_ingestion(folder: Path, count: int) -> None:
    """Print what an ingestion takes."""
    root = make_root(folder / "articles")
    write_articles(folder / "articles.jsonl", count)
    found = watch([*COMMAND, "--root", str(root), "ingest", str(folder / "articles.jsonl"), "--jobs", "2"])
    tenth, half, whole = found.memory(0, 0.1), found.memory(0.1, 0.5), found.memory(0.5, 1)
    print(f"{count} articles: {found.seconds:.0f} s, {found.cpu:.0f} s of CPU, {count / found.seconds:.1f} a second")
    print(f"  memory: {tenth:.0f} MB in the first tenth, {half:.0f} up to the half, {whole:.0f} after it", flush=True)
    print(f"  edition of them: {measure_edition(root)}", flush=True)


def measure_store(folder: Path, count: int) -> None:
    """Print what a store of that size takes."""
    root = folder / f"store{count}"
    print(f"store of {count} documents: filled in {clock(lambda: fill(root, count)):.1f} s", flush=True)
    appends = [
        clock(lambda number=number: Store(root).append([make_entry(count + number)]))  # type: ignore[misc]
        for number in range(APPENDS)
    ]
    middle, most = sorted(appends)[APPENDS // 2], max(appends)
    print(f"  one more document: {middle:.3f} s (median of {APPENDS}; {most:.3f} at most)", flush=True)
    print(f"  what is held: {clock(Store(root).holdings):.2f} s", flush=True)
    print(f"  edition of all notebooks: {measure_edition(root)}", flush=True)


def measure_edition(root: Path) -> str:
    """`briefing run` with all notebooks of the project, nothing kept from before."""
    found = watch([*COMMAND, "--root", str(root), "run", "--as-of", LAST_DAY.isoformat(), "--force"])
    return f"{found.seconds:.1f} s, {found.cpu:.1f} s of CPU, {found.memory(0, 1):.0f} MB at most"


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--articles", type=int, default=1000)
    parser.add_argument("--documents", type=int, default=100_000)
    options = parser.parse_args()
    folder = Path(tempfile.mkdtemp(prefix="briefing-scale-"))
    try:
        if options.articles:
            measure_ingestion(folder, options.articles)
        for count in dict.fromkeys((100, options.documents)) if options.documents else ():
            measure_store(folder, count)
    finally:
        shutil.rmtree(folder, ignore_errors=True)


if __name__ == "__main__":
    main()
