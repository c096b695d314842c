"""The command line: results on standard output, progress and messages on standard error."""

import os
import sys
from importlib import import_module
from pathlib import Path
from typing import Annotated

import typer

from analysis.errors import BriefingError
from analysis.files import describe_refusal, find_refusal

app = typer.Typer(no_args_is_help=True, add_completion=False, pretty_exceptions_enable=False)
COMMANDS = ("extraction", "editing", "reviewing", "runs")


@app.callback()
def briefing(
    context: typer.Context,
    root: Annotated[Path, typer.Option(help="Folder that holds seeds/, notebooks/ and reports/.")] = Path("."),
) -> None:
    """Turn news about a war and its ceasefire talks into a briefing whose every number leads to its words."""
    context.obj = root


for name in COMMANDS:
    import_module(f"analysis.commands.{name}").register(app)


def main() -> None:
    """Entry point of the `briefing` command."""
    try:
        app()
    except BriefingError as error:
        print(f"briefing: {error}", file=sys.stderr)
        sys.exit(error.exit_status)
    except BrokenPipeError:  # the reader of a pipe has had enough
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    except OSError as error:
        if find_refusal(error) is None:
            raise
        print(f"briefing: {describe_refusal(error, Path('standard output, or a file'))}", file=sys.stderr)
        sys.exit(1)


if __name__ == "__main__":
    main()
