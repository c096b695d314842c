"""Figures made ready to be compared: who stands behind each, what it counts, over which window.

Words used from here on:

- **source**: whoever's count it is. The institution for which the originator speaks (a spokesman's count is his
  agency's); without an originator, the publisher, or the agency whose report the publisher printed.
- **basis**: how it was counted. A bare number is a `reported_total`.
- **counted_from**: the first day it counts, the same for all totals of one series (see `starts.align_starts`).
- **date**: the day up to which it counts: `as_of` where stated, else the day of publication (`dated_by` says which).
"""

from collections.abc import Iterable

import numpy as np
import pandas as pd

from analysis.claims.groups import count_distinct, first_rows, group_codes
from analysis.claims.parts import mark_parts
from analysis.claims.placeless import place_totals
from analysis.claims.starts import align_starts
from analysis.extract.gazetteer import load_gazetteer
from analysis.facts import Figure

PRINTED = "printed by "  # before the name of a publisher that names no originator
HARM = ("killed", "injured", "missing", "killed_or_missing")
COUNTRY = 6  # GED's `where_prec`
# A claim in one of these states counts for nothing any more; it stays in the tables of corrections only.
WITHDRAWN = ("retracted", "corrected")
# What is only possible, planned or denied is nobody's count.
CLAIMED = ("asserted",)
# What later steps read; statements' and terms' columns are empty for figures and would only be carried along.
FIGURE_COLUMNS = frozenset(Figure.model_fields) | {
    "recorded_at", "status", "event_id", "review", "publisher", "title", "reliability", "syndicated_from", "copy_of",
}  # fmt: skip


def prepare_figures(facts: pd.DataFrame) -> pd.DataFrame:
    """The figures of a facts frame that still stand, with `source`, `place_key`, `basis`, `date` and `dated_by` added.

    Denied, planned or merely possible figures are kept, `claimed` is False for them. Rows keep the frame's order.
    """
    figures = mark_parts(place_totals(restate(select_standing_figures(facts))))
    figures["source"] = find_sources(figures, facts)
    figures["place_key"] = place_keys(figures)
    figures["claimed"] = figures["modality"].isin(CLAIMED)
    figures["basis"] = figures["count_basis"].where(figures["count_basis"].notna(), "reported_total")
    # "93 killed and missing" is one number about two fates: whatever the extractor calls it, it is not a death toll.
    either = (figures["basis"] == "killed_or_missing") | (figures["measure"] == "killed_or_missing")
    figures["measure"] = figures["measure"].where(~either, "killed_or_missing")
    figures["basis"] = figures["basis"].where(figures["basis"] != "killed_or_missing", "reported_total")
    figures["population"] = figures["population"].where(figures["population"].notna(), "all")
    stated = figures["as_of"].notna()
    figures["date"] = figures["as_of"].where(stated, figures["published"])
    figures["dated_by"] = np.where(stated, "claim", "publication")
    figures["counted_from"] = align_starts(figures)
    return figures


def select_standing_figures(facts: pd.DataFrame) -> pd.DataFrame:
    """The figures that still stand, with the columns of FIGURE_COLUMNS that the frame has."""
    rows = np.flatnonzero(facts["kind"].isin(["figure"]))
    # Rows of all columns are taken faster than columns are picked from all rows.
    figures = facts.take(rows).drop(columns=[name for name in facts.columns if name not in FIGURE_COLUMNS])
    standing = stands(figures)
    return figures if standing.all() else figures[standing]


# What a repeated number takes over from the sentence that it repeats.
RESTATED = (
    "asserted_by", "place", "geonames_id", "lat", "lon", "where_prec", "scope", "count_basis", "operator", "value_high",
    "period_start", "as_of", "event_id", "victim_status", "unit",
)  # fmt: skip
# What makes two numbers of one report the same.
SAME_NUMBER = ("report", "measure", "population", "value_low")


def restate(figures: pd.DataFrame) -> pd.DataFrame:
    """Numbers that only repeat become mentions of the claim that they repeat: those that their own document attributes
    elsewhere (a headline, a summary; "officials" for "Palestinian officials"), and all of a copy that its report has.

    Same report, measure, population and number; nothing is taken over where the report attributes it to two sources.
    """
    copied = figures["copy_of"].notna() if "copy_of" in figures else pd.Series(False, figures.index)
    bare = figures["asserted_by"].isna() | _is_bare(figures)
    asking = figures["value_low"].notna() & (copied | bare)
    if not asking.any():
        return figures
    report = figures["copy_of"].where(copied, figures["doc_id"]) if "copy_of" in figures else figures["doc_id"]
    codes = group_codes(figures.assign(report=report), SAME_NUMBER)
    said = (figures["value_low"].notna() & ~bare & (figures["modality"] == "asserted") & ~copied).to_numpy()
    model = first_rows(codes, said & ~_find_disputed(figures["asserted_by"], codes, said), len(figures))[codes]
    repeats = np.flatnonzero(asking & (model >= 0))
    names = [name for name in RESTATED if name in figures]
    return figures.assign(**{name: _put(figures[name], repeats, model[repeats]) for name in names})


def _put(values: pd.Series, rows: np.ndarray, others: np.ndarray) -> pd.Series:
    """The values with some rows (positions) taking over those of others."""
    changed = values.to_numpy().copy()
    changed[rows] = changed[others]
    return pd.Series(changed, values.index, dtype=values.dtype)


def _find_disputed(originators: pd.Series, codes: np.ndarray, said: np.ndarray) -> np.ndarray:
    """For each row whether its group is attributed to several originators by the rows that say so (`said`)."""
    several = np.zeros(len(codes), dtype=bool)
    several[: codes.max() + 1] = count_distinct(originators.where(said), codes) > 1
    return several[codes]


def _is_bare(figures: pd.DataFrame) -> pd.Series:
    """Whether the originator of a count of harm is a country ("Peru counts 30 killed") or the end of another one's full
    name in its document: "Officials put toll at 88" above "Palestinian officials said that 88 ...".
    """
    originators = figures["asserted_by"]
    harm = originators.notna() & figures["measure"].isin(HARM)
    country = harm & originators.isin(load_gazetteer().countries.values())
    names = originators.dropna().unique()
    endings = {ending for name in names for ending in _list_endings(name)}
    asked = harm & originators.isin([name for name in names if name.lower() in endings])
    if not asked.any():
        return country
    beside = figures.loc[figures["doc_id"].isin(figures.loc[asked, "doc_id"]), ["doc_id", "asserted_by"]].dropna()
    known = {(doc, end) for doc, name in beside.drop_duplicates().to_numpy() for end in _list_endings(name)}
    keys = zip(figures.loc[asked, "doc_id"], originators[asked].str.lower(), strict=True)
    ended = pd.Series([key in known for key in keys], figures.index[asked], dtype=bool)
    return country | ended.reindex(figures.index, fill_value=False)


def _list_endings(name: str) -> list[str]:
    """What is left of a name, in small letters, when words are left out at its beginning."""
    words = name.lower().split(" ")
    return [" ".join(words[first:]) for first in range(1, len(words))]


def stands(facts: pd.DataFrame) -> pd.Series:
    """Whether each fact still stands: neither withdrawn by its publisher nor rejected by a reviewer."""
    standing = pd.Series(True, facts.index)
    if "status" in facts:
        standing = standing & ~facts["status"].isin(WITHDRAWN)
    if "review" in facts:
        standing = standing & ~facts["review"].isin(["rejected"])
    return standing


def find_sources(figures: pd.DataFrame, facts: pd.DataFrame) -> pd.Series:
    """Whose count each figure is (see the top of this module); never missing."""
    originators = figures["asserted_by"].astype(object)
    named = _name_institutions(originators, find_institutions(facts, originators.unique()))
    printed = figures["publisher"].where(figures["syndicated_from"].isna(), figures["syndicated_from"])
    printed = printed.where(printed.notna(), figures["doc"])
    if "copy_of" in figures and figures["copy_of"].notna().any():
        # A copy without an originator says what its report says.
        reports = pd.Series(printed.to_numpy(), figures["doc_id"]).groupby(level=0).first()
        printed = figures["copy_of"].map(reports).where(figures["copy_of"].isin(reports.index), printed)
    unnamed = named.isna()
    said = PRINTED + printed[unnamed].astype(str).astype(object)
    named[unnamed] = said
    return named


def _name_institutions(originators: pd.Series, institutions: pd.Series) -> pd.Series:
    """The organisation of each originator that is a person of one; the others as they are."""
    codes, names = pd.factorize(originators)
    known = institutions.to_dict()
    values = np.array([*(known.get(name, name) for name in names), None], dtype=object)
    return pd.Series(values[codes], originators.index, dtype=object)


def find_institutions(facts: pd.DataFrame, names: Iterable[str]) -> pd.Series:
    """For each of some persons, the one organisation that the facts name for them; nothing where they name several.

    A mayor belongs to his town, which counts nobody: the count stays the mayor's.
    """
    actors = facts.loc[facts["kind"].isin(["actor"]), ["name", "affiliation", "actor_type"]]
    actors = actors[actors["name"].isin(names) & (actors["actor_type"] == "person") & actors["affiliation"].notna()]
    pairs = actors[["name", "affiliation"]].drop_duplicates()
    if len(pairs):
        places = facts.loc[facts["where_prec"].lt(COUNTRY), "place"]
        pairs = pairs[~pairs["affiliation"].isin(places[places.isin(pairs["affiliation"])].unique())]
    return pairs.drop_duplicates("name", keep=False).set_index("name")["affiliation"]


def place_keys(located: pd.DataFrame) -> pd.Series:
    """One key for one place: its name, and its GeoNames id where two places share the name."""
    names = located["place"].astype(object)
    known = located[["place", "geonames_id"]].dropna().drop_duplicates()
    shared = set(known.loc[known["place"].duplicated(keep=False), "place"])
    if not shared:
        return names
    numbered = names.astype(str) + " #" + located["geonames_id"].astype("Int64").astype(str)
    return names.where(~names.isin(shared), numbered)
