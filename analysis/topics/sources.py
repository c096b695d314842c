"""Sources: who prints, who says, how reliable, how well confirmed; what rests on one source; who covered which day.

Two axes of the Admiralty scale, never mixed: **reliability** A-F belongs to a publisher or originator and is given by hand
(`seeds/hand/sources.yml`, or the document's record); **credibility** 1-6 belongs to a claim and is computed here.
"""

from pathlib import Path

import pandas as pd
from pydantic import BaseModel, ConfigDict, ValidationError

from analysis.errors import RecordError
from analysis.records import HAND, IsoDate, load_yaml
from analysis.topics.credibility import credibility
from analysis.topics.selection import column, days, live, of_kind, originators, table_of

__all__ = ["coverage", "credibility", "load_ratings", "originator_table", "select", "single_source", "sources"]
COLUMNS = (
    "publisher",
    "reliability",
    "basis",
    "documents",
    "first",
    "last",
    "facts_count",
    "originators",
    "copies",
    "facts",
)
ORIGINATOR_COLUMNS = ("originator", "reliability", "claims", "figures", "publishers", "first", "last", "facts")
UNRATED = "F"  # Admiralty: reliability cannot be judged
RELIABILITIES = {
    "A": "completely reliable", "B": "usually reliable", "C": "fairly reliable", "D": "not usually reliable",
    "E": "unreliable", "F": "reliability cannot be judged",
}  # fmt: skip
CLAIMS = ("figure", "statement", "event", "term")


class Rating(BaseModel):
    """A rating of a publisher or originator, decided by a person."""

    model_config = ConfigDict(extra="forbid")
    name: str
    reliability: str
    who: str | None = None
    when: IsoDate | None = None
    why: str | None = None


def load_ratings(root: Path | None, as_of: str | None = None) -> dict[str, Rating]:
    """Ratings by name, from `seeds/hand/sources.yml`; those dated after the cut-off are not known yet."""
    path = (root or Path()) / HAND / "sources.yml"
    if root is None or not path.is_file():
        return {}
    ratings = [_parse_rating(entry, path) for entry in load_yaml(path) or []]
    return {rating.name: rating for rating in ratings if not (as_of and rating.when and rating.when[:10] > as_of)}


def _parse_rating(entry: dict, path: Path) -> Rating:
    try:
        rating = Rating.model_validate(entry)
    except ValidationError as error:
        raise RecordError(f"{path}: {entry}: {error.errors()[0]['loc']}: {error.errors()[0]['msg']}") from error
    if rating.reliability not in RELIABILITIES:
        raise RecordError(f"{path}: {rating.name}: reliability is one of A to F, not {rating.reliability!r}")
    return rating


def select(facts: pd.DataFrame) -> pd.DataFrame:
    """The live claims: figures, statements, events, terms."""
    return live(of_kind(facts, *CLAIMS))


def sources(facts: pd.DataFrame, ratings: dict[str, Rating] | None = None) -> pd.DataFrame:
    """One row a publisher: reliability and where it comes from, documents, days, number of facts, whom it quotes, copies."""
    rows = select(facts)
    if rows.empty:
        return table_of([], COLUMNS)
    rows = rows.assign(day=days(rows), publisher=column(rows, "publisher").fillna("unknown publisher"))
    grouped = rows.groupby("publisher", sort=True)
    table = grouped.agg(
        documents=("doc_id", "nunique"), first=("day", "min"), last=("day", "max"), facts_count=("fact_id", "size"),
        facts=("fact_id", tuple),
    )  # fmt: skip
    table["originators"] = grouped["asserted_by"].agg(lambda names: sorted(set(names.dropna())))
    copied = rows[column(rows, "syndicated_from").notna()]
    table["copies"] = copied.groupby("publisher")["doc_id"].nunique().reindex(table.index).fillna(0).astype(int)
    stated = column(rows, "reliability").groupby(rows["publisher"]).first()
    table["reliability"] = [_reliability(name, stated.get(name), ratings or {})[0] for name in table.index]
    table["basis"] = [_reliability(name, stated.get(name), ratings or {})[1] for name in table.index]
    return table.reset_index().reindex(columns=list(COLUMNS)).astype(object)


def _reliability(name: str, stated: str | None, ratings: dict[str, Rating]) -> tuple[str, str]:
    if name in ratings:
        return ratings[name].reliability, ratings[name].why or "rated by hand"
    if isinstance(stated, str):
        return stated, "the document's record"
    return UNRATED, "not rated"


def originator_table(facts: pd.DataFrame, ratings: dict[str, Rating] | None = None) -> pd.DataFrame:
    """One row an originator named in the documents: how many claims and figures, printed by whom, from when to when."""
    rows = select(facts)
    rows = rows[column(rows, "asserted_by").notna()]
    if rows.empty:
        return table_of([], ORIGINATOR_COLUMNS)
    rows = rows.assign(day=days(rows), is_figure=rows["kind"] == "figure")
    grouped = rows.groupby("asserted_by", sort=True)
    table = grouped.agg(
        claims=("fact_id", "size"),
        figures=("is_figure", "sum"),
        first=("day", "min"),
        last=("day", "max"),
        facts=("fact_id", tuple),
    )
    table["publishers"] = grouped["publisher"].agg(lambda names: sorted(set(names.dropna())))
    table["reliability"] = [_reliability(name, None, ratings or {})[0] for name in table.index]
    table = table.rename_axis("originator").reset_index().sort_values(["claims", "originator"], ascending=[False, True])
    return table.reindex(columns=list(ORIGINATOR_COLUMNS)).astype(object).reset_index(drop=True)


def coverage(facts: pd.DataFrame) -> pd.DataFrame:
    """Documents by publisher and day of publication: `publisher`, `day`, `documents`, `facts`. Days without any have no row."""
    rows = select(facts)
    if rows.empty:
        return table_of([], ("publisher", "day", "documents", "facts"))
    rows = rows.assign(day=days(rows), publisher=column(rows, "publisher").fillna("unknown publisher"))
    grouped = rows.groupby(["publisher", "day"], sort=True, dropna=False)
    return grouped.agg(documents=("doc_id", "nunique"), facts=("fact_id", tuple)).reset_index()


def single_source(facts: pd.DataFrame) -> pd.DataFrame:
    """Figures and events that rest on one originator and that nobody corroborates; adds `originator`, `credibility`."""
    rows = select(facts)
    rows = rows[rows["kind"].isin(["figure", "event"])]
    graded = credibility(facts)
    alone = graded[(graded["others"] == 0) & (graded["fact_id"].isin(rows["fact_id"]))]
    table = rows.assign(originator=originators(rows)).merge(alone[["fact_id", "credibility"]], on="fact_id")
    return table.reset_index(drop=True)
