"""What a time expression is resolved against: the day of publication, the tense around it, and the date in focus."""

from dataclasses import dataclass, field
from datetime import date

from spacy.tokens import Token

from analysis.extract.reading import Reading
from analysis.extract.timex_calendar import value_days

PAST, PRESENT, FUTURE = -1, 0, 1
# Verbs after which "to" speaks of what is to come.
_PLANS = frozenset(
    "plan expect schedule set due intend aim hope slate want agree promise vow pledge propose seek begin".split()
)
_FUTURE_AUXILIARIES = frozenset({"will", "'ll", "shall", "wo", "wilt", "'ll"})
_STEPS = 6  # heads to climb before giving up


@dataclass
class Scene:
    """The circumstances of one document while its expressions are read from left to right."""

    reading: Reading
    published: date | None = None
    focus: date | None = None
    # the values found so far, newest last
    values: list[str] = field(default_factory=list)

    def tense(self, offset: int) -> int:
        """PAST, PRESENT or FUTURE of the verb that governs the word at an offset."""
        verb = governing_verb(self.reading.token_at(offset))
        return verb_tense(verb) if verb is not None else PAST

    def remember(self, value: str) -> None:
        """Keep a value, and its last day as the focus of "a year earlier" and "that day"."""
        self.values.append(value)
        days = value_days(value.split("T")[0]) if value[:4].isdigit() else None
        if days and days[0] == days[1]:
            self.focus = days[0]

    def last_value(self, marker: str) -> str | None:
        """The newest value that contains `marker` ("-Q", "-W")."""
        return next((value for value in reversed(self.values) if marker in value), None)

    def original(self, start: int, end: int) -> str:
        """The words as they are spelled in the parsed text."""
        return self.reading.parsed.text[start:end]


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
        return FUTURE if verb.head.i == verb.i or verb.head.lemma_ in _PLANS or verb.head.dep_ == "ROOT" else PRESENT
    if verb.tag_ in ("VBD", "VBN") or any(helper.tag_ == "VBD" for helper in helpers):
        return PAST
    if any(helper.tag_ == "MD" for helper in helpers):
        return FUTURE
    return PRESENT
