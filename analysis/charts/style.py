"""How every chart looks: one style file, one palette, fonts that ship with the package, one width."""

import logging
from collections.abc import Iterable
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Any

import matplotlib as mpl
import yaml
from matplotlib import font_manager
from matplotlib.axes import Axes
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure
from matplotlib.layout_engine import ConstrainedLayoutEngine

WIDTH = 6.7  # inches: the text block of an A4 page
FALLBACK = "DejaVu Sans"  # as in the style file
MARGIN = 0.015  # of the width, left and right: where the charts' own font is missing (in Lab) words are wider, and none is cut
ROW = 0.3  # inches a row of labelled marks needs


@cache
def palette() -> dict[str, Any]:
    """The colours by use; `series` is ordered."""
    return yaml.safe_load((files("analysis.charts") / "palette.yml").read_text(encoding="utf-8"))


@cache
def _register_fonts() -> None:
    folder = Path(str(files("analysis.publish"))) / "fonts"
    for path in sorted(folder.glob("*.[ot]tf")):
        font_manager.fontManager.addfont(path)
    logging.getLogger("matplotlib.font_manager").addFilter(_is_about_our_font)


def _is_about_our_font(record: logging.LogRecord) -> bool:
    """Not about the fallback for rare signs, which comes in fewer weights than the charts' own font."""
    return FALLBACK not in record.getMessage()


def new_figure(rows: float, columns: int = 1, **options: Any) -> tuple[Figure, list[Axes]]:
    """A figure of page width and the given height in inches, with its axes in a row; outside pyplot's global state."""
    _register_fonts()
    with mpl.rc_context(fname=str(files("analysis.charts") / "briefing.mplstyle")):
        figure = Figure(figsize=(WIDTH, rows), layout="constrained")
        FigureCanvasAgg(figure)  # measures text, so that labels can be placed
        engine = figure.get_layout_engine()
        assert isinstance(engine, ConstrainedLayoutEngine)
        engine.set(rect=(MARGIN, 0, 1 - 2 * MARGIN, 1))
        axes = figure.subplots(1, columns, squeeze=False, **options)
    return figure, list(axes[0])


def styled():
    """A context in which drawing follows the style file (text made later asks it again)."""
    _register_fonts()
    return mpl.rc_context(fname=str(files("analysis.charts") / "briefing.mplstyle"))


def colours_of(names: Iterable[str]) -> dict[str, str]:
    """A colour for each name: the fixed ones as they are, the others by order of name, so that a set always looks alike."""
    series, fixed = palette()["series"], palette()["fixed"]
    free = [colour for colour in series if colour not in fixed.values()]
    others = sorted(set(names) - set(fixed))
    return {**fixed, **{name: free[n % len(free)] for n, name in enumerate(others)}}
