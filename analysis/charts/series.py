"""How figures moved: one small panel a series, the same days for all, a gap where no day has a report."""

from datetime import date
from textwrap import shorten, wrap

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.ticker import FuncFormatter, MaxNLocator

from analysis.charts.chart import Chart
from analysis.charts.dates import set_day_axis
from analysis.charts.map import ids_of
from analysis.charts.style import colours_of, new_figure, palette, styled

PANELS = 4  # side by side at most: more would be too narrow to read
HEIGHT = 2.2
HEADROOM = 1.4  # of the highest value, so that its number stands below the title
COMPARABLE = 4  # times: panels whose values differ by more could not share a scale and both be read
TICKS = 8  # days named on the whole width
CHARACTERS = 84  # of a panel's name, on the whole width
LINES = 4
LONGEST_GAP = 7  # days without a report that a line may bridge: none is drawn across a longer gap


def draw_series(
    series: pd.DataFrame, title: str, subtitle: str, source: str, label: str, empty: str = "No series has two points."
) -> Chart:
    """Small multiples of `series`: `panel` (what is counted, by whom), `date` (ISO), `value`, `facts` (ids).

    The panels with most points are drawn, at most four; a panel of one point is a dot with its number.
    """
    points = series.dropna(subset=["date", "value"]).sort_values(["panel", "date"])
    if points.empty:
        return Chart(None, label, title, empty=empty)
    panels = points["panel"].value_counts().sort_index(kind="stable").nlargest(PANELS).index.tolist()
    points = points[points["panel"].isin(panels)]
    with styled():
        shared = bool(points["value"].max() <= COMPARABLE * points["value"].min())
        figure, axes = new_figure(HEIGHT, len(panels), sharey=shared)
        for one, name in zip(axes, panels, strict=True):
            own = points[points["panel"] == name]
            _draw_panel(one, own, wrap_name(name, len(panels)), colours_of(panels)[name], shared)
            set_day_axis(one, *_range(points), ticks=max(2, TICKS // len(panels)))
        if shared:
            _level(list(axes), points)
    note = subtitle if shared or len(panels) == 1 else f"{subtitle} Each panel has a scale of its own."
    return Chart(figure, label, title, note, alt_of(points), source, ids_of(points["facts"]), points)


def totals_to_draw(totals: pd.DataFrame) -> pd.DataFrame:
    """Of `casualties.build_series`: the running totals as `draw_series` takes them, one panel a source, place and measure. A single
    report far below the one before and the one after it counts something else than the total, and is left out."""
    low = totals.groupby("series")["low"]
    totals = totals[~(totals["resets"] & (low.shift(-1) >= low.shift()))]
    where = totals["place"].fillna("place not stated")
    panel = where + ", " + totals["measure"].str.replace("_", " ") + "\n" + totals["source"]
    return pd.DataFrame({"panel": panel, "date": totals["date"], "value": totals["low"], "facts": totals["facts"]})


def wrap_name(name: str, panels: int) -> str:
    """A panel's name in lines that its width holds, at most LINES.

    >>> wrap_name("place not stated, injured", 4)
    'place not stated,\\ninjured'
    """
    width = CHARACTERS // panels
    lines = [part for line in name.split("\n") for part in wrap(line, width)]
    return "\n".join(
        lines
        if len(lines) <= LINES
        else [*lines[: LINES - 1], shorten(" ".join(lines[LINES - 1 :]), width, placeholder=" …")]
    )


def alt_of(points: pd.DataFrame) -> str:
    """The panels in words, from the same values."""
    parts = []
    for name, panel in points.groupby("panel", sort=True):
        first, last = panel.iloc[0], panel.iloc[-1]
        parts.append(
            f"{name}: {first.value:,.0f} on {first.date} to {last.value:,.0f} on {last.date} in {len(panel)} reports"
        )
    return f"Line charts of reported totals where {'; '.join(parts)}."


def _draw_panel(axes: Axes, points: pd.DataFrame, name: str, colour: str, shared: bool) -> None:
    days = pd.to_datetime(points["date"])
    runs = (days.diff() > pd.Timedelta(days=LONGEST_GAP)).cumsum()
    for _, run in points.groupby(runs.to_numpy()):
        axes.plot(pd.to_datetime(run["date"]), run["value"], "-o", color=colour, ms=3.2, zorder=3)
    last = points.iloc[-1]
    axes.annotate(
        f"{last.value:,.0f}", (days.iloc[-1], last.value), (0, 6), textcoords="offset points", ha="right", va="bottom",
        fontsize=9, fontweight="semibold", color=palette()["ink"], annotation_clip=False,
    )  # fmt: skip
    axes.set_title(name, loc="left", fontsize=8.5, fontweight="semibold")
    axes.grid(axis="y")
    axes.margins(x=0.08, y=0.25)
    if len(points) == 1 and not shared:
        axes.set_ylim(0, HEADROOM * last.value or 1)  # one report has no range: its height is read from zero
    axes.yaxis.set_major_locator(MaxNLocator(3, integer=True))
    axes.yaxis.set_major_formatter(FuncFormatter(lambda value, _: f"{value:,.0f}"))


def _level(axes: list[Axes], points: pd.DataFrame) -> None:
    """One scale for all panels, from zero where one of them has a single report."""
    if points["panel"].value_counts().min() == 1:
        axes[0].set_ylim(0, HEADROOM * points["value"].max() or 1)


def _range(points: pd.DataFrame) -> tuple[date, date]:
    return date.fromisoformat(points["date"].min()[:10]), date.fromisoformat(points["date"].max()[:10])
