"""Checks of who says it: numbers nobody stands behind, texts printed twice, totals unlike the reference series."""

import pandas as pd

from analysis.audit.evidence import Evidence
from analysis.audit.findings import make_findings
from analysis.claims.words import say_value


def find_unattributed(evidence: Evidence) -> pd.DataFrame:
    """Casualty claims for which the document names no originator."""
    claims = evidence.claims
    bare = claims[claims["claimed"] & claims["asserted_by"].isna() & claims["low"].notna()]
    return make_findings((f"{_say_claim(row)}: no originator is named", row.facts) for row in bare.itertuples())


def _say_claim(row) -> str:
    """A claim's number, what it counts and where: "37 soldiers killed in Lebanon"."""
    who = "people" if row.population in (None, "all") else str(row.population).replace("_", " ")
    where = f" in {row.place}" if isinstance(row.place, str) else ""
    return f"{say_value(row.value_low, row.value_high, row.operator)} {who} {str(row.measure).replace('_', ' ')}{where}"


def find_copied(evidence: Evidence) -> pd.DataFrame:
    """Documents that print another one's text: they count as one source."""
    firsts = evidence.facts.drop_duplicates("doc_id").set_index("doc_id")
    return make_findings(
        (
            f"{row.publisher} prints the report of {firsts.loc[row.copy_of, 'publisher']}: {row.shared:.0%} of the words, "
            "one source",
            [firsts.loc[row.doc_id, "fact_id"], firsts.loc[row.copy_of, "fact_id"]],
        )
        for row in evidence.copies.itertuples()
    )


def find_reference_differences(evidence: Evidence) -> pd.DataFrame:
    """Claims that differ from the reference series of their day, or are older than it."""
    if evidence.reference is None:
        return make_findings([])
    unlike = evidence.reference[evidence.reference["mark"].isin(["different", "stale"])]
    return make_findings(
        (f"{row.source}, {row.measure.replace('_', ' ')}: {row.reference}", row.facts) for row in unlike.itertuples()
    )
