"""How long past ceasefires like a track's lasted, where the user holds the dataset; nothing where not."""

from pathlib import Path
from typing import Any

import pandas as pd

from analysis.claims.base_rates import CAVEAT, BaseRate, find_base_rate, load_ceasefires
from analysis.prose import Sentence
from analysis.wording.phrases import count_words, list_of, sentence

DATASET = "the ETH/PRIO Civil Conflict Ceasefire Dataset"
# Codes of the dataset's `side`: how many sides declared it. Its codebook says what they mean; they are printed as they are.
TWO_SIDES, MORE_SIDES = 2, 3
TOLD_DAYS = (30, 180)
FEWEST = 10  # durations; of fewer no share is told


def load_past(root: Path | None) -> pd.DataFrame | None:
    """The user's copy of the dataset below a root; None where there is none."""
    return load_ceasefires(root) if root else None


def like_this(track: dict[str, Any]) -> dict[str, int]:
    """Which ceasefires are like the one of a track (a row of the register): as many sides, with or without a mediator."""
    sides = TWO_SIDES if len(list_of(track, "parties")) <= 2 else MORE_SIDES
    return {"side": sides, "mediator_nego": int(bool(list_of(track, "mediators")))}


def past_sentences(track: dict[str, Any], past: pd.DataFrame | None) -> tuple[Sentence, ...]:
    """How long they lasted, with how many were counted, how they were chosen and what they do not show."""
    if past is None:
        return ()
    return say_rate(find_base_rate(past, like_this(track), TOLD_DAYS))


def say_rate(rate: BaseRate) -> tuple[Sentence, ...]:
    """One base rate in sentences, from its n, its selection and what is known of it."""
    head = f"{DATASET} has {count_words(rate.n, 'ceasefire')} like this one ({rate.selection} in its codebook)"
    if rate.median is None or rate.known < FEWEST:
        return (sentence(f"{head}, too few of them with known days to say how long such ceasefires last"),)
    shares = " and ".join(f"{share:.0%} at least {days} days" for days, share in rate.lasted.items())
    told = f"of the {rate.known:,} whose days are known, half lasted {rate.median:,.0f} days or less, {shares}"
    return (sentence(f"{head}; {told}"), sentence(CAVEAT))
