"""Turn the annotators' lines (`NAME.gold`) into facts of the contract (`NAME.jsonl`), with offsets that are asserted.

    python tests/corpus/build_gold.py [--check]

A line is `KIND words | what | key=value; key=value`, where KIND is A (actor), P (place), D (time), S (statement), F (figure),
E (event) or T (term); `?` before it makes the fact optional: nobody is blamed for finding it or for leaving it out. The words are
the document's own: `from ... to` spans from the first phrase to the next occurrence of the second, `#2` picks the second
occurrence, `#*` all of them. A value `?` is undecidable and is not scored, `~` is null, `a|b` is either, and `or=words` names
another span that is as good. README.md says what `what` holds.
"""

import argparse
import hashlib
import json
import re
import sys
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

import yaml

FOLDER = Path(__file__).parent
SEED = FOLDER.parents[1] / "seeds" / "documents" / "000_aa2f6e27036e73c0.txt"
KINDS = {"A": "actor", "P": "place", "D": "time", "S": "statement", "F": "figure", "E": "event", "T": "term"}
SHORT = {
    "by": "asserted_by", "via": "relayed_by", "mod": "modality", "pop": "population", "start": "period_start",
    "asof": "as_of", "corr": "corroborated_by", "date": "date_start",
}  # fmt: skip
LISTS = ("relayed_by", "corroborated_by", "mediators")
# What a line leaves out it nevertheless says: a narrator's figure has no originator, a plain statement no condition.
DEFAULTS: dict[str, dict[str, Any]] = {
    "figure": {"asserted_by": None, "relayed_by": [], "corroborated_by": [], "modality": "asserted"},
    "statement": {"condition": None},
    "actor": {"actor_type": "person"},
}


def read_text(name: str) -> str:
    """The article of that name; the seed article is the project's own."""
    path = SEED if name == "seed" else FOLDER / f"{name}.txt"
    return path.read_text(encoding="utf-8")


@cache
def read_places() -> dict[str, tuple[float | None, ...]]:
    """Name -> latitude, longitude (degrees) and tolerance (km) of the gold's places."""
    rows = (line.split("\t") for line in (FOLDER / "places.tsv").read_text(encoding="utf-8").splitlines())
    return {row[0]: tuple(float(cell) if cell else None for cell in row[1:4]) for row in rows if row[0][0] != "#"}


def find_spans(text: str, words: str) -> list[tuple[int, int]]:
    """The spans that the words of a line name; raises ValueError when the document does not hold them."""
    phrase, _, nth = words.partition(" #")
    first, _, last = phrase.partition(" ... ")
    starts = [found.start() for found in re.finditer(rf"(?<!\w){re.escape(first)}(?!\w)", text)]
    wanted = starts if nth == "*" else starts[int(nth or 1) - 1 :][:1]
    if not wanted:
        raise ValueError(f"no such words: {words!r}")
    return [(start, _end_of(text, start, first, last)) for start in wanted]


def _end_of(text: str, start: int, first: str, last: str) -> int:
    end = start + len(first)
    return text.index(last, end) + len(last) if last else end


def read_line(line: str, name: str, text: str) -> Iterator[dict[str, Any]]:
    """The facts of one line."""
    head, what, fields, *_ = [*(part.strip() for part in line.split(" | ")), "", ""]
    mark, _, words = head.partition(" ")
    kind = KINDS[mark.lstrip("?")]
    values = {**DEFAULTS.get(kind, {}), **_what(kind, what), **dict(_fields(fields))}
    scored = {key: _either(value) for key, value in values.items() if value != "?"}
    if "or" in scored:
        scored["alternatives"] = find_spans(text, scored.pop("or"))
    for start, end in find_spans(text, words):
        fact = {"doc": f"{name}.txt", "kind": kind, "start": start, "end": end, "text": text[start:end], **scored}
        if "cue" in scored:
            fact["cue"] = _nearest_cue(text, scored["cue"], start, end)
        yield {**fact, "optional": True} if mark.startswith("?") else fact


def _nearest_cue(text: str, word: str, start: int, end: int) -> dict[str, Any]:
    """The occurrence of the cue that is nearest to the content and outside of it."""
    found = [m.span() for m in re.finditer(rf"(?<!\w){re.escape(word)}(?!\w)", text)]
    outside = [(a, b) for a, b in found if b <= start or a >= end] or found
    a, b = min(outside, key=lambda span: max(span[0] - end, start - span[1]))
    return {"start": a, "end": b, "text": text[a:b]}


def _what(kind: str, what: str) -> dict[str, Any]:
    if kind == "figure":
        measure, operator, value = what.split(" ")
        return {"measure": measure, "operator": operator, **_values(value)}
    if kind in ("actor", "place"):
        return {"name": what, **(_coordinates(what) if kind == "place" else {})} if what != "~" else {}
    first, second = what.rsplit(" ", 1)
    keys = {"time": ("value", "time_type"), "statement": ("mode", "stance"), "event": ("event_type", "modality"),
            "term": ("term_type", "status")}[kind]  # fmt: skip
    return dict(zip(keys, (first, second), strict=True))


def _values(value: str) -> dict[str, Any]:
    if value == "?":
        return {}
    if value == "-":
        return {"value_low": None, "value_high": None}
    low, _, high = value.partition("-")
    return {"value_low": float(low), "value_high": float(high or low)}


def _coordinates(name: str) -> dict[str, Any]:
    lat, lon, tolerance = read_places()[name]
    return {} if lat is None else {"lat": lat, "lon": lon, "tolerance_km": tolerance}


def _either(value: Any) -> Any:
    return value.split("|") if isinstance(value, str) and "|" in value else value


def _fields(fields: str) -> Iterator[tuple[str, Any]]:
    for part in filter(None, fields.split("; ")):
        key, _, value = part.strip().partition("=")
        key = SHORT.get(key, key)
        yield key, _read_value(key, value)


def _read_value(key: str, value: str) -> Any:
    if value == "?":
        return value
    if key in LISTS:
        return [] if value == "~" else value.split("+")
    return None if value == "~" else value


def build(name: str) -> list[dict[str, Any]]:
    """All facts of one article, in document order; raises ValueError naming the line that does not fit."""
    text = read_text(name)
    doc_id = hashlib.sha256(text.encode()).hexdigest()
    facts: dict[tuple[str, int, int, str], dict[str, Any]] = {}
    for number, line in enumerate((FOLDER / f"{name}.gold").read_text(encoding="utf-8").splitlines(), 1):
        try:
            for fact in read_line(line, name, text):
                key = (fact["kind"], fact["start"], fact["end"], str(fact.get("event_type")))
                facts[key] = {**fact, "doc_id": doc_id}  # a later line corrects an earlier `#*`
        except (ValueError, KeyError) as error:
            raise ValueError(f"{name}.gold:{number}: {error}: {line}") from error
    facts.update(_peoples(name, doc_id, text))
    return sorted(facts.values(), key=lambda fact: (fact["start"], fact["end"], fact["kind"]))


@cache
def _people_pattern() -> re.Pattern[str]:
    manifest = yaml.safe_load((FOLDER / "manifest.yml").read_text(encoding="utf-8"))
    return re.compile(r"\b(?:" + "|".join(manifest["peoples"]) + r")\b")


def _peoples(name: str, doc_id: str, text: str) -> dict[tuple[str, int, int, str], dict[str, Any]]:
    """Optional places for the adjectives and peoples of a document."""
    common = {"doc": f"{name}.txt", "kind": "place", "optional": True, "doc_id": doc_id}
    spans = [found.span() for found in _people_pattern().finditer(text)]
    return {("place", a, b, "people"): {**common, "start": a, "end": b, "text": text[a:b]} for a, b in spans}


def to_jsonl(facts: list[dict[str, Any]]) -> str:
    """One JSON object a line."""
    return "".join(json.dumps(fact, ensure_ascii=False) + "\n" for fact in facts)


def main() -> int:
    """Write every NAME.jsonl, or with --check say which are out of date."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--check", action="store_true")
    check, stale = parser.parse_args().check, 0
    for source in sorted(FOLDER.glob("*.gold")):
        target, built = source.with_suffix(".jsonl"), to_jsonl(build(source.stem))
        if check:
            old = not target.is_file() or target.read_text(encoding="utf-8") != built
            stale += old
            if old:
                print(f"{target.name} is out of date: run python tests/corpus/build_gold.py", file=sys.stderr)
        else:
            target.write_text(built, encoding="utf-8")
    return 1 if stale else 0


if __name__ == "__main__":
    sys.exit(main())
