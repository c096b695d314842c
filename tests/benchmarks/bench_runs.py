"""Runs, measured in pairs: stock papermill with stock nbconvert pages against the runner, on the same notebook.

    python tests/benchmarks/bench_runs.py [--sets 20] [--rounds 3] [--jobs 2]

Each round makes the same parameter sets twice, once each way, one after the other, so that both meet the same machine.
Printed are medians over the rounds: wall seconds, CPU seconds of all processes, and the largest total of resident memory.
The stock way executes one notebook after another (papermill) and writes HTML (nbconvert); PDF comes from WeasyPrint on
that HTML where it is installed, since stock nbconvert has no PDF without LaTeX or a browser, and is left out otherwise.
The runner writes HTML, a tagged PDF, data files, hashes and a manifest for each set; its root is new, so that every notebook
is executed. It is measured twice: with pages of the same kinds as the stock way (`word: false` in the house), which is the pair
that is compared, and as it comes, with a Word file beside them. The fair comparison is with WeasyPrint installed: without it
the stock way makes one page format where the runner makes two.
"""

import argparse
import importlib.util
import resource
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from pathlib import Path

import nbformat
import psutil

MEASURES = ("wall", "cpu", "memory")
CELLS = [
    "import numpy as np\nimport pandas as pd\nfrom analysis import show\nshow.masthead('Nowhere', '2024-10-30')",
    "days = pd.date_range('2024-10-01', periods=30)\nfacts = pd.DataFrame({'day': days, 'killed': np.arange(30) + number})",
    "facts.groupby(facts['day'].dt.isocalendar().week)['killed'].sum().reset_index()",
    "import matplotlib.pyplot as plt\nfigure, axes = plt.subplots()\naxes.plot(facts['day'], facts['killed'])\n"
    "words = {'title': 'Killed a day', 'subtitle': 'Persons', 'alt': 'Line of killed a day', 'source': 'None'}\n"
    "show.chart(figure, label='figure-killed', **words)",
    "show.table(facts.head(10).astype({'day': str}), label='table-killed', title='Killed a day')",
]
STOCK = """
import sys
import papermill
from nbconvert import HTMLExporter
source, folder, count, weasyprint = sys.argv[1], sys.argv[2], int(sys.argv[3]), sys.argv[4] == "1"
for number in range(count):
    target = f"{folder}/{number}.ipynb"
    papermill.execute_notebook(source, target, {"number": number}, progress_bar=False)
    page, _ = HTMLExporter().from_filename(target)
    open(f"{folder}/{number}.html", "w").write(page)
    if weasyprint:
        import weasyprint
        weasyprint.HTML(string=page).write_pdf(f"{folder}/{number}.pdf")
"""
OURS = """
import sys
from pathlib import Path
from analysis.run.batch import run_batch
from analysis.run.request import Request
root, count, jobs = Path(sys.argv[1]), int(sys.argv[2]), int(sys.argv[3])
results = run_batch([Request(root, as_of="2024-10-30", settings={"number": n}, jobs=1) for n in range(count)], jobs)
print([str(result) for result in results if isinstance(result, Exception)], file=sys.stderr)
"""


def write_root(folder: Path, word: bool = True) -> Path:
    """A root with one notebook, and with a Word version of its page or without; gives the notebook."""
    (folder / "notebooks").mkdir(parents=True)
    (folder / "house.yml").write_text(f"word: {str(word).lower()}\n")
    (folder / "seeds" / "documents").mkdir(parents=True)
    (folder / "seeds" / "sources.yml").write_text("[]\n")
    kernel = {"name": "python3", "language": "python", "display_name": "Python 3"}
    notebook = nbformat.v4.new_notebook(metadata={"kernelspec": kernel})
    parameters = nbformat.v4.new_code_cell("as_of = ''\nnumber = 0", metadata={"tags": ["parameters"]})
    cells = [nbformat.v4.new_code_cell(cell) for cell in CELLS]
    notebook.cells = [nbformat.v4.new_markdown_cell("# A measured notebook"), parameters, *cells]
    path = folder / "notebooks" / "10_measured.ipynb"
    nbformat.write(notebook, path)
    return path


class Measured:
    """One command: `wall` and `cpu` seconds, `memory` in MB (largest sum over its processes)."""

    def __init__(self, command: list[str]) -> None:
        before, started = resource.getrusage(resource.RUSAGE_CHILDREN), time.monotonic()
        process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE)
        self.memory = 0.0
        watcher = threading.Thread(target=self._watch, args=(process,), daemon=True)
        watcher.start()
        _, self.errors = process.communicate()
        if process.returncode:
            raise SystemExit(f"{command[:3]} ended with {process.returncode}:\n{self.errors.decode()[-2000:]}")
        self.wall, after = time.monotonic() - started, resource.getrusage(resource.RUSAGE_CHILDREN)
        self.cpu = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime

    def _watch(self, process: subprocess.Popen) -> None:
        top = psutil.Process(process.pid)
        while process.poll() is None:
            total = 0
            for each in [top, *_children(top)]:
                try:
                    total += each.memory_full_info().pss
                except psutil.Error:
                    continue
            self.memory = max(self.memory, total / 1e6)
            time.sleep(0.5)


def _children(process: psutil.Process) -> list[psutil.Process]:
    try:
        return process.children(recursive=True)
    except psutil.Error:
        return []


def measure_stock(folder: Path, count: int) -> Measured:
    """The sets by papermill, nbconvert and, where it is installed, WeasyPrint."""
    notebook = write_root(folder / "root")
    (folder / "stock").mkdir()
    with_pdf = str(int(importlib.util.find_spec("weasyprint") is not None))
    return Measured([sys.executable, "-c", STOCK, str(notebook), str(folder / "stock"), str(count), with_pdf])


def measure_runner(folder: Path, count: int, jobs: int, word: bool) -> Measured:
    """The sets by the runner, in a new root; every page must be there."""
    write_root(folder, word)
    ours = Measured([sys.executable, "-c", OURS, str(folder), str(count), str(jobs)])
    for kind in ("html", "pdf", *(["docx"] if word else [])):
        made = list((folder / "reports").glob(f"*/10_measured.{kind}"))
        assert len(made) == count, f"{len(made)} of {count} {kind} pages: {ours.errors.decode()[-500:]}"
    return ours


def measure_round(count: int, jobs: int) -> list[Measured]:
    """The same sets three times, one after the other: stock, the runner with the same kinds of pages, the runner as it comes."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        return [
            measure_stock(folder, count),
            measure_runner(folder / "same", count, jobs, word=False),
            measure_runner(folder / "whole", count, jobs, word=True),
        ]


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--sets", type=int, default=20)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--jobs", type=int, default=2)
    options = parser.parse_args()
    rounds = [measure_round(options.sets, options.jobs) for _ in range(options.rounds)]
    pdf = "HTML and WeasyPrint PDF" if importlib.util.find_spec("weasyprint") else "HTML alone"
    labels = [f"papermill + nbconvert, {pdf}", "runner, HTML, tagged PDF, manifest", "runner, the same and Word"]
    print(f"{options.sets} parameter sets, medians of {options.rounds} rounds ({options.jobs} jobs)")
    print(f"{'':<48}{'wall s':>9}{'CPU s':>9}{'MB':>8}{'times less wall':>17}{'CPU':>7}")
    for place, label in enumerate(labels):
        wall, cpu, memory = (statistics.median(getattr(r[place], what) for r in rounds) for what in MEASURES)
        less = [statistics.median(getattr(r[0], what) / getattr(r[place], what) for r in rounds) for what in MEASURES]
        print(f"{label:<48}{wall:>9.1f}{cpu:>9.1f}{memory:>8.0f}{less[0]:>17.1f}{less[1]:>7.1f}")


if __name__ == "__main__":
    main()
