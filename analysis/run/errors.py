"""What can go wrong with a run, each with the state it leaves and the exit status it means."""

from analysis.errors import BriefingError


class RunError(BriefingError):
    """Raised when a run does not succeed; nothing of it is published."""

    state = "failed"


class SandboxError(RunError):
    """Raised when a notebook's process is gone before its work is done."""

    state = "crashed"
    exit_status = 138


class RunTimeoutError(RunError):
    """Raised when a start, a cell or a run passes its deadline."""

    state = "timed_out"
    exit_status = 124


class EditionLockedError(RunError):
    """Raised when the same edition is already being made."""

    state = "skipped"
    exit_status = 75


class RunCancelledError(RunError):
    """Raised when the runner was asked to stop."""

    state = "cancelled"
    exit_status = 143
