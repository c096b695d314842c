"""Rule 4 of the contract: a later figure of the same originator supersedes its earlier one; another originator's does not.

"The same" count: same originator, measure, place, unit, population, victim status, basis, scope and start (running totals that
fit one series have one start, whether or not each says it; see `claims.placeless` for those that name no place). It is made
for running totals, which say how far they count, and for tolls of one incident (same place, days within INCIDENT_DAYS). What is new
in a period never replaces another period. A figure printed later that counts up to the same day is a reprint: it replaces nothing.
"""

import pandas as pd

from analysis.claims.placeless import place_totals
from analysis.claims.starts import align_starts
from analysis.revisions.status import put_values
from analysis.topics.selection import column

KEY = (
    "asserted_by",
    "measure",
    "place",
    "unit",
    "population",
    "victim_status",
    "count_basis",
    "scope",
    "period_start",
    "denominator",
)
# Counts of people are the same count whatever noun the sentence uses.
PEOPLE = ("killed", "injured", "missing", "killed_or_missing", "displaced", "detained", "hostages", "people_in_need")
# A later toll of the same place that many days on is another incident.
INCIDENT_DAYS = 3
# A later toll so far below the earlier one is of another incident: "nineteen more were killed in a second strike".
LEAST_SHARE = 0.5
REPLACEABLE = ("cumulative", "incident")
WHY = "a later figure of the same originator for the same count"
READ = (*KEY, "fact_id", "start", "published", "as_of", "status", "modality", "value_low", "trend")


def supersede(facts: pd.DataFrame) -> pd.DataFrame:
    """The facts with older figures set to `superseded` and `supersedes` filled on what replaced them."""
    ordered = _ordered_figures(facts)
    if ordered.empty:
        return facts
    same = ordered["series"].eq(ordered["series"].shift(-1)) & _near(ordered)
    later = ordered["when"].shift(-1) > ordered["when"]
    # Several mentions of one day form a step; the step after it replaces them all.
    older = ordered[same & later]
    replaced_by = ordered["fact_id"].shift(-1)
    steps = ordered["step"].isin(ordered.loc[older.index, "step"])
    gone = ordered[steps]
    facts = put_values(facts, facts["fact_id"].isin(gone["fact_id"]), {"status": "superseded", "status_why": WHY})
    news = pd.Series(older["fact_id"].to_numpy(), replaced_by[older.index].to_numpy(), dtype=object)
    replacing = facts["fact_id"].isin(news.index)
    replaced = facts.loc[replacing, "fact_id"].map(news[~news.index.duplicated(keep="last")])
    return put_values(facts, replacing, {"supersedes": replaced.reindex(facts.index)})


def _ordered_figures(facts: pd.DataFrame) -> pd.DataFrame:
    """Active figures of a named originator by series and day counted to, with the number of their `series` and `step`."""
    if not len(facts):
        return facts
    figures = facts.loc[facts["kind"].isin(["figure"]), [name for name in READ if name in facts.columns]]
    if figures.empty:
        return figures
    figures = place_totals(figures)
    figures = figures[
        (figures["status"] == "active") & (figures["modality"] == "asserted") & figures["value_low"].notna()
        & column(figures, "asserted_by").notna() & column(figures, "place").notna()
        & column(figures, "scope").isin(REPLACEABLE) & column(figures, "trend").isna()
    ]  # fmt: skip
    when = column(figures, "as_of").combine_first(column(figures, "published"))
    figures = figures.assign(when=when, day=pd.to_datetime(when, errors="coerce", format="ISO8601"))
    figures = figures[figures["day"].notna()]
    figures = figures.assign(series=_series(figures))
    figures = figures.assign(when=_first_told(figures)).sort_values(
        ["series", "when", "published", "start"], kind="stable"
    )
    return figures.assign(step=figures.groupby(["series", "when"], sort=False).ngroup())


def _first_told(figures: pd.DataFrame) -> pd.Series:
    """The day up to which each figure counts; of one that does not say so, the day on which its number was first printed: a copy
    or a reprint replaces nothing.
    """
    first = figures.groupby(["series", "value_low"])["when"].transform("min")
    return figures["when"].where(column(figures, "as_of").notna(), first)


def _series(figures: pd.DataFrame) -> pd.Series:
    unit = column(figures, "unit").where(~figures["measure"].isin(PEOPLE), "person")
    # An incident is told by its place and day; on which of the two days an update counts from does not matter.
    keyed = pd.DataFrame({name: column(figures, name) for name in KEY}).assign(unit=unit)
    numbers = {"value_low": figures["value_low"], "date": figures["when"]}
    aligned = align_starts(
        keyed.assign(**numbers), tuple(name for name in KEY if name not in ("period_start", "scope"))
    )
    keyed = keyed.assign(period_start=aligned.where(column(figures, "scope") == "cumulative", None)).fillna("")
    return keyed.astype(str).groupby(list(KEY), sort=False).ngroup()


def _near(ordered: pd.DataFrame) -> pd.Series:
    """Whether the next figure of the series is of the same incident; of a running total it always is."""
    gap = (ordered["day"].shift(-1) - ordered["day"]).dt.days
    fits = ordered["value_low"].shift(-1) >= ordered["value_low"] * LEAST_SHARE
    return (ordered["scope"] == "cumulative") | ((gap <= INCIDENT_DAYS) & fits)
