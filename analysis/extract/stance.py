"""What side a statement takes on a ceasefire or a deal, on what condition, and how certain it is."""

import re
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Literal

from analysis.extract.cues import lemma_of
from analysis.extract.saying import Saying
from analysis.extract.word_index import load_yaml
from analysis.facts import Modality, Stance

_LEXICON = Path(__file__).parent / "lexicons" / "stance.yml"
_CONDITION_END = re.compile(r"[,;.!?\"”]")
_DENYING = {"deny", "refute", "rebut"}
_PLANNING = {"vow", "pledge", "promise", "swear", "threaten", "commit", "undertake", "plan", "intend"}
_PROPOSING = {"propose", "suggest", "offer", "recommend"}
# What could not be checked may well be so: only a bare "could" leaves a deed open.
_INABILITY = re.compile(r"\b(?:could|can)(?: not|not|n['’]t)\b", re.IGNORECASE)
_OURS = r"\b(?:we|i)(?: will| shall|['’]ll| are going to)(?: \w+)? "
_WARNING = {"warn", "threaten", "vow", "swear"}
_NEGATIONS = re.compile(r"\b(?:not|never|no|nothing|neither|cannot|won['’]t|n['’]t)\b", re.IGNORECASE)


@dataclass(frozen=True)
class Lexicon:
    """The lists of stance.yml: one pattern for each list of words, one set for each list of cues."""

    patterns: dict[str, re.Pattern[str]]
    cues: dict[str, frozenset[str]]
    conditions: tuple[re.Pattern[str], ...]
    any_condition: re.Pattern[str]


@lru_cache(maxsize=1)
def lexicon() -> Lexicon:
    """The lists, read once."""
    data = load_yaml(_LEXICON)
    openings = data.pop("conditions")
    conditions = tuple(_pattern([words]) for words in openings)
    listed = {name: frozenset(words) for name, words in data.items() if name.startswith("cue_")}
    return Lexicon(
        {name: _pattern(words) for name, words in data.items() if name not in listed},
        listed,
        conditions,
        _pattern(openings),
    )


def _pattern(words: list[str]) -> re.Pattern[str]:
    return re.compile(r"\b(?:" + "|".join(map(re.escape, sorted(words, key=len, reverse=True))) + r")\b", re.IGNORECASE)


def find_condition(words: str) -> str | None:
    """The words of a condition inside a content: from "if", "under the conditions", "unless" to the end of the clause.

    >>> find_condition("it would stop its attacks if Israel withdrew, he added")
    'if Israel withdrew'
    """
    if not lexicon().any_condition.search(words):
        return None
    for pattern in lexicon().conditions:
        found = pattern.search(words)
        if found is None or (pattern.pattern.endswith("should)\\b") and not _is_inversion(words, found)):
            continue
        end = _CONDITION_END.search(words, found.end())
        return words[found.start() : end.start() if end else len(words)].strip()
    return None


def _is_inversion(words: str, found: re.Match[str]) -> bool:
    """ "... should Israel present an offer": after a complement, not after a subject."""
    following = words[found.end() :].lstrip()
    return found.start() > 0 and following[:1].isupper()


def find_modality(saying: Saying, words: str) -> Modality:
    """How what is said is put: denied, planned, proposed, possible, or plainly asserted."""
    lemma = lemma_of(saying.cue)
    if lemma in _DENYING:
        return "denied"
    if lemma in _PLANNING:
        return "planned"
    if lemma in _PROPOSING and saying.content.frame in ("object", "clause", "infinitive"):
        return "proposed" if lemma != "suggest" else _possibility(words)
    return _possibility(words)


def _possibility(words: str) -> Literal["possible", "asserted"]:
    return "possible" if lexicon().patterns["possible"].search(_INABILITY.sub(" ", words)) else "asserted"


def is_about_deal(words: str) -> bool:
    """Whether words name a ceasefire, talks, terms or an offer."""
    patterns = lexicon().patterns
    return bool(patterns["deal"].search(words) or patterns["offers"].search(words))


def find_stance(saying: Saying, words: str, condition: str | None) -> Stance:
    """Towards a ceasefire or deal where the words are about one; else only whether it denies, threatens, demands or informs."""
    lemma, lists, frame = lemma_of(saying.cue), lexicon(), saying.content.frame
    if _is_threat(lemma, words, condition):
        return "threatens"
    if lists.patterns["deal"].search(words):
        return _towards_deal("" if frame == "complement" and lemma == "call" else lemma, words, condition)
    if lemma in lists.cues["cue_denies"]:
        return "denies"
    if lemma in lists.cues["cue_rejects"] and lists.patterns["offers"].search(words):
        return "rejects"
    if lemma in lists.cues["cue_threatens"] or (
        lemma in lists.cues["cue_vows"] and lists.patterns["harm"].search(words)
    ):
        return "threatens"
    return "demands" if _is_demand(lemma, frame, words) else "informs"


def _is_threat(lemma: str, words: str, condition: str | None) -> bool:
    """ "If they break it, we will strike": harm by the speaker's own side, on a condition or as a warning."""
    if condition is None and lemma not in _WARNING:
        return False
    return bool(re.search(_OURS + lexicon().patterns["harm"].pattern, words, re.IGNORECASE))


def _is_demand(lemma: str, frame: str, words: str) -> bool:
    """A cue that demands, other than "called it a ..."; or plain words that somebody else must do something."""
    lists = lexicon()
    if lists.patterns["must"].search(words) and not lists.patterns["own_duty"].search(words):
        return True
    if lemma == "want":
        return frame == "belief" and not words.startswith("to ") and " to " in words
    if lemma not in lists.cues["cue_demands"] or frame in ("quote", "complement"):
        return False
    return frame != "clause" or lemma in ("demand", "insist", "urge")


def _towards_deal(lemma: str, words: str, condition: str | None) -> Stance:
    lists = lexicon()
    has = {name: bool(pattern.search(words)) for name, pattern in lists.patterns.items()}
    negated = bool(_NEGATIONS.search(words))
    if lemma in lists.cues["cue_denies"]:
        return "denies"
    if lemma in lists.cues["cue_rejects"] or (has["rejects"] and not condition):
        return "rejects"
    if lemma in lists.cues["cue_threatens"]:
        return "threatens"
    if lemma in lists.cues["cue_optimistic"] or (has["optimistic"] and not negated):
        return "optimistic"
    if lemma in lists.cues["cue_demands"]:
        return "demands"
    if condition and (has["accepts"] or has["open"] or has["open_if"]):
        return "conditionally_open"
    if has["demands"]:
        return "conditionally_open" if has["open_but"] and not negated else "demands"
    if lemma in lists.cues["cue_accepts"] or (has["accepts"] and not negated):
        return "accepts"
    if has["accepts"] and negated:
        return "rejects"
    return "conditionally_open" if has["open"] and not negated else "informs"
