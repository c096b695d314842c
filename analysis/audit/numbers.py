"""Checks of numbers: what contradicts itself, does not add up, falls, differs from its parts, or is printed late."""

import pandas as pd

from analysis.audit.evidence import Evidence
from analysis.audit.findings import interleave, make_findings
from analysis.claims.groups import group_codes
from analysis.claims.match import TELLING_NUMBER
from analysis.claims.words import join_words, say_day, say_number, say_value


def find_impossible_shares(evidence: Evidence) -> pd.DataFrame:
    """Shares of a whole above 100%."""
    figures = evidence.figures
    shares = figures[(figures["measure"] == "share") & (figures["unit"] == "percent") & figures["trend"].isna()]
    over = shares[(shares["value_high"] > 100) & shares["denominator"].notna()]
    return make_findings((f"{say_number(row.value_high)}% of a whole", [row.fact_id]) for row in over.itertuples())


def find_contradictions(evidence: Evidence) -> pd.DataFrame:
    """Two different exact numbers of one source for the same thing, day and publication."""
    claims = evidence.claims
    exact = claims[claims["claimed"] & ~claims["superseded"] & ~claims["stale"] & (claims["operator"] == "eq")]
    exact = exact[exact["low"].notna() & exact["asserted_by"].notna() & exact["trend"].isna()]
    codes = pd.Series(group_codes(exact, ["count", "source", "date", "published"]), exact.index)
    several = exact[codes.groupby(codes).transform("size") > 1]
    return make_findings(
        (
            f"{group['source'].iloc[0]} is quoted with {join_words([say_number(value) for value in group['low']])} "
            f"{_say_counted(group.iloc[0])} on {say_day(group['published'].iloc[0])}{_say_reports(group)}",
            interleave(*group["facts"]),
        )
        for _, group in several.groupby(codes, sort=True)
    )


def _say_reports(group: pd.DataFrame) -> str:
    """Of numbers that no document holds together: reports of one day do not say which of two counts is the later one."""
    shared = set.intersection(*(set(documents) for documents in group["documents"]))
    return "" if shared else ", in reports that do not say which count is the later one"


def _say_counted(claim: pd.Series) -> str:
    where = f" in {claim['place']}" if isinstance(claim["place"], str) else ""
    return claim["measure"].replace("_", " ") + where


def find_large_parts(evidence: Evidence) -> pd.DataFrame:
    """More children, women, civilians ... killed than all killed, by one source about one event or window and day."""
    claims = evidence.claims[
        evidence.claims["claimed"] & evidence.claims["low"].notna() & ~evidence.claims["superseded"]
    ]
    keys = ["event_id", "place_group", "source", "measure", "scope", "basis", "window_start", "window_end"]
    whole = claims[(claims["population"] == "all") & (claims["victims"] == "all")]
    parts = claims.drop(whole.index)
    pairs = parts.merge(whole, on=keys, suffixes=("", "_all"))
    large = pairs[(pairs["low"] > pairs["high_all"]) & ~pairs["open_high_all"]]
    return make_findings(
        (
            f"{row.source} gives {say_number(row.low)} {_say_part(row)} {row.measure.replace('_', ' ')} of "
            f"{say_number(row.high_all)} in all",
            [*row.facts, *row.facts_all],
        )
        for row in large.itertuples()
    )


def _say_part(row) -> str:
    return row.population.replace("_", " ") if row.population != "all" else row.victims + "s"


def find_wrong_shares(evidence: Evidence) -> pd.DataFrame:
    """Counts and shares that imply another population than the one in hand."""
    wrong = evidence.implied[evidence.implied["agrees"].eq(False)]
    return make_findings((row.text, row.facts) for row in wrong.itertuples())


def find_falls(evidence: Evidence) -> pd.DataFrame:
    """Running totals that fall: a correction that should be announced, or a mistake."""
    fallen = evidence.totals[evidence.totals["falls"]]
    return make_findings(
        (
            f"the total of {row.source} for {_say_place(row)} falls by {say_number(-row.step)} to {say_number(row.low)} "
            f"on {say_day(row.date)}",
            [*(row.previous_facts or []), *row.facts],
        )
        for row in fallen.itertuples()
    )


def _say_place(row) -> str:
    return row.place if isinstance(row.place, str) else "an unnamed place"


def find_deltas(evidence: Evidence) -> pd.DataFrame:
    """Numbers called new that are not the change of the same source's total from the day before."""
    wrong = evidence.totals[evidence.totals["disagrees"]]
    return make_findings(
        (
            f"{row.source} calls {say_number(row.reported_new)} {row.measure.replace('_', ' ')} new on {say_day(row.date)}, "
            f"but its total rises by {say_number(row.step)}",
            [*(row.previous_facts or []), *row.facts, *row.new_facts],
        )
        for row in wrong.itertuples()
    )


def find_stale_figures(evidence: Evidence) -> pd.DataFrame:
    """Totals printed when the same source had already given a newer one."""
    stale = evidence.claims[evidence.claims["stale"]]
    return make_findings(
        (
            f"prints the total of {say_day(row.same_as)} ({say_value(row.low, row.high, row.operator)}) on "
            f"{say_day(row.published)}; {row.source} had given {say_number(row.newer_low)}",
            [*row.facts, *row.newer_facts],
        )
        for row in stale.itertuples()
    )


def find_swaps(evidence: Evidence) -> pd.DataFrame:
    """A number told as killed that another report of the event tells as injured, and that report's killed differ."""
    claims = evidence.claims[evidence.claims["claimed"] & evidence.claims["event_id"].notna()]
    claims = claims[claims["low"] >= TELLING_NUMBER]
    killed, injured = (claims[claims["measure"] == measure] for measure in ("killed", "injured"))
    swapped = killed.merge(injured, on=["event_id", "low"], suffixes=("", "_injured"))
    swapped = swapped[[set(row.documents).isdisjoint(row.documents_injured) for row in swapped.itertuples()]]
    return make_findings(
        (
            f"{say_number(row.low)} are killed in one report and injured in another",
            interleave(row.facts, row.facts_injured),
        )
        for row in swapped.itertuples()
    )


def find_merged_fates(evidence: Evidence) -> pd.DataFrame:
    """A number told as killed that the same source gave as killed or missing."""
    claims = evidence.claims[evidence.claims["claimed"] & evidence.claims["event_id"].notna()]
    killed, either = (claims[claims["measure"] == measure] for measure in ("killed", "killed_or_missing"))
    merged = killed.merge(either, on=["event_id", "source", "low"], suffixes=("", "_either"))
    return make_findings(
        (
            f"{say_number(row.low)} are killed in one report; {row.source} said killed or missing",
            interleave(row.facts, row.facts_either),
        )
        for row in merged.itertuples()
    )
