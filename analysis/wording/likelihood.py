"""Likelihood and confidence, kept apart.

Likelihood says how probable something is, on one yardstick (ICD 203, or PHIA). Confidence says how good the evidence for saying
so is. Neither stands in the same sentence as the other.
"""

from pathlib import Path
from typing import Literal

import yaml

from analysis.errors import UsageError

YARDSTICKS: dict[str, list[tuple[str, int, int]]] = {
    name: [tuple(band) for band in bands]
    for name, bands in yaml.safe_load((Path(__file__).parent / "yardsticks.yml").read_text(encoding="utf-8")).items()
}
Confidence = Literal["low", "moderate", "high"]
DEFAULT = "icd203"
# How many publishers, and how many originators, confidence needs: of each at least the first for moderate, the second for high.
ENOUGH = (2, 4)
# How far from even a likelihood may be said to be.
BOUNDS: dict[Confidence, tuple[float, float]] = {"low": (0.20, 0.80), "moderate": (0.05, 0.95), "high": (0.03, 0.97)}


def scale(yardstick: str = DEFAULT) -> list[tuple[str, int, int]]:
    """The bands of a yardstick, least likely first: words, from percent, to percent. UsageError names the known ones."""
    if yardstick not in YARDSTICKS:
        raise UsageError(f"yardstick: {yardstick!r} is not known; choose one of {', '.join(YARDSTICKS)}")
    return YARDSTICKS[yardstick]


def likelihood_words(probability: float, yardstick: str = DEFAULT) -> str:
    """The words for a probability (0-1): those of the band that holds it, else of the nearest one.

    >>> likelihood_words(0.3), likelihood_words(0.5), likelihood_words(0.22, "phia")
    ('unlikely', 'roughly even chance', 'highly unlikely')
    """
    percent = probability * 100
    return min(scale(yardstick), key=lambda band: (max(band[1] - percent, percent - band[2], 0), band[1]))[0]


def likelihood_clause(words: str) -> str:
    """The words as they follow "that", before "that" or a clause: "there is a roughly even chance that", "it is likely that".

    >>> likelihood_clause("roughly even chance"), likelihood_clause("unlikely")
    ('there is a roughly even chance that', 'it is unlikely that')
    """
    if words.endswith(("chance", "possibility")):
        article = "" if words.startswith("almost") else "a "
        return f"there is {article}{words} that"
    return f"it is {words} that"


def within_bounds(probability: float, confidence: Confidence) -> float:
    """A probability no more extreme than its evidence bears; strictly inside the bounds, so that the inner band's words hold.

    >>> within_bounds(0.97, "low"), within_bounds(0.97, "moderate"), within_bounds(0.5, "low")
    (0.79, 0.94, 0.5)
    """
    low, high = BOUNDS[confidence]
    return round(min(max(probability, low + 0.01), high - 0.01), 6)


def confidence_of(publishers: int, originators: int, disagree: bool = False) -> Confidence:
    """How good the evidence is: by independent publishers and originators; sources that disagree lower it by one step.

    >>> confidence_of(1, 1), confidence_of(2, 3), confidence_of(5, 6), confidence_of(5, 6, disagree=True)
    ('low', 'moderate', 'high', 'moderate')
    """
    level = sum(publishers >= need and originators >= need for need in ENOUGH)
    names: tuple[Confidence, ...] = ("low", "moderate", "high")
    return names[max(0, level - 1 if disagree else level)]
