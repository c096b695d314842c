"""Files from elsewhere, by URL: fetched once, kept below `<root>/.briefing/reference` with their checksum, never changed silently.

Nothing is fetched where `BRIEFING_OFFLINE` is set: then only what is kept counts.
"""

import hashlib
import json
import os
import urllib.error
import urllib.request
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

from analysis.errors import BriefingError
from analysis.files import write_file

FOLDER = Path(".briefing") / "reference"
OFFLINE = "BRIEFING_OFFLINE"
TIMEOUT_SECONDS = 20
MAXIMUM_BYTES = 50_000_000
SCHEMES = ("http", "https")


class FetchError(BriefingError):
    """Raised when a file from elsewhere cannot be had, or is not the one that was pinned."""


@dataclass(frozen=True)
class Fetched:
    """A file at hand: its bytes, and the checksum that the manifest names."""

    content: bytes
    sha256: str


def fetch(url: str, root: Path, pinned: str | None = None, refresh: bool = False) -> Fetched:
    """The file at `url`, from the folder of kept ones where it is there. Raises FetchError with the reason in words."""
    if urlsplit(url).scheme not in SCHEMES:
        raise FetchError(f"{url}: only http and https are fetched")
    kept = root / FOLDER / hashlib.sha256(url.encode()).hexdigest()[:24]
    found = None if refresh else _read_kept(kept)
    if found is None:
        found = _download(url)
        check_pin(found, pinned, url)
        _keep(kept, found, url)
    check_pin(found, pinned, url)
    return found


def check_pin(found: Fetched, pinned: str | None, url: str) -> None:
    """Raise FetchError unless the file is the one pinned."""
    if pinned and found.sha256 != pinned.lower():
        raise FetchError(
            f"{url}: sha256 is {found.sha256[:12]}…, pinned is {pinned[:12]}…; check what changed, then pin the new one"
        )


def _read_kept(kept: Path) -> Fetched | None:
    """The kept file, None where there is none or its bytes are no longer those that were kept."""
    try:
        content = kept.read_bytes()
        noted = json.loads(kept.with_suffix(".json").read_text(encoding="utf-8"))["sha256"]
    except (OSError, ValueError, KeyError):
        return None
    actual = hashlib.sha256(content).hexdigest()
    return Fetched(content, actual) if actual == noted else None


def _download(url: str) -> Fetched:
    if os.environ.get(OFFLINE):
        raise FetchError(f"{url}: not loaded: {OFFLINE} is set and no copy is kept")
    try:
        with urllib.request.urlopen(url, timeout=TIMEOUT_SECONDS) as response:  # noqa: S310  the scheme was checked
            content = response.read(MAXIMUM_BYTES + 1)
    except (OSError, urllib.error.URLError, ValueError) as error:
        reason = getattr(error, "reason", None) or error
        raise FetchError(f"{url}: not loaded: {reason}") from error
    if len(content) > MAXIMUM_BYTES:
        raise FetchError(f"{url}: not loaded: larger than {MAXIMUM_BYTES // 1_000_000} MB")
    return Fetched(content, hashlib.sha256(content).hexdigest())


def _keep(kept: Path, found: Fetched, url: str) -> None:
    """Write content and note whole, the note last: a copy without its note does not count."""
    write_file(kept, found.content)
    write_file(kept.with_suffix(".json"), json.dumps({"url": url, "sha256": found.sha256}).encode())
