"""Titles of tables that state what the rows find, composed from the frame that the table shows; at most fifteen words each."""

from collections.abc import Mapping

import pandas as pd

from analysis.claims.words import join_words, say_day
from analysis.topics.negotiations import SILENT
from analysis.wording.phrases import count_words, text_of
from analysis.wording.talks import stance_words
from analysis.wording.titles import fit


def _count(number: int, noun: str) -> str:
    """A count that begins a title."""
    words = count_words(number, noun)
    return words[:1].upper() + words[1:]


def _share(part: int, whole: int, noun: str) -> str:
    """A part of a whole that begins a title.

    >>> _share(2, 7, "provision"), _share(0, 12, "provision")
    ('Two of seven provisions', 'None of 12 provisions')
    """
    words = "none" if part == 0 else count_words(part, noun).split()[0]
    return f"{words[:1].upper()}{words[1:]} of {count_words(whole, noun)}"


def _plain(word: object) -> str:
    return str(word).replace("_", " ")


def claims_table_title(table: pd.DataFrame) -> str:
    """How many claims of how many sources stand, about how many places."""
    standing = table[table["standing"] == "standing"] if "standing" in table else table
    places = standing["place"].nunique()
    counted, by = _count(len(standing), "claim"), count_words(standing["source"].nunique(), "source")
    return f"{counted} of {by} on {count_words(places, 'place')}" if places else f"{counted} of {by}"


def ranges_title(ranges: pd.DataFrame) -> str:
    """Which count its claimants agree on least."""
    several = ranges[ranges["claims"] > 1] if len(ranges) else ranges
    if several.empty:
        return "No count has more than one claim"
    widest = several.loc[several["claims"].idxmax()]
    where = f" in {widest['place']}" if isinstance(widest["place"], str) else ""
    counted = f"{_plain(widest['measure'])}{where}: {widest['says']}, by {count_words(int(widest['claims']), 'claim')}"
    return fit(f"Most claims on one count: {counted}", f"{_count(len(several), 'count')} with more than one claim")


def tracks_title(register: pd.DataFrame) -> str:
    """How far each track has got."""
    if register.empty:
        return "No negotiation track is named"
    states = [
        f"{row['title']} {_plain(row['status'])}" for row in register.to_dict("records") if text_of(row, "status")
    ]
    counted = _count(len(register), "track")
    return fit(f"{counted}: {'; '.join(states)}", f"{counted} and how far each has got") if states else counted


def shared_terms_title(matrices: Mapping[str, pd.DataFrame]) -> str:
    """How many provisions are spoken of on more than one track."""
    terms = pd.Series([term for long in matrices.values() for term in _spoken(long)], dtype=object)
    counts = terms.value_counts()
    shared = int((counts > 1).sum())
    return f"{_share(shared, len(counts), 'provision')} {'is' if shared == 1 else 'are'} on the table of more than one track"


def _spoken(long: pd.DataFrame) -> set[str]:
    return set(long.loc[long["position"] != SILENT, "term"]) if len(long) else set()


def drafts_title(drafts: pd.DataFrame) -> str:
    """How many provisions differ between the earlier and the later text."""
    if drafts.empty:
        return "One text is known"
    differ = drafts[drafts["change"] != "same"]
    verb = "differs" if len(differ) == 1 else "differ"
    return f"{_share(len(differ), len(drafts), 'provision')} {verb} between the earlier and the later text"


def stances_title(stances: pd.DataFrame) -> str:
    """How many stances there are, and the newest."""
    dated = stances.dropna(subset=["date"]) if len(stances) else stances
    counted = _count(len(stances), "stance")
    if dated.empty:
        return f"{counted} on a deal"
    last = dated.sort_values("date", kind="stable").iloc[-1].to_dict()
    told = stance_words(last["stance"], text_of(last, "about"), text_of(last, "words") or "")
    said = f"{text_of(last, 'party') or 'a speaker not named'} {told}"
    return fit(f"{counted}; newest ({say_day(str(last['date'])[:10])}): {said}", f"{counted}; newest: {said}", counted)


def statements_title(statements: pd.DataFrame, most: int) -> str:
    """How many statements of how many speakers, and how many of them are shown."""
    shown = f", the first {most} shown" if len(statements) > most else ""
    speakers = count_words(statements["speaker"].nunique(), "named speaker")
    return f"{_count(len(statements), 'statement')} of {speakers}{shown}"


def indicators_title(table: pd.DataFrame) -> str:
    """The largest count among the standing claims of the gravest indicator."""
    standing = table[(table["standing"] == "standing") & table["value"].notna()] if len(table) else table
    if standing.empty:
        return "Humanitarian indicators, as claimed"
    first = standing[standing["indicator"] == standing["indicator"].iloc[0]]
    top = first.loc[first["value"].astype(float).idxmax()]
    where = f" in {top['place']}" if isinstance(top["place"], str) else ""
    claim = f"{top['indicator']}{where}: {top['claim']}"
    return fit(f"{claim}, according to {top['source']}", claim, "Humanitarian indicators, as claimed")


def publishers_title(table: pd.DataFrame) -> str:
    """Who prints most."""
    top = table.loc[table["documents"].astype(int).idxmax()] if len(table) else None
    if top is None:
        return "No publisher is known"
    if len(table) == 1:
        return fit(
            f"All documents come from one publisher: {top['publisher']}", "All documents come from one publisher"
        )
    whole = int(table["documents"].sum())
    return fit(f"{top['publisher']} prints most: {int(top['documents'])} of {whole} documents",
               f"{_count(len(table), 'publisher')} of {count_words(whole, 'document')}")  # fmt: skip


def originators_title(table: pd.DataFrame, most: int = 25) -> str:
    """Who makes most claims."""
    if table.empty:
        return "No originator is named"
    top = table.iloc[0]
    shown = f"; {most} of {len(table)} shown" if len(table) > most else ""
    return fit(f"{top['originator']} makes most claims: {int(top['claims'])}{shown}",
               f"{_count(len(table), 'originator')} by number of claims{shown}")  # fmt: skip


def single_source_title(table: pd.DataFrame, most: int = 25) -> str:
    """How many figures and events rest on one originator, and how many of them are shown."""
    kinds = table["kind"].value_counts() if len(table) else pd.Series(dtype=int)
    told = [count_words(int(kinds[kind]), kind) for kind in ("figure", "event") if kind in kinds]
    shown = f"; {most} shown" if len(table) > most else ""
    words = f"{join_words(told)} with one originator and no corroboration{shown}"
    return words[:1].upper() + words[1:]


def audit_title(findings: pd.DataFrame) -> str:
    """How many findings of which checks, the most frequent named."""
    if findings.empty:
        return "No check found anything"
    checks = findings["check"].value_counts().sort_index(kind="stable").sort_values(ascending=False, kind="stable")
    named = join_words([f"{_plain(check)} ({count})" for check, count in checks.head(3).items()])
    counted = _count(len(findings), "finding")
    return fit(f"{counted}, most often: {named}", counted) if len(checks) > 3 else fit(f"{counted}: {named}", counted)


def actors_title(table: pd.DataFrame, noun: str) -> str:
    """How many of some actors there are, and of how many a role or an affiliation is stated."""
    stated = int((table["role"].notna() | table["affiliation"].notna()).sum()) if len(table) else 0
    return f"{_count(len(table), noun)}; a role or affiliation is stated of {stated or 'none'}"


def role_changes_title(table: pd.DataFrame) -> str:
    """What changed, by kind."""
    kinds = table["change"].value_counts().sort_index(kind="stable") if len(table) else pd.Series(dtype=int)
    told = join_words([f"{count} {_plain(kind)}" for kind, count in kinds.items()])
    return fit(f"{_count(len(table), 'change')} of role: {told}", f"{_count(len(table), 'change')} of role")


def changes_title(changes: pd.DataFrame, noun: str, most: int | None = None) -> str:
    """How many changes of one kind there are, and how many of them are shown."""
    shown = f", the first {most} shown" if most is not None and len(changes) > most else ""
    return f"{_count(len(changes), noun)}{shown}"
