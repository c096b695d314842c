"""References to resolutions and named agreements, under one name each: "Resolution 1701" of any wording is `UNSCR 1701`."""

import re
from dataclasses import dataclass

from analysis.extract.reading import Reading

_RESOLUTION = re.compile(
    r"(?:\b(?:the )?(?:U\.?N\.?|United Nations) )?(?:Security Council )?"
    r"\b(?:resolutions?|UNSCR|UNSC) (?:no\. ?|number )?(\d{3,4})\b",
    re.I,
)
# The pattern may begin in many ways and is slow to say no; most documents cite nothing.
_HINT = re.compile(r"resolution|unsc", re.I)
# "Resolutions 1701 and 1559": the second number stands alone.
_SECOND = re.compile(r"(?:,| and|, and) (\d{3,4})\b")
_AGREEMENT = re.compile(
    r"\b(?:[A-Z][\w'’-]+ ){1,4}(?:Agreement|Accords?|Declaration|Protocol|Treaty|Pact|Communiqu[eé]|Memorandum)\b"
    r"|\b[A-Z][a-z]{2,} (?:agreement|accords?|declaration|protocol|process|communiqu[eé])\b"
)
# A capital at the start of a sentence, and adjectives of a nation, name no agreement.
_NO_NAME = re.compile(
    r"^(?:The|This|That|A|An|Any|No|Such|Under|Its|Their|Our|In|But|And|If|Peace|Ceasefire|Both)\b"
    r"|(?:ian|ese|aeli|ish|can|ench|aqi|emeni|eace|inal) "
)


@dataclass(frozen=True)
class Reference:
    """Where a text refers to a resolution or agreement, and its one name."""

    start: int
    end: int
    name: str


def find_references(reading: Reading) -> list[Reference]:
    """All references of a document, by offset; found once."""
    found = reading.notes.get("legal")
    if found is None:
        text = reading.text
        found = reading.notes["legal"] = sorted([*_resolutions(text), *_agreements(text)], key=lambda r: r.start)
    return list(found)


def _resolutions(text: str) -> list[Reference]:
    references: list[Reference] = []
    if not _HINT.search(text):
        return references
    for match in _RESOLUTION.finditer(text):
        start = match.start() + (4 if match.group().lower().startswith("the ") else 0)
        references.append(Reference(start, match.end(), f"UNSCR {match[1]}"))
        second = _SECOND.match(text, match.end())
        if second:
            references.append(Reference(second.start(1), second.end(1), f"UNSCR {second[1]}"))
    return references


def _agreements(text: str) -> list[Reference]:
    matches = ((m.start(), m.group()) for m in _AGREEMENT.finditer(text))
    return [Reference(start, start + len(name), _title(name)) for start, name in matches if not _NO_NAME.search(name)]


def _title(name: str) -> str:
    """ "Pretoria agreement" and "Pretoria Agreement" are one.

    >>> _title("Pretoria agreement")
    'Pretoria Agreement'
    """
    words = name.split()
    return " ".join([*words[:-1], words[-1].capitalize()])
