"""What was done to those counted: killed, injured, missing, displaced, detained, taken hostage, left in need.

Three readers, most reliable first: the words right after the counted noun ("12 people were killed"), the words right before
("killing 12", "the deaths of 12", "the toll rose to 12"), and the parse. The first two need no good parse.
"""

from spacy.tokens import Doc, Token

from analysis.extract.counted import Counted, may_be_person
from analysis.extract.counted_classes import lemma_of
from analysis.extract.harm_left import read_left, read_toll
from analysis.extract.harm_parse import read_parse
from analysis.extract.harm_words import Harm, list_of, pair_measures, refuses, words_of
from analysis.extract.lexemes import load_lexicon

REACH_RIGHT = 9  # tokens between a counted noun and its harm
LONGEST_INCLUSION = 12  # tokens of ", among them five children,"
_OBJECT_STARTS = {"DET", "NUM", "PRON", "PROPN", "NOUN", "ADJ"}
_CLAUSE_ENDS = {".", ";", ":", "but", "while", "after", "when", "because"}


def find_harm(doc: Doc, first: int, last: int, counted: Counted) -> Harm | None:
    """The harm done to what is counted at the tokens `first`-`last`; None where none plainly is."""
    if not may_be_person(counted) and counted.unit not in ("life", "soul"):
        return None
    return (
        _read_lives(doc, first, counted)
        or _read_adjectives(counted)
        or _read_dead(doc, last + 1, counted)
        or _read_beside(doc, first, last, counted)
        or read_toll(doc, first, counted)
        or read_parse(doc, first, last, counted)
    )


def _read_beside(doc: Doc, first: int, last: int, counted: Counted) -> Harm | None:
    """The words after, then those before; a relative clause gives way: "the death of four men who had been abducted"."""
    right = _read_right(doc, last + 1, counted)
    if right is not None and not any(t.lower_ in _RELATIVES for t in doc[last + 1 : right.token.i]):
        return right
    return read_left(doc, first - 1, counted) or right


_RELATIVES = {"who", "which", "that"}


def _read_adjectives(counted: Counted) -> Harm | None:
    """ "two dead soldiers", "19 abducted children": the harm stands among the adjectives."""
    measure = next((words_of("states")[word] for word in counted.words[:-1] if word in words_of("states")), None)
    return Harm(measure, counted.head, "adjective") if measure and counted.head is not None else None


def _read_dead(doc: Doc, at: int, counted: Counted) -> Harm | None:
    """ "41 of the dead", "two of those killed", "34 of them dead"; "four of the wounded died" are dead."""
    near = doc[at : at + 3]
    if len(near) < 3 or near[0].lower_ != "of" or near[1].lower_ not in ("the", "those", "them", "whom"):
        return None
    measure = words_of("states").get(near[2].lower_)
    later = _read_right(doc, at + 3, counted) if measure else None
    if later is not None and later.measure == "killed":
        return later
    return Harm(measure, near[2], "adjective") if measure else None


def _read_lives(doc: Doc, first: int, counted: Counted) -> Harm | None:
    """ "claimed 37 lives", "cost 12 lives", "37 lives were lost"."""
    if counted.unit != "life" or counted.head is None:
        return None
    near = doc[max(0, first - 4) : min(len(doc), counted.head.i + 5)]
    verb = next((token for token in near if token.lemma_.lower() in ("claim", "cost", "take", "lose")), None)
    return Harm("killed", verb, "lives") if verb else None


def _read_right(doc: Doc, at: int, counted: Counted) -> Harm | None:
    """The words after the counted noun: states, passives, "died", "who have fled", "suffered burns"."""
    passive, depth, resume = False, 0, 0
    for token in doc[at : at + REACH_RIGHT + LONGEST_INCLUSION]:
        if token.i >= max(at, resume) + REACH_RIGHT:
            return None
        word = token.lower_
        if (token.is_sent_start and token.i > at) or word in _CLAUSE_ENDS:
            return None
        if token.i < resume:
            continue
        if word == "of" and token.i == at and counted.head is not None:
            resume = _after_owner(doc, token.i)
            if resume:
                continue
        if word == ",":
            resume = _after_inclusion(doc, token.i)
            if resume:
                continue
        depth += (word in "([") - (word in ")]")
        if depth > 0 or word in ")]":
            continue
        found = _harm_word(doc, token, passive, counted)
        if found is not None:
            return found if found.measure else None
        passive = passive or word in _PASSIVE
        if not (
            word in list_of("fillers")
            or token.pos_ in ("ADV", "SPACE")
            or (word == "," and _is_relative(doc, token.i + 1))
        ):
            return None
    return None


def _after_inclusion(doc: Doc, comma: int) -> int:
    """The token after ", including ... ," or ", among them ... ,"; 0 where a comma opens no such thing."""
    words = [token.lower_ for token in doc[comma + 1 : comma + 2 + LONGEST_INCLUSION]]
    if not words or not _opens_inclusion(doc, comma + 1):
        return 0
    return comma + 2 + words.index(",") if "," in words else 0


LONGEST_OWNER = 7  # tokens of "of the regional security forces"


def _after_owner(doc: Doc, of: int) -> int:
    """The verb after "members **of the security forces** died"; 0 where no verb follows the phrase at once."""
    for token in doc[of + 1 : of + 1 + LONGEST_OWNER]:
        if token.i > of + 1 and (token.pos_ == "AUX" or token.tag_ in ("VBD", "VBP")):
            return token.i
        if token.pos_ not in ("DET", "ADJ", "NOUN", "PROPN"):
            return 0
    return 0


def _opens_inclusion(doc: Doc, at: int) -> bool:
    """ "including", "among them", "four of them"."""
    if doc[at].like_num and at + 2 < len(doc):
        return doc[at + 1].lower_ == "of" and doc[at + 2].lower_ in ("them", "whom")
    return doc[at].lower_ in ("including", "among", "mostly", "mainly", "most", "many", "some", "both")


_PASSIVE = {
    "was",
    "were",
    "been",
    "are",
    "is",
    "being",
    "be",
    "left",
    "reported",
    "confirmed",
    "got",
    "remain",
    "remained",
    "remains",
}


def _harm_word(doc: Doc, token: Token, passive: bool, counted: Counted) -> Harm | None:
    """The harm that one word after the counted noun says; an empty measure where it says that they did it themselves."""
    word, lemma = token.lower_, token.lemma_.lower()
    measure = words_of("states").get(word) or (_state_of_place(doc, token) if passive else None)
    if measure:
        return Harm("", token, "") if not passive and _is_active(doc, token) else _paired(doc, token, measure, counted)
    measure = words_of("intransitive").get(lemma)
    if measure and token.pos_ in ("VERB", "AUX"):
        return Harm("" if refuses(lemma, counted) else measure, token, "subject")
    if word == "death" and doc[token.i - 1].lower_ == "to":  # "were shot to death"
        return Harm("killed", token, "state")
    if word == "'s" or (word == "'" and token.i + 1 < len(doc)):
        measure = words_of("nouns_of").get(lemma_of(doc[min(token.i + 1, len(doc) - 1)]))
        return Harm(measure, token, "possessive") if measure else None
    if word == "among" and passive:
        return _among(doc, token.i)
    bearing = (lemma in list_of("suffering") and token.pos_ != "AUX") or word == "with"
    return _suffered(doc, token) if bearing else None


def _state_of_place(doc: Doc, token: Token) -> str | None:
    """ "are in custody", "remain behind bars", "are under the rubble"."""
    words = [near.lower_ for near in doc[token.i : token.i + 3]]
    return words_of("states").get(" ".join(words[:2])) or words_of("states").get(" ".join(words))


def _suffered(doc: Doc, verb: Token) -> Harm | None:
    """ "suffered burns", "have bullet wounds", "with serious injuries"."""
    table = load_lexicon("harm")["suffered"]
    for token in doc[verb.i + 1 : verb.i + 5]:
        if lemma_of(token) in table and token.pos_ == "NOUN":
            return Harm(table[lemma_of(token)], verb, "suffered")
    return None


def _among(doc: Doc, at: int) -> Harm | None:
    """ "two officers are among the wounded"."""
    for token in doc[at + 1 : at + 4]:
        measure = words_of("states").get(token.lower_) or {"casualties": "other", "victims": "other"}.get(token.lower_)
        if measure:
            return Harm(measure, token, "among")
    return None


def _is_relative(doc: Doc, at: int) -> bool:
    return at < len(doc) and doc[at].lower_ in ("who", "which", "all", "reportedly")


def _is_active(doc: Doc, token: Token) -> bool:
    """Whether a participle has an object of its own, so that those counted did it: "two men killed a guard"."""
    if token.i + 1 >= len(doc) or token.lower_ in ("dead", "missing", "homeless", "lifeless", "hurt"):
        return False
    following = doc[token.i + 1]
    if (
        following.is_sent_start
        or following.ent_type_ in ("DATE", "TIME")
        or following.lower_ in ("last", "this", "that", "yesterday", "today", "all", "earlier")
    ):
        return False
    if following.pos_ in _OBJECT_STARTS or following.lower_ in ("him", "her", "them"):
        return True
    return (
        any(part.like_num for part in doc[token.i + 2 : token.i + 4])
        and following.pos_ in ("ADV", "ADP", "ADJ", "SCONJ")
        and following.lower_ in ("at", "more", "up", "some", "about", "over", "nearly")
    )


def _paired(doc: Doc, token: Token, measure: str, counted: Counted) -> Harm | None:
    """Two harms joined right after one another are one mixed count: "killed or missing", "killed and wounded"."""
    if refuses(token.lemma_.lower(), counted) and counted.head is not None:
        return None
    at = token.i + 1
    if at + 1 < len(doc) and doc[at].lower_ in ("or", "and", "/"):
        at += 1
        while at + 1 < len(doc) and doc[at].pos_ == "ADV":
            at += 1
        other = words_of("states").get(doc[at].lower_)
        if other and other != measure:
            return Harm(pair_measures(measure, other), token, "pair")
    return Harm(measure, token, "state")
