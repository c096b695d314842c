"""Terms: each provision, condition or demand of a deal as its own clause, with its kind, track, parties and state."""

import re
from collections.abc import Iterator
from functools import cache
from typing import Any

from spacy.tokens import Token

from analysis.extract import actors, dependents
from analysis.extract.conditions import find_conditions
from analysis.extract.events import find_source
from analysis.extract.legal import Reference, find_references
from analysis.extract.modality import find_modality
from analysis.extract.provisions import (
    NAMED,
    Candidate,
    data,
    find_candidates,
    governor_of_speech,
    has_deal,
    lemma,
    words,
)
from analysis.extract.reading import Reading
from analysis.extract.roles import name_of
from analysis.extract.segments import Segment
from analysis.extract.tracks import Tracks
from analysis.facts import Event, Fact, Term

_NUMBER = r"(?:\d[\d,.]*|one|two|three|four|five|six|seven|eight|nine|ten|twelve|fourteen|fifteen|twenty|thirty|forty|sixty|ninety|a hundred|dozens of|hundreds of|thousands of|several|a)"
_DURATION = re.compile(
    rf"\b(?:(?:less|more|fewer) than |up to |at least |about |within |an? (?:initial|additional) )?({_NUMBER})[- ](hours?|days?|weeks?|months?|years?)\b",
    re.I,
)
_COUNT = re.compile(
    rf"\b(?:(?:at least|about|around|up to|some|more than|over|an estimated) )?({_NUMBER}) (?:\w+ )?(hostages|prisoners|detainees|captives|trucks|troops|soldiers|observers|monitors|peacekeepers|points|kilomet(?:er|re)s|km|miles|bodies|fighters|members)\b",
    re.I,
)
_GEOGRAPHY = re.compile(
    r"\b(?:(?:north|south|east|west)(?:ern)? of (?:the )?[A-Z]\w+(?: [A-Z]\w+)*|along the (?:[A-Z]\w+(?: [A-Z]\w+)*|(?:\w+ )?(?:border|frontier|line))"
    r"|(?:from|in|to|into|across|around|inside) (?:the |(?:southern|northern|eastern|western|central) )*[A-Z][\w'’-]+(?: [A-Z][\w'’-]+)*)"
)
_SIDES = re.compile(r"\b(?:north|south|east|west)(?:ern)? of |along the ", re.I)
_NO_PLACE = {"PERSON", "ORG", "NORP", "DATE", "TIME"}
CEASING = re.compile(r"\b(?:truce|cease-?fire|pause|halt|armistice|cessation|lull)\b", re.I)
# Two candidates that share more of their words than this are one term.
SAME = 0.4


def find_facts(reading: Reading) -> Iterator[Fact]:
    """The terms of a document, by offset. A document that names no deal holds none."""
    if not has_deal(list(reading.parsed)):
        return
    tracks = Tracks(reading)
    candidates = [c for sentence in reading.sentences for c in find_conditions(sentence)]
    candidates += [*find_candidates(reading), *find_frameworks(reading)]
    for candidate in sorted(select(reading, candidates), key=lambda c: c.segment.start):
        yield make_term(reading, candidate, tracks)


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
    kept: list[Candidate] = []
    told: set[tuple[str, str]] = set()
    for candidate in candidates:
        segment = candidate.segment
        key = (candidate.rule, re.sub(r"^(?:the|a|an|any) ", "", reading.text[segment.start : segment.end].lower()))
        follows_order = any(end <= segment.start < end + 40 for _, end in orders)
        inside = candidate.rule != "terms.condition" and any(
            c.start <= segment.start and segment.end <= c.end for c in conditions
        )
        if key in told or follows_order or inside or any(_same(candidate, other) for other in kept):
            continue
        told.add(key)
        kept.append(candidate)
    return kept


def _same(candidate: Candidate, other: Candidate) -> bool:
    one, two = candidate.segment, other.segment
    shared = min(one.end, two.end) - max(one.start, two.start)
    if shared <= 0:
        return False
    if "terms.condition" in (candidate.rule, other.rule) and candidate.rule != other.rule:
        return shared / (max(one.end, two.end) - min(one.start, two.start)) > SAME
    if "terms.framework" in (candidate.rule, other.rule):
        return False
    return True


def make_term(reading: Reading, candidate: Candidate, tracks: Tracks) -> Term:
    """The fact of a candidate."""
    segment = candidate.segment
    start, end = segment.start, segment.end
    text = reading.text[start:end]
    track = tracks.find(start, end)
    quantity = find_quantity(reading, candidate)
    kind = find_kind(candidate, text, quantity)
    source = find_source(reading, start, end)
    return reading.fact(
        Term, start, end, rule=candidate.rule, track=track, term_type=kind, obligor=find_obligor(reading, candidate, kind),
        proposed_by=find_proposer(reading, candidate), demanded_by=find_demander(reading, candidate, source.get("asserted_by")),
        mediators=tracks.mediators(track, start), status=find_status(reading, candidate), quantity=quantity,
        legal_ref=find_legal(reading, candidate), geography=find_geography(reading, segment),
        modality=find_term_modality(candidate), **source,
    )  # fmt: skip


def find_kind(candidate: Candidate, text: str, quantity: str | None) -> Any:
    """The contract's term type: by the rule, else by the first list of the lexicon that knows the head or another word."""
    if candidate.rule in ("terms.condition", "terms.framework"):
        return candidate.rule.removeprefix("terms.")
    if candidate.rule == "terms.cessation":
        return "duration" if quantity and _DURATION.search(quantity) else "cessation"
    heads = [lemma(t) for t in candidate.segment.heads()]
    lemmas = heads + [lemma(t) for t in candidate.segment.tokens]
    kinds = data()["kinds"]
    nominal = candidate.segment.heads()[:1] and candidate.segment.heads()[0].pos_ not in ("VERB", "AUX")
    if nominal and CEASING.search(text) and quantity and _DURATION.search(quantity):
        return "duration"
    for pool in (heads, lemmas):
        for kind, known in kinds.items():
            if any(word in known for word in pool):
                return kind
    return "framework"


def find_quantity(reading: Reading, candidate: Candidate) -> str | None:
    """ "60 days", "8 hostages": the number a term states, or that its clause says it lasts."""
    segment = candidate.segment
    if candidate.rule in ("terms.condition", "terms.framework"):
        return None
    text = reading.text[segment.start : segment.end]
    match = _DURATION.search(text) or _COUNT.search(text)
    if match is None and candidate.rule == "terms.cessation":
        match = _lasting(reading, segment)
    return _as_quantity(match) if match else None


def _lasting(reading: Reading, segment: Segment) -> re.Match[str] | None:
    """What is said of a truce right after it: "said to last less than a month"."""
    sentence = reading.sentence_at(segment.start)
    after = reading.text[segment.end : min(sentence.end_char, segment.end + 60)]
    verb = re.search(r"\b(?:last|lasting|for|of)\b", after)
    return _DURATION.search(after, verb.end()) if verb else None


def _as_quantity(match: re.Match[str]) -> str:
    text = " ".join(match.group().replace("-", " ").split())
    singular = re.search(r"(\S+) (?:hour|day|week|month|year)$", text)
    return f"{text}s" if singular and singular[1].lower() not in ("1", "one", "a") else text


def find_obligor(reading: Reading, candidate: Candidate, kind: str) -> str | None:
    """Who has to do it: the clause's subject, the owner of the action, whoever "by" names, the troops that go."""
    if kind in ("condition", "framework", "duration", "cessation") and candidate.rule in (
        "terms.condition",
        "terms.framework",
        "terms.cessation",
    ):
        return None
    for head in candidate.segment.heads():
        if head.pos_ in ("VERB", "AUX"):
            subject = next((c for c in head.lefts if c.dep_ == "nsubj"), None)
            if subject is not None:
                return party_of(reading, subject)
            continue
        owner = _owner_of(head)
        if owner is not None:
            return party_of(reading, owner)
    return None


def _owner_of(action: Token) -> Token | None:
    lefts = [t for left in action.lefts for t in left.subtree]
    owner = next((t for t in lefts if t.ent_type_ in NAMED or t.dep_ == "poss"), None)
    if owner is not None and lemma(action) not in ("hostage", "aid", "guarantee"):
        return owner
    for child in action.rights:
        if child.dep_ == "prep" and child.lower_ in ("by", "of"):
            inside = [t for t in child.subtree if t.ent_type_ in {"ORG", "GPE", "NORP"}]
            if inside and lemma(action) in (
                "deployment",
                "withdrawal",
                "presence",
                "retreat",
                "disarmament",
                "return",
                "departure",
                "pullback",
            ):
                return inside[0]
    return None


def party_of(reading: Reading, head: Token) -> str | None:
    """The party a phrase belongs to ("Lebanese troops" -> Lebanon), else the phrase's own name."""
    name = name_of(reading, head)
    find = getattr(actors, "party", None)
    if find is None or name is None:
        return name
    return find(name) or name


def find_demander(reading: Reading, candidate: Candidate, speaker: str | None) -> str | None:
    """Who wants it: whom the frame names; for "must", who says so."""
    if candidate.demander is not None:
        return party_of(reading, candidate.demander)
    head = next(iter(candidate.segment.heads()), None)
    verbs = [] if head is None else [head, head.head]
    must = next((verb for verb in verbs if any(c.lower_ == "must" for c in verb.lefts)), None)
    if must is None:
        return None
    find = getattr(actors, "party", None)
    speech = governor_of_speech(must)
    subject = next(iter(dependents.find_subjects(speech)), None) if speech is not None else None
    speaker = speaker or (party_of(reading, subject) if subject is not None else None)
    return (find(speaker) if find is not None and speaker else None) or speaker


_PROPOSED = re.compile(
    r"\b([A-Z][\w.]+)[- ](?:proposed|drafted|backed|led) |\b(?:proposed|drafted|put forward|presented|floated) by (?:the )?([A-Z][\w.]+(?: [A-Z]\w+)?)|\b([A-Z][\w.]+)(?:'s|’s)? (?:draft|proposal|plan|offer|initiative)\b|\b([A-Z][\w.]+) (?:has |had )?(?:proposed|offered|put forward|presented) "
)


def find_proposer(reading: Reading, candidate: Candidate) -> str | None:
    """Who put the deal forward, as the sentence says it."""
    if candidate.proposer is not None:
        return party_of(reading, candidate.proposer)
    sentence = reading.sentence_at(candidate.segment.start)
    match = _PROPOSED.search(sentence.text)
    if match is None:
        return None
    token = reading.token_at(sentence.start_char + match.start(match.lastindex or 0))
    return party_of(reading, token) if token.ent_type_ in NAMED else None


def find_status(reading: Reading, candidate: Candidate) -> Any:
    """How far it has come, by the words of its sentence, else of the sentence before in the paragraph."""
    fixed = FIXED_STATUSES.get(candidate.rule)
    if fixed is not None:
        return fixed
    start = candidate.segment.start
    sentence = reading.sentence_at(start)
    for _ in range(3):
        status = next((name for name, pattern in status_patterns() if pattern.search(sentence.text)), None)
        if status is not None:
            return status
        if sentence.start == 0 or reading.paragraph_at(sentence.start_char) != reading.paragraph_at(start):
            break
        sentence = sentence.doc[sentence.start - 1].sent
    return "reported"


FIXED_STATUSES = {
    "terms.agreed": "agreed", "terms.rejected": "rejected", "terms.demanded": "proposed", "terms.proposed": "proposed",
    "terms.condition": "reported",
}  # fmt: skip


@cache
def status_patterns() -> list[tuple[str, re.Pattern[str]]]:
    """The lexicon's words for each status, as one pattern each, in the order in which they decide."""
    statuses = data()["statuses"].items()
    return [
        (name, re.compile(r"\b(?:" + "|".join(map(re.escape, phrases)) + ")", re.IGNORECASE))
        for name, phrases in statuses
    ]


def find_legal(reading: Reading, candidate: Candidate) -> str | None:
    """The resolution or agreement a term is written in or refers to."""
    start, end = candidate.segment.start, candidate.segment.end
    references = find_references(reading)
    inside = next((r for r in references if start <= r.start < end), None)
    found = inside or _reference_of_deal(candidate, references)
    return found.name if found is not None else None


def _reference_of_deal(candidate: Candidate, references: list[Reference]) -> Reference | None:
    if candidate.deal is None:
        return None
    at = candidate.deal.idx
    return next((r for r in references if r.start <= at < r.end), None)


def find_geography(reading: Reading, segment: Segment) -> str | None:
    """ "north of the Litani River": where a term holds, in its own words."""
    text = reading.text[segment.start : segment.end]
    matches = list(_GEOGRAPHY.finditer(text))
    sides = [m for m in matches if _SIDES.match(m.group())]
    for match in sides or matches:
        token = reading.token_at(segment.start + match.end() - 1)
        if sides or token.ent_type_ not in _NO_PLACE:
            return str(match.group())
    return None


def find_term_modality(candidate: Candidate) -> Any:
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
    return "proposed" if found in ("conditional", "possible") else found
