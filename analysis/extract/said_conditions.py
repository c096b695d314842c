"""The condition inside what is said: "if ...", "unless ...", "should Israel ...", "no truce until ..."."""

import re
from functools import lru_cache

from analysis.extract.stance_words import NEGATION, lexicon, names_deal, word_pattern

_CONDITION_END = re.compile(r"[,;.!?\"”]")
# What is given in return is a condition only of what is promised, not of what is refused.
_RETURNS = {"in exchange for", "in return for"}
# "Until" states a condition of what does not happen before.
_AFTER_REFUSAL = {"until"}


@lru_cache(maxsize=1)
def _openings() -> tuple[tuple[str, re.Pattern[str]], ...]:
    return tuple((words, word_pattern([words])) for words in lexicon().conditions)


def find_condition(words: str) -> str | None:
    """The words of a condition inside a content: from "if", "under the conditions", "unless" to the end of the clause.

    >>> find_condition("it would stop its attacks if Israel withdrew, he added")
    'if Israel withdrew'
    """
    if not lexicon().any_condition.search(words):
        return None
    for opening, pattern in _openings():
        found = pattern.search(words)
        if found is None or not _holds(opening, words, found):
            continue
        end = _CONDITION_END.search(words, found.end())
        return words[found.start() : end.start() if end else len(words)].strip()
    return None


def _holds(opening: str, words: str, found: re.Match[str]) -> bool:
    """Whether an opening opens a condition here."""
    refused = bool(NEGATION.search(words[: found.start()]))
    if opening in _RETURNS:
        return not refused
    if opening in _AFTER_REFUSAL:
        return refused and names_deal(words[: found.start()])
    if opening == "on condition" and words[found.end() :].startswith(" of anonymity"):
        return False
    return opening != "should" or _is_inversion(words, found)


def _is_inversion(words: str, found: re.Match[str]) -> bool:
    """ "... should Israel present an offer": after a complement, not after a subject."""
    following = words[found.end() :].lstrip()
    return found.start() > 0 and following[:1].isupper()
