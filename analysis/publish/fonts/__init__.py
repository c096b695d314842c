"""The bundled fonts: registered with matplotlib, listed for Typst, and which characters they can show."""

import re
from functools import cache
from pathlib import Path

import typst

FOLDER = Path(__file__).resolve().parent
# Characters that steer and are not seen: directions, joins, marks of order. Joiners stay, Persian is spelt with them.
UNSEEN = re.compile("[\u200b\u200e\u200f\u202a-\u202e\u2060-\u2069\ufe00-\ufe0f\ufeff\xad]")
JOINERS = frozenset("\u200c\u200d")
MISSING = "□"
SIGNS = "NotoSansSymbols2-Regular"  # the last resort of the template's list of fonts


@cache
def register_fonts() -> None:
    """Make the bundled fonts known to matplotlib, under their names ("Source Sans Pro", "Source Serif Pro")."""
    from matplotlib import font_manager

    for path in sorted(FOLDER.glob("*.ttf")):
        font_manager.fontManager.addfont(str(path))


@cache
def load_fonts() -> typst.Fonts:
    """The fonts as Typst reads them; read once for all pages of a process."""
    return typst.Fonts(include_system_fonts=False, font_paths=[FOLDER])


@cache
def covered() -> frozenset[int]:
    """Code points that some bundled font can show."""
    from fontTools.ttLib import TTFont

    points: set[int] = set()
    for path in sorted(FOLDER.glob("*.ttf")):
        with TTFont(path, lazy=True) as font:
            points.update(font.getBestCmap())
    return frozenset(points)


def printable(text: str) -> str:
    """Text as the PDF can show it: a character that no font holds (a control character, an emoji) becomes "□" or a blank.

    PDF/A forbids missing glyphs, and one odd character in an article must not stop an edition.
    """
    if text.isascii() and text.isprintable():
        return text
    text = UNSEEN.sub("", text)
    # Drawings are long and have few different characters.
    odd = {ord(char): " " if char.isspace() else MISSING for char in set(text) if not _shown(char)}
    return text.translate(odd) if odd else text


def _shown(char: str) -> bool:
    return char in JOINERS or (char.isprintable() and ord(char) in covered())


@cache
def _advances(face: str) -> dict[str, float]:
    from fontTools.ttLib import TTFont

    with TTFont(FOLDER / f"{face}.ttf", lazy=True) as font:
        names, metrics, units = font.getBestCmap(), font["hmtx"], font["head"].unitsPerEm
        return {chr(point): metrics[name][0] / units for point, name in names.items()}


def text_width(text: str, size: float, face: str = "SourceSansPro-Regular") -> float:
    """How wide a line of text is, in the unit of `size` (points); a sign that the face lacks is measured in the font of signs,
    and a character of another script counts as 0.6 of it.
    """
    advances = _advances(face)
    return sum(advances.get(char) or _advances(SIGNS).get(char, 0.6) for char in text) * size
