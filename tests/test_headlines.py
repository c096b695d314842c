"""Page 1 says what is reported: in the documents' words, attributed, never more exact than they are."""

import pytest
from builders import actor, event, frame, term

from analysis.wording import compose, offers
from analysis.wording.headlines import count_sentences, leader_sentences
from analysis.wording.periods import event_period


def test_a_killing_of_which_only_the_month_is_known_gets_no_day():
    rows = [
        actor("Omar Saleh", actor_type="person", affiliation="Northern Front", role="commander"),
        event(
            "killing",
            "killed",
            target="Omar Saleh",
            actor="Tervania",
            date_start="2024-09-01",
            date_end="2024-09-30",
            date_prec=4,
        ),
    ]
    (found,) = leader_sentences(frame(rows))
    assert "Omar Saleh (Northern Front) was killed, by Tervania, in September 2024" in found.text
    assert "1 September" not in found.text


def test_an_appointment_names_the_office_and_says_when_no_day_is_given():
    rows = [
        actor("Lena Abt", actor_type="person", affiliation="Tervania", role="defence minister"),
        event("appointment", "appointed", target="Lena Abt"),
    ]
    (found,) = leader_sentences(frame(rows))
    assert "Lena Abt (Tervania) was appointed defence minister, on a day not given" in found.text


def test_without_any_figure_there_is_no_count_to_tell():
    facts = frame(
        [actor("Lena Abt", actor_type="person"), event("meeting", "met", place="Orsk", date_start="2024-10-28")]
    )
    assert count_sentences(compose.observe(facts, as_of="2024-10-30"), set()) == []


@pytest.mark.parametrize(
    ("first", "last", "words"),
    [
        ("2024-02-01", "2024-02-29", "in February 2024"),
        ("2023-01-01", "2023-12-31", "in 2023"),
        ("2023-05-02", "2023-05-02", "on 2 May 2023"),
        ("2023-05-02", "2023-05-09", "between 2 May 2023 and 9 May 2023"),
        (None, None, ""),
    ],
)
def test_periods_are_said_as_they_are_known(first, last, words):
    assert event_period({"date_start": first, "date_end": last}) == words


def test_a_terms_quantity_is_told_where_its_words_leave_it_out():
    assert (
        offers.term_words({"text": "the pause", "quantity": "45 days", "fact_id": "t"}).text == "“the pause … 45 days”"
    )
    assert (
        offers.term_words({"text": "a 45-day pause", "quantity": "45 days", "fact_id": "t"}).text == "“a 45-day pause”"
    )


def test_a_lead_keeps_the_sentences_that_fit():
    from analysis.wording.lead import MOST_WORDS, count_of, fit
    from analysis.wording.phrases import sentence

    long, short = sentence("word " * (MOST_WORDS - 10)), sentence("five words and no more")
    assert fit([long, long, short]) == [long, short]
    assert count_of(fit([short] * 30)) <= MOST_WORDS


def test_a_party_with_a_plural_name_takes_a_plural_verb():
    facts = frame([
        term("sudan", "withdrawal", "a pull-back", demanded_by="Rapid Support Forces"),
        term("sudan", "exchange", "free the captives", demanded_by="Sudan", start=100),
    ])  # fmt: skip
    situation = compose.observe(facts)
    told = " ".join(found.text for found in offers.track_terms(situation, situation.register.to_dict("records")[0]))
    assert "Rapid Support Forces demand “a pull-back”" in told
    assert "demands “free the captives”" in told
