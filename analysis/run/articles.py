"""Articles in bulk: folders, globs, JSON Lines, Parquet and WARC files, read as streams, one article in memory at a time.

Records of JSON Lines and Parquet have a text (`text`, `body` or `content`) and may have `url`, `title`, `publisher`,
`published`, `author`, `language`, `licence`, `syndicated_from`, `accessed`. What cannot be read is given as a `Rejected` with
its reason, and the rest goes on.
"""

import glob
import gzip
import hashlib
import json
from collections.abc import Iterable, Iterator
from dataclasses import asdict, dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

from analysis.documents import MAXIMUM_BYTES, read_document
from analysis.errors import DocumentError, UsageError
from analysis.formats import read_html
from analysis.run.warc import read_warc

DOCUMENT_SUFFIXES = (".txt", ".md", ".html", ".htm", ".docx")
TEXT_NAMES = ("text", "body", "content")
RECORD_NAMES = (
    "title", "author", "url", "publisher", "published", "accessed", "language", "licence", "syndicated_from",
)  # fmt: skip
# Longer than any field of a record has a reason to be.
MAXIMUM_FIELD = 2000


@dataclass(frozen=True)
class Article:
    """One text with what is known of it; `source` says where it was read, for people and for the fact's `doc`."""

    source: str
    text: str
    record: dict[str, str] = field(default_factory=dict)

    @property
    def record_id(self) -> str:
        """The same for every version of one article: its address, else where it was read."""
        return hashlib.sha256((self.record.get("url") or self.source).encode()).hexdigest()[:24]

    @property
    def key(self) -> str:
        """The same for the same text under the same address, wherever and whenever it is read."""
        identity = (self.record.get("url") or "", self.text, self.record.get("published") or "")
        return hashlib.sha256("\x00".join(identity).encode()).hexdigest()

    def to_line(self) -> str:
        """One JSON line."""
        return json.dumps(asdict(self), ensure_ascii=True) + "\n"


@dataclass(frozen=True)
class Rejected:
    """What was not taken for an article, and why."""

    source: str
    reason: str


def read_articles(patterns: Iterable[str]) -> Iterator[Article | Rejected]:
    """All articles below folders, in files, and in files that match globs. Raises UsageError for what matches nothing."""
    for pattern in patterns:
        paths = _expand(pattern)
        first = next(paths, None)
        if first is None:
            raise UsageError(f"{pattern}: matches no file")
        yield from _read_file(first)
        for path in paths:
            yield from _read_file(path)


def _expand(pattern: str) -> Iterator[Path]:
    path = Path(pattern)
    if path.is_dir():
        yield from sorted(child for child in path.rglob("*") if child.is_file() and _is_readable(child))
    elif path.is_file():
        yield path
    else:
        yield from sorted(Path(name) for name in glob.iglob(pattern, recursive=True) if Path(name).is_file())


def _is_readable(path: Path) -> bool:
    name = path.name.lower()
    return name.endswith((*DOCUMENT_SUFFIXES, ".jsonl", ".jsonl.gz", ".parquet", ".warc", ".warc.gz"))


def _read_file(path: Path) -> Iterator[Article | Rejected]:
    name = path.name.lower()
    try:
        if name.endswith((".jsonl", ".jsonl.gz")):
            yield from _read_lines(path)
        elif name.endswith(".parquet"):
            yield from _read_parquet(path)
        elif name.endswith((".warc", ".warc.gz")):
            yield from _read_pages(path)
        else:
            yield Article(str(path), read_document(path).text)
    except (OSError, EOFError, DocumentError, ValueError) as error:
        yield Rejected(str(path), str(error))


def _read_lines(path: Path) -> Iterator[Article | Rejected]:
    opener = gzip.open if path.suffix == ".gz" else open
    with opener(path, "rb") as lines:
        number = 0
        while line := lines.readline(MAXIMUM_BYTES + 1):
            number += 1
            source = f"{path}#{number}"
            if len(line) > MAXIMUM_BYTES:
                yield Rejected(source, "longer than an article can be")
                while len(line) > MAXIMUM_BYTES and not line.endswith(b"\n"):
                    line = lines.readline(MAXIMUM_BYTES + 1)
            elif line.strip():
                yield _parse_line(source, line)


def _parse_line(source: str, line: bytes) -> Article | Rejected:
    try:
        entry = json.loads(line)
    except (ValueError, RecursionError) as error:
        return Rejected(source, f"not JSON: {error}")
    return make_article(source, entry) if isinstance(entry, dict) else Rejected(source, "not a JSON object")


def _read_parquet(path: Path) -> Iterator[Article | Rejected]:
    import pyarrow.parquet as pq

    with pq.ParquetFile(path) as table:
        names = [name for name in table.schema_arrow.names if name in (*TEXT_NAMES, *RECORD_NAMES)]
        number = 0
        for batch in table.iter_batches(batch_size=64, columns=names):
            for entry in batch.to_pylist():
                number += 1
                yield make_article(f"{path}#{number}", entry)


def _read_pages(path: Path) -> Iterator[Article | Rejected]:
    for page in read_warc(path):
        source = f"{path}#{page.url}"
        if page.fault:
            yield Rejected(source, page.fault)
            continue
        try:
            text = read_html(page.content, page.url)
        except DocumentError as error:
            yield Rejected(source, str(error))
        else:
            yield make_article(source, {"text": text, "url": page.url, "accessed": page.day})


def make_article(source: str, entry: dict[str, Any]) -> Article | Rejected:
    """An article from a plain record, or why it is none."""
    text = next((entry[name] for name in TEXT_NAMES if isinstance(entry.get(name), str)), "")
    if not text.strip():
        return Rejected(source, "has no text")
    if len(text) > MAXIMUM_BYTES:
        return Rejected(source, "longer than an article can be")
    text = text.encode("utf-8", "replace").decode()  # lone surrogates stand for no character
    record = {name: _plain(entry[name]) for name in RECORD_NAMES if entry.get(name) not in (None, "")}
    for name in ("published", "accessed"):
        if name in record and not _is_day(record[name]):
            return Rejected(source, f"{name}: {record[name][:40]!r} does not begin with a day as YYYY-MM-DD")
    return Article(source, text.replace("\x00", "\ufffd"), record)


def _is_day(text: str) -> bool:
    try:
        return date.fromisoformat(text[:10]).isoformat() == text[:10]
    except ValueError:
        return False


def _plain(value: Any) -> str:
    text = value.isoformat() if hasattr(value, "isoformat") else str(value)
    return text.encode("utf-8", "replace").decode()[:MAXIMUM_FIELD]
