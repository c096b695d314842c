"""Numbers that their own sentence calls former ones: "23 people were killed; the ministry had first counted 20", "2,000, not 900 as
reported earlier".

They were said, and are said no longer: beside another number for the same harm in the same document they are superseded.
"""

import re
from pathlib import Path

import pandas as pd
import yaml

from analysis.revisions.status import ACTIVE, put_values
from analysis.topics.selection import column

WORDS: dict[str, list[str]] = yaml.safe_load((Path(__file__).parent / "former.yml").read_text(encoding="utf-8"))
MEASURES = ("killed", "injured", "missing", "killed_or_missing", "displaced", "detained", "hostages")
# What tells counts of one document apart; a former number is one of the same.
SAME = ["doc_id", "measure", "population"]
REACH = 60  # characters from a cue to its number
_ENDS = re.compile(r"[.;] |\n|\d")
WHY = "its own document calls it an earlier count"


def set_former(facts: pd.DataFrame, documents: pd.DataFrame) -> pd.DataFrame:
    """The facts with such figures set to `superseded`; `documents` have `doc_id` and `text`."""
    figures = facts.loc[
        facts["kind"].isin(["figure"]) & facts["measure"].isin(MEASURES) & facts["status"].eq(ACTIVE),
        ["fact_id", "start", "end", "value_low", *SAME],
    ].assign(trend=column(facts, "trend"))
    figures = figures[figures["value_low"].notna() & figures["trend"].isna()]
    several = figures.groupby(SAME, dropna=False)["value_low"].transform("nunique") > 1
    texts = dict(zip(documents["doc_id"], documents["text"], strict=True))
    asked = figures[several & figures["doc_id"].isin(list(texts))]
    spans = zip(asked["doc_id"], asked["start"], asked["end"], strict=True)
    former = [name for name, span in zip(asked["fact_id"], spans, strict=True) if is_former(texts[span[0]], *span[1:])]
    if not former:
        return facts
    left = asked[~asked["fact_id"].isin(former)]
    replaced = asked["fact_id"].isin(former) & _keys(asked).isin(set(_keys(left)))
    gone = facts["fact_id"].isin(asked.loc[replaced, "fact_id"])
    return put_values(facts, gone, {"status": "superseded", "status_why": WHY})


def _keys(figures: pd.DataFrame) -> pd.Series:
    return figures[SAME].fillna("").astype(str).agg("|".join, axis=1)


def is_former(text: str, start: int, end: int) -> bool:
    """Whether the words around an offset call the number there an earlier one.

    >>> is_former("It had first counted 20 dead.", 21, 28), is_former("not 900 as reported earlier", 4, 7)
    (True, True)
    >>> is_former("It had first counted 20 dead. Now 23 are.", 34, 36)
    False
    """
    before, after = text[max(0, start - REACH) : start].lower(), text[end : end + REACH].lower()
    clause, rest = _last_clause(before), _first_clause(after)
    return (
        any(words in clause for words in WORDS["before"])
        or any(before.endswith(words) for words in WORDS["right_before"])
        or any(words in rest for words in WORDS["after"])
    )


def _last_clause(text: str) -> str:
    """The end of a text from its last clause, or its last number, on: a cue before another number is that one's."""
    return _ENDS.split(text)[-1]


def _first_clause(text: str) -> str:
    return _ENDS.split(text)[0]
