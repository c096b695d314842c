"""How large it gets: a long ingestion, a large store, one more document in it, and the edition made from it.

    python tests/benchmarks/bench_scale.py [--articles 1000] [--documents 100000]

Printed are, for `--articles` composed articles of realistic length: seconds, articles a second, and the largest total of
resident memory in the first and the last third (flat memory: about the same). For a store of 100 and one of `--documents`
documents with three facts each: seconds to append one more document, to list what is held, to load the facts, and to make
the edition.
"""

import argparse
import json
import random
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from datetime import date, timedelta
from pathlib import Path

import psutil

from analysis.documents import Document
from analysis.facts import Event, Fact, Figure, Statement
from analysis.records import Record
from analysis.store import Entry, Store

PROJECT = Path(__file__).parents[2]
COMMAND = [sys.executable, "-c", "from analysis.cli import main; main()"]
BATCH = 5000
LAST_DAY = date(2024, 10, 30)
DAYS = 365
TOWNS = ("Nyala", "El Fasher", "Zalingei", "Kadugli", "Babanusa", "Omdurman", "Wad Madani", "Sennar")
SPEAKERS = ("the health ministry", "a UN spokesperson", "the army", "residents", "a medical charity", "the mediator")
SENTENCES = (
    "At least {n} people were killed and {m} wounded in {town} on Tuesday, {who} said.",
    "Shells fell on a market in {town} in the morning, witnesses said, and {n} stalls burned.",
    "{who} said that {m} families had fled {town} since the fighting began in April.",
    "Talks on a truce of {n} days are to go on next week, according to {who}.",
    "“We will accept a ceasefire only when their forces leave {town},” {who} said.",
    "The road to {town} has been closed for {n} days, and prices have doubled.",
)


def write_articles(path: Path, count: int) -> None:
    """JSON Lines of composed articles of about 600 words, the same at every call."""
    dice = random.Random(1)
    with path.open("w", encoding="utf-8") as lines:
        for number in range(count):
            sentences = [
                dice.choice(SENTENCES).format(
                    n=dice.randint(2, 90), m=dice.randint(3, 900), town=dice.choice(TOWNS), who=dice.choice(SPEAKERS)
                )
                for _ in range(40)
            ]
            paragraphs = [" ".join(sentences[start : start + 4]) for start in range(0, 40, 4)]
            day = (LAST_DAY - timedelta(days=number % DAYS)).isoformat()
            article = {
                "id": f"a{number}",
                "publisher": f"Paper {number % 7}",
                "published": day,
                "title": f"Report {number}",
            }
            lines.write(json.dumps({**article, "text": f"Report {number}\n\n" + "\n\n".join(paragraphs)}) + "\n")


def make_entry(number: int) -> Entry:
    """A document of which only the facts are kept: a toll, the strike it belongs to, and who said so."""
    town, day = TOWNS[number % len(TOWNS)], (LAST_DAY - timedelta(days=number % DAYS)).isoformat()
    text = f"At least {number % 60 + 2} people were killed in {town}, doctors said. ({number})"
    document = Document(f"many/{number}.txt", text, day, "given")
    shared = {
        "doc": document.path, "doc_id": document.doc_id, "published": day, "published_basis": "given",
        "extractor": "bench", "asserted_by": SPEAKERS[number % len(SPEAKERS)], "text": text[:20], "start": 0, "end": 20,
    }  # fmt: skip
    toll = float(number % 60 + 2)
    facts: list[Fact] = [
        Figure(fact_id=f"f{number}", measure="killed", value_low=toll, value_high=toll, place=town, where_prec=1,
               as_of=day, scope="incident", operator="at_least", **shared),
        Event(fact_id=f"e{number}", event_type="shelling", place=town, where_prec=1, date_start=day, date_end=day,
              date_prec=1, **shared),
        Statement(fact_id=f"s{number}", **shared),
    ]  # fmt: skip
    record = Record(id=f"many-{number}", file=f"{number}.txt", publisher=f"Paper {number % 7}", published=day)
    return Entry(record, document, facts, "bench", origin="ingest")


def fill(root: Path, count: int) -> Store:
    """A root whose store holds so many documents."""
    (root / "seeds" / "documents").mkdir(parents=True)
    (root / "seeds" / "sources.yml").write_text("[]\n")
    store = Store(root)
    for start in range(0, count, BATCH):
        store.append([make_entry(number) for number in range(start, min(start + BATCH, count))])
    return store


def clock(call: Callable[[], object]) -> float:
    """Seconds of one call."""
    started = time.monotonic()
    call()
    return time.monotonic() - started


def watch(command: list[str]) -> tuple[float, list[float]]:
    """Run a command to its end: seconds, and its tree's memory in MB twice a second."""
    started, samples = time.monotonic(), []
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE)
    top = psutil.Process(process.pid)
    while process.poll() is None:
        samples.append(sum(_memory(top)) / 1e6)
        time.sleep(0.5)
    if process.returncode:
        raise SystemExit(f"{command[3:]} ended with {process.returncode}: {process.stderr.read().decode()[-1500:]}")
    return time.monotonic() - started, samples


def _memory(top: psutil.Process) -> Iterator[float]:
    try:
        for each in [top, *top.children(recursive=True)]:
            yield each.memory_full_info().pss
    except psutil.Error:
        return


def measure_ingestion(folder: Path, count: int) -> None:
    """Print what an ingestion takes."""
    root = folder / "articles"
    (root / "seeds" / "documents").mkdir(parents=True)
    (root / "seeds" / "sources.yml").write_text("[]\n")
    write_articles(folder / "articles.jsonl", count)
    options = ["ingest", str(folder / "articles.jsonl"), "--jobs", "2"]
    seconds, memory = watch([*COMMAND, "--root", str(root), *options])
    third = max(1, len(memory) // 3)
    print(f"{count} articles: {seconds:.1f} s, {count / seconds:.1f} a second; ", end="")
    print(f"memory {max(memory[:third]):.0f} MB in the first third, {max(memory[-third:]):.0f} MB in the last")
    print(f"edition of them: {measure_edition(root):.1f} s")


def measure_store(folder: Path, count: int) -> None:
    """Print what a store of that size takes."""
    root = folder / f"store{count}"
    print(f"store of {count} documents: filled in {clock(lambda: fill(root, count)):.1f} s", flush=True)
    store = Store(root)
    appends = [clock(lambda number=number: store.append([make_entry(count + number)])) for number in range(5)]  # type: ignore[misc]
    print(f"  one more document: {sorted(appends)[2]:.3f} s (median of 5)", flush=True)
    print(f"  what is held: {clock(store.holdings):.2f} s; facts known: {clock(store.known):.2f} s", flush=True)
    print(f"  edition of all notebooks: {measure_edition(root):.1f} s", flush=True)


def measure_edition(root: Path) -> float:
    """Seconds of `briefing run` with all notebooks of the project."""
    return watch([*COMMAND, "--root", str(root), "run", "--as-of", LAST_DAY.isoformat(), "--force"])[0]


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
        if options.documents:
            for count in (100, options.documents):
                measure_store(folder, count)
    finally:
        shutil.rmtree(folder, ignore_errors=True)


if __name__ == "__main__":
    main()
