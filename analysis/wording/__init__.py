"""Prose composed from facts by templates; no language model. Every number is printed from a fact and carries its id.

from analysis.wording import compose

situation = compose.observe(facts, as_of, tracks, rule)   # the topics' tables, computed once
compose.lead(situation)            list of Sentence, at most 60 words
compose.judgements(situation)      list of Judgement: text, likelihood, confidence, reason, facts
compose.outlooks(situation)        list of Outlook: judgement, evidence_for, evidence_against, would_change
compose.gaps(situation)            list of Sentence: what is not known
compose.figure_sentence(row) · stance_sentence(row) · track_sentence(row) · change_sentence(row) ...
compose.scale("icd203")            the likelihood scale, for show.yardstick
compose.check_prose(sentences)     the linter: raises ProseError
"""
