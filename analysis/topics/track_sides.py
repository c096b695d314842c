"""Who sits at a track's table, and what is known of a conflict that no register describes: its slug, its title, its sides."""

import re
from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

import pandas as pd

from analysis.topics.selection import column

if TYPE_CHECKING:
    from analysis.topics.tracks import Track

SMALL_WORDS = ("of", "the", "and")


def describe_conflict(slug: str, rows: pd.DataFrame) -> dict[str, Any]:
    """An unknown conflict as the fields of a `Track`: title from the slug, parties and mediators from its terms."""
    terms = rows[column(rows, "track") == slug]
    mediators = _names(name for names in column(terms, "mediators") for name in (names or ()))
    sides = _names(name for field in ("obligor", "demanded_by", "proposed_by") for name in column(terms, field))
    parties = [name for name in sides if name not in mediators]
    return {"track": slug, "title": title_of(slug), "parties": parties, "mediators": mediators, "basis": "automatic"}


def _names(values: Iterable) -> list[str]:
    return list(dict.fromkeys(value for value in values if isinstance(value, str)))


def title_of(slug: str) -> str:
    """A readable title of a slug.

    >>> title_of("colombia-eln"), title_of("isle-of-man")
    ('Colombia-Eln talks', 'Isle-of-Man talks')
    """
    parts = [part if part in SMALL_WORDS else part[:1].upper() + part[1:] for part in slug.split("-")]
    return "-".join(parts) + " talks"


def slug_of(name: str) -> str:
    """A name as it stands in a slug.

    >>> slug_of("Côte d'Ivoire"), slug_of("Sri Lanka")
    ('c-te-d-ivoire', 'sri-lanka')
    """
    return re.sub(r"[^a-z0-9]+", "-", name.lower()).strip("-")


def merge_slugs(slugs: pd.Series) -> pd.Series:
    """The slugs, that of one country ("peru") read as that of the one pair that it belongs to ("ecuador-peru")."""
    known = [slug for slug in slugs.unique() if isinstance(slug, str)]
    merged = {slug: pairs[0] for slug in known if len(pairs := _pairs_with(slug, known)) == 1}
    return slugs.map(lambda slug: merged.get(slug, slug)) if merged else slugs


def _pairs_with(slug: str, known: list[str]) -> list[str]:
    return [other for other in known if other.startswith(f"{slug}-") or other.endswith(f"-{slug}")]


def sides_of(track: "Track", names: set[str]) -> list[str]:
    """Who would sign: as decided by hand; of the word list's parties those that the facts name, else two; for an unknown conflict
    the countries of its slug, and without two of them whoever its terms name.
    """
    if track.sides or track.basis == "hand":
        return track.sides or track.parties
    if track.basis == "automatic":
        countries = countries_in(track.track, names)
        return countries if len(countries) > 1 else _names([*countries, *(n for n in track.parties if n in names)])
    seen = [party for party in track.parties if names & {party, *track.aliases.get(party, ())}]
    return seen or track.parties[:2]


def title_for(track: "Track", names: set[str]) -> str:
    """The title of a track; that of an unknown conflict in the spelling of the countries that its slug is made of."""
    countries = countries_in(track.track, names) if track.basis == "automatic" else []
    return f"{' and '.join(countries)} talks" if countries else track.title


def countries_in(slug: str, names: Iterable[str]) -> list[str]:
    """Of some names those that a slug is made of, in its order."""
    places = {name: f"-{slug}-".find(f"-{slug_of(name)}-") for name in names if slug_of(name)}
    return sorted((name for name, at in places.items() if at >= 0), key=lambda name: places[name])
