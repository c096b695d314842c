"""Papers and counts that speak for somebody: "the ministry's statement", "a report by the UN", "UN figures"."""

from spacy.tokens import Doc, Token

from analysis.extract.antecedents import find_antecedent
from analysis.extract.cast import Mention
from analysis.extract.coreference import resolve
from analysis.extract.mentions import cast_of
from analysis.extract.reading import Reading

_POSSESSIVES = {"its", "his", "her", "their"}


def find_owner(reading: Reading, paper: Token) -> Mention | None:
    """Whose a paper or count is: the possessor, the name before it, or whom "by" or "of" names after it."""
    pronoun = next((c for c in paper.lefts if c.lower_ in _POSSESSIVES), None)
    if pronoun is not None:
        return find_antecedent(reading, pronoun)
    doc = reading.parsed
    inside = [
        m for m in cast_of(reading).between(paper.left_edge.idx, doc[_phrase_end(doc, paper)].idx) if m.head != paper.i
    ]
    return next((m for m in inside if m.actor_type != "government" or len(inside) == 1), None)


def _phrase_end(doc: Doc, paper: Token) -> int:
    """Where a paper's own words end: before ", a copy of which was seen by X"."""
    comma = next((t.i for t in doc[paper.i : paper.right_edge.i + 1] if t.text == ","), None)
    return comma if comma is not None else min(paper.right_edge.i + 1, len(doc) - 1)


def find_paper_speaker(reading: Reading, paper: Token, previous: str | None) -> tuple[str | None, list[str]]:
    """Who speaks through a paper and who relays it; "the statement" alone is that of whoever spoke last."""
    possessor = next((c for c in paper.lefts if c.dep_ == "poss" and c.lower_ not in _POSSESSIVES), None)
    if possessor is not None:
        name = resolve(reading, possessor.left_edge.idx, possessor.idx + len(possessor))
        if name is not None:
            return name, []
    owner = find_owner(reading, paper)
    if owner is not None:
        return owner.name, [owner.name] if owner.actor_type == "media" else []
    modifier = next((t for t in paper.lefts if t.lower_ in ("media", "press")), None)
    if modifier is not None:
        medium = reading.text[paper.left_edge.idx : modifier.idx + len(modifier)]
        return medium, [medium]
    words = reading.parsed[paper.left_edge.i : paper.i + 1]
    stated = resolve(reading, words.start_char, words.end_char)
    determined = any(c.lower_ in ("the", "this", "that") for c in paper.lefts)
    return (previous or stated, []) if determined and len(list(paper.lefts)) == 1 else (stated, [])
