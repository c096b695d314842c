"""The facts of an edition, settled once: which still stand, which event each is of, which documents are copies.

Every notebook of an edition, its data files and the comparison with the next edition start from the same facts. They are settled
by whoever asks first and kept as Arrow files in `<root>/.briefing/cache`, under a name that says everything they depend on: the
store's commit, the cut-off, the first day, the decisions of people, and this package. Deleting the files loses nothing.
"""

import itertools
import os
import uuid
from contextlib import suppress
from datetime import date, timedelta
from pathlib import Path

import pandas as pd
import pyarrow as pa
from pyarrow import ipc

from analysis.frames import read_frame, write_table
from analysis.records import HAND
from analysis.store import Store

FOLDER = Path(".briefing") / "cache" / "settled"
# So much may be kept; the files used longest ago go first.
KEPT_BYTES = 512 * 2**20
# So many facts are told of however old they are; beyond, an edition keeps to its period.
BACKGROUND_FACTS = 20_000
# What was printed shortly before the first day still tells whose copy a text is and of which event a toll.
LOOK_BACK_DAYS = 14
# The name of the first day told, among what a frame says of itself.
FIRST_DAY = "first_day"
# The texts of the facts that this process loaded last, by root.
_texts: dict[Path, list[Path]] = {}


def load_settled(
    store: Store, as_of: str | None, version: int | None, period_days: int | None = None, edition: str | None = None
) -> pd.DataFrame:
    """The settled facts known at a cut-off and version of a store (None: all, the last), from the cache if they are there.

    With `period_days` they begin on the first day of the edition as of `edition` (None: `as_of`); see `find_first_day`. Where
    older documents are left out for that, `attrs["first_day"]` of the frame names it, so that the edition can say so.
    """
    facts, texts = _files(store, as_of, version, period_days, edition)
    found = _read(facts) if texts.is_file() else None
    if found is None:
        found = _frame(_settle_and_keep(store, as_of, version, period_days, edition))
    _texts[store.root] = [texts, *_texts.get(store.root, [])][:2]
    return found


def _settle_and_keep(
    store: Store, as_of: str | None, version: int | None, period_days: int | None, edition: str | None
) -> pa.Table:
    """The table of the facts, computed; it and that of their documents are put into the cache."""
    since = None if period_days is None else find_first_day(store, edition or as_of, version, period_days)
    tables = [write_table(frame) for frame in settle(store, as_of, version, since)]
    if since and (store.oldest(as_of, version) or since) < since:
        tables[0] = tables[0].replace_schema_metadata({FIRST_DAY: since})
    for path, table in zip(_files(store, as_of, version, period_days, edition), tables, strict=True):
        _keep(path, table)
    return tables[0]


def find_first_day(store: Store, as_of: str | None, version: int | None, period_days: int) -> str | None:
    """The day from which on an edition tells what was published; None: from the beginning.

    It covers its period whole, and what was published earlier as far back as all that together is at most BACKGROUND_FACTS.
    """
    if store.rows() <= BACKGROUND_FACTS:
        return None
    first = first_of_period(as_of, period_days) if as_of else None
    if first and sum(store.count_facts(as_of, version, first).values()) > BACKGROUND_FACTS:
        return first  # the period alone is more than that: the days before it need not be counted
    counts = store.count_facts(as_of, version)
    if sum(counts.values()) <= BACKGROUND_FACTS:
        return None
    whole = itertools.accumulate(counts.values())
    background = [day for day, facts in zip(counts, whole, strict=True) if facts <= BACKGROUND_FACTS]
    return min([first_of_period(as_of or max(counts), period_days), *background])


def first_of_period(last: str, period_days: int) -> str:
    """The first of so many days up to a last one (ISO)."""
    return (date.fromisoformat(last[:10]) - timedelta(days=period_days - 1)).isoformat()


def load_texts(root: Path, documents: pd.Series) -> pd.DataFrame | None:
    """The documents of some ids (`doc_id`), where they are kept with facts loaded before; None where not all of them are."""
    wanted = set(documents)
    for path in _texts.get(root, []):
        held = _read(path)
        if held is not None and wanted <= set(held["doc_id"]):
            return held[held["doc_id"].isin(wanted)].reset_index(drop=True)
    return None


def settle(
    store: Store, as_of: str | None, version: int | None, since: str | None
) -> tuple[pd.DataFrame, pd.DataFrame]:
    """The facts, and the documents that they come from, computed from the store."""
    from analysis.claims import copies, match
    from analysis.corrections import settle_facts
    from analysis.revisions.decisions import load_decisions

    first = since and first_of_period(since, LOOK_BACK_DAYS + 1)
    documents = store.documents(version, as_of, first)
    facts = settle_facts(store.known(as_of, version, since=first), documents, load_decisions(store.root, as_of))
    facts = copies.mark_copies(match.assign_events(facts, store.root), documents)
    if since:
        facts = facts[facts["published"].isna() | (facts["published"] >= since)]
        held = facts["supersedes"].isin(facts["fact_id"])
        facts = facts.assign(supersedes=facts["supersedes"].where(held, None))
    documents = documents[documents["doc_id"].isin(facts["doc_id"])].drop_duplicates("doc_id")
    return facts.reset_index(drop=True), documents.reset_index(drop=True)


def _files(
    store: Store, as_of: str | None, version: int | None, period_days: int | None, edition: str | None
) -> tuple[Path, Path]:
    """Where facts and documents are kept: under the same names whether or not the last version and the edition's day are given."""
    from analysis.run.keys import hash_code, hash_tree, hash_values

    asked = (as_of, store.version() if version is None else version, period_days, edition or as_of)
    name = hash_values(store.state(), *asked, hash_tree(store.root / HAND), hash_code())[:32]
    folder = store.root / FOLDER
    return folder / f"{name}.facts.arrow", folder / f"{name}.documents.arrow"


def _frame(table: pa.Table) -> pd.DataFrame:
    found = read_frame(table)
    found.attrs |= {name.decode(): value.decode() for name, value in (table.schema.metadata or {}).items()}
    return found


def _read(path: Path) -> pd.DataFrame | None:
    try:
        with pa.memory_map(str(path)) as source:
            found = _frame(ipc.open_file(source).read_all())
        os.utime(path)
    except (OSError, pa.ArrowInvalid):
        return None
    return found


def _keep(path: Path, table: pa.Table) -> None:
    """Write beside it, then give it its name; a disk that is full or read-only only costs time."""
    draft = path.with_name(f".{uuid.uuid4().hex}")
    with suppress(OSError):
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            with ipc.new_file(str(draft), table.schema) as sink:
                sink.write_table(table)
            os.replace(draft, path)
        finally:
            draft.unlink(missing_ok=True)
        _forget_oldest(path.parent)


def _forget_oldest(folder: Path) -> None:
    files = sorted(((path.stat(), path) for path in folder.iterdir()), key=lambda found: -found[0].st_mtime)
    held = 0
    for status, path in files:
        held += status.st_size
        if held > KEPT_BYTES:
            path.unlink(missing_ok=True)
