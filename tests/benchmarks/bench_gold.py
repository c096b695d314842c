"""How right the extractor is on public gold that is not shipped: needs BRIEFING_BENCHMARKS (scorers) and BRIEFING_BENCHMARK_DATA.

The folders are laid out as `make_texts.py` of the scorers expects. Prints each scorer's last line.
"""

import os
import subprocess
import sys
import tempfile
from pathlib import Path

SETS = {
    "newsquant": "newsquant", "timex": "timebank", "polnear": "polnear/dev.jsonl", "muc": "muc", "isaf": "isaf",
    "geo": "geo/lgl.xml", "geo ": "geo/TR-News.xml",
}  # fmt: skip


def score(scorers: Path, data: Path, benchmark: str, folder: Path) -> str:
    """Write the texts, extract, score; gives the scorer's last line."""
    python = [sys.executable]
    name = benchmark.strip()
    texts = [*python, scorers / "make_texts.py", "--benchmark", name, "--data", data, "--out", folder]
    subprocess.run(texts, check=True, capture_output=True)
    predictions = folder / "predictions.jsonl"
    environment = {**os.environ, "BRIEFING": str(Path(sys.executable).with_name("briefing"))}
    subprocess.run(["sh", folder / "run.sh", predictions], check=True, env=environment, stderr=subprocess.DEVNULL)
    scorer = [*python, scorers / f"score_{name}.py", "--data", data, "--predictions", predictions]
    return subprocess.run(scorer, check=True, capture_output=True, text=True).stdout.strip().splitlines()[-1]


def main() -> None:
    """Score every set that is there."""
    scorers, data = os.environ.get("BRIEFING_BENCHMARKS"), os.environ.get("BRIEFING_BENCHMARK_DATA")
    if not scorers or not data:
        print("gold: not run; set BRIEFING_BENCHMARKS and BRIEFING_BENCHMARK_DATA to the folders of scorers and data")
        return
    for benchmark, path in SETS.items():
        with tempfile.TemporaryDirectory() as folder:
            print(f"gold: {path}: {score(Path(scorers), Path(data) / path, benchmark, Path(folder))}", flush=True)


if __name__ == "__main__":
    main()
