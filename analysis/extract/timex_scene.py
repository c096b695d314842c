"""What a time expression is resolved against: the day of publication, the tense around it, and the date in focus."""

import re
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property

from analysis.extract.reading import Reading
from analysis.extract.timex_calendar import value_days
from analysis.extract.timex_grammar import GRAMMAR, Words
from analysis.extract.timex_tense import is_plainly_past, tense_around

_CAPITAL = re.compile(r"[A-Z]")
_NUMERIC = re.compile(r"\b(\d{1,2})/(\d{1,2})/(?:\d{4}|\d\d)\b")
SAMPLE = 3000  # characters that show how a text is written


@dataclass
class Scene:
    """The circumstances of one document while its expressions are read from left to right."""

    reading: Reading
    published: date | None = None
    focus: date | None = None
    # the values found so far, newest last
    values: list[str] = field(default_factory=list)
    text: str = ""
    # where "in 2021" stood last, and its year
    frame: tuple[int, int] | None = None

    def __post_init__(self) -> None:
        self.words = read_words(self.reading)
        self.text = self.words.text
        self.lowered = shows_no_capitals(self.text)

    @cached_property
    def day_first(self) -> bool:
        """Whether some date of the document shows that it writes the day before the month: 23/04/2024."""
        return any(int(first) > 12 >= int(second) for first, second in _NUMERIC.findall(self.text))

    def tense(self, offset: int) -> int:
        """PAST, PRESENT or FUTURE of the clause that the word at an offset dates."""
        return tense_around(self.reading.token_at(offset))

    def plainly_past(self, offset: int) -> bool:
        """Whether the word at an offset dates a past verb directly."""
        return is_plainly_past(self.reading.token_at(offset))

    def quarter(self) -> str | None:
        """The newest quarter of those spoken of lately that is over: comparisons with a year ago do not change the subject."""
        recent = [value for value in self.values[-8:] if value[4:6] == "-Q" and value[:4].isdigit()]
        running = f"{self.published.year}-Q{(self.published.month + 2) // 3}" if self.published else "9999"
        return max((value for value in recent if value < running), default=max(recent, default=None))

    def year(self) -> int | None:
        """The year of the newest value that has one."""
        return next((int(value[:4]) for value in reversed(self.values) if value[:4].isdigit()), None)

    def year_of_sentence(self, offset: int) -> int | None:
        """The year by which the sentence of an offset begins: "In 2021, from June to September, ..."."""
        if self.frame is None or self.reading.sentence_at(offset).start_char != self.frame[0]:
            return None
        return self.frame[1]

    def remember(self, value: str, start: int) -> None:
        """Keep a value read at an offset, and its last day as the focus of "a year earlier" and "that day"."""
        self.values.append(value)
        if len(value) == 4 and value.isdigit() and self.text[max(0, start - 3) : start].lower() == "in ":
            self.frame = (start - 3, int(value))
        days = value_days(value.split("T")[0]) if value[:4].isdigit() else None
        if days and days[0] == days[1]:
            self.focus = days[0]


def shows_no_capitals(text: str) -> bool:
    """Whether a text is written without capitals, so that their absence proves nothing."""
    sample = text[:SAMPLE]
    return len(_CAPITAL.findall(sample)) * 100 < len(sample)


def read_words(reading: Reading) -> Words:
    """The words of a document, read once for the day of publication and for the times."""
    if "words" not in reading.notes:
        reading.notes["words"] = GRAMMAR.read(reading.shadow)
    words: Words = reading.notes["words"]
    return words
