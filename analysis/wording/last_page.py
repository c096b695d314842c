"""What the last page of a briefing says: the outlook's two sides, what changed, where it all comes from, what was corrected."""

from typing import Any

import pandas as pd

from analysis.claims.words import say_day
from analysis.corrections import list_corrections
from analysis.prose import Sentence
from analysis.wording.changes import change_sentence
from analysis.wording.leads import changes_lead
from analysis.wording.outlook import Outlook
from analysis.wording.phrases import count_words, join_words, list_of, quoted, sentence, text_of

MOST_SAID = 3  # sentences on each side of an outlook, the weightiest
MOST_CHANGES = 5  # changes told in full; all stand in the briefing on changes
MOST_PUBLISHERS = 8
TOGETHER = ["date", "status", "why", "now"]  # what one notice or decision set aside is told in one sentence
TOLD = ("moved", "retracted", "corrected", "superseded")


def outlook_sides(outlook: Outlook) -> list[list[str | Sentence]]:
    """What speaks for a track's outlook, what against it, what would change it, how past ceasefires did: points, each named."""
    sides = {"For:": outlook.evidence_for, "Against:": outlook.evidence_against,
             "What would change it:": outlook.would_change, "Past ceasefires:": outlook.past}  # fmt: skip
    return [[name, *said[:MOST_SAID]] for name, said in sides.items() if said]


def change_points(changes: pd.DataFrame, earlier: str | None, as_of: str) -> list[Sentence]:
    """How much changed since the last edition; then each change of what was already reported, moved figures first."""
    found = changes_lead(changes, earlier, as_of)
    rows = changes[changes["kind"].isin(TOLD)].to_dict("records") if len(changes) else []
    left = len(rows) - MOST_CHANGES
    found += [change_sentence(row) for row in rows[:MOST_CHANGES]]
    return [*found, sentence(f"{count_words(left, 'more change')}: see the briefing on changes")] if left > 0 else found


def source_point(documents: pd.DataFrame) -> Sentence:
    """Who published the documents, and how many each."""
    held = documents["publisher"].dropna().value_counts().sort_index(kind="stable")
    held = held.sort_values(ascending=False, kind="stable")
    if held.empty:
        return sentence("the publisher of no document is known")
    named = [f"{name} ({count})" for name, count in held.head(MOST_PUBLISHERS).items()]
    others = len(held) - MOST_PUBLISHERS
    return sentence(
        f"documents by publisher: {join_words([*named, *([count_words(others, 'other')] if others > 0 else [])])}"
    )


def correction_points(facts: pd.DataFrame, most: int = MOST_CHANGES) -> list[Sentence]:
    """Each figure, statement or event that was corrected, withdrawn or disputed, newest first, on whose word."""
    aside = list_corrections(facts)
    rows = [group.to_dict("records") for _, group in aside.groupby(TOGETHER, sort=False, dropna=False)]
    found = [_correction(group) for group in rows[:most]]
    left = len(rows) - most
    found += [sentence(f"{count_words(left, 'more correction')}: see the briefing on changes")] if left > 0 else []
    return found or [sentence("corrections: no fact known at this cut-off was corrected or withdrawn")]


def _correction(rows: list[dict[str, Any]]) -> Sentence:
    """What one notice or decision set aside."""
    first = rows[0]
    day = say_day(text_of(first, "date"))
    now = f", now {first['now']}" if text_of(first, "now") else ""
    why = f" ({first['why']})" if text_of(first, "why") else ""
    left = f" and {count_words(len(rows) - MOST_SAID, 'other passage')}" if len(rows) > MOST_SAID else ""
    said = [part for row in rows[:MOST_SAID] for part in (", ", quoted(row["text"], list_of(row, "facts")))][1:]
    return sentence(f"{first['status']}{f' on {day}' if day else ''}{why}: ", *said, f"{left}{now}")
