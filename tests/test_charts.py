"""Drawings hold with nothing, one point and a thousand; titles fit, labels say what happened, no font is missing."""

import logging
from itertools import pairwise

import pandas as pd
import pytest
from builders import event
from builders import frame as frame_of
from matplotlib.text import Text

from analysis.charts.basemap import find_countries
from analysis.charts.coverage import draw_coverage
from analysis.charts.map import draw_map, find_view, places_of
from analysis.charts.ranges import draw_claims
from analysis.charts.series import draw_series
from analysis.charts.timeline import MOST, draw_timeline
from analysis.show import figure_svg
from analysis.wording.labels import event_label, label_events
from analysis.wording.titles import TITLE_WORDS, series_title, source_line

WORDS = {"title": "A finding", "subtitle": "What is drawn.", "source": "Source: Example News.", "label": "chart-x"}
DAYS = [f"{day:%Y-%m-%d}" for day in pd.date_range("2023-01-01", periods=1000)]


def entries(count):
    return pd.DataFrame({"lane": [f"Place {n % 7}" for n in range(count)], "text": [f"Raid {n}" for n in range(count)],
                         "date_start": DAYS[:count], "date_end": DAYS[:count], "planned": [False] * count,
                         "facts": [[f"f-{n}"] for n in range(count)]})  # fmt: skip


def claims(count):
    return pd.DataFrame({"claimant": [f"Ministry {n % 9}" for n in range(count)], "operator": ["at_least"] * count,
                         "low": [float(n + 1) for n in range(count)], "high": [float(n + 1) for n in range(count)],
                         "words": [f"at least {n + 1}" for n in range(count)], "note": ["killed"] * count,
                         "fact_id": [f"f-{n}" for n in range(count)]})  # fmt: skip


def points(count):
    return pd.DataFrame({"panel": [f"Town {n % 6}\nHealth office" for n in range(count)], "date": DAYS[:count],
                         "value": [float(100 + n) for n in range(count)], "facts": [[f"f-{n}"] for n in range(count)]})  # fmt: skip


def places(count):
    return pd.DataFrame({"place": [f"Village {n}" for n in range(count)], "lat": [15 + n * 0.001 for n in range(count)],
                         "lon": [32 + n * 0.001 for n in range(count)], "where_prec": [1] * count,
                         "events": [n % 5 + 1 for n in range(count)], "facts": [[f"f-{n}"] for n in range(count)]})  # fmt: skip


def coverage(count):
    return pd.DataFrame({"publisher": [f"Paper {n % 30}" for n in range(count)], "day": DAYS[:count],
                         "documents": [n % 4 + 1 for n in range(count)], "facts": [[f"f-{n}"] for n in range(count)]})  # fmt: skip


def draw_places(frame, title, subtitle, source, label):
    return draw_map(frame, subtitle=subtitle, source=source, label=label)


CASES = [
    (draw_timeline, entries),
    (draw_claims, claims),
    (draw_series, points),
    (draw_places, places),
    (draw_coverage, coverage),
]


@pytest.mark.parametrize(("draw", "frame"), CASES, ids=[frame.__name__ for _, frame in CASES])
@pytest.mark.parametrize("count", [0, 1, 300])
def test_a_drawing_holds_with_nothing_with_one_and_with_many(draw, frame, count, caplog):
    with caplog.at_level(logging.WARNING, logger="matplotlib"):
        chart = draw(frame(count), **WORDS)
        if count == 0:
            assert chart.figure is None
            assert chart.empty.endswith(".")
            return
        svg = figure_svg(chart.figure)
    assert svg.count("<text") >= 1, "text in drawings stays text"
    assert chart.alt
    assert chart.figure.get_size_inches()[1] < 9, "it fits on a page"
    assert "findfont" not in caplog.text


def test_a_long_chronology_is_drawn_by_its_latest_events_and_says_so():
    chart = draw_timeline(entries(300), **WORDS)
    assert f"The latest {MOST} of 300." in chart.subtitle
    assert chart.data["date_start"].max() == DAYS[299]


@pytest.mark.parametrize(
    ("row", "label"),
    [
        ({"event_type": "killing", "actor": "Israel", "target": "Hassan Nasrallah", "text": "killed"}, "Hassan Nasrallah killed"),
        ({"event_type": "ground_operation", "actor": "Israel", "text": "entered"}, "Israel: ground operations begin"),
        ({"event_type": "attack", "actor": "whose", "target": "Kharkiv", "text": "hit"}, "Attack on Kharkiv"),
        ({"event_type": "killing", "target": "15", "text": "killed", "date_end": "2024-01-01"}, "15 people killed"),
        ({"event_type": "visit", "actor": "Olusegun Obasanjo", "target": "Mekelle", "text": "visit", "date_end": "2022-01-01"},
         "Olusegun Obasanjo: visit to Mekelle"),
    ],
)  # fmt: skip
def test_labels_say_who_did_what_to_whom(row, label):
    assert event_label(row) == label


def test_one_event_told_twice_is_one_label_with_all_facts():
    row = {"event_type": "attack", "actor": "RSF", "target": None, "text": "raid", "place": "Nyala", "date_start": "2023-05-01",
           "date_end": "2023-05-01"}  # fmt: skip
    table = label_events(pd.DataFrame([{**row, "facts": ["a"]}, {**row, "text": "attack", "facts": ["b"]}]))
    assert table["facts"].tolist() == [["a", "b"]]


def test_titles_of_long_names_still_fit():
    totals = pd.DataFrame({"series": [1, 1], "place": ["Democratic Republic of the Congo and its eastern provinces"] * 2,
                           "low": [10.0, 20.0], "date": ["2025-01-01", "2025-02-01"]})  # fmt: skip
    assert len(series_title(totals).split()) <= TITLE_WORDS


def test_data_reach_to_the_report_where_a_claim_has_no_day_of_its_own():
    facts = pd.DataFrame({"fact_id": ["a", "b"], "publisher": ["Example News"] * 2, "published": ["2024-05-03"] * 2,
                          "as_of": ["2023-10-07", None]})  # fmt: skip
    assert "Data to 3 May 2024." in source_line(facts, ["a", "b"])
    assert "Data to 7 October 2023." in source_line(facts, ["a"])


def test_no_countrys_name_covers_a_place():
    frame = places(9).assign(
        lat=[33.9, 33.5, 31.5, 31.8, 33.3, 32.8, 33.1, 34.0, 33.8],
        lon=[35.5, 36.3, 34.5, 35.2, 35.4, 35.0, 35.2, 36.2, 35.9],
    )
    figure = draw_map(frame, subtitle="Places.", source="Source: all.").figure
    renderer = figure.canvas.get_renderer()
    texts = [text for text in figure.axes[0].texts if text.get_text()]
    names = [text for text in texts if text.get_text().isupper()]
    assert {"LEBANON", "SYRIA", "JORDAN"} <= {text.get_text() for text in names}
    for name in names:
        box = name.get_window_extent(renderer)
        assert not any(Text.get_window_extent(other, renderer).overlaps(box) for other in texts if other is not name)


def test_events_before_the_period_are_not_on_its_map():
    rows = [
        event("air_strike", "hit", place="Orsk", date="2024-01-02"),
        event("air_strike", "struck", place="Nola", date="2024-03-02"),
        event("air_strike", "raid", place="Tarn"),
    ]
    assert places_of(frame_of(rows), since="2024-03-01")["place"].tolist() == ["Nola", "Tarn"], "undated ones stay"


def test_single_reports_of_a_shared_scale_are_all_within_it():
    frame = points(4).assign(
        panel=[f"Town {n}\nA health office with a long name" for n in range(4)], value=[5287.0, 3634.0, 865.0, 705.0]
    )
    figure = draw_series(frame, **WORDS).figure
    figure.draw_without_rendering()
    canvas = figure.bbox
    for axes in figure.axes:
        low, high = axes.get_ylim()
        assert all(low <= value <= high for line in axes.lines for value in line.get_ydata())
        title = axes.get_tightbbox()
        assert title.y1 <= canvas.y1 + 1
        assert title.x0 >= canvas.x0 - 1
        labels = [label.get_window_extent() for label in axes.get_xticklabels()]
        assert not any(first.overlaps(second) for first, second in pairwise(labels))


def test_one_event_decades_ago_does_not_press_the_others_together():
    frame = entries(10).assign(date_start=["1992-01-01", *DAYS[1:10]], date_end=["1992-01-01", *DAYS[1:10]])
    chart = draw_timeline(frame, **WORDS)
    assert "1 long before the others not drawn" in chart.subtitle
    assert "f-0" not in chart.facts
    assert "not drawn" not in draw_timeline(entries(10), **WORDS).subtitle


def test_a_large_country_stays_whole_on_the_map_and_a_far_venue_stays_off_it():
    """Step by step from the middle: towns of one war up to 12 degrees apart, talks 25 degrees off."""
    spots = places(5).assign(lat=[46.5, 47.9, 51.6, 55.7, 21.5], lon=[30.7, 33.4, 35.9, 37.6, 39.2])
    chart = draw_map(spots, subtitle="Places.", source="Source: none.")
    assert len(chart.data) == 4


def test_a_map_reaches_to_a_border():
    inland = places(2).assign(lat=[15.6, 15.7], lon=[32.5, 32.6])
    view = find_view(inland)
    assert sum(len(spots) > 15 for _, spots in find_countries(view)) > 1
    coast = find_view(places(2).assign(lat=[31.5, 31.6], lon=[34.4, 34.5]))
    assert coast.north - coast.south < view.north - view.south, "no wider than it must be"
