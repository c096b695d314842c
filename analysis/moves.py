"""Numbers that moved past a threshold between two editions, each with a sentence why.

What is compared is the range of a count (place or event, measure, population, basis, scope): its low and its high, as the earlier
edition could know them and as the later one can.
"""

from types import SimpleNamespace

import pandas as pd

from analysis.claims.changed import select_changed
from analysis.claims.figures import WITHDRAWN
from analysis.claims.gather import gather_claims
from analysis.claims.reconcile import reconcile
from analysis.claims.words import say_range, say_value
from analysis.topics import casualties
from analysis.topics.selection import column, is_missing, joined_ids
from analysis.wording.figures import with_article
from analysis.wording.phrases import names_words, text_of

# A range moved when its low or its high changed by at least this share.
THRESHOLD = 0.05
KEY = ("event_id", "place_key", "measure", "population", "victims", "basis", "scope", "period_start")

NUMBERS = ("value_low", "value_high", "operator")
# What is asked of the facts behind a range.
READ = ("fact_id", "asserted_by", "publisher", "status", "status_why")
# An incident that could not be told apart by town and day may be of any day: only counts of one day are the same count.
UNDATED_SCOPES = ("incident", "new_in_period")


Named = dict[str, dict]


def find_moves(earlier: pd.DataFrame, later: pd.DataFrame, threshold: float | None = None) -> list[dict]:
    """One dict a moved range, in the shape of `editions.compare`, the largest move first."""
    limit = THRESHOLD if threshold is None else threshold
    moved = [(_moved_by(a, b), a, b) for a, b in _paired_ranges(earlier, later)]
    moved = sorted((move for move in moved if 0 < move[0] >= limit), key=lambda move: -move[0])
    told = {name for _, a, b in moved for name in (*a["facts"], *b["facts"])}
    before, after = (_facts_by_id(facts, told) for facts in (earlier, later))
    rows = [_move_row(a, b, before, after) for _, a, b in moved]
    return rows + _replaced(earlier, later, limit, told)


def _replaced(earlier: pd.DataFrame, later: pd.DataFrame, limit: float, told: set[str]) -> list[dict]:
    """Moves of counts that no two ranges pair, as their words differ ("900 dead", then "2,000 dead since 26 January"): a count that
    the same originator has replaced since.
    """
    replacing = later["measure"].isin(casualties.MEASURES) & column(later, "supersedes").notna()
    news = later.loc[replacing, ["fact_id", "supersedes", *NUMBERS, "measure", "place", "population", "asserted_by"]]
    news = news[news["value_low"].notna() & ~news["fact_id"].isin(told)]
    if news.empty or not len(earlier):
        return []
    old = earlier.loc[earlier["fact_id"].isin(set(news["supersedes"]) - told), ["fact_id", "status", *NUMBERS]]
    old = old[old["status"].eq("active") & old["value_low"].notna()]
    pairs = news.merge(old, left_on="supersedes", right_on="fact_id", suffixes=("", "_old"))
    pairs = pairs[[_share(a, b) >= limit for a, b in zip(pairs["value_low_old"], pairs["value_low"], strict=True)]]
    return [_replaced_row(row) for row in pairs.to_dict("records")]


def _replaced_row(row: dict) -> dict:
    previous, current = (
        say_value(row[f"value_low{k}"], row[f"value_high{k}"], row[f"operator{k}"]) for k in ("_old", "")
    )
    place = row["place"] if isinstance(row["place"], str) else None
    what = casualties.MEASURE_WORDS[row["measure"]]
    if row["population"] not in ("all", None):
        what = f"{str(row['population']).replace('_', ' ').capitalize()} {what.lower()}"
    who = with_article(str(row["asserted_by"]))
    return {
        "kind": "moved", "fact_kind": "figure", "previous": previous, "current": current, "place": place,
        "text": f"{what}{f' in {place}' if place else ''}: was {previous}, is now {current}, as counted by {who}.",
        "why": f"a later count by {who}", "facts": joined_ids([row["fact_id_old"]], [row["fact_id"]]),
    }  # fmt: skip


def _facts_by_id(facts: pd.DataFrame, names: set[str]) -> Named:
    chosen = facts.loc[facts["fact_id"].isin(names), [name for name in READ if name in facts.columns]]
    return {row["fact_id"]: row for row in chosen.drop_duplicates("fact_id").to_dict("records")}


def _moved_by(before: dict, after: dict) -> float:
    """By which share of its earlier number the low or the high of a range changed, the larger of the two."""
    return max(_share(before["low"], after["low"]), _share(before["high"], after["high"]))


def _share(before: float, after: float) -> float:
    """The change as a share of the earlier number; from zero any change is whole.

    >>> _share(100, 105), _share(0, 3), _share(0, 0)
    (0.05, 1.0, 0.0)
    """
    if before == after:
        return 0.0
    return abs(after - before) / abs(before) if before else 1.0


def _paired_ranges(earlier: pd.DataFrame, later: pd.DataFrame) -> list[tuple[dict, dict]]:
    """The ranges of counts that both editions have and that can differ."""
    if not len(earlier) or not len(later):
        return []
    figures = select_changed(casualties.select_figures(earlier), casualties.select_figures(later))
    ranges = [casualties.word_ranges(reconcile(gather_claims(side))) for side in figures]
    before, after = ({_key(row): row for row in side.to_dict("records")} for side in ranges)
    # Two numbers without place or event may be of two countries.
    known = [key for key in before if key in after and any(key[KEY.index(name)] for name in ("event_id", "place_key"))]
    return [(before[key], after[key]) for key in known]


def _key(row: dict) -> tuple:
    key = tuple(None if is_missing(row.get(name)) else row[name] for name in KEY)
    loose = key[KEY.index("event_id")] is None and key[KEY.index("scope")] in UNDATED_SCOPES
    return (*key, row.get("date_from") if loose else None)


def _move_row(a: dict, b: dict, before: Named, after: Named) -> dict:
    previous, current = (say_range(row["low"], row["high"], bool(row["open_high"])) for row in (a, b))
    # The words of the count, not those of either edition: its day may differ.
    label = casualties.label_range(SimpleNamespace(**b))
    return {
        "kind": "moved", "fact_kind": "figure", "previous": previous, "current": current, "place": b.get("place"),
        "text": f"{label}: was {previous}, is now {current}, as counted by {_name_all(_sources(b, after))}.",
        "why": _reason(a, b, before, after), "facts": joined_ids(a["facts"], b["facts"]),
    }  # fmt: skip


def _sources(row: dict, facts: Named) -> list[str]:
    """Whose counts a range holds: the originators; where it names none, the publishers."""
    known = [facts[name] for name in row["facts"] if name in facts]
    for name in ("asserted_by", "publisher"):
        if named := list(dict.fromkeys(filter(None, (text_of(fact, name) for fact in known)))):
            return [one for one in named if not _is_end_of_another(one, named)]
    return ["sources not named"]


def _is_end_of_another(name: str, names: list[str]) -> bool:
    """Whether a headline's "officials" are the "Palestinian officials" named below it."""
    return any(other.lower().endswith(f" {name.lower()}") for other in names)


def _name_all(names: list[str]) -> str:
    return names_words([with_article(name) for name in names])


def _reason(a: dict, b: dict, before: Named, after: Named) -> str:
    """Why a range moved: a correction, an originator not heard before, a later count, or counts no longer comparable."""
    dropped = [name for name in a["facts"] if name not in set(b["facts"])]
    known = [after[name] for name in dropped if name in after]
    set_aside = next((fact for fact in known if fact["status"] in WITHDRAWN), None)
    if set_aside:
        return f"a count was {set_aside['status']}: {set_aside['status_why']}"
    heard = _sources(a, before)
    strangers = [name for name in _sources(b, after) if name not in heard]
    if strangers:
        return f"{_name_all(strangers)} had not been heard on this count before"
    if any(fact["status"] == "superseded" for fact in known) or set(b["facts"]) - set(a["facts"]):
        counters = _sources(b, after)
        return f"{'a later count' if len(counters) == 1 else 'later counts'} by {_name_all(counters)}"
    return "some counts of the earlier edition are too old to be set beside newer ones"
