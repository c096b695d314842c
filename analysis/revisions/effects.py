"""What a notice takes effect on: the facts of the same publisher, printed before it, that it speaks of.

A correction reaches earlier figures with the number called wrong, and its right number replaces them. A retraction
reaches the whole of one earlier document, told by the day, the title or the places that it names; where none can be told, the
figures with its number. A notice that fits nothing, or several documents equally well, changes nothing and is listed as unmatched.
"""

from dataclasses import dataclass

import pandas as pd

from analysis.revisions.notices import Notice, is_called_wrong
from analysis.revisions.status import set_status
from analysis.topics.selection import column, days


@dataclass(frozen=True)
class Effect:
    """A notice with the ids of the facts that it sets aside, the one that replaces them, and why nothing was found."""

    notice: Notice
    facts: tuple[str, ...]
    replacement: str | None = None
    unmatched: str = ""


def find_effects(facts: pd.DataFrame, notices: list[Notice]) -> list[Effect]:
    """The effect of each notice on the facts, in the order of the notices."""
    return [_retract(facts, n) if n.kind == "retraction" else _correct(facts, n) for n in notices]


def apply_effects(facts: pd.DataFrame, effects: list[Effect]) -> pd.DataFrame:
    """The facts with every matched notice in effect."""
    for effect in effects:
        notice = effect.notice
        status = "retracted" if notice.kind == "retraction" else "corrected"
        why = f"{notice.kind} printed by {notice.publisher}"
        facts = set_status(facts, effect.facts, status, why, notice.publisher, notice.published)
        if effect.replacement and effect.facts:
            facts.loc[facts["fact_id"] == effect.replacement, "supersedes"] = effect.facts[0]
    return facts


def _earlier(facts: pd.DataFrame, notice: Notice) -> pd.DataFrame:
    """What the publisher, or a copy of its text, printed up to the day of the notice, and the notice's own paragraph."""
    own = (column(facts, "publisher") == notice.publisher) | (column(facts, "syndicated_from") == notice.publisher)
    printed = days(facts).fillna("")
    before = (printed <= notice.published) if notice.published else pd.Series(True, facts.index)
    elsewhere = facts["doc_id"] != notice.doc_id
    return facts[own & before & (elsewhere | _inside(facts, notice))]


def _inside(facts: pd.DataFrame, notice: Notice) -> pd.Series:
    return (facts["doc_id"] == notice.doc_id) & (facts["start"] >= notice.start) & (facts["end"] <= notice.end)


def _numbered(facts: pd.DataFrame, values: tuple[float, ...]) -> pd.DataFrame:
    figures = facts[facts["kind"] == "figure"]
    return figures[figures["value_low"].isin(list(values)) | figures["value_high"].isin(list(values))]


def _correct(facts: pd.DataFrame, notice: Notice) -> Effect:
    own = facts[_inside(facts, notice) & (facts["kind"] == "figure")]
    said_wrong = pd.Series(
        [is_called_wrong(notice.text, start - notice.start) for start in own["start"]], own.index, dtype=bool
    )
    repeated, right = own[said_wrong], own[~said_wrong & own["value_low"].notna()]
    values = (*notice.wrong, *repeated["value_low"].dropna())
    earlier = _earlier(facts, notice)
    wrong = _numbered(earlier[earlier["doc_id"] != notice.doc_id], values)
    if len(right):
        wrong = wrong[wrong["measure"].isin(right["measure"])]
    wrong = _nearest(wrong, notice, facts[_inside(facts, notice)])
    if wrong.empty:
        return Effect(notice, tuple(repeated["fact_id"]), None, "no earlier figure with the number called wrong")
    right = right[right["measure"].isin(wrong["measure"]) & ~right["value_low"].isin(list(values))]
    ids = (*wrong["fact_id"], *_headlines_of(wrong, earlier), *repeated["fact_id"])
    return Effect(notice, ids, next(iter(right["fact_id"]), None))


def _headlines_of(wrong: pd.DataFrame, earlier: pd.DataFrame) -> tuple[str, ...]:
    """The same numbers of the same documents that name no place of their own: headlines repeat what was wrong below them."""
    keys = ["doc_id", "measure", "value_low"]
    bare = earlier[(earlier["kind"] == "figure") & earlier["place"].isna() & ~earlier["fact_id"].isin(wrong["fact_id"])]
    return tuple(bare.merge(wrong[keys].drop_duplicates(), on=keys)["fact_id"])


def _nearest(figures: pd.DataFrame, notice: Notice, own: pd.DataFrame) -> pd.DataFrame:
    """Of figures with one number, those of the places and days that the notice names, where it names any that fit."""
    for fit in (_same_place, _same_day):
        kept = figures[fit(figures, own, notice)]
        figures = kept if len(kept) else figures
    return figures


def _same_place(figures: pd.DataFrame, own: pd.DataFrame, notice: Notice) -> pd.Series:
    places = set(column(own, "place").dropna()) | set(column(own, "name")[own["kind"] == "place"].dropna())
    return column(figures, "place").map(lambda name: isinstance(name, str) and (name in places or name in notice.text))


def _same_day(figures: pd.DataFrame, own: pd.DataFrame, notice: Notice) -> pd.Series:
    return column(figures, "as_of").isin(list(notice.days)) | days(figures).isin(list(notice.days))


def _retract(facts: pd.DataFrame, notice: Notice) -> Effect:
    earlier = _earlier(facts, notice)
    elsewhere = earlier[earlier["doc_id"] != notice.doc_id]
    values = (*notice.wrong, *notice.right)
    # The notice repeats the number that it takes back.
    own = facts[_inside(facts, notice)]
    repeated = _repeated(own, _numbered(own, values), notice)
    document = _document_meant(elsewhere, notice)
    chosen = _numbered(elsewhere, values) if document is None else elsewhere[elsewhere["doc_id"] == document]
    if chosen.empty:
        return Effect(notice, (), None, "no earlier document fits the notice, or several fit equally well")
    return Effect(notice, (*chosen["fact_id"], *repeated))


def _repeated(own: pd.DataFrame, figures: pd.DataFrame, notice: Notice) -> tuple[str, ...]:
    """The figures of a notice that repeat the number taken back, and the harm told in the same sentences."""
    events = own[own["kind"] == "event"]
    sentences = [_sentence_around(notice.text, start - notice.start) for start in figures["start"]]
    places = events["start"] - notice.start
    told = pd.Series(False, events.index)
    for first, last in sentences:
        told |= places.between(first, last)
    return (*figures["fact_id"], *events.loc[told, "fact_id"])


def _sentence_around(text: str, at: int) -> tuple[int, int]:
    """The offsets of the sentence of a text that holds an offset, by its full stops."""
    end = text.find(". ", at)
    return text.rfind(". ", 0, at) + 1, end if end >= 0 else len(text)


def _document_meant(facts: pd.DataFrame, notice: Notice) -> str | None:
    """The one earlier document that fits best by its day, its title and its places; None where none or several do."""
    if facts.empty:
        return None
    scores = {doc_id: _fit(group, notice) for doc_id, group in facts.groupby("doc_id", sort=False)}
    best = max(scores.values())
    fitting = [doc_id for doc_id, score in scores.items() if score == best]
    return str(fitting[0]) if best > 0 and len(fitting) == 1 else None


def _fit(group: pd.DataFrame, notice: Notice) -> int:
    day = days(group).iloc[0]
    title = column(group, "title").iloc[0]
    places = set(column(group, "place").dropna()) | set(column(group, "name")[group["kind"] == "place"].dropna())
    return (
        4 * (day in notice.days)
        + 4 * (isinstance(title, str) and len(title) > 8 and title.lower() in notice.text.lower())
        + sum(place in notice.text for place in places)
    )
