"""Which counts can differ between two editions: those of which a figure is new, gone or no longer the same.

All else has the same range in both: whoever looks for ranges that moved need not build it.
"""

import numpy as np
import pandas as pd

from analysis.claims.gather import SAME_CLAIM, SAME_COUNT, add_windows
from analysis.claims.groups import group_codes

# Counts that share these may be one and the same to the reader: an event's, else a place's.
KIND_OF_COUNT = ("event_id", "measure", "population", "victims", "basis", "scope")
# What a range is made from.
READ = tuple(dict.fromkeys((*SAME_CLAIM, "place", "place_key", "period_start", "as_of", "published", "date", "status")))


def select_changed(earlier: pd.DataFrame, later: pd.DataFrame) -> tuple[pd.DataFrame, pd.DataFrame]:
    """The rows of two frames of `prepare_figures` that belong to counts which both have and which can differ, whole counts of them.

    Kept are also counts of the same kind, place or event, of which a reader would take one for the other.
    """
    sides = [add_windows(figures) for figures in (earlier, later)]
    names = [name for name in (*READ, "fact_id") if all(name in side for side in sides)]
    first, second = (side[names] for side in sides)
    both = pd.concat([first, second], ignore_index=True)
    both["changed"], both["later"] = np.concatenate(_mark_changed(first, second)), np.arange(len(both)) >= len(first)
    both["kind"] = group_codes(both, KIND_OF_COUNT)
    both = both[_hold(both, both["kind"].to_numpy())]
    counts = group_codes(both, ["kind", *(name for name in SAME_COUNT if name not in KIND_OF_COUNT)])
    both["where"] = both["place_key"].where(both["event_id"].isna(), None)
    both["changed"] = _reach(both["changed"].to_numpy(), counts)
    chosen = _reach(_hold(both, group_codes(both, ["kind", "where"])), counts)
    kept = both.index.to_numpy()[chosen]
    return earlier.take(kept[kept < len(first)]), later.take(kept[kept >= len(first)] - len(first))


def _hold(both: pd.DataFrame, groups: np.ndarray) -> np.ndarray:
    """Which rows are of a group that both editions have, and that holds a changed row."""
    later = both["later"].to_numpy()
    return _reach(both["changed"].to_numpy(), groups) & _reach(later, groups) & _reach(~later, groups)


def _reach(chosen: np.ndarray, groups: np.ndarray) -> np.ndarray:
    """Which rows are of a group that holds a chosen one."""
    reached = np.zeros(int(groups.max(initial=-1)) + 1, dtype=bool)
    reached[groups[chosen]] = True
    return reached[groups]


def _mark_changed(first: pd.DataFrame, second: pd.DataFrame) -> tuple[np.ndarray, np.ndarray]:
    """For each row of two frames whether the other one has none that is the same in every column; repeated ids count as changed."""
    place = _find_once(second["fact_id"], first["fact_id"])
    same = place >= 0
    rows, others = np.flatnonzero(same), place[same]
    for name in first.columns:
        ours, theirs = second[name].to_numpy()[rows], first[name].to_numpy()[others]
        differ = np.flatnonzero(ours != theirs)
        differ = differ[~(pd.isna(ours[differ]) & pd.isna(theirs[differ]))]
        same[rows[differ]] = False
    held = np.zeros(len(first), dtype=bool)
    held[place[same]] = True
    return ~held, ~same


def _find_once(asked: pd.Series, held: pd.Series) -> np.ndarray:
    """For each id its position in `held`, -1 where it is not there, or stands several times on either side."""
    codes, names = pd.factorize(pd.concat([held, asked], ignore_index=True))
    first, second = codes[: len(held)], codes[len(held) :]
    once = (np.bincount(first, minlength=len(names)) == 1) & (np.bincount(second, minlength=len(names)) == 1)
    place = np.full(len(names), -1)
    place[first] = np.arange(len(first))
    return np.where(once, place, -1)[second]
