"""The extractor against the composed articles and the seed article: precision, recall and F1 a kind, accuracy of each field.

    python -m tests.benchmarks.bench_corpus [ARTICLE...] [--misses] [--kind KIND]

A statement or term is found when its span and the gold's have at least half in common; an event when it overlaps and has the
same type; a figure when it overlaps and has the same values and a bound on the same side; a time when it overlaps and has
the same value; a place when it overlaps; a person by name. Fields are scored on what was found, and only where the gold
decides them. Actors that are no persons are not annotated and count neither way. The seed article, on which rules were
written, is told apart from the totals.
"""

import argparse
import sys
from collections import Counter, defaultdict
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import yaml

sys.path.insert(0, str(Path(__file__).parents[2]))

from analysis.extract.batches import extract_files
from analysis.facts import KINDS
from tests.corpus.build_gold import FOLDER, SEED, build
from tests.corpus.matching import Fact, Matches, drop_provisions, holds, match_facts, scored_fields

Scores = dict[str, Matches]  # kind -> what became of its facts


def list_articles() -> dict[str, str | None]:
    """Name -> day of publication, or None where the extractor must find it out; the seed is among them."""
    days = yaml.safe_load((FOLDER / "manifest.yml").read_text(encoding="utf-8"))["articles"]
    return {name: day and day.isoformat() for name, day in days.items()}


def predict(name: str, published: str | None) -> list[Fact]:
    """The facts found in an article; raises RuntimeError when it cannot be read."""
    path = SEED if name == "seed" else FOLDER / f"{name}.txt"
    (outcome,) = extract_files([path], published)
    if outcome.error:
        raise RuntimeError(outcome.error)
    return [fact.model_dump() for fact in outcome.facts]


def score_article(name: str, published: str | None) -> Scores:
    """What became of the facts of an article, by kind."""
    gold, found = build(name), predict(name, published)
    found = [fact for fact in found if fact.get("actor_type", "person") == "person"]
    by_kind = {kind: _of(found, kind) for kind in KINDS}
    by_kind["event"] = drop_provisions(by_kind["event"], gold)
    return {kind: match_facts(_of(gold, kind), by_kind[kind]) for kind in KINDS}


def _of(facts: Iterable[Fact], kind: str) -> list[Fact]:
    return [fact for fact in facts if fact["kind"] == kind]


def add_up(scores: Iterable[Scores]) -> Scores:
    """Several articles as one."""
    total: Scores = defaultdict(Matches)
    for score in scores:
        for kind, matches in score.items():
            total[kind].pairs += matches.pairs
            total[kind].misses += matches.misses
            total[kind].alarms += matches.alarms
    return total


def rates(matches: Matches) -> tuple[float, float, float]:
    """Precision, recall and F1; 1 where there was nothing to find and nothing was found."""
    hits, misses, alarms = len(matches.pairs), len(matches.misses), len(matches.alarms)
    precision = hits / (hits + alarms) if hits + alarms else 1.0
    recall = hits / (hits + misses) if hits + misses else 1.0
    return precision, recall, 2 * precision * recall / (precision + recall) if precision + recall else 0.0


def field_accuracy(matches: Matches) -> dict[str, tuple[int, int]]:
    """Field -> how often it holds and how often the gold decides it, over the pairs."""
    right: Counter[str] = Counter()
    asked: Counter[str] = Counter()
    for gold, found in matches.pairs:
        for key in scored_fields(gold):
            asked[key] += 1
            right[key] += holds(key, gold, found)
    return {key: (right[key], asked[key]) for key in sorted(asked)}


def print_articles(scores: dict[str, Scores]) -> None:
    """F1 a kind, one article a line."""
    print(f"{'F1':20}" + "".join(f"{kind:>11}" for kind in KINDS))
    for name, score in scores.items():
        print(f"{name:20}" + "".join(f"{rates(score[kind])[2]:11.2f}" for kind in KINDS))


def print_totals(title: str, total: Scores) -> None:
    """Precision, recall, F1 and the accuracy of the fields, one kind a block."""
    print(f"\n{title:12}{'gold':>6}{'found':>6}{'P':>6}{'R':>6}{'F1':>6}")
    for kind in KINDS:
        matches = total[kind]
        gold, found = (len(matches.pairs) + len(left) for left in (matches.misses, matches.alarms))
        print(f"{kind:12}{gold:6}{found:6}" + "".join(f"{rate:6.2f}" for rate in rates(matches)))
    for kind in KINDS:
        fields = (f"{key} {right}/{asked}" for key, (right, asked) in field_accuracy(total[kind]).items())
        print(f"  {kind}: " + " · ".join(fields))


def print_misses(name: str, score: Scores, kinds: Iterable[str]) -> None:
    """Every miss (-), false alarm (+) and wrong field (~) of an article."""
    for kind in kinds:
        for mark, facts in (("-", score[kind].misses), ("+", score[kind].alarms)):
            for fact in facts:
                print(f"{name} {mark} {kind} {fact['text']!r} {_essence(fact)}")
        for gold, found in score[kind].pairs:
            wrong = [key for key in scored_fields(gold) if not holds(key, gold, found)]
            if wrong:
                said = "; ".join(f"{key}: {_show(found.get(key))}, not {_show(gold[key])}" for key in wrong)
                print(f"{name} ~ {kind} {gold['text']!r} {said}")


def _show(value: Any) -> str:
    return repr(value["text"]) if isinstance(value, dict) else repr(value)


def _essence(fact: Fact) -> str:
    keys = (
        "event_type",
        "value",
        "value_low",
        "value_high",
        "operator",
        "measure",
        "term_type",
        "speaker",
        "name",
        "extractor",
    )
    return " ".join(f"{key}={fact[key]}" for key in keys if fact.get(key) is not None)


def main() -> int:
    """Score and print; the last line is for machines."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("articles", nargs="*", help="names of articles; all when none is given")
    parser.add_argument(
        "--misses", action="store_true", help="list what is missing, what is too much, which fields are wrong"
    )
    parser.add_argument("--kind", choices=KINDS, help="with --misses: of this kind only")
    options = parser.parse_args()
    chosen = {name: day for name, day in list_articles().items() if not options.articles or name in options.articles}
    scores = {name: score_article(name, day) for name, day in chosen.items()}
    if options.misses:
        for name, score in scores.items():
            print_misses(name, score, [options.kind] if options.kind else KINDS)
    print_articles(scores)
    if "seed" in scores:
        print_totals("seed", scores["seed"])
    total = add_up(score for name, score in scores.items() if name != "seed")
    print_totals("corpus", total)
    print("\ncorpus " + " ".join(f"{kind}_f1 {rates(total[kind])[2]:.3f}" for kind in KINDS))
    return 0


if __name__ == "__main__":
    sys.exit(main())
