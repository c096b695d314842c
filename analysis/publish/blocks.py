"""Blocks: what stands on a page, as plain JSON, built from what notebooks give to `analysis.show`.

A block is a mapping with `kind` and the keys that its builder sets. Wherever it holds words they are runs (see `words`).
The exporters read blocks from the executed notebook and never guess from HTML. Builders raise UsageError where words
are missing that a reader, or a screen reader, needs.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from analysis.errors import UsageError
from analysis.publish.words import MOST_DRAWN, Words, cite_after, cited_facts, first_cited, runs_of, text_of, uncite

Block = dict[str, Any]
LEAD_WORDS = 60
TITLE_WORDS = 15
LABEL = re.compile(r"[a-z][a-z0-9-]*")
# No reader goes through a longer list.
MOST_POINTS = 60


def masthead_block(
    place: str,
    as_of: str,
    period: Sequence[str] | None,
    cutoff: str | None,
    title: str | None,
    lead_in: str,
    most_pages: int | None = None,
) -> Block:
    """The head of page 1. `period` is (first day, last day); without `title` the notebook's own H1 is the title."""
    if not as_of:
        raise UsageError('show.masthead needs as_of, the day of the information cut-off ("2024-10-30")')
    first, last = (period[0], period[1]) if period else (None, None)
    return {"kind": "masthead", "title": title, "place": place, "lead_in": lead_in, "as_of": str(as_of)[:10],
            "period_from": first and str(first)[:10], "period_to": last and str(last)[:10],
            "cutoff": str(cutoff or as_of), "most_pages": most_pages}  # fmt: skip


def prose_block(words: Iterable[Words], kind: str = "prose") -> Block:
    """One paragraph (`prose`), aside (`note`) or lead; a lead longer than 60 words is an error."""
    runs = runs_of(list(words))
    count = len(text_of(runs).split())
    if kind == "lead" and count > LEAD_WORDS:
        raise UsageError(f"the lead has {count} words; {LEAD_WORDS} at most: cut it")
    return {"kind": kind, "c": runs}


def heading_block(words: Words, level: int) -> Block:
    """A heading composed from the data, level 2 or 3 (1 is the title's)."""
    if level not in (2, 3):
        raise UsageError(f"show.heading: level {level}; only 2 and 3 are there (1 is the title)")
    return {"kind": "heading", "level": level, "c": runs_of(words)}


def points_block(items: Iterable[Words], compact: bool = False) -> Block:
    """A list of points; a `compact` one is set small, and its numbers lead to the list of evidence at the end.

    Of more than MOST_POINTS the rest is counted.
    """
    items = list(items)
    more = len(items) - MOST_POINTS
    items = items if more <= 0 else [*items[:MOST_POINTS], f"{more:,} more are not printed."]
    return {
        "kind": "list",
        "ordered": False,
        "compact": compact,
        "items": [[{"kind": "prose", "c": runs_of(item)}] for item in items],
    }


def judgements_block(judgements: Iterable[Any]) -> Block:
    """Ranked judgements, each with the reason for its confidence; the reason does not cite again what the judgement cites."""
    return {"kind": "judgements", "items": [_judgement(item) for item in judgements]}


def _judgement(item: Any) -> Block:
    if isinstance(item, (list, tuple)):
        said = runs_of(item[0])
        return {
            "c": said,
            "reason": uncite(runs_of(list(item[1:])), cited_facts(said)),
            "likelihood": None,
            "confidence": None,
        }
    fields = item if isinstance(item, Mapping) else getattr(item, "__dict__", None)
    if not fields or "phrases" in fields:
        return {"c": runs_of(item), "reason": [], "likelihood": None, "confidence": None}
    text = fields.get("sentence") or fields.get("text")
    if text is None:
        raise UsageError("a judgement needs `text` (a str or Sentence)")
    cited = cite_after(runs_of(text), fields.get("facts") or ())
    return {"c": cited, "reason": uncite(runs_of(fields.get("reason")), cited_facts(cited)),
            "likelihood": fields.get("likelihood"), "confidence": fields.get("confidence")}  # fmt: skip


def key_figures_block(figures: Iterable[Any]) -> Block:
    """The strip of key figures."""
    return {"kind": "key_figures", "items": [_key_figure(item) for item in figures]}


def _key_figure(item: Any) -> Block:
    fields = item if isinstance(item, Mapping) else item.__dict__
    value = fields.get("value") or fields.get("text")
    missing = [name for name, there in (("label", fields.get("label")), ("value", value)) if not there]
    if missing:
        raise UsageError(f"a key figure needs {' and '.join(missing)}: {dict(fields)}")
    attribution = fields.get("attribution") or ""
    return {"label": str(fields["label"]), "value": value if isinstance(value, str) else text_of(runs_of(value)),
            "attribution": attribution if isinstance(attribution, str) else text_of(runs_of(attribution)),
            "as_of": fields.get("as_of"), "facts": first_cited(fields.get("facts") or ())}  # fmt: skip


def chart_block(svg: str | None, words: Mapping[str, Any]) -> Block:
    """A drawing with its words: `label`, `title`, `subtitle`, `alt`, `source`, `facts`; or, without svg, the sentence `empty`."""
    label = check_label(words.get("label"), "show.chart")
    if svg is None:
        return {"kind": "prose", "c": runs_of(words.get("empty") or f"{words.get('title') or label}: nothing to draw.")}
    missing = [name for name in ("title", "alt", "source") if not str(words.get(name) or "").strip()]
    if missing:
        raise UsageError(f"show.chart {label}: needs {', '.join(missing)}; a reader cannot do without")
    check_title(str(words["title"]), f"show.chart {label}")
    return {"kind": "chart", "label": label, "title": str(words["title"]), "subtitle": str(words.get("subtitle") or ""),
            "alt": str(words["alt"]), "source": str(words["source"]), "svg": svg,
            "facts": first_cited(dict.fromkeys(words.get("facts") or ()), MOST_DRAWN)}  # fmt: skip


def yardstick_block(bands: Iterable[Sequence[Any]]) -> Block:
    """The likelihood scale: (term, from percent, to percent), from the least likely on."""
    return {
        "kind": "yardstick",
        "bands": [{"term": str(t), "low": int(low), "high": int(high)} for t, low, high in bands],
    }


def check_label(label: Any, caller: str) -> str:
    """A label fit for an anchor: small letters, digits, hyphens."""
    if not isinstance(label, str) or not LABEL.fullmatch(label):
        raise UsageError(
            f'{caller}: label={label!r}; it needs small letters, digits and hyphens, as in "chart-casualties"'
        )
    return label


def check_title(title: str, caller: str) -> None:
    """A title states the finding in at most 15 words."""
    count = len(title.split())
    if count > TITLE_WORDS:
        raise UsageError(f"{caller}: the title has {count} words, {TITLE_WORDS} at most: {title!r}")


def cited_in(block: Block) -> list[str]:
    """Ids of all facts that a block cites, in reading order, each once."""
    found: dict[str, None] = {}
    _collect(block, found)
    return list(found)


def _collect(value: Any, found: dict[str, None]) -> None:
    if isinstance(value, Mapping):
        found.update(dict.fromkeys(value.get("facts") or ()))
        for child in value.values():
            _collect(child, found)
    elif isinstance(value, list):
        for child in value:
            _collect(child, found)
