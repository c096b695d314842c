"""Commands on documents and their facts: `extract`, `facts`, `diff`."""

import json
import sys
from datetime import date
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from analysis.errors import UsageError
from analysis.facts import KINDS


class LinesFormat(StrEnum):
    """How `extract` prints."""

    jsonl = "jsonl"


class TableFormat(StrEnum):
    """How `facts` prints."""

    csv = "csv"
    jsonl = "jsonl"
    parquet = "parquet"


Day = Annotated[str | None, typer.Option(metavar="YYYY-MM-DD")]


def check_day(value: str | None, name: str) -> str | None:
    """An ISO day, or UsageError that names the option."""
    try:
        return date.fromisoformat(value).isoformat() if value else None
    except ValueError:
        raise UsageError(f"{name}: {value!r} is no day; write it as YYYY-MM-DD") from None


def extract(
    context: typer.Context,
    paths: Annotated[list[Path], typer.Argument(help="Documents: .txt, .md, .html, .docx.")],
    published: Annotated[str | None, typer.Option(metavar="DAY", help="Day of publication of all of them.")] = None,
    jobs: Annotated[int, typer.Option(min=1, help="How many processes.")] = 1,
    format: Annotated[LinesFormat, typer.Option(help="One JSON object a line.")] = LinesFormat.jsonl,
    explain: Annotated[str | None, typer.Option(metavar="FACT_ID", help="Show which rule found this fact.")] = None,
    llm: Annotated[
        str | None,
        typer.Option(
            metavar="URL",
            envvar="BRIEFING_LLM_BASE_URL",
            help="Ask a language model at this OpenAI-compatible address too.",
        ),
    ] = None,
    llm_model: Annotated[
        str | None, typer.Option(metavar="NAME", envvar="BRIEFING_LLM_MODEL", help="Which model.")
    ] = None,
) -> None:
    """Print the facts of documents, one a line.

    With --llm, the documents are sent to that address; a key is read from BRIEFING_LLM_API_KEY.

    Example: briefing extract seeds/documents/*.txt --published 2024-10-30 --format jsonl
    """
    from analysis.extract.batches import extract_files
    from analysis.extract.llm.settings import choose_model

    day = check_day(published, "--published")
    hand = context.obj / "seeds" / "hand"
    failed = 0
    model = choose_model(llm, llm_model, context.obj)
    for outcome in extract_files(paths, day, jobs, hand if hand.is_dir() else None, model):
        failed += outcome.error is not None
        for line in filter(None, [outcome.error, *(f"dropped: {reason}" for reason in outcome.dropped)]):
            print(line, file=sys.stderr)
        for fact in outcome.facts:
            if explain is None:
                print(json.dumps(fact.model_dump(), ensure_ascii=False))
            elif fact.fact_id == explain:
                print(explain_fact(fact))
    raise typer.Exit(1 if failed else 0)


def explain_fact(fact) -> str:
    """Which rule found a fact, on which words, with every field that it filled."""
    lines = [f"{fact.fact_id}: {fact.extractor}", f"  {fact.doc}[{fact.start}:{fact.end}] {fact.text!r}"]
    if fact.cue:
        lines.append(f"  cue [{fact.cue.start}:{fact.cue.end}] {fact.cue.text!r}")
    shown = {"fact_id", "extractor", "doc", "doc_id", "start", "end", "text", "cue"}
    fields = {k: v for k, v in fact.model_dump().items() if k not in shown and v not in (None, [])}
    return "\n".join([*lines, *(f"  {name}: {value}" for name, value in fields.items())])


def facts(
    context: typer.Context,
    kind: Annotated[str | None, typer.Option(help=", ".join(KINDS))] = None,
    as_of: Annotated[str | None, typer.Option(metavar="DAY", help="What was known at the end of this day.")] = None,
    edition: Annotated[str | None, typer.Option(help="The facts of a published edition.")] = None,
    format: Annotated[TableFormat, typer.Option()] = TableFormat.csv,
) -> None:
    """Print the facts of the store, or of an edition.

    Example: briefing facts --kind figure --as-of 2024-10-30 --format csv
    """
    from analysis import exports

    if kind is not None and kind not in KINDS:
        raise UsageError(f"--kind: {kind!r} is no kind of fact; choose one of {', '.join(KINDS)}")
    frame = _known(context.obj, check_day(as_of, "--as-of"), edition)
    frame = frame[frame["kind"] == kind] if kind else frame
    if format is TableFormat.parquet:
        frame.drop(columns=["cue"]).to_parquet(sys.stdout.buffer, index=False)
    else:
        sys.stdout.write(exports.to_csv(frame) if format is TableFormat.csv else exports.to_jsonl(frame))


def _known(root: Path, as_of: str | None, edition: str | None):
    import pandas as pd

    from analysis.known import load_facts
    from analysis.seeds import read_seeds

    if edition is None:
        read_seeds(root)
        return load_facts(as_of or "", root=root)
    path = root / "reports" / edition / "facts.jsonl"
    if not path.is_file():
        raise UsageError(f"--edition: there is no {path}; editions are the folders of {root / 'reports'}")
    return pd.DataFrame([json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()], dtype=object)


def diff(
    context: typer.Context,
    earlier: Annotated[str, typer.Argument(metavar="EDITION", help="The day of one edition, YYYY-MM-DD.")],
    later: Annotated[str, typer.Argument(metavar="EDITION", help="The day of a later one.")],
) -> None:
    """Print what changed between two editions, fact by fact: kind, what, why, ids of the facts.

    Example: briefing diff 2024-10-30 2024-10-31
    """
    from analysis.editions import compare_days
    from analysis.seeds import read_seeds

    first, second = (check_day(day, "EDITION") or "" for day in (earlier, later))
    read_seeds(context.obj)
    for row in compare_days(context.obj, first, second).to_dict("records"):
        why = f" ({row['why']})" if row.get("why") else ""
        typer.echo(f"{row['kind']}: {row['text']}{why} [{', '.join(row['facts'])}]")


def register(app: typer.Typer) -> None:
    """Add these commands to the command line."""
    app.command()(extract)
    app.command()(facts)
    app.command()(diff)
