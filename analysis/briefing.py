"""`briefing.json`: the judgements, figures, tracks, changes, findings and gaps of an edition, each with the ids of its facts."""

from pathlib import Path
from typing import Any

import pandas as pd

from analysis import audit
from analysis.claims.words import join_words, say_day
from analysis.editions import compare
from analysis.prose import Sentence
from analysis.topics import casualties, negotiations
from analysis.topics.selection import column, is_missing, live
from analysis.topics.tracks import Track, load_tracks
from analysis.wording import compose
from analysis.wording.likelihood import DEFAULT
from analysis.wording.situation import Situation
from analysis.wording.talks import track_name

FIELDS = (
    "title",
    "as_of",
    "period",
    "rule",
    "lead",
    "judgements",
    "figures",
    "tracks",
    "changes",
    "findings",
    "copies",
    "gaps",
)


def build_briefing(
    facts: pd.DataFrame,
    as_of: str | None = None,
    root: Path | None = None,
    previous: pd.DataFrame | None = None,
    rule: str = "range_only",
    yardstick: str = DEFAULT,
    tracks: dict[str, Track] | None = None,
    findings: pd.DataFrame | None = None,
) -> dict[str, Any]:
    """The content of `briefing.json` as plain values, from the facts known at `as_of` and, for changes, those of the last edition.

    `findings` are those of `audit.run_checks`, where they were made already; else they are made here.
    Raises ProseError where a composed sentence breaks a rule of the page.
    """
    situation = compose.observe(facts, as_of, tracks if tracks is not None else load_tracks(root), rule)
    judged = compose.judgements(situation, yardstick)
    lead, gaps = compose.lead(situation), compose.gaps(situation)
    compose.check_prose([*lead, *gaps, *(found.text for found in judged), *(found.reason for found in judged)])
    return plain({
        "title": title_of(situation), "as_of": situation.as_of, "period": period_of(facts), "rule": rule,
        "lead": {"text": " ".join(found.text for found in lead), "facts": _ids(lead)},
        "judgements": [_judgement(found) for found in judged],
        "figures": [_figure(found) for found in casualties.pick_key_figures(facts, rule)],
        "tracks": [_track(situation, row) for row in situation.register.to_dict("records")],
        "changes": _changes(previous, facts), "findings": _findings(facts, root, as_of, findings), "copies": list_copies(facts),
        "gaps": [{"text": found.text, "facts": found.facts} for found in gaps],
    })  # fmt: skip


def _ids(sentences: list[Sentence]) -> list[str]:
    return list(dict.fromkeys(name for found in sentences for name in found.facts))


def title_of(situation: Situation) -> str:
    """ "Lebanon and Gaza: situation as of 30 October 2024"; without a track, the place most often told of."""
    names = [track_name(row) for row in situation.register.head(3).to_dict("records")]
    places = column(live(situation.facts), "place").dropna().value_counts()
    subject = join_words(names) or (str(places.index[0]) if len(places) else "No place")
    return f"{subject}: situation as of {say_day(situation.as_of) or 'a day not known'}"


def period_of(facts: pd.DataFrame) -> dict[str, str | None]:
    """The first and the last day of publication among the facts."""
    published = [str(day)[:10] for day in column(facts, "published").dropna()]
    return {"from": min(published, default=None), "to": max(published, default=None)}


def _judgement(found: compose.Judgement) -> dict[str, Any]:
    return {
        "text": found.text.text, "likelihood": found.likelihood, "confidence": found.confidence,
        "reason": found.reason.text, "facts": found.facts,
    }  # fmt: skip


def _figure(found: dict[str, Any]) -> dict[str, Any]:
    day = say_day(found.get("as_of"))
    text = f"{found['value']} ({found['attribution']}{', as of ' + day if day else ''})"
    return {"label": found["label"], "text": text, "facts": found["facts"]}


def _track(situation: Situation, row: dict[str, Any]) -> dict[str, Any]:
    long = negotiations.matrix(situation.facts, row["track"], situation.tracks)
    stances = situation.stances[situation.stances["track"] == row["track"]]
    return {
        **{name: row[name] for name in ("track", "parties", "mediators", "status")},
        "last_contact": _contact(row, "last_contact"), "next_contact": _contact(row, "next_contact"),
        "terms": [
            {"term_type": cell["term_type"], "holder": cell["party"], "position": cell["position"], "words": cell["words"],
             "facts": cell["facts"]}
            for cell in long.to_dict("records") if cell["position"] != negotiations.SILENT
        ],
        "stances": stances[["date", "party", "speaker", "stance", "condition", "words", "facts"]].to_dict("records"),
    }  # fmt: skip


def _contact(row: dict[str, Any], name: str) -> dict[str, Any] | None:
    if is_missing(row[name]):
        return None
    return {"text": row[name], "date": row[f"{name}_date"], "facts": row[f"{name}_facts"]}


def _changes(previous: pd.DataFrame | None, facts: pd.DataFrame) -> list[dict[str, Any]]:
    if previous is None:
        return []
    rows = compare(previous, facts).to_dict("records")
    return [{name: row[name] for name in ("kind", "text", "why", "facts")} for row in rows]


def _findings(
    facts: pd.DataFrame, root: Path | None, as_of: str | None, made: pd.DataFrame | None
) -> list[dict[str, Any]]:
    found = audit.run_checks(facts, root, as_of) if made is None else made
    return found[["check", "severity", "text", "facts"]].to_dict("records")


def list_copies(facts: pd.DataFrame) -> list[dict[str, Any]]:
    """Documents that are copies: which, of what (`copy_of`), else of which agency (`syndicated_from`)."""
    original = column(facts, "copy_of").combine_first(column(facts, "syndicated_from"))
    rows = facts.assign(original=original)[original.notna()].drop_duplicates("doc_id")
    return [
        {"doc": row["doc"], "publisher": row["publisher"], "copy_of": row["original"]}
        for row in rows.to_dict("records")
    ]


def plain(value: Any) -> Any:
    """A value as JSON knows it: tuples as lists, numpy numbers as Python's own, missing as None."""
    if isinstance(value, dict):
        return {str(name): plain(item) for name, item in value.items()}
    if isinstance(value, list | tuple):
        return [plain(item) for item in value]
    if hasattr(value, "item"):
        value = value.item()
    return None if value is None or value != value else value
