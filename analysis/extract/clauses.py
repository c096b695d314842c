"""Contents that are clauses: "said that ...", "..., he said", "The talks, he said, ..."."""

from spacy.tokens import Token

from analysis.extract.clause_edges import (
    CONDITIONS,
    after_day,
    after_semicolon,
    before_break,
    before_comment,
    before_moment,
    before_participle,
    before_sayer,
    over_condition,
)
from analysis.extract.content_spans import Content, make_content
from analysis.extract.cues import cues, is_verb_cue
from analysis.extract.dependents import FINITE
from analysis.extract.hidden_speakers import find_before, find_lost_sayer, first_of_lost, left_edge_of
from analysis.extract.reading import Reading
from analysis.extract.speakers import find_voice

_LONGEST_TAIL = 12
# "17 people, **among** them five children, were killed": what opens a part of the subject, which is no subject itself.
_PARTS = {"among", "including"}
_ADJOINING = {"advcl", "prep", "acl", "relcl", "xcomp", "cc", "conj"}


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
        ahead = reversed(cue.doc[cue.sent.start : cue.i])
        first = next((t.i + 1 for t in ahead if t.text in (":", ";")), cue.sent.start)
        return make_content(reading, first, cue.sent.end - 1, "parenthesis", cue)
    return _by_surface(reading, cue, lemma)


def _clause_of(cue: Token) -> Token | None:
    candidates = [c for c in cue.children if c.dep_ == "ccomp" and not _is_small(c)]
    if not candidates:
        candidates = [c for c in cue.children if c.dep_ in ("advcl", "xcomp", "dobj", "pobj") and _has_mark(c)]
    behind = [c for c in candidates if c.i > cue.i]
    if behind and cue.i and cue.nbor(-1).text == "," and find_voice(cue).speaker is None:
        return behind[0]  # headlines: "Rebels free soldier, say they want talks"
    return min(candidates, key=lambda c: abs(c.i - cue.i), default=None)


def _has_mark(clause: Token) -> bool:
    return any(c.dep_ == "mark" and c.lower_ in ("that", "whether") for c in clause.children)


def _is_small(clause: Token) -> bool:
    """ "calling the incident horrifying": a clause without a finite verb or an infinitive."""
    return any(c.tag_ == "TO" for c in clause.lefts) or (
        clause.tag_ in ("JJ", "NN", "NNP", "NNS")
        and not any(c.dep_ in ("cop", "aux", "auxpass") for c in clause.children)
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
        behind = (c.right_edge.i for c in cue.lefts if c.left_edge.lower_ in CONDITIONS and c.left_edge.i == last + 1)
        last = min(max([last, *behind]), bound - 1)
        return after_semicolon(cue, first), last
    first = _with_subject(cue, clause, first)
    last = before_break(cue, clause, _extended(cue, clause, last))
    last = before_moment(cue, before_comment(cue, before_participle(cue, before_sayer(cue, last))))
    last = over_condition(cue, last)
    return after_day(cue, max(first, cue.i + 1), last), last


def _with_subject(cue: Token, clause: Token, first: int) -> int:
    """Back over a subject that the parser took for the cue's object: "OCHA said 1.1 million people, a third of all, had fled"."""
    subject = next((c for c in clause.lefts if c.dep_ in ("nsubj", "nsubjpass", "csubj", "expl")), None)
    if cue.lemma_ in cues().addressing or (subject is not None and subject.left_edge.lower_ not in _PARTS):
        return first
    taken = next((c for c in cue.rights if c.dep_ == "dobj" and c.i < clause.i), None)
    finite = clause.tag_ in FINITE or any(c.tag_ in FINITE for c in clause.lefts if c.dep_ in ("aux", "auxpass"))
    return min(first, taken.left_edge.i) if taken is not None and finite else first


def _extended(cue: Token, clause: Token, last: int) -> int:
    """What follows a clause without a comma belongs to it, although the parser hangs it on the cue."""
    for child in (*clause.rights, *cue.rights):
        if child.head == cue and child.dep_ in ("cc", "conj") and _says_more(cue):
            continue
        if child.left_edge.i != last + 1 and not _is_condition_apart(child, last):
            continue
        if child.left_edge.lower_ in CONDITIONS or (
            child.dep_ in _ADJOINING and (child.dep_ != "prep" or is_where(child))
        ):
            last = child.right_edge.i
    return last


def _says_more(cue: Token) -> bool:
    """ "said that ... and warned that ...": what is joined to the cue is another one."""
    joined = (c for c in cue.rights if c.dep_ == "conj" and is_verb_cue(c))
    return any(not any(g.dep_ in ("nsubj", "nsubjpass") for g in verb.lefts) for verb in joined)


def _is_condition_apart(child: Token, last: int) -> bool:
    """ ", provided that both ask": a condition behind a comma is said too."""
    first = child.left_edge
    return first.lower_ in CONDITIONS and first.i == last + 2 and first.nbor(-1).text == ","


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
        if (token.pos_ in ("VERB", "AUX") and token.dep_ != "amod") or token.text in (",", ";"):
            break
    return _by_tail(reading, cue)


def _is_subject_after_all(target: Token) -> bool:
    """An object that a finite verb follows at once is its subject: "hoping an agreement could lay the groundwork"."""
    following = target.right_edge.i + 1
    return following < target.sent.end and target.doc[following].tag_ in ("MD", "VBZ", "VBP")


def _by_tail(reading: Reading, cue: Token) -> Content | None:
    """Everything before ", X said on Monday" although the parse hangs it elsewhere."""
    doc, sentence = cue.doc, cue.sent
    speaker = find_sayer(cue)
    if speaker is None or not _ends_with_cue(cue) or cue.lemma_ in cues().clause_of_findings:
        return None
    first = min(speaker, cue.i)
    if (
        first - 1 <= sentence.start
        or doc[first - 1].text not in (",", '"')
        or doc[sentence.start].pos_ in ("ADP", "SCONJ")
    ):
        return None
    ahead = doc[sentence.start : first]
    if not any(t.dep_ in ("nsubj", "nsubjpass") or (t.tag_ in FINITE and t.pos_ == "VERB") for t in ahead):
        return None
    return make_content(reading, sentence.start, first - 1, "tail", cue)


def find_sayer(cue: Token) -> int | None:
    """The first token of the phrase right before a cue that says it: its subject, or the noun phrase after the last comma."""
    voice = find_voice(cue)
    if voice.speaker is not None and voice.own:
        return int(voice.speaker.left_edge.i)
    lost = find_lost_sayer(cue)
    return None if lost is None else first_of_lost(lost)


def _ends_with_cue(cue: Token) -> bool:
    """Whether nothing but a day or a venue stands between a cue and the next comma or the end."""
    doc, end = cue.doc, cue.sent.end
    comma = next((t.i for t in doc[cue.i + 1 : min(end, cue.i + _LONGEST_TAIL)] if t.text in (",", ".", ";")), end)
    rest = doc[cue.i + 1 : comma]
    if comma - cue.i > _LONGEST_TAIL or any(t.pos_ in ("VERB", "AUX") for t in rest):
        return False
    return not any(
        (c.dep_ == "dobj" and cue.lemma_ not in cues().addressing)
        or c.dep_ in ("attr", "acomp")
        or (c.dep_ == "prep" and is_where(c))
        for c in cue.rights
        if c.i < comma
    )


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
