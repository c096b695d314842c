"""Key judgements: three to six assessed sentences, ranked by a stated rule, each with the reason for its confidence.

Ranked: first the prospects of the talks, then what is in dispute, then whether force goes on, then the human cost; within each,
by the number of independent originators. Likelihood stands in the judgement, confidence in the sentence after it.
"""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

import pandas as pd

from analysis.claims.figures import PRINTED
from analysis.claims.words import join_words
from analysis.prose import Sentence
from analysis.topics.register import SETTLED
from analysis.topics.selection import column, joined_ids
from analysis.wording.agreement import agree
from analysis.wording.evidence import Prospect, prospect
from analysis.wording.figures import with_article
from analysis.wording.likelihood import DEFAULT, confidence_of, likelihood_clause, likelihood_words, within_bounds
from analysis.wording.offers import LEFT_OUT
from analysis.wording.phrases import WORDS, count_words, sentence, stated
from analysis.wording.situation import Situation, support, track_rows
from analysis.wording.talks import track_name

MOST = 6
RANKING = (
    "Ranked: prospects of the talks first, then what is in dispute, then whether force goes on, then the human cost; "
    "within each, by the number of independent originators."
)
# What is asked of a track, by how far it has got.
QUESTIONS = {
    "deal": "a deal on the {track} track is reached within a month",
    "agreed": "the deal agreed on the {track} track holds for the next month",
    "in_force": "the halt in force on the {track} track holds for the next month",
}
# Force used within so many days before the cut-off counts as going on.
RECENT_DAYS = 7
AREA, MOST_AREAS = 4, 3  # GED's `where_prec` of a province
PERSISTENCE = 0.87  # while no halt is in force, force used this week is followed by force next week
DISPUTE = 0.7  # a provision on which positions are apart stays so for a month
UNDERCOUNT = 0.75  # a count that its own source calls a minimum is exceeded later


@dataclass(frozen=True)
class Judgement:
    """An assessed sentence, its words of likelihood, its confidence with the reason, the facts that it rests on."""

    text: Sentence
    likelihood: str
    confidence: str
    reason: Sentence
    facts: tuple[str, ...]


def judgements(situation: Situation, yardstick: str = DEFAULT, most: int = MOST) -> list[Judgement]:
    """The key judgements that the facts allow, at most `most`; fewer than three where the documents carry no more."""
    groups = [
        [judge_prospect(prospect(situation, row), yardstick) for row in track_rows(situation)],
        [found for row in track_rows(situation) if (found := _judge_dispute(situation, row, yardstick))],
        [found for found in [_judge_force(situation, yardstick)] if found],
        [found for found in [_judge_count(situation, yardstick)] if found],
    ]
    ranked = [sorted(group, key=lambda found: -support(situation.facts, found.facts)[1]) for group in groups]
    return _leave_room(ranked, most)


def _leave_room(groups: list[list[Judgement]], most: int) -> list[Judgement]:
    """The first `most` by rank, but no group is crowded out by more than three of one kind while another has any."""
    chosen = [found for group in groups for found in group[:3]]
    spare = [found for group in groups for found in group[3:]]
    kept = (chosen + spare)[:most]
    last = groups[-1][:1] + groups[-2][:1]
    missing = [found for found in last if found not in kept]
    return [found for found in kept if found in last or kept.index(found) < most - len(missing)] + missing


def judge_prospect(found: Prospect, yardstick: str = DEFAULT) -> Judgement:
    """The assessed sentence on a track's prospect, with the reason for its confidence."""
    words = likelihood_words(found.probability, yardstick)
    name = track_name(found.track)
    what = QUESTIONS["deal" if found.question == "deal" else str(found.track["status"])].format(track=name)
    text = sentence("we assess that ", stated(f"{likelihood_clause(words)} {what}", found.facts), kind="assessed")
    return _with_reason(text, words, (found.publishers, found.originators), found.disagree, found.facts)


def _with_reason(
    text: Sentence, words: str, sources: tuple[int, int], disagree: bool, facts: tuple[str, ...]
) -> Judgement:
    level = confidence_of(*sources, disagree=disagree)
    return Judgement(text, words, level, reason_sentence(level, *sources, disagree, facts), facts)


def reason_sentence(level: str, publishers: int, originators: int, disagree: bool, facts: tuple[str, ...]) -> Sentence:
    """Why confidence is what it is: how many publishers and originators, and whether they point one way."""
    counted = f"{count_words(publishers, 'publisher')} and {count_words(originators, 'originator')}"
    direction = " and points both ways" if disagree else ""
    return sentence(
        f"our confidence is {level}: the evidence comes from ", stated(counted, facts), direction, kind="plain"
    )


def _judge_dispute(situation: Situation, track: dict[str, Any], yardstick: str) -> Judgement | None:
    """What is in dispute on a track: provisions apart, else demands without an answer."""
    points = situation.points[track["track"]].to_dict("records")
    points = [row for row in points if row["term_type"] not in LEFT_OUT]  # "conditions" alone name no matter
    apart = [row for row in points if row["verdict"] in ("apart", "opposed")]
    waiting = [row for row in points if row["verdict"] == "open" and row["for_it"]]
    rows = apart or waiting
    if not rows or track.get("status") in SETTLED:
        return None
    facts = joined_ids(*(row["facts"] for row in rows))
    words = likelihood_words(DISPUTE, yardstick)
    listed = join_words([str(row["term"]).lower() for row in rows[:3]])
    matter = "the main matter in dispute" if len(rows[:3]) == 1 else "the main matters in dispute"
    clause = f"{likelihood_clause(words)} {listed} will remain {matter} on the {track_name(track)} track"
    text = sentence("we assess that ", stated(clause, facts), kind="assessed")
    return _with_reason(text, words, support(situation.facts, facts), False, facts)


def _judge_force(situation: Situation, yardstick: str) -> Judgement | None:
    """Whether force goes on, from events of the days before the cut-off; none where a halt was made since on every track."""
    if not situation.as_of:
        return None
    since = (date.fromisoformat(situation.as_of[:10]) - timedelta(days=RECENT_DAYS)).isoformat()
    events = situation.events
    force = events[events["event_type"].isin(WORDS["force"]) & (events["modality"] == "asserted")]
    force = force[~force["actor"].fillna("").str.lower().isin(WORDS["crowds"])]
    dated = force[force["date_end"].combine_first(force["date_start"]).fillna("") >= since]
    # Without a day of its own an event counts when its report is recent, and only where no dated one is.
    recent = dated if len(dated) else force[force["date_start"].isna() & (force["published"].fillna("") >= since)]
    recent = recent[~_is_before_halt(situation, recent)]
    if recent.empty or _is_halted(situation, recent):
        return None
    facts = joined_ids(*recent["facts"])
    sources = support(situation.facts, facts)
    words = likelihood_words(within_bounds(PERSISTENCE, confidence_of(*sources)), yardstick)
    places = _areas(situation.facts[situation.facts["fact_id"].isin(facts) & (situation.facts["kind"] == "event")])
    where = f" in {join_words(places)}" if places else ""
    clause = f"{likelihood_clause(words)} the use of force{where} continues over the next week"
    text = sentence("we assess that ", stated(clause, facts), kind="assessed")
    return _with_reason(text, words, sources, False, facts)


def _is_halted(situation: Situation, force: pd.DataFrame) -> bool:
    """Whether every track has a deal made after the newest report of force, and no talks broken off since: then the question is
    whether the halt holds.
    """
    tracks = situation.register
    if tracks.empty or not tracks["status"].isin(SETTLED).all() or tracks["setback"].notna().any():
        return False
    told = force["date_end"].combine_first(force["date_start"]).combine_first(force["published"]).fillna("")
    return bool((tracks["status"] == "in_force").all() or told.max()[:10] <= tracks["status_date"].fillna("").min())


def _is_before_halt(situation: Situation, force: pd.DataFrame) -> pd.Series:
    """Which force came before a halt that is in force since, between that track's parties: it does not say what comes next."""
    before = pd.Series(False, force.index)
    told = force["date_end"].combine_first(force["date_start"]).combine_first(force["published"]).fillna("").str[:10]
    tracks = situation.register
    for row in tracks[(tracks["status"] == "in_force") & tracks["setback"].isna()].to_dict("records"):
        elsewhere = set().union(*tracks.loc[tracks["track"] != row["track"], "parties"]) - set(row["parties"])
        other = pd.concat([force[name].isin(elsewhere) for name in ("actor", "target", "place")], axis=1).any(axis=1)
        before |= (told < str(row["status_date"] or "")[:10]) & ~other
    return before


def _areas(events: pd.DataFrame) -> list[str]:
    """Where most of some events took place: countries and regions where they are named, else towns."""
    located = events[events["place"].notna()]
    wide = located[pd.to_numeric(column(located, "where_prec")).ge(AREA)]
    counts = (wide if len(wide) else located)["place"].value_counts().sort_index(kind="stable")
    return list(counts.sort_values(ascending=False, kind="stable").index[:MOST_AREAS])


def _judge_count(situation: Situation, yardstick: str) -> Judgement | None:
    """That more people have been harmed than counted, where a total is a minimum to its source, or a caveat says so of a count.

    "At least 23 killed before the vote" says nothing of a total.
    """
    claims = situation.claims
    standing = claims["claimed"] & ~claims["superseded"] & ~claims["stale"]
    total, open_total = claims["scope"] != "incident", (claims["scope"] == "cumulative") & claims["open_high"]
    low = claims[standing & (open_total | (total & claims["caveat"].notna()))]
    low = low[low["measure"] == "killed"].sort_values("low", ascending=False, kind="stable").head(3)
    if low.empty:
        return None
    places = list(dict.fromkeys(low["place"].dropna()))
    where = (
        f"in {join_words(places)} than have been counted"
        if places
        else f"than {_has_counted(str(low['source'].iloc[0]))}"
    )
    facts = joined_ids(*low["facts"])
    words = likelihood_words(UNDERCOUNT, yardstick)
    clause = f"{likelihood_clause(words)} more people have been killed {where}"
    text = sentence("we assess that ", stated(clause, facts), kind="assessed")
    return _with_reason(text, words, support(situation.facts, facts), False, facts)


def _has_counted(source: str) -> str:
    return f"{with_article(source.removeprefix(PRINTED))} {agree('has', source)} counted"
