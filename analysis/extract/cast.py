"""The cast of a document: its mentions of persons, bodies, groups and crowds, and how to find one."""

from bisect import bisect_left, bisect_right
from dataclasses import dataclass

from analysis.extract.names import Person

REMEMBERED = 300  # mentions back that "the official" may mean: a bound for very long documents


@dataclass(frozen=True)
class Mention:
    """One mention: `[start, end)` without article, the canonical name, and what is known of its bearer.

    `named` is false for descriptions ("a Hamas spokesperson"); `head` is the index of the head token; `plural` for crowds.
    """

    start: int
    end: int
    name: str
    actor_type: str
    affiliation: str | None = None
    person: bool = False
    named: bool = True
    plural: bool = False
    gender: str | None = None
    head: int = -1
    bearer: Person | None = None


@dataclass(frozen=True)
class Cast:
    """All mentions of a document, by offset, with what finds one quickly; `everyone` also holds names within descriptions."""

    mentions: list[Mention]
    starts: list[int]
    everyone: list[Mention]

    def covering(self, offset: int) -> Mention | None:
        """The mention that holds an offset."""
        index = bisect_right(self.starts, offset) - 1
        found = self.mentions[index] if index >= 0 else None
        return found if found and found.end > offset else None

    def earlier(self, end: int) -> list[Mention]:
        """The last mentions that begin before an offset, the nearest first, names within descriptions too."""
        index = bisect_left(self.everyone, end, key=lambda mention: mention.start)
        return self.everyone[max(0, index - REMEMBERED) : index][::-1]

    def between(self, start: int, end: int) -> list[Mention]:
        """The mentions that begin in `[start, end)`."""
        return self.mentions[bisect_right(self.starts, start - 1) : bisect_right(self.starts, end - 1)]
