"""The linter of prose: what must never be printed. `check_prose` raises; `lint` lists.

Rules: a sentence is reported or assessed, never both; likelihood and confidence never share a sentence; every number carries
a fact (days and names of resolutions aside); every toll names who counts; no banned hedge; no adjective that takes a side.
What stands in quotation marks is somebody's own words and is left alone.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

import yaml

from analysis.errors import BriefingError
from analysis.prose import Phrase, Sentence
from analysis.wording.likelihood import YARDSTICKS

LISTS: dict[str, list[str]] = yaml.safe_load((Path(__file__).parent / "linter.yml").read_text(encoding="utf-8"))
_QUOTED = re.compile(r"“[^”]*”|\"[^\"]*\"")
_MONTHS = "January|February|March|April|May|June|July|August|September|October|November|December"
_DAY = re.compile(
    rf"\b(?:\d{{1,2}} )?(?:{_MONTHS})(?: \d{{4}})?\b|\b\d{{4}}-\d{{2}}(?:-\d{{2}})?\b|\b(?:in|since|of) (?:19|20)\d\d\b"
)
_LAW = re.compile(r"\b(?:UNSCR|[Rr]esolutions?|Article|Protocol) \d+\b")
# A digit in a name ("M23", "F-16") is no number.
_NUMBER = re.compile(r"(?<![A-Za-z\d-])\d")
_TOLL_NUMBER = re.compile(
    r"\d|\b(?:two|three|four|five|six|seven|eight|nine|ten|dozens|scores|hundreds|thousands)\b|\b(?:no|one) (?:people|person)\b",
    re.IGNORECASE,
)


class ProseError(BriefingError):
    """Raised when a sentence breaks a rule of the page."""


@dataclass(frozen=True)
class Finding:
    """A broken rule: its name, the sentence, the words at fault."""

    rule: str
    sentence: str
    words: str


def _pattern(words: Iterable[str]) -> re.Pattern[str]:
    """Any of some words, whole; those that end in "-" also as beginnings."""
    parts = [re.escape(word[:-1]) if word.endswith("-") else rf"{re.escape(word)}\b" for word in words]
    return re.compile(r"\b(?:" + "|".join(parts) + ")", re.IGNORECASE)


_HEDGES, _PARTISAN = _pattern(LISTS["banned_hedges"]), _pattern(LISTS["partisan"])
_REPORTING, _ASSESSING = _pattern(LISTS["reporting"]), _pattern(LISTS["assessing"])
_CONFIDENCE, _TOLLS = _pattern(LISTS["confidence"]), _pattern(LISTS["tolls"])
_LIKELIHOODS = _pattern(
    sorted({words for bands in YARDSTICKS.values() for words, _, _ in bands}, key=len, reverse=True)
)


def lint(sentences: Iterable[Sentence]) -> list[Finding]:
    """Every broken rule, in order."""
    return [finding for sentence in sentences for finding in lint_sentence(sentence)]


def check_prose(sentences: Iterable[Sentence]) -> None:
    """Raise ProseError, naming each broken rule and its sentence, where any is broken."""
    findings = lint(sentences)
    if findings:
        listed = "; ".join(f"{finding.rule}: “{finding.words}” in “{finding.sentence}”" for finding in findings)
        raise ProseError(f"prose breaks {len(findings)} rule(s) of the page: {listed}")


def lint_sentence(sentence: Sentence) -> list[Finding]:
    """The rules that one sentence breaks."""
    plain = _QUOTED.sub("“”", sentence.text)
    checks = {
        "mixed sentence": _mixed(sentence, plain), "likelihood beside confidence": _likelihood_beside_confidence(plain),
        "bare number": _bare_number(sentence), "banned hedge": _first(_HEDGES, plain),
        "partisan word": _first(_PARTISAN, plain), "unattributed toll": _unattributed_toll(sentence, plain),
    }  # fmt: skip
    return [Finding(rule, sentence.text, words) for rule, words in checks.items() if words]


def _first(pattern: re.Pattern[str], text: str) -> str:
    found = pattern.search(text)
    return found.group() if found else ""


def _mixed(sentence: Sentence, plain: str) -> str:
    """Words of reporting in an assessed sentence, or of assessing in any other."""
    assesses = _first(_ASSESSING, plain)
    if sentence.kind == "assessed" or assesses:
        reporting = _first(_REPORTING, plain)
        return reporting or ("" if sentence.kind == "assessed" else assesses)
    return ""


def _likelihood_beside_confidence(plain: str) -> str:
    confident = _first(_CONFIDENCE, plain)
    likely = _first(_LIKELIHOODS, plain)
    return f"{likely} / {confident}" if confident and likely else ""


def _bare_number(sentence: Sentence) -> str:
    """The first phrase without facts in which a number stands that is neither a day nor the name of a law."""
    return next((phrase.text.strip() for phrase in sentence.phrases if not phrase.facts and _has_number(phrase)), "")


def _has_number(phrase: Phrase) -> bool:
    return bool(_NUMBER.search(_LAW.sub("", _DAY.sub("", _QUOTED.sub("", phrase.text)))))


def _unattributed_toll(sentence: Sentence, plain: str) -> str:
    """A word of harm beside a number in a sentence where nobody is said to count."""
    toll = _first(_TOLLS, plain)
    if not toll or sentence.kind == "assessed" or not _TOLL_NUMBER.search(_DAY.sub("", plain)):
        return ""
    return "" if _REPORTING.search(plain) or _counts_names(plain) else toll


def _counts_names(plain: str) -> bool:
    """Whether the sentence says on whom a count rests, or that nobody is named."""
    return bool(re.search(r"\b(?:originator|counted|rests?) ?", plain))
