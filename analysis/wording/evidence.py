"""What speaks for and against a deal on a track, and how that becomes a likelihood.

The rule, printed with the judgements: start at one in four, since most rounds of talks end a month later without a deal (at two in
three that a halt lasts a month); each item of evidence moves the odds by its weight, a party's yes on conditions by half of
a plain yes, talks broken off as much as a plain no; what speaks for a halt is only what was said and done after it was
made. Evidence that deserves low confidence gives nothing beyond likely or unlikely, moderate confidence nothing beyond very
likely or very unlikely. It is a stated convention, not a measurement.
"""

import math
from dataclasses import dataclass
from typing import Any

import pandas as pd

from analysis.claims.words import say_day
from analysis.prose import Sentence
from analysis.topics.register import SETTLED
from analysis.topics.stances import latest_stances
from analysis.wording.figures import with_article
from analysis.wording.likelihood import confidence_of, within_bounds
from analysis.wording.phrases import list_of, sentence, stated, text_of
from analysis.wording.situation import Situation, support
from analysis.wording.talks import contact_sentence, setback_sentence, stance_sentence

START = {"deal": 0.25, "halt": 0.65}
# What one item moves the log odds by: about from 25 % to 37 %.
STEP = 0.55
STANCE_WEIGHTS = {
    "accepts": 1.5,
    "conditionally_open": 0.75,
    "optimistic": 0.25,
    "threatens": -1.0,
    "rejects": -1.5,
    "denies": -0.5,
}
VERDICT_WEIGHTS = {
    "meets": 1.0,
    "apart": -1.0,
    "opposed": -1.0,
    "own": 0.0,
    "conditional": 0.0,
    "open": -0.25,
    "unclaimed": 0.0,
}
CONTACT_WEIGHT = 0.5
VIOLATION_WEIGHT = -1.0
SETBACK_WEIGHT = -1.5
RULE = (
    "Rule: a deal within a month starts at one in four, an agreed halt lasts a month at about two in three; each item of evidence "
    "moves the odds by its weight; low confidence never gives more than likely or less than unlikely, moderate confidence never "
    "more than very likely or less than very unlikely."
)


@dataclass(frozen=True)
class Item:
    """One piece of evidence: its weight (above 0 speaks for, below 0 against), its sentence, its facts."""

    weight: float
    sentence: Sentence
    facts: tuple[str, ...]


@dataclass(frozen=True)
class Prospect:
    """A track's prospect: of a `deal`, or where one is agreed or in force that it lasts (`halt`)."""

    track: dict[str, Any]
    question: str
    probability: float
    items: tuple[Item, ...]
    publishers: int
    originators: int
    disagree: bool

    @property
    def facts(self) -> tuple[str, ...]:
        """Ids of all facts that the prospect rests on, each once."""
        own = list_of(self.track, "status_facts") or list_of(self.track, "facts")
        return tuple(dict.fromkeys([name for item in self.items for name in item.facts] or own))


def prospect(situation: Situation, track: dict[str, Any]) -> Prospect:
    """The prospect of a track (a row of the register), with every item that moved it."""
    question = "halt" if track.get("status") in SETTLED else "deal"
    items = [*_stance_items(situation, track, question), *_contact_items(track), *_setback_items(track)]
    items += _violation_items(situation, track) if question == "halt" else _point_items(situation, track)
    ids = [name for item in items for name in item.facts] or list_of(track, "facts")
    publishers, originators = support(situation.facts, ids)
    odds = math.log(START[question] / (1 - START[question])) + STEP * sum(item.weight for item in items)
    disagree = len({item.weight > 0 for item in items if item.weight}) == 2
    probability = within_bounds(1 / (1 + math.exp(-odds)), confidence_of(publishers, originators, disagree))
    return Prospect(track, question, probability, tuple(items), publishers, originators, disagree)


def _stance_items(situation: Situation, track: dict[str, Any], question: str) -> list[Item]:
    """The last stance of each party or mediator, once each; of a halt only what was said since it was made, assent aside."""
    table = situation.stances[situation.stances["track"] == track["track"]]
    if question == "halt":
        since = text_of(track, "status_date") or ""
        table = table[(table["date"].fillna("") > since) & (table["stance"] != "accepts")]
    if table.empty:
        return []
    chosen = latest_stances(table).to_dict("records")
    optimists = table[table["stance"].isin(["optimistic", "denies"])].drop_duplicates(["party", "stance"], keep="last")
    rows = [_said(table, row) for row in chosen] + optimists.to_dict("records")
    return [
        Item(STANCE_WEIGHTS[row["stance"]], stance_sentence(row), tuple(row["facts"]))
        for row in rows if row["stance"] in STANCE_WEIGHTS
    ]  # fmt: skip


def _said(table: pd.DataFrame, row: dict[str, Any]) -> dict[str, Any]:
    """The statement behind a daily stance: the last of that party, day and stance."""
    same = pd.concat([table[name] == row[name] for name in ("party", "date", "stance", "about")], axis=1).all(axis=1)
    return table[same].iloc[-1].to_dict()


def _contact_items(track: dict[str, Any]) -> list[Item]:
    """A meeting announced speaks for a deal; one that took place does so half as much."""
    shown = contact_sentence(track)
    if shown is None:
        return []
    weight = CONTACT_WEIGHT if text_of(track, "next_contact") else CONTACT_WEIGHT / 2
    return [Item(weight, shown, shown.facts)]


def _point_items(situation: Situation, track: dict[str, Any]) -> list[Item]:
    """Provisions on which positions meet, are apart, or wait for an answer."""
    points = situation.points.get(track["track"])
    if points is None:
        return []
    return [
        Item(VERDICT_WEIGHTS[row["verdict"]], _point_words(row), tuple(row["facts"]))
        for row in points.to_dict("records") if VERDICT_WEIGHTS[row["verdict"]]
    ]  # fmt: skip


def _point_words(row: dict[str, Any]) -> Sentence:
    verdicts = {
        "meets": "positions meet", "apart": "positions are apart", "opposed": "only refusals are reported",
        "open": "one side has not answered in the documents",
    }  # fmt: skip
    return sentence(f"on {str(row['term']).lower()}, ", stated(verdicts[row["verdict"]], row["facts"]), kind="plain")


def _setback_items(track: dict[str, Any]) -> list[Item]:
    """Talks broken off, or a halt that ended, with nothing agreed since."""
    told = setback_sentence(track)
    return [Item(SETBACK_WEIGHT, told, told.facts)] if told else []


def _violation_items(situation: Situation, track: dict[str, Any]) -> list[Item]:
    """Violations claimed, one item for all of one day."""
    known = set(list_of(track, "facts"))
    events = situation.events
    own = events[(events["event_type"] == "violation") & events["facts"].map(lambda ids: bool(known & set(ids)))]
    own = own[own["published"].fillna("").str[:10] >= (text_of(track, "status_date") or "")]
    publishers, found = set(situation.facts["publisher"].dropna()), []
    for row in own.drop_duplicates("published").to_dict("records"):
        who = with_article(row["according_to"][0])
        verb = "reported" if row["according_to"][0] in publishers else "claimed"
        day = say_day(text_of(row, "published"))
        told = stated(f"a violation of the halt is {verb} by {who}", row["facts"])
        shown = sentence(told, f", in a report of {day}" if day else "", kind="reported")
        found.append(Item(VIOLATION_WEIGHT, shown, tuple(row["facts"])))
    return found
