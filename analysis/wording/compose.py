"""What notebooks call to get sentences; each function is documented where it is written."""

from analysis.wording.changes import change_sentence
from analysis.wording.evidence import RULE as LIKELIHOOD_RULE
from analysis.wording.figures import caveat_sentence, figure_sentence, range_sentence
from analysis.wording.gaps import gaps
from analysis.wording.judgements import RANKING, Judgement, judgements
from analysis.wording.lead import lead
from analysis.wording.likelihood import scale
from analysis.wording.linter import check_prose, lint
from analysis.wording.outlook import Outlook, outlooks
from analysis.wording.situation import Situation, observe
from analysis.wording.talks import (
    change_of_stance_sentence,
    contact_sentence,
    meeting_sentences,
    point_sentence,
    stance_sentence,
    track_sentence,
)

__all__ = [
    "LIKELIHOOD_RULE", "RANKING", "Judgement", "Outlook", "Situation", "caveat_sentence", "change_of_stance_sentence",
    "change_sentence", "check_prose", "contact_sentence", "figure_sentence", "gaps", "judgements", "lead", "lint",
    "meeting_sentences", "observe", "outlooks", "point_sentence", "range_sentence", "scale", "stance_sentence", "track_sentence",
]  # fmt: skip
