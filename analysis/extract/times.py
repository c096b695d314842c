"""Times: every expression of time, with its TIMEX3 value against the day of publication.

`find_facts` walks the words from left to right and takes the longest pattern of `lexicons/times.yml` whose guard
holds and whose value can be computed. `window` says which dates hold for a clause.
"""

from collections.abc import Callable, Iterator
from datetime import date
from inspect import isfunction
from types import ModuleType
from typing import Any, cast

from analysis.extract import (
    timex_clock,
    timex_dates,
    timex_guards,
    timex_months,
    timex_near,
    timex_part_guards,
    timex_quarters,
    timex_span_guards,
    timex_spans,
)
from analysis.extract.reading import Reading
from analysis.extract.timex_grammar import GRAMMAR, Match, Words, matches_at, runs
from analysis.extract.timex_scene import Scene
from analysis.extract.timex_window import Window, names_time, told_day, window
from analysis.facts import Fact, Time, TimeType

# "Sept." and "p.m." keep their point, "May." at a sentence's end does not.
ABBREVIATIONS = GRAMMAR.context["abbreviated"] | {"m"}

# What a body named for a day is called.
NAMED_FOR_DAYS = GRAMMAR.context["named_for_days"]

# "The worst since May 2020": what follows does not speak of that time.
COMPARISONS = frozenset({"since", "than"})

ValueFunction = Callable[[Match, Scene], str | tuple[str, str] | None]
__all__ = ["Window", "find_facts", "names_time", "told_day", "window"]


def find_facts(reading: Reading) -> Iterator[Fact]:
    """The `time` facts of a document."""
    published = date.fromisoformat(reading.published[:10]) if reading.published else None
    scene = Scene(reading, published)
    for match, value, time_type in read_expressions(scene.words, scene):
        yield reading.fact(
            Time, match.start, _end(match), rule=f"times.{match.rule.value}", value=value, time_type=cast(TimeType, time_type),
            anchor=reading.published,
        )  # fmt: skip


def read_expressions(words: Words, scene: Scene) -> Iterator[tuple[Match, str, str]]:
    """Each expression with value and type; they do not overlap."""
    for first, last in runs(words):
        index = first
        while index < last:
            found = _read_at(words, index, last, scene)
            if found and not _names_body(found[0]):
                if found[0].word(-1) not in COMPARISONS:
                    scene.remember(found[1], found[0].start)
                yield found
            index = found[0].last if found else index + 1


def _names_body(match: Match) -> bool:
    """ "The **March 23** Movement": a day within the name of a body."""
    behind = match.words.text[match.end : match.end + 2].strip()
    return match.word(0) in NAMED_FOR_DAYS and behind.isupper()


def _read_at(words: Words, index: int, stop: int, scene: Scene) -> tuple[Match, str, str] | None:
    for match in matches_at(words, index, stop):
        guard = match.rule.guard
        if guard and not GUARDS[guard](match, scene):
            continue
        value = VALUES[match.rule.value](match, scene)
        if value:
            return (match, value, match.rule.time_type) if isinstance(value, str) else (match, *value)
    return None


def _collect(modules: tuple[ModuleType, ...]) -> dict[str, Callable[..., Any]]:
    """The public functions that modules define, by name."""
    return {
        name: function
        for module in modules
        for name, function in vars(module).items()
        if isfunction(function) and function.__module__ == module.__name__
    }


VALUES: dict[str, ValueFunction] = _collect(
    (timex_dates, timex_months, timex_near, timex_quarters, timex_spans, timex_clock)
)
GUARDS: dict[str, Callable[[Match, Scene], bool]] = _collect((timex_guards, timex_part_guards, timex_span_guards))


def _end(match: Match) -> int:
    """Without a possessive ending ("yesterday's" is the day) and without the full stop of the sentence."""
    forms = match.forms
    if forms[-2:] in (["'", "s"], ["’", "s"]):
        return match.words.end(match.last - 3)
    if forms[-1] == "." and len(forms) > 1 and forms[-2] not in ABBREVIATIONS:
        return match.words.end(match.last - 2)
    return match.end
