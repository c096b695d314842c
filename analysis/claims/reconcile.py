"""What can be said of a number that several sources give: a range by a named rule, never an average.

The rules (names after Every Casualty's standards):

- `range_only`: the lowest and the highest standing claim; no best figure.
- `latest`: best is the claim with the latest date.
- `majority`: best is the number that most sources give; none where two numbers tie.
- `source_hierarchy`: best is the claim of the source that stands highest in a list; without a list, by reliability A-F.
- `most_conservative`: best is the lowest claim.

Low and high are the same under every rule. Claims that count different things are never put in one range.
"""

from collections.abc import Sequence

import numpy as np
import pandas as pd

from analysis.claims.gather import SAME_COUNT
from analysis.claims.groups import collect_lists, count_distinct, first_rows, spread_lists
from analysis.claims.words import join_words, say_day
from analysis.errors import UsageError

RULES = ("range_only", "latest", "majority", "source_hierarchy", "most_conservative")
# A running total that old beside a newer one of another source counts other days, not other dead.
COMPARABLE_DAYS = 7
DESCRIBED = ("event_id", "place", "measure", "population", "victims", "unit", "scope", "basis", "period_start", "trend")


def reconcile(claims: pd.DataFrame, rule: str = "range_only", hierarchy: Sequence[str] = ()) -> pd.DataFrame:
    """One row for each set of comparable claims, from the frame of `gather_claims`.

    Columns: `count` (as in claims), what is counted (DESCRIBED), `place_key`, `low`, `best`, `high`, `open_high` (somebody
    says "at least"), `operator` (where all claims share one), `rule`, `claims` and `sources` (how many), `best_source`,
    `date_from`, `date_to`, `facts` (standing claims), `best_facts`, `left_out` (facts superseded, stale, outdated or not
    claimed). `best` is missing where the rule settles none.
    """
    if rule not in RULES:
        raise UsageError(f"rule: {rule!r} is no rule of reconciliation; choose one of {', '.join(RULES)}")
    stands = select_standing(claims)
    standing = claims[stands]
    codes, numbers = pd.factorize(standing["count"], sort=True)
    index = pd.Index(numbers, name="count")
    ranges = pd.DataFrame({name: _find_first(standing[name], codes, index) for name in (*DESCRIBED, "place_key")})
    counts = standing[["low", "high"]].groupby(codes)
    ranges["low"], ranges["high"] = counts["low"].min().to_numpy(), counts["high"].max().to_numpy()
    ranges["open_high"] = _is_open(standing, codes, ranges["high"].to_numpy())
    same = count_distinct(standing["operator"], codes) == 1
    ranges["operator"] = _find_first(standing["operator"], codes, index).where(same, None)
    ranges["rule"], ranges["claims"] = rule, np.bincount(codes, minlength=len(index))
    ranges["sources"] = count_distinct(standing["source"], codes)
    ranges["date_from"], ranges["date_to"] = _find_dates(standing["date"], codes, len(index))
    best = pick_best(standing, rule, hierarchy).reindex(ranges.index)
    ranges["best"], ranges["best_source"] = best["low"], best["source"]
    ranges["facts"] = _gather_facts(standing, index)
    ranges["best_facts"] = [value if isinstance(value, list) else [] for value in best["facts"]]
    ranges["left_out"] = _gather_facts(claims[~stands], index)
    return ranges.reset_index()


def _find_first(values: pd.Series, codes: np.ndarray, index: pd.Index) -> pd.Series:
    """The first value of each count that is not missing."""
    rows = first_rows(codes, values.notna().to_numpy(), len(index))
    found = values.reset_index(drop=True).reindex(rows).set_axis(index)
    return found.where(rows >= 0, None) if found.dtype == object else found


def _find_dates(dates: pd.Series, codes: np.ndarray, count: int) -> tuple[np.ndarray, np.ndarray]:
    """The first and the last date of each count's claims."""
    ranks, days = pd.factorize(dates, sort=True)
    known = ranks >= 0
    spans = pd.Series(ranks[known]).groupby(codes[known]).agg(["min", "max"]).reindex(range(count), fill_value=-1)
    values = np.array([*days, np.nan], dtype=object)  # where no claim has a date: the last one
    return values[spans["min"]], values[spans["max"]]


def select_standing(claims: pd.DataFrame) -> pd.Series:
    """Whether a claim enters its range: claimed, numbered, neither superseded nor stale, and of the same days as the newest."""
    standing = claims["claimed"] & ~claims["superseded"] & ~claims["stale"] & claims["low"].notna()
    days = pd.to_datetime(claims["date"], errors="coerce", format="ISO8601", utc=True)
    newest = days.where(standing).groupby(claims["count"]).transform("max")
    outdated = (claims["scope"] == "cumulative") & ((newest - days).dt.days > COMPARABLE_DAYS)
    return standing & ~outdated


def pick_best(standing: pd.DataFrame, rule: str, hierarchy: Sequence[str] = ()) -> pd.DataFrame:
    """For each count, the claim that the rule prefers: `low`, `source`, `facts`; no row where it settles none."""
    if rule == "range_only":
        return standing.iloc[:0].set_index("count")[["low", "source", "facts"]]
    if rule == "majority":
        standing = _find_majority(standing)
    elif rule == "source_hierarchy":
        standing = standing.assign(rank=rank_sources(standing, hierarchy)).sort_values("rank", kind="stable")
    elif rule == "most_conservative":
        standing = standing.sort_values("low", kind="stable")
    else:
        standing = standing.sort_values(["date", "published"], ascending=False, kind="stable", na_position="last")
    return standing.drop_duplicates("count").set_index("count")[["low", "source", "facts"]]


def _find_majority(standing: pd.DataFrame) -> pd.DataFrame:
    """The claims of each count's most frequent number; none where two numbers have equally many sources."""
    votes = standing.groupby(["count", "low"])["source"].nunique().rename("votes").reset_index()
    most = votes["votes"] == votes.groupby("count")["votes"].transform("max")
    won = votes[most].drop_duplicates("count", keep=False)
    return standing.merge(won[["count", "low"]], on=["count", "low"])


def rank_sources(standing: pd.DataFrame, hierarchy: Sequence[str] = ()) -> pd.Series:
    """Lower is better: the place in `hierarchy`, then reliability A to F, then recency (the last in order of date)."""
    places = {name: place for place, name in enumerate(hierarchy)}
    by_list = standing["source"].map(places).fillna(len(places))
    letters = standing["reliability"].map({letter: place for place, letter in enumerate("ABCDEF")}).fillna(6)
    recency = pd.Series(np.arange(len(standing))[::-1] / (len(standing) + 1), standing.index)
    return by_list * 10 + letters + recency


def _is_open(standing: pd.DataFrame, codes: np.ndarray, highs: np.ndarray) -> np.ndarray:
    """Whether the highest claim of each count is itself a lower bound, so that the range has no known upper end."""
    opened = np.zeros(len(highs), dtype=bool)
    opened[codes[standing["open_high"].to_numpy(dtype=bool) & (standing["high"].to_numpy() == highs[codes])]] = True
    return opened


def _gather_facts(claims: pd.DataFrame, index: pd.Index) -> list[list[str]]:
    """The fact ids of the claims of each count, in the order of `index`."""
    ids, codes = spread_lists(claims["facts"], index.get_indexer(claims["count"]))
    lists = collect_lists(ids[codes >= 0], codes[codes >= 0])
    return lists + [[] for _ in range(len(index) - len(lists))]


def list_not_comparable(claims: pd.DataFrame) -> pd.DataFrame:
    """Pairs of counts about one event, or one place, that must stay apart, with the reason.

    Columns: `event_id`, `place`, `first`, `second` (numbers of counts), `differs` (list of SAME_COUNT names), `facts`, `text`
    ("not comparable: A counts ..., B counts ...").
    """
    confusable = claims["measure"].isin(COUNTED_TOGETHER) & claims["scope"].isin(["incident", "cumulative"])
    standing = claims[select_standing(claims) & confusable]
    counts = standing.drop_duplicates("count")
    keys = ["event_id", "place_group", "population", "victims"]
    pairs = counts.merge(counts, on=[*keys, "scope"], suffixes=("", "_other"))
    pairs = pairs[(pairs["count"] < pairs["count_other"])]
    rows = [_describe_pair(pair, standing) for pair in pairs.to_dict("records")]
    return pd.DataFrame(rows, columns=["event_id", "place", "first", "second", "differs", "facts", "text"])


# Measures that readers take for one another; killed beside injured confuses nobody.
COUNTED_TOGETHER = ("killed", "killed_or_missing")
_DIFFERENCES = ("measure", "basis", "window_start")


def _describe_pair(pair: dict, standing: pd.DataFrame) -> dict:
    differs = [name for name in _DIFFERENCES if pair[name] != pair[f"{name}_other"]]
    first, second = (standing[standing["count"] == pair[name]] for name in ("count", "count_other"))
    said = [_say_who_counts(part) for part in (first, second)]
    return {
        "event_id": pair["event_id"], "place": pair["place"], "first": pair["count"], "second": pair["count_other"],
        "differs": [name for name in differs if name in SAME_COUNT],
        "facts": [fact for part in (first, second) for facts in part["facts"] for fact in facts],
        "text": f"not comparable: {said[0]}, but {said[1]}",
    }  # fmt: skip


def _say_who_counts(claims: pd.DataFrame) -> str:
    sources = claims["source"].drop_duplicates().tolist()
    return f"{join_words(sources)} {'counts' if len(sources) == 1 else 'count'} {describe_count(claims.iloc[0])}"


COUNTED_AS = {
    "reported_total": "", "identified": "identified by name, ", "verified": "verified one by one, ", "estimate": "by estimate, "
}  # fmt: skip


def describe_count(claim: pd.Series) -> str:
    """What a claim counts, in words: "killed or missing, verified one by one, since 8 October 2023"."""
    since = f"since {say_day(claim['window_start'])}, " if isinstance(claim["window_start"], str) else ""
    what = claim["measure"].replace("_", " ")
    return f"{what}, {COUNTED_AS.get(claim['basis'], '')}{since}".rstrip(", ")
