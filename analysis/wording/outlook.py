"""Outlook: for each track the assessed sentence, the evidence for and against, and what would change it."""

from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pandas as pd

from analysis.prose import Sentence
from analysis.topics.register import SETTLED
from analysis.wording.evidence import Prospect, prospect
from analysis.wording.figures import with_article
from analysis.wording.judgements import Judgement, judge_prospect
from analysis.wording.likelihood import DEFAULT
from analysis.wording.past_ceasefires import load_past, past_sentences
from analysis.wording.phrases import list_of, names_words, sentence, stated
from analysis.wording.situation import Situation, track_rows

NO_EVIDENCE = "no document held at this cut-off speaks"


@dataclass(frozen=True)
class Outlook:
    """A track's outlook: its judgement, what speaks for, what against, what would change it."""

    track: str
    title: str
    judgement: Judgement
    evidence_for: tuple[Sentence, ...]
    evidence_against: tuple[Sentence, ...]
    would_change: tuple[Sentence, ...]
    past: tuple[Sentence, ...] = ()


def outlooks(situation: Situation, yardstick: str = DEFAULT, root: Path | None = None) -> list[Outlook]:
    """One outlook a track, tracks with most terms first; how long past ceasefires lasted, where `root` holds the dataset."""
    past = load_past(root)
    return [_outlook(situation, row, yardstick, past) for row in track_rows(situation)]


def _outlook(situation: Situation, track: dict[str, Any], yardstick: str, past: pd.DataFrame | None) -> Outlook:
    found = prospect(situation, track)
    return Outlook(
        track=track["track"], title=str(track["title"]), judgement=judge_prospect(found, yardstick),
        evidence_for=_side(found, 1, "for it"), evidence_against=_side(found, -1, "against it"),
        would_change=tuple(would_change(situation, track)), past=past_sentences(track, past),
    )  # fmt: skip


def _side(found: Prospect, sign: int, words: str) -> tuple[Sentence, ...]:
    """The evidence on one side, the weightiest first; a sentence that says so where there is none."""
    items = sorted((item for item in found.items if item.weight * sign > 0), key=lambda item: -abs(item.weight))
    return tuple(item.sentence for item in items) or (sentence(f"{NO_EVIDENCE} {words}"),)


def would_change(situation: Situation, track: dict[str, Any]) -> list[Sentence]:
    """What would make the outlook another one: answers to open demands, a refusal withdrawn, contact held or cancelled."""
    settled = track.get("status") in SETTLED
    points = [] if settled else situation.points[track["track"]].to_dict("records")
    found = [_answer(row) for row in points if row["verdict"] in ("open", "apart") and row["for_it"]]
    if track.get("setback"):
        facts = list_of(track, "setback_facts")
        found.append(sentence("likelier if ", stated("the talks broken off", facts), " are taken up again"))
    if track.get("next_contact"):
        facts = list_of(track, "next_contact_facts")
        found.append(
            sentence(
                "likelier if ", stated("the contact announced", facts), " takes place; less likely if it is called off"
            )
        )
    if settled:
        found.append(sentence("less likely with each violation that a second source confirms"))
    return found or [
        sentence("a statement by any party, a text of a proposal, or a meeting would each be the first evidence")
    ]


def _answer(row: dict[str, Any]) -> Sentence:
    others = [*row["against"], *row["silent"]]
    who = names_words([with_article(name) for name in others]) or "the other side"
    verb = "drops its refusal" if row["against"] else "answers"
    plural = len(others) > 1
    verb = ("drop their refusals" if row["against"] else "answer") if plural else verb
    return sentence("likelier if ", stated(f"{who} {verb} on {str(row['term']).lower()}", row["facts"]))
