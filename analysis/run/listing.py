"""The list of all editions, `reports/index.html`: written again only when it would differ, by one writer at a time."""

import json
from dataclasses import replace
from typing import Any

from analysis.files import write_file
from analysis.run import atomic
from analysis.run.layout import Layout
from analysis.run.limits import Limits
from analysis.run.manifest import list_editions
from analysis.run.remote import call_guarded
from analysis.run.sandbox import Jobs
from analysis.run.staging import index_lock

INDEX = "index.html"


def update_index(layout: Layout, jobs: Jobs, limits: Limits) -> None:
    """Bring the list up to date with the manifests that are there; where nothing was ever made, there is no list."""
    if not layout.reports.is_dir():
        return
    with atomic.hold(index_lock(layout)):
        editions = list_editions(layout.reports)
        mark = json.dumps([(edition["edition"], edition["key"]) for edition in editions])
        index, stamp = layout.reports / INDEX, layout.hidden / "index.stamp"
        if index.is_file() and stamp.is_file() and stamp.read_text() == mark:
            return
        # Through a file: thousands of editions fit neither into a request nor into an answer.
        draft = layout.hidden / "index.draft"
        arguments = {"reports": str(layout.reports), "target": str(draft)}
        call_rendering(layout, jobs, limits, "write_index_page", arguments)
        write_file(index, draft.read_bytes())
        draft.unlink()
        write_file(stamp, mark.encode())


def call_rendering(layout: Layout, jobs: Jobs, limits: Limits, function: str, arguments: dict[str, Any]) -> Any:
    """Call one of `rendering`'s functions in a guarded fork without network."""
    environment = {"BRIEFING_ROOT": str(layout.root), "TZ": "UTC"}
    call = f"analysis.run.rendering:{function}"
    return call_guarded(jobs, call, arguments, replace(limits, network=False), layout.root, environment)
