"""What a cue says: the span of its content, by the frame that holds it."""

from collections.abc import Callable
from dataclasses import dataclass, replace

from spacy.tokens import Token

from analysis.extract.cues import cues, lemma_of
from analysis.extract.quotations import find_quoted
from analysis.extract.quotes import quotes_of
from analysis.extract.reading import Reading
from analysis.extract.speakers import find_voice, phrase_edges

_CLAUSES = {"ccomp", "xcomp", "advcl", "parataxis", "dobj"}
_TRAILING = " \n\t,;:.–—-"
_LEADING = " \n\t,;:–—"
# Prepositions that go on with an object's description although the parser hangs them on the verb.
_CONTINUING = {"under", "over", "about", "against", "for", "of", "to", "between", "with", "from", "as"}
_WHERE = {"in", "across", "near", "on", "at"}
# "X said to last" is a passive whatever the parser makes of it.
_NEVER_WITH_INFINITIVE = {"say", "report", "rumor"}
_LONGEST_TAIL = 12


@dataclass(frozen=True)
class Content:
    """`[start, end)` in the text, the frame that found it, the last token of the cue, and whom it is addressed to."""

    start: int
    end: int
    frame: str
    cue_last: int
    addressee: Token | None = None


def find_content(reading: Reading, cue: Token) -> Content | None:
    """The content of a verb cue, by the first frame that holds one."""
    lemma, lists = lemma_of(cue), cues()
    if lemma in lists.clause or lemma in lists.quotation:
        quoted = find_quoted(reading, cue)
        if quoted:
            return Content(*quoted, "quote", cue.i, _addressee(cue))
    for frame in _FRAMES:
        content = frame(reading, cue, lemma)
        if content is not None:
            return replace(content, frame="belief") if _is_belief(lemma, content.frame) else content
    return None


def _is_belief(lemma: str, frame: str) -> bool:
    """Whether a verb here holds a belief, hope or wish rather than something said."""
    lists = cues()
    if frame in ("clause", "that", "parenthesis", "tail"):
        return lemma not in lists.clause
    if frame == "infinitive":
        return lemma not in lists.infinitive and lemma not in lists.object_infinitive
    return frame == "object" and lemma not in lists.object


def _by_clause(reading: Reading, cue: Token, lemma: str) -> Content | None:
    if lemma not in cues().clause and lemma not in cues().belief_clause:
        return None
    clause = _clause_of(cue)
    if clause is not None:
        start, end = _clause_span(cue, clause)
        return _content(reading, start, end, "clause", cue, _addressee(cue))
    if (cue.dep_ == "parataxis" and any(c.dep_ == "nsubj" for c in cue.children)) or (cue.dep_ == "ccomp" and _is_parenthetical(cue)):
        return _content(reading, cue.sent.start, cue.sent.end - 1, "parenthesis", cue)
    return _by_surface(reading, cue, lemma)


def _clause_of(cue: Token) -> Token | None:
    candidates = [c for c in cue.children if c.dep_ == "ccomp" and not _is_small(c)]
    if not candidates:
        candidates = [c for c in cue.children if c.dep_ in ("advcl", "xcomp", "dobj", "pobj") and _has_mark(c)]
    return min(candidates, key=lambda c: abs(c.i - cue.i), default=None)


def _has_mark(clause: Token) -> bool:
    return any(c.dep_ == "mark" and c.lower_ in ("that", "whether") for c in clause.children)


def _is_small(clause: Token) -> bool:
    """ "calling the incident horrifying": a clause without a finite verb or an infinitive."""
    return (
        any(c.tag_ == "TO" for c in clause.lefts)
        or clause.tag_ in ("JJ", "NN", "NNP", "NNS")
        and not any(c.dep_ == "cop" for c in clause.children)
    )


def _clause_span(cue: Token, clause: Token) -> tuple[int, int]:
    """First and last token. A clause before its cue ends where the speaker begins."""
    first, last = clause.left_edge.i, clause.right_edge.i
    if clause.i < cue.i:
        voice = find_voice(cue)
        bound = cue.i
        if voice.speaker is not None and voice.own and voice.speaker.i < cue.i:
            bound = min(bound, voice.speaker.left_edge.i)
        if last < cue.i or not any(t.pos_ == "VERB" for t in cue.doc[cue.i + 1 : last + 1]):
            last = min(last, bound - 1)
        return first, last
    return max(first, cue.i + 1), _extended(cue, clause, last)


def _extended(cue: Token, clause: Token, last: int) -> int:
    """What follows a clause without a comma belongs to it, although the parser hangs it on the cue."""
    for child in (*clause.rights, *cue.rights):
        adjoining = child.left_edge.i == last + 1 and child.dep_ in ("advcl", "prep", "acl", "relcl", "xcomp", "cc", "conj")
        if adjoining and (child.dep_ != "prep" or _is_where(child)):
            last = child.right_edge.i
    return last


def _is_parenthetical(cue: Token) -> bool:
    """A subject and a verb between commas, with nothing of its own to say: "The talks, he said, were stuck"."""
    if not any(c.dep_ == "nsubj" for c in cue.children):
        return False
    edge = cue.right_edge.i + 1
    return (
        cue.i + 1 < len(cue.doc)
        and edge < len(cue.doc)
        and cue.doc[edge].text == ","
        and cue.doc[cue.left_edge.i - 1].text == ","
    )


def _by_surface(reading: Reading, cue: Token, lemma: str) -> Content | None:
    """Where the parse shows no clause: "that" after the cue, or everything before ", X said."."""
    doc, sentence = cue.doc, cue.sent
    misread = next((c for c in cue.rights if c.dep_ == "dobj"), None)
    if misread is not None and _is_subject_after_all(misread):
        return _content(reading, misread.left_edge.i, sentence.end - 1, "clause", cue)
    for index in range(cue.i + 1, min(cue.i + _LONGEST_TAIL, sentence.end)):
        token = doc[index]
        if token.lower_ == "that" and token.tag_ == "IN" and token.dep_ == "mark":
            return _content(reading, index, sentence.end - 1, "that", cue, _addressee(cue))
        if token.pos_ in ("VERB", "AUX") or token.text in (",", ";"):
            break
    return _by_tail(reading, cue)


def _is_subject_after_all(target: Token) -> bool:
    """An object that a finite verb follows at once is its subject: "hoping an agreement could lay the groundwork"."""
    following = target.right_edge.i + 1
    return following < target.sent.end and target.doc[following].tag_ in ("MD", "VBZ", "VBP")


def _by_tail(reading: Reading, cue: Token) -> Content | None:
    doc, sentence, voice = cue.doc, cue.sent, find_voice(cue)
    if voice.speaker is None or not voice.own or sentence.end - cue.i > _LONGEST_TAIL:
        return None
    if cue.lemma_ in cues().clause_of_findings or any(c.dep_ in ("dobj", "prep", "attr", "acomp") for c in cue.rights):
        return None
    if any(t.pos_ in ("VERB", "AUX") for t in doc[cue.i + 1 : sentence.end]):
        return None
    first = min(voice.speaker.left_edge.i, cue.i)
    if first - 1 <= sentence.start or doc[first - 1].text not in (",", '"') or doc[sentence.start].pos_ in ("ADP", "SCONJ"):
        return None
    if not any(t.dep_ in ("nsubj", "nsubjpass") for t in doc[sentence.start : first]):
        return None
    return _content(reading, sentence.start, first - 1, "tail", cue)


def _by_infinitive(reading: Reading, cue: Token, lemma: str) -> Content | None:
    lists = cues()
    own, spoken_to = lemma in lists.infinitive or lemma in lists.belief_infinitive, lemma in lists.object_infinitive
    if not own and not spoken_to:
        return None
    for clause in cue.rights:
        marker = next((c for c in clause.lefts if c.tag_ == "TO"), None) if clause.dep_ in _CLAUSES else None
        if marker is None or marker.i <= cue.i:
            continue
        between = [t for t in cue.doc[cue.i + 1 : marker.i] if t.pos_ in ("NOUN", "PROPN", "PRON")]
        if between and not spoken_to:
            continue
        addressee = between[0].head if between and between[0].dep_ == "compound" else next(iter(between), None)
        return _content(reading, marker.i, clause.right_edge.i, "infinitive", cue, addressee)
    return None


def _by_raising(reading: Reading, cue: Token, lemma: str) -> Content | None:
    """A passive without anybody who says it: "said to last less than a month", "is reported to have fled"."""
    if lemma not in cues().raised or cue.i + 1 >= len(cue.doc):
        return None
    if lemma not in _NEVER_WITH_INFINITIVE and (cue.tag_ != "VBN" or not find_voice(cue).passive):
        return None
    marker = next((t for t in cue.doc[cue.i + 1 : cue.i + 3] if t.tag_ == "TO" and t.head.i > t.i), None)
    return _content(reading, marker.i, marker.head.right_edge.i, "raising", cue) if marker is not None else None


def _by_address(reading: Reading, cue: Token, lemma: str) -> Content | None:
    """ "calling on Israel for an explanation", "appealed to both sides to stop"."""
    preposition = _preposition(cue, cues().addressed_by_preposition.get(lemma, frozenset()))
    target = next((c for c in preposition.children if c.dep_ == "pobj"), None) if preposition is not None else None
    if preposition is None or target is None:
        return None
    doc, last = cue.doc, cue.right_edge.i
    for token in doc[target.i + 1 : last + 1]:
        if (token.tag_ == "TO" and token.head.pos_ in ("VERB", "AUX")) or (
            token.dep_ == "prep" and token.lower_ == "for"
        ):
            governor = token.head if token.tag_ == "TO" else token
            return _content(reading, token.i, governor.right_edge.i, "address", cue, target, preposition.i)
    return None


def _by_complement(reading: Reading, cue: Token, lemma: str) -> Content | None:
    """ "called the strike a massacre", "described the incident as horrifying", "accused the army of shelling a market"."""
    lists = cues()
    if lemma in lists.object_complement:
        small = next(
            (
                c
                for c in cue.rights
                if c.dep_ in ("ccomp", "oprd", "xcomp") and not any(g.tag_ == "TO" for g in c.lefts)
            ),
            None,
        )
        if small is not None:
            named = next((c for c in cue.rights if c.dep_ == "dobj" and c.i < small.i), None)
            first = named.left_edge.i if named is not None else max(small.left_edge.i, cue.i + 1)
            return _content(reading, first, small.right_edge.i, "complement", cue)
    preposition = _preposition(cue, lists.object_and_preposition.get(lemma, frozenset()))
    named = next((c for c in cue.rights if c.dep_ in ("dobj", "nsubj")), None)
    if preposition is None and named is not None:
        preposition = _preposition(named, lists.object_and_preposition.get(lemma, frozenset()))
    if preposition is None:
        return None
    first = named.left_edge.i if named is not None and named.i < preposition.i else preposition.i
    return _content(reading, first, preposition.right_edge.i, "complement", cue)


def _by_preposition(reading: Reading, cue: Token, lemma: str) -> Content | None:
    preposition = _preposition(cue, cues().preposition.get(lemma, frozenset()))
    if preposition is None or any(c.dep_ == "dobj" for c in cue.rights):
        return None
    if not any(c.dep_ in ("pobj", "pcomp") for c in preposition.children):
        return None
    keeps = preposition.lower_ in ("to", "with")
    first = preposition.i if keeps else preposition.i + 1
    return _content(
        reading, first, preposition.right_edge.i, "preposition", cue, None, cue.i if keeps else preposition.i
    )


def _preposition(governor: Token, allowed: frozenset[str]) -> Token | None:
    return next(
        (c for c in governor.rights if c.dep_ in ("prep", "prt", "dative", "aux") and c.lower_ in allowed), None
    )


def _by_object(reading: Reading, cue: Token, lemma: str) -> Content | None:
    lists = cues()
    if lemma not in lists.object and lemma not in lists.belief_object:
        return None
    target = next((c for c in cue.rights if c.dep_ == "dobj"), None)
    if target is None:
        voice = find_voice(cue)
        target = (
            next((c for c in cue.children if c.dep_ == "nsubjpass"), None)
            if voice.passive and voice.speaker is not None
            else None
        )
    if (
        target is None
        or target.lemma_.lower() in lists.objects_no_statement
        or target.lower_ in lists.objects_no_statement
    ):
        return None
    if target.tag_ in ("WDT", "WP") or (target.pos_ == "PRON" and target.right_edge == target):
        return None
    last = _continued(cue, target)
    return _content(reading, target.left_edge.i, last, "object", cue)


def _continued(cue: Token, target: Token) -> int:
    """Prepositional phrases that follow an object without a comma still describe it."""
    last = target.right_edge.i
    for child in cue.rights:
        if child.dep_ != "prep" or child.i != last + 1:
            continue
        if child.lower_ in _CONTINUING or (child.lower_ in _WHERE and _is_where(child)):
            last = child.right_edge.i
    return last


def _is_where(preposition: Token) -> bool:
    """Whether it tells of a place, not of a day or of an interview."""
    where = next((c for c in preposition.children if c.dep_ == "pobj"), None)
    return where is not None and where.ent_type_ not in ("DATE", "TIME") and where.lower_ not in cues().venues


def _addressee(cue: Token) -> Token | None:
    """Whom it is said to: the object of "told", or after "to"."""
    if cue.lemma_ in cues().addressing:
        found = next(
            (
                c
                for c in cue.rights
                if c.dep_ in ("dobj", "dative", "npadvmod")
                and c.dep_ != "npadvmod"
                and c.ent_type_ not in ("DATE", "TIME")
            ),
            None,
        )
        if found is not None and found.pos_ != "ADP":
            return found
    passive = find_voice(cue)
    if passive.passive:
        return passive.addressee
    to = next((c for c in cue.rights if c.lower_ == "to" and c.dep_ in ("prep", "dative")), None)
    return next((c for c in to.children if c.dep_ == "pobj"), None) if to is not None else None


def _content(
    reading: Reading,
    first: int,
    last: int,
    frame: str,
    cue: Token,
    addressee: Token | None = None,
    cue_last: int | None = None,
) -> Content | None:
    """Tokens to offsets, with marks of quotations made whole and punctuation at the edges off."""
    if first > last:
        return None
    tokens = reading.parsed[first : last + 1]
    start, end = trim(reading, tokens.start_char, tokens.end_char)
    return Content(start, end, frame, cue.i if cue_last is None else cue_last, addressee) if start < end else None


def trim(reading: Reading, start: int, end: int) -> tuple[int, int]:
    """Punctuation off the edges; a quotation that begins or ends there whole."""
    text, quotes = reading.text, quotes_of(reading)
    while start < end and text[start] in _LEADING:
        start += 1
    closing = quotes.covering(end - 1) or (quotes.covering(end) if end < len(text) else None)
    if closing is not None and start <= closing.start < end and closing.end - end <= 2:
        end = closing.end
    while end > start and text[end - 1] in _TRAILING:
        end -= 1
    opening = quotes.covering(start - 1) if start else None
    if opening is not None and opening.start >= start - 2 and opening.end <= end + 2:
        start, end = opening.start, max(end, opening.end)
    return start, end


_FRAMES: tuple[Callable[[Reading, Token, str], Content | None], ...] = (
    _by_raising, _by_complement, _by_address, _by_infinitive, _by_clause, _by_preposition, _by_object,
)  # fmt: skip
