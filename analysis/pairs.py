"""Which facts of two editions are the same: by id, else by document, offsets and type where a document was read again."""

from typing import NamedTuple

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc

from analysis.topics.selection import column

# Places, times and mentions of actors are no news by themselves.
NEWS = ("figure", "statement", "event", "term")
# What makes two facts of two readings of one document the same, where their ids differ.
SAME = ("doc_id", "kind", "start", "end", "measure", "event_type", "term_type")


class Pairs(NamedTuple):
    """Rows (positions) of what is news in two editions: the same fact `before` and `after`; only earlier; only later."""

    before: np.ndarray
    after: np.ndarray
    gone: np.ndarray
    fresh: np.ndarray


def pair_facts(earlier: pd.DataFrame, later: pd.DataFrame) -> Pairs:
    """The facts of two editions set side by side; of several with one id in an edition the first counts."""
    by_id = _pair_ids(earlier["fact_id"], later["fact_id"], _news_rows(earlier), _news_rows(later))
    if not len(by_id.gone) or not len(by_id.fresh):
        return by_id
    # What a reviewer edited is told as new, with what it replaces.
    asking = by_id.fresh[(column(later.take(by_id.fresh), "review") != "edited").to_numpy()]
    keys = [name for name in SAME if name in earlier.columns and name in later.columns]
    known = earlier.take(by_id.gone)[keys].assign(row=by_id.gone).drop_duplicates(keys)
    found = later.take(asking)[keys].merge(known, on=keys, how="left")["row"].fillna(-1).to_numpy(dtype=np.int64)
    again, read = found[found >= 0], asking[found >= 0]
    return Pairs(
        np.append(by_id.before, again), np.append(by_id.after, read),
        np.setdiff1d(by_id.gone, again), np.setdiff1d(by_id.fresh, read),
    )  # fmt: skip


def _news_rows(facts: pd.DataFrame) -> np.ndarray:
    return np.flatnonzero(facts["kind"].isin(NEWS))


def _pair_ids(earlier: pd.Series, later: pd.Series, old: np.ndarray, new: np.ndarray) -> Pairs:
    held = pa.array(earlier.to_numpy()[old], pa.string())
    asked = pa.array(later.to_numpy()[new], pa.string())
    found = pc.index_in(asked, value_set=held).fill_null(-1).to_numpy(zero_copy_only=False)
    known = np.flatnonzero(found >= 0)
    known = known[~pd.Series(found[known]).duplicated().to_numpy()]
    left = np.ones(len(old), dtype=bool)
    left[found[known]] = False
    before, gone = old[found[known]], _drop_repeats(earlier, old[left])
    repeated = set(earlier.iloc[before][earlier.iloc[before].isin(earlier.iloc[gone])]) if len(gone) else set()
    gone = gone[~earlier.iloc[gone].isin(repeated).to_numpy()]
    return Pairs(before, new[known], gone, _drop_repeats(later, new[found < 0]))


def _drop_repeats(ids: pd.Series, rows: np.ndarray) -> np.ndarray:
    return rows[~ids.iloc[rows].duplicated().to_numpy()]
