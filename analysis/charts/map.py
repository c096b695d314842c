"""Where it happened: the events' places on a map, precision drawn as precision."""

from collections.abc import Iterable

import numpy as np
import pandas as pd
from matplotlib.transforms import Bbox

from analysis.charts.basemap import DISCLAIMER, SOURCE, View, draw_basemap, draw_scale, find_countries
from analysis.charts.chart import Chart
from analysis.charts.labels import Label, name_area, place_labels
from analysis.charts.style import WIDTH, new_figure, palette, styled

# UCDP GED `where_prec`: 1 exact, 2 near, 3 second-order and 4 first-order administration, 5 region, 6 country.
EXACT = 2
RADIUS_KM = {3: 10, 4: 25, 5: 50}
LEAST_SPANS = (1.5, 3.0, 6.0)  # degrees: the first that shows a border, without which a map shows fields
FAR = 5.0  # degrees from the middle, or from a place that is shown: one farther off would shrink the rest to a dot
STEPS = 2  # so many such steps are taken outwards
HEIGHT = 2.9
SEEN = 20  # points of the grid, of some eight hundred, that a country must fill to be seen
RATIO = 0.98 * WIDTH / HEIGHT  # of the frame, so that a map fills the page's width
SPOTS = 16  # at most so many places are tried for a country's name
MOST_NAMED = 8  # places without a label that are named under the map


def draw_map(places: pd.DataFrame, subtitle: str, source: str, label: str = "map-events") -> Chart:
    """A map of `places`: one row a place with `place`, `lat`, `lon`, `where_prec`, `events` (how many), `facts` (ids).

    Countries as places (`where_prec` 6 and 7) are not points and are left out; so is what lies far from the rest. Both are named.
    """
    points = places.dropna(subset=["lat", "lon"])
    points = points[~points["where_prec"].isin([6, 7])].sort_values(["events", "place"], ascending=[False, True])
    if points.empty:
        return Chart(
            None, label, "No event could be placed on a map", empty="No event of the period could be placed on a map."
        )
    shown = points[_near_middle(points)]
    view = find_view(shown)
    with styled():
        figure, (axes,) = new_figure(HEIGHT)
        draw_basemap(axes, view)
        _draw_points(axes, shown)
        labels = [Label(row.lon, row.lat, row.place, "semibold") for row in shown.itertuples()]
        taken: list[Bbox] = []
        left_out = [note.text for note in place_labels(axes, labels, taken=taken)]
        scale = draw_scale(axes, view)
        taken.append(scale.get_window_extent().expanded(1.4, 2.5))
        for name, spots in find_countries(view):
            name_area(axes, name.upper(), spots[:SPOTS], taken)
    outside = sorted(set(points["place"]) - set(shown["place"]))
    return Chart(
        figure, label, title_of(shown), subtitle, alt_of(shown),
        _source_line(source, outside, left_out), ids_of(shown["facts"]), shown,
    )  # fmt: skip


def places_of(facts: pd.DataFrame, since: str = "", kinds: Iterable[str] = ("event",)) -> pd.DataFrame:
    """The places of asserted events, as `draw_map` takes them: how many events at each, the finest precision, the ids. Events
    dated before `since` (ISO) are left out; undated ones stay.
    """
    events = facts[facts["kind"].isin(list(kinds)) & (facts["modality"] == "asserted") & facts["place"].notna()]
    ended = events["date_end"].fillna(events["date_start"])
    events = events[ended.isna() | (ended >= since)]
    grouped = events.groupby("place", sort=True)
    places = grouped.agg(lat=("lat", "first"), lon=("lon", "first"), where_prec=("where_prec", "min"))
    places = places.assign(events=grouped.size(), facts=grouped["fact_id"].agg(list))
    return places.reset_index()


def find_view(points: pd.DataFrame) -> View:
    """The frame around the points, with room for labels, and wide enough for a border to tell where they are."""
    views = [_frame_points(points, least) for least in LEAST_SPANS]
    return next((view for view in views if _shows_border(view)), views[-1])


def _frame_points(points: pd.DataFrame, least: float) -> View:
    """The frame of at least so many degrees from south to north, as wide as the page."""
    lat, lon = points["lat"].astype(float), points["lon"].astype(float)
    height = max(least, float(lat.max() - lat.min()) * 1.35)
    middle_lat, middle_lon = (lat.max() + lat.min()) / 2, (lon.max() + lon.min()) / 2
    aspect = View(0, 0, middle_lat, middle_lat).aspect
    width = max(height * RATIO * aspect, float(lon.max() - lon.min()) * 1.5)
    height = max(height, width / (RATIO * aspect))
    return View(middle_lon - width / 2, middle_lon + width / 2, middle_lat - height / 2, middle_lat + height / 2)


def _shows_border(view: View) -> bool:
    return sum(len(spots) >= SEEN for _, spots in find_countries(view)) > 1


def title_of(points: pd.DataFrame) -> str:
    """The finding: which place has most events."""
    first = points.iloc[0]
    ties = points[points["events"] == first.events]
    if len(points) == 1:
        return f"Events are placed at {first.place} only"
    if len(ties) > 1:
        return f"Events are placed at {len(points)} places, none standing out"
    return f"{first.place} has the most events reported ({int(first.events)} of {int(points['events'].sum())})"


def alt_of(points: pd.DataFrame) -> str:
    """The map in words, from the same values."""
    named = ", ".join(f"{row.place} ({int(row.events)})" for row in points.head(12).itertuples())
    more = f" and {len(points) - 12} more" if len(points) > 12 else ""
    return f"Map of places of reported events, with the number of events at each: {named}{more}."


def ids_of(values: Iterable) -> tuple[str, ...]:
    """All fact ids of a column of lists, each once, in order."""
    return tuple(dict.fromkeys(fact for ids in values for fact in ids))


def _near_middle(points: pd.DataFrame) -> pd.Series:
    """Which places lie around the middle one, each no more than a step from another that does: a large country stays whole."""
    spots = points[["lat", "lon"]].astype(float).to_numpy()
    away = np.abs(spots - np.median(spots, axis=0)).max(axis=1)
    near = away <= max(FAR, away.min())
    for _ in range(STEPS):
        shown = np.unique(np.round(spots[near]), axis=0)  # whole degrees: thousands of places are a few dozen
        step = np.abs(spots[:, None, :] - shown[None, :, :]).max(axis=2).min(axis=1) <= FAR
        if not (step & ~near).any():
            break
        near |= step
    return pd.Series(near, points.index)


def _draw_points(axes, points: pd.DataFrame) -> None:
    colour = palette()["series"][2]
    exact = points["where_prec"].fillna(EXACT) <= EXACT
    sizes = 26 + 22 * np.sqrt(points["events"].astype(float))
    axes.scatter(
        points["lon"][exact], points["lat"][exact], s=sizes[exact], color=colour, zorder=4, lw=0.8, edgecolor="white"
    )
    for row in points[~exact].itertuples():
        degrees = RADIUS_KM.get(int(row.where_prec), 50) / 111.32
        angle = np.linspace(0, 2 * np.pi, 60)
        stretch = View(0, 0, row.lat, row.lat).aspect
        ring = (row.lon + degrees * stretch * np.cos(angle), row.lat + degrees * np.sin(angle))
        axes.fill(*ring, facecolor=colour, alpha=0.10, zorder=3)
        axes.plot(*ring, color=colour, lw=0.9, ls=(0, (3, 2)), zorder=3)


def _source_line(source: str, outside: list[str], left_out: list[str]) -> str:
    notes = ["Dot: the place itself, larger for more events. Dashed ring: only the area is known."]
    notes += [f"Beyond the map: {', '.join(outside)}."] if outside else []
    named = ", ".join(left_out[:MOST_NAMED]) + (
        f" and {len(left_out) - MOST_NAMED} more" if left_out[MOST_NAMED:] else ""
    )
    notes += [f"Not labelled for want of room: {named}."] if left_out else []
    return f"{source} {' '.join(notes)} {SOURCE}. {DISCLAIMER}"
