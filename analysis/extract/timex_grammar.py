"""The grammar of time expressions: words to classes, patterns over classes, and where they match.

A text becomes a *class string*: one character a word, standing for the set of classes the word has (`lexicons/times.yml`),
or `.` for a word of no class. Patterns are regular expressions over that string, so they see words, not letters, do
not depend on case or on a parse, and read each word a bounded number of times.
"""

import re
from dataclasses import dataclass
from functools import cached_property, lru_cache
from itertools import accumulate, count
from pathlib import Path
from typing import Any

from analysis.extract.word_index import load_yaml

LEXICON = Path(__file__).parent / "lexicons" / "times.yml"
OTHER = "."
FIRST_SYMBOL = 0x4E00  # any block without characters special to a pattern
LONGEST = 18  # words in one expression
_WORD = re.compile(r"([^\W\d_]+|\d+|[^\w\s])")
_NAME = re.compile(r"(?:([a-z]+):)?([A-Z][A-Z_]*)")
_RUN = re.compile(r"[^.]+")
_GROUP = re.compile(r"([a-z]+):\(")


@dataclass(frozen=True)
class Rule:
    """One pattern: the name of its value function, TIMEX3 type, guard (or None), compiled over classes."""

    value: str
    time_type: str
    guard: str | None
    pattern: re.Pattern[str]


@dataclass(frozen=True)
class Words:
    """A text as words: their lower-case forms, offsets and classes."""

    text: str
    forms: list[str]
    starts: list[int]
    symbols: str

    def end(self, index: int) -> int:
        """The offset after word `index`."""
        return self.starts[index] + len(self.forms[index])


@dataclass(frozen=True)
class Match:
    """A rule that fits the words `first` to `last` (exclusive); `groups` gives captured word ranges."""

    rule: Rule
    words: Words
    first: int
    last: int
    groups: dict[str, tuple[int, int]]

    def has(self, name: str) -> bool:
        """Whether the part was captured."""
        return name in self.groups

    def form(self, name: str) -> str:
        """The captured part, lower case, words joined by blanks; empty where it is absent."""
        first, last = self.groups.get(name, (0, 0))
        return " ".join(self.words.forms[first:last])

    def meaning(self, name: str, word_class: str) -> Any:
        """What the lexicon says of the captured word, as a member of `word_class`; None where it is none."""
        return GRAMMAR.words[word_class].get(self.form(name))

    def word(self, offset: int) -> str:
        """The word `offset` places after the match (0 the next one; -1 the one before it)."""
        index = self.last + offset if offset >= 0 else self.first + offset
        return self.words.forms[index] if 0 <= index < len(self.words.forms) else ""

    @property
    def forms(self) -> list[str]:
        """The matched words."""
        return self.words.forms[self.first : self.last]

    @cached_property
    def start(self) -> int:
        """Offset of the first character."""
        return self.words.starts[self.first]

    @cached_property
    def end(self) -> int:
        """Offset after the last character."""
        return self.words.end(self.last - 1)


class Grammar:
    """The lexicon, compiled."""

    def __init__(self, path: Path = LEXICON) -> None:
        table = load_yaml(path)
        self.words: dict[str, dict[str, Any]] = table["words"]
        self.context: dict[str, frozenset[str]] = {name: frozenset(words) for name, words in table["context"].items()}
        self.named_days: dict[str, dict[str, Any]] = table["named_days"]
        self._marks: dict[str, str] = table["marks"]
        self._macros: dict[str, str] = table["macros"]
        self._symbols: dict[frozenset[str], str] = {}
        self.symbol_of = self._read_words()
        self.rules = [self._rule(entry) for entry in table["patterns"]]

    def read(self, text: str) -> Words:
        """The words of a text, with their classes."""
        lower = text.lower() if len(text.lower()) == len(text) else text
        parts = _WORD.split(lower)  # what lies between words, and the words, in turns
        forms, starts = parts[1::2], list(accumulate(map(len, parts)))[::2][: len(parts) // 2]
        known = self.symbol_of
        symbols = [known.get(form) or (self._number(form) if form.isdigit() else OTHER) for form in forms]
        return Words(text, forms, starts, "".join(symbols))

    def _read_words(self) -> dict[str, str]:
        classes: dict[str, set[str]] = {}
        for name, members in self.words.items():
            for word in members:
                classes.setdefault(str(word), set()).add(name)
        for mark, name in self._marks.items():
            classes.setdefault(mark, set()).add(name)
        known = {word: self._symbol(frozenset(names)) for word, names in classes.items()}
        for names in self._number_classes():
            self._symbol(names)
        return known

    def _symbol(self, classes: frozenset[str]) -> str:
        return self._symbols.setdefault(classes, chr(FIRST_SYMBOL + len(self._symbols)))

    @staticmethod
    def _number_classes() -> list[frozenset[str]]:
        return [
            frozenset(names.split()) for names in ("DIGITS DAY SHORTYEAR", "DIGITS SHORTYEAR", "DIGITS YEAR", "DIGITS")
        ]

    def _number(self, form: str) -> str:
        day, short, year, plain = self._number_classes()
        if len(form) <= 2 and form.isascii():
            return self._symbol(day if int(form) <= 31 else short)
        return self._symbol(year if len(form) == 4 and form.isascii() and 1000 <= int(form) <= 2100 else plain)

    def _rule(self, entry: dict[str, str]) -> Rule:
        number = count()  # alternatives may capture under one name: made unique here, joined again in `fits`
        pattern = re.sub(r"\(\?P<([a-z]+)>", lambda m: f"(?P<{m[1]}{next(number)}>", self._compile(entry["match"]))
        return Rule(entry["value"], entry["type"], entry.get("guard"), re.compile(pattern))

    def _compile(self, match: str) -> str:
        classes = _NAME.sub(self._class, match)
        plain = re.sub(r"(?<!:)\((?!\?)", "(?:", classes)
        return re.sub(r"\s+", "", _GROUP.sub(r"(?P<\1>", plain))

    def _class(self, found: re.Match[str]) -> str:
        name, word_class = found.groups()
        if word_class in self._macros:
            body = "(?:" + self._compile(self._macros[word_class]) + ")"
        else:
            body = "[" + "".join(s for names, s in self._symbols.items() if word_class in names) + "]"
            assert body != "[]", f"{LEXICON.name}: no word of class {word_class}"
        return f"(?P<{name}>{body})" if name else body

    @lru_cache(maxsize=50_000)  # noqa: B019  (one grammar a process)
    def fits(self, symbols: str) -> tuple[tuple[int, Rule, dict[str, tuple[int, int]]], ...]:
        """The rules that fit at the start of a class string, longest first: (words, rule, captured ranges)."""
        found = []
        for rule in self.rules:
            match = rule.pattern.match(symbols)
            if match and match.end():
                groups = {
                    name.rstrip("0123456789"): match.span(name) for name, value in match.groupdict().items() if value
                }
                found.append((match.end(), rule, groups))
        return tuple(sorted(found, key=lambda fit: -fit[0]))


GRAMMAR = Grammar()


def matches_at(words: Words, index: int, stop: int) -> list[Match]:
    """What fits at word `index`, longest first."""
    fits = GRAMMAR.fits(words.symbols[index : min(stop, index + LONGEST)])
    return [
        Match(rule, words, index, index + length, {n: (a + index, b + index) for n, (a, b) in groups.items()})
        for length, rule, groups in fits
    ]


def runs(words: Words) -> list[tuple[int, int]]:
    """Ranges of neighbouring words that have a class."""
    return [match.span() for match in _RUN.finditer(words.symbols)]
