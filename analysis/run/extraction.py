"""Extraction of one batch, wherever it runs: a batch's file in, a file of its facts out; only the two names travel."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from functools import lru_cache
from pathlib import Path
from typing import IO, Any

from analysis.documents import Document
from analysis.run.articles import Article


@lru_cache(maxsize=2)
def _load_extractor(hand: str | None) -> Any:
    """One extractor a process: loading the language model takes a second."""
    from analysis.extract.pipeline import Extractor

    return Extractor(Path(hand) if hand else None)


@contextmanager
def open_url(name: str, mode: str) -> Iterator[IO[str]]:
    """A text file by path, or by any address that fsspec knows (`s3://...`) where that is installed."""
    if "://" in name:
        import fsspec

        with fsspec.open(name, mode, encoding="utf-8") as remote:
            yield remote
    else:
        with open(name, mode, encoding="utf-8") as local:
            yield local


def extract_file(batch: str, hand: str | None) -> str:
    """Read a batch's articles, write one line for each beside it: its facts and day, or why it has none."""
    with open_url(batch, "r") as lines:
        articles = [Article(**json.loads(line)) for line in lines]
    results = extract_articles(articles, hand)
    target = batch + ".facts"
    with open_url(target, "w") as out:
        for result in results:
            out.write(json.dumps(result) + "\n")
    return target


def extract_articles(articles: list[Article], hand: str | None) -> list[dict[str, Any]]:
    """One result an article: `facts` and `published`, or `error`. One that fails does not take the others along."""
    extractor = _load_extractor(hand)
    documents = [make_document(article) for article in articles]
    try:
        return [_result(facts) for _, facts, _ in extractor.extract_all(documents)]
    except Exception:
        return [_extract_one(extractor, document) for document in documents]


def make_document(article: Article) -> Document:
    """The extractor's view of an article."""
    day = article.record.get("published", "")[:10] or None
    return Document(article.source, article.text, day, "given" if day else "unknown")


def _extract_one(extractor: Any, document: Document) -> dict[str, Any]:
    try:
        return _result(extractor.extract(document)[0])
    except OSError:  # a full disk, too many open files: not the article's fault, who would else be set aside for it
        raise
    except Exception as error:
        return {"error": f"{type(error).__name__}: {error}"}


def _result(facts: list[Any]) -> dict[str, Any]:
    day, basis = (facts[0].published, facts[0].published_basis) if facts else (None, "unknown")
    return {"facts": [fact.model_dump() for fact in facts], "published": day, "basis": basis}
