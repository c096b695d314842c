"""The command line: results on standard output, progress and messages on standard error."""

import json
import sys
from pathlib import Path
from typing import Annotated

import typer

from analysis.errors import BriefingError, DocumentError

app = typer.Typer(no_args_is_help=True, add_completion=False, pretty_exceptions_enable=False)


@app.callback()
def briefing() -> None:
    """Turn news about a war and its ceasefire talks into a briefing whose every number leads to its words."""


@app.command()
def extract(
    paths: Annotated[list[Path], typer.Argument(help="Documents (.txt, .md).")],
    published: Annotated[str | None, typer.Option(help="Day of publication, YYYY-MM-DD.")] = None,
    jobs: Annotated[int, typer.Option(min=1, help="Processes.")] = 1,
    format: Annotated[str, typer.Option(help="jsonl")] = "jsonl",
) -> None:
    """Print the facts of documents, one JSON object a line: briefing extract article.txt --format jsonl"""
    from analysis.documents import read_document
    from analysis.extract import Extractor

    documents, failed = [], 0
    for path in paths:
        try:
            documents.append(read_document(path, published))
        except DocumentError as error:
            failed += 1
            print(error, file=sys.stderr)
    for _, facts, dropped in Extractor().extract_all(documents):
        for line in dropped:
            print(f"dropped: {line}", file=sys.stderr)
        for fact in facts:
            print(json.dumps(fact.model_dump(), ensure_ascii=False))
    raise typer.Exit(1 if failed else 0)


def main() -> None:
    """Entry point of the `briefing` command."""
    try:
        app()
    except BriefingError as error:
        print(f"briefing: {error}", file=sys.stderr)
        sys.exit(error.exit_status)
