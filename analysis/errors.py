"""Errors that people read: what is wrong, in which file or parameter, what to do."""


class BriefingError(Exception):
    """Raised when work stops for a reason that the user can mend; its text is the whole message."""

    exit_status = 1


class UsageError(BriefingError):
    """Raised when arguments or parameters cannot be used at all."""

    exit_status = 2


class DocumentError(BriefingError):
    """Raised when one document cannot be read: missing, empty, too large, not text."""


class RecordError(BriefingError):
    """Raised when `seeds/sources.yml` or a file in `seeds/hand/` is not what it should be."""


class StoreError(BriefingError):
    """Raised when the facts store cannot be read or written."""


class AuditError(BriefingError):
    """Raised when the consistency audit finds an error that nobody waived: nothing is published."""
