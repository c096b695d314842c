"""Humanitarian indicators: how many displaced, in need, how many hospitals work; of what; as of when; by whose count.

Takes the facts frame of `known.load_facts` and gives frames. Which figure is which indicator stands in `indicators.yml`, with its
HXL tag. What is expected of a situation report and reported by nobody is listed too.
"""

from functools import cache
from itertools import islice
from pathlib import Path
from typing import Any

import pandas as pd
import yaml

from analysis.claims import gather
from analysis.claims.figures import prepare_figures
from analysis.claims.words import say_day, say_share, say_unit
from analysis.topics.casualties import say_claims, say_report, say_standings
from analysis.topics.implied import find_implied_totals
from analysis.topics.selection import live

__all__ = [
    "find_implied_totals", "list_missing_indicators", "load_indicators", "pick_key_figures", "select", "statement_around",
    "tabulate_indicators",
]  # fmt: skip
INDICATORS = Path(__file__).with_name("indicators.yml")
# Of what is said of a count of things so many words stand in its key figure.
QUOTED_WORDS = 12


@cache
def load_indicators() -> list[dict[str, Any]]:
    """The indicators of `indicators.yml`, in order."""
    return yaml.safe_load(INDICATORS.read_text(encoding="utf-8"))


def select(facts: pd.DataFrame) -> pd.DataFrame:
    """The figures that are humanitarian indicators, prepared for comparison, with `indicator` (its key)."""
    figures = prepare_figures(facts)
    found = pd.Series(None, figures.index, dtype=object)
    for entry in load_indicators():
        found = found.where(found.notna() | ~_fits(figures, entry), entry["key"])
    return figures.assign(indicator=found)[found.notna()]


def _fits(figures: pd.DataFrame, entry: dict[str, Any]) -> pd.Series:
    fits = figures["measure"].isin(entry["measures"])
    if "units" in entry:
        words = "|".join(entry["units"])
        fits &= figures["unit"].fillna(figures["text"]).str.lower().str.contains(words)
    if "populations" in entry:
        fits &= figures["population"].isin(entry["populations"])
    return fits


def tabulate_indicators(facts: pd.DataFrame) -> pd.DataFrame:
    """One row a claim: `indicator` (label), `claim`, `unit`, `of` (denominator), `place`, `source`, `as_of`, `published`,
    `caveat`, `standing`, `hxl`, `value`, `facts`; in the order of `indicators.yml`.
    """
    figures = select(facts)
    claims = gather.gather_claims(figures)
    entries = {entry["key"]: (place, entry) for place, entry in enumerate(load_indicators())}
    kinds = figures.drop_duplicates("fact_id").set_index("fact_id")["indicator"]
    keys = [kinds[ids[0]] for ids in claims["facts"]]
    table = pd.DataFrame({
        "indicator": [entries[key][1]["label"] for key in keys],
        "claim": _say_claims(claims, facts), "unit": claims["unit"], "of": claims["denominator"],
        "place": claims["place"], "source": claims["source"], "as_of": claims["as_of"], "published": claims["published"],
        "caveat": claims["caveat"], "standing": say_standings(claims),
        "hxl": [entries[key][1]["hxl"] for key in keys], "value": claims["value_low"], "facts": claims["facts"],
        "order": [entries[key][0] for key in keys],
    })  # fmt: skip
    return table.sort_values("order", kind="stable").drop(columns="order").reset_index(drop=True)


def _say_claims(claims: pd.DataFrame, facts: pd.DataFrame) -> list[str]:
    shares = (claims["measure"] == "share") & claims["unit"].isin(["percent", "%"]) & claims["value_low"].notna()
    return [say_share(said) if share else said for said, share in zip(say_claims(claims, facts), shares, strict=True)]


def list_missing_indicators(facts: pd.DataFrame) -> pd.DataFrame:
    """Expected indicators that nobody reported: `indicator`, `label`, `hxl`, `text` ("not reported in this period")."""
    reported = set(select(facts)["indicator"])
    missing = [entry for entry in load_indicators() if entry["expected"] and entry["key"] not in reported]
    rows = [(entry["key"], entry["label"], entry["hxl"], "not reported in this period") for entry in missing]
    return pd.DataFrame(rows, columns=["indicator", "label", "hxl", "text"])


def pick_key_figures(facts: pd.DataFrame, most: int = 4) -> list[dict[str, Any]]:
    """The largest standing claims on people, then facilities: `label`, `value`, `attribution`, `as_of`, `facts`.

    A number without a place says what its report is about; without that it is left out. "Two hospitals" tells nothing: a count of
    things stands with what is said of them, or not at all.
    """
    table = tabulate_indicators(facts)
    standing = table[(table["standing"] == "standing") & table["value"].notna() & (table["hxl"] != "#indicator+pct")]
    standing = standing.assign(people=[_counts_people(tag) for tag in standing["hxl"]])
    ordered = standing.sort_values(["people", "value"], ascending=False, kind="stable").drop_duplicates(
        ["indicator", "place"]
    )
    told = (_describe_key_figure(row, facts) for row in ordered.itertuples())
    return list(islice((figure for figure in told if figure), most))


def _describe_key_figure(row: Any, facts: pd.DataFrame) -> dict[str, Any] | None:
    where = f" in {row.place}" if isinstance(row.place, str) else say_report(facts, row.facts)
    words = "" if row.people else say_of_things(facts, row.facts[0])
    if where is None or words is None:
        return None
    return {
        "label": row.indicator + where,
        "value": row.claim if row.people else f"{row.claim} {say_unit(row.unit, row.value)}".strip(),
        "attribution": words + row.source + _say_published(row.as_of, row.published),
        "as_of": row.as_of if isinstance(row.as_of, str) else None,
        "facts": row.facts,
    }


def say_of_things(facts: pd.DataFrame, fact_id: str) -> str | None:
    """What is said of some things counted, quoted from the shortest statement around their number; None where nobody says anything.

    From the number on where words follow it, else the statement's end with the number.
    """
    number = facts[facts["fact_id"] == fact_id].iloc[0]
    said = statement_around(facts, number)
    if said is None:
        return None
    after = said["text"][number["start"] - said["start"] :].split()
    counted = len(str(number["text"]).split())
    if len(after) > counted:
        words = " ".join(after[:QUOTED_WORDS]) + (" …" if len(after) > QUOTED_WORDS else "")
    else:
        whole = said["text"].split()
        words = ("… " if len(whole) > QUOTED_WORDS else "") + " ".join(whole[-QUOTED_WORDS:])
    return f"“{words.strip(' ,;.“”')}”, "


def statement_around(facts: pd.DataFrame, number: Any) -> dict[str, Any] | None:
    """The shortest live statement of a named speaker that holds a figure (a row of the facts) and more words than that."""
    rows = facts[facts["kind"].isin(["statement"]) & (facts["doc_id"] == number["doc_id"])]
    rows = live(rows[(rows["start"] <= number["start"]) & (rows["end"] >= number["end"]) & rows["speaker"].notna()])
    wider = rows.assign(length=rows["end"] - rows["start"])
    wider = wider[wider["length"] > number["end"] - number["start"]]
    return None if wider.empty else wider.sort_values("length", kind="stable").iloc[0].to_dict()


def _say_published(as_of: object, published: object) -> str:
    """When a number was published, where it does not state its own day."""
    return "" if isinstance(as_of, str) or not isinstance(published, str) else f", published {say_day(published)}"


def _counts_people(tag: str) -> bool:
    return tag.startswith(("#affected", "#inneed"))
