"""Build the basemap: python scripts/build_basemap.py countries-10m.json

Input is `countries-10m.json` of the npm package world-atlas 2.0.2 (ISC), a TopoJSON of Natural Earth's 1:10m admin-0
boundaries (public domain). Output is analysis/charts/data/countries.npz: every ring's points as steps from the one before,
in 1/180 degree (600 m), where each ring begins, which country it belongs to, and the countries' names.
"""

import json
import sys
from pathlib import Path

import numpy as np

TARGET = Path(__file__).parent.parent / "analysis" / "charts" / "data" / "countries.npz"
# About 700 m: below what a line on a page shows, and two thirds of the points gone.
TOLERANCE_DEGREES = 0.0065
UNITS_PER_DEGREE = 180


def decode_arcs(topology: dict) -> list[np.ndarray]:
    """The arcs in degrees, thinned: points nearer to the last kept one than the tolerance are left out."""
    scale, translate = np.array(topology["transform"]["scale"]), np.array(topology["transform"]["translate"])
    return [thin(np.cumsum(np.array(arc), axis=0) * scale + translate) for arc in topology["arcs"]]


def thin(points: np.ndarray) -> np.ndarray:
    """Every point at least the tolerance from the last kept; the ends always, so that arcs still meet."""
    kept = [points[0]]
    for point in points[1:-1]:
        if np.abs(point - kept[-1]).max() >= TOLERANCE_DEGREES:
            kept.append(point)
    return np.array([*kept, points[-1]])


def join_ring(indices: list[int], arcs: list[np.ndarray]) -> np.ndarray:
    """One ring of its arcs; a negative index means an arc read backwards."""
    parts = [arcs[i] if i >= 0 else arcs[~i][::-1] for i in indices]
    return np.concatenate([part if n == 0 else part[1:] for n, part in enumerate(parts)])


def collect_rings(geometry: dict, arcs: list[np.ndarray]) -> list[np.ndarray]:
    """The outer and inner rings of a country."""
    polygons = geometry.get("arcs", [])
    polygons = [polygons] if geometry["type"] == "Polygon" else polygons
    return [join_ring(ring, arcs) for polygon in polygons for ring in polygon]


def main(source: str) -> None:
    """Read the TopoJSON and write the arrays."""
    topology = json.loads(Path(source).read_text(encoding="utf-8"))
    arcs = decode_arcs(topology)
    countries = topology["objects"]["countries"]["geometries"]
    rings = [(number, ring) for number, country in enumerate(countries) for ring in collect_rings(country, arcs)]
    points = np.round(np.concatenate([ring for _, ring in rings]) * UNITS_PER_DEGREE).astype(np.int32)
    np.savez_compressed(
        TARGET,
        steps=np.diff(points, axis=0, prepend=0).astype(np.int32),
        starts=np.cumsum([0, *(len(ring) for _, ring in rings)]).astype(np.int32),
        country=np.array([number for number, _ in rings], dtype=np.int16),
        names=np.array([country["properties"]["name"] for country in countries]),
    )


if __name__ == "__main__":
    main(sys.argv[1])
