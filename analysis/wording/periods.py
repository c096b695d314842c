"""When something happened, in words no more exact than the document's own."""

from calendar import monthrange
from datetime import date
from typing import Any

from analysis.claims.words import say_day
from analysis.wording.phrases import text_of


def event_period(row: dict[str, Any]) -> str:
    """When an event took place, for a row with `date_start` and `date_end`; empty where no day is known.

    >>> event_period({"date_start": "2024-09-01", "date_end": "2024-09-30"})
    'in September 2024'
    >>> event_period({"date_start": "2024-10-26", "date_end": "2024-10-27"}), event_period({"date_start": "2024-10-01"})
    ('between 26 October 2024 and 27 October 2024', 'on 1 October 2024')
    """
    first, last = text_of(row, "date_start"), text_of(row, "date_end")
    if not first:
        return ""
    if not last or last[:10] == first[:10]:
        return f"on {say_day(first)}"
    return whole_months(first[:10], last[:10]) or f"between {say_day(first)} and {say_day(last)}"


def whole_months(first: str, last: str) -> str:
    """ "in September 2024" or "in 2024" for the first and the last day of a month or a year, else nothing."""
    start, end = date.fromisoformat(first), date.fromisoformat(last)
    if start.day != 1 or end.day != monthrange(end.year, end.month)[1] or start.year != end.year:
        return ""
    if start.month == end.month:
        return f"in {say_day(first[:7])}"
    return f"in {start.year}" if (start.month, end.month) == (1, 12) else ""
