"""Who says how many: one row a claim, bounds drawn as bounds. "At least" is an arrow, not a dot."""

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.ticker import FuncFormatter, MaxNLocator, NullLocator

from analysis.charts.chart import Chart
from analysis.charts.style import ROW, colours_of, new_figure, palette, styled
from analysis.claims.gather import LOWER_BOUNDS, UPPER_BOUNDS
from analysis.claims.words import say_start, say_value

ARROW_SHARE = 0.07  # of the axis: long enough to be seen as open, too short to be read as a value
FROM_ZERO = 0.5  # claims that differ by more than this share of the largest are drawn from zero
LOGARITHMIC = 30  # times: counts that differ by more could not share a plain axis and both be read
MOST = 10  # rows: the table of claims has them all


def draw_claims(
    claims: pd.DataFrame, title: str, subtitle: str, source: str, label: str, empty: str = "No figure was reported."
) -> Chart:
    """A range plot of `claims`: `claimant`, `operator`, `low`, `high`, `words` (what is printed beside the mark), `note`
    (as-of or basis, may be empty), `fact_id`. Claims without a number are listed in the subtitle's place by the caller.
    """
    drawn = claims.dropna(subset=["low", "high"], how="all").reset_index(drop=True)
    if drawn.empty:
        return Chart(None, label, title, empty=empty)
    drawn = drawn.head(MOST).assign(low=drawn["low"].fillna(drawn["high"]), high=drawn["high"].fillna(drawn["low"]))
    logarithmic = bool(drawn["low"].min() > 0 and drawn["high"].max() > LOGARITHMIC * drawn["low"].min())
    with styled():
        figure, (axes,) = new_figure(0.5 + ROW * 1.15 * len(drawn))
        _draw_axes(axes, drawn, logarithmic)
        _draw_rows(axes, drawn, logarithmic)
    subtitle = f"{subtitle} Logarithmic scale." if logarithmic else subtitle
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


def _draw_rows(axes: Axes, claims: pd.DataFrame, logarithmic: bool) -> None:
    colours = colours_of(claims["claimant"])
    left, right = axes.get_xlim()
    reach = (right / left) ** ARROW_SHARE if logarithmic else ARROW_SHARE * (right - left)
    for row in claims.itertuples():
        further, nearer = (row.low * reach, row.high / reach) if logarithmic else (row.low + reach, row.high - reach)
        _draw_claim(axes, row, colours[row.claimant], further, nearer)
        axes.annotate(
            row.words, (further if row.operator in LOWER_BOUNDS else row.high, row.Index), (7, 0), textcoords="offset points",
            va="center", fontsize=9, fontweight="semibold", color=palette()["ink"], annotation_clip=False,
        )  # fmt: skip


def _draw_claim(axes: Axes, row, colour: str, further: float, nearer: float) -> None:
    y = row.Index
    if row.operator in LOWER_BOUNDS:
        _draw_arrow(axes, row.low, further, y, colour)
    elif row.operator in UPPER_BOUNDS:
        _draw_arrow(axes, row.high, nearer, y, colour)
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


def _draw_axes(axes: Axes, claims: pd.DataFrame, logarithmic: bool) -> None:
    notes = [f"{row.claimant}\n{row.note}" if row.note else row.claimant for row in claims.itertuples()]
    axes.set_yticks(range(len(claims)), notes, linespacing=1.25)
    axes.set_ylim(len(claims) - 0.5, -0.5)
    if logarithmic:
        axes.set_xscale("log")
        axes.set_xlim(claims["low"].min() / 2, claims["high"].max() * 6)
        axes.xaxis.set_minor_locator(NullLocator())
    else:
        axes.set_xlim(*_limits(claims))
        axes.xaxis.set_major_locator(MaxNLocator(5, integer=True))
    axes.xaxis.set_major_formatter(FuncFormatter(lambda value, _: f"{value:,.0f}"))


def claims_to_draw(claims: pd.DataFrame, most: int = MOST) -> pd.DataFrame:
    """Of `casualties.list_claims` (standing ones with a number), the rows that `draw_claims` takes, largest first, at most
    `most`; of one claimant's totals of one thing only the newest.
    """
    standing = claims[claims["claimed"] & ~claims["superseded"] & ~claims["stale"] & claims["low"].notna()]
    standing = standing.sort_values(["published", "as_of"], na_position="first", kind="stable")
    repeated = standing.duplicated(["source", "measure", "population", "place_key"], keep="last")
    standing = standing[~repeated | (standing["scope"] == "incident")]
    standing = standing.sort_values(["high", "low"], ascending=False, kind="stable").head(most)
    says = [say_value(row.value_low, row.value_high, row.operator, "") for row in standing.itertuples()]
    return pd.DataFrame({
        "claimant": standing["source"], "operator": standing["operator"], "low": standing["low"],
        "high": standing["high"], "words": says, "note": [_note(row) for row in standing.itertuples()],
        "fact_id": [ids[0] for ids in standing["facts"]],
    }).reset_index(drop=True)  # fmt: skip


def _note(row) -> str:
    """What is counted and where, under the claimant's name."""
    counted = str(row.measure).replace("_", " ")
    who = "" if row.population in (None, "all") else f" {row.population}"
    where = f", {row.place}" if isinstance(row.place, str) else ""
    since = (
        f", since {say_start(row.period_start)}"
        if isinstance(row.period_start, str) and row.scope != "incident"
        else ""
    )
    return f"{counted}{who}{where}{since}"
