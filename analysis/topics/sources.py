"""Sources: who prints, who says, how reliable, how well confirmed; what rests on one source; who covered which day.

Two axes of the Admiralty scale, never mixed: **reliability** A-F belongs to a publisher or originator and is given by hand
(`seeds/hand/sources.yml`, or the document's record); **credibility** 1-6 belongs to a claim and is computed here.
"""

from pathlib import Path

import numpy as np
import pandas as pd
from pydantic import BaseModel, ConfigDict, ValidationError

from analysis.errors import RecordError
from analysis.records import HAND, IsoDate, load_yaml
from analysis.topics.credibility import credibility
from analysis.topics.selection import column, days, is_live, live, of_kind, originators, read_live, table_of, tuples_of

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
UNKNOWN_PUBLISHER = "unknown publisher"
READ = ("fact_id", "kind", "doc_id", "published", "publisher", "asserted_by", "syndicated_from", "reliability")


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
    rows = _read(facts)
    if rows.empty:
        return table_of([], COLUMNS)
    codes, names = pd.factorize(column(rows, "publisher").fillna(UNKNOWN_PUBLISHER), sort=True)
    table = _count_rows(rows, codes, names).rename_axis("publisher")
    table["documents"] = _distinct(rows, codes, "doc_id").groupby("code").size().to_numpy()
    table["originators"] = _names_by_group(rows, codes, "asserted_by", len(names))
    copied = column(rows, "syndicated_from").notna().to_numpy()
    copies = _distinct(rows[copied], codes[copied], "doc_id").groupby("code").size()
    table["copies"] = copies.reindex(range(len(names))).fillna(0).astype(int).to_numpy()
    stated = dict(zip(names, column(rows, "reliability").groupby(codes).first(), strict=True))
    rated = [_reliability(name, stated.get(name), ratings or {}) for name in names]
    table["reliability"], table["basis"] = [grade for grade, _ in rated], [why for _, why in rated]
    return table.reset_index().reindex(columns=list(COLUMNS)).astype(object)


def _read(facts: pd.DataFrame) -> pd.DataFrame:
    """The live claims with their `day`, and only the columns that the tables count."""
    rows = read_live(facts, CLAIMS, READ)
    return rows.assign(day=days(rows)) if len(rows) else rows


def _count_rows(rows: pd.DataFrame, codes: np.ndarray, names: pd.Index) -> pd.DataFrame:
    """One row a group (`codes` are the numbers of `names`): first and last day, number of facts, their ids."""
    grouped = rows["day"].groupby(codes)
    count = len(names)
    table = pd.DataFrame(
        {"first": _edge(rows, codes, count, first=True), "last": _edge(rows, codes, count, first=False)}, names
    )
    return table.assign(
        facts_count=grouped.size().to_numpy(),
        facts=pd.Series(tuples_of(rows["fact_id"], codes, count), names, dtype=object),
    )


def _edge(rows: pd.DataFrame, codes: np.ndarray, count: int, first: bool) -> np.ndarray:
    """The first or last day of each group, None where it has none; a year has few days, so that their ranks are compared."""
    ranks, days_known = pd.factorize(rows["day"], sort=True)
    dated = ranks >= 0
    edge = pd.Series(ranks[dated]).groupby(codes[dated])
    found = (edge.min() if first else edge.max()).reindex(range(count), fill_value=-1)
    return np.array([*days_known, None], dtype=object)[found.to_numpy()]


def _distinct(rows: pd.DataFrame, codes: np.ndarray, name: str) -> pd.DataFrame:
    """The different values of a column in each group: `code`, `number` of the value among all; missing ones left out."""
    numbers = pd.factorize(rows[name])[0]
    return pd.DataFrame({"code": codes, "number": numbers})[numbers >= 0].drop_duplicates()


def _names_by_group(rows: pd.DataFrame, codes: np.ndarray, name: str, count: int) -> list[list[str]]:
    """The different values of each group, sorted."""
    numbers, values = pd.factorize(rows[name], sort=True)
    pairs = (
        pd.DataFrame({"code": codes, "number": numbers})[numbers >= 0]
        .drop_duplicates()
        .sort_values("number", kind="stable")
    )
    names = pd.Series(np.asarray(values, dtype=object)[pairs["number"]])
    return [list(found) for found in tuples_of(names, pairs["code"].to_numpy(), count)]


def _reliability(name: str, stated: str | None, ratings: dict[str, Rating]) -> tuple[str, str]:
    if name in ratings:
        return ratings[name].reliability, ratings[name].why or "rated by hand"
    if isinstance(stated, str):
        return stated, "the document's record"
    return UNRATED, "not rated"


def originator_table(facts: pd.DataFrame, ratings: dict[str, Rating] | None = None) -> pd.DataFrame:
    """One row an originator named in the documents: how many claims and figures, printed by whom, from when to when."""
    rows = _read(facts)
    rows = rows[column(rows, "asserted_by").notna()]
    if rows.empty:
        return table_of([], ORIGINATOR_COLUMNS)
    codes, names = pd.factorize(rows["asserted_by"].astype(object), sort=True)
    table = _count_rows(rows, codes, names).rename(columns={"facts_count": "claims"})
    table["figures"] = np.bincount(codes, weights=rows["kind"] == "figure").astype(int)
    table["publishers"] = _names_by_group(rows, codes, "publisher", len(names))
    table["reliability"] = [_reliability(name, None, ratings or {})[0] for name in names]
    table = table.rename_axis("originator").reset_index().sort_values(["claims", "originator"], ascending=[False, True])
    return table.reindex(columns=list(ORIGINATOR_COLUMNS)).astype(object).reset_index(drop=True)


def coverage(facts: pd.DataFrame) -> pd.DataFrame:
    """Documents by publisher and day of publication: `publisher`, `day`, `documents`, `facts`. Days without any have no row."""
    rows = _read(facts)
    if rows.empty:
        return table_of([], ("publisher", "day", "documents", "facts"))
    publishers, names = pd.factorize(column(rows, "publisher").fillna(UNKNOWN_PUBLISHER), sort=True)
    ranks, days_known = pd.factorize(rows["day"], sort=True)
    # Undated rows come last in each publisher's days.
    ranks = np.where(ranks < 0, len(days_known), ranks)
    codes, pairs = pd.factorize(publishers * (len(days_known) + 1) + ranks, sort=True)
    publisher, day = np.divmod(pairs, len(days_known) + 1)
    return pd.DataFrame({
        "publisher": np.asarray(names, dtype=object)[publisher], "day": np.array([*days_known, None], dtype=object)[day],
        "documents": _distinct(rows, codes, "doc_id").groupby("code").size().to_numpy(),
        "facts": pd.Series(tuples_of(rows["fact_id"], codes, len(pairs)), dtype=object),
    })  # fmt: skip


def single_source(facts: pd.DataFrame) -> pd.DataFrame:
    """Figures and events that rest on one originator and that nobody corroborates; adds `originator`, `credibility`."""
    graded = credibility(facts)
    alone = graded.loc[graded["others"] == 0, ["fact_id", "credibility"]]
    if not len(facts):
        return facts
    chosen = facts["kind"].isin(["figure", "event"]) & is_live(facts) & facts["fact_id"].isin(alone["fact_id"])
    rows = facts[chosen]
    return rows.assign(originator=originators(rows)).merge(alone, on="fact_id").reset_index(drop=True)
