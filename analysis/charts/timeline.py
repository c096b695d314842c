"""When: a Priestley timeline. One lane a track or place, a bar for a period, a dot for a day, precision drawn as width."""

from datetime import date

import matplotlib.dates as mdates
import pandas as pd
from matplotlib.axes import Axes

from analysis.charts.chart import Chart
from analysis.charts.dates import set_day_axis
from analysis.charts.map import ids_of
from analysis.charts.style import colours_of, new_figure, palette, styled

ROW_HEIGHT = 0.24
LONGEST_LABEL = 62
FEW = 5  # one in so many entries may be left out ...
FAR = 8  # ... where the whole is so many times as long as the rest ...
SHORTEST = 14  # ... which counts as so many days at least
MOST = 18  # entries, the latest: more of them would not fit on a page


def draw_timeline(
    entries: pd.DataFrame,
    title: str,
    subtitle: str,
    source: str,
    label: str = "timeline",
    empty: str = "No event is dated.",
    most: int = MOST,
) -> Chart:
    """A timeline of `entries`: `lane`, `text`, `date_start`, `date_end` (ISO), `planned` (bool), `facts` (ids); in date order.

    Each entry has its own row, so that labels never overlap; a lane's entries stand together. At most `most` are drawn, the latest.
    """
    dated = entries.dropna(subset=["date_start"])
    if dated.empty:
        return Chart(None, label, title, empty=empty)
    dated = dated.assign(date_end=dated["date_end"].fillna(dated["date_start"]))
    dated, left_out = leave_out_early(dated)
    if left_out:
        subtitle = f"{subtitle} {left_out} long before the others not drawn."
    if len(dated) > most:
        subtitle = f"{subtitle} The latest {most} of {len(dated)}."
        dated = dated.sort_values(["date_start", "lane", "text"], kind="stable").tail(most)
    dated = dated.sort_values(["lane", "date_start", "text"], kind="stable").reset_index(drop=True)
    with styled():
        figure, (axes,) = new_figure(0.5 + ROW_HEIGHT * len(dated))
        _draw_entries(axes, dated)
        _draw_lanes(axes, dated)
        set_day_axis(axes, *_range(dated))
    return Chart(figure, label, title, subtitle, alt_of(dated), source, ids_of(dated["facts"]), dated)


def leave_out_early(entries: pd.DataFrame) -> tuple[pd.DataFrame, int]:
    """The entries without the few that lie so long before the others that these would stand on one spot; how many they were."""
    ordered = entries.sort_values("date_start", kind="stable")
    days = pd.to_datetime(ordered["date_start"].str[:10])
    last = pd.to_datetime(ordered["date_end"].str[:10]).max()
    whole = (last - days.iloc[0]).days
    for count in range(1, len(ordered) // FEW + 1):
        rest = (last - days.iloc[count]).days
        if whole > FAR * max(rest, SHORTEST):
            return entries.loc[ordered.index[count:]], count
    return entries, 0


def alt_of(entries: pd.DataFrame) -> str:
    """The timeline in words, from the same values."""
    words = "; ".join(f"{row.date_start} {row.text}" for row in entries.sort_values("date_start").head(20).itertuples())
    more = f"; and {len(entries) - 20} more" if len(entries) > 20 else ""
    return f"Timeline of dated events by lane: {words}{more}."


def _draw_entries(axes: Axes, entries: pd.DataFrame) -> None:
    colours = colours_of(entries["lane"])
    first, last = _range(entries)
    middle = mdates.date2num(first + (last - first) / 2)
    for row in entries.itertuples():
        start, end = _number(row.date_start), _number(row.date_end)
        colour = colours[row.lane]
        if start == end:
            axes.plot(
                start, row.Index, "o", ms=6.5, mec=colour, mew=1.5, mfc="white" if row.planned else colour, zorder=4
            )
        else:
            # The caps keep a bar of few days visible on an axis of years.
            axes.plot(
                [start, end], [row.Index] * 2, color=colour, lw=5, alpha=0.75, solid_capstyle="projecting", zorder=3
            )
        left = start > middle
        axes.annotate(
            shorten(row.text), (start if left else end, row.Index), (-7 if left else 7, 0), textcoords="offset points",
            ha="right" if left else "left", va="center", fontsize=8.5, annotation_clip=False, zorder=5,
            bbox={"facecolor": "white", "edgecolor": "none", "pad": 1.0},
        )  # fmt: skip


def _number(day: str) -> float:
    return float(mdates.date2num(date.fromisoformat(day[:10])))


def shorten(text: str) -> str:
    """Words for a label, cut at a word."""
    if len(text) <= LONGEST_LABEL:
        return text
    return text[:LONGEST_LABEL].rsplit(" ", 1)[0].rstrip(",;: ") + " …"


def _draw_lanes(axes: Axes, entries: pd.DataFrame) -> None:
    """Name each lane once, at its first row, with a rule between lanes."""
    firsts = entries.groupby("lane", sort=False).head(1)
    axes.set_yticks(list(firsts.index), list(firsts["lane"]), fontweight="semibold")
    for index in firsts.index[1:]:
        axes.axhline(index - 0.5, color=palette()["rule"], lw=0.8, zorder=1)
    axes.set_ylim(len(entries) - 0.5, -0.7)


def _range(entries: pd.DataFrame) -> tuple[date, date]:
    return date.fromisoformat(entries["date_start"].min()[:10]), date.fromisoformat(entries["date_end"].max()[:10])
