"""Who published when: a heat strip, one row a publisher, one cell a day."""

import numpy as np
import pandas as pd
from matplotlib.colors import LinearSegmentedColormap

from analysis.charts.chart import Chart
from analysis.charts.map import ids_of
from analysis.charts.style import new_figure, palette, styled

ROWS = 20  # publishers at most; the rest are counted in the subtitle
FEWEST = 7  # days: a strip of fewer would be a wall
LABELS = 12  # days named under the strip at most


def draw_coverage(coverage: pd.DataFrame, title: str, subtitle: str, source: str, label: str = "coverage") -> Chart:
    """A strip of `coverage`: `publisher`, `day` (ISO), `documents` (count), `facts` (ids). Days without any are blank cells."""
    counted = coverage.dropna(subset=["day"])
    if counted.empty:
        return Chart(None, label, title, empty="No document states or implies a day of publication.")
    grid = _grid(counted)
    with styled():
        figure, (axes,) = new_figure(0.7 + 0.26 * len(grid))
        shades = LinearSegmentedColormap.from_list("coverage", ["#ffffff", palette()["series"][0]])
        axes.pcolormesh(
            grid.to_numpy(), cmap=shades, vmin=0, vmax=max(2.0, grid.to_numpy().max()), edgecolor="#d0d0d0", lw=0.4
        )
        axes.set_yticks(np.arange(len(grid)) + 0.5, grid.index)
        step = max(1, -(-grid.shape[1] // LABELS))
        names = [f"{pd.Timestamp(day).day} {pd.Timestamp(day):%b}" for day in grid.columns[::step]]
        axes.set_xticks(np.arange(0, grid.shape[1], step) + 0.5, names)
        axes.grid(visible=False)
        axes.invert_yaxis()
        _write_counts(axes, grid)
    return Chart(figure, label, title, subtitle, alt_of(counted), source, ids_of(counted["facts"]), counted)


def alt_of(coverage: pd.DataFrame) -> str:
    """The strip in words, from the same values."""
    totals = coverage.groupby("publisher")["documents"].sum().sort_values(ascending=False, kind="stable")
    named = ", ".join(f"{name} {count}" for name, count in totals.head(10).items())
    return f"Heat strip of documents by publisher and day, {coverage['day'].min()} to {coverage['day'].max()}: {named}."


def _grid(coverage: pd.DataFrame) -> pd.DataFrame:
    last = pd.Timestamp(coverage["day"].max())
    first = min(pd.Timestamp(coverage["day"].min()), last - pd.Timedelta(days=FEWEST - 1))
    days = [f"{day:%Y-%m-%d}" for day in pd.date_range(first, last)]
    grid = coverage.pivot_table(index="publisher", columns="day", values="documents", aggfunc="sum", fill_value=0)
    grid = grid.reindex(columns=days, fill_value=0)
    order = grid.sum(axis=1).sort_values(ascending=False, kind="stable").index[:ROWS]
    return grid.loc[order]


def _write_counts(axes, grid: pd.DataFrame) -> None:
    """The number in each cell, where cells are wide enough to hold it."""
    if grid.shape[1] > 35:
        return
    dark = max(2.0, grid.to_numpy().max()) / 2
    for (y, x), value in np.ndenumerate(grid.to_numpy()):
        if value:
            colour = "white" if value >= dark else palette()["ink"]
            axes.text(x + 0.5, y + 0.5, f"{int(value)}", ha="center", va="center", fontsize=8, color=colour)
