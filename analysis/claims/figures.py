"""Figures made ready to be compared: who stands behind each, what it counts, over which window.

Words used from here on:

- **source**: whoever's count it is. The institution for which the originator speaks (a spokesman's count is his
  agency's); without an originator, the publisher, or the agency whose report the publisher printed.
- **basis**: how it was counted. A bare number is a `reported_total`.
- **counted_from**: the first day it counts, the same for all totals of one series (see `starts.align_starts`).
- **date**: the day up to which it counts: `as_of` where stated, else the day of publication (`dated_by` says which).
"""

import numpy as np
import pandas as pd

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
    chosen = (facts["kind"].isin(["figure"])) & stands(facts)
    figures = facts.loc[chosen, [name for name in facts.columns if name in FIGURE_COLUMNS]]
    figures = mark_parts(place_totals(restate(figures)))
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


# What a repeated number takes over from the sentence that it repeats.
RESTATED = (
    "asserted_by", "place", "geonames_id", "lat", "lon", "where_prec", "scope", "count_basis", "operator", "value_high",
    "period_start", "as_of", "event_id", "victim_status", "unit",
)  # fmt: skip


def restate(figures: pd.DataFrame) -> pd.DataFrame:
    """Numbers that only repeat become mentions of the claim that they repeat: those that their own document attributes
    elsewhere (a headline, a summary; "officials" for "Palestinian officials"), and all of a copy that its report has.

    Same report, measure, population and number; nothing is taken over where the report attributes it to two sources.
    """
    copied = figures["copy_of"].notna() if "copy_of" in figures else pd.Series(False, figures.index)
    report = figures["copy_of"].where(copied, figures["doc_id"]) if "copy_of" in figures else figures["doc_id"]
    bare = figures["asserted_by"].isna() | _is_bare(figures)
    if not (copied | bare).any():
        return figures
    keys = ["report", "measure", "population", "value_low"]
    keyed = figures.assign(report=report)[figures["value_low"].notna()]
    columns = [name for name in RESTATED if name in figures]
    said = keyed[~bare.reindex(keyed.index) & (keyed["modality"] == "asserted") & ~copied.reindex(keyed.index)]
    disputed = said[[*keys, "asserted_by"]].drop_duplicates().duplicated(keys, keep=False)
    said = said.drop_duplicates([*keys, "asserted_by"])[~disputed.to_numpy()]
    repeats = keyed.loc[bare.reindex(keyed.index) | copied.reindex(keyed.index), keys]
    taken = repeats.merge(said[[*keys, *columns]], on=keys, how="left").set_index(repeats.index)
    taken = taken[taken["asserted_by"].notna()]
    restated = figures.copy()
    for name in columns:
        restated.loc[taken.index, name] = taken[name]
    return restated


def _is_bare(figures: pd.DataFrame) -> pd.Series:
    """Whether the originator of a count of harm is a country ("Peru counts 30 killed") or the end of another one's full
    name in its document: "Officials put toll at 88" above "Palestinian officials said that 88 ...".
    """
    names = figures["asserted_by"].astype(object)
    countries = set(load_gazetteer().countries.values())
    unique = names.dropna().unique()
    # All ends of all names: few originators are one, and only those are looked up by document.
    ends = {" ".join(words[n:]) for name in unique for words in [name.lower().split()] for n in range(1, len(words))}
    likely = names.isin([name for name in unique if name in countries or name.lower() in ends])
    asked = figures.loc[likely & figures["measure"].isin(HARM), ["doc_id", "asserted_by"]]
    beside = figures.loc[names.notna() & figures["doc_id"].isin(asked["doc_id"]), ["doc_id", "asserted_by"]]
    full = (
        beside.drop_duplicates()
        .groupby("doc_id")["asserted_by"]
        .agg(lambda found: [n.lower() for n in found])
        .to_dict()
    )
    bare = [
        name in countries or any(other.endswith(f" {name.lower()}") for other in full[doc])
        for doc, name in asked.itertuples(index=False, name=None)
    ]
    return pd.Series(bare, asked.index, dtype=bool).reindex(figures.index, fill_value=False)


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
    institutions = find_institutions(facts)
    originators = figures["asserted_by"].astype(object)
    named = originators.map(institutions).where(originators.isin(institutions.index), originators)
    printed = figures["publisher"].where(figures["syndicated_from"].isna(), figures["syndicated_from"])
    printed = printed.where(printed.notna(), figures["doc"])
    if "copy_of" in figures:  # a copy without an originator says what its report says
        reports = pd.Series(printed.to_numpy(), figures["doc_id"]).groupby(level=0).first()
        printed = figures["copy_of"].map(reports).where(figures["copy_of"].isin(reports.index), printed)
    return named.where(named.notna(), PRINTED + printed.astype(str))


def find_institutions(facts: pd.DataFrame) -> pd.Series:
    """For each person, the one organisation that the facts name for them; nothing where they name several.

    A mayor belongs to his town, which counts nobody: the count stays the mayor's.
    """
    people = facts[(facts["kind"].isin(["actor"])) & (facts["actor_type"] == "person") & facts["affiliation"].notna()]
    towns = facts.loc[facts["where_prec"].lt(COUNTRY), "place"].dropna().unique()
    pairs = people.loc[~people["affiliation"].isin(towns), ["name", "affiliation"]].drop_duplicates()
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
