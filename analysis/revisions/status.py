"""The columns that say whether a fact still stands, and how they are set.

`status` is active, superseded, corrected, retracted or disputed (for a term it is the term's own, such as `proposed`, until the
term is set aside; `term_status` keeps that); `status_why`, `status_by`, `status_date` say on whose word; `supersedes` is the id
that a fact replaces; `review` is auto, accepted, edited or rejected.
"""

from collections.abc import Iterable, Mapping

import pandas as pd

from analysis.topics.selection import TERM_STATUSES, column

STATUS_COLUMNS = ("status", "status_why", "status_by", "status_date", "supersedes", "review")
ACTIVE = "active"


def with_status(facts: pd.DataFrame) -> pd.DataFrame:
    """The facts with all STATUS_COLUMNS, as yet untouched: active (a term keeps its own status), reviewed by nobody."""
    plain = {name: column(facts, name) for name in STATUS_COLUMNS}
    status, review = plain["status"], plain["review"]
    own = status.where(status.isin(TERM_STATUSES), None)
    plain |= {"status": status.where(status.notna(), ACTIVE), "review": review.where(review.notna(), "auto")}
    return facts.assign(**plain, term_status=own)


def put_values(facts: pd.DataFrame, chosen: pd.Series, values: Mapping[str, object]) -> pd.DataFrame:
    """The facts with some columns set in the chosen rows (a mask). All other columns are shared, not copied."""
    columns = {name: facts[name].astype(object).where(~chosen, value) for name, value in values.items()}
    return facts.assign(**columns)


def set_status(
    facts: pd.DataFrame, ids: Iterable[str], status: str, why: str, by: str, date: str | None
) -> pd.DataFrame:
    """The facts with some of them set to a status; those already corrected or retracted keep the first reason."""
    chosen = facts["fact_id"].isin(list(ids)) & ~facts["status"].isin(["corrected", "retracted"])
    return put_values(facts, chosen, {"status": status, "status_why": why, "status_by": by, "status_date": date})
