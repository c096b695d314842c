"""What stands at the end of every briefing, in the same words in HTML, PDF and Word: how to cite it."""

from analysis.publish.document import Document
from analysis.publish.house import House, format_day


def cite_as(document: Document, house: House) -> str:
    """How to cite the briefing: publisher, title, place, information cut-off; where it has no cut-off, without one."""
    head = document.masthead or {}
    place = f": {head['place']}" if head.get("place") else ""
    day = format_day(document.as_of, house.language)
    return f"How to cite: {house.publisher}, “{document.title}{place}”{f', situation as of {day}' if day else ''}."
