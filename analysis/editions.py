"""Two editions compared fact by fact: what is new, superseded, corrected, retracted, and which number moved past its threshold.

    editions.compare(earlier_facts, later_facts)               # two frames of `known.load_facts`
    editions.compare_days(root, "2024-10-30", "2024-10-31")    # the same by day: what `briefing diff A B` prints

An edition is what was known at the end of its day; both frames are made by the same code, so that a difference is one of facts.
"""

from pathlib import Path

import numpy as np
import pandas as pd

from analysis.claims.words import say_day
from analysis.known import load_facts
from analysis.moves import find_moves
from analysis.pairs import NEWS, Pairs, pair_facts
from analysis.prose import Sentence
from analysis.topics.positions import label_of
from analysis.topics.selection import column, days, groups, is_missing, joined_ids, table_of
from analysis.topics.stances import stance_matter
from analysis.wording.figures import figure_sentence, source_words
from analysis.wording.labels import event_label
from analysis.wording.phrases import list_of, quoted, sentence, text_of
from analysis.wording.talks import stance_sentence

COLUMNS = (
    "kind",
    "fact_kind",
    "text",
    "why",
    "previous",
    "current",
    "place",
    "according_to",
    "published",
    "facts",
    "gone",
)
# From what must be read first to what may be skipped.
ORDER = ("moved", "retracted", "corrected", "superseded", "new")
KIND_ORDER = ("figure", "term", "statement", "event")
SET_ASIDE = {"superseded": "superseded", "corrected": "corrected", "retracted": "retracted"}
OTHER = "other"  # the measure of a count that is of none of the known ones
INFORMS = "informs"  # the stance of a statement that takes no side


def compare_days(root: Path, earlier: str, later: str, threshold: float | None = None) -> pd.DataFrame:
    """What changed between the editions of two days (ISO): the frame of `compare`."""
    return compare(load_facts(earlier, root=root), load_facts(later, root=root), threshold)


def previous_day(facts: pd.DataFrame, as_of: str) -> str | None:
    """The last day before `as_of` on which a document was published: the edition to compare with by default."""
    earlier = [day for day in days(facts).dropna().unique() if day < as_of[:10]]
    return max(earlier, default=None)


def compare(earlier: pd.DataFrame, later: pd.DataFrame, threshold: float | None = None) -> pd.DataFrame:
    """One row a change, the weightiest first: `kind` (moved, retracted, corrected, superseded, new), `text`, `why`, `facts`.

    `facts` names only facts that the later edition holds, so that each leads to its words; a withdrawn document's are in `gone`.
    `threshold` is the share by which a range must move to be called moved (by default `moves.THRESHOLD`).
    """
    earlier, later = earlier.reset_index(drop=True), later.reset_index(drop=True)
    pairs = pair_facts(earlier, later)
    rows = [*find_moves(earlier, later, threshold), *_set_aside(earlier, later, pairs), *_gone(earlier, later, pairs)]
    mentioned = {name for row in rows if row["kind"] != "moved" for name in row["facts"]}
    rows += [_new(row) for row in _fresh(later, pairs) if row["fact_id"] not in mentioned]
    rows.sort(key=_rank)
    held = later["fact_id"]
    held = set(held[held.isin({name for row in rows for name in row["facts"]})])
    for row in rows:
        row["gone"] = tuple(name for name in row["facts"] if name not in held)
        row["facts"] = tuple(name for name in row["facts"] if name in held)
    return table_of(rows, COLUMNS)


def _stands(facts: pd.DataFrame) -> pd.Series:
    return ~facts["status"].isin(list(SET_ASIDE))


def _fresh(later: pd.DataFrame, pairs: Pairs) -> list[dict]:
    """Later facts without an earlier self that still stand, each as a dict of what its kind of fact tells."""
    fresh = later.take(pairs.fresh)
    bare = fresh["measure"].isin([OTHER]) & column(fresh, "unit").isna()  # "it had given 93": of what, nobody knows
    fresh = fresh[_stands(fresh) & (fresh["review"] != "rejected") & ~bare]
    kinds = (fresh[fresh["kind"] == kind].dropna(axis="columns", how="all") for kind in NEWS)
    return [row for group in kinds for row in group.to_dict("records")]


def _set_aside(earlier: pd.DataFrame, later: pd.DataFrame, pairs: Pairs) -> list[dict]:
    """Facts of the earlier edition that no longer stand, with what replaced them."""
    now = later["status"].take(pairs.after)
    was = earlier["status"].take(pairs.before).to_numpy()
    gone = later.take(np.sort(pairs.after[now.isin(list(SET_ASIDE)).to_numpy() & (was != now.to_numpy())]))
    if gone.empty:
        return []
    replacing = later[column(later, "supersedes").isin(gone["fact_id"]) & later["kind"].isin(NEWS)]
    successors = replacing.drop_duplicates("fact_id").drop_duplicates("supersedes", keep="last").set_index("supersedes")
    return [_aside_row(row, successors) for row in gone.to_dict("records")]


def _aside_row(row: dict, successors: pd.DataFrame) -> dict:
    after = successors.loc[row["fact_id"]].to_dict() if row["fact_id"] in successors.index else None
    name = after["fact_id"] if after and "fact_id" in after else None
    return {
        **_base(row, SET_ASIDE[row["status"]]), "why": text_of(row, "status_why"), "previous": fact_words(row),
        "current": fact_words(after) if after else None,
        "text": fact_words(row) + (f" Now: {fact_words(after)}" if after else ""),
        "facts": joined_ids([row["fact_id"]], [name] if name else ()),
    }  # fmt: skip


def _gone(earlier: pd.DataFrame, later: pd.DataFrame, pairs: Pairs) -> list[dict]:
    """Facts whose document is held no longer, or that a later reading of it does not find."""
    missing = earlier.take(pairs.gone)
    missing = missing[_stands(missing)]
    if missing.empty:
        return []
    held = set(later.loc[later["kind"].isin(NEWS), "doc_id"])
    return [
        {**_base(row, "retracted"), "text": fact_words(row), "previous": fact_words(row), "facts": (row["fact_id"],),
         "why": "a later reading of the document does not find it" if row["doc_id"] in held else "its document was withdrawn"}
        for row in missing.to_dict("records")
    ]  # fmt: skip


def _new(row: dict) -> dict:
    words = fact_words(row)
    return {
        **_base(row, "new"), "text": words, "current": words, "facts": (row["fact_id"],),
        "why": f"reported by {text_of(row, 'publisher') or 'a publisher not known'}",
    }  # fmt: skip


def _base(row: dict, kind: str) -> dict:
    return {
        "kind": kind, "fact_kind": row["kind"], "place": text_of(row, "place"), "published": text_of(row, "published"),
        "according_to": text_of(row, "asserted_by") or text_of(row, "publisher"),
    }  # fmt: skip


def fact_words(row: dict) -> str:
    """A fact as one readable sentence, for any kind."""
    if row["kind"] == "figure":
        return (_quoted_count(row) if row.get("measure") == OTHER else figure_sentence(row)).text
    if row["kind"] == "statement":
        return stance_sentence({**row, **_told_stance(row), "facts": [row["fact_id"]]}).text
    what = event_label(row) if row["kind"] == "event" else label_of(str(row.get("term_type") or row["kind"]))
    parts = [what, f"in {row['place']}" if text_of(row, "place") else "", _dates(row)]
    head = " ".join(part for part in parts if part)
    # One word that triggered an event ("fell") tells no more than its kind.
    bare = row["kind"] == "event" and row["event_type"] != OTHER and " " not in row["text"]
    return f"{head}." if bare else f"{head}: {quoted(row['text']).text}."


def _quoted_count(row: dict) -> Sentence:
    """A count of what no measure knows, in its own words."""
    source = text_of(row, "asserted_by") or text_of(row, "publisher") or "a publisher not known"
    day = say_day(text_of(row, "published"))
    return sentence(
        f"according to {source_words(source)}{f', as reported on {day}' if day else ''}: ", quoted(row["text"])
    )


def _told_stance(row: dict) -> dict:
    """What a statement says of a stance; one that takes no side on a deal is told as what was said."""
    stance = text_of(row, "stance") or INFORMS
    about = stance_matter(row["text"], text_of(row, "condition"), stance) if stance != INFORMS else None
    return {
        "party": text_of(row, "holder") or text_of(row, "speaker"), "words": row["text"], "date": row.get("published"),
        "stance": stance if about else INFORMS, "about": about,
    }  # fmt: skip


def _dates(row: dict) -> str:
    start, end = text_of(row, "date_start"), text_of(row, "date_end")
    if not start:
        return ""
    if not end:
        return f"since {say_day(start)}"
    return f"on {say_day(start)}" if end == start else f"between {say_day(start)} and {say_day(end)}"


def _rank(row: dict) -> tuple:
    kind = KIND_ORDER.index(row["fact_kind"]) if row.get("fact_kind") in KIND_ORDER else len(KIND_ORDER)
    return ORDER.index(row["kind"]), kind, row.get("published") or "", list_of(row, "facts")


def count_changes(changes: pd.DataFrame) -> dict[str, int]:
    """How many changes of each kind, all kinds named."""
    found = {key: len(group) for (key,), group in groups(changes, "kind")} if len(changes) else {}
    return {kind: found.get(kind, 0) for kind in ORDER if not is_missing(kind)}
