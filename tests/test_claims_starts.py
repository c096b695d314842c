"""From when totals count: one originator's running total is one series, whatever first day each report gives."""

import pandas as pd
import pytest
from builders import figure, frame

from analysis.corrections import settle_facts
from analysis.topics import casualties


def total(low, day, since=None, **fields):
    fields = {
        "asserted_by": "Health Ministry",
        "place": "Sudan",
        "scope": "cumulative",
        "count_basis": "reported_total",
    } | fields
    return figure("killed", low, period_start=since, published=day, doc=f"{day}.txt", start=int(low), **fields)


@pytest.mark.parametrize("since", [None, "2023-04-14"])
def test_a_total_without_its_first_day_or_a_day_off_joins_the_series(since):
    rows = [
        total(600, "2023-05-12", "2023-04-15"),
        total(705, "2023-05-21", since),
        total(866, "2023-06-01", "2023-04-15"),
    ]
    facts = settle_facts(frame(rows))
    assert facts["status"].tolist() == ["superseded", "superseded", "active"]
    assert len(casualties.build_series(facts)["series"].unique()) == 1


def test_a_count_of_another_window_stays_apart():
    first, last = total(2000, "2023-09-20", "2023-04-15"), total(2100, "2023-09-25", "2023-04-15")
    rows = [first, total(558, "2023-09-24", "2023-09-18"), last]
    facts = settle_facts(frame(rows))
    assert facts["status"].tolist() == ["superseded", "active", "active"]


def test_a_total_that_fits_no_series_joins_none():
    rows = [total(2000, "2023-09-20", "2023-04-15"), total(558, "2023-09-24")]
    assert settle_facts(frame(rows))["status"].tolist() == ["active", "active"]


def test_the_first_day_as_stated_is_never_rewritten():
    facts = settle_facts(frame([total(600, "2023-05-12", "2023-04-15"), total(705, "2023-05-21")]))
    assert facts["period_start"].where(facts["period_start"].notna(), None).tolist() == ["2023-04-15", None]
    assert isinstance(facts, pd.DataFrame)
