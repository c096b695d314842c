"""Terms: each provision, condition or demand of a deal as its own clause, with its kind, track, parties and state."""

import re
from collections.abc import Iterator
from typing import Any

from spacy.tokens import Span

from analysis.extract.conditions import find_conditions
from analysis.extract.event_fields import find_source
from analysis.extract.legal import find_references
from analysis.extract.modality import find_modality
from analysis.extract.provisions import find_candidates, find_context
from analysis.extract.reading import Reading
from analysis.extract.segments import Segment
from analysis.extract.term_fields import find_geography, find_kind, find_legal, find_quantity
from analysis.extract.term_parties import find_demander, find_obligor, find_proposer
from analysis.extract.term_status import find_status
from analysis.extract.term_words import Candidate, has_deal, keys, lemma, words
from analysis.extract.tracks import Tracks
from analysis.extract.word_index import find_words
from analysis.facts import Event, Fact, Statement, Term

# Two candidates that share more of their words than this are one term.
SAME = 0.4


def find_facts(reading: Reading) -> Iterator[Fact]:
    """The terms of a document, by offset. A document that names no deal holds none."""
    if not find_words(reading, keys("deals")):
        return
    told = find_context(reading)
    candidates = [c for s in find_open_sentences(reading, told) for c in find_conditions(s, s.start in told)]
    candidates += [*find_candidates(reading, told), *find_frameworks(reading)]
    chosen = sorted(select(reading, candidates), key=lambda c: c.segment.start)
    if chosen:
        tracks = Tracks(reading)
        yield from (make_term(reading, candidate, tracks) for candidate in chosen)


def find_open_sentences(reading: Reading, told: set[int]) -> list[Span]:
    """The sentences that hold a word that opens a condition, and one of what conditions are put on, or are `told` of a deal."""
    spoken = {reading.tokens[index].sent.start for index in find_words(reading, keys("condition_words"))}
    opened = {reading.parsed[index].sent.start: index for index in find_words(reading, keys("openers"))}
    return [reading.parsed[index].sent for start, index in opened.items() if start in spoken | told]


def find_frameworks(reading: Reading) -> Iterator[Candidate]:
    """Resolutions and agreements by name, each once, where the sentence speaks of a deal besides."""
    seen: set[str] = set()
    for reference in find_references(reading):
        first = reading.token_at(reference.start)
        last = reading.token_at(reference.end - 1)
        others = [t for t in first.sent if not first.i <= t.i <= last.i]
        if reference.name not in seen and (has_deal(others) or any(lemma(t) in words("actions") for t in others)):
            seen.add(reference.name)
            yield Candidate(Segment(first.doc, first.i, last.i), "terms.framework")


def select(reading: Reading, candidates: list[Candidate]) -> list[Candidate]:
    """Candidates without those that another tells already: what a deal holds before what is merely named."""
    conditions = [c.segment for c in candidates if c.rule == "terms.condition"]
    orders = [(e.start, e.end) for e in reading.of(Event) if e.event_type == "evacuation_order"]
    threats = [(s.start, s.end) for s in reading.of(Statement) if s.stance == "threatens"]
    kept: list[Candidate] = []
    told: set[tuple[str, str]] = set()
    for candidate in candidates:
        segment = candidate.segment
        key = (candidate.rule, re.sub(r"^(?:the|a|an|any) ", "", reading.text[segment.start : segment.end].lower()))
        follows_order = any(end <= segment.start < end + 40 for _, end in orders)
        named = candidate.rule == "terms.framework" and any(_opens_with(other, segment) for other in kept)
        inside = named or (
            candidate.rule != "terms.condition"
            and any(c.start <= segment.start and segment.end <= c.end for c in conditions)
        )
        threat = any(first <= segment.start and segment.end <= last for first, last in threats)
        if key in told or follows_order or inside or threat or any(_same(candidate, other) for other in kept):
            continue
        told.add(key)
        kept.append(candidate)
    return kept


def _opens_with(other: Candidate, segment: Segment) -> bool:
    """ "Resolution 1701 would be the basis": the clause tells the reference."""
    return other.rule == "terms.modal" and 0 <= segment.start - other.segment.start <= len("the ")


def _same(candidate: Candidate, other: Candidate) -> bool:
    one, two = candidate.segment, other.segment
    shared = min(one.end, two.end) - max(one.start, two.start)
    if shared <= 0:
        return False
    if "terms.condition" in (candidate.rule, other.rule) and candidate.rule != other.rule:
        return shared / (max(one.end, two.end) - min(one.start, two.start)) > SAME
    return "terms.framework" not in (candidate.rule, other.rule)


def make_term(reading: Reading, candidate: Candidate, tracks: Tracks) -> Term:
    """The fact of a candidate."""
    segment = candidate.segment
    start, end = segment.start, segment.end
    text = reading.text[start:end]
    track = tracks.find(start, end)
    quantity = find_quantity(reading, candidate)
    kind = find_kind(candidate, text, quantity)
    source = find_source(reading, start, end)
    status = find_status(reading, candidate)
    return reading.fact(
        Term, start, end, rule=candidate.rule, track=track, term_type=kind,
        obligor=find_obligor(reading, candidate, tracks.parties(track)),
        proposed_by=find_proposer(reading, candidate), demanded_by=find_demander(reading, candidate, source.get("asserted_by")),
        mediators=tracks.mediators(track, start), status=status, quantity=quantity,
        legal_ref=find_legal(reading, candidate), geography=find_geography(reading, segment),
        modality=find_term_modality(candidate, status), **source,
    )  # fmt: skip


def find_term_modality(candidate: Candidate, status: str) -> Any:
    """Terms of drafts and demands are proposed, conditions conditional; what was agreed or written is asserted."""
    if candidate.rule == "terms.condition":
        return "conditional"
    if candidate.rule in ("terms.framework", "terms.agreed"):
        return "asserted"
    if candidate.rule == "terms.rejected":
        return "denied"
    if candidate.rule in ("terms.demanded", "terms.proposed") or candidate.demander is not None:
        return "proposed"
    head = next(iter(candidate.segment.heads()), None)
    found = find_modality(head) if head is not None else "asserted"
    if found in ("denied", "proposed") and candidate.rule == "terms.contained" and candidate.deal is not None:
        found = "asserted"  # what a text bans or demands is what it holds
    open_still = status in ("proposed", "under_discussion") and not _is_law(candidate)
    return "proposed" if found in ("conditional", "possible") or (open_still and found != "denied") else found


def _is_law(candidate: Candidate) -> bool:
    """What a resolution holds stands, whatever a draft takes from it."""
    return candidate.deal is not None and lemma(candidate.deal) == "resolution"
