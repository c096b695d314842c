"""The facts store at an address: its files are fetched before a run and sent after one that added some.

A Delta table is a log of numbered entries and of data files that never change, so a copy needs only what it lacks. Data goes
before the log and the log in order: whoever reads sees a commit whole or not yet. Facts go before documents, since a fact
counts when its batch stands in `documents`. One root writes; any number read. A root that was killed before it had sent
everything sends the rest next time. What both have had and the root has cleared away (see `delta`), the address loses too.
"""

import json
from pathlib import Path

from analysis.files import write_file
from analysis.run.address import Address, StorageError, load_storage
from analysis.run.layout import Layout

# As in `analysis.store`, which loads what starts threads: the runner's own process stays light.
STORE = "store"
TABLES = ("facts", "documents")
LOG = "_delta_log"
# Says where to begin reading the log; the only file that is written over.
HINT = f"{LOG}/_last_checkpoint"
# Beside a table's files: the names of those that both have had.
SHARED = ".shared.json"


def pull_facts(layout: Layout) -> None:
    """Fetch what the address has and the root lacks. Raises StorageError, also where both have been written to apart."""
    address = _find_address(layout)
    # Documents first: the facts that are listed afterwards are at least theirs.
    for table in reversed(TABLES) if address else ():
        _pull_table(address, table, layout.hidden / STORE / table)  # type: ignore[arg-type]


def push_facts(layout: Layout) -> None:
    """Send what the root has and the address lacks. Raises StorageError."""
    address = _find_address(layout)
    for table in TABLES if address else ():
        _push_table(address, table, layout.hidden / STORE / table)  # type: ignore[arg-type]


def _find_address(layout: Layout) -> Address | None:
    storage = load_storage(layout.root)
    return storage.open(storage.facts)


def _pull_table(address: Address, table: str, folder: Path) -> None:
    hint = address.read(f"{table}/{HINT}")  # before the list: what it points to is then in the list
    theirs, ours = address.list_files(table), _list_here(folder)
    _check_history(address, table, folder, theirs & ours)
    missing = sorted(theirs - ours - _read_shared(folder) - {HINT}, key=_order)
    for name in missing:
        address.fetch(f"{table}/{name}", folder / name)
    if hint and missing:
        write_file(folder / HINT, hint)
    if missing:
        _note_shared(folder, theirs)


def _push_table(address: Address, table: str, folder: Path) -> None:
    theirs, ours = address.list_files(table), _list_here(folder)
    _check_history(address, table, folder, theirs & ours)
    missing = sorted(ours - theirs - {HINT}, key=_order)
    for name in missing:
        address.put(folder / name, f"{table}/{name}")
    if missing and HINT in ours:
        address.put(folder / HINT, f"{table}/{HINT}")
    for name in (theirs & _read_shared(folder)) - ours:
        address.remove(f"{table}/{name}")
    if missing:
        _note_shared(folder, ours)


def _read_shared(folder: Path) -> set[str]:
    """The files that both have had."""
    try:
        return set(json.loads((folder / SHARED).read_bytes()))
    except (OSError, ValueError):
        return set()


def _note_shared(folder: Path, names: set[str]) -> None:
    write_file(folder / SHARED, json.dumps(sorted(names)).encode())


def _list_here(folder: Path) -> set[str]:
    """All files of a table but those that are being written."""
    files = (path.relative_to(folder) for path in folder.rglob("*") if path.is_file())
    return {path.as_posix() for path in files if not path.name.startswith(".") and path.suffix != ".tmp"}


def _order(name: str) -> tuple[int, str]:
    """Data, then checkpoints, then the entries of the log one after another."""
    return (2 if _is_entry(name) else int(name.startswith(LOG)), name)


def _is_entry(name: str) -> bool:
    return name.startswith(f"{LOG}/") and name.endswith(".json")


def _check_history(address: Address, table: str, folder: Path, common: set[str]) -> None:
    """Raise StorageError where the last entry that both have is not the same one."""
    last = max(filter(_is_entry, common), default=None)
    if last and address.read(f"{table}/{last}") != (folder / last).read_bytes():
        raise StorageError(
            f"{address.url}: its facts and those of this root were added apart; one root at a time may add. "
            f"To go on from what is there, move {folder.parent} away"
        )
