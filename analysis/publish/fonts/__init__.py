"""The bundled fonts: registered with matplotlib, listed for Typst, and which characters they can show."""

from functools import cache
from pathlib import Path

FOLDER = Path(__file__).resolve().parent
# Characters that no font needs to show.
UNSEEN = frozenset(
    "\n\t\u200b\u200c\u200d\u200e\u200f\u2028\u2029\u202a\u202b\u202c\u202d\u202e\u2060\u2066\u2067\u2068\u2069\ufeff\xad"
)
MISSING = "\ufffd"


@cache
def register_fonts() -> None:
    """Make the bundled fonts known to matplotlib, under their names ("Source Sans Pro", "Source Serif Pro")."""
    from matplotlib import font_manager

    for path in sorted(FOLDER.glob("*.ttf")):
        font_manager.fontManager.addfont(str(path))


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
    known = covered()
    return "".join(
        char if ord(char) in known else "" if char in UNSEEN - {"\n", "\t"} else " " if char.isspace() else "□"
        for char in text
    )
