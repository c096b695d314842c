"""The consistency audit: named checks over the facts, each finding with the passages it stands on.

`run_checks` gives the findings, `list_blocking` those that stop publication: errors that no dated, signed waiver covers.
"""

from analysis.audit.checks import CHECKS, list_blocking, run_checks

__all__ = ["CHECKS", "list_blocking", "run_checks"]
