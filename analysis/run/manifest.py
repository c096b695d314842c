"""The manifest of an edition: what it was made from, what it consists of. Written last; without it there is no edition."""

import json
import platform
from importlib.metadata import version
from pathlib import Path
from typing import Any

from analysis.run.keys import hash_bytes

FILE = "manifest.json"
FORMAT = 1


def hash_outputs(folder: Path) -> dict[str, dict[str, Any]]:
    """Every file of an edition but the manifest: its SHA-256 and size."""
    files = sorted(path for path in folder.rglob("*") if path.is_file() and path.name != FILE)
    contents = ((path.relative_to(folder).as_posix(), path.read_bytes()) for path in files)
    return {name: {"sha256": hash_bytes(content), "bytes": len(content)} for name, content in contents}


def build_manifest(**entries: Any) -> dict[str, Any]:
    """The manifest's content; `entries` come from the runner."""
    versions = {"python": platform.python_version(), "ceasefire-briefing": version("ceasefire-briefing")}
    return {"manifest": FORMAT, "status": "succeeded", **entries, "versions": versions}


def read_manifest(folder: Path) -> dict[str, Any] | None:
    """The manifest of an edition; None where there is none that can be read."""
    try:
        manifest = json.loads((folder / FILE).read_bytes())
    except (OSError, ValueError):
        return None
    return manifest if isinstance(manifest, dict) and manifest.get("status") == "succeeded" else None


def find_damage(folder: Path, manifest: dict[str, Any]) -> list[str]:
    """The files of an edition that are not what its manifest says."""
    found, told = hash_outputs(folder), manifest["outputs"]
    return sorted(name for name in found.keys() | told.keys() if found.get(name) != told.get(name))


def list_editions(reports: Path) -> list[dict[str, Any]]:
    """The manifests of all editions, newest cut-off first."""
    folders = [path.parent for path in reports.glob(f"*/{FILE}")] if reports.is_dir() else []
    manifests = [manifest for manifest in map(read_manifest, folders) if manifest]
    return sorted(manifests, key=lambda m: (m["as_of"], m["edition"]), reverse=True)
