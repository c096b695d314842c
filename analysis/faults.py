"""Everything that a run would stumble over and that can be seen without one: records, documents, hand files, notebooks, house.

`find_faults(root)` gives one line a fault and changes no seed. It takes seconds: no document is extracted.
"""

from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path
from typing import Any

import yaml

from analysis import notebook_rules
from analysis.audit.waivers import load_waivers
from analysis.claims.matches import load_matches
from analysis.claims.reference import load_declarations
from analysis.documents import read_document
from analysis.errors import BriefingError
from analysis.extract.gazetteer import Gazetteer
from analysis.extract.hand_actors import load_hand_actors
from analysis.extract.tracks import load_register
from analysis.publish.house import load_house
from analysis.records import HAND, SOURCES, check_hash, document_path, find_unrecorded, load_records
from analysis.revisions.decisions import load_decisions
from analysis.run.address import load_storage
from analysis.run.layout import Layout, read_notebook
from analysis.run.params import read_declared
from analysis.run.schedules import load_schedules
from analysis.store import Store
from analysis.topics.populations import load_populations
from analysis.topics.sources import load_ratings
from analysis.topics.tracks import load_tracks

# The reader of each hand file. A file of another name is read by nobody, so it is a mistake.
HAND_READERS: dict[str, Callable[[Path], Any]] = {
    "actors.yml": lambda root: load_hand_actors(root / HAND),
    "corrections.yml": load_decisions,
    "matches.yml": load_matches,
    "places.yml": lambda root: Gazetteer(root / HAND),
    "populations.yml": load_populations,
    "sources.yml": load_ratings,
    "tracks.yml": lambda root: (load_tracks(root), load_register(root / HAND)),
    "waivers.yml": load_waivers,
}
OTHER_READERS: dict[str, Callable[[Path], Any]] = {
    "seeds/reference.yml": load_declarations,
    "house.yml": load_house,
    "schedules.yml": load_schedules,
    "storage.yml": load_storage,
}
# What readers raise for a file of another form than its head describes.
MISFITS = (AttributeError, IndexError, KeyError, TypeError, ValueError, yaml.YAMLError)


def find_faults(root: Path) -> Iterator[str]:
    """Every fault of a root folder, in the order data flows."""
    yield from find_document_faults(root)
    yield from find_hand_faults(root)
    yield from find_unknown_ids(root)
    for name, reader in OTHER_READERS.items():
        yield from _try_reading(root, name, reader)
    yield from find_notebook_faults(root)


def find_document_faults(root: Path) -> Iterator[str]:
    """Records that cannot be read; documents that are missing, changed, empty, not UTF-8, or without a record."""
    if not (root / SOURCES).is_file():
        yield f"{SOURCES}: there is no such file; add a document with: briefing add PATH --publisher NAME"
        return
    try:
        records = load_records(root)
    except BriefingError as error:
        yield _shorten(error, root)
        return
    known = set()
    for record in records:
        try:
            known.add(document_path(root, record))
            check_hash(root, record)
            read_document(document_path(root, record))
        except BriefingError as error:
            yield _shorten(error, root)
    yield from find_unrecorded(root, known)


def find_hand_faults(root: Path) -> Iterator[str]:
    """Hand files that cannot be read, or that nobody reads."""
    for path in sorted((root / HAND).glob("*")) if (root / HAND).is_dir() else []:
        reader = HAND_READERS.get(path.name)
        if reader:
            yield from _try_reading(root, str(HAND / path.name), reader)
        elif not path.name.startswith("."):
            yield f"{HAND / path.name}: is read by nobody; the files of this folder are {', '.join(HAND_READERS)}"


def find_unknown_ids(root: Path) -> Iterator[str]:
    """Decisions on facts that the store does not hold, as far as it has been filled: such a decision does nothing."""
    try:
        decisions = [decision for decision in load_decisions(root) if decision.fact]
        facts = Store(root).known() if decisions else None
    except BriefingError:
        return  # said by the reader of the file, or by the run
    known = set() if facts is None else set(facts["fact_id"])
    for decision in decisions if known else []:
        # The id of a corrected row is that of the first one, and days behind it.
        if "-".join(str(decision.fact).split("-")[:2]) not in known:
            yield f"{HAND / 'corrections.yml'}: {decision.action} {decision.fact}: no document held has this fact"


def find_notebook_faults(root: Path) -> Iterator[str]:
    """Notebooks that break a rule, or whose parameters cannot be set."""
    for path in sorted(Layout(root).notebooks.glob("*.ipynb")):
        faults: list[str] = []
        misfit = _message_of(partial(_list_faults, path, faults))
        for fault in [*faults, *filter(None, [misfit])]:
            yield f"notebooks/{path.name}: {_shorten(fault, root).removeprefix(f'{path}: ').removeprefix(f'{path.name}: ')}"


def _list_faults(path: Path, faults: list[str]) -> None:
    notebook = read_notebook(path)[1]
    faults.extend(notebook_rules.find_faults(notebook))
    read_declared(notebook, path.name)


def _try_reading(root: Path, name: str, reader: Callable[[Path], Any]) -> Iterator[str]:
    fault = _message_of(partial(reader, root)) if (root / name).is_file() else None
    if fault:
        shown = _shorten(fault, root)
        yield shown if shown.startswith(name) else f"{name}: {shown}"


def _message_of(call: Callable[[], Any]) -> str | None:
    try:
        call()
    except BriefingError as error:
        return str(error)
    except MISFITS as error:
        return f"not of the form expected ({type(error).__name__}: {error})"
    return None


def _shorten(message: object, root: Path) -> str:
    """One line, with paths as seen from the root."""
    return " ".join(str(message).split()).replace(f"{root}/", "")
