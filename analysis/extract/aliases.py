"""Second names: "Mohamed Hamdan Dagalo, better known as Hemedti", "known by his alias Antonio Garcia"."""

import re
from collections.abc import Iterator

from spacy.tokens import Doc, Span

from analysis.extract.names import name_keys

_PHRASE = re.compile(
    r",? ?\(?(?:(?:better|also|widely|commonly|popularly|universally) known as|known (?:widely |simply |also )?as"
    r"|known by (?:his|her|the|their) (?:alias|nom de guerre|nickname|code name)|whose (?:alias|nom de guerre) is"
    r"|alias|nicknamed|a\.k\.a\.|who goes by(?: the name| the name of)?) [\"“'‘]?(?=[A-Z])"
)
_LONGEST_ALIAS = 3

Aliases = dict[tuple[str, ...], str]  # keys of a second name -> the name that it stands beside


def find_aliases(doc: Doc, names: list[Span]) -> tuple[Aliases, list[Span]]:
    """The second names of a document whose names are given, and where they stand."""
    text, aliases, found = doc.text, {}, []
    for name in names:
        phrase = _PHRASE.match(text, name.end_char)
        span = _name_at(doc, name, phrase.end()) if phrase else None
        if span is not None:
            aliases[name_keys(span.text)] = name.text
            found.append(span)
    taken = {token.i for span in (*names, *found) for token in span}
    found += [span for alias in list(found) for span in _again(doc, alias) if not any(t.i in taken for t in span)]
    return aliases, found


def first_name_of(aliases: Aliases, name: str) -> str:
    """The name behind a second name or its surname; any other name as it is."""
    keys = name_keys(name)
    if keys in aliases:
        return aliases[keys]
    return next((owner for known, owner in aliases.items() if len(keys) == 1 and known[-1] == keys[0]), name)


def _name_at(doc: Doc, name: Span, offset: int) -> Span | None:
    first = next((t.i for t in doc[name.end : name.end + 12] if t.idx >= offset), None)
    last = first
    while first is not None and last is not None and last + 1 < min(len(doc), first + _LONGEST_ALIAS):
        if not doc[last + 1].text[:1].isupper() or not doc[last + 1].text.isalpha():
            break
        last += 1
    return doc[first : last + 1] if first is not None and last is not None else None


def _again(doc: Doc, alias: Span) -> Iterator[Span]:
    """The same words later on."""
    words = [token.text for token in alias]
    for token in doc[alias.end :]:
        if token.text == words[0] and [t.text for t in doc[token.i : token.i + len(words)]] == words:
            yield doc[token.i : token.i + len(words)]
