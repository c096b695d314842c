"""Files for other programs: facts, events, indicators, the briefing as data; cells made safe for spreadsheets.

Every fact leaves with the fields of its kind (the contract's names) and those of the store: `recorded_at`, `status`,
`supersedes`, `event_id`, `review`.
"""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd

from analysis.errors import AuditError
from analysis.facts import MODELS
from analysis.spelling import spell_cell, spell_column, spell_json
from analysis.store import FACT_FIELDS

STORE_FIELDS = ("recorded_at", "status", "supersedes", "event_id", "review")
# The fields of a kind of facts -> which of them a line has, in order, and the line with a %s for each.
Form = Callable[[list[str]], tuple[list[str], str]]


def to_jsonl(facts: pd.DataFrame) -> str:
    """JSON Lines of the contract: of each fact its kind's fields in the contract's order, then the store's."""
    return "".join(_write_lines(facts, _object_form, spell_json))


def to_csv(facts: pd.DataFrame) -> str:
    """CSV with one column a field; lists joined by "; ", the cue as its words, formula starts prefixed."""
    columns = list(dict.fromkeys([*FACT_FIELDS, *_store_fields(facts)]))

    def form_row(fields: list[str]) -> tuple[list[str], str]:
        line = ",".join("%s" if name in fields else "" for name in columns)
        return [name for name in columns if name in fields], line + "\n"

    return "".join([",".join(columns) + "\n", *_write_lines(facts, form_row, spell_cell)])


def _write_lines(facts: pd.DataFrame, form: Form, spell: Callable[[Any], str]) -> list[str]:
    """A line for each fact, in the frame's order: by kinds, since the facts of a kind have the same fields."""
    lines = np.empty(len(facts), dtype=object)
    for kind, places in facts.reset_index(drop=True).groupby("kind").groups.items():
        fields = list(dict.fromkeys([*MODELS[str(kind)].model_fields, *_store_fields(facts)]))
        names, line = form(fields)
        rows = facts.iloc[places]
        cells = [
            spell_column(rows[name].to_numpy(), spell, name) if name in facts.columns else [spell(None)] * len(rows)
            for name in names
        ]
        lines[places] = [line % row for row in zip(*cells, strict=True)]
    return lines.tolist()


def _store_fields(facts: pd.DataFrame) -> list[str]:
    return [name for name in STORE_FIELDS if name in facts.columns]


def _object_form(fields: list[str]) -> tuple[list[str], str]:
    return fields, "{" + ", ".join(f"{spell_json(name)}: %s" for name in fields) + "}\n"


def write_exports(folder: Path, root: Path, as_of: str, settings: dict[str, Any]) -> None:
    """Write an edition's data files: facts, events, indicators, and the briefing itself as data.

    Raises AuditError, before anything is written, where the audit finds an error that nobody waived.
    """
    from analysis import audit, editions
    from analysis.briefing import build_briefing
    from analysis.claims import events
    from analysis.known import PERIOD_DAYS, load_documents, load_facts
    from analysis.topics import humanitarian

    rule = settings.get("rule", "range_only")
    version, days = settings.get("facts_version", -1), settings.get("period_days", PERIOD_DAYS)
    facts = load_facts(as_of, version, root=root, period_days=days)
    documents = load_documents(facts, root)
    # Settled here, while the first notebooks run that will not ask for them yet.
    earlier = editions.previous_day(facts, as_of)
    previous = load_facts(earlier, version, root=root, period_days=days, edition=as_of) if earlier else None
    findings = audit.run_checks(facts, root, as_of, documents)
    refuse_blocked(audit.list_blocking(findings))
    indicators = humanitarian.tabulate_indicators(facts)
    content = build_briefing(facts, as_of, root, previous, rule, findings=findings)
    files = {
        "facts.jsonl": to_jsonl(facts),
        "facts.csv": to_csv(facts),
        "events.csv": frame_csv(events.build_events(facts, rule)),
        "indicators.csv": hxl_csv(indicators),
        "briefing.json": json.dumps(content, ensure_ascii=False, indent=1) + "\n",
    }
    for name, text in files.items():
        (folder / name).write_text(text, encoding="utf-8")


def refuse_blocked(blocking: pd.DataFrame) -> None:
    """Raise AuditError for the first finding that must not be published, and say how many there are."""
    if len(blocking):
        first = blocking.iloc[0]
        more = f" (and {len(blocking) - 1} more)" if len(blocking) > 1 else ""
        raise AuditError(
            f"audit: {first['check']}: {first['text']}{more}; correct the record or the fact, or sign a waiver in "
            "seeds/hand/waivers.yml"
        )


def frame_csv(frame: pd.DataFrame) -> str:
    """A frame as CSV, every cell safe to open in a spreadsheet."""
    columns = [frame[name] for name in frame.columns]
    plain = [column if pd.api.types.is_numeric_dtype(column) else column.astype(object) for column in columns]
    rows = zip(*(spell_column(column.to_numpy(), spell_cell) for column in plain), strict=True)
    return "".join(",".join(row) + "\n" for row in [[spell_cell(str(name)) for name in frame.columns], *rows])


# Tags of the Humanitarian Exchange Language (1.1), in the second row of the file.
HXL_TAGS = {
    "indicator": "#indicator+name", "value": "#indicator+value+num", "claim": "#indicator+text", "unit": "#indicator+unit",
    "of": "#indicator+denominator", "hxl": "#meta+tag", "place": "#loc+name", "source": "#meta+source",
    "as_of": "#date+reported", "published": "#date+published", "caveat": "#meta+caveat", "facts": "#meta+id",
}  # fmt: skip


def hxl_csv(indicators: pd.DataFrame) -> str:
    """The humanitarian indicators with a row of HXL tags below the heads."""
    kept = [name for name in HXL_TAGS if name in indicators]
    head, _, body = frame_csv(indicators[kept]).partition("\n")
    return f"{head}\n{','.join(HXL_TAGS[name] for name in kept)}\n{body}"
