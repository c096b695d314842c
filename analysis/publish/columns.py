"""How wide a table's columns stand in the PDF: no word is cut, short columns stay on one line, long texts share the rest."""

from analysis.publish.blocks import Block
from analysis.publish.fonts import text_width
from analysis.publish.notes import mark_ranges
from analysis.publish.words import Run, text_of

PAGE_WIDTHS = {"a4": 481.9, "us-letter": 498.6}  # points between the margins
GUTTER = 9  # points between columns, as in the template
SIZE = 8.7  # points, the table's type, as in the template
SLACK = 2.5  # points: kerning, and heads are a little bolder
EVIDENCE = 40  # points: numbers of evidence may break over lines, so that words have the room
MOST_LINES = 4  # of a cell, before other columns give way
LEVELLING = 0.75  # long texts get more of a page than short ones, but less than in proportion


def table_columns(block: Block, page: float) -> list[Block]:
    """A table's columns with their widths in points, which together fill the page (a width between the margins)."""
    names = [column["name"] for column in block["columns"]]
    texts = [[name, *(_cell_text(row[index]) for row in block["rows"])] for index, name in enumerate(names)]
    least = [max(_width(word) for text in column for word in text.split(" ")) for column in texts]
    wanted = [
        EVIDENCE if column["marks"] and max(map(_width, cells)) > EVIDENCE else max(map(_width, cells))
        for column, cells in zip(block["columns"], texts, strict=True)
    ]
    shares = [
        column["width"] or (sum(map(_width, cells)) / len(cells)) ** LEVELLING
        for column, cells in zip(block["columns"], texts, strict=True)
    ]
    space = page - GUTTER * (len(names) - 1)
    widths = fit_widths(least, wanted, shares, space)
    if any(wish > MOST_LINES * width for wish, width in zip(wanted, widths, strict=True)):
        # A column of many lines is given room: what stands on one line elsewhere may take two.
        halved = [
            max(low, wish / 2 + SLACK) if wish < max(wanted) else wish for low, wish in zip(least, wanted, strict=True)
        ]
        widths = fit_widths(least, halved, shares, space)
    return [
        {"name": column["name"], "align": column["align"], "width": round(width, 2)}
        for column, width in zip(block["columns"], widths, strict=True)
    ]


def fit_widths(least: list[float], wanted: list[float], shares: list[float], space: float) -> list[float]:
    """Widths that fill `space`: columns get what they want from the narrowest on, while that is no more than their even part of
    what is left; the others get their least and divide the rest by their shares.

    >>> fit_widths([10, 10], [20, 40], [1, 1], 100)
    [40.0, 60.0]
    >>> fit_widths([10, 10, 10], [20, 400, 400], [1, 1, 3], 100)
    [20.0, 25.0, 55.0]
    """
    if sum(wanted) <= space:
        return [wish + (space - sum(wanted)) / len(wanted) for wish in wanted]
    if sum(least) >= space:
        return [width * space / sum(least) for width in least]
    widths = dict.fromkeys(range(len(wanted)), 0.0)
    long = sorted(widths, key=lambda column: wanted[column])
    while long and wanted[long[0]] <= min(_even_part(widths, long, space), _room(widths, long, least, space)):
        widths[long[0]] = float(wanted[long[0]])
        long = long[1:]
    rest = space - sum(widths.values()) - sum(least[column] for column in long)
    for column in long:
        widths[column] = least[column] + rest * shares[column] / sum(shares[c] for c in long)
    return list(widths.values())


def _even_part(widths: dict[int, float], long: list[int], space: float) -> float:
    return (space - sum(widths.values())) / len(long)


def _room(widths: dict[int, float], long: list[int], least: list[float], space: float) -> float:
    """What the next column may take, so that the others still get their least."""
    return space - sum(widths.values()) - sum(least[column] for column in long[1:])


def _cell_text(runs: list[Run]) -> str:
    """A cell's words with the numbers of its evidence, as they will be printed."""
    marks = [mark for run in runs if run["t"] == "cite" for mark in run.get("marks", ())]
    labels = [
        f"[{first['n']}]" if first is last else f"[{first['n']}–{last['n']}]" for first, last in mark_ranges(marks)
    ]
    return " ".join([text_of(runs), *labels]).strip()


def _width(text: str) -> float:
    return text_width(text, SIZE) + SLACK
