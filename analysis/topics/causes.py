"""What set off what, according to whom: sentences that join two happenings by a word of cause or of order in time.

Only what a document says in one sentence counts. "Came after" is an order in time and no cause; the table keeps the two apart.
"""

import re
from pathlib import Path

import pandas as pd
import yaml

from analysis.extract.boundaries import dateline_ends
from analysis.topics.selection import live, of_kind, originators, table_of

CONNECTIVES: dict[str, dict] = {
    entry["words"]: entry
    for entry in yaml.safe_load((Path(__file__).parent / "causes.yml").read_text(encoding="utf-8"))
}
COLUMNS = (
    "cause",
    "effect",
    "relation",
    "words",
    "sentence",
    "according_to",
    "publisher",
    "published",
    "doc_id",
    "facts",
)
# What is read of an event: a frame of every column, cut by document, took minutes for ten thousand documents.
_READ = ["doc_id", "fact_id", "start", "end", "who", "publisher", "published"]
# Longest first, so that "triggered by" is not read as "triggered".
_JOINT = re.compile(
    r"\b(?:" + "|".join(re.escape(words) for words in sorted(CONNECTIVES, key=len, reverse=True)) + r")\b", re.I
)
_SENTENCE_END = re.compile(r"[.!?][”\"’']?\s|\n")
_ABBREVIATION = re.compile(r"\b(?:[A-Z]|[A-Z]\.[A-Z]|Mr|Mrs|Ms|Dr|Gen|Lt|Col|Sgt|St|No|vs)$")


def triggers(facts: pd.DataFrame, documents: pd.DataFrame) -> pd.DataFrame:
    """One row a joining word with an event fact on at least one side of it in the same sentence.

    `documents` has `doc_id` and `text`. `cause` and `effect` are the words of the clause on either side; `facts` the events in
    them; `according_to` whoever the event is attributed to, else the publisher.
    """
    events = live(of_kind(facts, "event"))
    if events.empty or documents.empty:
        return table_of([], COLUMNS)
    events = events.assign(who=originators(events))
    held = documents.drop_duplicates("doc_id")
    texts = {
        name: text for name, text in zip(held["doc_id"], held["text"].astype(str), strict=True) if _JOINT.search(text)
    }
    told: dict[str, list[dict]] = {}
    for event in events.loc[events["doc_id"].isin(list(texts)), events.columns.intersection(_READ)].to_dict("records"):
        told.setdefault(event["doc_id"], []).append(event)
    return table_of([row for name, rows in told.items() for row in _document_triggers(texts[name], rows)], COLUMNS)


def _document_triggers(text: str, events: list[dict]) -> list[dict]:
    rows = []
    for joint in _JOINT.finditer(text):
        start, end = sentence_bounds(text, joint.start(), joint.end())
        start = max([start, *(at for at in dateline_ends(text) if at <= joint.start())])
        before = [event for event in events if start <= event["start"] and event["end"] <= joint.start()]
        after = [event for event in events if joint.end() <= event["start"] and event["end"] <= end]
        if before or after:
            rows.append(_trigger_row(text, (start, joint.start(), joint.end(), end), before, after))
    return rows


def sentence_bounds(text: str, start: int, end: int) -> tuple[int, int]:
    """Offsets of the sentence around a span; a full stop after an initial or an abbreviation ends none.

    >>> sentence_bounds("It rained. The U.S. raid led to talks. Then calm.", 24, 30)
    (11, 38)
    """
    first = max(
        (m.end() for m in _SENTENCE_END.finditer(text, max(0, start - 1000), start) if _ends(text, m)), default=None
    )
    last = next((m.start() + 1 for m in _SENTENCE_END.finditer(text, end) if _ends(text, m)), len(text))
    return (max(0, start - 1000) if first is None else first), last


def _ends(text: str, match: re.Match) -> bool:
    return match.group()[0] != "." or _ABBREVIATION.search(text[max(0, match.start() - 5) : match.start()]) is None


def _trigger_row(text: str, bounds: tuple[int, int, int, int], before: list[dict], after: list[dict]) -> dict:
    start, left_end, right_start, end = bounds
    connective = CONNECTIVES[text[left_end:right_start].lower()]
    left, right = _tidy(text[start:left_end]), _tidy(_clause(text[right_start:end]))
    if not right:  # "Following the raid, ..." opens the sentence: the effect stands after the comma
        right = _tidy(text[right_start:end])
    if not left:
        right, left = (
            _tidy(_clause(text[right_start:end])),
            _tidy(text[right_start + len(_clause(text[right_start:end])) : end]),
        )
    cause, effect = (left, right) if connective["cause_first"] else (right, left)
    events = [*before, *after]
    return {
        "cause": cause, "effect": effect, "relation": connective["relation"], "words": connective["words"],
        "sentence": text[start:end].strip(), "according_to": events[0]["who"], "publisher": events[0].get("publisher"),
        "published": events[0]["published"], "doc_id": events[0]["doc_id"],
        "facts": tuple(dict.fromkeys(event["fact_id"] for event in events)),
    }  # fmt: skip


def _clause(text: str) -> str:
    """Up to the first comma or semicolon that is not part of a number or a date."""
    end = re.search(r"[,;](?!\s?\d)", text)
    return text[: end.start()] if end else text


def _tidy(text: str) -> str:
    return text.strip(" ,;.\n“”\"'")
