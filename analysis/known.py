"""The one call by which notebooks get their facts: what was known at the cut-off, with every human decision applied."""

import os
from pathlib import Path

import pandas as pd

from analysis.errors import UsageError
from analysis.store import Store

ROOT_VARIABLE = "BRIEFING_ROOT"


def find_root(start: Path | None = None) -> Path:
    """The folder that holds `seeds/`: BRIEFING_ROOT where set (by the runner), else the nearest one upwards."""
    named = os.environ.get(ROOT_VARIABLE)
    if named:
        return Path(named)
    here = (start or Path.cwd()).resolve()
    for folder in (here, *here.parents):
        if (folder / "seeds").is_dir():
            return folder
    raise UsageError(f"no folder seeds/ in {here} or above it; set {ROOT_VARIABLE}, or work inside the project")


def load_facts(as_of: str = "", facts_version: int = -1, root: Path | None = None) -> pd.DataFrame:
    """The facts known at the end of day `as_of` (ISO; empty: all), at a version of the store (-1: the last).

    One row a fact; columns are the contract's fields, the record's (`publisher`, `title`, `url`, `reliability` ...) and
    `recorded_at`, `status`, `supersedes`, `event_id`, `review`. Corrections and retractions of `seeds/hand/` and of the documents
    themselves are applied; what they replace stays in the frame with its status.
    """
    from analysis import corrections
    from analysis.claims import match

    folder = root or find_root()
    store = Store(folder)
    facts = store.known(as_of or None, facts_version if facts_version >= 0 else None)
    facts = corrections.apply_decisions(facts, folder, as_of or None)
    return match.assign_events(facts, folder)


def load_documents(facts: pd.DataFrame, root: Path | None = None) -> pd.DataFrame:
    """The documents that some facts come from: `doc_id`, `doc`, `title`, `publisher`, `published`, `url`, `text`."""
    held = Store(root or find_root()).documents()
    return held[held["doc_id"].isin(facts["doc_id"])].drop_duplicates("doc_id").reset_index(drop=True)
