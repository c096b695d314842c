"""Commands on schedules: `due`, `schedule`, `backfill`, `status`."""

import json
import sys
from datetime import datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Annotated
from zoneinfo import ZoneInfo

import typer

from analysis.commands import options
from analysis.errors import UsageError

if TYPE_CHECKING:
    from analysis.run.schedules import Schedule

schedule_app = typer.Typer(no_args_is_help=True, help="Have editions made at set times.")


def due(context: typer.Context) -> None:
    """Make the editions that schedules.yml says are due; for cron, a timer, or a workflow system to call.

    Example: briefing --root /srv/briefings due
    """
    from analysis.run.schedule import Scheduler
    from analysis.run.signals import cancellable

    with cancellable():
        finished = Scheduler(_root(context)).run_due(_report)
    raise typer.Exit(max((done.exit_status for done in finished), default=0))


def backfill(
    context: typer.Context,
    first: Annotated[str, typer.Option("--from", metavar="DAY", help="First day.")],
    last: Annotated[str, typer.Option("--to", metavar="DAY", help="Last day.")],
    schedule: Annotated[str | None, typer.Option(help="Which schedule; needed when there are several.")] = None,
    jobs: Annotated[int, typer.Option(min=1, help="Editions at a time.")] = 1,
    scheduler: options.Scheduler = None,
    tls_ca: options.TlsAuthority = None,
    tls_certificate: options.TlsCertificate = None,
    tls_key: options.TlsKey = None,
) -> None:
    """Make the editions of past periods that are not there yet.

    Example: briefing backfill --from 2024-10-01 --to 2024-10-30 --schedule daily
    """
    from analysis.run.layout import check_day

    root, cluster = _root(context), options.find_cluster(scheduler, tls_ca, tls_certificate, tls_key)
    chosen = _choose_schedule(root, schedule)
    zone = ZoneInfo(chosen.timezone)
    start = datetime.fromisoformat(check_day(first)).replace(tzinfo=zone)
    end = datetime.fromisoformat(check_day(last)).replace(tzinfo=zone) + timedelta(days=1)
    second = timedelta(seconds=1)
    raise typer.Exit(_backfill(root, chosen, (start - second, end - second), jobs, cluster))


def _choose_schedule(root: Path, name: str | None) -> "Schedule":
    from analysis.run.schedules import load_schedules

    schedules = load_schedules(root)
    chosen = [schedule for schedule in schedules if name in (None, schedule.name)]
    if len(chosen) != 1:
        names = ", ".join(schedule.name for schedule in schedules) or "none"
        raise UsageError(f"say which schedule with --schedule; there are: {names}")
    return chosen[0]


def _backfill(
    root: Path, schedule: "Schedule", span: tuple[datetime, datetime], jobs: int, cluster: options.Cluster | None
) -> int:
    """Make the editions, report each, give the gravest exit status."""
    from analysis.run.batch import open_batch
    from analysis.run.schedule import Scheduler
    from analysis.run.signals import cancellable

    worst = 0
    with open_batch(lambda event: None, jobs, cluster) as batch, cancellable():
        for done in Scheduler(root, batch.make).backfill(schedule, *span, batch.lanes, batch.stop):
            _report(done)
            worst = max(worst, done.exit_status)
        for error in batch.list_editions([(root, None)]):
            print(f"briefing: {error}", file=sys.stderr)
            worst = max(worst, error.exit_status)
    return worst


def status(context: typer.Context, format: Annotated[str, typer.Option(help="text or jsonl")] = "text") -> None:
    """Say of each schedule its last good edition, the next one, and whether it is overdue; exit status 1 when one is.

    Example: briefing status --format jsonl
    """
    from analysis.run.schedule import Scheduler

    entries = Scheduler(_root(context)).describe()
    for entry in entries:
        if format == "jsonl":
            print(json.dumps(entry))
        else:
            overdue = f", overdue: {', '.join(entry['overdue'][-3:])}" if entry["overdue"] else ""
            undelivered = f", not delivered: {entry['undelivered']}" if entry["undelivered"] else ""
            print(
                f"{entry['schedule']}: {entry['state']}, last good {entry['last_good'] or 'never'}, "
                f"next {entry['next_due']} {entry['timezone']}{overdue}{undelivered}"
            )
    raise typer.Exit(0 if all(entry["ok"] for entry in entries) else 1)


@schedule_app.command("run")
def run_loop(context: typer.Context) -> None:
    """Stay in the foreground and make editions as they fall due; for containers.

    Example: briefing --root /srv/briefings schedule run
    """
    from analysis.run.schedule import run_forever
    from analysis.run.signals import cancellable

    with cancellable():
        run_forever(_root(context), _report, lambda error: print(f"briefing: {error}", file=sys.stderr, flush=True))


@schedule_app.command("install")
def install(
    context: typer.Context,
    to: Annotated[Path | None, typer.Option(help="Folder for the two files; default: print them.")] = None,
) -> None:
    """Write a systemd service and timer that call `briefing due`.

    Example: briefing schedule install --to ~/.config/systemd/user
    """
    from analysis.run.schedules import load_schedules
    from analysis.run.units import make_units

    root = _root(context)
    load_schedules(root)
    for name, content in make_units(root).items():
        if to is None:
            print(f"# {name}\n{content}")
        else:
            to.mkdir(parents=True, exist_ok=True)
            (to / name).write_text(content, encoding="utf-8")
            print(to / name)


def _root(context: typer.Context) -> Path:
    from analysis.run.layout import open_layout

    return open_layout(context.obj).root


def _report(done) -> None:  # type: ignore[no-untyped-def]
    stream = sys.stdout if done.exit_status == 0 else sys.stderr
    print(f"{done.schedule} {done.period:%Y-%m-%dT%H:%M}: {done.state}: {done.text}", file=stream, flush=True)


def register(app: typer.Typer) -> None:
    """Add these commands to the command line."""
    app.command()(due)
    app.command()(backfill)
    app.command()(status)
    app.add_typer(schedule_app, name="schedule")
