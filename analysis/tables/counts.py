"""Tables of figures: claims, ranges, indicators, and what changed."""

import pandas as pd

from analysis.tables.words import capitalise, quote


def claims(table: pd.DataFrame, most: int | None = None) -> pd.DataFrame:
    """Of `casualties.tabulate_claims`: who says how many, of whom, where, since when, with the caveat as printed."""
    rows = table[table["standing"] == "standing"] if "standing" in table else table
    rows = rows if most is None else rows.head(most)
    return pd.DataFrame({
        "Claim": rows["measure"] + ": " + rows["claim"] + _of_whom(rows) + rows["caveat"].map(_in_brackets),
        "Place": rows["place"], "According to": rows["source"], "Counts": rows["window"], "As of": rows["as_of"],
        "facts": rows["facts"],
    })  # fmt: skip


def _in_brackets(caveat: str | None) -> str:
    """A caveat after its claim: few claims have one, so that a column of its own would stand empty."""
    return f" ({quote(caveat)})" if caveat else ""


def _of_whom(rows: pd.DataFrame) -> pd.Series:
    """Who is counted, after a number and where it is not everybody: " soldiers"."""
    who = rows["who"].fillna("all").str.replace("_", " ")
    who = who.replace({"civilian": "civilians", "combatant": "combatants", "press": "journalists"})
    return (" " + who).where((who != "all") & rows["claim"].str.contains(r"\d"), "")


def ranges(table: pd.DataFrame) -> pd.DataFrame:
    """Of `casualties.build_ranges`: the range, how many claims and sources stand behind it."""
    return pd.DataFrame({
        "Counted": table["measure"].map(capitalise), "Who": table["population"].map(capitalise), "Place": table["place"],
        "Range": table["says"], "Window": table["window"], "Claims": table["claims"], "Sources": table["sources"],
        "facts": table["facts"],
    })  # fmt: skip


def indicators(table: pd.DataFrame, most: int | None = None) -> pd.DataFrame:
    """Of `humanitarian.tabulate_indicators`: claim, share of what, place, source, date; at most `most`."""
    table = table if most is None else _foremost(table, most)
    return pd.DataFrame({
        "Indicator": table["indicator"], "Claim": _with_whole(table), "Place": table["place"],
        "According to": table["source"], "As of": table["as_of"], "Caveat": table["caveat"].map(quote),
        "facts": table["facts"],
    })  # fmt: skip


def _foremost(table: pd.DataFrame, most: int) -> pd.DataFrame:
    """Standing claims, those with a number first, kept in the order of the indicators."""
    standing = table[table["standing"] == "standing"]
    return standing.loc[standing["value"].isna().sort_values(kind="stable").index[:most].sort_values()]


def _with_whole(table: pd.DataFrame) -> pd.Series:
    """Claims, a share with what it is a share of: "80% of population"."""
    return table["claim"].where(
        table["of"].isna(), table["claim"].astype(str) + " of " + table["of"].fillna("").astype(str)
    )


def implied_totals(table: pd.DataFrame) -> pd.DataFrame:
    """Of `humanitarian.find_implied_totals`: count and share, the whole that both imply, the population on record."""
    return pd.DataFrame({
        "Place": table["place"], "According to": table["source"], "Finding": table["text"].map(capitalise),
        "facts": table["facts"],
    })  # fmt: skip


def changes(table: pd.DataFrame, most: int | None = None) -> pd.DataFrame:
    """Of `editions.compare`: what changed, in words, with the reason."""
    rows = table if most is None else table.head(most)
    return pd.DataFrame({"What": rows["text"], "Why": rows.get("why"), "facts": rows["facts"].map(list)})
