"""Records of `seeds/sources.yml`: one a document, saying who published it, when, and how we know.

A record pins its file by SHA-256: a changed file stops the run, because every offset would point elsewhere.
"""

import hashlib
from collections.abc import Iterator
from datetime import date, datetime
from pathlib import Path
from typing import Annotated, Any, Literal

import yaml
from pydantic import BaseModel, BeforeValidator, ConfigDict, ValidationError

from analysis.documents import KEPT
from analysis.errors import RecordError
from analysis.files import write_file

SOURCES = Path("seeds") / "sources.yml"
DOCUMENTS = Path("seeds") / "documents"
HAND = Path("seeds") / "hand"


def _as_iso(value: Any) -> Any:
    return value.isoformat() if isinstance(value, date | datetime) else value


IsoDate = Annotated[str, BeforeValidator(_as_iso)]


class Record(BaseModel):
    """What is known of one document. Only `id`, `file` and `publisher` must be given."""

    model_config = ConfigDict(extra="forbid")
    id: str
    file: str
    publisher: str
    title: str | None = None
    author: str | None = None
    url: str | None = None
    archive_url: str | None = None
    published: IsoDate | None = None
    published_basis: Literal["stated", "given", "inferred", "unknown"] | None = None
    published_note: str | None = None
    accessed: IsoDate | None = None
    language: str = "en"
    licence: str | None = None
    sha256: str | None = None
    reliability: Literal["A", "B", "C", "D", "E", "F"] | None = None
    syndicated_from: str | None = None

    @property
    def day(self) -> str | None:
        """The day of publication (ISO), without the time."""
        return self.published[:10] if self.published else None

    @property
    def recorded_at(self) -> str | None:
        """The day from which the document counts as held: when it was accessed, else when it was published."""
        return self.accessed[:10] if self.accessed else self.day


def load_yaml(path: Path) -> Any:
    """The plain values of a YAML file (None where it is empty); RecordError where it is no YAML."""
    try:
        return yaml.safe_load(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        raise RecordError(f"{path}: there is no such file") from None
    except (yaml.YAMLError, UnicodeDecodeError) as error:
        raise RecordError(f"{path}: not valid YAML: {' '.join(str(error).split())}") from error


def load_records(root: Path) -> list[Record]:
    """The records of a root folder, in the order of the file; RecordError names the record and the field at fault."""
    path = root / SOURCES
    entries = load_yaml(path) or []
    if not isinstance(entries, list):
        raise RecordError(f"{path}: a list of records is expected, each beginning with '- id:'")
    records = [_parse_record(entry, number, path) for number, entry in enumerate(entries, 1)]
    _check_unique(records, path)
    return records


def _parse_record(entry: Any, number: int, path: Path) -> Record:
    name = entry.get("id", f"number {number}") if isinstance(entry, dict) else f"number {number}"
    try:
        record = Record.model_validate(entry)
    except ValidationError as error:
        first = error.errors()[0]
        field = ".".join(map(str, first["loc"])) or "record"
        raise RecordError(f"{path}: record {name}: {field}: {first['msg']}") from error
    for label in ("published", "accessed"):
        _check_date(getattr(record, label), label, record.id, path)
    return record


def _check_date(value: str | None, label: str, name: str, path: Path) -> None:
    try:
        datetime.fromisoformat(value or "2000-01-01")
    except ValueError:
        raise RecordError(f"{path}: record {name}: {label}: {value!r} is no date; write it as YYYY-MM-DD") from None


def _check_unique(records: list[Record], path: Path) -> None:
    for label in ("id", "file"):
        values = [getattr(record, label) for record in records]
        double = next((value for value in values if values.count(value) > 1), None)
        if double:
            raise RecordError(f"{path}: {label} {double!r} stands in two records; each document needs its own")


def document_path(root: Path, record: Record) -> Path:
    """Where the record's file is; RecordError where it lies outside `documents/` or is missing."""
    folder = (root / DOCUMENTS).resolve()
    path = (folder / record.file).resolve()
    if not path.is_relative_to(folder):
        raise RecordError(f"{root / SOURCES}: record {record.id}: file {record.file!r} lies outside {DOCUMENTS}")
    if not path.is_file():
        raise RecordError(f"{root / SOURCES}: record {record.id}: there is no file {DOCUMENTS / record.file}")
    return root / DOCUMENTS / record.file


def check_documents(root: Path, records: list[Record]) -> list[Record]:
    """The records, each file found and unchanged; a record without a checksum gets it, here and in the file."""
    for fault in find_unrecorded(root, {document_path(root, record) for record in records}):
        raise RecordError(fault)
    return [_pin(root, record) for record in records]


def find_unrecorded(root: Path, known: set[Path]) -> Iterator[str]:
    """One line for each document that is not among the `known` paths."""
    folder = root / DOCUMENTS
    for path in sorted(folder.rglob("*")) if folder.is_dir() else []:
        hidden = path.relative_to(folder).as_posix().startswith(".")
        if path.is_file() and path not in known and not hidden and path.suffix != KEPT:
            name = path.relative_to(root)
            yield f"{name}: no record in {SOURCES}; add one with: briefing add {name}"


def check_hash(root: Path, record: Record) -> str:
    """The checksum of a record's file; RecordError where the record pins another one."""
    actual = hashlib.sha256(document_path(root, record).read_bytes()).hexdigest()
    if record.sha256 is not None and record.sha256.lower() != actual:
        raise RecordError(
            f"{DOCUMENTS / record.file}: changed since it was recorded (sha256 is {actual[:12]}…, the record says "
            f"{record.sha256[:12]}…); restore it, or add the new text as another document"
        )
    return actual


def _pin(root: Path, record: Record) -> Record:
    actual = check_hash(root, record)
    if record.sha256 is not None:
        return record
    _write_hash(root / SOURCES, record, actual)
    return record.model_copy(update={"sha256": actual})


def _write_hash(path: Path, record: Record, digest: str) -> None:
    """Add the checksum below the record's `file:` line, leaving every comment where it is."""
    lines = path.read_text(encoding="utf-8").splitlines(keepends=True)
    wanted = {f"file: {quote}{record.file}{quote}" for quote in ("", "'", '"')}
    for number, line in enumerate(lines):
        if line.lstrip(" -").split(" #")[0].strip() in wanted:
            indent = " " * (len(line) - len(line.lstrip(" -")))
            lines[number] = line.rstrip("\n") + f"\n{indent}sha256: {digest}\n"
            write_file(path, "".join(lines).encode())
            return
