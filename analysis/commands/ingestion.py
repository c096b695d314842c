"""Commands on many articles: `ingest`."""

import sys
import time
from typing import Annotated

import typer

from analysis.commands import options
from analysis.errors import UsageError


def ingest(
    context: typer.Context,
    paths: Annotated[list[str] | None, typer.Argument(help="Folders, globs, .jsonl, .parquet, .warc files.")] = None,
    publisher: Annotated[str, typer.Option(help="Who printed what does not say it itself.")] = "unknown",
    jobs: Annotated[int, typer.Option(min=1, help="Processes.")] = 1,
    scheduler: options.Scheduler = None,
    tls_ca: options.TlsAuthority = None,
    tls_certificate: options.TlsCertificate = None,
    tls_key: options.TlsKey = None,
    quarantined: Annotated[bool, typer.Option("--quarantined", help="List what was set aside, and why.")] = False,
) -> None:
    """Take many articles into the store, each once; start it again and it goes on where it was.

    Example: briefing ingest crawl/*.warc.gz --jobs 4
    """
    from analysis.run.index import Index
    from analysis.run.ingest import ingest as take_in
    from analysis.run.layout import open_layout
    from analysis.run.mirror import pull_facts, push_facts

    if quarantined:
        for source, reason in Index(open_layout(context.obj).hidden).quarantined():
            print(f"{source}\t{reason}")
        return
    if not paths:
        raise UsageError("say what to take in: briefing ingest PATH...")
    cluster = options.find_cluster(scheduler, tls_ca, tls_certificate, tls_key)
    layout = open_layout(context.obj)
    pull_facts(layout)
    try:
        progress = take_in(layout.root, paths, publisher, jobs, cluster, _Reporter())
    finally:
        push_facts(layout)
    print(
        f"{progress.taken} taken in with {progress.facts} facts, {progress.known} known before, "
        f"{progress.set_aside} set aside"
    )
    if progress.set_aside:
        print("briefing ingest --quarantined lists what was set aside", file=sys.stderr)
        raise typer.Exit(1)


class _Reporter:
    """A line on standard error for progress, at most one a second."""

    def __init__(self) -> None:
        self.started = self.last = time.monotonic()

    def __call__(self, progress) -> None:  # type: ignore[no-untyped-def]
        now = time.monotonic()
        if now - self.last >= 1:
            self.last = now
            rate = progress.taken / (now - self.started)
            print(f"{progress.taken} articles, {rate:.1f} a second, {progress.set_aside} set aside", file=sys.stderr)


def register(app: typer.Typer) -> None:
    """Add these commands to the command line."""
    app.command()(ingest)
