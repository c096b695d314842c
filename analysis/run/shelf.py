"""Editions at an address: whole for whoever goes by the manifest, which is removed first and comes last.

An edition is first sent beside its place, so that a line that breaks leaves what stood there. The folder in the root remains
the edition; what is at the address can be sent again at any time.
"""

from pathlib import Path
from typing import Any

from analysis.run.address import Address, copy_folder, load_storage
from analysis.run.layout import Layout
from analysis.run.limits import Limits
from analysis.run.listing import INDEX, update_index
from analysis.run.manifest import FILE, read_manifest
from analysis.run.sandbox import Jobs

INCOMING = ".incoming"


def shelve_edition(address: Address, edition: Path) -> bool:
    """Bring an edition at an address to what it is here; False where it is so already. Raises StorageError."""
    manifest = (edition / FILE).read_bytes()
    if address.read(f"{edition.name}/{FILE}") == manifest:
        return False
    if address.local:
        copy_folder(edition, address.local / edition.name)
    else:
        _send(address, edition, read_manifest(edition) or {})
    return True


def _send(address: Address, edition: Path, manifest: dict[str, Any]) -> None:
    name, incoming = edition.name, f"{INCOMING}/{edition.name}"
    files = sorted(manifest["outputs"])
    address.remove(incoming)
    for file in files:
        address.put(edition / file, f"{incoming}/{file}")
    address.remove(f"{name}/{FILE}")
    for file in files:
        address.copy(f"{incoming}/{file}", f"{name}/{file}")
    for file in address.list_files(name) - set(files):
        address.remove(f"{name}/{file}")
    address.put(edition / FILE, f"{name}/{FILE}")
    address.remove(incoming)


def write_index(layout: Layout, jobs: Jobs, limits: Limits, url: str | None = None) -> None:
    """Bring the list of editions up to date, here and at the address, where it follows the editions that it names."""
    update_index(layout, jobs, limits)
    address, index = open_shelf(layout.root, url), layout.reports / INDEX
    if address and index.is_file() and address.read(INDEX) != index.read_bytes():
        address.put(index, INDEX)


def open_shelf(root: Path, url: str | None = None) -> Address | None:
    """Where editions go beyond this machine: the address given, or the root's own. Raises UsageError."""
    storage = load_storage(root)
    return storage.open(url or storage.reports)
