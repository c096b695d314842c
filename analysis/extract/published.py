"""When a document was published: stated in its dateline, or inferred from its own evidence."""

from analysis.extract.reading import Reading
from analysis.facts import Basis


def find_published(reading: Reading) -> tuple[str | None, Basis]:
    """The day (ISO) and its basis (`stated`, `inferred`, `unknown`)."""
    return None, "unknown"
