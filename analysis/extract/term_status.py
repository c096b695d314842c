"""How far a term has come: proposed, discussed, agreed, in force, rejected, by the words told of its deal."""

import re
from collections.abc import Iterator
from functools import cache
from typing import Any

from spacy.tokens import Span, Token

from analysis.extract import dependents
from analysis.extract.modality import find_modality
from analysis.extract.planned_clauses import governor_of_speech
from analysis.extract.reading import Reading
from analysis.extract.term_words import Candidate, data, is_deal, lemma, words

# Sentences in which a report says what has happened.
OPENING = 3
# Sentences in which it says that a deal is in force.
LEAD = 6
# Settled by the frame that found the term.
FIXED_STATUSES = {
    "terms.rejected": "rejected", "terms.demanded": "proposed", "terms.proposed": "proposed", "terms.condition": "reported",
}  # fmt: skip
# "..., a condition that the group rejected".
_REFUSED = re.compile(
    r",? (?:a|an) (?:condition|demand|proposal|request|call|offer|idea)\b[^.;]{0,60}\b(?:rejected|refused|dismissed|turned down)"
)
# Who is "close to the negotiations" tells of them; they need not be where the term stands.
_CONDITION = re.compile(r",? (?:only (?:if|when|after|once)|if|unless|provided|once)\b")
# A deal comes "after five days of talks": they are over.
_OVER = re.compile(r"\b(?:after|following) (?:[\w-]+ ){0,5}$", re.I)
_SOURCES = re.compile(r"(?:close to|familiar with|briefed on|knowledge of) the (?:negotiations|talks|discussions)")
_RESOLUTIONS = ("resolution", "resolutions")
# Frames of what a deal holds: they are in force when it is.
HELD = frozenset({"terms.contained", "terms.modal", "terms.cessation"})


def find_status(reading: Reading, candidate: Candidate) -> Any:
    """How far it has come, by the words of its sentence, else of those before it in the paragraph, else of the report's opening."""
    fixed = "rejected" if _is_refused(candidate) else FIXED_STATUSES.get(candidate.rule)
    if fixed == "proposed" and _REFUSED.match(reading.text, candidate.segment.end):
        return "rejected"
    if fixed is not None:
        return fixed
    start = candidate.segment.start
    passage = list(sentences_back(reading, start))
    own = _own_status(reading, candidate, passage[0])
    if _wishes(candidate):
        return own or "reported"
    if candidate.rule == "terms.agreed":
        return "in_force" if own == "in_force" else "agreed"
    before = (_status_of(reading, sentence) for sentence in passage[1:])
    # A demand turned down in the sentence before is another one.
    found = own or next((status for status in before if status not in (None, "rejected")), None)
    if found == "under_discussion" and own is None and candidate.deal is not None and not _is_draft(candidate):
        found = _settled_opening(reading) or found  # "The talks moved here. The protocol provides for A": it was made
    if own in (None, "proposed") and _was_to_be(candidate):
        return "agreed"
    if own in (None, "agreed") and _asks(candidate):
        return "proposed"
    if _is_of_resolution(candidate):
        return own or "reported"
    if candidate.deal is not None and candidate.deal.pos_ == "PROPN" and own is None and found != "in_force":
        return "agreed"  # "the Mexico Agreement of 2023", whatever is discussed around it
    if _is_draft(candidate) and (own or found) in (None, "under_discussion", "proposed"):
        opening = None if _is_new(candidate.deal) or _is_paper(candidate.deal) else _of_opening(reading)
        return opening if opening in ("agreed", "in_force") else "proposed"
    if own is None and _is_put_on_condition(reading, candidate):
        return "proposed"
    if candidate.rule == "terms.framework":
        return own if own in ("agreed", "in_force", "rejected", "proposed") else "reported"
    if _is_settled(candidate, found) and _has_begun(reading, start):
        return "in_force"
    if found is not None:
        return found
    tentative = any(token.lower_ in data()["tentative"] for token in passage[0])
    opening = None if _is_said(candidate) else _of_opening(reading)
    if opening in ("agreed", "in_force"):
        return opening
    return "proposed" if tentative else "agreed" if _is_under(candidate) else "reported"


def _is_refused(candidate: Candidate) -> bool:
    """ "Declined to endorse a full ceasefire": a stop that somebody turned down."""
    head = next((h for h in candidate.segment.heads() if h.dep_ == "dobj"), None)
    if candidate.rule != "terms.cessation" or head is None:
        return False
    above = [head.head, head.head.head] if head.head.dep_ == "xcomp" else [head.head]
    return any(lemma(verb) in words("rejecting") for verb in above)


def _is_put_on_condition(reading: Reading, candidate: Candidate) -> bool:
    """ "The front would disarm only after they left": offered, whatever was agreed elsewhere."""
    return candidate.deal is None and _CONDITION.match(reading.text, candidate.segment.end) is not None


def _is_under(candidate: Candidate) -> bool:
    """ "Under the terms, the army runs the town": told as a deal that stands."""
    deal = candidate.deal
    return deal is not None and deal.head.lower_ == "under" and not _is_draft(candidate)


def _settled_opening(reading: Reading) -> str | None:
    opening = _of_opening(reading)
    return opening if opening in ("agreed", "in_force") else None


def _was_to_be(candidate: Candidate) -> bool:
    """ "Some 3,000 fighters were to join the army", "the text obliged the rebels to disarm": a deal of the past."""
    deal = candidate.deal
    if (
        deal is not None
        and deal.dep_ == "nsubj"
        and deal.head.tag_ == "VBD"
        and lemma(deal.head) in words("past_binding")
    ):
        return not _is_draft(candidate)
    plain = (t for t in candidate.segment.tokens if t.lower_ in ("were", "was"))
    return candidate.rule == "terms.modal" and any(t.nbor(1).lower_ == "to" for t in plain)


def _asks(candidate: Candidate) -> bool:
    """ "The memorandum demands that A withdraw": a paper that asks is not what was agreed."""
    deal = candidate.deal
    return candidate.rule == "terms.contained" and deal is not None and lemma(deal.head) in words("asking")


def _is_of_resolution(candidate: Candidate) -> bool:
    """What a council resolved binds the parties; that they agreed to it, or that a draft repeats it, is another matter."""
    deal = candidate.deal
    return deal is not None and any(t.lower_ in _RESOLUTIONS for t in (deal, deal.head, *deal.lefts))


def _is_new(noun: Token | None) -> bool:
    """ "A proposal to exchange prisoners" is another one than the deal that a report opens with."""
    return noun is not None and any(left.lower_ in ("a", "an", "any", "another") for left in noun.lefts)


def _is_paper(noun: Token | None) -> bool:
    """A draft is not yet the deal that was made of it."""
    return noun is not None and lemma(noun) == "draft"


def _wishes(candidate: Candidate) -> bool:
    """ "The kingdom supported a lasting ceasefire": one that is wished for."""
    wished = (head for head in candidate.segment.heads() if head.dep_ == "dobj" and _is_new(head))
    return any(head.head.lemma_ in data()["wishing"] and candidate.deal in (None, head) for head in wished)


def _is_said(candidate: Candidate) -> bool:
    """ "Rwanda said it would pull back": what somebody says is no part of the deal that the report opens with."""
    said = (head for head in candidate.segment.heads() if governor_of_speech(head) is not None)
    own = any(c.dep_ == "nsubj" and c.pos_ == "PRON" for head in said for c in head.lefts)
    return candidate.deal is None and own


def _own_status(reading: Reading, candidate: Candidate, sentence: Span) -> str | None:
    """What a sentence shows; "talks" inside of a provision ("talks must begin by Monday") show nothing of it."""
    found = _status_of(reading, sentence)
    if found != "under_discussion":
        return found
    start, end = (at - sentence.start_char for at in (candidate.segment.start, candidate.segment.end))
    around = sentence.text[:start] + " " + sentence.text[end:]
    return found if dict(status_patterns())[found].search(around) else None


def _of_opening(reading: Reading) -> str | None:
    return next(filter(None, (_status_of(reading, s) for s in reading.sentences[:OPENING])), None)


def _is_settled(candidate: Candidate, found: str | None) -> bool:
    """Whether a term is part of a deal that was made, not of a draft or an offer."""
    if candidate.rule not in HELD or candidate.deal is None:
        return False
    return found in (None, "agreed", "in_force") and not _is_draft(candidate)


def _is_draft(candidate: Candidate) -> bool:
    return candidate.deal is not None and lemma(candidate.deal) in words("proposal_nouns")


def _has_begun(reading: Reading, start: int) -> bool:
    """Whether the report's opening, or the sentences before a passage, say that the deal is in force."""
    sentences = [*reading.sentences[:LEAD], *sentences_back(reading, start)]
    return any(_status_of(reading, sentence) == "in_force" for sentence in sentences)


def _status_of(reading: Reading, sentence: Span) -> str | None:
    known: dict[int, str | None] = reading.notes.setdefault("statuses", {})
    if sentence.start not in known:
        known[sentence.start] = next((name for name, pattern in status_patterns() if _shows(pattern, sentence)), None)
    return known[sentence.start]


def _shows(pattern: re.Pattern[str], sentence: Span) -> bool:
    sources = [match.span() for match in _SOURCES.finditer(sentence.text)]
    found = (m for m in pattern.finditer(sentence.text) if not any(a <= m.start() < b for a, b in sources))
    return any(_counts(sentence, match) for match in found)


def _counts(sentence: Span, match: re.Match[str]) -> bool:
    """ "The agreement calls for ..." proposes nothing: the deal itself is the subject. "Could be reached" agrees nothing."""
    if match.group().lower() == "talks" and _OVER.search(sentence.text[: match.start()]):
        return False
    at = sentence.start_char + match.start()
    verb = next((t for t in sentence if t.idx >= at), None)
    if not match.group().lower().startswith(("call", "demand", "offer")):
        past = verb is not None and verb.tag_ in ("VBD", "VBN") and verb.pos_ == "VERB"
        return verb is None or not past or find_modality(verb) == "asserted"
    return verb is None or not any(is_deal(subject) for subject in dependents.find_subjects(verb))


def sentences_back(reading: Reading, start: int) -> Iterator[Span]:
    """The sentence that holds an offset, and the two before it as far as they are of its paragraph."""
    sentence, paragraph = reading.sentence_at(start), reading.paragraph_at(start)
    for _ in range(3):
        yield sentence
        if sentence.start == 0:
            return
        sentence = sentence.doc[sentence.start - 1].sent
        if reading.paragraph_at(sentence.start_char) != paragraph:
            return


@cache
def status_patterns() -> list[tuple[str, re.Pattern[str]]]:
    """The lexicon's words for each status, as one pattern each, in the order in which they decide."""
    statuses = data()["statuses"].items()
    return [
        (name, re.compile(r"\b(?:" + "|".join(map(re.escape, phrases)) + ")", re.IGNORECASE))
        for name, phrases in statuses
    ]
