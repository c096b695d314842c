"""Commands that make something to edit: `add` a document, a `new` notebook."""

import json
import re
from importlib.resources import files
from pathlib import Path
from typing import Annotated

import typer
import yaml

from analysis.commands.extraction import check_day
from analysis.documents import read_document
from analysis.errors import UsageError
from analysis.files import write_file
from analysis.records import DOCUMENTS, SOURCES, load_records


def add(
    context: typer.Context,
    path: Annotated[
        Path, typer.Argument(help="A document; it is copied into seeds/documents/ when it lies elsewhere.")
    ],
    publisher: Annotated[str, typer.Option(help="Who printed it.")],
    published: Annotated[str | None, typer.Option(metavar="DAY", help="Day of publication, where known.")] = None,
    title: Annotated[str | None, typer.Option()] = None,
    url: Annotated[str | None, typer.Option()] = None,
    syndicated_from: Annotated[str | None, typer.Option(help="The agency whose text it prints.")] = None,
) -> None:
    """Add a document with its record to seeds/.

    Example: briefing add article.txt --publisher "Example News" --published 2024-11-02
    """
    root: Path = context.obj
    day = check_day(published, "--published")
    read_document(path)
    target = _place_document(root, path)
    name = target.relative_to(root / DOCUMENTS).as_posix()
    fields = {"id": _free_id(root, target.stem), "file": name, "publisher": publisher, "title": title, "url": url}
    fields |= {"published": day, "published_basis": "given" if day else None, "syndicated_from": syndicated_from}
    record = yaml.safe_dump([{k: v for k, v in fields.items() if v}], sort_keys=False, allow_unicode=True)
    sources = root / SOURCES
    previous = sources.read_text(encoding="utf-8") if sources.is_file() else ""
    separator = "" if not previous or previous.endswith("\n\n") else "\n" if previous.endswith("\n") else "\n\n"
    write_file(sources, (previous + separator + record).encode())
    typer.echo(f"added {DOCUMENTS / name} as {fields['id']}; the next run reads it")


def _place_document(root: Path, path: Path) -> Path:
    folder = root / DOCUMENTS
    if path.resolve().is_relative_to(folder.resolve()):
        return folder / path.resolve().relative_to(folder.resolve())
    target = folder / path.name
    if target.exists():
        raise UsageError(f"{target}: there is already a document of this name; rename {path} and add it again")
    folder.mkdir(parents=True, exist_ok=True)
    write_file(target, path.read_bytes())
    return target


def _free_id(root: Path, stem: str) -> str:
    records = load_records(root) if (root / SOURCES).is_file() else []
    taken = {record.id for record in records}
    if any(record.file.startswith(stem + ".") for record in records):
        raise UsageError(f"{SOURCES}: {stem} has a record already")
    return next(name for name in (stem, *(f"{stem}-{n}" for n in range(2, 10_000))) if name not in taken)


def new(
    context: typer.Context,
    name: Annotated[
        str, typer.Argument(help="Name of the notebook, beginning with its place in the order: 70_hospitals.")
    ],
    question: Annotated[str, typer.Option(help="The question that it answers: its first heading.")],
) -> None:
    """Make a notebook from the template in notebooks/.

    Example: briefing new 70_hospitals --question "Which hospitals work?"
    """
    if not re.fullmatch(r"[a-z0-9_]+", name):
        raise UsageError(f"{name}: use small letters, digits and underscores, for example 70_hospitals")
    target = context.obj / "notebooks" / f"{name}.ipynb"
    if target.exists():
        raise UsageError(f"{target}: there is already a notebook of this name")
    template = (files("analysis.commands") / "template.ipynb").read_text(encoding="utf-8")
    title = name.lstrip("0123456789_").replace("_", " ").capitalize()
    words = {"QUESTION": question, "TITLE": title}
    for placeholder, text in words.items():
        # As JSON, without its quotation marks: the question may hold any character.
        template = template.replace(placeholder, json.dumps(text, ensure_ascii=False)[1:-1])
    write_file(target, template.encode())
    typer.echo(f"wrote {target}; open it with: make lab")


def register(app: typer.Typer) -> None:
    """Add these commands to the command line."""
    app.command()(add)
    app.command()(new)
