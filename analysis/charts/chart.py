"""What a drawing is when it leaves a chart function: the figure and every word that belongs to it."""

from collections.abc import Sequence
from dataclasses import dataclass, field

import pandas as pd
from matplotlib.figure import Figure


@dataclass(frozen=True)
class Chart:
    """A drawing with its words, as `show.chart` takes it.

    `label` is unique in a notebook (`chart-casualties`); `title` states the finding in at most 15 words; `subtitle` says
    measure, place, period, unit; `alt` reads "[chart] of [data] where [finding]"; `source` says who, published when, data
    to when; `facts` are the ids of every fact drawn; `data` is the frame that was drawn. Where there was nothing to draw,
    `figure` is None and `empty` is the sentence that is printed instead.
    """

    figure: Figure | None
    label: str
    title: str
    subtitle: str = ""
    alt: str = ""
    source: str = ""
    facts: Sequence[str] = ()
    data: pd.DataFrame | None = field(default=None, compare=False, repr=False)
    empty: str = ""
