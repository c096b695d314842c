"""What a number counts: the noun phrase after it, its head, and the class of that head."""

from dataclasses import dataclass, replace

from spacy.tokens import Doc, Token

from analysis.extract.counted_classes import class_of, classes, classify, compounds, lemma_of, measures, states

QUOTES = frozenset("\"'\u201c\u201d\u2018\u2019")
LONGEST_PHRASE = 8  # tokens
_MODIFIERS = {"ADJ", "NOUN", "PROPN"}
_LINKS = {"compound", "amod", "nmod", "poss", "nummod", "npadvmod", "advmod", "det", "punct", "case"}
_DETERMINERS = {"the", "these", "those", "its", "their", "his", "her", "our", "my", "them", "all", "of", "some"}
_COORDINATED = {"and", "or", "-", ",", "/"}


@dataclass(frozen=True)
class Counted:
    """The counted noun: `head` is null where none is named ("killing 12"); `last` is the last token of the phrase."""

    head: Token | None
    last: Token | None
    unit: str | None
    noun_class: str | None
    words: tuple[str, ...] = ()
    hyphenated: bool = False

    @property
    def people(self) -> bool:
        """Whether those counted are people."""
        return bool(self.noun_class and class_of(self.noun_class).get("people"))


NOTHING = Counted(None, None, None, None)


def read_counted(doc: Doc, after: int, in_words: bool) -> Counted:
    """The noun phrase that begins at a token; `in_words` for numbers after which "of" counts ("dozens of", "two of the")."""
    if after >= len(doc):
        return NOTHING
    if doc[after].text == "-" and after + 1 < len(doc) and not doc[after].whitespace_:
        return _read_hyphenated(doc, after + 1)
    if _opens_quote(doc, after):
        after += 1  # "nine 'terrorist' sites"
    elif in_words and doc[after].text in QUOTES and doc[after : after + 2].text.endswith("of"):
        after += 1  # "'dozens' of deaths"
    at = _skip_of(doc, after) if in_words or doc[after].lower_ == "of" else after
    head = _behind_quote(doc, at) or find_head(doc, at, possessives=at > after)
    if head is None:
        return NOTHING
    words = tuple(token.lower_ for token in doc[at : head.i + 1])
    return Counted(head, head, unit_of(head, words), classify(head, words), words)


def _behind_quote(doc: Doc, at: int) -> Token | None:
    """The plural behind words in quotation marks that begin at a token: "nine 'command and control' **sites**"."""
    if at == 0 or not _opens_quote(doc, at - 1):
        return None
    close = next((token.i for token in doc[at : at + LONGEST_PHRASE] if token.text in QUOTES), len(doc))
    return doc[close + 1] if close + 1 < len(doc) and doc[close + 1].tag_ == "NNS" else None


def _opens_quote(doc: Doc, at: int) -> bool:
    """Whether a quotation mark at a token opens a quotation."""
    opening = doc[at].text in QUOTES and at > 0 and bool(doc[at - 1].whitespace_)
    return opening and not doc[at].whitespace_ and at + 1 < len(doc)


_NEEDS = {"need", "needs", "lack"}  # verbs that the tagger takes for nouns: "16.7 million need aid"
REACH_NUMBER_OF = 14  # tokens between "the number of militants killed" and the number


def read_number_of(doc: Doc, first: int) -> Counted | None:
    """What is counted where it stands before: "put the number of militants killed **at 1,600**"."""
    if first < 4 or doc[first - 1].lower_ not in ("at", "to", "reached", "exceeded", "was", "is"):
        return None
    for token in reversed(doc[max(0, first - REACH_NUMBER_OF) : first - 1]):
        if token.is_sent_start or token.lower_ in (";", ",") or token.like_num:
            return None
        if token.lower_ in ("number", "numbers", "total") and doc[token.i + 1].lower_ == "of":
            found = read_counted(doc, token.i + 1, True)
            return replace(found, last=None) if found.head is not None else None
    return None


def read_number_behind(doc: Doc, first: int, last: int) -> Counted | None:
    """What is counted where it stands behind: "which brings **to 13** the number of soldiers who have died"."""
    if first < 2 or doc[first - 1].lower_ not in ("to", "at"):
        return None
    if [token.lower_ for token in doc[last + 1 : last + 4]] not in (["the", "number", "of"], ["the", "total", "of"]):
        return None
    found = read_counted(doc, last + 3, True)
    return found if found.head is not None else None


def unit_of(head: Token, words: tuple[str, ...]) -> str:
    """The lemma of what is counted, with the word before it where only the two say what it is ("aid worker")."""
    pair = f"{words[-2]} {lemma_of(head)}" if len(words) > 1 else ""
    return pair if compounds().get(pair) in ("facility", "aid", "health", "press") else lemma_of(head)


def _read_hyphenated(doc: Doc, at: int) -> Counted:
    """ "60-day", "12-member": the unit is glued to the number."""
    token = doc[at]
    return Counted(token, token, lemma_of(token), classify(token, (token.lower_,)), (token.lower_,), hyphenated=True)


def _skip_of(doc: Doc, at: int) -> int:
    """Past "of", determiners, possessives and the number of the whole ("18 of the 31 lorries"), where a noun follows."""
    first, end = at, min(len(doc), at + LONGEST_PHRASE)
    while at < end and (doc[at].lower_ in _DETERMINERS or (at > first and doc[at].like_num)):
        at += 1
    return at


def find_head(doc: Doc, at: int, possessives: bool = True) -> Token | None:
    """The head of a noun phrase that begins at a token: through adjectives and compounds to the last noun."""
    head: Token | None = None
    for token in doc[at : at + LONGEST_PHRASE]:
        if token.is_sent_start and token.i > at:
            break
        if _is_state_alone(doc, token) or token.lower_ in _NEEDS:
            break
        if token.pos_ in ("NOUN", "PROPN") or _is_known_noun(token):
            if head is not None and not _continues(head, token):
                break
            head = token
            if _closes(doc, token) or lemma_of(token) in measures():
                break
        elif not _is_modifier(doc, token, head) or (token.lower_ in ("'s", "'") and not possessives):
            break
    return head


def _is_known_noun(token: Token) -> bool:
    if token.lower_ == "other":
        return False
    return token.tag_ in ("NNS", "NN") or (
        token.pos_ in ("VERB", "ADJ", "ADV", "X")
        and (token.lower_ in classes() or token.lower_ in measures())
        and token.lower_ not in states()
    )


def _is_modifier(doc: Doc, token: Token, head: Token | None) -> bool:
    """Whether a token may stand between a number and its noun."""
    if token.lower_ == "other":
        return True
    if head is not None:
        return (
            token.lower_ in ("'s", "'", "-")
            and token.i + 1 < len(doc)
            and doc[token.i + 1].pos_ in (_MODIFIERS | {"NUM"})
            and head.pos_ in ("PROPN", "NOUN")
        ) or _is_number_of_owner(doc, token)
    if token.pos_ == "ADJ" or token.tag_ in ("VBN", "VBG", "JJ", "JJR", "JJS", "POS"):
        return True
    if token.tag_ == "VBD" and token.lower_ in states():  # "540 abducted children", mistaken for a verb
        return token.i + 1 < len(doc) and doc[token.i + 1].tag_ == "NNS"
    if token.pos_ == "ADV":
        return token.i + 1 < len(doc) and doc[token.i + 1].pos_ in ("ADJ", "VERB")
    return (
        token.lower_ in _COORDINATED
        and 0 < token.i < len(doc) - 1
        and doc[token.i - 1].pos_ == "ADJ"
        and doc[token.i + 1].pos_ in ("ADJ", "NOUN", "PROPN")
        and token.lower_ != "or"
    )


def _is_number_of_owner(doc: Doc, token: Token) -> bool:
    """ "The country's 7.5 million children": every word of the number behind a possessive."""
    if not token.like_num:
        return False
    before = doc[token.i - 2 if doc[token.i - 1].like_num else token.i - 1]
    return before.lower_ in ("'s", "'")


def _is_state_alone(doc: Doc, token: Token) -> bool:
    """ "12 dead", "30 wounded in": a state with no noun after it is the harm, not the noun."""
    if token.lower_ not in states():
        return False
    following = doc[token.i + 1] if token.i + 1 < len(doc) else None
    return (
        following is None
        or following.pos_ not in _MODIFIERS
        or following.is_sent_start
        or following.ent_type_ in ("DATE", "TIME")
    )


def _continues(head: Token, token: Token) -> bool:
    """Whether a noun after a noun belongs to the same phrase: "health workers", but not "12 people Tuesday"."""
    if token.ent_type_ in ("DATE", "TIME") or (token.tag_ == "NNP" and head.tag_ == "NNS"):
        return False
    return (head.dep_ in _LINKS and head.head.i > head.i) or (
        head.tag_ in ("NN", "NNP", "NNPS") and token.tag_ in ("NNS", "NN")
    )


def _closes(doc: Doc, token: Token) -> bool:
    """A plural noun that is no part of a compound ends the phrase."""
    return token.tag_ == "NNS" and not (token.dep_ in _LINKS and token.head.i > token.i and token.head.i - token.i <= 3)


def may_be_person(counted: Counted) -> bool:
    """Whether harm may have been done to what is counted: people, a noun that nothing is known of, or no noun at all."""
    return counted.head is None or counted.people or (counted.noun_class is None and not counted.hyphenated)
