"""The ground under a map: country outlines (Natural Earth, public domain), clipped to the view."""

from dataclasses import dataclass
from functools import cache
from importlib.resources import as_file, files

import numpy as np
from matplotlib.axes import Axes
from matplotlib.collections import PolyCollection
from matplotlib.path import Path
from matplotlib.text import Text

from analysis.charts.style import palette

UNITS_PER_DEGREE = 180
GRID = 28  # points a side at which a country may be named
SOURCE = "Boundaries: Natural Earth (public domain)"
DISCLAIMER = "Boundaries and names shown imply no endorsement or acceptance."


@dataclass(frozen=True)
class View:
    """What a map shows, in degrees."""

    west: float
    east: float
    south: float
    north: float

    @property
    def aspect(self) -> float:
        """How much longer a degree of latitude is than one of longitude in the middle of the view."""
        return 1 / max(0.2, float(np.cos(np.radians((self.south + self.north) / 2))))

    def holds(self, lat: float, lon: float) -> bool:
        """Whether a point lies in the view."""
        return self.west <= lon <= self.east and self.south <= lat <= self.north


@cache
def _load_rings() -> tuple[list[np.ndarray], np.ndarray, list[str]]:
    with as_file(files("analysis.charts") / "data" / "countries.npz") as path, np.load(path) as data:
        points = np.cumsum(data["steps"], axis=0) / UNITS_PER_DEGREE
        rings = np.split(points, data["starts"][1:-1])
        return rings, data["country"], data["names"].tolist()


def draw_basemap(axes: Axes, view: View) -> None:
    """Land, sea and borders of the view."""
    colours = palette()
    rings, _, _ = _load_rings()
    seen = [n for n, ring in enumerate(rings) if _meets(ring, view)]
    axes.set_facecolor(colours["water"])
    land = PolyCollection(
        [_clip(rings[n], view, 0.05) for n in seen],
        facecolors=colours["land"],
        edgecolors=colours["border"],
        linewidths=0.7,
        zorder=1,
    )
    axes.add_collection(land)
    axes.set(xlim=(view.west, view.east), ylim=(view.south, view.north), aspect=view.aspect, xticks=[], yticks=[])
    axes.grid(visible=False)
    for spine in axes.spines.values():
        spine.set_visible(False)


def find_countries(view: View) -> list[tuple[str, np.ndarray]]:
    """The countries seen: name and the points inside its largest part (longitude, latitude), the furthest from its edges first."""
    rings, country, names = _load_rings()
    seen = [n for n, ring in enumerate(rings) if _meets(ring, view)]
    found = []
    for number in sorted({int(country[n]) for n in seen}):
        largest = max((_clip(rings[n], view) for n in seen if country[n] == number), key=_extent)
        found.append((names[number], _inner_points(largest, view)))
    return found


def _inner_points(ring: np.ndarray, view: View) -> np.ndarray:
    """Points of a grid that lie in the ring, those with most room around them first."""
    across, up = np.meshgrid(np.linspace(view.west, view.east, GRID), np.linspace(view.south, view.north, GRID))
    grid = np.column_stack([across.ravel(), up.ravel()])
    inside = grid[Path(ring).contains_points(grid)] if len(ring) > 2 else grid[:0]
    scale = np.array([view.east - view.west, view.north - view.south])
    room = [float(np.min(np.hypot(*((ring - point) / scale).T))) for point in inside]
    return inside[np.argsort(room, kind="stable")[::-1]]


def _meets(ring: np.ndarray, view: View) -> bool:
    (west, south), (east, north) = ring.min(axis=0), ring.max(axis=0)
    return west <= view.east and east >= view.west and south <= view.north and north >= view.south


def _clip(ring: np.ndarray, view: View, margin: float = 0.0) -> np.ndarray:
    """The ring with what lies outside drawn in to the edge, repeated points left out."""
    dx, dy = margin * (view.east - view.west), margin * (view.north - view.south)
    inside = np.clip(ring, [view.west - dx, view.south - dy], [view.east + dx, view.north + dy])
    moved = np.any(np.diff(inside, axis=0, prepend=np.nan) != 0, axis=1)
    return inside[moved]


def _extent(ring: np.ndarray) -> float:
    return float(np.prod(ring.max(axis=0) - ring.min(axis=0)))


def draw_scale(axes: Axes, view: View) -> Text:
    """A bar of a round number of kilometres, lower left; its words."""
    per_degree = 111.32 / view.aspect
    wanted = (view.east - view.west) * per_degree / 5
    length = max(step for step in (1, 2, 5, 10, 20, 50, 100, 200, 500, 1000) if step <= max(1, wanted))
    x, y = view.west + 0.03 * (view.east - view.west), view.south + 0.04 * (view.north - view.south)
    axes.plot([x, x + length / per_degree], [y, y], color="#1d1d1b", lw=1.2, solid_capstyle="butt", zorder=5)
    return axes.text(x + length / per_degree / 2, y, f"{length} km", ha="center", va="bottom", fontsize=7, zorder=5)
