"""Contents that are clauses: "said that ...", "..., he said", "The talks, he said, ..."."""

from spacy.tokens import Span, Token

from analysis.extract.content_spans import Content, make_content
from analysis.extract.cues import cues, is_verb_cue
from analysis.extract.hidden_speakers import find_before, left_edge_of
from analysis.extract.reading import Reading
from analysis.extract.speakers import find_voice, is_misplaced

_LONGEST_TAIL = 12
_WHEN = {"DATE", "TIME"}
_BEFORE_DAYS = {"on", "late", "early", "in", "last", "earlier"}
# What a clause begins with.
_OPENING = {"PRON", "DET", "NOUN", "PROPN", "NUM", "ADJ"}
_FINITE = ("VBD", "VBZ", "VBP")
LONGEST = 250  # tokens of a clause that are looked at: only endless sentences have more


def find_clause(reading: Reading, cue: Token, lemma: str) -> Content | None:
    if lemma not in cues().clause and lemma not in cues().belief_clause:
        return None
    clause = _clause_of(cue)
    if clause is not None:
        start, end = _clause_span(cue, clause)
        return make_content(reading, start, end, "clause", cue, find_addressee(cue))
    if (cue.dep_ == "parataxis" and any(c.dep_ == "nsubj" for c in cue.children)) or (
        cue.dep_ == "ccomp" and _is_parenthetical(cue)
    ):
        return make_content(reading, cue.sent.start, cue.sent.end - 1, "parenthesis", cue)
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
    return any(c.tag_ == "TO" for c in clause.lefts) or (
        clause.tag_ in ("JJ", "NN", "NNP", "NNS") and not any(c.dep_ == "cop" for c in clause.children)
    )


def _clause_span(cue: Token, clause: Token) -> tuple[int, int]:
    """First and last token. A clause before its cue ends where the speaker begins."""
    first, last = clause.left_edge.i, clause.right_edge.i
    if clause.i < cue.i:
        voice = find_voice(cue)
        bound = cue.i
        hidden = find_before(cue) if voice.speaker is None and not voice.passive else None
        if hidden is not None:
            bound = left_edge_of(hidden)
        if voice.speaker is not None and voice.own and voice.speaker.i < cue.i:
            bound = min(bound, voice.speaker.left_edge.i)
        if last < cue.i or not any(t.pos_ == "VERB" for t in cue.doc[cue.i + 1 : last + 1]):
            last = min(last, bound - 1)
        return _after_semicolon(cue, first), last
    first = _with_subject(cue, clause, first)
    last = _before_break(cue, clause, _extended(cue, clause, last))
    return after_day(cue, max(first, cue.i + 1), last), before_sayer(cue, last)


def _with_subject(cue: Token, clause: Token, first: int) -> int:
    """Back over a subject that the parser took for the cue's object: "OCHA said 1.1 million people, a third of all, had fled"."""
    if cue.lemma_ in cues().addressing or any(c.dep_ in ("nsubj", "nsubjpass", "csubj", "expl") for c in clause.lefts):
        return first
    taken = next((c for c in cue.rights if c.dep_ == "dobj" and c.i < clause.i), None)
    return min(first, taken.left_edge.i) if taken is not None and clause.tag_ in _FINITE else first


def after_day(cue: Token, first: int, last: int) -> int:
    """Where a clause begins behind the day on which it was said: "said on Friday it had ...", "said late Tuesday they ..."."""
    doc, index = cue.doc, first
    if first != cue.i + 1:
        return first
    while index < last and (doc[index].ent_type_ in _WHEN or doc[index].lower_ in _BEFORE_DAYS):
        index += 1
    said_then = any(t.ent_type_ in _WHEN for t in doc[first:index])
    return index if said_then and doc[index].pos_ in _OPENING else first


def before_sayer(cue: Token, last: int) -> int:
    """The end of a clause, before ", an adviser confirmed": somebody else's words for the whole sentence."""
    doc = cue.doc
    index = last
    while index > cue.i + 1 and doc[index].is_punct:
        index -= 1
    if not is_verb_cue(doc[index]) or doc[index].tag_ not in ("VBD", "VBZ"):
        return last
    ahead = doc[max(cue.i + 1, index - _LONGEST_TAIL) : index]
    comma = next((t.i for t in reversed(ahead) if t.text == ","), None)
    if comma is None or any(t.pos_ in ("VERB", "AUX", "SCONJ", "CCONJ") for t in doc[comma + 1 : index]):
        return last
    return comma - 1 if any(t.pos_ in ("NOUN", "PROPN", "PRON") for t in doc[comma + 1 : index]) else last


def _after_semicolon(cue: Token, first: int) -> int:
    """Where a clause begins that the parser joins to what somebody else says before a semicolon: "A said ...; ..., B said"."""
    doc = cue.doc
    for token in doc[max(first, cue.i - LONGEST) : cue.i]:
        if token.text == ";" and not _inside_marks(doc[first : token.i]) and _has_sayer(doc[cue.sent.start : token.i]):
            first = token.i + 1
    return first


def _before_break(cue: Token, clause: Token, last: int) -> int:
    """The end of a clause, before a semicolon with another's words behind it, or before the cue's own next verb."""
    doc = cue.doc
    for token in doc[clause.i + 1 : min(last, clause.i + LONGEST) + 1]:
        if token.text == ";" and not _inside_marks(doc[cue.i : token.i]) and _has_sayer(doc[token.i : cue.sent.end]):
            return token.i - 1
        if token.head == clause and is_verb_cue(token) and is_misplaced(token):
            return token.i - 2 if token.nbor(-1).dep_ == "cc" else token.i - 1
    return last


def _has_sayer(tokens: Span) -> bool:
    """Whether a verb of speech stands among tokens with a subject of its own."""
    return any(is_verb_cue(t) and any(c.dep_ == "nsubj" and c in tokens for c in t.children) for t in tokens)


def _inside_marks(tokens: Span) -> bool:
    return sum(token.text == '"' for token in tokens) % 2 == 1


def _extended(cue: Token, clause: Token, last: int) -> int:
    """What follows a clause without a comma belongs to it, although the parser hangs it on the cue."""
    for child in (*clause.rights, *cue.rights):
        adjoining = child.left_edge.i == last + 1 and child.dep_ in (
            "advcl",
            "prep",
            "acl",
            "relcl",
            "xcomp",
            "cc",
            "conj",
        )
        if adjoining and (child.dep_ != "prep" or is_where(child)):
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
        return make_content(reading, misread.left_edge.i, sentence.end - 1, "clause", cue)
    for index in range(cue.i + 1, min(cue.i + _LONGEST_TAIL, sentence.end)):
        token = doc[index]
        if token.lower_ == "that" and token.tag_ in ("IN", "WDT") and token.dep_ == "mark":
            return make_content(reading, index, sentence.end - 1, "that", cue, find_addressee(cue))
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
    if (
        first - 1 <= sentence.start
        or doc[first - 1].text not in (",", '"')
        or doc[sentence.start].pos_ in ("ADP", "SCONJ")
    ):
        return None
    if not any(t.dep_ in ("nsubj", "nsubjpass") for t in doc[sentence.start : first]):
        return None
    return make_content(reading, sentence.start, first - 1, "tail", cue)


def is_where(preposition: Token) -> bool:
    """Whether it tells of a place, not of a day or of an interview."""
    where = next((c for c in preposition.children if c.dep_ == "pobj"), None)
    return where is not None and where.ent_type_ not in ("DATE", "TIME") and where.lower_ not in cues().venues


def find_addressee(cue: Token) -> Token | None:
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
