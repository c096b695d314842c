"""The cells of the term matrix: which party takes which position on which provision, in which words.

Positions are demanded, offered, accepted, conditional, opposed; a party of whom no document says anything is **silent**, which is
not the same as opposed. They come from a term's own fields (who demands it, who proposes it, how far it has got) and from
statements, by the terms that stand inside them or, where none does, by the provisions that they name.
"""

import re
from collections.abc import Sequence
from functools import cache
from pathlib import Path

import pandas as pd
import yaml

from analysis.topics.selection import column, originators, table_of, term_statuses
from analysis.topics.tracks import Track, tracks_of, with_tracks

PROVISIONS: dict[str, dict] = yaml.safe_load((Path(__file__).parent / "provisions.yml").read_text(encoding="utf-8"))
_PATTERNS: dict[str, re.Pattern[str]] = {
    name: re.compile(r"(?<![a-z0-9])(?:" + "|".join(map(re.escape, entry["words"])) + ")")
    for name, entry in PROVISIONS.items()
    if name not in ("condition", "duration")
}
POSITIONS = ("accepted", "offered", "demanded", "conditional", "opposed")
OF_STANCE = {"accepts": "accepted", "conditionally_open": "conditional", "demands": "demanded", "rejects": "opposed"}
COLUMNS = (
    "track", "term_type", "party", "position", "words", "condition", "quantity", "obligor", "legal_ref", "geography",
    "term_status", "according_to", "date", "publisher", "doc_id", "start", "facts",
)  # fmt: skip
# What is read of each row.
READ = (
    "fact_id", "doc_id", "start", "end", "text", "track", "term_type", "demanded_by", "proposed_by", "asserted_by", "speaker",
    "holder", "stance", "condition", "quantity", "obligor", "legal_ref", "geography", "term_status", "according_to",
    "publisher", "day",
)  # fmt: skip
# A term on the table whose holder no document names.
ON_THE_TABLE = "reported"


def label_of(term_type: str) -> str:
    """The printed name of a provision."""
    return PROVISIONS.get(term_type, {}).get("label", term_type.replace("_", " ").capitalize())


def words_with_quantity(words: str, quantity: object) -> str:
    """A term's words, and after an ellipsis its quantity where those words leave it out.

    >>> words_with_quantity("The proposed truce", "less than a month"), words_with_quantity("a 60-day truce", "60 days")
    ('The proposed truce … less than a month', 'a 60-day truce')
    """
    if not isinstance(quantity, str) or quantity.split()[0].lower() in words.lower():
        return words
    return f"{words} … {quantity}"


def cells(facts: pd.DataFrame, tracks: dict[str, Track] | None = None) -> pd.DataFrame:
    """One row a position (or a term that nobody is named for: `party` null, `position` reported), by track, day and offset."""
    rows = with_tracks(facts, tracks)
    if rows.empty:
        return table_of([], COLUMNS)
    rows = rows[rows["track"].notna()].assign(according_to=originators(rows))
    known = {slug: track.parties for slug, track in tracks_of(facts, tracks).items()}
    terms = _term_rows(rows)
    said = _statement_rows(rows, terms)
    found = [*(cell for term in terms for cell in _cells_of_term(term, known)), *_cells_of_statements(said, known)]
    return table_of(found, COLUMNS).drop_duplicates(
        ["track", "term_type", "party", "position", "facts"], ignore_index=True
    )


def party_of(name: str | None, parties: Sequence[str]) -> str | None:
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


def _term_rows(rows: pd.DataFrame) -> list[dict]:
    terms = rows[rows["kind"] == "term"]
    return terms.assign(term_status=term_statuses(terms)).reindex(columns=list(READ)).to_dict("records")


def _cells_of_term(term: dict, known: dict[str, list[str]]) -> list[dict]:
    """A term's own positions: who demands it, who proposes it, and, once agreed, every party to the track."""
    parties = known.get(term["track"], [])
    holders = [
        (party_of(term.get("demanded_by"), parties), "demanded"),
        (party_of(term.get("proposed_by"), parties), "offered"),
    ]
    if term["term_status"] in ("agreed", "in_force"):
        holders += [(party, "accepted") for party in parties]
    if term["term_status"] == "rejected":
        holders.append((party_of(term.get("asserted_by"), parties), "opposed"))
    named = [pair for pair in holders if pair[0]] or [(None, ON_THE_TABLE)]
    return [_cell(term, term["term_type"], party, position, (term["fact_id"],)) for party, position in named]


def _cell(
    row: dict, term_type: str, party: str | None, position: str, facts: tuple[str, ...], words: str | None = None
) -> dict:
    fields = (
        "quantity",
        "obligor",
        "legal_ref",
        "geography",
        "term_status",
        "according_to",
        "publisher",
        "doc_id",
        "start",
        "track",
    )
    return {
        **{name: row.get(name) if isinstance(row.get(name), str | int) else None for name in fields},
        "term_type": term_type, "party": party, "position": position, "facts": facts, "date": row.get("day"),
        "words": words or words_with_quantity(row["text"], row.get("quantity")),
        "condition": row.get("condition") if isinstance(row.get("condition"), str) else None,
    }  # fmt: skip


def _statement_rows(rows: pd.DataFrame, terms: list[dict]) -> list[tuple[dict, list[dict]]]:
    """Statements that take a position, each with the terms that stand inside it."""
    said = rows[(rows["kind"] == "statement") & column(rows, "stance").isin(list(OF_STANCE))]
    by_document: dict[str, list[dict]] = {}
    for term in terms:
        by_document.setdefault(term["doc_id"], []).append(term)
    return [
        (row, _inside(row, by_document.get(row["doc_id"], [])))
        for row in said.reindex(columns=list(READ)).to_dict("records")
    ]


def _inside(row: dict, terms: list[dict]) -> list[dict]:
    return [term for term in terms if row["start"] <= term["start"] and term["end"] <= row["end"]]


def _cells_of_statements(said: list[tuple[dict, list[dict]]], known: dict[str, list[str]]) -> list[dict]:
    found = []
    for row, terms in said:
        party = party_of(row.get("holder"), known.get(row["track"], [])) or row.get("speaker")
        if not isinstance(party, str):
            continue
        position = OF_STANCE[row["stance"]]
        named = {term["term_type"]: term for term in terms if term["term_type"] != "condition"}
        for term_type in named or provisions_in(row["text"]) or _by_default(row):
            term = named.get(term_type)
            facts = (row["fact_id"], term["fact_id"]) if term else (row["fact_id"],)
            found.append(_cell(row, term_type, party, position, facts, row["text"]))
    return found


def _by_default(row: dict) -> list[str]:
    """Who accepts, refuses or sets conditions without naming a provision speaks of the halt; a demand may be about anything."""
    return [] if row["stance"] == "demands" else ["cessation"]


def provisions_in(text: str) -> list[str]:
    """The provisions that a text names, in the matrix's order; the halt itself only where it names nothing beyond.

    >>> provisions_in("we will swap captives once they withdraw"), provisions_in("we welcome the truce"), provisions_in("no")
    (['withdrawal', 'exchange'], ['cessation'], [])
    """
    lowered = text.lower()
    found = [name for name, pattern in _PATTERNS.items() if pattern.search(lowered)]
    return [name for name in found if name != "cessation"] or found
