"""A folder at any address that fsspec knows (`s3://bucket/briefings`, `memory://`, `file:///srv`): what a run needs of it.

`storage.yml` in the root names the addresses:

    reports: s3://bucket/briefings        # editions, for whoever reads them
    facts: s3://bucket/facts              # the facts store, beyond this machine
    options: {endpoint_url: "https://..."}   # what the file system behind them takes, if anything

Passwords and keys are not written there: each file system finds its own in the environment.
"""

import os
import shutil
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Annotated, Any

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from analysis.errors import UsageError
from analysis.run.errors import RunError
from analysis.run.params import load_plain_yaml

FILE = "storage.yml"
Url = Annotated[str, Field(pattern=r"^[a-z][a-z0-9+.]*://")]


class StorageError(RunError):
    """Raised when an address cannot be read or written; what is kept in the root is whole."""


class Storage(BaseModel):
    """What the file says."""

    model_config = ConfigDict(extra="forbid", frozen=True)
    reports: Url | None = None
    facts: Url | None = None
    options: dict[str, Any] = {}

    def open(self, url: str | None) -> "Address | None":
        """One of the two addresses, where it is given."""
        return Address(url, self.options) if url else None


def load_storage(root: Path) -> Storage:
    """The addresses of a root; no file means none. Raises UsageError in one line."""
    path = root / FILE
    if not path.is_file():
        return Storage()
    try:
        return Storage.model_validate(load_plain_yaml(path))
    except ValidationError as error:
        first = error.errors()[0]
        raise UsageError(f"{path}: {'.'.join(map(str, first['loc'])) or 'the file'}: {first['msg']}") from error


class Address:
    """Files below one address, named by their path from there. Every method raises StorageError."""

    def __init__(self, url: str, options: dict[str, Any]) -> None:
        self.url = url.rstrip("/")
        try:
            import fsspec

            self.fs, base = fsspec.core.url_to_fs(url, **options)
        except ImportError as error:
            raise UsageError(f"{url}: needs the extra ceasefire-briefing[remote], or more: {error}") from error
        except ValueError as error:
            raise UsageError(f"{url}: {error}") from error
        self.base = base.rstrip("/")

    @property
    def local(self) -> Path | None:
        """The folder, where the address is one of this machine."""
        return Path(self.base) if self.fs.protocol == "file" or "file" in self.fs.protocol else None

    def list_files(self, folder: str) -> set[str]:
        """The names of all files below a folder, from there; none where there is no such folder."""
        with self._told():
            self.fs.invalidate_cache()
            start = f"{self.base}/{folder}"
            return {path[len(start) + 1 :] for path in self.fs.find(start)} if self.fs.exists(start) else set()

    def read(self, name: str) -> bytes | None:
        """A small file's content; None where there is no such file."""
        with self._told():
            try:
                content: bytes = self.fs.cat_file(f"{self.base}/{name}")
            except FileNotFoundError:
                return None
            return content

    def fetch(self, name: str, path: Path) -> None:
        """Copy a file here, whole or not at all."""
        path.parent.mkdir(parents=True, exist_ok=True)
        partial = path.with_name(f".{path.name}.{uuid.uuid4().hex[:8]}")
        with self._told():
            try:
                self.fs.get_file(f"{self.base}/{name}", str(partial))
                os.replace(partial, path)
            finally:
                partial.unlink(missing_ok=True)

    def put(self, path: Path, name: str) -> None:
        """Copy a file there; it has its name only when it is whole."""
        target = f"{self.base}/{name}"
        partial = f"{target}.part"
        with self._told():
            self.fs.makedirs(target.rpartition("/")[0], exist_ok=True)
            self.fs.put_file(str(path), partial)
            self.fs.mv(partial, target)

    def copy(self, name: str, other: str) -> None:
        """Copy a file from one name to another, without passing through this machine where that can be."""
        with self._told():
            self.fs.makedirs(f"{self.base}/{other}".rpartition("/")[0], exist_ok=True)
            self.fs.copy(f"{self.base}/{name}", f"{self.base}/{other}")

    def remove(self, name: str) -> None:
        """Remove a file or folder, if it is there."""
        with self._told():
            if self.fs.exists(f"{self.base}/{name}"):
                self.fs.rm(f"{self.base}/{name}", recursive=True)

    @contextmanager
    def _told(self) -> Iterator[None]:
        """Whatever the library behind the address raises, in one line with the address."""
        try:
            yield
        except RunError:
            raise
        except Exception as error:
            raise StorageError(f"{self.url}: {type(error).__name__}: {error}") from error


def copy_folder(source: Path, target: Path) -> None:
    """Copy a folder to a place of this machine, in one step for whoever looks."""
    from analysis.run.atomic import publish_folder

    target.parent.mkdir(parents=True, exist_ok=True)
    staged = target.with_name(f".{target.name}.{uuid.uuid4().hex[:8]}")
    try:
        shutil.copytree(source, staged)
        publish_folder(staged, target)
    finally:
        shutil.rmtree(staged, ignore_errors=True)
