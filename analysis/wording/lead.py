"""The lead: what a reader must know in at most 60 words."""

from collections.abc import Iterable

from analysis.claims.words import join_words, say_day
from analysis.prose import Sentence
from analysis.topics.casualties import is_total
from analysis.topics.register import SETTLED
from analysis.topics.stances import latest_stances
from analysis.wording.agreement import agree, is_plural
from analysis.wording.figures import figure_of_claim, figure_sentence, with_article
from analysis.wording.phrases import WORDS, Part, list_of, sentence, stated
from analysis.wording.situation import Situation, stands_at_table, track_rows
from analysis.wording.talks import is_latest_setback, setback_sentence, stance_words, track_name

MOST_WORDS = 60
MOST_TRACKS = 3


def lead(situation: Situation) -> list[Sentence]:
    """Where the talks stand, the last stances that matter, and the highest toll, as far as MOST_WORDS reach.

    The highest toll has its place before the second party's stance.
    """
    broken = [setback_sentence(row) for row in track_rows(situation) if is_latest_setback(row)]
    tolls, head = _tolls(situation), [found for found in [_talks(situation), *broken[:MOST_TRACKS]] if found]
    stances = next((found for found in _stances(situation) if count_of([*head, *found, *tolls[:1]]) <= MOST_WORDS), [])
    chosen = fit([*head, *stances, *tolls])
    return chosen or [sentence("no document held at this cut-off carries a fact on talks or casualties")]


def fit(candidates: Iterable[Sentence]) -> list[Sentence]:
    """Of some sentences, the weightiest first, those that go into MOST_WORDS together."""
    chosen: list[Sentence] = []
    for found in candidates:
        if count_of([*chosen, found]) <= MOST_WORDS:
            chosen.append(found)
    return chosen


def count_of(sentences: list[Sentence]) -> int:
    """Words in some sentences, as a reader counts them."""
    return sum(len(found.text.split()) for found in sentences)


def _talks(situation: Situation) -> Sentence | None:
    """Where each track stands, tracks of one status together."""
    rows = [row for row in track_rows(situation)[:MOST_TRACKS] if row.get("status")]
    if not rows:
        return None
    by_status: dict[str, list[dict]] = {}
    for row in rows:
        by_status.setdefault(str(row["status"]), []).append(row)
    parts: list[Part] = [f"as of {say_day(situation.as_of)}, " if situation.as_of else "", "terms for a halt "]
    for number, (status, group) in enumerate(by_status.items()):
        facts = [name for row in group for name in list_of(row, "status_facts")]
        joint = "" if not number else " and those " if number == len(by_status) - 1 else ", those "
        where = f"{joint}on the {join_words([track_name(row) for row in group])} track{'s' if len(group) > 1 else ''} "
        parts += [where, stated(WORDS["statuses"].get(status, status), facts)]
    return sentence(*parts, kind="reported")


def _stances(situation: Situation) -> list[list[Sentence]]:
    """Where two parties stand, in one sentence: those nearest to accepting first, each by its last stance; then the first alone."""
    table = latest_stances(situation.stances).sort_values("date", ascending=False, kind="stable")
    tracks = {row["track"]: row for row in track_rows(situation)}
    rows = [row for row in table.to_dict("records") if stands_at_table(tracks.get(row["track"], {}), row)]
    rows = [row for row in rows if not _is_granted(tracks[row["track"]], row)]
    order = {"accepts": 0, "conditionally_open": 1, "rejects": 2, "demands": 3, "threatens": 4}
    rows.sort(key=lambda row: order[row["stance"]])
    chosen = list({row["party"]: row for row in reversed(rows)}.values())[::-1][:2]
    return [[_stance_sentence(chosen[:number], tracks)] for number in range(len(chosen), 0, -1)]


def _stance_sentence(chosen: list[dict], tracks: dict[str, dict]) -> Sentence:
    named = _track_names(chosen, tracks)
    parts: list[Part] = [f"on the {named[0]} track " if len(set(named)) == 1 and named[0] else ""]
    for number, row in enumerate(chosen):
        told = agree(stance_words(row["stance"], row["about"], row["words"]), row["party"])
        where = f" ({named[number]})" if len(set(named)) > 1 and named[number] else ""
        parts += [" and " if number else "", f"{with_article(row['party'])} ", stated(told, row["facts"]), where]
    several = len(chosen) > 1 or is_plural(chosen[0]["party"])
    return sentence(*parts, ", they say" if several else ", it says", kind="reported")


def _is_granted(track: dict, row: dict) -> bool:
    """Whether somebody calls for what the track's deal has brought already."""
    return track["status"] in SETTLED and row["stance"] == "demands" and row["about"] in WORDS["called_for"]


def _track_names(rows: list[dict], tracks: dict[str, dict]) -> list[str]:
    """On which track each stance is taken; empty where a single track leaves no doubt, or the stance is on none."""
    if len(tracks) <= 1:
        return [""] * len(rows)
    return [track_name(tracks[row["track"]]) if row["track"] in tracks else "" for row in rows]


def _tolls(situation: Situation) -> list[Sentence]:
    """The highest running totals of the killed, one a place, each with its originator."""
    claims = situation.claims
    rows = claims[claims["claimed"] & ~claims["superseded"] & ~claims["stale"] & (claims["measure"] == "killed")]
    rows = rows[is_total(rows) & rows["low"].notna() & rows["asserted_by"].notna()]
    rows = rows.sort_values("low", ascending=False, kind="stable")
    rows = rows.assign(where=rows["place"].fillna("")).drop_duplicates("where")
    told = [figure_of_claim(situation.facts, claim) for claim in rows.head(2).to_dict("records")]
    return [figure_sentence(row, brief=True) for row in told if row["place"] or row["about"]]
