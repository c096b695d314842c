"""What a statement's stance is about: a deal, a halt, talks or a proposal as such, or one provision alone.

"Lebanon opposes a foreign seat on the monitoring committee" refuses no deal. The first matter that the words name counts; of a
chain of neighbouring words ("ceasefire monitoring committee", "hostage deal") the last.
"""

import re
from functools import cache, lru_cache
from pathlib import Path

import yaml

from analysis.topics.positions import PROVISIONS, label_of

MATTERS: dict[str, dict] = yaml.safe_load((Path(__file__).parent / "matters.yml").read_text(encoding="utf-8"))
LIMITS = ("temporary", "partial")
# What a yes or no that names no matter is about: it stands among words on a deal.
DEFAULT = "deal"
# A stance on one of these is one on a deal as such.
ON_DEAL = tuple(MATTERS)
# Provisions that say how long a halt lasts, or that it is one, are about the halt.
_OF_A_HALT = ("cessation", "duration", "condition")
_NEIGHBOURS = re.compile(r"[\s-]{1,2}")


@cache
def _pattern() -> re.Pattern[str]:
    """Every word that names a matter, in a group of its matter's name; those of matters.yml first."""
    whole = {name: "|".join(rf"{re.escape(word)}s?\b" for word in entry["words"]) for name, entry in MATTERS.items()}
    begun = {
        name: "|".join(rf"{re.escape(word)}[\w’'-]*" for word in entry["words"])
        for name, entry in PROVISIONS.items()
        if name not in _OF_A_HALT
    }
    return re.compile("|".join(rf"\b(?P<{name}>{words})" for name, words in (whole | begun).items()))


@lru_cache(maxsize=65_536)  # the stances and the cells of one edition ask for the same words
def matter_of(words: str, condition: str | None = None) -> str | None:
    """The matter of a stance, by the statement's words without its condition; None where they name none.

    >>> matter_of("it opposes a ceasefire monitoring committee"), matter_of("a hostage deal"), matter_of("we accept")
    ('monitoring', 'deal', None)
    >>> matter_of("to talk to the rebels"), matter_of("a short truce"), matter_of("no withdrawal before a truce")
    ('talks', 'temporary', 'withdrawal')
    """
    text = words.lower()
    text = text.replace(condition.lower(), " ; ") if condition else text
    names = _first_chain(text)
    limits = [name for name in names if name in LIMITS]
    if limits and names[-1] in ("halt", "deal", "proposal"):
        return limits[0]
    return names[-1] if names else None


def _first_chain(text: str) -> list[str]:
    """The matters of the first words that name one, and of those that follow without another word between."""
    names: list[str] = []
    end = 0
    for found in _pattern().finditer(text):
        if names and not _NEIGHBOURS.fullmatch(text[end : found.start()]):
            if not set(names) <= set(LIMITS):
                break
            names = []  # "a short visit": the word belongs to something else
        names.append(str(found.lastgroup))
        end = found.end()
    return [] if set(names) <= set(LIMITS) else names


def about_words(matter: str) -> str:
    """A matter as the object of a sentence.

    >>> about_words("talks"), about_words("monitoring"), about_words("enforcement")
    ('talks', 'terms on monitoring', 'terms on enforcement and freedom to act')
    """
    return MATTERS[matter]["about"] if matter in MATTERS else f"terms on {label_of(matter).lower()}"
