"""Documents and their records: files in, text with stable offsets out.

The text of a .txt or .md file is the file decoded as UTF-8 and nothing else: a byte-order mark dropped, newlines as they
are. For .html and .docx it is the text read from the file once and kept beside it (`<file>.kept`), so that a later reader
finds the same offsets. `doc_id` is the SHA-256 of the text.
"""

import contextlib
import hashlib
from dataclasses import dataclass
from pathlib import Path

from analysis.errors import DocumentError
from analysis.facts import Basis
from analysis.files import write_file
from analysis.formats import read_docx, read_html

MAXIMUM_BYTES = 5_000_000  # a long article is 50 kB; what is a hundred times that is no article
KEPT = ".kept"
READERS = {".html": read_html, ".htm": read_html, ".docx": read_docx}


@dataclass(frozen=True)
class Document:
    """One text: `path` as it was given, `text`, and the day of publication where somebody said it."""

    path: str
    text: str
    published: str | None = None
    published_basis: Basis = "unknown"

    @property
    def doc_id(self) -> str:
        """SHA-256 of the text, hexadecimal."""
        return hashlib.sha256(self.text.encode("utf-8")).hexdigest()


def read_document(path: str | Path, published: str | None = None, basis: Basis = "given") -> Document:
    """Read one file. Raises DocumentError where it is missing, empty, too large, or not UTF-8."""
    text = _read_text(Path(path))
    if not text.strip():
        raise DocumentError(f"{path}: the document is empty; put the article's text in it or remove it")
    return Document(str(path), text, published, basis if published else "unknown")


def _read_text(path: Path) -> str:
    reader = READERS.get(path.suffix.lower())
    if reader is None:
        return decode(read_bytes(path), path)
    kept = path.with_name(path.name + KEPT)
    if kept.is_file():
        return decode(read_bytes(kept), kept)
    text = reader(read_bytes(path), str(path))
    with contextlib.suppress(OSError):  # a folder that cannot be written to: the text is made again each time
        write_file(kept, text.encode("utf-8"))
    return text


def read_bytes(path: str | Path) -> bytes:
    """The bytes of a file of acceptable size."""
    try:
        if Path(path).stat().st_size > MAXIMUM_BYTES:
            raise DocumentError(f"{path}: larger than {MAXIMUM_BYTES // 1_000_000} MB, so not taken for an article")
        return Path(path).read_bytes()
    except OSError as error:
        raise DocumentError(f"{path}: cannot be read ({error.strerror or error})") from error


def decode(content: bytes, path: str | Path) -> str:
    """UTF-8 only: a guessed encoding would move every offset."""
    try:
        text = content.decode("utf-8")
    except UnicodeDecodeError as error:
        raise DocumentError(
            f"{path}: not UTF-8 (byte {error.start}); save it as UTF-8, for example with: iconv -t UTF-8"
        ) from error
    return text.removeprefix("\ufeff")
