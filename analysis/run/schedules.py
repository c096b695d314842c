"""What `schedules.yml` says: which edition is due when, what day it is about, and who gets it.

    - name: daily
      cron: "0 6 * * *"
      timezone: Europe/Kyiv
      parameters: {as_of: "{{ yesterday }}", period_days: 7}
      catch_up: last            # none, last or all of the periods that were missed
      deadline: 1800            # seconds for the whole edition
      deliver: [{folder: /srv/briefings}]
      on_failure: [{webhook: "https://example.org/hook"}]

A **period** is one time at which a schedule asks for an edition, named by the wall clock of the schedule's zone. On the day
that clocks go forward a time that does not exist is taken at the moment the clock would have shown it; on the day they go
back a time that comes twice is taken once. So no period is skipped and none comes twice.
"""

import re
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any, Literal
from zoneinfo import ZoneInfo, available_timezones

from croniter import croniter
from pydantic import BaseModel, ConfigDict, Field, ValidationError, field_validator

from analysis.errors import UsageError
from analysis.run.deliver import Target
from analysis.run.params import load_plain_yaml

FILE = "schedules.yml"
DEFAULT_DAY = "{{ yesterday }}"
_TOKEN = re.compile(r"\{\{ *([a-z_]+)(?: *([+-]) *(\d{1,4}))? *\}\}")
# A machine that was off for longer than this many periods does not make them all good.
MAXIMUM_PERIODS = 1000


class Schedule(BaseModel):
    """One entry of the file."""

    model_config = ConfigDict(extra="forbid", frozen=True)
    name: str = Field(pattern=r"^[a-z0-9][a-z0-9_-]{0,60}$")
    cron: str
    timezone: str = "UTC"
    notebooks: tuple[str, ...] = ()
    parameters: dict[str, Any] = {}
    catch_up: Literal["none", "last", "all"] = "last"
    deadline: float = Field(default=3600, gt=0)
    late_after: float = Field(default=1800, gt=0)
    retries: int = Field(default=1, ge=0, le=10)
    network: bool = False
    deliver: tuple[Target, ...] = ()
    on_failure: tuple[Target, ...] = ()

    @field_validator("cron")
    @classmethod
    def _check_cron(cls, value: str) -> str:
        if len(value.split()) != 5 or not croniter.is_valid(value):
            raise ValueError("not a cron expression of five fields")
        return value

    @field_validator("timezone")
    @classmethod
    def _check_zone(cls, value: str) -> str:
        if value not in available_timezones():
            raise ValueError("not the name of a time zone, like Europe/Kyiv")
        return value

    def periods_between(self, after: datetime, until: datetime) -> Iterator[datetime]:
        """The periods (wall-clock times without zone) whose moment lies in (after, until], both aware."""
        first, last = self._read_wall_clock(after, until)
        times = croniter(self.cron, first)
        while (period := times.get_next(datetime)) <= last:
            if after < self.moment_of(period) <= until:
                yield period

    def last_periods(self, after: datetime, until: datetime, most: int) -> list[datetime]:
        """The last of those periods, at most so many; what came before them is not looked at."""
        first, last = self._read_wall_clock(after, until)
        times = croniter(self.cron, last)
        found: list[datetime] = []
        while len(found) < most and (period := times.get_prev(datetime)) >= first:
            if after < self.moment_of(period) <= until:
                found.append(period)
        return found[::-1]

    def _read_wall_clock(self, after: datetime, until: datetime) -> tuple[datetime, datetime]:
        """Two moments in the schedule's zone, a day apart more at both ends: the clock may jump, and the moments decide."""
        zone, day = ZoneInfo(self.timezone), timedelta(days=1)
        return after.astimezone(zone).replace(tzinfo=None) - day, until.astimezone(zone).replace(tzinfo=None) + day

    def moment_of(self, period: datetime) -> datetime:
        """When a period begins, in UTC."""
        return period.replace(tzinfo=ZoneInfo(self.timezone), fold=0).astimezone(UTC)

    def next_period(self, now: datetime) -> datetime:
        """The first period after a moment."""
        for days in (2, 32, 370, 3660):
            found = next(self.periods_between(now, now + timedelta(days=days)), None)
            if found:
                return found
        raise UsageError(f"{FILE}: {self.name}: {self.cron!r} never comes")

    def parameters_for(self, period: datetime) -> dict[str, Any]:
        """The parameters with their date tokens filled in; `as_of` is yesterday unless it is given."""
        return fill_tokens({"as_of": DEFAULT_DAY, **self.parameters}, period.date())


def load_schedules(root: Path) -> list[Schedule]:
    """The schedules of a root. Raises UsageError in one line; no file means no schedules."""
    path = root / FILE
    if not path.is_file():
        return []
    entries = load_plain_yaml(path)
    if not isinstance(entries, list):
        raise UsageError(f"{path}: must be a list of schedules")
    schedules = [_read_schedule(path, entry) for entry in entries]
    names = [schedule.name for schedule in schedules]
    for name in names:
        if names.count(name) > 1:
            raise UsageError(f"{path}: two schedules are called {name}")
    return schedules


def _read_schedule(path: Path, entry: Any) -> Schedule:
    try:
        schedule = Schedule.model_validate(entry)
        schedule.parameters_for(datetime(2024, 1, 1))
        return schedule
    except ValidationError as error:
        first = error.errors()[0]
        name = entry.get("name", "?") if isinstance(entry, dict) else "?"
        raise UsageError(f"{path}: {name}: {'.'.join(map(str, first['loc']))}: {first['msg']}") from error


def fill_tokens(value: Any, day: date) -> Any:
    """Replace date tokens in all texts of a plain value.

    >>> fill_tokens({"as_of": "{{ yesterday }}", "since": "{{ day - 7 }}"}, date(2024, 10, 31))
    {'as_of': '2024-10-30', 'since': '2024-10-24'}
    """
    if isinstance(value, dict):
        return {key: fill_tokens(item, day) for key, item in value.items()}
    if isinstance(value, list):
        return [fill_tokens(item, day) for item in value]
    return _TOKEN.sub(lambda match: _day_of(match, day), value) if isinstance(value, str) else value


def _day_of(match: re.Match[str], day: date) -> str:
    name, sign, days = match.groups()
    anchors = {
        "day": day,
        "yesterday": day - timedelta(days=1),
        "week_start": day - timedelta(days=day.weekday()),
        "previous_sunday": day - timedelta(days=day.weekday() + 1),
        "month_start": day.replace(day=1),
        "previous_month_end": day.replace(day=1) - timedelta(days=1),
    }
    if name not in anchors:
        raise UsageError(f"{FILE}: no date token {{{{ {name} }}}}; there are: {', '.join(anchors)}")
    shift = int(days or 0) * (-1 if sign == "-" else 1)
    return (anchors[name] + timedelta(days=shift)).isoformat()
