"""How much memory extraction takes as documents go by: one process, composed articles of about 600 words, no two alike.

    python -m tests.benchmarks.bench_memory [DOCUMENTS]

Prints the seconds to load and, along the way, documents read, facts found, resident memory now and at most (MB), and documents a
second of CPU; exits with 1 where memory passes 500 MB or the last half holds more at most than the first by a tenth.
"""

import itertools
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import psutil

from analysis.documents import Document
from tests.benchmarks.made_articles import make_articles

LIMIT_MEGABYTES, LIMIT_LOAD = 500, 1.5
GROWTH = 1.1
STEPS = 20  # lines printed
STATUS = Path("/proc/self/status")


def read_documents(count: int) -> Iterator[Document]:
    """The composed articles as the extractor takes them."""
    for number, article in enumerate(make_articles(count)):
        yield Document(f"{number}.txt", article["text"], article["published"], "given")


def peak_megabytes() -> float:
    """The most that this process ever held resident, in MB."""
    line = next(line for line in STATUS.read_text(encoding="ascii").splitlines() if line.startswith("VmHWM"))
    return int(line.split()[1]) / 1024


def main(count: int) -> int:
    """Read all documents; 0 when load, peak and flatness keep their limits."""
    started = time.perf_counter()
    from analysis.extract.pipeline import Extractor

    extractor = Extractor()
    loaded = time.perf_counter() - started
    process = psutil.Process()
    print(f"load, imports included: {loaded:.2f} s, {process.memory_info().rss / 2**20:.0f} MB", flush=True)
    samples, facts, begun = [], 0, time.process_time()
    for done, (_, found, _) in zip(itertools.count(1), extractor.extract_all(read_documents(count)), strict=False):
        facts += len(found)
        if done % max(1, count // STEPS) == 0 or done in (100, 500, 1000):
            samples.append(process.memory_info().rss / 2**20)
            speed = done / (time.process_time() - begun)
            print(f"{done:6} documents {facts:8} facts {samples[-1]:5.0f} MB now {peak_megabytes():5.0f} MB at most "
                  f"{speed:5.1f} a second", flush=True)  # fmt: skip
    half = len(samples) // 2
    flat = max(samples[half:]) <= GROWTH * max(samples[:half] or samples)
    return 0 if flat and loaded <= LIMIT_LOAD and peak_megabytes() <= LIMIT_MEGABYTES else 1


if __name__ == "__main__":
    sys.exit(main(int(sys.argv[1]) if len(sys.argv) > 1 else 2000))
