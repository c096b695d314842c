"""All benchmarks: python -m tests.benchmarks [NAME...] (claims, corpus, extract, gold, memory, runs, scale, topics).

Figures belong into BENCHMARKS.md.
"""

import subprocess
import sys
from pathlib import Path

FOLDER = Path(__file__).parent
PROJECT = FOLDER.parents[1]


def main(wanted: list[str]) -> int:
    """Run each benchmark in a process of its own, so that none warms another's caches."""
    names = [path.stem for path in sorted(FOLDER.glob("bench_*.py"))]
    chosen = [name for name in names if not wanted or name.removeprefix("bench_") in wanted]
    commands = [[sys.executable, "-m", f"tests.benchmarks.{name}"] for name in chosen]
    return max((subprocess.run(command, cwd=PROJECT, check=False).returncode for command in commands), default=2)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
