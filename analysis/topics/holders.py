"""Who holds a position: the party for which a named person, office or organisation speaks.

A person takes the affiliation of the actor facts ("Netanyahu" is Israel's prime minister: Israel), a bare surname that of the one
person who bears it. A common noun that nobody is registered by ("office", "sources") names no holder.
"""

import re
from collections.abc import Callable
from functools import cache

import pandas as pd

from analysis.topics.selection import column
from analysis.topics.tracks import Track

Resolve = Callable[[str, object], str | None]
_OWNED = re.compile(r"['’]s ")
# An agency of an agency of a state; longer chains are circles.
LONGEST_CHAIN = 4


def party_of(name: str | None, parties: tuple[str, ...] | list[str]) -> str | None:
    """The party that a name stands for: the party itself, or the one whose name stands in it; else the name as it is.

    >>> party_of("Hamas political bureau", ["Hamas", "Israel"]), party_of("Qatar", ["Hamas"])
    ('Hamas', 'Qatar')
    """
    if not isinstance(name, str) or name in parties:
        return name if isinstance(name, str) else None
    return _party_within(name, tuple(parties))


@cache
def _party_within(name: str, parties: tuple[str, ...]) -> str:
    return next((party for party in parties if re.search(rf"\b{re.escape(party)}\b", name)), name)


def affiliations(facts: pd.DataFrame) -> dict[str, str]:
    """For each actor the affiliation stated last, and for each surname that of the one person who bears it."""
    if not len(facts):
        return {}
    names = [name for name in ("name", "actor_type", "affiliation") if name in facts.columns]
    rows = facts.loc[facts["kind"].isin(["actor"]), names]
    rows = rows.assign(affiliation=column(rows, "affiliation"))
    stated = rows[rows["affiliation"].notna()].drop_duplicates("name", keep="last")
    known = dict(zip(stated["name"], stated["affiliation"], strict=True))
    persons = stated.loc[stated["actor_type"] == "person", "name"]
    surnames = persons.str.rsplit(n=1).str[-1]
    single = ~surnames.duplicated(keep=False)
    return {surname: known[name] for surname, name in zip(surnames[single], persons[single], strict=True)} | known


def resolver(facts: pd.DataFrame, known: dict[str, Track]) -> Resolve:
    """The function that gives, for a track and a name, the party (or mediator) spoken for; None where the name names nobody."""
    belongs = affiliations(facts)
    tables = {slug: _table(track) for slug, track in known.items()}

    @cache
    def resolve(slug: str, name: object) -> str | None:
        if not isinstance(name, str) or not name:
            return None
        return _resolve(name, *tables.get(slug, ((), {})), belongs)

    return resolve


def _table(track: Track) -> tuple[tuple[str, ...], dict[str, str]]:
    """Who sits at a track's table, parties first, and the other words of each."""
    others = {word: party for party, words in track.aliases.items() for word in words if party in track.parties}
    return tuple(dict.fromkeys([*track.parties, *track.mediators])), others


def _resolve(name: str, seated: tuple[str, ...], others: dict[str, str], belongs: dict[str, str]) -> str | None:
    """The first of a name, what it belongs to, what that belongs to ..., that sits at the table; else the name or its state."""
    chain = [name]
    # "Netanyahu's office" speaks for whoever he speaks for.
    if name not in belongs and (owner := belongs.get(_OWNED.split(name)[0])):
        chain.append(owner)
    while len(chain) < LONGEST_CHAIN and (above := belongs.get(chain[-1])) and above not in chain:
        chain.append(above)
    for link in chain:
        found = others.get(link) or party_of(link, seated)
        if found in seated:
            return found
    return None if len(chain) == 1 and name == name.lower() else chain[-1]
