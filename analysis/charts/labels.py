"""Labels that do not overlap: each takes the first place around its point that is free, and goes without rather than collide."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from matplotlib.axes import Axes
from matplotlib.text import Annotation, Text
from matplotlib.transforms import Bbox

# Right, left, above, below, then the corners, then further out: offsets in points with the alignment that goes with them.
PLACES = [
    (6, 0, "left", "center"), (-6, 0, "right", "center"), (0, 6, "center", "bottom"), (0, -6, "center", "top"),
    (5, 5, "left", "bottom"), (5, -5, "left", "top"), (-5, 5, "right", "bottom"), (-5, -5, "right", "top"),
    (16, 10, "left", "bottom"), (16, -10, "left", "top"), (-16, 10, "right", "bottom"), (-16, -10, "right", "top"),
    (24, 20, "left", "bottom"), (24, -20, "left", "top"), (-24, 20, "right", "bottom"), (-24, -20, "right", "top"),
]  # fmt: skip
LEADER_FROM = 12  # points: further away a thin line shows what the label belongs to


@dataclass(frozen=True)
class Label:
    """Words for a point in data coordinates; the first of a list has the first choice."""

    x: float
    y: float
    text: str
    weight: str = "normal"
    colour: str = "#1d1d1b"


def place_labels(
    axes: Axes, labels: Sequence[Label], size: float = 8.5, taken: list[Bbox] | None = None
) -> list[Label]:
    """Draw labels where they fit inside the axes; gives those for which there was no room. What they cover, and the points
    themselves, are added to `taken`.
    """
    taken = [] if taken is None else taken
    figure = axes.get_figure(root=True)
    assert figure is not None
    figure.draw_without_rendering()
    renderer = figure.canvas.get_renderer()  # type: ignore[attr-defined]
    frame = axes.get_window_extent(renderer)
    taken += [_box_of_point(axes, label) for label in labels]
    left_out = []
    for label in labels:
        note = next(filter(None, (_try(axes, label, place, size, frame, taken, renderer) for place in PLACES)), None)
        if note is None:
            left_out.append(label)
        else:
            taken.append(note.get_window_extent(renderer))
    return left_out


def name_area(axes: Axes, name: str, spots: Iterable[Iterable[float]], taken: list[Bbox]) -> None:
    """Name an area at the first of some spots where the name covers nothing; not at all where it would."""
    figure = axes.get_figure(root=True)
    assert figure is not None
    renderer = figure.canvas.get_renderer()  # type: ignore[attr-defined]
    frame = axes.get_window_extent(renderer)
    for x, y in spots:
        text = axes.text(x, y, name, ha="center", va="center", fontsize=7, color="#6b6b6b", zorder=2)
        box = text.get_window_extent(renderer).expanded(1.1, 1.2)
        if _is_within(box, frame) and not any(box.overlaps(other) for other in taken):
            taken.append(box)
            return
        text.remove()


def _is_within(box: Bbox, frame: Bbox) -> bool:
    return box.x0 >= frame.x0 and box.x1 <= frame.x1 and box.y0 >= frame.y0 and box.y1 <= frame.y1


def _box_of_point(axes: Axes, label: Label, radius: float = 3) -> Bbox:
    x, y = axes.transData.transform((label.x, label.y))
    return Bbox([[x - radius, y - radius], [x + radius, y + radius]])


def _try(
    axes: Axes, label: Label, place: tuple, size: float, frame: Bbox, taken: list[Bbox], renderer
) -> Annotation | None:
    dx, dy, horizontal, vertical = place
    far = max(abs(dx), abs(dy)) > LEADER_FROM
    note = axes.annotate(
        label.text, (label.x, label.y), (dx, dy), textcoords="offset points", ha=horizontal, va=vertical, fontsize=size,
        fontweight=label.weight, color=label.colour, zorder=6, annotation_clip=False,
        arrowprops={"arrowstyle": "-", "lw": 0.5, "color": "#595959", "shrinkA": 0, "shrinkB": 2} if far else None,
    )  # fmt: skip
    text_box = _text_box(note, renderer)
    if not _is_within(text_box, frame):
        note.remove()
        return None
    if any(text_box.overlaps(other) for other in taken):
        note.remove()
        return None
    return note


def _text_box(note: Annotation, renderer) -> Bbox:
    """The words' own box, without the leader."""
    note.update_positions(renderer)
    return Text.get_window_extent(note, renderer).expanded(1.03, 1.12)
