"""Why a guarded process ended, in words for people."""

from analysis.run.errors import RunError, RunTimeoutError, SandboxError
from analysis.run.guard import Report
from analysis.run.limits import MEBIBYTE, Limits


def explain_end(report: Report, limits: Limits) -> RunError:
    """The error that says why a notebook's process is gone before its work was done."""
    if report.reason == "deadline":
        return RunTimeoutError(f"the notebook ran for more than {limits.run_seconds:g} s")
    if report.reason is None:
        return SandboxError(f"the notebook's process ended {_describe_exit(report.exit_code)} before its last cell")
    return SandboxError(f"the notebook was ended: {_describe_reason(report.reason, limits)}")


def _describe_exit(code: int | None) -> str:
    return f"by signal {-code}" if code is not None and code < 0 else f"with status {code}"


def _describe_reason(reason: str, limits: Limits) -> str:
    return {
        "memory": f"it used more than its {limits.memory_bytes // MEBIBYTE} MiB of memory",
        "cpu": f"it used more than its {limits.cpu_seconds:g} s of processor time",
        "processes": f"it started more than {limits.processes} processes",
        "killed": "its process was killed",
    }.get(reason, "it was stopped")
