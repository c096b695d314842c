"""Commands that make editions and tell of them: `run`, `runs`, `show`."""

import json
import os
import sys
from pathlib import Path
from typing import Annotated, Any

import typer

from analysis.commands import ingestion, options, schedules
from analysis.errors import BriefingError, UsageError
from analysis.run.report import describe_line

Names = Annotated[
    list[str] | None, typer.Argument(help="Notebooks, by name (20_casualties or casualties); default: all.")
]


def run(
    context: typer.Context,
    notebooks: Names = None,
    as_of: Annotated[
        str | None, typer.Option(metavar="DAY", help="Cut-off; default: the newest document's day.")
    ] = None,
    set_: Annotated[list[str] | None, typer.Option("--set", metavar="NAME=VALUE", help="A parameter.")] = None,
    params: Annotated[Path | None, typer.Option(help="A YAML file of parameters, or a list of such sets.")] = None,
    jobs: Annotated[int, typer.Option(min=1, help="Notebooks at a time.")] = os.cpu_count() or 1,
    force: Annotated[bool, typer.Option(help="Make it again even when nothing has changed.")] = False,
    engine: Annotated[str, typer.Option(help="fork (fast) or kernel.")] = "fork",
    network: Annotated[bool, typer.Option(help="Let notebooks use the network.")] = False,
    memory: Annotated[int, typer.Option(min=128, help="MiB that one notebook may use.")] = 2048,
    cell_seconds: Annotated[float, typer.Option(min=0.1, help="Deadline of a cell.")] = 300,
    run_seconds: Annotated[float, typer.Option(min=0.1, help="Deadline of a notebook.")] = 1800,
    reports: Annotated[
        str | None, typer.Option(metavar="URL", help="Send the edition there too: s3://..., file://...")
    ] = None,
    events: Annotated[
        str | None, typer.Option(metavar="FILE", help="Add progress as JSON Lines to a file; - for standard error.")
    ] = None,
    scheduler: options.Scheduler = None,
    tls_ca: options.TlsAuthority = None,
    tls_certificate: options.TlsCertificate = None,
    tls_key: options.TlsKey = None,
) -> None:
    """Make an edition: execute the notebooks, write HTML and PDF to reports/.

    Example: briefing run --as-of 2024-10-30 --set period_days=7
    """
    from analysis.run.batch import run_batch
    from analysis.run.limits import MEBIBYTE, Limits
    from analysis.run.params import load_sets
    from analysis.run.progress import choose_listener
    from analysis.run.request import ENGINES, Request

    if engine not in ENGINES:
        raise UsageError(f"--engine {engine}: is one of {', '.join(ENGINES)}")
    limits = Limits(
        network=network, memory_bytes=memory * MEBIBYTE, cell_seconds=cell_seconds, run_seconds=run_seconds,
        cpu_seconds=run_seconds,
    )  # fmt: skip
    common = {
        "root": context.obj, "notebooks": tuple(notebooks or ()), "jobs": jobs, "force": force, "engine": engine,
        "reports": reports,
    }  # fmt: skip
    requests = [
        Request(
            **common,
            as_of=settings.pop("as_of", as_of),
            settings=settings,
            assignments=tuple(set_ or ()),
            limits=limits,
        )
        for settings in (load_sets(params) if params else [{}])
    ]
    with choose_listener(context.obj, len(requests), events) as listener:
        results = run_batch(requests, jobs, listener, options.find_cluster(scheduler, tls_ca, tls_certificate, tls_key))
    worst = max(map(_report, results))
    raise typer.Exit(worst)


def _report(result: Any) -> int:
    """Print one edition's folder, or why there is none; gives the exit status."""
    if isinstance(result, BriefingError):
        print(f"briefing: {result}", file=sys.stderr)
        return result.exit_status
    if result.reused:
        print(f"nothing has changed; the edition of {result.edition} is as it was", file=sys.stderr)
    print(result.address or result.folder)
    return 0


def runs(
    context: typer.Context,
    limit: Annotated[int, typer.Option(min=1, help="How many.")] = 20,
    format: Annotated[str, typer.Option(help="text or jsonl")] = "text",
) -> None:
    """List the last runs, newest first, with scheduled ones that are late or were skipped.

    Example: briefing runs --limit 5
    """
    from analysis.run.layout import open_layout
    from analysis.run.schedule import Scheduler

    scheduler = Scheduler(open_layout(context.obj).root)
    scheduler.note_late()
    ticks = scheduler.ticks
    entries = [*ticks.ledger.runs(limit), *ticks.list_unrun()]
    for entry in sorted(entries, key=lambda entry: entry["started"], reverse=True)[:limit]:
        print(json.dumps(entry, ensure_ascii=False) if format == "jsonl" else describe_line(entry))


def show(
    context: typer.Context,
    run: Annotated[str, typer.Argument(help="A run's id, or its beginning.")],
    open_: Annotated[bool, typer.Option("--open", help="Open the kept notebook in JupyterLab.")] = False,
) -> None:
    """Explain one run: parameters, where it failed, the traceback, how to repeat it.

    Example: briefing show 20241030T0600
    """
    from analysis.run.layout import open_layout
    from analysis.run.ledger import Ledger
    from analysis.run.report import describe_run, find_kept_notebooks

    ledger = Ledger(open_layout(context.obj).hidden)
    ledger.mark_lost()
    entry = ledger.find_run(run)
    if entry is None:
        raise UsageError(f"no run {run}; see: briefing runs")
    print(describe_run(entry))
    kept = find_kept_notebooks(entry)
    if open_ and kept:
        os.execvp(sys.executable, [sys.executable, "-m", "jupyterlab", str(kept[0])])  # noqa: S606 - replaces us


def register(app: typer.Typer) -> None:
    """Add these commands to the command line."""
    app.command()(run)
    app.command()(runs)
    app.command()(show)
    schedules.register(app)
    ingestion.register(app)
