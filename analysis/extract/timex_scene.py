"""What a time expression is resolved against: the day of publication, the tense around it, and the date in focus."""

from dataclasses import dataclass, field
from datetime import date

from spacy.tokens import Token

from analysis.extract.reading import Reading
from analysis.extract.timex_calendar import value_days

PAST, PRESENT, FUTURE = -1, 0, 1
# Verbs after which "to" speaks of what is to come.
PLANS = frozenset(
    "plan expect schedule set due intend aim hope slate want agree promise vow pledge propose seek extend postpone delay".split()
)
_FUTURE_AUXILIARIES = frozenset({"will", "'ll", "shall", "wo"})
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
        self.text = self.reading.parsed.text  # joined anew at each call: once is enough
        sample = self.text[:3000]
        # a text that shows no capitals: there they prove nothing
        self.lowered = sum(c.isupper() for c in sample) * 100 < sum(c.isalpha() for c in sample)

    def tense(self, offset: int) -> int:
        """PAST, PRESENT or FUTURE of the verb that governs the word at an offset."""
        verb = governing_verb(self.reading.token_at(offset))
        return verb_tense(verb) if verb is not None else PAST

    def plainly_past(self, offset: int) -> bool:
        """Whether the word at an offset dates a past verb directly."""
        return is_plainly_past(self.reading.token_at(offset))

    def quarter(self) -> str | None:
        """The newest quarter of those spoken of lately: comparisons with a year ago do not change the subject."""
        return max((value for value in self.values[-8:] if value[4:6] == "-Q"), default=None)

    def remember(self, value: str) -> None:
        """Keep a value, and its last day as the focus of "a year earlier" and "that day"."""
        self.values.append(value)
        days = value_days(value.split("T")[0]) if value[:4].isdigit() else None
        if days and days[0] == days[1]:
            self.focus = days[0]


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
