"""The list of editions: newest first, what changed in each, where its files are; searchable, and readable without the script."""

import re
from collections.abc import Iterable, Mapping
from typing import Any

from analysis.publish.house import House, default_house, format_day
from analysis.publish.html import environment, font_faces, own_file, package_text, policy
from analysis.publish.words import runs_of, text_of

PAGES = ("html", "pdf", "docx")
DATA = {
    "facts.csv": "Facts (CSV)",
    "facts.jsonl": "Facts (JSON Lines)",
    "events.csv": "Events (GED columns)",
    "briefing.json": "Judgements (JSON)",
}
SHOWN_CHANGES = 6
SAFE_PATH = re.compile(r"[\w+-][\w.+ -]*")
CHANGE_WORDS = {
    "new": "New",
    "superseded": "Superseded",
    "corrected": "Corrected",
    "retracted": "Retracted",
    "moved": "Moved",
}


def render_index(editions: Iterable[Mapping[str, Any]], house: House | None = None) -> bytes:
    """`reports/index.html` from manifests: `edition` (its folder), `as_of`, `outputs` (file names), and, where the caller adds it,
    `briefing` (the edition's briefing.json: `title`, `lead`, `changes`). Newest cut-off first, whatever the order given."""
    house = house or default_house()
    entries = [
        _entry(edition, house.language) for edition in editions if SAFE_PATH.fullmatch(str(edition.get("edition", "")))
    ]
    entries.sort(key=lambda entry: (entry["as_of"], entry["edition"]), reverse=True)
    script = package_text("style/index.js")
    style = font_faces() + package_text("style/index.css").replace("ACCENT", house.colours.accent)
    page = environment().get_template("index.html.j2").render(
        house=house, editions=entries, language=house.language, style=own_file(style), script=own_file(script),
        policy=policy(script),
    )  # fmt: skip
    return page.encode("utf-8")


def _entry(edition: Mapping[str, Any], language: str) -> dict[str, Any]:
    briefing = edition.get("briefing") or {}
    names = sorted(name for name in edition.get("outputs") or () if SAFE_PATH.fullmatch(str(name)))
    changes = [_change(change) for change in briefing.get("changes") or ()]
    return {
        "edition": str(edition["edition"]), "as_of": str(edition.get("as_of", "")),
        "day": format_day(edition.get("as_of"), language),
        "title": _text(briefing.get("title")) or "Briefing", "lead": _text(briefing.get("lead")), "pages": _pages(names),
        "changes": changes[:SHOWN_CHANGES], "more": max(0, len(changes) - SHOWN_CHANGES),
        "changes_page": next((name for name in names if name.endswith("changes.html")), None),
        "data": [{"name": name, "text": text} for name, text in DATA.items() if name in names],
    }  # fmt: skip


def _text(value: Any) -> str:
    """Words of briefing.json: a str, or an object with `text`."""
    if isinstance(value, Mapping):
        return str(value.get("text") or "")
    return value if isinstance(value, str) else text_of(runs_of(value))


def _change(change: Any) -> dict[str, str]:
    kind = str(change.get("kind", "")) if isinstance(change, Mapping) else ""
    return {"kind": CHANGE_WORDS.get(kind, kind), "text": _text(change)}


def _pages(names: list[str]) -> list[dict[str, Any]]:
    """One entry a notebook: its name as people read it ("10_situation" is "Situation") and its files."""
    stems = dict.fromkeys(name.rsplit(".", 1)[0] for name in names if name.endswith(".html"))
    return [{"name": _readable(stem), "files": _files(stem, names)} for stem in stems]


def _files(stem: str, names: list[str]) -> list[dict[str, str]]:
    found = [(f"{stem}.{kind}", kind.upper()) for kind in PAGES]
    return [{"name": name, "kind": kind} for name, kind in found if name in names]


def _readable(stem: str) -> str:
    """The name of a notebook without its number.

    >>> _readable("30_negotiations")
    'Negotiations'
    """
    words = re.sub(r"^[0-9]+_", "", stem).replace("_", " ")
    return words[:1].upper() + words[1:]
