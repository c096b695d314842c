"""How long ceasefires like this one lasted: the ETH/PRIO Civil Conflict Ceasefire Dataset, where the user has it.

The dataset (Clayton et al. 2022) is not part of this project: whoever may use it puts the CSV at `seeds/ceasefires.csv`. One
row there is one actor's part in a ceasefire, `-1` is unknown. Codes are printed as codes: what they mean stands in the
dataset's codebook.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import pandas as pd

from analysis.errors import RecordError, UsageError

CEASEFIRES = Path("seeds") / "ceasefires.csv"
CEASEFIRE = ["cc", "cf_id"]
NEEDED = {*CEASEFIRE, *(f"{moment}_{part}" for moment in ("cf_effect", "end") for part in ("yr", "month", "day"))}
LASTING_DAYS = (7, 30, 60, 180)
CAVEAT = (
    "End days are known mostly for short ceasefires, so that these durations are shorter than those of all; "
    "the dataset ends in 2020."
)


@dataclass(frozen=True)
class BaseRate:
    """Durations of the ceasefires selected: `n` of them, `known` with both days, and what the known ones lasted (days)."""

    selection: str
    n: int
    known: int
    median: float | None
    quarter: float | None
    three_quarters: float | None
    lasted: dict[int, float]  # days -> share of the known that lasted at least so long
    caveat: str = CAVEAT


def load_ceasefires(root: Path) -> pd.DataFrame | None:
    """One row a ceasefire with `days` (missing where a day is unknown); None where the user has no file."""
    path = root / CEASEFIRES
    if not path.is_file():
        return None
    try:
        rows = pd.read_csv(path, encoding="utf-8-sig", low_memory=False)
    except (ValueError, OSError) as error:
        raise RecordError(f"{path}: cannot be read as CSV: {error}") from error
    missing = sorted(NEEDED - set(rows.columns))
    if missing:
        raise RecordError(f"{path}: not the ceasefire dataset: columns {', '.join(missing)} are missing")
    ceasefires = rows.drop_duplicates(CEASEFIRE).reset_index(drop=True)
    days = (_read_days(ceasefires, "end") - _read_days(ceasefires, "cf_effect")).dt.days
    return ceasefires.assign(days=days.where(days >= 0))


def _read_days(rows: pd.DataFrame, moment: str) -> pd.Series:
    """Whole dates only: a zero or -1 in any part is unknown."""
    parts = {name: rows[f"{moment}_{part}"] for name, part in (("year", "yr"), ("month", "month"), ("day", "day"))}
    dates = pd.to_datetime(pd.DataFrame(parts).where(lambda frame: frame > 0), errors="coerce")
    return dates


def find_base_rate(
    ceasefires: pd.DataFrame, like: Mapping[str, int], lasting: Sequence[int] = LASTING_DAYS
) -> BaseRate:
    """Durations of the ceasefires whose columns have the codes of `like`, for example {"side": 2, "mediator_nego": 1}."""
    unknown = sorted(set(like) - set(ceasefires.columns))
    if unknown:
        raise UsageError(f"base rate: the ceasefire dataset has no column {', '.join(unknown)}")
    chosen = ceasefires
    for name, code in like.items():
        chosen = chosen[chosen[name] == code]
    days = chosen["days"].dropna()
    quartiles = [None] * 3 if days.empty else [float(days.quantile(share)) for share in (0.25, 0.5, 0.75)]
    return BaseRate(
        selection=", ".join(f"{name} = {code}" for name, code in like.items()) or "all ceasefires",
        n=len(chosen), known=len(days), quarter=quartiles[0], median=quartiles[1], three_quarters=quartiles[2],
        lasted={span: float((days >= span).mean()) for span in lasting} if len(days) else {},
    )  # fmt: skip
