"""Pages from WARC files (ISO 28500), one at a time: what a crawler was answered, decoded and capped."""

import gzip
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO, cast

from analysis.documents import MAXIMUM_BYTES

MAXIMUM_HEADERS = 100


@dataclass(frozen=True)
class Page:
    """One answered request: address, day of the visit (ISO), HTML bytes; or the `fault` for which it cannot be used."""

    url: str
    day: str | None
    content: bytes = b""
    fault: str | None = None


def read_warc(path: Path) -> Iterator[Page]:
    """The HTML answers of a WARC file, compressed or not."""
    opener = gzip.open if path.suffix == ".gz" else open
    with opener(path, "rb") as opened:
        stream = cast(BinaryIO, opened)
        while headers := _read_headers(stream):
            length = int(headers.get("content-length", "0"))
            kept = stream.read(min(length, MAXIMUM_BYTES + 1))
            _skip(stream, length - len(kept))
            if headers.get("warc-type") == "response":
                page = _read_answer(headers, kept, length)
                if page:
                    yield page


def _skip(stream: BinaryIO, count: int) -> None:
    while count > 0:
        block = stream.read(min(count, 1 << 20))
        if not block:
            return
        count -= len(block)


def _read_headers(stream: BinaryIO) -> dict[str, str]:
    """The header lines of the next record; empty at the end."""
    line = stream.readline(8192)
    while line in (b"\r\n", b"\n"):
        line = stream.readline(8192)
    if line and not line.startswith(b"WARC/"):
        raise ValueError("not a WARC file, or a damaged one")
    return _parse_headers(stream) if line else {}


def _parse_headers(stream: BinaryIO) -> dict[str, str]:
    headers: dict[str, str] = {"": ""}  # never empty: an empty mapping means the end of the file
    for _ in range(MAXIMUM_HEADERS):
        line = stream.readline(8192)
        if not line.strip():
            break
        name, _, value = line.decode("utf-8", "replace").partition(":")
        headers[name.strip().lower()] = value.strip()
    return headers


def _read_answer(headers: dict[str, str], payload: bytes, length: int) -> Page | None:
    url, day = headers.get("warc-target-uri", "").strip("<>"), headers.get("warc-date", "")[:10] or None
    head, _, body = payload.partition(b"\r\n\r\n")
    lines = head.decode("latin-1").split("\r\n")
    fields = {name.strip().lower(): value.strip() for name, _, value in (line.partition(":") for line in lines[1:])}
    if " 200" not in lines[0] or "html" not in fields.get("content-type", ""):
        return None
    if length > MAXIMUM_BYTES:
        return Page(url, day, fault="larger than an article can be")
    try:
        return Page(url, day, _decode(body, fields))
    except (ValueError, zlib.error) as error:
        return Page(url, day, fault=f"cannot be decoded: {error}")


def _decode(body: bytes, fields: dict[str, str]) -> bytes:
    if "chunked" in fields.get("transfer-encoding", ""):
        body = _join_chunks(body)
    encoding = fields.get("content-encoding", "identity")
    if encoding in ("gzip", "deflate"):
        inflater = zlib.decompressobj(47 if encoding == "gzip" else 15)
        body = inflater.decompress(body, MAXIMUM_BYTES)
        if inflater.unconsumed_tail:
            raise ValueError("unpacks to more than an article can be")
    elif encoding != "identity":
        raise ValueError(f"encoding {encoding} is not known here")
    return body


def _join_chunks(body: bytes) -> bytes:
    parts, position = [], 0
    while (end := body.find(b"\r\n", position)) >= 0:
        size = int(body[position:end].split(b";")[0] or b"0", 16)
        if size == 0:
            break
        parts.append(body[end + 2 : end + 2 + size])
        position = end + 2 + size + 2
    return b"".join(parts)
