"""Whose claim something is: the statement that holds it, or the cue that attributes it."""

import re
from bisect import bisect_left
from dataclasses import dataclass, field

from analysis.extract.coreference import resolve
from analysis.extract.counters import Counter, find_counter
from analysis.extract.reading import Reading
from analysis.extract.trailing import find_trailing
from analysis.extract.word_index import find_words, hash_words
from analysis.facts import Cue, Modality, Statement

_CONFIRMING = {"corroborate", "confirm", "verify", "support", "echo", "back"}


@dataclass(frozen=True)
class Attribution:
    """Who says a claim (None: the narrator), who passes it on, by which words, how certain, and who else confirms it."""

    asserted_by: str | None = None
    relayed_by: list[str] = field(default_factory=list)
    cue: Cue | None = None
    modality: Modality = "asserted"
    corroborated_by: list[str] = field(default_factory=list)
    # Whether it stands in an infinitive ("agreed to stop ..."): what somebody will do, not what somebody says.
    infinitive: bool = False


def attribution(reading: Reading, start: int, end: int) -> Attribution:
    """The attribution of the words at `[start, end)`: that of the innermost statement whose content holds them."""
    holding = [s for s in reading.of(Statement) if s.start <= start and end <= s.end and not _at_cue(s, start)]
    corroborated = find_corroboration(reading, end)
    counter = find_counter(reading, start, end)
    trailing = find_trailing(reading, end) if counter is None and not any(s.asserted_by for s in holding) else None
    if trailing is not None and not any(s.relayed_by for s in holding):
        return Attribution(trailing.name, trailing.media, trailing.cue, corroborated_by=corroborated)
    if not holding:
        said_before = _carried_over(reading, start) if counter is None else None
        return said_before or _counted(counter, corroborated)
    inner = min(holding, key=lambda s: s.end - s.start)
    named = inner if inner.asserted_by or inner.relayed_by else next((s for s in holding if s.asserted_by), inner)
    said = Attribution(
        named.asserted_by, list(named.relayed_by), named.cue, named.modality, corroborated, _is_infinitive(inner)
    )
    return _passed_on(said, counter, inner)


# What goes on with a report after its "..., the UN said on Friday,": what comes then is reported too.
_GOES_ON = re.compile(
    r"[^,;.()\"\u201c]{0,40},\s(?:and|with|including|among them|most of them|adding to)\b[^;.\"\u201c]*$"
)


def _carried_over(reading: Reading, start: int) -> Attribution | None:
    """ "At least 350,000 face famine, the UN said this month, and **1.8 million** are on the brink": told by the UN too."""
    sentence = reading.sentence_at(start)
    before = [s for s in reading.of(Statement) if sentence.start_char <= s.start and s.end <= start and s.asserted_by]
    said = before[-1] if before else None
    if said is None or said.cue is None or not said.end <= said.cue.start < said.cue.end <= start:
        return None
    if not _GOES_ON.match(reading.shadow[said.cue.end : start]):
        return None
    return Attribution(said.asserted_by, list(said.relayed_by), said.cue)


def _counted(counter: Counter | None, corroborated: list[str]) -> Attribution:
    if counter is None:
        return Attribution(corroborated_by=corroborated)
    return Attribution(counter.name, cue=counter.cue, corroborated_by=corroborated)


def _passed_on(said: Attribution, counter: Counter | None, statement: Statement) -> Attribution:
    """Somebody else's count inside what is said: "The minister said the UN had verified 92 deaths"."""
    if counter is None or not statement.start <= counter.cue.start < statement.end or counter.name == said.asserted_by:
        return said
    relays = said.relayed_by + ([said.asserted_by] if said.asserted_by else [])
    return Attribution(counter.name, relays, counter.cue, said.modality, said.corroborated_by)


def _is_infinitive(statement: Statement) -> bool:
    return statement.text[:3].lower() == "to "


def _at_cue(statement: Statement, start: int) -> bool:
    return statement.cue is not None and statement.cue.start <= start < statement.cue.end


def _confirming(reading: Reading) -> list[int]:
    """Numbers of the tokens that may be verbs of confirming."""
    if "confirming" not in reading.notes:
        reading.notes["confirming"] = find_words(reading, hash_words(_CONFIRMING))
    numbers: list[int] = reading.notes["confirming"]
    return numbers


def find_corroboration(reading: Reading, offset: int) -> list[str]:
    """Who confirms a figure in the rest of its sentence: "a figure corroborated by the United Nations"."""
    sentence = reading.sentence_at(max(0, offset - 1))
    names = []
    confirming = _confirming(reading)
    first, last = bisect_left(confirming, sentence.start), bisect_left(confirming, sentence.end)
    for token in (reading.tokens[index] for index in confirming[first:last]):
        if token.idx < offset or token.lemma_ not in _CONFIRMING or token.dep_ not in ("acl", "relcl", "conj", "amod"):
            continue
        agent = next((c for c in token.children if c.dep_ == "agent"), None)
        subject = next((c for c in token.children if c.dep_ == "nsubj" and c.lower_ not in ("that", "which")), None)
        whom = next((c for c in agent.children if c.dep_ == "pobj"), None) if agent is not None else subject
        if whom is not None:
            name = resolve(reading, whom.left_edge.idx, whom.right_edge.idx + len(whom.right_edge))
            names += [name] if name else []
    return names
