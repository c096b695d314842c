"""Options that several commands have."""

from typing import Annotated

import typer

from analysis.run.executors import Cluster

Scheduler = Annotated[
    str | None,
    typer.Option(metavar="ADDRESS", envvar="BRIEFING_SCHEDULER", help="A Dask scheduler, tcp:// or tls://."),
]
TlsAuthority = Annotated[str | None, typer.Option("--tls-ca", help="TLS: file of the authority.")]
TlsCertificate = Annotated[str | None, typer.Option(help="TLS: file of this client's certificate.")]
TlsKey = Annotated[str | None, typer.Option(help="TLS: file of this client's key.")]


def find_cluster(scheduler: str | None, ca: str | None, certificate: str | None, key: str | None) -> Cluster | None:
    """The cluster that the options name, if they do."""
    return Cluster(scheduler, ca, certificate, key) if scheduler else None
