"""What a mention of a place is, and which mention holds which."""

from dataclasses import dataclass, field
from itertools import pairwise

from analysis.extract.gazetteer import Record


@dataclass
class PlaceMention:
    """The words [start, end) and the places they may stand for; `container` is the place named right after a comma."""

    start: int
    end: int
    text: str
    records: tuple[Record, ...]
    plain: bool = True  # by itself enough to trust the name elsewhere in the document
    container: "PlaceMention | None" = None
    record: Record | None = field(default=None, compare=False)


Adjective = tuple[int, int, Record]


def link_containers(text: str, mentions: list[PlaceMention]) -> None:
    """ "Khartoum, Sudan": the second holds the first."""
    for mention, following in pairwise(mentions):
        between = text[mention.end : following.start]
        if between.strip() in (",", ", in", "("):
            mention.container = following
