"""Provisions of a deal, by the words that name them, and the positions that parties take on them.

Positions are demanded, offered, accepted, conditional, opposed; a party of whom no document says anything is **silent**, which is
not the same as opposed.
"""

import re
from pathlib import Path

import yaml

PROVISIONS: dict[str, dict] = yaml.safe_load((Path(__file__).parent / "provisions.yml").read_text(encoding="utf-8"))
_PATTERNS: dict[str, re.Pattern[str]] = {
    name: re.compile(r"(?<![a-z0-9])(?:" + "|".join(map(re.escape, entry["words"])) + ")")
    for name, entry in PROVISIONS.items()
    if name not in ("condition", "duration")
}
_WORDS: dict[str, list[str]] = {name: PROVISIONS[name]["words"] for name in _PATTERNS}
POSITIONS = ("accepted", "offered", "demanded", "conditional", "opposed")
OF_STANCE = {"accepts": "accepted", "conditionally_open": "conditional", "demands": "demanded", "rejects": "opposed"}
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


def provisions_in(text: str) -> list[str]:
    """The provisions that a text names, in the matrix's order; the halt itself only where it names nothing beyond.

    >>> provisions_in("we will swap captives once they withdraw"), provisions_in("we welcome the truce"), provisions_in("no")
    (['withdrawal', 'exchange'], ['cessation'], [])
    """
    lowered = text.lower()
    # Most provisions' words are nowhere in a text: asking that first takes a tenth of the time of the patterns.
    likely = [name for name, words in _WORDS.items() if any(word in lowered for word in words)]
    found = [name for name in likely if _PATTERNS[name].search(lowered)]
    return [name for name in found if name != "cessation"] or found
