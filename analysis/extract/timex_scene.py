"""What a time expression is resolved against: the day of publication, the tense around it, and the date in focus."""

import re
from dataclasses import dataclass, field
from datetime import date

from spacy.tokens import Token

from analysis.extract.reading import Reading
from analysis.extract.timex_calendar import value_days
from analysis.extract.timex_grammar import GRAMMAR, Words

PAST, PRESENT, FUTURE = -1, 0, 1
# Verbs after which "to" speaks of what is to come.
PLANS = GRAMMAR.context["plans"]
_FUTURE_AUXILIARIES = GRAMMAR.context["future_auxiliaries"]
_CAPITAL = re.compile(r"[A-Z]")
SAMPLE = 3000  # characters that show how a text is written
_STEPS = 6  # heads to climb before giving up


@dataclass
class Scene:
    """The circumstances of one document while its expressions are read from left to right."""

    reading: Reading
    published: date | None = None
    focus: date | None = None
    # the values found so far, newest last
    values: list[str] = field(default_factory=list)
    text: str = ""

    def __post_init__(self) -> None:
        self.words = read_words(self.reading)
        self.text = self.words.text
        self.lowered = shows_no_capitals(self.text)

    def tense(self, offset: int) -> int:
        """PAST, PRESENT or FUTURE of the verb that governs the word at an offset."""
        verb = governing_verb(self.reading.token_at(offset))
        return verb_tense(verb) if verb is not None else PAST

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

    def remember(self, value: str) -> None:
        """Keep a value, and its last day as the focus of "a year earlier" and "that day"."""
        self.values.append(value)
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


def governing_verb(token: Token) -> Token | None:
    """The nearest verb above a token, or None within a few steps."""
    for _ in range(_STEPS):
        if token.pos_ in ("VERB", "AUX"):
            return token
        if token.head.i == token.i:
            return None
        token = token.head
    return None


def verb_tense(verb: Token) -> int:
    """The tense of a verb with its auxiliaries; "is expected to" and "plans to" count as future."""
    helpers = [child for child in verb.children if child.dep_ in ("aux", "auxpass")]
    if any(helper.lower_ in _FUTURE_AUXILIARIES for helper in helpers):
        return FUTURE
    if any(helper.tag_ == "TO" for helper in helpers):
        return FUTURE if verb.head.lemma_ in PLANS else PRESENT
    if verb.lemma_ in PLANS and verb.tag_ == "VBN":
        return FUTURE
    if verb.tag_ in ("VBD", "VBN") or any(helper.tag_ == "VBD" for helper in helpers):
        return PAST
    return FUTURE if any(helper.tag_ == "MD" for helper in helpers) else PRESENT


def is_plainly_past(token: Token) -> bool:
    """Whether a past verb that plans nothing governs the word directly: "began in March", not "extended its offer to March 3"."""
    above = token.head.head if token.head.pos_ == "ADP" else token.head
    if above.pos_ not in ("VERB", "AUX") or above.lemma_ in PLANS:
        return False
    return token.head.lower_ not in ("to", "until", "through", "by", "for") and verb_tense(above) == PAST
