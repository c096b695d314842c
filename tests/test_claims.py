"""One event, many tolls: what is matched, what is kept apart, what replaces what, and which range comes out."""

import pandas as pd
import pytest

from analysis.claims import copies, events, gather, match, matches, reconcile, series
from analysis.claims.figures import prepare_figures
from analysis.errors import RecordError, UsageError
from analysis.topics import casualties
from tests.builders import actor, event, figure, frame

RESCUE, HEALTH, MEDIA = "Northern rescue service", "Health ministry", "Government media office"
HOUSE = {"place": "Qarya", "scope": "incident", "as_of": "2024-10-29"}
TOTAL = {"place": "Westland", "scope": "cumulative", "asserted_by": HEALTH}


def house_rows() -> list[dict]:
    """A house is hit; five reports of two days give seven claims by four sources, one of them of another fate."""
    day = "2024-10-29"
    return [
        event("air_strike", "struck a house", doc="a", date=day, place="Qarya", actor="Eastland"),
        figure("killed", 55, operator="more_than", asserted_by=RESCUE, doc="a", start=90, published=day, **HOUSE),
        figure("killed", 60, operator="at_least", asserted_by=HEALTH, doc="b", published=day, **HOUSE),
        figure("missing", 17, asserted_by=HEALTH, doc="b", start=40, published=day, **HOUSE),
        figure("killed", 88, asserted_by="Local officials", doc="c", published=day, **HOUSE),
        figure("killed", 93, asserted_by=RESCUE, doc="d", published=day, **HOUSE),
        figure("killed_or_missing", 93, operator="at_least", asserted_by=HEALTH, doc="e", published=day, **HOUSE),
        figure("killed", 93, asserted_by=MEDIA, doc="e", start=70, published=day, **HOUSE),
        figure("killed", 109, operator="at_least", asserted_by=MEDIA, doc="f", published="2024-10-30",
               place="Qarya", scope="incident"),
    ]  # fmt: skip


def claims_of(rows: list[dict]) -> pd.DataFrame:
    return gather.gather_claims(prepare_figures(match.assign_events(frame(rows))))


def test_all_tolls_of_one_house_are_one_event():
    facts = match.assign_events(frame(house_rows()))
    assert set(facts["event_id"]) == {"qarya-2024-10-29"}


def test_claims_stay_apart_by_source_and_fate():
    claims = claims_of(house_rows())
    assert len(claims) == 8
    assert claims.groupby("measure").size().to_dict() == {"killed": 6, "killed_or_missing": 1, "missing": 1}


def test_killed_or_missing_never_enters_the_killed():
    ranges = reconcile.reconcile(claims_of(house_rows()))
    killed = ranges[ranges["measure"] == "killed"].iloc[0]
    assert (killed["low"], killed["high"], killed["open_high"], killed["sources"]) == (60, 109, True, 4)
    either = ranges[ranges["measure"] == "killed_or_missing"].iloc[0]
    assert either["facts"] == [house_rows()[6]["fact_id"]]


def test_basis_killed_or_missing_is_another_fate_whatever_the_measure_says():
    row = figure("killed", 93, count_basis="killed_or_missing", asserted_by=HEALTH, **HOUSE)
    assert prepare_figures(frame([row]))["measure"].tolist() == ["killed_or_missing"]


def test_later_number_of_a_source_replaces_its_own_only():
    claims = claims_of(house_rows()).set_index("source")
    assert claims.loc[RESCUE, "superseded"].tolist() == [True, False]
    assert not claims.loc["Local officials", "superseded"]


def test_incomparable_counts_are_named_with_what_each_counts():
    text = reconcile.list_not_comparable(claims_of(house_rows()))["text"].tolist()
    assert len(text) == 1
    assert text[0].startswith("not comparable: ")
    assert text[0].endswith(f"{HEALTH} counts killed or missing")


def test_other_window_is_not_comparable():
    rows = [
        figure("killed", 1754, **{**TOTAL, "period_start": "2024-09-23"}),
        figure("killed", 2822, start=50, **{**TOTAL, "period_start": "2023-10-08"}),
    ]
    ranges = reconcile.reconcile(claims_of(rows))
    assert ranges["low"].tolist() == ranges["high"].tolist()
    assert "since 23 September 2024" in reconcile.list_not_comparable(claims_of(rows))["text"][0]


def test_verified_and_reported_are_two_ranges():
    rows = [
        figure("killed", 100, asserted_by=HEALTH, **HOUSE),
        figure("killed", 60, asserted_by="Monitors", count_basis="verified", start=40, **HOUSE),
    ]
    assert len(reconcile.reconcile(claims_of(rows))) == 2


def test_numbers_without_a_place_are_never_set_side_by_side():
    rows = [figure("killed", 43163, scope="cumulative"), figure("killed", 1754, scope="cumulative", start=80)]
    ranges = reconcile.reconcile(claims_of(rows))
    assert (ranges["low"] == ranges["high"]).all()
    assert len(ranges) == 2


@pytest.mark.parametrize(
    ("rule", "best"),
    [("range_only", None), ("latest", 109), ("majority", None), ("most_conservative", 60), ("source_hierarchy", 88)],
)
def test_best_figure_by_rule(rule, best):
    ranges = reconcile.reconcile(claims_of(house_rows()), rule, hierarchy=["Local officials"])
    killed = ranges[ranges["measure"] == "killed"].iloc[0]
    assert (killed["low"], killed["high"]) == (60, 109)
    assert pd.isna(killed["best"]) if best is None else killed["best"] == best


def test_majority_counts_sources_not_mentions():
    rows = [
        *(figure("killed", 20, asserted_by=HEALTH, doc=doc, **HOUSE) for doc in "abc"),
        *(figure("killed", 30, asserted_by=name, doc="d", start=40 * n, **HOUSE) for n, name in enumerate(("X", "Y"))),
    ]
    ranges = reconcile.reconcile(claims_of(rows), "majority")
    assert ranges["best"].tolist() == [30]


def test_unknown_rule_is_a_usage_error():
    with pytest.raises(UsageError, match="range_only"):
        reconcile.reconcile(claims_of(house_rows()), "average")


def test_spokesman_speaks_for_his_institution():
    rows = [
        actor("Sami Qasir", affiliation=RESCUE),
        figure("killed", 55, asserted_by="Sami Qasir", doc="a", published="2024-10-29", **HOUSE),
        figure("killed", 93, asserted_by=RESCUE, doc="b", **HOUSE),
    ]
    ranges = reconcile.reconcile(claims_of(rows))
    assert ranges[["low", "high", "sources"]].to_numpy().tolist() == [[93, 93, 1]]


@pytest.mark.parametrize("change", [{"status": "retracted"}, {"review": "rejected"}])
def test_withdrawn_figures_count_for_nothing(change):
    rows = [figure("killed", 9, **HOUSE), figure("killed", 99, start=40, **HOUSE) | change]
    assert reconcile.reconcile(claims_of(rows))["high"].tolist() == [9]


def test_denied_figures_are_listed_but_not_counted():
    rows = [figure("injured", 2800, asserted_by=HEALTH, **HOUSE),
            figure("injured", 4000, modality="denied", asserted_by=HEALTH, start=40, **HOUSE)]  # fmt: skip
    claims = claims_of(rows)
    assert len(claims) == 2
    assert reconcile.reconcile(claims)["high"].tolist() == [2800]


def test_undated_toll_joins_the_last_strike_at_its_place():
    rows = [event("shelling", "shelled", doc="a", date="2024-10-28", place="Qarya", published="2024-10-28"),
            figure("killed", 12, doc="b", place="Qarya", scope="incident", published="2024-10-30")]  # fmt: skip
    assert match.match_events(frame(rows)).tolist() == ["qarya-2024-10-28"] * 2


def test_figure_takes_place_and_day_from_the_strike_beside_it_for_the_match_alone():
    rows = [event("air_strike", "hit a school", date="2024-10-28", place="Qarya", start=10),
            figure("killed", 12, scope="incident", start=40)]  # fmt: skip
    facts = match.assign_events(frame(rows))
    assert facts["event_id"].nunique() == 1
    assert facts["place"].isna().tolist() == [False, True]


def test_nothing_is_matched_without_place_or_day():
    rows = [
        event("air_strike", "hit"),
        figure("killed", 12, scope="incident", doc="b"),
        figure("killed", 3, doc="c", **TOTAL),
    ]
    assert match.match_events(frame(rows)).isna().all()


def test_a_toll_printed_with_the_day_of_the_report_goes_to_the_day_most_reports_give():
    day = {"place": "Qarya", "scope": "incident"}
    rows = [*(figure("killed", 20, doc=doc, as_of="2024-11-23", **day) for doc in "abc"),
            figure("killed", 20, doc="d", as_of="2024-11-22", **day)]  # fmt: skip
    assert set(match.match_events(frame(rows))) == {"qarya-2024-11-23"}


def test_two_places_of_one_name_are_two_events():
    rows = [event("air_strike", "hit", doc=doc, date="2024-10-28", place="Tripoli", geonames_id=number)
            for doc, number in (("a", 1.0), ("b", 2.0))]  # fmt: skip
    assert match.match_events(frame(rows)).nunique() == 2


HAND = """
- split: qarya-2024-10-29
  into: qarya-2024-10-29-second
  words: {document: f, contains: "109"}
  who: A. Analyst
  when: 2024-10-31
  why: A second strike in the night.
- merge: [qarya-2024-10-29, qarya-2024-10-29-second]
  who: B. Analyst
  when: 2024-11-02
  why: It was one strike after all.
"""


def test_people_split_and_merge_events_in_order(tmp_path):
    (tmp_path / "seeds" / "hand").mkdir(parents=True)
    path = tmp_path / matches.MATCHES
    path.write_text(HAND.partition("- merge")[0])
    assert match.assign_events(frame(house_rows()), tmp_path)["event_id"].nunique() == 2
    path.write_text(HAND)
    assert match.assign_events(frame(house_rows()), tmp_path)["event_id"].nunique() == 1


def test_decision_without_a_reason_is_refused(tmp_path):
    (tmp_path / "seeds" / "hand").mkdir(parents=True)
    (tmp_path / matches.MATCHES).write_text("- {merge: [a, b], who: me, when: 2024-10-31}")
    with pytest.raises(RecordError, match="why"):
        matches.load_matches(tmp_path)


def total(day: str, value: float, **fields) -> dict:
    return figure("killed", value, as_of=day, published=day, doc=day, **{**TOTAL, **fields})


def series_of(rows: list[dict]) -> pd.DataFrame:
    return series.build_series(prepare_figures(frame(rows)))


def test_running_total_steps_gaps_and_falls():
    rows = [total("2024-10-01", 100), total("2024-10-02", 110), total("2024-10-06", 130), total("2024-10-07", 125)]
    table = series_of(rows)
    assert table["step"].tolist()[1:] == [10, 20, -5]
    assert table["gap"].tolist() == [False, False, True, False]
    assert table["falls"].tolist() == [False, False, False, True]


def test_new_count_from_zero_is_a_reset_not_a_fall():
    table = series_of([total("2024-10-01", 2000), total("2024-10-02", 12)])
    assert table["resets"].tolist() == [False, True]
    assert not table["falls"].any()
    assert table["step"].isna().all()


def test_new_dead_that_are_not_the_change_of_the_total():
    rows = [
        total("2024-10-01", 100),
        total("2024-10-02", 130),
        total("2024-10-02", 25, scope="new_in_period", start=60),
    ]
    assert series_of(rows)["disagrees"].tolist() == [False, True]


def test_old_total_printed_late_is_stale_and_in_no_range():
    rows = [total("2024-10-29", 2792), total("2024-10-30", 2822),
            figure("killed", 2790, operator="more_than", published="2024-10-30", doc="late", **TOTAL)]  # fmt: skip
    claims = claims_of(rows)
    late = claims[claims["low"] == 2790].iloc[0]
    assert late["stale"]
    assert (late["same_as"], late["newer_low"]) == ("2024-10-29", 2822)
    assert reconcile.reconcile(claims)[["low", "high"]].to_numpy().tolist() == [[2822, 2822]]


def test_dated_old_total_is_not_stale():
    rows = [total("2024-10-29", 2792), total("2024-10-30", 2822),
            figure("killed", 2792, as_of="2024-10-29", published="2024-11-04", doc="late", **TOTAL)]  # fmt: skip
    assert not claims_of(rows)["stale"].any()


def test_gap_runs_up_to_the_cut_off():
    gaps = series.list_gaps(series_of([total("2024-10-01", 100), total("2024-10-02", 110)]), "2024-10-20")
    assert gaps[["date_from", "date_to", "days"]].to_numpy().tolist() == [["2024-10-02", "2024-10-20", 18]]


REPORT = (
    "Rescuers pulled twelve bodies from the ruins of a bakery in the old town on Monday, the service said, and were still "
    "searching for the baker and his two sons, who had been asleep on the floor above when the shell came through the roof."
)


def documents(*texts: str, agencies: tuple[str | None, ...] = ()) -> pd.DataFrame:
    rows = [
        {"doc_id": str(n), "text": text, "published": f"2024-10-{29 + n}", "publisher": f"paper {n}",
         "syndicated_from": agencies[n] if agencies else None}
        for n, text in enumerate(texts)
    ]  # fmt: skip
    return pd.DataFrame(rows)


def test_copies_point_to_the_earliest_print():
    found = copies.find_copies(
        documents(REPORT, "(Agency) " + REPORT + " The army is looking into it.", "Talks resumed. " * 30)
    )
    assert found[["doc_id", "copy_of"]].to_numpy().tolist() == [["1", "0"]]


def test_same_news_in_other_words_is_no_copy():
    other = "On Monday a shell hit a bakery; twelve people died and three are missing, according to the rescue service."
    assert copies.find_copies(documents(REPORT, other)).empty


def test_copies_of_an_unattributed_number_are_one_source():
    rows = [figure("killed", 12, doc=doc, publisher=doc, **HOUSE) for doc in ("a", "b")]
    facts = match.assign_events(frame(rows))
    apart = gather.gather_claims(prepare_figures(facts))
    together = gather.gather_claims(prepare_figures(facts.assign(copy_of=[None, rows[0]["doc_id"]])))
    assert (len(apart), len(together)) == (2, 1)
    assert together["printed"].tolist() == [1]


def test_a_headline_repeats_its_report_and_is_no_source():
    rows = [figure("killed", 93, start=0), figure("killed", 93, start=60, asserted_by=RESCUE, **HOUSE)]
    claims = claims_of(rows)
    assert claims["source"].tolist() == [RESCUE]
    assert len(claims["facts"].iloc[0]) == 2


def test_a_headline_of_two_counts_is_not_given_to_either():
    rows = [figure("killed", 93, start=0), *(figure("killed", 93, start=60 * n, asserted_by=name, **HOUSE)
            for n, name in enumerate((RESCUE, MEDIA), 1))]  # fmt: skip
    assert "printed by The Courier" in claims_of(rows)["source"].tolist()


def test_a_copy_says_what_its_report_says_even_where_it_was_misread():
    rows = [figure("killed", 93, doc="a", asserted_by=RESCUE, **HOUSE),
            figure("killed", 93, doc="b", asserted_by="(Agency) rescue", **HOUSE)]  # fmt: skip
    facts = match.assign_events(frame(rows)).assign(copy_of=[None, rows[0]["doc_id"]])
    assert gather.gather_claims(prepare_figures(facts))["source"].tolist() == [RESCUE]


def test_two_incidents_of_a_country_are_never_one_range():
    day = {"place": "Westland", "where_prec": 6.0, "scope": "incident", "as_of": "2024-10-29", "asserted_by": HEALTH}
    ranges = reconcile.reconcile(claims_of([figure("killed", 7, **day), figure("killed", 30, start=40, **day)]))
    assert (ranges["low"] == ranges["high"]).all()


def test_an_event_told_without_a_day_had_happened_by_the_day_it_was_printed():
    rows = [
        event("air_strike", "hit a house", doc="a", place="Qarya", published="2024-10-30"),
        figure(
            "killed", 93, doc="a", start=40, asserted_by=RESCUE, place="Qarya", scope="incident", published="2024-10-30"
        ),
    ]
    row = events.build_events(frame(rows)).iloc[0]
    assert (row["id"], row["date_end"], row["date_prec"]) == ("qarya-by-2024-10-30", "2024-10-30", 5)
    assert pd.isna(row["date_start"])
    assert row["best"] == 93


def test_an_event_without_a_day_is_the_one_another_report_dates():
    rows = [
        event("air_strike", "hit a house", doc="a", place="Qarya", published="2024-10-30"),
        event(
            "air_strike", "hit a house on Tuesday", doc="b", date="2024-10-29", place="Qarya", published="2024-10-29"
        ),
    ]
    assert set(match.assign_events(frame(rows))["event_id"]) == {"qarya-2024-10-29"}


def test_ged_event_has_range_sources_and_what_counts_otherwise():
    table = events.build_events(frame(house_rows()), "latest")
    row = table.iloc[0]
    assert list(table.columns[: len(events.GED_COLUMNS)]) == list(events.GED_COLUMNS)
    assert (row["low"], row["best"], row["high"], row["number_of_sources"]) == (60, 109, 109, 4)
    assert row["not_comparable"] == [house_rows()[6]["fact_id"]]
    assert (row["side_a"], row["event_type"], row["grading"]) == ("Eastland", "air_strike", "fair")
    assert row["type_of_violence"] is None


def test_ged_type_of_violence_only_where_both_sides_are_known():
    rows = [
        actor("Eastland", actor_type="government"), actor("The Front", actor_type="armed_group", start=30),
        event("armed_clash", "clashed", date="2024-10-29", place="Qarya", actor="Eastland", target="The Front", start=60),
    ]  # fmt: skip
    assert events.build_events(frame(rows))["type_of_violence"].tolist() == [events.STATE_BASED]


def test_empty_frames_give_empty_frames():
    facts = frame([])
    claims = claims_of([])
    assert claims.empty
    assert reconcile.reconcile(claims).empty
    assert series_of([]).empty
    assert events.build_events(facts).empty
    assert copies.mark_copies(facts)["copy_of"].empty


def test_a_part_counted_by_its_own_noun_is_no_second_opinion_on_the_whole():
    where = {"place": "Metula", "scope": "incident", "as_of": "2024-10-31", "asserted_by": "Council"}
    rows = [
        figure("killed", 5, unit="person", text="Five people", **where),
        figure("killed", 4, unit="worker", text="four workers", start=60, **where),
        figure("killed", 7, unit="worker", text="seven workers", doc="another.txt", **where),
    ]
    ranges = casualties.build_ranges(frame(rows))
    assert sorted(zip(ranges["population"], ranges["low"], ranges["high"], strict=True)) == [
        ("all", 5.0, 7.0), ("workers", 4.0, 4.0),
    ]  # fmt: skip


def test_a_mayors_count_is_the_mayors_and_a_spokesmans_his_ministrys():
    rows = [
        actor("Ann Bell", role="mayor", affiliation="Qarya"), actor("Cid Dorn", role="spokesman", affiliation="Ministry of Health"),
        figure("killed", 4, place="Qarya", where_prec=1, scope="incident", asserted_by="Ann Bell"),
        figure("killed", 5, place="Qarya", where_prec=1, scope="incident", asserted_by="Cid Dorn", start=50),
    ]  # fmt: skip
    assert set(casualties.list_claims(frame(rows))["source"]) == {"Ann Bell", "Ministry of Health"}
