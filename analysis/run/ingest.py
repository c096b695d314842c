"""Take in many articles: read as a stream, extracted in batches anywhere, committed by one writer, each exactly once.

A batch counts when the store has committed it; the index learns of it afterwards. Killed in between, the next start takes
the batch in again, and the store keeps one version of each article, so nothing is lost and nothing comes double.
"""

import hashlib
import json
import shutil
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Executor, Future
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from analysis.documents import Document
from analysis.facts import Basis, parse_fact
from analysis.files import describe_refusal, find_refusal
from analysis.records import HAND, Record
from analysis.run.articles import Article, Rejected, read_articles
from analysis.run.atomic import lock
from analysis.run.errors import RunError, RunTimeoutError, SandboxError
from analysis.run.executors import Cluster, is_loss, open_executor
from analysis.run.extraction import extract_file
from analysis.run.index import Index
from analysis.run.layout import Layout, open_layout
from analysis.run.limits import MEBIBYTE, Limits
from analysis.run.remote import call_guarded
from analysis.run.sandbox import Jobs, preloaded
from analysis.store import Entry, Store

ORIGIN = "ingest"
BATCH = 64
# Batches under way for each process: enough to keep it busy, few enough to keep memory flat.
AHEAD = 3
# What one article may take when it is tried alone after its batch was lost.
ALONE = Limits(run_seconds=120, cpu_seconds=120, memory_bytes=2048 * MEBIBYTE, network=False)


@dataclass
class Progress:
    """How far an ingestion is."""

    taken: int = 0
    known: int = 0
    set_aside: int = 0
    facts: int = 0


@dataclass(frozen=True)
class Task:
    """A batch under way."""

    articles: list[Article]
    file: Path
    future: Future[str]


class Ingestion:
    """One ingestion into one root."""

    def __init__(self, layout: Layout, publisher: str, report: Callable[[Progress], None]) -> None:
        self.layout, self.publisher, self.report = layout, publisher, report
        self.store, self.index, self.progress = Store(layout.root), Index(layout.hidden), Progress()
        self.under_way: set[str] = set()
        self.spool = layout.hidden / "spool"
        hand = layout.root / HAND
        self.hand = str(hand) if hand.is_dir() else None

    def run(self, patterns: Iterable[str], executor: Executor, lanes: int, guarded: Jobs) -> Progress:
        """Take in everything that the patterns name and the index does not know."""
        shutil.rmtree(self.spool, ignore_errors=True)  # what a killed ingestion left
        self.spool.mkdir(parents=True)
        tasks: deque[Task] = deque()
        for articles in self._batches(patterns):
            tasks.append(self._submit(articles, executor))
            if len(tasks) >= lanes * AHEAD:
                self._commit(tasks.popleft(), guarded)
        while tasks:
            self._commit(tasks.popleft(), guarded)
        shutil.rmtree(self.spool, ignore_errors=True)
        return self.progress

    def _batches(self, patterns: Iterable[str]) -> Iterator[list[Article]]:
        """New articles, BATCH at a time; the same text twice in one go counts once.

        Two versions of one article go into two batches, since only the order of commits says which is the later one.
        """
        batch: dict[str, Article] = {}
        for item in read_articles(patterns):
            if isinstance(item, Rejected):
                self._set_aside(hashlib.sha256(item.source.encode()).hexdigest(), item.source, item.reason)
            elif item.key in self.under_way or self.index.knows(item.key):
                self.progress.known += 1
            else:
                if len(batch) == BATCH or item.record_id in batch:
                    yield list(batch.values())
                    batch = {}
                batch[item.record_id] = item
                self.under_way.add(item.key)
        if batch:
            yield list(batch.values())

    def _submit(self, articles: list[Article], executor: Executor) -> Task:
        file = self.spool / f"{articles[0].key[:16]}.jsonl"
        file.write_text("".join(article.to_line() for article in articles), encoding="utf-8")
        return Task(articles, file, executor.submit(extract_file, str(file), self.hand))

    def _commit(self, task: Task, guarded: Jobs) -> None:
        """One commit for the batch, then the index."""
        try:
            results = _read_results(task.future.result())
        except Exception as error:
            if not is_loss(error):
                raise
            results = [self._extract_alone(article, guarded) for article in task.articles]
        entries = [self._entry(a, r) for a, r in zip(task.articles, results, strict=True)]
        good = [entry for entry in entries if entry is not None]
        if good:
            self.store.append(good)
        taken = [(a.key, a.source) for a, e in zip(task.articles, entries, strict=True) if e is not None]
        self.index.add(taken)
        self.under_way.difference_update(article.key for article in task.articles)
        self.progress.taken += len(taken)
        self.progress.facts += sum(len(entry.facts) for entry in good)
        for leftover in (task.file, Path(f"{task.file}.facts")):
            leftover.unlink(missing_ok=True)
        self.report(self.progress)

    def _extract_alone(self, article: Article, guarded: Jobs) -> dict[str, Any]:
        """Try one article in a process of its own, so that the one that kills its process is found."""
        file = self.spool / f"{article.key}.alone.jsonl"
        file.write_text(article.to_line(), encoding="utf-8")
        arguments = {"batch": str(file), "hand": self.hand}
        try:
            call = "analysis.run.extraction:extract_file"
            return _read_results(call_guarded(guarded, call, arguments, ALONE, self.layout.root, {}))[0]
        except (SandboxError, RunTimeoutError) as error:  # what it raises is not the article's fault; its end is
            return {"error": str(error)}

    def _entry(self, article: Article, result: dict[str, Any]) -> Entry | None:
        """What the store takes; None, with the reason noted, for what it cannot take."""
        if "error" in result:
            self._set_aside(article.key, article.source, result["error"])
            return None
        try:
            known: dict[str, Any] = {"publisher": self.publisher, **article.record}
            record = Record.model_validate({**known, "id": article.record_id, "file": article.source})
        except ValidationError as error:
            first = error.errors()[0]
            self._set_aside(article.key, article.source, f"{first['loc'][0]}: {first['msg']}")
            return None
        facts = [parse_fact(fact) for fact in result["facts"]]
        day: str | None = record.day or result["published"]
        basis: Basis = "given" if record.day else result["basis"]
        return Entry(record, Document(article.source, article.text, day, basis), facts, article.key[:16], origin=ORIGIN)

    def _set_aside(self, key: str, source: str, reason: str) -> None:
        self.index.set_aside(key, source, reason)
        self.progress.set_aside += 1


def _read_results(name: str) -> list[dict[str, Any]]:
    with Path(name).open(encoding="utf-8") as lines:
        return [json.loads(line) for line in lines]


def ingest(
    root: Path, patterns: Iterable[str], publisher: str, jobs: int = 1, cluster: Cluster | None = None,
    report: Callable[[Progress], None] = lambda progress: None,
) -> Progress:  # fmt: skip
    """Take in articles; one ingestion of a root at a time (EditionLockedError for a second one).

    Raises RunError where the disk refuses; started again, it goes on where it was.
    """
    layout = open_layout(root)
    with (
        lock(layout.hidden / "locks" / "ingest.lock", "an ingestion of this folder"),
        preloaded() as guarded,
        open_executor(jobs, cluster) as executor,
    ):
        ingestion = Ingestion(layout, publisher, report)
        try:
            return ingestion.run(patterns, executor, max(jobs, 4 if cluster else 1), guarded)
        except OSError as error:
            if find_refusal(error) is None:
                raise
            raise RunError(
                f"{describe_refusal(error, layout.root)}: what was taken in stays, the rest follows"
            ) from error
        finally:
            ingestion.index.close()
