"""Words on their way to a page: what analysts give becomes runs that are plain JSON.

A run is a mapping with `t`: `text` (s), `cite` (s, facts), `span` (kind, c), `strong`, `emph`, `sub`, `sup`, `strike` (c),
`link` (href, c), `code` (s), `day` (s: ISO), `break`, `note` (c: runs of a footnote). Nothing here is markup: each writer
escapes `s` at one place.
"""

from collections.abc import Iterable, Iterator, Mapping
from itertools import islice
from typing import Any

from analysis.errors import UsageError
from analysis.prose import Phrase, Sentence

# Facts that one number or row leads to, and a drawing: nobody reads more, and every fact stands in facts.csv.
MOST_CITED = 24
MOST_DRAWN = 400

Run = dict[str, Any]
Words = str | Phrase | Sentence | Iterable["Words"]


def runs_of(words: Words | None) -> list[Run]:
    """The runs of a str, Phrase, Sentence, or list of them (sentences are set apart by a blank). Raises UsageError."""
    if words is None:
        return []
    if isinstance(words, str):
        return [{"t": "text", "s": words}] if words else []
    if isinstance(words, Phrase):
        return [_phrase_run(words)]
    if isinstance(words, Sentence):
        return [_sentence_run(words)]
    if isinstance(words, Iterable) and not isinstance(words, Mapping):
        return _join(list(words))
    raise UsageError(f"words must be a str, Phrase or Sentence, or a list of them; this is {type(words).__name__}")


def _phrase_run(phrase: Phrase) -> Run:
    if not phrase.facts:
        return {"t": "text", "s": phrase.text}
    return {"t": "cite", "s": phrase.text, "facts": first_cited(phrase.facts)}


def _sentence_run(sentence: Sentence) -> Run:
    return {"t": "span", "kind": sentence.kind, "c": [_phrase_run(phrase) for phrase in sentence.phrases]}


def _join(parts: list[Any]) -> list[Run]:
    runs: list[Run] = []
    for part in parts:
        if runs and isinstance(part, Sentence):
            runs.append({"t": "text", "s": " "})
        runs.extend(runs_of(part))
    return runs


def text_of(runs: Iterable[Run]) -> str:
    """The words alone, without numbers of notes and without footnotes."""
    return "".join(_run_text(run) for run in runs)


def _run_text(run: Run) -> str:
    if run["t"] == "break":
        return " "
    if run["t"] == "note":
        return ""
    return str(run["s"]) if "s" in run else text_of(run["c"])


def walk_runs(runs: Iterable[Run]) -> Iterator[Run]:
    """Every run in reading order, parents before their children."""
    for run in runs:
        yield run
        if "c" in run:
            yield from walk_runs(run["c"])


def cited_facts(runs: Iterable[Run]) -> list[str]:
    """Ids of the facts that runs cite, in order, each once."""
    found = (fact for run in walk_runs(runs) if run["t"] == "cite" for fact in run["facts"])
    return list(dict.fromkeys(found))


def cite_after(runs: list[Run], facts: Iterable[str]) -> list[Run]:
    """The runs with facts cited at their end, unless they cite some already."""
    identifiers = first_cited(facts)
    if not identifiers or cited_facts(runs):
        return runs
    return [*runs, {"t": "cite", "s": "", "facts": identifiers}]


def first_cited(facts: Iterable[str], most: int = MOST_CITED) -> list[str]:
    """The ids of the facts that are cited where there are many: the first `most`."""
    return [str(fact) for fact in islice(facts, most)]


def uncite(runs: list[Run], facts: Iterable[str]) -> list[Run]:
    """The runs without citations of facts that are cited elsewhere already."""
    known = set(facts)
    return [_uncite(run, known) for run in runs]


def _uncite(run: Run, known: set[str]) -> Run:
    if run["t"] == "cite" and known.issuperset(run["facts"]):
        return {"t": "text", "s": run["s"]}
    return {**run, "c": [_uncite(child, known) for child in run["c"]]} if "c" in run else run
