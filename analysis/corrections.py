"""Which facts still stand: printed notices, later figures and human decisions put into effect, in this order.

facts = corrections.settle_facts(facts, documents, decisions)   # called once by `settled.settle`
corrections.list_corrections(facts)                       # what was set aside, when, on whose word
corrections.list_notices(facts, documents)                # the notices found, matched or not
"""

from pathlib import Path

import pandas as pd

from analysis.claims.words import say_value
from analysis.revisions.decisions import Decision, apply_decisions_to
from analysis.revisions.effects import apply_effects, find_effects
from analysis.revisions.former import set_former
from analysis.revisions.notices import Notice, find_notices
from analysis.revisions.persons import unify_persons
from analysis.revisions.status import with_status
from analysis.revisions.supersession import supersede
from analysis.topics.selection import column, is_missing, table_of

COLUMNS = ("date", "status", "kind", "text", "place", "publisher", "replaced_by", "now", "why", "by", "facts")
# Kinds of facts that a reader can be misled by; a withdrawn mention of a place is not worth a line.
LISTED = ("figure", "statement", "event", "term")
NOTICE_COLUMNS = ("published", "kind", "publisher", "doc", "text", "matched", "unmatched", "facts")


def settle_facts(
    facts: pd.DataFrame, documents: pd.DataFrame | None = None, decisions: list[Decision] | None = None
) -> pd.DataFrame:
    """The facts with status, supersession, review: numbers that `documents` (with `text`) call former ones, their notices, then
    supersession, then decisions.
    """
    settled = unify_persons(with_status(facts))
    if settled.empty:
        return settled
    if documents is not None and len(documents):
        settled = set_former(settled, documents)
        settled = apply_effects(settled, find_effects(settled, _heeded(find_notices(documents), decisions or [])))
    return apply_decisions_to(supersede(settled), decisions or [])


def _heeded(notices: list[Notice], decisions: list[Decision]) -> list[Notice]:
    ignored = {decision.notice for decision in decisions if decision.action == "ignore_notice"}
    return [notice for notice in notices if not {notice.doc, Path(notice.doc).name, notice.doc_id} & ignored]


def list_notices(facts: pd.DataFrame, documents: pd.DataFrame) -> pd.DataFrame:
    """One row a notice found in the documents: whether it was matched, to which facts, or why not."""
    effects = find_effects(facts, find_notices(documents)) if len(facts) else []
    return table_of(
        ({**vars(effect.notice), "matched": bool(effect.facts), "unmatched": effect.unmatched or None, "facts": effect.facts}
         for effect in effects), NOTICE_COLUMNS,
    )  # fmt: skip


def list_corrections(facts: pd.DataFrame) -> pd.DataFrame:
    """One row a fact that was corrected, retracted, disputed or rejected, newest first; superseded figures are no corrections."""
    aside = column(facts, "status").isin(["corrected", "retracted", "disputed"]) | (
        column(facts, "review") == "rejected"
    )
    aside &= facts["kind"].isin(LISTED)
    successors = (
        facts[column(facts, "supersedes").notna()].drop_duplicates("supersedes", keep="last").set_index("supersedes")
    )
    rows = [_correction_row(row, successors) for row in facts[aside].to_dict("records")]
    rows.sort(key=lambda row: row["date"] or "", reverse=True)
    return table_of(rows, COLUMNS)


def _correction_row(row: dict, successors: pd.DataFrame) -> dict:
    known = row["fact_id"] in successors.index
    after = successors.loc[row["fact_id"]] if known else None
    return {
        "date": row.get("status_date"), "status": "rejected" if row.get("review") == "rejected" else row["status"],
        "kind": row["kind"], "text": row["text"], "place": row.get("place"), "publisher": row.get("publisher"),
        "replaced_by": None if after is None else after["fact_id"], "now": None if after is None else _value(after.to_dict()),
        "why": row.get("status_why"), "by": row.get("status_by"),
        "facts": (row["fact_id"],) if after is None else (row["fact_id"], after["fact_id"]),
    }  # fmt: skip


def _value(row: dict) -> str:
    """The number that now stands, or the words where there is none."""
    low, high = row.get("value_low"), row.get("value_high")
    if is_missing(low):
        return str(row["text"])
    return say_value(low, high, row.get("operator"))
