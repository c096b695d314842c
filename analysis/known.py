"""The one call by which notebooks get their facts: what was known at the cut-off, with every human decision applied."""

import os
from collections.abc import Sequence
from datetime import date
from pathlib import Path

import pandas as pd

from analysis.claims.divisions import rank_areas, rank_names, select_located
from analysis.errors import UsageError
from analysis.facts import MODELS
from analysis.frames import hash_frame, hash_rows, hash_words
from analysis.settled import first_of_period, load_settled, load_texts
from analysis.store import Store

ROOT_VARIABLE = "BRIEFING_ROOT"
# The period of an edition unless a notebook is given another.
PERIOD_DAYS = 30
REGION_PREC = 4  # UCDP GED: from here on a place is a province, a region or a country


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


def load_facts(
    as_of: str = "",
    facts_version: int = -1,
    places: Sequence[str] = (),
    tracks: Sequence[str] = (),
    root: Path | None = None,
    period_days: int | None = None,
    edition: str = "",
    kinds: Sequence[str] = (),
) -> pd.DataFrame:
    """The facts known at the end of day `as_of` (ISO; empty: all), at a version of the store (-1: the last).

    One row a fact; columns are the contract's fields, the record's (`publisher`, `title`, `url`, `reliability` ...) and
    `recorded_at`, `status`, `supersedes`, `event_id`, `review`. Corrections and retractions of `seeds/hand/` and of the documents
    themselves are applied; what they replace stays in the frame with its status. With `places`, located facts at other
    places are left out; with `tracks`, terms on other tracks. With `period_days`, a large corpus is cut to its period as
    `settled.find_first_day` says, that of the edition as of `edition` where that is another day than `as_of`. With `kinds`, facts
    of other kinds are left out: a notebook that says which it reads is executed again only when one of those has changed.
    """
    unknown = sorted(set(kinds) - set(MODELS))
    if unknown:
        raise UsageError(f"kinds: {unknown[0]!r} is no kind of fact; there are: {', '.join(MODELS)}")
    cut, version = check_day(as_of), facts_version if facts_version >= 0 else None
    facts = load_settled(Store(root or find_root()), cut, version, period_days, check_day(edition))
    if kinds:
        facts = facts[facts["kind"].isin(list(kinds))].reset_index(drop=True)
    return _only(_only(facts, "place", places), "track", tracks)


def digest_kinds(facts: pd.DataFrame, documents: pd.DataFrame) -> dict[str, str]:
    """SHA-256 by kind of all that `load_facts` gives of it and of the documents that `load_documents` gives for them."""
    printed = dict(zip(documents["doc_id"], hash_rows(documents), strict=True))
    return {
        kind: hash_words(
            [
                hash_frame(group),
                str(facts.attrs),
                *(printed[name] for name in group["doc_id"].unique() if name in printed),
            ]
        )
        for kind, group in facts.groupby("kind")
    }


def _only(facts: pd.DataFrame, column: str, wanted: Sequence[str]) -> pd.DataFrame:
    return facts[facts[column].isna() | facts[column].isin(list(wanted))] if wanted else facts


def check_day(day: str) -> str | None:
    """An ISO day, None where empty; UsageError where it is no day."""
    try:
        return date.fromisoformat(day).isoformat() if day else None
    except ValueError:
        raise UsageError(f"as_of: {day!r} is no day; write it as YYYY-MM-DD, or leave it empty") from None


def report_period(facts: pd.DataFrame, as_of: str = "", period_days: int = 30) -> tuple[str, str]:
    """First and last day (ISO) of the period that a report covers: `period_days` days up to the cut-off.

    Without a cut-off the newest day of publication is taken: nothing here asks for today.
    """
    if period_days < 1:
        raise UsageError(f"period_days: {period_days} is no number of days; give 1 or more")
    last = check_day(as_of) or max((day[:10] for day in facts["published"] if isinstance(day, str)), default=None)
    if last is None:
        raise UsageError("as_of: no document states or implies a day of publication; give the cut-off as YYYY-MM-DD")
    return first_of_period(last, period_days), last


def name_places(facts: pd.DataFrame, most: int = 3) -> str:
    """The places that a report is about, for its head: countries, those with most facts first; of a single one also its regions,
    else towns, that are named most.
    """
    located = select_located(facts)
    areas = rank_areas(located)
    within = located[~located["place"].isin(areas.index) & (located["area"].isna() | located["area"].isin(areas.index))]
    regions = within[within["where_prec"].ge(REGION_PREC)]
    parts = rank_names((regions if len(regions) else within)["place"]) if len(areas) < 2 else areas[:0]
    return " · ".join([*areas.index, *parts.index][:most]) or "No place named"


def load_documents(facts: pd.DataFrame, root: Path | None = None) -> pd.DataFrame:
    """The documents that some facts come from: `doc_id`, `doc`, `title`, `publisher`, `published`, `url`, `text`."""
    folder = root or find_root()
    kept = load_texts(folder, facts["doc_id"])
    if kept is not None:
        return kept
    held = Store(folder).documents()
    return held[held["doc_id"].isin(facts["doc_id"])].drop_duplicates("doc_id").reset_index(drop=True)
