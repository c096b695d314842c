"""The ground under a map: country outlines (Natural Earth, public domain), clipped to the view."""

from dataclasses import dataclass
from functools import cache
from importlib.resources import as_file, files

import numpy as np
from matplotlib.axes import Axes
from matplotlib.collections import PolyCollection

from analysis.charts.style import palette

UNITS_PER_DEGREE = 180
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
    """Land, sea and borders of the view, with the countries' names where there is room for them."""
    colours = palette()
    rings, country, names = _load_rings()
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
    for number in sorted({int(country[n]) for n in seen}):
        largest = max((_clip(rings[n], view) for n in seen if country[n] == number), key=_extent)
        _name_country(axes, view, names[number], largest)


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


def _name_country(axes: Axes, view: View, name: str, inside: np.ndarray) -> None:
    """Name a country in the middle of the largest part that is seen, where that is wide enough."""
    (west, south), (east, north) = inside.min(axis=0), inside.max(axis=0)
    width = view.east - view.west
    if east - west < 0.012 * width * len(name) or north - south < 0.05 * (view.north - view.south):
        return
    axes.text(
        (west + east) / 2, (south + north) / 2, name.upper(), ha="center", va="center", fontsize=7, alpha=0.9,
        color="#6b6b6b", zorder=2, clip_on=True,
    )  # fmt: skip


def draw_scale(axes: Axes, view: View) -> None:
    """A bar of a round number of kilometres, lower left."""
    per_degree = 111.32 / view.aspect
    wanted = (view.east - view.west) * per_degree / 5
    length = max(step for step in (1, 2, 5, 10, 20, 50, 100, 200, 500, 1000) if step <= max(1, wanted))
    x, y = view.west + 0.03 * (view.east - view.west), view.south + 0.04 * (view.north - view.south)
    axes.plot([x, x + length / per_degree], [y, y], color="#1d1d1b", lw=1.2, solid_capstyle="butt", zorder=5)
    axes.text(x + length / per_degree / 2, y, f"{length} km", ha="center", va="bottom", fontsize=7, zorder=5)
