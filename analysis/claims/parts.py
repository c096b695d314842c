"""Parts of a toll that are counted by a noun of their own: "five people were killed, four of them farm workers".

Beside the whole they would look like a second opinion on it. They become a population of their own, as children and soldiers are.
"""

import pandas as pd

from analysis.claims.words import say_unit
from analysis.extract.gazetteer import load_gazetteer

# Nouns for whoever was harmed: they count the whole.
WHOLE = (
    "person", "people", "body", "corpse", "victim", "casualty", "fatality", "death", "dead", "life", "soul", "civilian",
    "remains", "other", "thousand", "resident", "individual", "human", "inhabitant", "citizen",
)  # fmt: skip
MEASURES = ("killed", "injured", "missing", "killed_or_missing")
NEAR = 250  # characters between a whole and its parts


def mark_parts(figures: pd.DataFrame) -> pd.DataFrame:
    """The figures, the `population` of such parts set to their noun in the plural."""
    counted = figures["measure"].isin(MEASURES) & figures["value_low"].notna()
    units = pd.Series(figures["unit"].unique()).dropna()
    nouns = units[~units.isin(WHOLE) & ~units.str.lower().isin(load_gazetteer().demonyms)]  # "20 Israelis" are people
    own = counted & figures["unit"].isin(nouns) & figures["population"].fillna("all").eq("all")
    if not own.any():
        return figures
    whole = figures.loc[counted & figures["unit"].isin(WHOLE), ["doc_id", "measure", "start", "value_low"]]
    pairs = figures.loc[own, ["fact_id", "doc_id", "measure", "start", "value_low"]].merge(
        whole, on=["doc_id", "measure"]
    )
    near = (pairs["start_x"] - pairs["start_y"]).abs() <= NEAR
    parts = own & figures["fact_id"].isin(pairs.loc[near & (pairs["value_low_x"] < pairs["value_low_y"]), "fact_id"])
    plurals = figures.loc[parts, "unit"].map(lambda unit: say_unit(unit, 2))
    return figures.assign(population=figures["population"].where(~parts, plurals))
