"""Whether those counted are in need or driven from home, in the words that follow or, of a number told, in those before."""

import re
from functools import cache

from spacy.tokens import Doc

from analysis.extract.lexemes import load_lexicon

LONGEST_NEED = 20  # tokens after those counted in which their need is told
REACH_OF_NUMBER = 26  # tokens back to "the number of those facing hunger rose from 1.1 to 1.3 million"
_ELSE = {"that", "the"}  # "... had been shot and that the hospital had no power": of somebody else
_DASHES = {
    "-",
    "--",
    "\u2013",
    "\u2014",
}  # an aside stands between two: "18.6 million - a third of them children - need aid"


@cache
def _need() -> tuple[re.Pattern[str], re.Pattern[str]]:
    harm = load_lexicon("harm")
    need, flight = ("|".join(map(re.escape, harm[section])) for section in ("need", "displacement"))
    wanted = "|".join(harm["wanted"])
    lacking = rf"(?:need|requir)(?:s|ed|ing|e|es)?\s(?:\S+\s){{0,3}}(?:{wanted})"
    facing = r"(?:fac(?:e|es|ed|ing)|suffer(?:s|ed|ing)?(?: from)?)\s(?:\S+\s){0,3}(?:hunger|famine|starvation|food)"
    return re.compile(rf"\b(?:{need}|{lacking}|{facing})\b"), re.compile(rf"\b(?:{flight})\b")


def read_need(doc: Doc, last: int) -> str | None:
    """Whether those counted are said to be in need or driven from home, in the words that follow."""
    words: list[str] = []
    aside = False
    for token in doc[last + 1 : last + LONGEST_NEED]:
        if token.is_sent_start or token.lower_ in (";", ".") or (words[-1:] == ["and"] and token.lower_ in _ELSE):
            break
        if token.text in _DASHES and token.whitespace_:
            aside = not aside
        elif not aside:
            words.append(token.lower_)
    text = " ".join(words)
    need, flight = _need()
    found, fled = need.search(text), flight.search(text)
    if found and not any(word[:1].isdigit() for word in text[: found.start()].split() if len(word) > 2):
        return "people_in_need"
    return "displaced" if fled else None


def read_need_before(doc: Doc, last: int) -> str | None:
    """The need of those whose number is told, in the words before: "the number of people **in need** rose to"."""
    before = doc[max(0, last - REACH_OF_NUMBER) : last + 1]
    opening = max((at for at, token in enumerate(before) if token.is_sent_start), default=0)
    text = " ".join(token.lower_ for token in before[opening:])
    at = text.rfind("number of ")
    need, _ = _need()
    return "people_in_need" if at >= 0 and need.search(text, at) else None
