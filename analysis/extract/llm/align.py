"""Where a quote stands: exactly, or with blanks, quotation marks and dashes levelled; nowhere else, and never by likeness."""

from analysis.extract.reading import shadow_text

_DASHES = str.maketrans({"\u2013": "-", "\u2014": "-", "\u2212": "-"})
_EDGES = " \t\r\n\"'"


def find_quote(passage: str, quote: str, taken: frozenset[int] = frozenset()) -> tuple[int, int] | None:
    """Half-open offsets of a quote in a passage, the first that begins at none of `taken`; None where its words are not there.

    >>> find_quote("He said: “We  agree”.", 'said: "We agree"')
    (3, 19)
    >>> find_quote("He said no.", "He said yes.") is None
    True
    """
    return _search(passage, list(range(len(passage) + 1)), quote.strip(), taken) or _search(
        *level_text(passage), level_text(quote)[0].strip(_EDGES), taken
    )


def _search(text: str, offsets: list[int], wanted: str, taken: frozenset[int]) -> tuple[int, int] | None:
    """The first whole-word occurrence, told in the offsets of the passage."""
    at = text.find(wanted) if wanted else -1
    while at >= 0:
        end = at + len(wanted)
        whole = not (_is_inside_word(text, at) or _is_inside_word(text, end))
        if whole and offsets[at] not in taken:
            return offsets[at], offsets[end - 1] + 1
        at = text.find(wanted, at + 1)
    return None


def _is_inside_word(text: str, at: int) -> bool:
    """Whether an offset cuts a word or number in two: "5 killed" is not in "55 killed"."""
    return 0 < at < len(text) and text[at - 1].isalnum() and text[at].isalnum()


def level_text(text: str) -> tuple[str, list[int]]:
    """The text with every run of blanks as one, straight quotes and plain dashes; and the offset of each character kept."""
    plain = shadow_text(text).translate(_DASHES)
    kept = [at for at, character in enumerate(plain) if not (character.isspace() and at and plain[at - 1].isspace())]
    return "".join(" " if plain[at].isspace() else plain[at] for at in kept), [*kept, len(text)]
