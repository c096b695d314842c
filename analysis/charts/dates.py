"""Days along the bottom of a chart: whole days, few, written as people write them."""

from datetime import date, timedelta

import matplotlib.dates as mdates
from matplotlib.axes import Axes

MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
STEPS = (1, 2, 7, 14, 30, 91, 182, 365, 1826, 3652)


def set_day_axis(axes: Axes, first: date, last: date, ticks: int = 6) -> None:
    """Limit the axis to the days from `first` to `last` with a little room, and name at most `ticks` of them."""
    pad = max(timedelta(days=1), (last - first) * 0.04)
    axes.set_xlim(mdates.date2num(first - pad), mdates.date2num(last + pad))
    days = [first, last] if ticks == 2 < (last - first).days else _steps(first, last, ticks)
    axes.set_xticks(mdates.date2num(days), [name_day(day, n, days) for n, day in enumerate(days)])


def _steps(first: date, last: date, ticks: int) -> list[date]:
    """Days in equal steps from the first on."""
    step = next((s for s in STEPS if (last - first).days / s < ticks), STEPS[-1])
    return [first + timedelta(days=n) for n in range(0, (last - first).days + 1, step)]


def name_day(day: date, number: int, days: list[date]) -> str:
    """ "30 Oct", with the year below the first and wherever it changes."""
    named = f"{day.day} {MONTHS[day.month - 1]}"
    return f"{named}\n{day.year}" if number == 0 or days[number - 1].year != day.year else named
