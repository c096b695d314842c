"""Other wars, without a code change: each edition makes sense, names its own talks and parties, and nothing of the first war."""

import shutil
from pathlib import Path

import pytest

from analysis.briefing import build_briefing
from analysis.known import load_facts
from analysis.seeds import read_seeds
from analysis.topics import negotiations
from analysis.wording import compose, leads

CORPORA = Path(__file__).parent / "corpus_other"
DAYS = {"sudan": "2023-06-01", "thailand_cambodia": "2025-07-29"}
FOREIGN = ("Hezbollah", "Hamas", "Israel", "Lebanon", "Gaza", "Yemen", "Ukraine")
# Names of those who print, who must never act, speak or sign.
PUBLISHERS = ("Gulf Wire", "Nile Observer", "Mekong Dispatch", "Siam Ledger")
pytestmark = pytest.mark.slow


@pytest.fixture(scope="module", params=sorted(DAYS))
def edition(request, tmp_path_factory):
    """One war's facts, situation and briefing, as of its last day."""
    root = tmp_path_factory.mktemp(request.param) / "root"
    shutil.copytree(CORPORA / request.param, root)
    read_seeds(root)
    day = DAYS[request.param]
    facts = load_facts(day, root=root)
    situation = compose.observe(facts, day, negotiations.load_tracks(root))
    return request.param, facts, situation, build_briefing(facts, day, root)


def said(edition) -> str:
    """Every sentence that the briefing of one war is made of."""
    _, facts, situation, content = edition
    points = [
        *leads.talks_lead(situation),
        *leads.casualty_lead(situation),
        *leads.humanitarian_lead(facts),
        *compose.gaps(situation),
    ]
    outlook = [text for found in compose.outlooks(situation) for text in (*found.evidence_for, *found.evidence_against)]
    judged = [found["text"] for found in content["judgements"]]
    return " ".join(
        [content["title"], content["lead"]["text"], *judged, *(found.text for found in (*points, *outlook))]
    )


def test_there_is_one_track_with_its_own_parties(edition):
    name, _, situation, _ = edition
    row = situation.register.iloc[0].to_dict()
    expected = {
        "sudan": ("sudan", {"Sudanese Armed Forces", "Rapid Support Forces"}, {"United States", "Saudi Arabia"}),
        "thailand_cambodia": ("cambodia-thailand", {"Cambodia", "Thailand"}, set()),
    }[name]
    assert situation.register["track"].tolist() == [expected[0]]
    assert set(row["parties"]) == expected[1]
    assert expected[2] <= set(row["mediators"])
    assert row["status"] in ("agreed", "in_force")


def test_nothing_of_another_war_and_no_publisher_acts(edition):
    text = said(edition)
    assert not [name for name in FOREIGN if name in text]
    _, facts, _, _ = edition
    assert not set(facts["speaker"].dropna()) & set(PUBLISHERS)
    assert not set(facts["actor"].dropna()) & set(PUBLISHERS)
    assert not set(facts.loc[facts["kind"] == "actor", "name"]) & set(PUBLISHERS)


def test_every_sentence_passes_the_linter(edition):
    _, facts, situation, _ = edition
    outlook = compose.outlooks(situation)
    compose.check_prose([
        *compose.lead(situation), *compose.gaps(situation), *leads.casualty_lead(situation), *leads.humanitarian_lead(facts),
        *leads.talks_lead(situation), *leads.track_points(situation), *leads.stance_change_points(situation),
        *(found.judgement.text for found in outlook), *(found.judgement.reason for found in outlook),
        *(text for found in outlook for text in (*found.evidence_for, *found.evidence_against, *found.would_change)),
    ])  # fmt: skip


def test_the_lead_says_what_a_reader_must_know_first(edition):
    name, _, _, content = edition
    lead = content["lead"]["text"]
    assert len(lead.split()) <= 60
    expected = {"sudan": "the talks were suspended", "thailand_cambodia": "Officials report at least 38 people killed"}
    assert "have been agreed" in lead
    assert expected[name] in lead


def test_talks_broken_off_make_the_deal_unlikely_to_hold_and_a_young_truce_likely(edition):
    name, _, _, content = edition
    assert content["judgements"][0]["likelihood"] == {"sudan": "unlikely", "thailand_cambodia": "likely"}[name]


def test_one_person_has_one_name(edition):
    _, facts, _, _ = edition
    names = set(facts.loc[(facts["kind"] == "actor") & (facts["actor_type"] == "person"), "name"])
    assert not [one for one in names for other in names if one != other and other.endswith((f" {one}", f"-{one}"))]
