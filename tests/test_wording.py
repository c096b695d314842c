"""Prose from facts: it reads well for every shape of data, and the linter refuses what must not be printed."""

import doctest

import pandas as pd
import pytest
from builders import event, figure, frame, statement, term

from analysis.prose import Phrase, Sentence
from analysis.topics.tracks import Track
from analysis.wording import compose, likelihood, linter, phrases
from analysis.wording import figures as figure_words

TRACKS = {
    "lebanon": Track(track="lebanon", title="Lebanon", parties=["Israel", "Hezbollah"], mediators=["United States"]),
    "jeddah": Track(track="jeddah", title="Jeddah talks", parties=["SAF", "RSF"], mediators=["Saudi Arabia"]),
}


def said(**fields) -> str:
    row = figure(fields.pop("measure", "killed"), fields.pop("low", 12), **fields)
    return compose.figure_sentence(row).text


@pytest.mark.parametrize(
    ("fields", "expected"),
    [
        ({"asserted_by": "Sudan's health ministry", "place": "Omdurman", "as_of": "2023-05-20", "scope": "cumulative"},
         "Sudan's health ministry reports 12 people killed in Omdurman as of 20 May 2023."),
        ({"low": 1, "asserted_by": "Red Crescent", "population": "children", "place": "Taiz", "scope": "incident",
          "as_of": "2023-05-20"},
         "The Red Crescent reports 1 child killed in Taiz on 20 May 2023."),
        ({"low": 0, "asserted_by": "ELN", "place": "Arauca", "as_of": "2023-05-20"},
         "ELN reports no people killed in Arauca as of 20 May 2023."),
        ({"low": 1754, "operator": "at_least", "asserted_by": "Lebanese Health Ministry", "place": "Lebanon",
          "period_start": "2024-09-23", "scope": "cumulative"},
         "The Lebanese Health Ministry reports at least 1,754 people killed in Lebanon since 23 September 2024."),
        ({"low": None, "operator": "unspecified_plural", "text": "dozens of people", "asserted_by": "aid workers",
          "place": "Mekelle"},
         "Aid workers report “dozens of people” killed in Mekelle, in a report of 30 October 2024."),
        ({"low": 5, "high": 6, "operator": "between", "asserted_by": "UN", "measure": "injured"},
         "UN reports 5 to 6 people injured, in a report of 30 October 2024."),
        ({"low": 37, "population": "soldiers", "period_start": "2024-09-30", "publisher": "The Courier"},
         "The Courier, naming no originator, reports 37 soldiers killed since 30 September 2024."),
        ({"low": 93, "measure": "killed_or_missing", "asserted_by": "ministry", "published": None},
         "The ministry reports 93 people killed or missing, in an undated report."),
        ({"low": 4000, "measure": "injured", "asserted_by": "Firass Abiad", "modality": "denied", "as_of": "2024-09-18"},
         "Firass Abiad denies that there were 4,000 people injured as of 18 September 2024."),
        ({"low": 2, "measure": "facilities", "unit": "hospital", "asserted_by": "UNOCHA", "place": "Gaza", "as_of": "2024-10-30"},
         "UNOCHA reports 2 hospitals in Gaza as of 30 October 2024."),
        ({"low": 1700000, "measure": "people_in_need", "asserted_by": "WFP", "place": "Gaza", "as_of": "2024-10-30"},
         "WFP reports 1.7 million people in need of assistance in Gaza as of 30 October 2024."),
        ({"low": 80, "measure": "share", "denominator": "the population", "asserted_by": "WFP", "as_of": "2024-10-30"},
         "WFP reports 80% of the population as of 30 October 2024."),
        ({"low": 9, "asserted_by": "Abiad", "relayed_by": ["Anadolu"], "as_of": "2024-09-17"},
         "Abiad, relayed by Anadolu, reports 9 people killed as of 17 September 2024."),
    ],
)  # fmt: skip
def test_a_figure_reads_well_in_every_shape(fields, expected):
    assert said(**fields) == expected


def test_every_number_of_a_figure_carries_its_fact():
    row = figure(
        "killed", 43163, asserted_by="Gaza's health ministry", corroborated_by=["United Nations"], fact_id="figure-1"
    )
    shown = compose.figure_sentence(row)
    assert shown.facts == ("figure-1",)
    assert shown.kind == "established"
    assert compose.lint([shown]) == []


def situation(rows: list[dict]) -> compose.Situation:
    return compose.observe(frame(rows), None, TRACKS)


def rich() -> list[dict]:
    """Two wars, two publishers: talks open on one track, in force and violated on the other, tolls with and without bounds."""
    return [
        statement("Naim Qassem", "we accept under conditions", holder="Hezbollah", stance="conditionally_open", mode="direct"),
        term("lebanon", "withdrawal", "a pull-back", obligor="Hezbollah", demanded_by="Israel", start=50),
        event("visit", "to visit", actor="Amos Hochstein", place="Israel", modality="planned", start=70),
        term("jeddah", "cessation", "a truce of seven days", status="in_force", doc="b.txt", publisher="The Herald"),
        event("violation", "broke the truce", doc="b.txt", publisher="The Herald", asserted_by="RSF", start=60),
        statement("RSF", "we reject talks", stance="rejects", doc="b.txt", publisher="The Herald", start=90),
        figure("killed", 1754, place="Lebanon", operator="at_least", asserted_by="Lebanese Health Ministry", scope="cumulative",
               period_start="2024-09-23", start=300),
        event("air_strike", "air strikes", place="Tyre", date="2024-10-29", start=400),
    ]  # fmt: skip


SHAPES = {
    "nothing": [],
    "one toll": [figure("killed", 1, place="Goma", asserted_by="M23", scope="incident", as_of="2024-10-30")],
    "undated": [term("tigray", "disarmament", "disarm", published=None, published_basis="unknown")],
    "no originator": [figure("killed", 5, place="Goma"), figure("injured", 0, place="Goma", start=40)],
    "vague": [
        figure("killed", None, operator="unspecified_plural", text="dozens", asserted_by="residents", place="Goma")
    ],
    "only words": [
        statement("Abiy Ahmed", "peace has no alternative", stance="optimistic"),
        term("tigray", "border", "roads", start=60),
    ],
    "only a strike": [event("air_strike", "a strike", place="Goma", date="2024-10-29")],
    "rich": rich(),
}


def everything(found: compose.Situation) -> list[Sentence]:
    """Every sentence that a briefing prints of a situation."""
    judged = compose.judgements(found)
    outlooks = compose.outlooks(found)
    sides = [s for o in outlooks for s in (*o.evidence_for, *o.evidence_against, *o.would_change)]
    tracks = found.register.to_dict("records")
    talks = [compose.track_sentence(row) for row in tracks] + [
        s for row in tracks if (s := compose.contact_sentence(row))
    ]
    points = [row for table in found.points.values() for row in table.to_dict("records")]
    stances = [compose.stance_sentence(row) for row in found.stances.to_dict("records")]
    figures = found.facts[found.facts["kind"] == "figure"].to_dict("records")
    return [
        *compose.lead(found), *(j.text for j in judged), *(j.reason for j in judged), *sides, *talks, *stances,
        *compose.gaps(found),
        *compose.meeting_sentences(points), *(compose.point_sentence(row) for row in points),
        *(compose.figure_sentence(row) for row in figures),
    ]  # fmt: skip


@pytest.mark.parametrize("name", SHAPES)
def test_whatever_the_facts_the_prose_passes_its_own_linter(name):
    found = situation(SHAPES[name])
    shown = everything(found)
    assert compose.lint(shown) == []
    assert all(
        s.text.endswith((".", "?", "!", ".”")) and "  " not in s.text and "None" not in s.text and "nan" not in s.text
        for s in shown
    )
    assert sum(len(s.text.split()) for s in compose.lead(found)) <= 60


def test_every_fact_cited_exists():
    found = situation(rich())
    known = set(found.facts["fact_id"])
    assert {name for s in everything(found) for name in s.facts} <= known


def test_the_lead_says_where_talks_stand_and_who_counts_the_dead():
    text = " ".join(s.text for s in compose.lead(situation(rich())))
    assert "Lebanon track" in text
    assert "in force" in text
    assert "The Lebanese Health Ministry reports at least 1,754 people killed" in text


def test_judgements_are_assessed_ranked_and_give_a_reason_apart():
    judged = compose.judgements(situation(rich()))
    assert 3 <= len(judged) <= 6
    assert all(
        j.text.kind == "assessed" and j.likelihood in j.text.text and "confidence" in j.reason.text for j in judged
    )
    assert "track" in judged[0].text.text
    assert all(j.facts for j in judged)


def probability(rows: list[dict]) -> float:
    from analysis.wording.evidence import prospect

    found = situation([term("lebanon", "cessation", "a truce"), *rows])
    return prospect(found, found.register.iloc[0].to_dict()).probability


def test_an_acceptance_makes_a_deal_likelier_and_a_refusal_less_likely():
    yes = statement("Hezbollah", "we accept", stance="accepts", start=50)
    no = statement("Israel", "we refuse", stance="rejects", start=90, publisher="The Herald")
    assert probability([no]) < probability([]) < probability([yes])
    assert probability([yes, no]) < probability([yes])


def test_few_originators_never_give_an_extreme_likelihood():
    loud = [statement("Hezbollah", f"we accept it {n}", stance="accepts", start=50 * n) for n in range(1, 9)]
    found = situation([term("lebanon", "cessation", "a truce"), *loud])
    assert compose.judgements(found)[0].likelihood in ("unlikely", "roughly even chance", "likely")


def test_the_yardstick_can_be_changed_and_an_unknown_one_is_refused():
    found = situation(rich())
    phia = {words for words, _, _ in compose.scale("phia")}
    assert all(j.likelihood in phia for j in compose.judgements(found, "phia"))
    assert likelihood.likelihood_words(0.5) == "roughly even chance"
    assert likelihood.likelihood_words(0.97) == "almost certain"
    with pytest.raises(Exception, match="choose one of icd203, phia"):
        compose.scale("gut")


def test_gaps_name_what_one_document_cannot_establish():
    text = " ".join(s.text for s in compose.gaps(situation(SHAPES["no originator"])))
    assert "one publisher" in text
    assert "nobody who counted 5 people killed in Goma or no people injured in Goma" in text


BAD = {
    "mixed sentence": Sentence((Phrase("We assess that the ministry said it is likely."),), "assessed"),
    "likelihood beside confidence": Sentence((Phrase("A deal is likely, with low confidence."),)),
    "bare number": Sentence((Phrase("There were 14 raids."),)),
    "banned hedge": Sentence((Phrase("It seems that talks go on."),)),
    "unattributed toll": Sentence((Phrase("19 people were killed", ("figure-1",)), Phrase("."))),
    "partisan word": Sentence((Phrase("The brutal raid went on."),)),
}


@pytest.mark.parametrize("rule", BAD)
def test_the_linter_refuses(rule):
    assert [finding.rule for finding in compose.lint([BAD[rule]])] == [rule]
    with pytest.raises(linter.ProseError, match=rule):
        compose.check_prose([BAD[rule]])


@pytest.mark.parametrize(
    "text",
    ["As of 30 October 2024 talks go on.", "Resolution 1701 is named.", "He said: “the brutal regime killed 14”."],
)
def test_days_laws_and_quotations_are_left_alone(text):
    assert compose.lint([Sentence((Phrase(text),), "reported")]) == []


def test_an_assessed_sentence_without_its_marker_is_still_assessed():
    shown = Sentence((Phrase("The army said a truce is likely."),), "assessed")
    assert [finding.rule for finding in compose.lint([shown])] == ["mixed sentence"]


def test_a_range_names_every_originator_and_its_number():
    rows = [
        figure("killed", 60, place="Beit Lahia", scope="incident", as_of="2024-10-29", asserted_by="health ministry"),
        figure(
            "killed",
            93,
            place="Beit Lahia",
            scope="incident",
            as_of="2024-10-29",
            asserted_by="civil defence",
            start=90,
        ),
    ]
    found = situation(rows)
    span = found.ranges.iloc[0].to_dict()
    shown = compose.range_sentence(span, found.claims)
    assert (
        shown.text
        == "60 to 93 people reported killed in Beit Lahia: the health ministry counts 60 and the civil defence counts 93."
    )
    assert compose.lint([shown]) == []


def test_quotations_lose_their_frame_and_are_cut():
    assert phrases.quoted("that “peace” is near,").text == "“‘peace’ is near”"
    assert phrases.quoted("word " * 50).text.endswith(" …”")


@pytest.mark.parametrize("module", [phrases, figure_words, likelihood])
def test_examples_in_the_documentation_hold(module):
    assert doctest.testmod(module).failed == 0


def test_frames_with_pandas_missing_values_read_the_same():
    table = frame(rich())
    numbers = table.assign(value_low=pd.to_numeric(table["value_low"]), value_high=pd.to_numeric(table["value_high"]))
    shown = everything(compose.observe(numbers, None, TRACKS))
    assert [s.text for s in shown] == [s.text for s in everything(compose.observe(table, None, TRACKS))]


@pytest.mark.parametrize(
    ("status", "words"),
    [("proposed", "a deal on the"), ("agreed", "the deal agreed on the"), ("in_force", "the halt in force on the")],
)
def test_what_is_asked_of_a_track_follows_from_how_far_it_has_got(status, words):
    judged = compose.judgements(situation([term("lebanon", "cessation", "a truce", status=status)]))
    assert words in judged[0].text.text
