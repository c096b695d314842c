"""Commands for those who check and edit: `review` a fact, `check` everything, `preview` a notebook."""

import sys
from datetime import UTC, datetime
from typing import Annotated, Literal

import typer

from analysis.commands.extraction import check_day
from analysis.errors import UsageError

Verdict = Literal["accept", "reject", "correct"]


def review(
    context: typer.Context,
    fact_id: Annotated[str, typer.Argument(help="Column fact_id of facts.csv.")],
    who: Annotated[str, typer.Option(help="Who decides.")],
    why: Annotated[str, typer.Option(help="For which reason.")],
    accept: Annotated[bool, typer.Option("--accept", help="The fact is what its words say.")] = False,
    reject: Annotated[bool, typer.Option("--reject", help="It is not, and counts no longer.")] = False,
    set_: Annotated[
        list[str] | None, typer.Option("--set", metavar="FIELD=VALUE", help="A right value; null for none.")
    ] = None,
    date: Annotated[
        str | None, typer.Option(metavar="DAY", help="From which day on it counts; default: today.")
    ] = None,
) -> None:
    """Accept, reject or correct a fact; the decision is appended to seeds/hand/corrections.yml.

    Editions as of an earlier day than the decision stay as they were.

    Example: briefing review figure-0123456789ab --set value_low=14 --set value_high=14 --who "A. Analyst" --why "says 14"
    """
    from analysis.review import review_fact
    from analysis.revisions.decisions import FILE

    choices: tuple[tuple[Verdict, bool], ...] = (("accept", accept), ("reject", reject), ("correct", bool(set_)))
    verdicts = [name for name, given in choices if given]
    if len(verdicts) != 1:
        raise UsageError("give one of --accept, --reject, --set FIELD=VALUE")
    if not all(text.strip() and text.isprintable() for text in (who, why)):
        raise UsageError("--who and --why: a decision names a person and a reason, each in one line of text")
    # The day on which a person decides; what runs read of it is the date in the file.
    day = check_day(date, "--date") or datetime.now(UTC).date().isoformat()
    decision = review_fact(context.obj, fact_id, verdicts[0], set_ or [], who, day, why)
    typer.echo(f"{FILE}: {decision.action} {fact_id}; it counts for editions as of {day} and later")


def check(context: typer.Context) -> None:
    """Find what would stop a run: records, documents, hand files, notebooks, house.yml, schedules.yml; one line a fault.

    Example: briefing check
    """
    from analysis.faults import find_faults
    from analysis.run.layout import open_layout

    faults = list(find_faults(open_layout(context.obj).root))
    for fault in faults:
        print(fault)
    print(f"{len(faults)} faults" if faults else "nothing wrong", file=sys.stderr)
    raise typer.Exit(1 if faults else 0)


def preview(
    context: typer.Context,
    notebook: Annotated[str, typer.Argument(help="By name (20_casualties or casualties), or a path.")],
    as_of: Annotated[
        str | None, typer.Option(metavar="DAY", help="Cut-off; default: the newest document's day.")
    ] = None,
) -> None:
    """Execute one notebook and print where its page is, without making an edition.

    Example: briefing preview casualties
    """
    from analysis.run.preview import preview_notebook
    from analysis.run.progress import choose_listener

    with choose_listener(context.obj) as listener:
        path = preview_notebook(context.obj, notebook, as_of, listener)
    print(path)


def register(app: typer.Typer) -> None:
    """Add these commands to the command line."""
    app.command()(review)
    app.command()(check)
    app.command()(preview)
