"""What happened, in the few words that a drawing has room for: who, what, to whom."""

import re
from typing import Any

import pandas as pd

from analysis.wording.phrases import WORDS, text_of

LABELS: dict[str, Any] = WORDS["event_labels"]
# A name has a capital and no digit; a number or a noun taken for the actor of a report is none.
NAME = re.compile(r"[^\W\d_]*[A-Z][^\d]*")
NO_NAMES = frozenset([*LABELS["numbers"], *LABELS["pronouns"]])
LONGEST_TARGET = 40  # characters


def label_events(events: pd.DataFrame) -> pd.DataFrame:
    """A chronology with `text` as labels say it; the same label in one place on one day stands once, with the facts of all."""
    if events.empty:
        return events
    told = events.assign(text=[event_label(row) for row in events.to_dict("records")])
    key = told[["text", "place", "date_start", "date_end"]].fillna("").astype(str).agg("|".join, axis=1)
    facts = told.groupby(key)["facts"].agg(lambda lists: [name for ids in lists for name in ids])
    first = ~key.duplicated()
    return told[first].assign(facts=facts.reindex(key[first]).to_numpy())


def event_label(row: dict[str, Any]) -> str:
    """A label for a row of the chronology.

    >>> event_label({"event_type": "killing", "target": "Hassan Nasrallah", "actor": "Israel", "text": "killed"})
    'Hassan Nasrallah killed'
    >>> event_label({"event_type": "attack", "actor": "Hamas", "target": "Israel", "text": "assault"})
    'Hamas: attack on Israel'
    """
    kind, actor, target = str(row["event_type"]), _name(text_of(row, "actor")), _target(text_of(row, "target"))
    noun = WORDS["events"].get(kind, [kind.replace("_", " ")])[0]
    if kind in LABELS["passive"]:
        words = f"{target} {LABELS['passive'][kind]}" if target else noun
        return _capital(words)
    if kind in LABELS["beginning"] and not text_of(row, "date_end"):
        words = LABELS["beginning"][kind]
    elif kind in LABELS["joint"] and target:
        words = f"{noun} {LABELS['joint'][kind]} {target}"
    else:
        words = f"{noun}, {target}" if kind in LABELS["about"] and target and target != noun else noun
    return f"{actor}: {words}" if actor else _capital(words)


def _name(actor: str | None) -> str | None:
    return actor if actor and NAME.fullmatch(actor) and actor.lower() not in NO_NAMES else None


def _target(target: str | None) -> str | None:
    if not target or target in LABELS["days"] or len(target) > LONGEST_TARGET:
        return None
    if target.split()[0].lower() in LABELS["numbers"]:
        target = target[0].lower() + target[1:]  # "Five paramedics": the capital is that of a sentence
    return f"{target} people" if target.replace(",", "").isdigit() else target


def _capital(words: str) -> str:
    return words[:1].upper() + words[1:]
