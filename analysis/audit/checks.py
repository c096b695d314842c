"""All checks by name, with what each means for publication, and the run over them."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pandas as pd

from analysis.audit import dates, numbers, sourcing
from analysis.audit.evidence import Evidence, gather_evidence
from analysis.audit.findings import quote_passages
from analysis.audit.waivers import apply_waivers, load_waivers

WARN, ERROR = "warn", "error"


@dataclass(frozen=True)
class Check:
    """One named check: a function from the evidence to findings. An `error` stops publication unless waived."""

    name: str
    severity: str
    run: Callable[[Evidence], pd.DataFrame]


# An error is what no reading of the documents can make true; what may be a correction, a rounding or a late print is a warning.
CHECKS = (
    Check("as_of_after_publication", ERROR, dates.find_late_as_of),
    Check("period_reversed", ERROR, dates.find_reversed_periods),
    Check("share_over_whole", ERROR, numbers.find_impossible_shares),
    Check("event_after_publication", WARN, dates.find_future_events),
    Check("weekday_mismatch", WARN, dates.find_wrong_weekdays),
    Check("toll_on_other_day", WARN, dates.find_moved_tolls),
    Check("onset_told_twice", WARN, dates.find_onsets),
    Check("undated_document", WARN, dates.find_undated),
    Check("contradiction", WARN, numbers.find_contradictions),
    Check("part_exceeds_whole", WARN, numbers.find_large_parts),
    Check("share_arithmetic", WARN, numbers.find_wrong_shares),
    Check("total_falls", WARN, numbers.find_falls),
    Check("delta_differs", WARN, numbers.find_deltas),
    Check("stale_figure", WARN, numbers.find_stale_figures),
    Check("killed_wounded_swap", WARN, numbers.find_swaps),
    Check("fate_merged", WARN, numbers.find_merged_fates),
    Check("no_originator", WARN, sourcing.find_unattributed),
    Check("copied_text", WARN, sourcing.find_copied),
    Check("differs_from_reference", WARN, sourcing.find_reference_differences),
)


def run_checks(
    facts: pd.DataFrame, root: Path | None = None, as_of: str | None = None,
    documents: pd.DataFrame | None = None, reference: pd.DataFrame | None = None,
) -> pd.DataFrame:  # fmt: skip
    """All findings: `check`, `severity`, `text`, `facts` (ids), `passages` (their words), `waived` (who, when, why; else None).

    `root` holds `seeds/hand/` (waivers, populations). `documents` (with `doc_id`, `text` ...) makes copies exact; `reference`
    is the frame of `casualties.compare_reference`. Errors come first, then in the order of CHECKS.
    """
    evidence = gather_evidence(facts, root, documents, reference)
    parts = [check.run(evidence).assign(check=check.name, severity=check.severity) for check in CHECKS]
    found = pd.concat([part for part in parts if len(part)] or parts[:1], ignore_index=True)
    found["passages"] = quote_passages(found, facts)
    found = found[["check", "severity", "text", "facts", "passages"]]
    waivers = load_waivers(root) if root is not None else []
    return apply_waivers(found, facts, waivers, as_of)


def list_blocking(findings: pd.DataFrame) -> pd.DataFrame:
    """The findings that stop publication: errors that nobody has waived."""
    return findings[(findings["severity"] == ERROR) & findings["waived"].isna()]
