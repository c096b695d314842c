"""One notebook as its readers will see it, for whoever edits it: executed as in a run, its HTML in `build/preview/`, no edition."""

import tempfile
from pathlib import Path
from typing import Any

import nbformat

from analysis.files import write_file
from analysis.run.edition import plan_edition
from analysis.run.errors import RunError
from analysis.run.inputs import gather_inputs
from analysis.run.layout import check_day, find_notebooks, open_layout
from analysis.run.limits import Limits
from analysis.run.notebooks import Executor, Listener, read_plan
from analysis.run.remote import call_guarded
from analysis.run.request import Request
from analysis.run.sandbox import preloaded

FOLDER = Path("build") / "preview"


def preview_notebook(root: Path, name: str, as_of: str | None, listener: Listener = lambda event: None) -> Path:
    """Execute a notebook and write its page; gives where it is. Raises UsageError, or RunError when a cell fails."""
    layout = open_layout(root)
    plan = read_plan(find_notebooks(layout, [name])[0])
    request = Request(layout.root, (plan.name,), check_day(as_of) if as_of else None)
    target = layout.root / FOLDER / f"{plan.name}.html"
    with preloaded() as jobs, tempfile.TemporaryDirectory() as folder:
        edition = plan_edition(layout, [plan], request, gather_inputs(layout, request.as_of, jobs))
        executed = Path(folder) / f"{plan.name}.ipynb"
        executor = Executor("fork", request.limits, layout.hidden / "cache", jobs, layout.root, listener)
        outcome = executor.execute(
            edition.plans[0], edition.cache_key(edition.plans[0]), executed, Path(folder), force=False
        )
        if outcome.reason:
            raise RunError(outcome.reason)
        environment = {"BRIEFING_ROOT": str(layout.root), "TZ": "UTC"}
        arguments: dict[str, Any] = {"notebook": str(executed), "target": str(target)}
        limits = Limits(network=False)
        call_guarded(jobs, "analysis.run.preview:write_page", arguments, limits, layout.root, environment)
    return target


def write_page(notebook: str, target: str) -> None:
    """The inside: write an executed notebook's HTML."""
    from analysis.publish.html import render_html

    write_file(Path(target), render_html(nbformat.read(notebook, as_version=4)))
