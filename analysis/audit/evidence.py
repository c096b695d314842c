"""What the checks look at, computed once for all of them."""

from dataclasses import dataclass
from pathlib import Path

import pandas as pd

from analysis.claims import copies, gather, match, series
from analysis.claims.figures import prepare_figures, stands
from analysis.topics import casualties, implied


@dataclass(frozen=True)
class Evidence:
    """The facts that stand, and the frames made of them (see the modules named)."""

    facts: pd.DataFrame  # those that stand
    figures: pd.DataFrame  # claims.figures
    claims: pd.DataFrame  # claims.gather, casualties only
    totals: pd.DataFrame  # claims.series
    implied: pd.DataFrame  # topics.humanitarian, counts beside shares
    copies: pd.DataFrame  # claims.copies
    reference: pd.DataFrame | None  # topics.casualties.compare_reference


def gather_evidence(
    facts: pd.DataFrame, root: Path | None, documents: pd.DataFrame | None, reference: pd.DataFrame | None
) -> Evidence:
    """The evidence of a facts frame; events are matched here where they were not yet."""
    standing = facts[stands(facts)].reset_index(drop=True)
    if "event_id" not in standing or standing["event_id"].isna().all():
        standing = match.assign_events(standing)
    figures = prepare_figures(standing)
    casualty = figures[figures["measure"].isin(casualties.MEASURES)]
    texts = copies.join_facts(standing) if documents is None else documents
    return Evidence(
        facts=standing, figures=figures, claims=gather.gather_claims(casualty),
        totals=series.build_series(casualty), implied=implied.find_implied_totals(standing, root),
        copies=copies.find_copies(texts[texts["doc_id"].isin(standing["doc_id"])]), reference=reference,
    )  # fmt: skip
