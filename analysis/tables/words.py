"""Words of a cell: quotations, lists of names, slugs as words."""

from collections.abc import Iterable

INNER_QUOTES = str.maketrans({"“": "‘", "”": "’"})
LONGEST_QUOTE = 160  # characters in a cell: the whole words stand in the evidence


def quote(words: str | None) -> str:
    """Words in quotation marks, cut at a word where a cell could not hold them.

    >>> quote("a 60-day truce,")
    '“a 60-day truce”'
    """
    plain = (words or "").removeprefix("that ").replace(" · that ", " · ").strip(' ,;.“”"').translate(INNER_QUOTES)
    if not plain:
        return ""
    cut = plain if len(plain) <= LONGEST_QUOTE else plain[:LONGEST_QUOTE].rsplit(" ", 1)[0] + " …"
    return f"“{cut}”"


def join(values: Iterable[str] | None) -> str:
    """Names with commas; nothing for none."""
    return ", ".join(values) if values is not None else ""


def capitalise(word: str | None) -> str:
    """A slug or lemma as the first word of a cell: "air_strike" is "Air strike", "un_body" is "UN body"."""
    plain = (word or "").replace("_", " ").replace("un body", "UN body")
    return plain[:1].upper() + plain[1:]
