"""The extractor on the composed articles: what it reached is kept, the gold is sound, and the scorer can tell good from bad."""

import copy
import json
from functools import cache
from pathlib import Path

import pytest
import yaml

from analysis.facts import KINDS, MODELS
from tests.benchmarks.bench_corpus import Scores, add_up, field_accuracy, list_articles, rates, score_article
from tests.corpus.build_gold import FOLDER, build, find_spans, read_text, to_jsonl
from tests.corpus.matching import Fact, match_facts, same_name

ARTICLES = list_articles()
FLOORS = yaml.safe_load((FOLDER / "floors.yml").read_text(encoding="utf-8"))
ONLY_IN_GOLD = {"optional", "alternatives", "tolerance_km"}


@cache
def measure_corpus() -> Scores:
    return add_up(score_article(name, day) for name, day in ARTICLES.items() if name != "seed")


@cache
def measure_seed() -> Scores:
    return score_article("seed", ARTICLES["seed"])


@pytest.mark.parametrize("kind", KINDS)
def test_no_kind_falls_below_what_was_reached_on_the_composed_articles(kind):
    assert rates(measure_corpus()[kind])[2] >= FLOORS["corpus"][kind]


@pytest.mark.parametrize("kind", KINDS)
def test_no_kind_falls_below_what_was_reached_on_the_seed_article(kind):
    assert rates(measure_seed()[kind])[2] >= FLOORS["seed"][kind]


@pytest.mark.parametrize("field", FLOORS["fields"])
def test_no_field_falls_below_what_was_reached(field):
    kind, _, key = field.partition(".")
    right, asked = field_accuracy(measure_corpus()[kind])[key]
    assert right / asked >= FLOORS["fields"][field]


@pytest.mark.parametrize("name", ARTICLES)
def test_gold_on_disk_is_what_the_annotations_say(name):
    assert (FOLDER / f"{name}.jsonl").read_text(encoding="utf-8") == to_jsonl(build(name))


@pytest.mark.parametrize("name", ARTICLES)
def test_gold_is_tied_to_the_words_and_uses_the_contract_s_vocabulary(name):
    text = read_text(name)
    for fact in read_gold(name):
        assert fact["text"] == text[fact["start"] : fact["end"]]
        assert set(fact) - ONLY_IN_GOLD <= set(MODELS[fact["kind"]].model_fields)
        assert_allowed_values(fact)


def assert_allowed_values(fact: Fact) -> None:
    for key in ("measure", "operator", "modality", "event_type", "term_type", "status", "stance", "mode", "time_type"):
        values = fact.get(key) or []
        for value in values if isinstance(values, list) else [values]:
            MODELS[fact["kind"]].__pydantic_validator__.validate_assignment(blank(fact["kind"]), key, value)


@cache
def blank(kind: str):
    return MODELS[kind].model_construct()


def read_gold(name: str) -> list[Fact]:
    return [json.loads(line) for line in (FOLDER / f"{name}.jsonl").read_text(encoding="utf-8").splitlines()]


def test_corpus_holds_twenty_articles_of_six_conflicts_and_every_kind():
    conflicts = {name.partition("_")[0] for name in ARTICLES} - {"seed"}
    kinds = [fact["kind"] for name in ARTICLES for fact in read_gold(name) if not fact.get("optional")]
    assert len(ARTICLES) == 21
    assert len(conflicts) >= 6
    assert min(map(kinds.count, KINDS)) >= 60


@pytest.mark.parametrize("article", sorted(FOLDER.glob("*.txt")), ids=lambda path: path.stem)
def test_articles_are_short(article: Path):
    assert 100 <= len(article.read_text(encoding="utf-8").split()) <= 250


def required(name: str, kind: str) -> list[Fact]:
    return [fact for fact in read_gold(name) if fact["kind"] == kind and not fact.get("optional")]


def plain(facts: list[Fact]) -> list[Fact]:
    """The gold as if it had been found: one value where several are as good."""
    first = dict.fromkeys(("value", "event_type", "value_low", "value_high", "operator", "name"))
    firsts = [{k: v[0] if isinstance(v, list) and v and k != "relayed_by" else v for k, v in f.items()} for f in facts]
    return [{**first, **fact} for fact in firsts]


@pytest.mark.parametrize("kind", KINDS)
def test_finding_just_the_gold_scores_one_and_leaving_out_a_fact_costs_recall(kind):
    gold = required("gaza_accord", kind)
    assert rates(match_facts(gold, plain(gold))) == (1, 1, 1)
    assert rates(match_facts(gold, plain(gold)[1:])) == (
        1,
        1 - 1 / len(gold),
        pytest.approx(1 - 1 / (2 * len(gold) - 1)),
    )


@pytest.mark.parametrize(
    ("kind", "spoilt"),
    [
        ("figure", {"value_low": 7.5}),
        ("figure", {"operator": "between"}),
        ("event", {"event_type": "aid"}),
        ("time", {"value": "1999"}),
        ("actor", {"name": "Somebody Else"}),
        ("statement", {"end": 1, "start": 0}),
        ("place", {"end": 8, "start": 7}),
    ],
)
def test_a_wrong_value_is_a_miss_and_a_false_alarm(kind, spoilt):
    gold = required("syria_idlib", kind)
    found = plain(copy.deepcopy(gold))
    decided = next(i for i, fact in enumerate(gold) if set(spoilt) <= set(fact))
    found[decided] |= spoilt
    matches = match_facts(gold, found)
    assert (len(matches.misses), len(matches.alarms)) == (1, 1)


def test_optional_facts_are_neither_asked_for_nor_held_against_anyone():
    gold = [fact for fact in read_gold("gaza_accord") if fact["kind"] == "event"]
    optional = [fact for fact in gold if fact.get("optional")]
    assert optional
    assert rates(match_facts(gold, plain(gold))) == rates(match_facts(gold, plain(required("gaza_accord", "event"))))


def test_fields_are_scored_on_what_was_found():
    gold = required("syria_idlib", "figure")
    found = plain(copy.deepcopy(gold))
    found[0]["asserted_by"] = "Nobody At All"
    right, asked = field_accuracy(match_facts(gold, found))["asserted_by"]
    assert right == asked - 1


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("Naim Kassem", "Naim Qassem", True),
        ("Sudan's army", "the Sudanese army", True),
        ("RSF", "Rapid Support Forces", True),
        ("Hamas", "Hezbollah", False),
        ("health ministry", None, False),
        (None, None, True),
        ("government", "opposition", False),
    ],
)
def test_names_are_compared_by_their_words(one, other, same):
    assert same_name(one, other) is same


def test_words_that_the_document_does_not_hold_are_refused():
    with pytest.raises(ValueError, match="no such words"):
        find_spans("Two died.", "Three")
    with pytest.raises(ValueError, match="no such words"):
        find_spans("Two died.", "Two #2")
