"""Reference series: daily totals published as a dataset, declared in `seeds/reference.yml`, and what claims are beside them.

Rows later than the cut-off do not exist. A day on which the dataset says that nobody reported is no day with zero deaths.
"""

import csv
import io
import json
from pathlib import Path
from typing import Annotated, Any, Literal

import pandas as pd
from pydantic import BaseModel, BeforeValidator, ConfigDict, ValidationError

from analysis.claims.fetch import FetchError, fetch
from analysis.errors import RecordError
from analysis.records import load_yaml

REFERENCE = Path("seeds") / "reference.yml"
IsoDay = Annotated[str, BeforeValidator(lambda value: value.isoformat() if hasattr(value, "isoformat") else value)]
COLUMNS = ("series", "place", "measure", "scope", "basis", "date", "value")


class Column(BaseModel):
    """One field of the dataset and what it counts."""

    model_config = ConfigDict(extra="forbid")
    field: str
    measure: str
    scope: Literal["cumulative", "new_in_period"]
    basis: str = "reported_total"


class NoReport(BaseModel):
    """By which value of which field the dataset says that nobody reported."""

    model_config = ConfigDict(extra="forbid")
    field: str
    value: str | int


class Series(BaseModel):
    """One declared dataset."""

    model_config = ConfigDict(extra="forbid")
    id: str
    title: str
    url: str
    licence: str | None = None
    sha256: str | None = None
    format: Literal["json", "csv"] = "json"
    date: str
    no_report: NoReport | None = None
    since: IsoDay | None = None
    places: list[str]
    sources: list[str]
    columns: list[Column]


class Loaded(BaseModel):
    """What came of loading one series: its rows' number and checksum, or the reason why it is not loaded."""

    series: str
    title: str
    rows: int = 0
    sha256: str | None = None
    problem: str | None = None


def load_declarations(root: Path) -> list[Series]:
    """The series declared below a root folder; none without the file. RecordError where one is not complete."""
    path = root / REFERENCE
    entries: Any = load_yaml(path) if path.is_file() else []
    declared = []
    for number, entry in enumerate(entries or [], 1):
        try:
            declared.append(Series.model_validate(entry))
        except ValidationError as error:
            first = error.errors()[0]
            where = ".".join(map(str, first["loc"]))
            raise RecordError(f"{path}: series {number}: {where}: {first['msg']}") from error
    return declared


def load_reference(root: Path, as_of: str | None = None, refresh: bool = False) -> tuple[pd.DataFrame, list[Loaded]]:
    """The rows of all series up to `as_of` (COLUMNS: one row a day and column), and what came of loading each.

    A series that cannot be had is left out and says why; the report goes on without it.
    """
    frames, loaded = [pd.DataFrame(columns=list(COLUMNS))], []
    for series in load_declarations(root):
        try:
            found = fetch(series.url, root, series.sha256, refresh)
            rows = read_rows(series, found.content)
        except FetchError as error:
            loaded.append(Loaded(series=series.id, title=series.title, problem=str(error)))
            continue
        rows = rows if as_of is None else rows[rows["date"] <= as_of]
        frames.append(rows)
        loaded.append(Loaded(series=series.id, title=series.title, rows=len(rows), sha256=found.sha256))
    return pd.concat([frame for frame in frames if len(frame)] or frames[:1], ignore_index=True), loaded


def read_rows(series: Series, content: bytes) -> pd.DataFrame:
    """The rows of a dataset as long as they are wide: COLUMNS. Raises FetchError where the file is not as declared."""
    try:
        text = content.decode("utf-8-sig")
        entries = json.loads(text) if series.format == "json" else list(csv.DictReader(io.StringIO(text)))
        rows = [row for entry in entries for row in _read_entry(series, entry)]
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise FetchError(
            f"{series.url}: not loaded: not the {series.format} declared for {series.id}: {error!r}"
        ) from error
    return pd.DataFrame(rows, columns=list(COLUMNS)).astype({"value": float})


def _read_entry(series: Series, entry: dict[str, Any]) -> list[tuple]:
    """The values of one day; none where nobody reported, and none for a field that is not there."""
    if series.no_report and str(entry.get(series.no_report.field)) == str(series.no_report.value):
        return []
    day = str(entry[series.date])[:10]
    values = [(column, _find_value(entry, column.field)) for column in series.columns]
    return [
        (series.id, series.places[0], column.measure, column.scope, column.basis, day, float(value))
        for column, value in values
        if value not in (None, "")
    ]


def _find_value(entry: dict[str, Any], field: str) -> Any:
    for part in field.split("."):
        entry = entry.get(part) if isinstance(entry, dict) else None  # type: ignore[assignment]
    return entry


def find_broken_days(rows: pd.DataFrame) -> pd.DataFrame:
    """Days on which the number called new is not the change of the total since the day before.

    Columns: `series`, `measure`, `basis`, `date`, `reported_new`, `change`. A day after one without a total says nothing: the
    change then covers more than that day.
    """
    keys = ["series", "place", "measure", "basis", "date"]
    wide = rows.pivot_table(index=keys, columns="scope", values="value", aggfunc="first").reset_index()
    wide = wide.reindex(columns=[*keys, "cumulative", "new_in_period"]).sort_values(keys, kind="stable")
    group = [wide[name] for name in ("series", "measure", "basis")]
    apart = pd.to_datetime(wide["date"], format="ISO8601").groupby(group).diff().dt.days
    change = wide["cumulative"].groupby(group).diff().where(apart == 1)
    broken = wide["new_in_period"].notna() & change.notna() & (wide["new_in_period"] != change)
    found = wide.assign(reported_new=wide["new_in_period"], change=change)[broken]
    return found[["series", "measure", "basis", "date", "reported_new", "change"]].reset_index(drop=True)
