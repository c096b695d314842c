"""The columns that say whether a fact still stands, and how they are set.

`status` is active, superseded, corrected, retracted or disputed (for a term it is the term's own, such as `proposed`, until the
term is set aside); `status_why`, `status_by`, `status_date` say on whose word; `supersedes` is the id that a fact replaces;
`review` is auto, accepted, edited or rejected.
"""

from collections.abc import Iterable

import pandas as pd

from analysis.topics.selection import column

STATUS_COLUMNS = ("status", "status_why", "status_by", "status_date", "supersedes", "review")
ACTIVE = "active"


def with_status(facts: pd.DataFrame) -> pd.DataFrame:
    """The facts with all STATUS_COLUMNS, as yet untouched: active (a term keeps its own status), reviewed by nobody."""
    status = column(facts, "status")
    review = column(facts, "review")
    plain = {name: column(facts, name) for name in STATUS_COLUMNS}
    return facts.assign(**plain).assign(
        status=status.where(status.notna(), ACTIVE), review=review.where(review.notna(), "auto")
    )


def set_status(
    facts: pd.DataFrame, ids: Iterable[str], status: str, why: str, by: str, date: str | None
) -> pd.DataFrame:
    """The facts with some of them set to a status; those already corrected or retracted keep the first reason."""
    chosen = facts["fact_id"].isin(list(ids)) & ~facts["status"].isin(["corrected", "retracted"])
    facts = facts.copy()
    facts.loc[chosen, ["status", "status_why", "status_by", "status_date"]] = [status, why, by, date]
    return facts
