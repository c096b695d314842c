"""What readers see of the killed and injured: the claims table, ranges in words, key figures."""

import pytest

from analysis.claims.words import say_range, say_value
from analysis.topics import casualties
from tests.builders import event, figure, frame

HEALTH = "Health ministry"
TOTAL = {"scope": "cumulative", "asserted_by": HEALTH}


def test_claims_table_says_number_source_window_and_standing():
    rows = [
        figure("killed", 1754, operator="at_least", place="Westland", period_start="2024-09-23",
               caveat="likely conservative", **TOTAL),
        figure("killed", None, operator="unspecified_plural", text="dozens of people", place="Qarya", scope="incident",
               asserted_by="Residents", start=90),
        figure("injured", 40, place="Qarya", scope="incident", modality="denied", asserted_by=HEALTH, start=150),
    ]  # fmt: skip
    table = casualties.tabulate_claims(frame(rows)).set_index("claim")
    first = table.loc["at least 1,754"]
    assert (first["source"], first["window"], first["standing"]) == (HEALTH, "since 23 September 2024", "standing")
    assert first["caveat"] == "likely conservative"
    assert table.loc["dozens of people", "window"] == "one event"
    assert table.loc["40", "standing"] == "denied"


def test_key_figures_put_totals_first_and_attribute_each():
    rows = [
        figure("killed", 43163, place="Southland", as_of="2024-10-30", **TOTAL),
        figure("killed", 2822, place="Westland", as_of="2024-10-30", start=40, **TOTAL),
        figure("injured", 12937, place="Westland", as_of="2024-10-30", start=80, **TOTAL),
        figure("killed", 93, place="Qarya", scope="incident", as_of="2024-10-29", asserted_by="Rescuers", start=120),
        figure("killed", 37, place="Westland", population="soldiers", as_of="2024-10-30", start=160, **TOTAL),
    ]
    found = casualties.pick_key_figures(frame(rows))
    assert [row["label"] for row in found] == [
        "Killed in Southland", "Killed in Westland", "Soldiers killed in Westland", "Killed in Qarya, 29 October 2024",
        "Injured in Westland",
    ]  # fmt: skip
    assert found[0] == found[0] | {"value": "43,163", "attribution": HEALTH, "as_of": "2024-10-30"}
    assert all(row["facts"] for row in found)


def test_key_figure_without_a_day_has_none():
    found = casualties.pick_key_figures(frame([figure("killed", 5, published=None, place="Southland", **TOTAL)]))
    assert found[0]["as_of"] is None
    assert found[0]["label"] == "Killed in Southland"


def test_a_total_without_a_place_says_what_its_report_is_about_or_is_left_out():
    total = figure("killed", 883, **TOTAL)
    assert casualties.pick_key_figures(frame([total])) == []
    told = [total, event("shelling", "shells fell", place="Goma", start=200)]
    found = casualties.pick_key_figures(frame(told))
    assert [row["label"] for row in found] == ["Killed (report on Democratic Republic of the Congo)"]


def test_a_count_over_several_days_says_which():
    row = figure(
        "killed", 700, place="Qarya", scope="incident", period_start="2025-01-26", as_of="2025-01-30", asserted_by="UN"
    )
    found = casualties.pick_key_figures(frame([row]))
    assert [row["label"] for row in found] == ["Killed in Qarya, 26 January 2025 to 30 January 2025"]


def test_a_headline_that_shortens_its_originator_repeats_the_count_below_it():
    headline = figure("killed", 88, scope="cumulative", asserted_by="Officials")
    below = figure(
        "killed", 88, place="Qarya", scope="incident", as_of="2024-10-29", asserted_by="Southland officials", start=90
    )
    claims = casualties.list_claims(frame([headline, below]))
    assert set(claims["source"]) == {"Southland officials"}
    alone = casualties.list_claims(frame([headline]))
    assert set(alone["source"]) == {"Officials"}


def test_day_of_publication_is_never_passed_off_as_the_day_of_the_count():
    row = figure("killed", 43163, place="Southland", published="2024-10-30", **TOTAL)
    found = casualties.pick_key_figures(frame([row]))[0]
    assert found["as_of"] is None
    assert found["attribution"] == f"{HEALTH}, published 30 October 2024"


def test_an_undated_strike_is_a_key_figure_all_the_same():
    row = figure("killed", 93, place="Qarya", scope="incident", asserted_by="Rescuers")
    assert [found["label"] for found in casualties.pick_key_figures(frame([row]))] == ["Killed in Qarya"]


def test_one_bound_keeps_its_words_in_a_range():
    row = figure("killed", 1200, operator="more_than", place="Qarya", **TOTAL)
    assert casualties.build_ranges(frame([row]))["says"].tolist() == ["more than 1,200"]


@pytest.mark.parametrize(
    "rows", [[], [figure("displaced", 7)], [figure("killed", 7, trend="up", place="Qarya", **TOTAL)]]
)
def test_nothing_to_say_is_said_with_empty_frames(rows):
    facts = frame(rows)
    assert casualties.tabulate_claims(facts).empty
    assert casualties.pick_key_figures(facts) == []
    assert casualties.build_ranges(facts).empty
    assert casualties.build_series(facts).empty


def test_values_and_ranges_in_words():
    assert say_value(1_700_000, 1_700_000, "about") == "about 1.7 million"
    assert say_range(60, 109, open_high=True) == "60 to at least 109"


def test_a_total_without_a_place_tells_since_when_it_counts():
    """Where its report places nothing either, the page says so; without place and start there is nothing to say of it."""
    since = figure("killed", 705, scope="cumulative", period_start="2023-04-15", count_basis="reported_total")
    found = casualties.pick_key_figures(frame([since]))
    assert [row["label"] for row in found] == ["Killed since 15 April 2023 (place not stated)"]
    bare = figure("killed", 705, scope="cumulative", count_basis="reported_total")
    assert casualties.pick_key_figures(frame([bare])) == []


def test_a_sum_without_a_place_that_is_less_than_one_event_took_is_no_key_figure():
    rows = [
        figure("killed", 2, scope="cumulative", period_start="2024-11-01", count_basis="reported_total"),
        figure(
            "killed", 30, scope="incident", place="Barja", as_of="2024-11-05", doc="b.txt", count_basis="reported_total"
        ),
    ]
    assert [row["value"] for row in casualties.pick_key_figures(frame(rows))] == ["30"]
