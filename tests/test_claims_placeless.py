"""Running totals that name no place: they are of the one place that their originator counts, and give way like its others."""

import pytest
from builders import figure, frame

from analysis.claims.figures import prepare_figures
from analysis.corrections import settle_facts

SINCE = {"scope": "cumulative", "period_start": "2023-10-08", "asserted_by": "Lebanese Health Ministry"}


def total(value, day, place, **fields):
    return figure("killed", value, doc=f"{day}{value}.txt", published=day, as_of=day, place=place, **(SINCE | fields))


@pytest.fixture
def month():
    return frame(
        [total(2822, "2024-10-30", None), total(3050, "2024-11-06", None), total(3481, "2024-11-17", "Lebanon")]
    )


def test_a_total_without_a_place_is_of_the_place_that_its_originator_counts(month):
    assert prepare_figures(month)["place"].tolist() == ["Lebanon"] * 3
    assert month["place"].isna().sum() == 2  # the facts keep what their words say


def test_it_gives_way_to_the_later_total_of_its_originator(month):
    assert settle_facts(month)["status"].tolist() == ["superseded", "superseded", "active"]


@pytest.mark.parametrize(
    "other",
    [
        total(900, "2024-11-17", "Beirut"),  # it counts two places: which one is meant cannot be told
        total(3481, "2024-11-17", "Lebanon", asserted_by="UNICEF"),
    ],
)
def test_where_two_places_are_counted_or_another_counts_it_stays_without(other):
    placed = [total(3481, "2024-11-17", "Lebanon")] if other["place"] == "Beirut" else []
    found = prepare_figures(frame([total(2822, "2024-10-30", None), *placed, other]))
    assert found["place"].isna().sum() == 1


@pytest.mark.parametrize("fields", [{"period_start": "2024-09-23"}, {"period_start": None}, {"scope": "new_in_period"}])
def test_another_start_or_scope_is_another_count(fields):
    found = prepare_figures(frame([total(558, "2024-10-30", None, **fields), total(3481, "2024-11-17", "Lebanon")]))
    assert found["place"].isna().sum() == 1
