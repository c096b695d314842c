"""One person, one name: a bare surname in one document is the person whom others name in full.

Documents name people anew: "General Abdel Fattah al-Burhan" in one is "Burhan" in the next. A single word stands for a person where
exactly one person known at the cut-off bears it, and nobody else (a place's government, a paper) is called so.
"""

from collections import defaultdict

import pandas as pd

from analysis.topics.selection import column

# Where names of persons stand; the lists of who relays and who corroborates keep the words of their documents.
NAMED_IN = ("speaker", "asserted_by", "holder", "actor", "target")
# Parts of a surname that texts leave out.
ARTICLES = ("al-", "el-", "ad-", "as-", "ash-")


def unify_persons(facts: pd.DataFrame) -> pd.DataFrame:
    """The facts with bare surnames and given names of persons replaced by the one full name that bears them."""
    full = full_names(facts)
    if not full:
        return facts
    changed = {}
    for field in (name for name in ("name", *NAMED_IN) if name in facts.columns):
        values = facts[field]
        rows = values.isin(list(full))
        if field == "name":
            rows &= facts["kind"].isin(["actor"]) & column(facts, "actor_type").isin(["person"])
        if rows.any():
            changed[field] = values.where(~rows, values.map(full))
    return facts.assign(**changed) if changed else facts


def full_names(facts: pd.DataFrame) -> dict[str, str]:
    """For each single word that is the name of one person only, that person's name in full.

    >>> rows = [("Naim Qassem", "person"), ("Qassem", "person"), ("Al-Jazeera", "media")]
    >>> full_names(pd.DataFrame([{"kind": "actor", "name": n, "actor_type": t} for n, t in rows]))
    {'Qassem': 'Naim Qassem'}
    """
    if not len(facts):
        return {}
    actors = facts.loc[facts["kind"].isin(["actor"]), ["name", "actor_type"]].drop_duplicates()
    is_person = actors["actor_type"] == "person"
    persons = [name for name in actors.loc[is_person, "name"] if isinstance(name, str)]
    others = set(actors.loc[~is_person, "name"])
    bearers: dict[str, set[str]] = defaultdict(set)
    for name in persons:
        for part in _parts(name):
            bearers[part].add(name)
    return {part: next(iter(names)) for part, names in bearers.items() if len(names) == 1 and part not in others}


def _parts(name: str) -> list[str]:
    """The words by which a person of several names is called: the last one, with and without its article, and the first."""
    words = name.split()
    if len(words) < 2:
        return []
    last = words[-1]
    bare = next((last[len(article) :] for article in ARTICLES if last.lower().startswith(article)), last)
    return [part for part in dict.fromkeys((last, bare, words[0])) if part[:1].isupper() and len(part) > 2]
