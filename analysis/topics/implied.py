"""Counts that stand beside their share, and the whole that the two imply, set beside the population that a person recorded."""

from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import yaml

from analysis.claims.figures import prepare_figures
from analysis.claims.gather import LOWER_BOUNDS, UPPER_BOUNDS
from analysis.claims.words import say_number, say_share, say_value
from analysis.topics.populations import Population, find_population, load_populations

# A share stands beside its count: "1.7 million people, 80% of the population".
NEAR = 60
PEOPLE = ("displaced", "people_in_need", "killed", "injured", "other")
THINGS = frozenset(yaml.safe_load(Path(__file__).with_name("things.yml").read_text(encoding="utf-8"))["things"])


def find_implied_totals(facts: pd.DataFrame, root: Path | None = None) -> pd.DataFrame:
    """Counts that stand beside their share, and the whole that the two imply: 1.7 million = 80% implies 2.1 million.

    One row a pair: `place`, `source`, `count`, `share`, `implied`, `implied_low`, `implied_high` (what rounding of the two
    leaves open), `population`, `population_source` (of `seeds/hand/populations.yml`, missing where it has none), `agrees`
    (None without one), `text`, `facts`.
    """
    figures = select_pairs(prepare_figures(facts))
    known = load_populations(root) if root is not None else []
    rows = [_imply(pair, find_population(known, pair)) for pair in figures.to_dict("records")]
    columns = [
        "place", "source", "count", "share", "implied", "implied_low", "implied_high", "population", "population_source",
        "agrees", "text", "facts",
    ]  # fmt: skip
    return pd.DataFrame(rows, columns=columns)


def select_pairs(figures: pd.DataFrame) -> pd.DataFrame:
    """Shares with the count that they restate: the nearest one that ends at most NEAR characters before the share begins."""
    columns = [
        "doc_id",
        "start",
        "end",
        "value_low",
        "place",
        "unit",
        "fact_id",
        "source",
        "operator",
        "as_of",
        "published",
    ]
    numbered = figures[figures["value_low"].notna()]
    shares = numbered[(numbered["measure"] == "share") & numbered["value_low"].between(0, 100, inclusive="right")]
    shares = shares[~(shares["denominator"].fillna("").map(_last_word).isin(THINGS))]
    # A bare number ("put it at 134 and said 60% ...") counts nobody knows what.
    of_people = numbered["measure"].isin(PEOPLE) & ~(numbered["measure"].eq("other") & numbered["unit"].isna())
    counts = numbered[of_people & (numbered["value_low"] > 100)]
    shares = shares[columns].sort_values("start", kind="stable")
    counts = counts[columns].assign(start=counts["end"]).sort_values("start", kind="stable")
    pairs = pd.merge_asof(shares, counts, on="start", by="doc_id", tolerance=NEAR, suffixes=("_share", ""))
    return pairs[pairs["fact_id"].notna()]


def _last_word(words: str) -> str:
    return words.lower().split()[-1] if words.split() else ""


def _imply(pair: dict[str, Any], population: Population | None) -> dict[str, Any]:
    """One pair, with the whole that it implies and the population in hand beside it."""
    count, share = pair["value_low"], pair["value_low_share"]
    low = (count - _half_step(count)) / (share + _half_step(share)) * 100
    high = (count + _half_step(count)) / (share - _half_step(share)) * 100
    # A share that is a bound bounds the whole from the other side: "more than a third" of at most three times as many.
    operator = pair["operator_share"]
    fewer, more = operator in LOWER_BOUNDS, operator in UPPER_BOUNDS
    low, high = 0.0 if fewer else low, np.inf if more else high
    agrees = None if population is None else bool(low <= population.population <= high)
    stated = say_share(say_value(share, share, operator))
    size = "less than about" if fewer else "more than about" if more else "about"
    said = f"{say_number(count)} as {stated} implies a whole of {size} {say_number(_round_whole(count / share * 100))}"
    if population is not None:
        verb = "agrees with" if agrees else "does not agree with"
        said += f", which {verb} {say_number(population.population)} ({population.source})"
    return {
        "place": pair["place"] or (population.place if population else None), "source": pair["source"], "count": count,
        "share": share, "implied": count / share * 100, "implied_low": low, "implied_high": high,
        "population": population.population if population else np.nan,
        "population_source": population.source if population else None, "agrees": agrees, "text": said,
        "facts": [pair["fact_id"], pair["fact_id_share"]],
    }  # fmt: skip


def _round_whole(number: float) -> float:
    """A computed whole to two digits: it is no better known than the share."""
    digits = 1 - int(np.floor(np.log10(number)))
    return round(number, digits)


def _half_step(number: float) -> float:
    """Half of the step to which a number seems rounded: 50,000 for 1.7 million, half a point for 80%."""
    if number <= 100:
        return 0.5
    step = 1.0
    while number % (step * 10) == 0:
        step *= 10
    return step / 2
