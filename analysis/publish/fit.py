"""How a briefing is fitted to its pages: set closer, then with less evidence in words, then with shorter tables and lists.

Nothing is lost: what the PDF leaves out is counted where it stood, and stands in the HTML and in facts.csv.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from analysis.publish.blocks import Block

LISTED = 48  # notes printed with their words at the end: less than a page
NAMED = 200  # further notes printed with the ids of their facts alone; the rest stands in facts.csv
LONG = 6  # pages: a longer briefing of any kind prints less of the evidence that no judgement rests on
MOST_CLOSE = 8  # pages: in longer briefings a page saved is not worth the second setting
MOST_CLOSER = 3  # pages: in shorter ones a last page with a few lines is most of what a reader turns
JUDGED = 40  # notes of judgements told in words where a briefing of limited length is still too long
LEFT_OUT = "{count} more in the HTML version of this briefing."


@dataclass(frozen=True)
class Setting:
    """How closely a briefing is set (0 to 2); how many notes stand at its end in words (those of judgements all, or the first
    `judged`); and how many rows of each table and points of each list are printed (None: all)."""

    close: int = 0
    listed: int = LISTED
    judged: int | None = None
    most: int | None = None


WIDE = Setting()
LESS_EVIDENCE = (Setting(1, 24), Setting(1, 0))
SHORTER = (Setting(1, 0, JUDGED), *(Setting(1, 0, JUDGED, most) for most in (6, 4, 2, 1)))  # fmt: skip


def fit(typeset: Callable[[Setting], bytes], count_pages: Callable[[bytes], int], most: int | None) -> bytes:
    """The PDF; set a little closer where that saves a page, so that none is left with a few lines of evidence alone. Where it is
    longer than readers take, evidence that no judgement rests on is left to the HTML; where it is longer than the `most` pages
    that it may have, tables and lists are shortened step by step.
    """
    content = typeset(WIDE)
    wide = count_pages(content)
    for close, most_close in ((1, MOST_CLOSE), (2, MOST_CLOSER)):
        if 1 < count_pages(content) == wide <= most_close:
            content = min(content, typeset(Setting(close)), key=count_pages)
    content = _fewer(content, typeset, count_pages, LESS_EVIDENCE, LONG)
    return content if most is None else _fewer(content, typeset, count_pages, SHORTER, most)


def _fewer(
    content: bytes,
    typeset: Callable[[Setting], bytes],
    count_pages: Callable[[bytes], int],
    settings: Iterable[Setting],
    most: int,
) -> bytes:
    """The first setting that has at most so many pages, else the shortest."""
    for setting in settings:
        if count_pages(content) <= most:
            break
        content = min(content, typeset(setting), key=count_pages)
    return content


def share_out(
    numbers: list[int], counted: set[int], judged: set[int], setting: Setting
) -> tuple[list[int], list[int], list[int]]:
    """Which notes stand at the end with their words, which by the ids of their facts, and which not at all. The evidence of
    judgements comes first; what only drawings and counts cite comes last.

    >>> share_out([1, 2, 3, 4], {1, 3}, {2}, Setting(listed=1))
    ([2], [1, 3, 4], [])
    """
    first = [number for number in numbers if number in judged]
    others = [number for number in numbers if number not in counted and number not in judged]
    told = {*first[: setting.judged], *others[: max(0, setting.listed - len(first))]}
    rest = sorted((number for number in numbers if number not in told), key=lambda number: number not in judged)
    return sorted(told), sorted(rest[:NAMED]), rest[NAMED:]


def shorten(block: Block, most: int | None) -> Block:
    """A block with at most so many rows or points, and how many more there are."""
    rows = block["rows"] if block["kind"] == "table" else block["items"] if block["kind"] == "list" else []
    if most is None or len(rows) <= most:
        return block
    said = [{"t": "text", "s": LEFT_OUT.format(count=len(rows) - most)}]
    if block["kind"] == "list":
        return {**block, "items": [*rows[:most], [{"kind": "prose", "c": said}]]}
    kept = [*rows[: most - 1], rows[-1]] if block["total"] else rows[:most]
    apart = [{"t": "text", "s": " "}] if block["note"] else []
    return {**block, "rows": kept, "note": [*block["note"], *apart, *said]}
