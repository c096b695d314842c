"""What a cue says: the span of its content, by the frame that holds it."""

from collections.abc import Callable
from dataclasses import replace

from spacy.tokens import Token

from analysis.extract.actor_lexicon import roles
from analysis.extract.clause_edges import before_comment, before_weekday
from analysis.extract.clauses import find_addressee, find_clause, is_where
from analysis.extract.content_spans import Content, make_content
from analysis.extract.cues import cues, lemma_of
from analysis.extract.dependents import FINITE
from analysis.extract.quotations import find_quoted
from analysis.extract.reading import Reading
from analysis.extract.speakers import find_voice

_CLAUSES = {"ccomp", "xcomp", "advcl", "parataxis", "dobj"}
# Prepositions that go on with an object's description although the parser hangs them on the verb.
_CONTINUING = {"under", "over", "about", "against", "for", "of", "to", "between", "with", "from", "as"}
_WHERE = {"in", "across", "near", "on", "at"}
# "X said to last" is a passive whatever the parser makes of it.
_NEVER_WITH_INFINITIVE = {"say", "report", "rumor"}


def find_content(reading: Reading, cue: Token) -> Content | None:
    """The content of a verb cue, by the first frame that holds one."""
    lemma, lists = lemma_of(cue), cues()
    if lemma in lists.clause or lemma in lists.quotation:
        quoted = find_quoted(reading, cue)
        if quoted and not (lemma in lists.clause_of_findings and quoted[0] - cue.idx - len(cue) in (0, 1)):
            return Content(*quoted, "quote", cue.i, find_addressee(cue))
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


def _by_infinitive(reading: Reading, cue: Token, lemma: str) -> Content | None:
    lists = cues()
    own, spoken_to = lemma in lists.infinitive or lemma in lists.belief_infinitive, lemma in lists.object_infinitive
    if not own and not spoken_to:
        return None
    for clause in cue.rights:
        marker = next((c for c in clause.lefts if c.tag_ == "TO"), None) if clause.dep_ in _CLAUSES else None
        if marker is None or marker.i <= cue.i:
            continue
        between = [t for t in cue.doc[cue.i + 1 : marker.i] if _can_be_told(t)]
        if between and not spoken_to:
            if lemma in lists.belief_infinitive and any(c.dep_ in ("nsubj", "nsubjpass") for c in clause.lefts):
                return make_content(reading, clause.left_edge.i, clause.right_edge.i, "infinitive", cue)
            continue
        addressee = between[0].head if between and between[0].dep_ == "compound" else next(iter(between), None)
        return make_content(reading, marker.i, clause.right_edge.i, "infinitive", cue, addressee)
    return None


def _can_be_told(token: Token) -> bool:
    """A noun, or "the young"."""
    return token.pos_ in ("NOUN", "PROPN", "PRON") or (token.pos_ == "ADJ" and token.dep_ in ("dobj", "nsubj"))


def _by_gerund(reading: Reading, cue: Token, lemma: str) -> Content | None:
    """ "denied shelling civilians", "admitted shooting down the helicopter"."""
    if lemma not in cues().gerund:
        return None
    clause = next((c for c in cue.rights if c.tag_ == "VBG" and c.dep_ in ("xcomp", "dobj", "ccomp")), None)
    if clause is None or clause.left_edge.i != cue.i + 1:
        return None
    later = next((c for c in clause.rights if c.dep_ == "advcl" and c.nbor(-1).text == ","), None)
    last = later.i - 2 if later is not None else clause.right_edge.i
    joined = next((c for c in clause.rights if c.dep_ == "conj" and c.tag_ in FINITE), None)
    if joined is not None and joined.tag_ == cue.tag_:  # "denies blocking aid and accuses others"
        last = min(last, joined.left_edge.i - 1 - (joined.nbor(-1).dep_ == "cc"))
    return make_content(reading, clause.left_edge.i, last, "gerund", cue)


def _by_raising(reading: Reading, cue: Token, lemma: str) -> Content | None:
    """A passive without anybody who says it: "said to last less than a month", "is reported to have fled"."""
    if lemma not in cues().raised or cue.i + 1 >= len(cue.doc):
        return None
    if lemma not in _NEVER_WITH_INFINITIVE and (cue.tag_ != "VBN" or not find_voice(cue).passive):
        return None
    if cue.tag_ not in ("VBN", "VBD"):
        return None  # "chief says open to truce"
    following = cue.doc[cue.i + 1 : cue.i + 3]
    marker = next((t for t in following if t.tag_ == "TO" and t.head.i > t.i and t.head.pos_ in ("VERB", "AUX")), None)
    return make_content(reading, marker.i, marker.head.right_edge.i, "raising", cue) if marker is not None else None


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
            return make_content(reading, token.i, governor.right_edge.i, "address", cue, target, preposition.i)
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
            if named is None and cue.dep_ in ("acl", "amod"):
                return None  # "the road, also called Route 4"
            first = named.left_edge.i if named is not None else max(small.left_edge.i, cue.i + 1)
            return make_content(reading, first, small.right_edge.i, "complement", cue)
        pair = _named_and_called(cue)
        if pair is not None:
            return make_content(reading, pair[0].left_edge.i, pair[1].right_edge.i, "complement", cue)
    preposition = _preposition(cue, lists.object_and_preposition.get(lemma, frozenset()))
    named = next((c for c in cue.rights if c.dep_ in ("dobj", "nsubj")), None)
    if preposition is None and named is not None:
        allowed = lists.object_and_preposition.get(lemma, frozenset())
        preposition = next((p for n in (named, *named.conjuncts) if (p := _preposition(n, allowed)) is not None), None)
    called = _called_as(cue, lists.object_and_preposition.get(lemma, frozenset())) if preposition is None else None
    if called is not None and named is not None and named.i < called.i:
        return make_content(reading, named.left_edge.i, called.right_edge.i, "complement", cue)
    if preposition is None:
        return None
    if named is not None and named.lower_ in lists.objects_no_statement and named.pos_ == "NOUN":
        return None
    if lemma == "put" and not _is_amount(named, preposition):
        return None
    first = named.left_edge.i if named is not None and named.i < preposition.i else preposition.i
    last = before_comment(cue, _over_examples(cue, _over_numbers(cue, preposition.right_edge.i)))
    return make_content(reading, first, last, "complement", cue)


def _named_and_called(cue: Token) -> tuple[Token, Token] | None:
    """ "branded the deal a capitulation": two objects in a row."""
    objects = [c for c in cue.rights if c.dep_ in ("dobj", "dative")]
    if len(objects) != 2 or objects[1].dep_ != "dobj":
        return None
    between = cue.doc[objects[0].right_edge.i + 1 : objects[1].left_edge.i]
    return (objects[0], objects[1]) if all(t.is_quote for t in between) else None


def _called_as(cue: Token, allowed: frozenset[str]) -> Token | None:
    """ "rejected the report as one-sided": the parser takes "as" and an adjective for a clause."""
    clause = next((c for c in cue.rights if c.dep_ == "advcl" and (c.pos_ in ("ADJ", "NOUN") or c.tag_ == "VBN")), None)
    opens = clause is not None and clause.left_edge.lower_ == "as" and "as" in allowed
    return clause if opens and not any(c.dep_ == "nsubj" for c in clause.lefts) else None  # type: ignore[union-attr]


def _over_examples(cue: Token, last: int) -> int:
    """On over ", among them strikes" and ", including strikes"."""
    doc = cue.doc
    if last + 2 < cue.sent.end and doc[last + 1].text == "," and doc[last + 2].lower_ in ("among", "including"):
        inner = next((c for c in doc[last + 2].children if c.dep_ == "pobj"), None)
        named = doc[inner.i + 1] if inner is not None and inner.pos_ == "PRON" else inner
        while named is not None and named.dep_ in ("compound", "amod", "nummod", "det") and named.head.i > named.i:
            named = named.head
        return max(last, min(named.right_edge.i, cue.sent.end - 1)) if named is not None else last
    return last


def _is_amount(named: Token | None, preposition: Token) -> bool:
    """ "Put the toll at 93" says something; "put troops at 3 gates" does not."""
    of_amount = named is not None and named.lemma_.lower() in cues().amounts
    return of_amount and any(t.like_num or t.ent_type_ == "CARDINAL" for t in preposition.subtree)


def _over_numbers(cue: Token, last: int) -> int:
    """On over "dead and several dozen wounded", which the parser cuts off the number before."""
    doc, words = cue.doc, cues().number_words
    if not any(t.like_num for t in doc[cue.i + 1 : last + 1]):
        return last
    while last + 1 < cue.sent.end and (doc[last + 1].like_num or doc[last + 1].lower_ in words):
        last += 1
    return last if doc[last].lower_ not in ("and", "or") else last - 1


def _by_preposition(reading: Reading, cue: Token, lemma: str) -> Content | None:
    preposition = _preposition(cue, cues().preposition.get(lemma, frozenset()))
    if preposition is None or any(c.dep_ == "dobj" for c in cue.rights):
        return None
    if not any(c.dep_ in ("pobj", "pcomp") for c in preposition.children):
        return None
    keeps = preposition.lower_ in ("to", "with")
    first = preposition.i if keeps else preposition.i + 1
    return make_content(
        reading,
        first,
        _over_numbers(cue, preposition.right_edge.i),
        "preposition",
        cue,
        None,
        cue.i if keeps else preposition.i,
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
    free = next((c for c in cue.rights if c.dep_ == "ccomp" and c.left_edge.lower_ == "what"), None)
    if target is None and free is not None and free.left_edge.i == cue.i + 1:
        return make_content(reading, free.left_edge.i, before_comment(cue, free.right_edge.i), "object", cue)
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
    if lemma in lists.object_no_person and (target.ent_type_ == "PERSON" or target.lower_ in roles().person_nouns):
        return None
    last = before_weekday(cue, target, before_comment(cue, _continued(cue, target)))
    return make_content(reading, target.left_edge.i, last, "object", cue)


def _continued(cue: Token, target: Token) -> int:
    """Prepositional phrases that follow an object without a comma still describe it."""
    last = target.right_edge.i
    for child in cue.rights:
        # "Rejected calls to end them": the infinitive is the noun's, wherever the parser hangs it.
        if child.dep_ in ("xcomp", "advcl") and child.left_edge.tag_ == "TO" and child.left_edge.i == last + 1:
            last = child.right_edge.i
        if child.dep_ != "prep" or child.i != last + 1:
            continue
        if child.lower_ in _CONTINUING or (child.lower_ in _WHERE and is_where(child)):
            last = child.right_edge.i
    return last


_FRAMES: tuple[Callable[[Reading, Token, str], Content | None], ...] = (
    _by_raising, _by_complement, _by_address, _by_infinitive, _by_gerund, find_clause, _by_preposition, _by_object,
)  # fmt: skip
