"""All benchmarks: python -m tests.benchmarks [NAME...] (extract, gold, claims, runs). Figures belong into BENCHMARKS.md."""

import subprocess
import sys
from pathlib import Path

FOLDER = Path(__file__).parent


def main(wanted: list[str]) -> int:
    """Run each benchmark in a process of its own, so that none warms another's caches."""
    names = [path.stem for path in sorted(FOLDER.glob("bench_*.py"))]
    chosen = [name for name in names if not wanted or name.removeprefix("bench_") in wanted]
    return max(
        (subprocess.run([sys.executable, FOLDER / f"{n}.py"], check=False).returncode for n in chosen), default=2
    )


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
