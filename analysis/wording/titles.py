"""Titles that state the finding, and the source line under a chart; composed from the frame that is drawn."""

from collections.abc import Iterable

import pandas as pd

from analysis.claims.figures import PRINTED
from analysis.claims.words import say_day, say_value
from analysis.publish.blocks import TITLE_WORDS
from analysis.topics.selection import column
from analysis.wording.agreement import agree
from analysis.wording.figures import source_words, with_article
from analysis.wording.phrases import count_words, names_words

MEASURES = {"killed": "killed", "injured": "injured", "missing": "missing", "killed_or_missing": "killed or missing"}


def fit(*titles: str) -> str:
    """The first of some titles, the fullest first, that has few enough words; else the last one cut.

    >>> fit("one " * 16, "A short one")
    'A short one'
    """
    fitting = next((title for title in titles if len(title.split()) <= TITLE_WORDS), None)
    return fitting or " ".join(titles[-1].split()[:TITLE_WORDS])


def claims_title(claims: pd.DataFrame) -> str:
    """Which standing claim is the highest, and whose it is."""
    standing = claims[claims["claimed"] & ~claims["superseded"] & claims["low"].notna()]
    if standing.empty:
        return "No casualty figure stands"
    killed = standing[standing["measure"] == "killed"]
    top = (killed if len(killed) else standing).sort_values("high", kind="stable").iloc[-1]
    number = say_value(top["value_low"], top["value_high"], top["operator"], "")
    source = str(top["source"])
    who = source.removeprefix(PRINTED)
    verb = agree("prints" if source.startswith(PRINTED) else "counts", who)
    who = source_words(who) if who.startswith("unknown") else with_article(who)
    where = f" in {top['place']}" if isinstance(top["place"], str) else ""
    counted = f"{number} {MEASURES.get(top['measure'], top['measure'])}{where}"
    return fit(f"{who[:1].upper()}{who[1:]} {verb} {counted}", f"Highest count: {counted}")


def series_title(totals: pd.DataFrame) -> str:
    """How far the longest running total rose."""
    if totals.empty:
        return "No running total was reported"
    placed = totals[totals["place"].notna()]
    shown = placed if len(placed) else totals
    longest = shown[shown["series"] == shown["series"].value_counts().sort_index().idxmax()]
    first, last = longest.iloc[0], longest.iloc[-1]
    where = last["place"] if isinstance(last["place"], str) else "a place not stated"
    if len(longest) == 1:
        return f"The total for {where} stands at {last['low']:,.0f}; no earlier total is held"
    return fit(
        f"The total for {where} went from {first['low']:,.0f} to {last['low']:,.0f} by {say_day(last['date'])}",
        f"{where}: total at {last['low']:,.0f} on {say_day(last['date'])}",
    )


def coverage_title(coverage: pd.DataFrame) -> str:
    """How many documents of how many publishers on how many days."""
    if coverage.empty:
        return "No dated document"
    documents = count_words(int(coverage["documents"].sum()), "document")
    publishers = count_words(coverage["publisher"].nunique(), "publisher")
    days = count_words(coverage["day"].nunique(), "day")
    return f"{documents[:1].upper()}{documents[1:]} of {publishers} on {days}"


def timeline_title(events: pd.DataFrame) -> str:
    """From when to when dated events reach."""
    dated = events.dropna(subset=["date_start"])
    if dated.empty:
        return "No event is dated"
    first, last = dated["date_start"].min(), dated["date_start"].max()
    counted = count_words(len(dated), "dated event")
    if first == last:
        return f"{counted[:1].upper()}{counted[1:]}, on {say_day(first)}"
    return fit(f"{counted[:1].upper()}{counted[1:]}, {say_day(first)} to {say_day(last)}")


def source_line(facts: pd.DataFrame, ids: Iterable) -> str:
    """ "Source: PUBLISHER, published DATE. Data to DATE." for the facts of a chart (ids, or lists of ids)."""
    wanted = {name for item in ids for name in ([item] if isinstance(item, str) else item)}
    rows = facts[facts["fact_id"].isin(wanted)]
    if rows.empty:
        return "Source: no document."
    publishers = names_words(sorted(set(rows["publisher"].dropna())), most=4)
    days = sorted(day[:10] for day in rows["published"].dropna())
    if not days:
        return f"Source: {publishers}; day of publication not known."
    when = say_day(days[0]) if days[0] == days[-1] else f"{say_day(days[0])} to {say_day(days[-1])}"
    return f"Source: {publishers}, published {when}. Data to {say_day(_newest_data(rows) or days[-1])}."


def _newest_data(rows: pd.DataFrame) -> str | None:
    """The newest day that a fact speaks of: its own, else that of its report; never a day after the last report."""
    own = pd.Series(None, rows.index, dtype=object)
    for name in ("as_of", "date_end", "date_start", "published"):
        own = own.combine_first(column(rows, name))
    published = column(rows, "published").dropna()
    newest = max((str(day)[:10] for day in own.dropna()), default=None)
    return min(newest, max(str(day)[:10] for day in published)) if newest and len(published) else newest


def rule_note(rule: str) -> str:
    """The named rule in a sentence."""
    meanings = {
        "range_only": "lowest to highest claim; no best estimate is chosen",
        "latest": "the newest claim is the best estimate",
        "majority": "the number that most originators state is the best estimate",
        "source_hierarchy": "the claim of the most reliable source is the best estimate",
        "most_conservative": "the lowest claim is the best estimate",
    }
    return f"Rule: {rule} ({meanings.get(rule, 'see the method')})."
