"""Runs of words in a parse: the extent of a clause or phrase, and its parts where "and" joins provisions.

The parser often hangs the second part of a long coordination on the wrong word, so parts are cut at the words that join,
and kept apart only where what follows stands on a head of its own.
"""

from collections.abc import Callable
from dataclasses import dataclass

from spacy.tokens import Doc, Token

_JOINS = {"and", ",", ";", "or", "while", "but", "plus"}
_EDGES = {
    ",",
    ";",
    ".",
    ":",
    "and",
    "or",
    "but",
    "while",
    "well",
    "as",
    "plus",
    '"',
    "-",
    "--",
    "also",
    "that",
    "then",
    "during",
    "which",
    "\u2014",
    "\u2013",
    "'",
}


@dataclass(frozen=True)
class Segment:
    """Tokens [first, last] of a document."""

    doc: Doc
    first: int
    last: int

    @property
    def start(self) -> int:
        """Offset of the first character."""
        return int(self.doc[self.first].idx)

    @property
    def end(self) -> int:
        """Offset after the last character."""
        token = self.doc[self.last]
        return int(token.idx) + len(token)

    @property
    def tokens(self) -> list[Token]:
        """The tokens, in order."""
        return list(self.doc[self.first : self.last + 1])

    def heads(self) -> list[Token]:
        """Tokens that hang on words outside: what the run is about."""
        return [t for t in self.tokens if not self.first <= t.head.i <= self.last or t.head == t]


def extent_of(head: Token, limit: int | None = None) -> Segment:
    """A word with all that hangs on it, up to `limit` (a token number, exclusive)."""
    last = head.right_edge.i if limit is None else min(head.right_edge.i, limit - 1)
    return trim(Segment(head.doc, head.left_edge.i, max(head.i, last)))


def clause_of(verb: Token, subject: Token | None) -> Segment:
    """A verb with its subject and what follows, without conjoined clauses and what stands before the subject."""
    first = subject.left_edge.i if subject is not None and subject.i < verb.i else verb.i
    for left in verb.lefts:
        if subject is None and left.dep_ in ("aux", "auxpass", "neg"):
            first = min(first, left.i)
    last = verb.right_edge.i
    for right in verb.rights:
        joined = right.dep_ == "conj" and any(c.dep_ in ("nsubj", "nsubjpass", "aux") for c in right.children)
        if right.dep_ in ("cc", "parataxis") or joined:
            last = min(last, right.left_edge.i - 1 if joined else right.i - 1)
            break
    return trim(Segment(verb.doc, first, max(verb.i, last)))


def before_clause(segment: Segment, verbs: frozenset[str] = frozenset()) -> Segment:
    """A run up to a condition or contrast in it, or to a finite verb of `verbs` joined by "and": those are told apart."""
    head = next((t.i for t in segment.heads() if t.pos_ in ("VERB", "AUX", "NOUN", "PROPN")), segment.first)
    for token in segment.doc[segment.first + 1 : segment.last + 1]:
        previous = token.nbor(-1)
        joined = token.tag_ in ("VBZ", "VBD") and token.lemma_ in verbs and previous.lower_ == "and"
        if (
            token.lower_ == "in"
            and token.i + 1 < len(token.doc)
            and token.nbor(1).lower_ in _RETURNS
            and token.i > head
        ):
            return trim(Segment(segment.doc, segment.first, token.i - 1))
        if (
            token.i > head
            and token.lower_ == "at"
            and [t.lower_ for t in token.doc[token.i : token.i + 4]] == _MEANWHILE
        ):
            return trim(Segment(segment.doc, segment.first, token.i - 1))
        if token.i > head and token.lower_ in ("and", "while") and opens_clause(token):
            return trim(Segment(segment.doc, segment.first, token.i - 1))
        aside = previous.lower_ == "," and _is_teller(token, segment.last) and token.i > head
        if aside:
            return trim(Segment(segment.doc, segment.first, token.i - 1))
        aside = previous.lower_ == "," and (
            token.lower_ in _ASIDES
            or _names_it(token)
            or (token.tag_ in ("VBZ", "VBD", "MD") and token.i > head and not reads_as_infinitive(token))
        )
        if aside and token.i > head:
            return trim(Segment(segment.doc, segment.first, token.i - 1))
        if token.lower_ == "only" and token.i > head and token.nbor(1).lower_ in ("when", "after", "once", "if"):
            return trim(Segment(segment.doc, segment.first, token.i - 1))
        if token.lower_ in ("during", "under", "after") and token.i > head and token.nbor(1).lower_ == "which":
            return trim(Segment(segment.doc, segment.first, token.i - 1))
        if token.lower_ in _TURNS and token.dep_ in ("mark", "prep", "advmod", "cc", "aux", "pcomp", "advcl", "acl"):
            only = previous.lower_ in ("only", "even")
            return trim(Segment(segment.doc, segment.first, token.i - (2 if only else 1)))
        if joined:
            return trim(Segment(segment.doc, segment.first, token.i - 1))
    return segment


def _is_teller(first: Token, last: int) -> bool:
    """ ", mediators in Nairobi announced": who tells of it, whatever the parser hangs there."""
    for token in first.doc[first.i : min(first.i + _LONGEST_TELLER, first.sent.end)]:
        if token.tag_ in ("VBD", "VBZ") and token.pos_ == "VERB":
            return token.i > last and token.lemma_ in _TELLING and token.i > first.i
        if token.text == "," or token.pos_ in ("VERB", "AUX", "CCONJ"):
            return False
    return False


_LONGEST_TELLER = 9
_TELLING = {"say", "announce", "report", "confirm", "tell", "add"}


def _names_it(token: Token) -> bool:
    """ "..., a condition that the group rejected": what is said of the provision."""
    return token.lower_ in ("a", "an") and any(t.lower_ in _CALLED for t in token.doc[token.i + 1 : token.i + 3])


_CALLED = {"condition", "demand", "move", "step", "requirement", "proposal", "request", "concession", "claim"}


def opens_clause(conjunction: Token) -> bool:
    """ "... and the alliance will": whether a noun phrase and a finite verb follow, wherever the parser hangs them."""
    named = False
    for token in conjunction.doc[conjunction.i + 1 : conjunction.i + 2 + LONGEST_SUBJECT]:
        if token.tag_ in ("MD", "VBZ", "VBP"):
            return named
        if token.pos_ not in ("NOUN", "PROPN", "DET", "ADJ", "NUM", "PRON"):
            return False
        named = named or token.pos_ in ("NOUN", "PROPN", "PRON")
    return False


def clause_start(verb: Token) -> int | None:
    """The first word of a noun phrase between "and" and a verb with its auxiliaries, which the parser hung elsewhere."""
    for token in reversed(verb.doc[max(verb.sent.start, verb.i - LONGEST_SUBJECT - 2) : verb.i]):
        if token.lower_ in ("and", "while"):
            return token.i + 1 if opens_clause(token) else None
        if token.pos_ not in ("NOUN", "PROPN", "DET", "ADJ", "NUM", "PRON", "AUX", "PART"):
            return None
    return None


# Words of a subject that a clause is recognised by.
LONGEST_SUBJECT = 5
_MEANWHILE = ["at", "the", "same", "time"]
# "in exchange for", "in return for": what the other side gives is told apart.
_RETURNS = {"exchange", "return"}
# After a comma, what opens a remark on the provision or names who says so.
_ASIDES = {"which", "who", "whose", "according"}
_TURNS = {"if", "unless", "provided", "while", "whereas", "although", "because"}


def over_row(clause: Token) -> int:
    """The last word of a clause, on over ", reopen B and respect C", which the parser hangs elsewhere."""
    doc, last = clause.doc, int(clause.right_edge.i)
    if last + 2 >= clause.sent.end or doc[last + 1].text != ",":
        return last
    following = doc[last + 2]
    bare = following.tag_ == "VB" and following.left_edge == following
    return int(following.right_edge.i) if bare else last


def trim(segment: Segment) -> Segment:
    """Without joining words and marks at its edges."""
    first, last = segment.first, segment.last
    while first < last and (segment.doc[first].lower_ in _EDGES or segment.doc[first].is_space):
        first += 1
    while last > first and (segment.doc[last].lower_ in _EDGES or segment.doc[last].is_space):
        last -= 1
    return Segment(segment.doc, first, last)


def split(segment: Segment, stands: Callable[[Segment], bool]) -> list[Segment]:
    """The parts of a run joined by "and", commas or semicolons; a part that does not stand by itself stays with the one before.

    `stands(part)` says whether a part could be a provision of its own.
    """
    cuts = [t.i for t in segment.tokens if _parts_at(t, segment)]
    in_row = is_infinitive(segment)
    parts: list[Segment] = []
    first = segment.first
    for cut in [*cuts, segment.last + 1]:
        if cut > first:
            part = Segment(segment.doc, first, cut - 1)
            if parts and not stands(trim(part)) and not (in_row and is_infinitive(trim(part), bare=True)):
                parts[-1] = Segment(segment.doc, parts[-1].first, cut - 1)
            else:
                parts.append(part)
        first = cut
    return [trim(part) for part in parts]


def _parts_at(token: Token, segment: Segment) -> bool:
    """Whether a part may end here; "foreign and allied forces" is one thing."""
    if token.lower_ not in _JOINS or not segment.first < token.i < segment.last:
        return False
    before, after = token.nbor(-1), token.nbor(1)
    described = before.dep_ == "amod" and before.head.i > token.i
    return not (described and after.pos_ in ("ADJ", "ADV", "PROPN") and after.i < before.head.i)


def is_infinitive(segment: Segment, bare: bool = False) -> bool:
    """ "to set up X, to identify Y and to arrest Z": each is a provision of its own; with `bare`, "set up X" goes on such a row."""
    first = segment.doc[segment.first]
    if bare and (first.tag_ == "VB" or reads_as_infinitive(first)) and segment.first < segment.last:
        return True
    return first.lower_ == "to" and segment.first < segment.last and first.nbor(1).tag_ == "VB"


def reads_as_infinitive(token: Token) -> bool:
    """ "agreed to stop A, set up B": the parser takes "set", "cut" and "put" for a past."""
    return token.tag_ == "VBD" and token.lower_ == token.lemma_ and token.dep_ == "conj"
