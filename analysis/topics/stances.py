"""Where each party stands on each track, day by day, and when that changed."""

import pandas as pd

from analysis.topics.holders import Resolve, resolver
from analysis.topics.matters import DEFAULT, ON_DEAL, matter_of
from analysis.topics.selection import column, joined_ids, originators, single_ids, table_of
from analysis.topics.statements import ON_THE_DEAL
from analysis.topics.tracks import Track, names_registered, names_seen, read_talks

COLUMNS = (
    "date", "track", "party", "speaker", "stance", "about", "condition", "words", "mode", "modality", "according_to", "publisher",
    "doc_id", "start", "facts",
)  # fmt: skip
CHANGE_COLUMNS = (
    "date", "track", "party", "before", "after", "before_about", "after_about", "condition", "before_words", "after_words", "facts",
)  # fmt: skip
DAY = ["track", "party", "date"]
DAILY_COLUMNS = (*DAY, "stance", "about", "others", "condition", "words", "facts")
# From yes to no. A denial denies a report, not the deal, and an optimist takes no position: neither makes a change of stance.
ABOUT_ANYTHING = ("demands", "denies")
# Only who sits at the table can take these; a mediator who tells of them takes none.
OF_PARTIES = ("accepts", "conditionally_open", "rejects")
POSITIONS = ("accepts", "conditionally_open", "demands", "threatens", "rejects")


def stances(facts: pd.DataFrame, tracks: dict[str, Track] | None = None) -> pd.DataFrame:
    """One row a statement that takes a side on a deal or on a provision of one, by day: the party or mediator spoken for, stance,
    what it is `about` (see `matters`), condition, words.

    What nobody named said stands among the statements, not here: it is nobody's stance.
    """
    rows, known = read_talks(facts, tracks)
    rows = rows[(rows["kind"].isin(["statement"])) & column(rows, "stance").isin(ON_THE_DEAL)]
    rows = rows.assign(about=_matters(rows))
    rows = rows[rows["about"].notna()]
    rows = rows.assign(party=_parties(rows, resolver(facts, known)))
    rows = rows[rows["party"].notna() & ~_is_told_of_others(rows, known, names_seen(facts))]
    rows = rows[~_is_appeal(rows, known, names_registered(facts))]
    if rows.empty:
        return table_of([], COLUMNS)
    table = pd.DataFrame({name: column(rows, name) for name in COLUMNS if name in rows.columns}).assign(
        date=rows["day"],
        party=rows["party"],
        words=column(rows, "text"),
        according_to=originators(rows),
        facts=single_ids(rows),
    )
    return table.reindex(columns=list(COLUMNS)).reset_index(drop=True)


def _parties(rows: pd.DataFrame, resolve: Resolve) -> pd.Series:
    """Whom each speaker speaks for, by the table of its track."""
    names = zip(rows["track"], column(rows, "holder"), column(rows, "speaker"), strict=True)
    found = [resolve(slug, holder) or resolve(slug, speaker) for slug, holder, speaker in names]
    return pd.Series(found, rows.index, dtype=object)


def _is_told_of_others(rows: pd.DataFrame, known: dict[str, Track], names: set[str]) -> pd.Series:
    """Whether a mediator, or somebody who is no registered actor, is said to accept or refuse: that tells where others stand."""
    told = [
        stance in OF_PARTIES and (party not in names or _is_outside(party, known.get(slug)))
        for slug, party, stance in zip(rows["track"], rows["party"], rows["stance"], strict=True)
    ]
    return pd.Series(told, rows.index, dtype=bool)


def _is_appeal(rows: pd.DataFrame, known: dict[str, Track], names: set[str]) -> pd.Series:
    """Whether somebody who is no registered actor, and sits at no table, asks for something: doctors who ask for an ambulance."""
    seated = {slug: {*track.parties, *track.mediators} for slug, track in known.items()}
    asked = [
        stance == "demands" and party not in names and party not in seated.get(slug, ())
        for slug, party, stance in zip(rows["track"], rows["party"], rows["stance"], strict=True)
    ]
    return pd.Series(asked, rows.index, dtype=bool)


def _is_outside(party: str, track: Track | None) -> bool:
    """Whether a name is a mediator's, or nobody's of the two countries that an unknown conflict is between."""
    if track is None or party in track.parties:
        return False
    return party in track.mediators or (track.basis == "automatic" and len(track.parties) > 1)


def _matters(rows: pd.DataFrame) -> pd.Series:
    """What each stance is about. Demands and denials may be about anything ("leave the town"): without a word on a deal they take
    no side on it.
    """
    columns = (rows["text"], column(rows, "condition"), rows["stance"])
    found = [stance_matter(*row) for row in zip(*columns, strict=True)]
    return pd.Series(found, rows.index, dtype=object)


def stance_matter(words: str, condition: str | None, stance: str) -> str | None:
    """What a statement's stance is about; None where it takes no side on a deal or on a provision of one.

    >>> stance_matter("to leave the town", None, "demands"), stance_matter("we agree", None, "accepts")
    (None, 'deal')
    """
    return matter_of(words, condition) or (None if stance in ABOUT_ANYTHING else DEFAULT)


def daily_stances(table: pd.DataFrame) -> pd.DataFrame:
    """One row a party, track and day: the stance on a deal as such said most often that day (the later of equals), and `others`
    said beside it. Who refuses one provision may still want the deal: such stances are left to the matrix.
    """
    sided = table["stance"].isin(POSITIONS) & table["about"].isin(ON_DEAL) & table["party"].notna()
    rows = table[sided & table["track"].notna() & table["date"].notna()]
    if rows.empty:
        return table_of([], DAILY_COLUMNS)
    said = rows.assign(order=range(len(rows)), number=1).groupby([*DAY, "stance"], sort=True).agg(
        number=("number", "sum"), order=("order", "last"), words=("words", "last"), about=("about", "last"),
        condition=("condition", "first"),
        facts=("facts", lambda groups: joined_ids(*groups)),
    ).reset_index()  # fmt: skip
    every = said.groupby(DAY)["stance"].agg(list)
    leading = said.sort_values(["number", "order"], kind="stable").drop_duplicates(DAY, keep="last").sort_values(DAY)
    beside = every.reindex(pd.MultiIndex.from_frame(leading[DAY]))
    others = [[name for name in names if name != own] for names, own in zip(beside, leading["stance"], strict=True)]
    plain = leading.assign(others=others).reindex(columns=list(DAILY_COLUMNS)).astype(object)
    return plain.where(plain.notna(), None).reset_index(drop=True)


def stance_changes(table: pd.DataFrame) -> pd.DataFrame:
    """Each day on which a party's stance on a track differs from its last one: from, to, both wordings, facts of both."""
    daily = daily_stances(table)
    before = daily.shift()
    same = (daily["track"] == before["track"]) & (daily["party"] == before["party"])
    changed = same & (daily["stance"] != before["stance"])
    pairs = zip(before[changed].to_dict("records"), daily[changed].to_dict("records"), strict=True)
    found = [_change(a, b) for a, b in pairs]
    found.sort(key=lambda row: (row["date"], row["track"], row["party"]))
    return table_of(found, CHANGE_COLUMNS)


def _change(before: dict, after: dict) -> dict:
    return {
        "date": after["date"], "track": after["track"], "party": after["party"],
        "before": before["stance"], "after": after["stance"], "condition": after["condition"],
        "before_about": before["about"], "after_about": after["about"],
        "before_words": before["words"], "after_words": after["words"],
        "facts": joined_ids(before["facts"], after["facts"]),
    }  # fmt: skip


def latest_stances(table: pd.DataFrame) -> pd.DataFrame:
    """The last daily stance of each party on each track."""
    return daily_stances(table).groupby(["track", "party"], sort=True).tail(1).reset_index(drop=True)
