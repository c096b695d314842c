"""What side a statement takes on a ceasefire or a deal, and how certain what it says is."""

import re
from typing import Literal

from analysis.extract.cues import lemma_of
from analysis.extract.saying import Saying
from analysis.extract.stance_words import NEGATION, has, lexicon, names_deal, refuses
from analysis.facts import Modality, Stance

_DENYING = {"deny", "refute", "rebut"}
_PLANNING = {"vow", "pledge", "promise", "swear", "threaten", "commit", "undertake", "plan", "intend"}
_PROPOSING = {"propose", "suggest", "offer", "recommend"}
# What could not be checked may well be so: only a bare "could" leaves a deed open.
# Nor is the month of May a verb.
_NO_POSSIBILITY = re.compile(
    r"(?i:\b(?:could|can)(?: not|not|n['’]t)\b|\b(?:its|their|our|his|full|military|all) might\b)|(?<=[a-z,] )May\b"
)
# The speaker's own side does it: "we will", or "it would" at the head of what is reported.
_OURS = r"(?:\b(?:we|i)(?: will| shall|['’]ll| are going to)|^(?:that )?(?:it|they|he|she)(?: would| will)) (?:\w+ )?"
# A mediator who tells of it accepts nothing: "both sides agreed to cease fire".
_OTHERS_AGREED = re.compile(
    r"\b(?:both|two|the|warring|all) (?:sides|parties|armies|foes|rivals|governments|countries|leaders|nations) (?:in [A-Z]\w+ )?"
    r"(?:had |have |has )?(?:agreed|accepted|approved)\b",
    re.IGNORECASE,
)
_WARNING = {"warn", "threaten", "vow", "swear"}


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
    return "possible" if has("possible", _NO_POSSIBILITY.sub(" ", words)) else "asserted"


def find_stance(saying: Saying, words: str, condition: str | None) -> Stance:
    """Towards a ceasefire or deal where the words are about one; else only whether it denies, threatens, demands or informs."""
    lemma, cues, frame = lemma_of(saying.cue), lexicon().cues, saying.content.frame
    words = _without_comment(words)
    if _is_threat(lemma, words, condition):
        return "threatens"
    if names_deal(words) or (has("only_if", words) and has("open_if", words)):
        return _towards_deal(
            "" if frame in ("complement", "object") and lemma == "call" else lemma, words, condition, frame
        )
    if lemma in cues["cue_denies"]:
        return "denies"
    if lemma in cues["cue_rejects"] and has("offers", words):
        return "rejects"
    if lemma in cues["cue_threatens"] or (lemma in cues["cue_vows"] and has("harm", words)):
        return "threatens"
    return "demands" if _is_demand(lemma, frame, words) else "informs"


def _without_comment(words: str) -> str:
    """What is said, without the narrator's ", dimming hopes for a truce" behind it."""
    found = lexicon().patterns["comments"].search(words)
    ahead = words[: found.start()].rstrip() if found else words
    return ahead if found and ahead.endswith(",") else words


def _is_threat(lemma: str, words: str, condition: str | None) -> bool:
    """ "If they break it, we will strike": harm by the speaker's own side, on a condition or as a warning."""
    if condition is None and lemma not in _WARNING:
        return False
    if has("retribution", words):
        return True
    return bool(re.search(_OURS + lexicon().patterns["harm"].pattern, words, re.IGNORECASE)) and not names_halt(words)


def names_halt(words: str) -> bool:
    """Whether the harm named is one that would end: "would stop its strikes"."""
    return has("open_if", words)


def _is_demand(lemma: str, frame: str, words: str) -> bool:
    """A cue that demands, other than "called it a ..."; or plain words that somebody else must do something."""
    if has("must", words) and not has("own_duty", words):
        return True
    if lemma == "want":
        return frame == "belief" and not words.startswith("to ") and " to " in words
    if has("insisting", words):
        return True
    if lemma not in lexicon().cues["cue_demands"] or frame in ("quote", "complement") or _is_naming(lemma, frame):
        return False
    return frame != "clause" or lemma in ("demand", "insist", "urge")


def _is_naming(lemma: str, frame: str) -> bool:
    """ "Called the outcome good" demands nothing; "called for" and "called on" do."""
    return lemma == "call" and frame in ("object", "belief")


def _towards_deal(lemma: str, words: str, condition: str | None, frame: str) -> Stance:
    cues, negated = lexicon().cues, bool(NEGATION.search(words))
    if lemma in cues["cue_denies"]:
        return "denies"
    if lemma in cues["cue_rejects"]:
        return "rejects"
    if lemma in cues["cue_threatens"]:
        return "threatens"
    if lemma in cues["cue_accuses"] and frame == "complement":
        return "informs"  # whom it accuses of breaking or refusing a truce is another matter
    if has("only_if", words):
        return "conditionally_open"
    if condition and (
        has("accepts", words) or has("open", words) or has("open_if", words) or (negated and _is_only_after(condition))
    ):
        return "conditionally_open"
    if (has("rejects", words) and not condition) or refuses(words) or (negated and has("returns", words)):
        return "rejects"
    if lemma in cues["cue_optimistic"] or (has("optimistic", words.replace(condition or "\n", "")) and not negated):
        return "optimistic"
    if lemma in cues["cue_demands"]:
        return "demands"
    if has("demands", words):
        return "conditionally_open" if has("open_but", words) and not negated else "demands"
    return _plainly(lemma, words, frame, negated)


def _is_only_after(condition: str) -> bool:
    """ "No truce until ...", "would not talk unless ...": open once that has happened."""
    return condition.lower().startswith(("until", "unless", "as long as", "so long as"))


def _plainly(lemma: str, words: str, frame: str, negated: bool) -> Stance:
    """A yes or no without conditions."""
    cues = lexicon().cues
    declared = lemma in cues["cue_declares"] and frame == "object" and has("truces", words)
    willing = has("open", words) and has("unconditional", words)
    if has("partly", words) and not negated:
        return "conditionally_open"
    if _OTHERS_AGREED.search(words) and lemma not in cues["cue_accepts"]:
        return "informs"
    if lemma in cues["cue_accepts"] or declared or ((has("accepts", words) or willing) and not negated):
        return "accepts"
    if has("accepts", words):
        return "rejects"
    return "conditionally_open" if has("open", words) and not negated else "informs"
