"""Every shape of a figure, a stance, a setback reads well: one, many, none, missing, bounds, plural names."""

import re
from itertools import product

import pytest
from builders import figure, frame, statement, term

from analysis.topics import casualties
from analysis.wording import compose
from analysis.wording.figures import figure_sentence, range_sentence
from analysis.wording.linter import lint

NUMBERS = [(0, 0, "eq"), (1, 1, "eq"), (1, 1, "more_than"), (2, 2, "at_least"), (5, 6, "between"), (1754, 1754, "about"),
           (2_000_000, 2_000_000, "less_than"), (None, None, "unspecified_plural")]  # fmt: skip
MEASURES = ["killed", "injured", "missing", "killed_or_missing", "displaced", "people_in_need", "detained", "hostages"]
WHO = ["Houthis", "Health Ministry", "aid workers", "UN", None, "Gaza's civil defense agency", "enclave's officials"]
WHEN = [
    {},
    {"period_start": "2024-10-01", "scope": "cumulative"},
    {"as_of": "2024-10-29", "scope": "incident"},
    {"published": None},
]
AWKWARD = re.compile(r" {2}| ,|\.\.|None|nan|\b[Aa]n? an?\b|\bthe the\b|\b1 (?:people|children|soldiers)\b|_| \.")


@pytest.mark.parametrize("population", ["all", "children", "soldiers"])
def test_figures_of_every_shape_read_well(population):
    for (low, high, operator), measure, who, when in product(NUMBERS, MEASURES, WHO, WHEN):
        text = "dozens of people" if low is None else None
        row = figure(
            measure, low, high, operator=operator, asserted_by=who, population=population, place="Goma", **when
        )
        row |= {"text": text or row["text"]}
        found = figure_sentence(row)
        assert not AWKWARD.search(found.text), found.text
        assert found.text[0].isupper(), found.text
        assert found.text.endswith("."), found.text
        assert not lint([found]), found.text


@pytest.mark.parametrize("measure", MEASURES[:4])  # those of casualties
@pytest.mark.parametrize(
    ("one", "other"), [(None, "Health Ministry"), ("Houthis", None), (None, None), ("UN", "Hamas")]
)
@pytest.mark.parametrize("number", [(93, "eq"), (93, "at_least"), (None, "unspecified_plural")])
def test_ranges_of_every_shape_name_who_counts_and_who_only_prints(measure, one, other, number):
    low, operator = number
    told = {"scope": "cumulative", "period_start": "2024-10-01", "place": "Goma", "as_of": "2024-10-29"}
    rows = [
        figure(measure, 60, asserted_by=one, doc="a.txt", publisher="Quick News", **told),
        figure(measure, low, asserted_by=other, doc="b.txt", publisher="Daily Herald", operator=operator, **told),
    ]
    facts = frame(rows)
    claims, ranges = casualties.list_claims(facts), casualties.build_ranges(facts)
    assert len(ranges)
    for span in ranges.to_dict("records"):
        found = range_sentence(span, claims[claims["count"] == span["count"]])
        assert "printed by" not in found.text, found.text
        assert not AWKWARD.search(found.text), found.text
        assert not lint([found]), found.text


@pytest.mark.parametrize(
    "stance", ["accepts", "conditionally_open", "rejects", "demands", "denies", "optimistic", "threatens"]
)
@pytest.mark.parametrize("party", ["Houthis", "Hamas"])
@pytest.mark.parametrize("mode", ["direct", "indirect"])
def test_stances_of_every_shape_read_well(stance, party, mode):
    from analysis.wording.talks import stance_sentence

    row = {
        "party": party,
        "speaker": party,
        "stance": stance,
        "mode": mode,
        "words": "the truce, no",
        "date": None,
        "facts": ["s"],
    }
    found = stance_sentence(row)
    assert not AWKWARD.search(found.text), found.text
    assert re.search(r"\bHouthis (?:is|sets|denies|voices)\b", found.text) is None
    assert not lint([found]), found.text


@pytest.mark.parametrize("rows", [
    [], [term("sudan", "cessation", "a truce", status="rejected")],
    [statement("Houthis", "we accept the truce", stance="accepts")],
    [figure("killed", 0, asserted_by="UN")],
    [figure("killed", None, asserted_by=None, text="dozens", operator="unspecified_plural")],
])  # fmt: skip
def test_thin_situations_still_make_sentences(rows):
    found = compose.observe(frame(rows), "2024-11-01")
    said = [*compose.lead(found), *compose.gaps(found), *(j.text for j in compose.judgements(found))]
    assert said
    assert not [s.text for s in said if AWKWARD.search(s.text)]
    assert not lint(said)
