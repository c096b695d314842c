"""Who says how many: one row a claim, bounds drawn as bounds. "At least" is an arrow, not a dot."""

from collections.abc import Sequence

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.ticker import FuncFormatter, MaxNLocator

from analysis.charts.chart import Chart
from analysis.charts.style import ROW, colours_of, new_figure, palette, styled

LOWER = {"at_least", "more_than"}
UPPER = {"at_most", "less_than"}
ARROW_SHARE = 0.07  # of the axis: long enough to be seen as open, too short to be read as a value
FROM_ZERO = 0.5  # claims that differ by more than this share of the largest are drawn from zero


def draw_claims(
    claims: pd.DataFrame, title: str, subtitle: str, source: str, label: str, empty: str = "No figure was reported."
) -> Chart:
    """A range plot of `claims`: `claimant`, `operator`, `low`, `high`, `words` (what is printed beside the mark), `note`
    (as-of or basis, may be empty), `fact_id`. Claims without a number are listed in the subtitle's place by the caller.
    """
    drawn = claims.dropna(subset=["low", "high"], how="all").reset_index(drop=True)
    if drawn.empty:
        return Chart(None, label, title, empty=empty)
    drawn = drawn.assign(low=drawn["low"].fillna(drawn["high"]), high=drawn["high"].fillna(drawn["low"]))
    with styled():
        figure, (axes,) = new_figure(0.55 + ROW * 1.25 * len(drawn))
        left, right = _limits(drawn)
        _draw_rows(axes, drawn, right - left)
        _draw_axes(axes, drawn, left, right)
    return Chart(figure, label, title, subtitle, alt_of(drawn, title), source, tuple(drawn["fact_id"]), drawn)


def alt_of(claims: pd.DataFrame, title: str) -> str:
    """The chart in words, from the same values."""
    rows = "; ".join(f"{row.claimant}: {row.words}" for row in claims.itertuples())
    return f"Range plot of claims where {title[:1].lower()}{title[1:]}: {rows}."


def _limits(claims: pd.DataFrame) -> tuple[float, float]:
    low, high = float(claims["low"].min()), float(claims["high"].max())
    if high - low > FROM_ZERO * high or len(claims) == 1:
        low = 0.0
    spread = (high - low) or max(1.0, high)
    return (0.0 if low == 0 else max(0.0, low - 0.12 * spread)), high + 0.16 * spread


def _draw_rows(axes: Axes, claims: pd.DataFrame, span: float) -> None:
    colours = colours_of(claims["claimant"])
    for row in claims.itertuples():
        _draw_claim(axes, row, colours[row.claimant], span)
        axes.annotate(
            row.words, (row.high, row.Index), (7 if row.operator not in LOWER else 26, 0), textcoords="offset points",
            va="center", fontsize=9, fontweight="semibold", color=palette()["ink"], annotation_clip=False,
        )  # fmt: skip


def _draw_claim(axes: Axes, row, colour: str, span: float) -> None:
    y, reach = row.Index, ARROW_SHARE * span
    if row.operator in LOWER:
        _draw_arrow(axes, row.low, row.low + reach, y, colour)
    elif row.operator in UPPER:
        _draw_arrow(axes, row.high, row.high - reach, y, colour)
    elif row.low != row.high:
        axes.plot([row.low, row.high], [y, y], color=colour, lw=6, solid_capstyle="butt", zorder=3)
    elif row.operator == "about":
        axes.plot(row.low, y, "o", ms=8, mfc="white", mec=colour, mew=1.6, zorder=4)
    else:
        axes.plot(row.low, y, "o", ms=8, color=colour, zorder=4)


def _draw_arrow(axes: Axes, start: float, end: float, y: float, colour: str) -> None:
    """A bound: a bar at the number stated, open towards where the truth may lie."""
    axes.plot([start, start], [y - 0.22, y + 0.22], color=colour, lw=2.4, zorder=4)
    axes.annotate("", (end, y), (start, y), arrowprops={"arrowstyle": "-|>", "lw": 1.6, "color": colour}, zorder=4)


def _draw_axes(axes: Axes, claims: pd.DataFrame, left: float, right: float) -> None:
    notes: Sequence[str] = [f"{row.claimant}\n{row.note}" if row.note else row.claimant for row in claims.itertuples()]
    axes.set_yticks(range(len(claims)), notes, linespacing=1.25)
    axes.set(xlim=(left, right), ylim=(len(claims) - 0.5, -0.5))
    axes.xaxis.set_major_locator(MaxNLocator(5, integer=True))
    axes.xaxis.set_major_formatter(FuncFormatter(lambda value, _: f"{value:,.0f}"))
