"""Composed articles of realistic length for the benchmarks of size: other persons and villages in each, the same at every call."""

import random
from collections.abc import Iterator
from datetime import date, timedelta
from functools import cache
from pathlib import Path
from typing import Any

import yaml

WORDS = 600
LAST_DAY = date(2024, 10, 30)
DAYS = 365
NAMED = 4  # persons and villages that one article tells of
PARAGRAPH = 3  # sentences
SOURCE = Path(__file__).with_suffix(".yml")


@cache
def _templates() -> dict[str, Any]:
    content: dict[str, Any] = yaml.safe_load(SOURCE.read_text(encoding="utf-8"))
    return content


def make_articles(count: int, words: int = WORDS) -> Iterator[dict[str, str]]:
    """Articles as records of `briefing ingest`: `id`, `url`, `publisher`, `published`, `title`, `text`."""
    for number in range(count):
        dice = random.Random(number)
        slots = _Slots(dice)
        text = _write_text(dice, slots, words)
        day = (LAST_DAY - timedelta(days=number % DAYS)).isoformat()
        yield {
            "url": f"https://example.org/{number}", "publisher": f"Paper {number % 23}", "published": day,
            "title": text.partition(",")[0], "text": text,
        }  # fmt: skip


def _write_text(dice: random.Random, slots: "_Slots", words: int) -> str:
    templates = _templates()
    sentences, length = [dice.choice(templates["openings"]).format_map(slots)], 0
    pending: list[str] = []
    while length < words:
        pending = pending or dice.sample(
            templates["sentences"], len(templates["sentences"])
        )  # none twice before all once
        sentences.append(pending.pop().format_map(slots))
        length += len(sentences[-1].split())
    return "\n\n".join(" ".join(sentences[at : at + PARAGRAPH]) for at in range(0, len(sentences), PARAGRAPH))


class _Slots(dict[str, str]):
    """What stands in the place of a slot: drawn anew each time, from what this article tells of."""

    def __init__(self, dice: random.Random) -> None:
        super().__init__()
        self.dice, self.war = dice, dice.choice(_templates()["wars"])
        self.persons = [f"{self._name()} {self._name()}" for _ in range(NAMED)]
        self.places = [self._name() for _ in range(NAMED)]

    def __missing__(self, slot: str) -> str:
        if slot[0].isupper():
            drawn = self[slot.lower()]
            return drawn[0].upper() + drawn[1:]
        return str(self._draw(slot))

    def _draw(self, slot: str) -> str | int:
        dice, lists = self.dice, {"person": self.persons, "place": self.places, "town": self.war["towns"]}
        lists |= {
            name: _templates()[plural] for name, plural in {"body": "bodies", "role": "roles", "day": "days"}.items()
        }
        numbers = {"k": (2, 9), "n": (3, 60), "m": (60, 900)}
        if slot in numbers:
            return dice.randint(*numbers[slot])
        if slot == "big":
            return f"{dice.randint(10, 900)},{dice.randint(100, 999)}"
        return dice.choice(lists[slot]) if slot in lists else self.war[slot]

    def _name(self) -> str:
        return "".join(self.dice.choices(_templates()["sounds"], k=self.dice.randint(2, 3))).capitalize()
