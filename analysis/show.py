"""What notebooks call to put something on the page, in Lab and in the published HTML, PDF and Word alike.

A briefing notebook runs top to bottom like this:

    from analysis import show

    show.open_briefing(facts, documents)     # once, after loading: which facts may be cited, and the documents' texts
    show.masthead("Lebanon and Gaza", as_of="2024-10-30", period=("2024-09-30", "2024-10-30"))
    show.lead(sentence)                      # the answer in at most 60 words
    show.judgements(judgements)              # three to six, ranked
    show.key_figures(figures)                # four to six
    show.heading("Talks move on two tracks") # a finding as heading, when it is computed; else a markdown cell
    show.prose(sentence, sentence)           # one paragraph
    show.points([sentence, sentence])        # a list
    show.chart(chart)                        # an analysis.charts.chart.Chart, or a Figure with label=, title=, alt= ...
    show.table(frame, label="table-claims", title="Who says what", facts="facts")
    show.note("Boundaries imply no endorsement.")
    show.yardstick([("likely", 55, 80), ...])    # the likelihood scale, once
    show.end()                               # last cell: the evidence for every fact cited above

Words: wherever text goes, give a `str`, a `Phrase`, a `Sentence` (analysis.prose) or a list of them. A phrase with facts gets a
number that leads to its evidence: a footnote in the PDF, the marked passage in the HTML. A fact that is not among the
facts of the briefing is an error, and so is a chart or table without the words it needs. Nothing to show (an empty frame, a
chart without figure) prints one sentence instead: `empty=`.

`judgements` takes, ranked, for each one a Sentence; or a list of Sentences (first the judgement, then the reason for the
confidence); or an object or mapping with `text` and optionally `reason` (each a str or Sentence), `likelihood`,
`confidence`, `facts` (ids, cited after `text` where the text itself cites none).

`key_figures` takes objects or mappings: `label` ("Killed in Lebanon"), `value` ("at least 1,754", or its older name
`text`), `attribution` ("Lebanese Health Ministry"), `as_of` (ISO day or None), `facts` (ids).

`table`: a frame, one row a line, one column a column. Column names become headings (underscores to blanks; rename with
`columns={...}`; only the columns named there are shown if `only=True`). Numbers stand right with thousands marks
(`formats={"share": "{:.0%}"}` for others), ISO days read as dates, missing reads "–". A cell may hold a Phrase, a Sentence
or a list of them. `facts="facts"` names the column with each row's fact ids (shown as note numbers in a last column "Evidence");
`facts={"killed": "killed_facts"}` does so cell by cell; a list of ids belongs to the table as a whole. `align={"place": "left"}`
and `widths={"claim": 3}` (shares) override the defaults. The first column heads its row. `total=True` rules off the last row.

A markdown cell tagged `noprint` is for analysts alone: it stands in Lab and in no page. So are prints, warnings, and whatever else
`show` did not make.

Each call emits display data whose `metadata["briefing"]` is the block that the exporters read; they never guess from HTML.
"""

import io
import sys
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import matplotlib
import pandas as pd
from IPython.display import publish_display_data
from matplotlib.figure import Figure

from analysis.charts.chart import Chart
from analysis.errors import UsageError
from analysis.publish import blocks, frames
from analysis.publish.document import LAB_ONLY, METADATA
from analysis.publish.evidence import Citations, open_citations
from analysis.publish.lab import lab_chart, lab_fragment, plain_text
from analysis.publish.words import Words

# Text in drawings stays text (selectable, set in the page's fonts), and equal drawings give equal bytes.
SVG_SETTINGS: dict[Any, Any] = {"svg.fonttype": "none", "svg.hashsalt": "briefing"}

# Where the charts' own font is not installed, as in Lab, a narrow one stands in.
FONTS = "'Source Sans Pro', 'DejaVu Sans'"
SCREEN_FONTS = "'Source Sans Pro', 'Segoe UI', 'Helvetica Neue', 'Liberation Sans', Arial, 'DejaVu Sans'"

CHART_WORDS = ("label", "title", "subtitle", "alt", "source", "facts", "empty")

_open: list[Citations] = []  # what open_briefing set: one notebook, one process, one briefing


def open_briefing(facts: pd.DataFrame, documents: pd.DataFrame | Mapping[str, str] | None = None) -> None:
    """Say which facts may be cited (the frame of `load_facts`) and the texts they come from (the frame of `load_documents`)."""
    _open[:] = [open_citations(facts, documents)]


def masthead(
    place: str,
    as_of: str,
    period: Sequence[str] | None = None,
    cutoff: str | None = None,
    title: str | None = None,
    lead_in: str = "Situation briefing",
    most_pages: int | None = None,
) -> None:
    """The head of page 1: place, "Situation as of", period covered, cut-off. Title: `title`, else the notebook's H1. A PDF longer
    than `most_pages` leaves the ends of its tables and lists to the HTML, and says so."""
    _emit(blocks.masthead_block(place, as_of, period, cutoff, title, lead_in, most_pages), "show.masthead")


def lead(*words: Words) -> None:
    """The answer, in at most 60 words."""
    _emit(blocks.prose_block(words, "lead"), "show.lead")


def prose(*words: Words) -> None:
    """One paragraph."""
    _emit(blocks.prose_block(words), "show.prose")


def note(*words: Words) -> None:
    """A caveat or aside, set small."""
    _emit(blocks.prose_block(words, "note"), "show.note")


def heading(words: Words, level: int = 2) -> None:
    """A heading that states a finding computed from facts."""
    _emit(blocks.heading_block(words, level), "show.heading")


def points(items: Iterable[Words], compact: bool = False) -> None:
    """A list; a `compact` one is set small, and its numbers lead to the list of evidence at the end instead of footnotes."""
    _emit(blocks.points_block(items, compact), "show.points")


def judgements(items: Iterable[Any]) -> None:
    """Key judgements, ranked."""
    _emit(blocks.judgements_block(items), "show.judgements")


def key_figures(items: Iterable[Any]) -> None:
    """The strip of key figures, each with who says so and as of when."""
    _emit(blocks.key_figures_block(items), "show.key_figures")


def yardstick(bands: Iterable[Sequence[Any]]) -> None:
    """The likelihood scale: (term, from percent, to percent), from the least likely on."""
    _emit(blocks.yardstick_block(bands), "show.yardstick")


def table(frame: pd.DataFrame, label: str, title: str, **options: Any) -> None:
    """A table; options as in `analysis.publish.frames.table_block` (note, facts, columns, formats, align, widths, empty ...)."""
    _emit(frames.table_block(frame, label, title, **options), f"show.table {label}")


def chart(drawing: Chart | Figure | None, **words: Any) -> None:
    """A drawing: a Chart, or a Figure with `label`, `title`, `alt`, `source` and optionally `subtitle`, `facts`, `empty`."""
    if drawing is not None and not isinstance(drawing, Figure):
        words = {**{name: getattr(drawing, name) for name in CHART_WORDS}, **words}
        drawing = drawing.figure
    block = blocks.chart_block(None if drawing is None else figure_svg(drawing), words)
    _emit(block, f"show.chart {words['label']}")


def end() -> None:
    """The evidence for every fact cited so far, for the exporters; the last cell of a notebook."""
    _emit(_citations("show.end").block(), "show.end")


def figure_svg(figure: Figure) -> str:
    """A figure as SVG text, the same bytes for the same figure; pyplot forgets the figure."""
    with matplotlib.rc_context(SVG_SETTINGS):
        buffer = io.StringIO()
        figure.savefig(buffer, format="svg", metadata={"Date": None, "Creator": None})
    if pyplot := sys.modules.get("matplotlib.pyplot"):
        pyplot.close(figure)  # else the notebook's backend would display it a second time
    return buffer.getvalue().replace(FONTS, SCREEN_FONTS)


def _citations(caller: str) -> Citations:
    if not _open:
        raise UsageError(f"{caller}: first say which facts may be cited: show.open_briefing(facts, documents)")
    return _open[0]


def _emit(block: blocks.Block, caller: str) -> None:
    """Display a block: HTML for Lab, plain text for a terminal, and the block itself for the exporters."""
    identifiers = [] if block["kind"] == "evidence" else blocks.cited_in(block)
    tooltips = _citations(caller).cite(identifiers, caller) if identifiers else {}
    if block["kind"] == "chart":
        _emit_chart(block, tooltips)
    else:
        data = {"text/plain": plain_text(block), "text/html": lab_fragment(block, tooltips)}
        publish_display_data(data, metadata={METADATA: block})


def _emit_chart(block: blocks.Block, tooltips: Mapping[str, str]) -> None:
    """The drawing between its head and its source line: Lab shows one form of each output, so they are three."""
    svg = block.pop("svg")
    head, foot = lab_chart(block, tooltips)
    publish_display_data({"text/plain": block["title"], "text/html": head}, metadata={METADATA: {"kind": LAB_ONLY}})
    publish_display_data({"text/plain": f"[{block['alt']}]", "image/svg+xml": svg}, metadata={METADATA: block})
    publish_display_data({"text/plain": block["source"], "text/html": foot}, metadata={METADATA: {"kind": LAB_ONLY}})
