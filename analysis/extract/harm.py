"""What was done to those counted: killed, injured, missing, displaced, detained, taken hostage, left in need.

Three readers, most reliable first: the words right after the counted noun ("12 people were killed"), the words right before
("killing 12", "the deaths of 12", "the toll rose to 12"), and the parse. The first two need no good parse.
"""

from dataclasses import dataclass
from functools import cache

from spacy.tokens import Doc, Token

from analysis.extract.counted import Counted, lemma_of, may_be_person
from analysis.extract.numbers import load_lexicon

REACH_RIGHT = 9  # tokens between a counted noun and its harm
LONGEST_INCLUSION = 12  # tokens of ", among them five children,"
REACH_TOLL = 14  # tokens between a toll and its number
_OBJECT_STARTS = {"DET", "NUM", "PRON", "PROPN", "NOUN", "ADJ"}
_CLAUSE_ENDS = {".", ";", ":", "but", "while", "after", "when", "because"}
_COMPLEMENTS = {
    "dobj",
    "nsubjpass",
    "pobj",
    "conj",
    "appos",
    "attr",
    "nsubj",
    "dative",
    "oprd",
    "nmod",
    "nummod",
    "amod",
    "dep",
}


@dataclass(frozen=True)
class Harm:
    """The measure, the token that says so, and the rule that read it."""

    measure: str
    token: Token
    rule: str
    cumulative: bool = False


@cache
def words_of(section: str) -> dict[str, str]:
    """Word -> measure, of one section of the lexicon."""
    table = load_lexicon("harm")[section]
    return {word: measure for measure, words in table.items() for word in words}


@cache
def _words(section: str) -> frozenset[str]:
    return frozenset(load_lexicon("harm")[section])


def find_harm(doc: Doc, first: int, last: int, counted: Counted) -> Harm | None:
    """The harm done to what is counted at the tokens `first`-`last`; None where none plainly is."""
    if not may_be_person(counted) and counted.unit not in ("life", "soul"):
        return None
    return (
        _read_lives(doc, first, counted)
        or _read_right(doc, last + 1, counted)
        or _read_left(doc, first - 1, counted)
        or _read_toll(doc, first, counted)
        or _read_parse(doc, first, last, counted)
    )


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
            word in _words("fillers")
            or token.pos_ in ("ADV", "SPACE")
            or (word == "," and _is_relative(doc, token.i + 1))
        ):
            return None
    return None


def _after_inclusion(doc: Doc, comma: int) -> int:
    """The token after ", including ... ," or ", among them ... ,"; 0 where a comma opens no such thing."""
    words = [token.lower_ for token in doc[comma + 1 : comma + 2 + LONGEST_INCLUSION]]
    if not words or words[0] not in ("including", "among", "mostly", "mainly", "most", "many", "some", "both"):
        return 0
    return comma + 2 + words.index(",") if "," in words else 0


_PASSIVE = {"was", "were", "been", "are", "is", "being", "be", "left", "reported", "confirmed", "got"}


def _harm_word(doc: Doc, token: Token, passive: bool, counted: Counted) -> Harm | None:
    """The harm that one word after the counted noun says; an empty measure where it says that they did it themselves."""
    word, lemma = token.lower_, token.lemma_.lower()
    measure = words_of("states").get(word)
    if measure:
        return Harm("", token, "") if not passive and _is_active(doc, token) else _paired(doc, token, measure, counted)
    measure = words_of("intransitive").get(lemma)
    if measure and token.pos_ in ("VERB", "AUX"):
        return Harm("" if _refuses(lemma, counted) else measure, token, "subject")
    if word == "death" and doc[token.i - 1].lower_ == "to":  # "were shot to death"
        return Harm("killed", token, "state")
    if word == "'s" or (word == "'" and token.i + 1 < len(doc)):
        measure = words_of("nouns_of").get(lemma_of(doc[min(token.i + 1, len(doc) - 1)]))
        return Harm(measure, token, "possessive") if measure else None
    if word == "among" and passive:
        return _among(doc, token.i)
    return _suffered(doc, token) if lemma in _words("suffering") else None


def _suffered(doc: Doc, verb: Token) -> Harm | None:
    """ "suffered burns", "have bullet wounds"."""
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
    if _refuses(token.lemma_.lower(), counted):
        return None
    at = token.i + 1
    if at + 1 < len(doc) and doc[at].lower_ in ("or", "and", "/"):
        at += 1
        while at + 1 < len(doc) and doc[at].pos_ == "ADV":
            at += 1
        other = words_of("states").get(doc[at].lower_)
        if other and other != measure:
            return Harm(_pair(measure, other), token, "pair")
    return Harm(measure, token, "state")


def _pair(one: str, other: str) -> str:
    """The measure of a count that does not keep two harms apart."""
    for measure, pairs in load_lexicon("harm")["pairs"].items():
        if any({one, other} == set(pair) for pair in pairs):
            return str(measure)
    return "killed" if "killed" in (one, other) else other


def _refuses(lemma: str, counted: Counted) -> bool:
    """Whether a verb of many meanings stands beside something that is no known person: "seized 30 rifles"."""
    return lemma in _words("needs_person") and not counted.people


def _read_left(doc: Doc, at: int, counted: Counted) -> Harm | None:
    """The words before the number: "killing 12", "the deaths of 12", "lost 12 soldiers"."""
    while at >= 0 and (
        doc[at].lower_
        in ("the", "all", "those", "another", "a", "an", ":", "also", "reportedly", "his", "its", "their", "and")
        or doc[at].pos_ in ("ADV", "SPACE")
    ):
        at -= 1
    if at < 0:
        return None
    token = doc[at]
    if token.lower_ in ("of", "to", "among", "for", "in") and at > 0:
        return _read_nominal(doc, at, counted)
    if token.lower_ == "with" and at > 1 and doc[at - 1].lower_ in ("along", "together"):
        return _read_company(doc, at - 1, counted)
    if token.lower_ in _IDENTIFIES:
        return _read_identified(doc, at)
    lemma = _verb_lemma(token)
    measure = words_of("transitive").get(lemma)
    if measure and not _refuses(lemma, counted) and not _is_finished_passive(doc, token):
        return _verb_pair(doc, token, measure)
    if lemma == "lose" and counted.noun_class in ("soldier", "fighter", "police", "peacekeeper"):
        return Harm("killed", token, "lost")
    return None


def _read_company(doc: Doc, at: int, counted: Counted) -> Harm | None:
    """ "was killed ..., along with two bodyguards", "captured a commander along with 10 associates": the harm of those named before."""
    for token in reversed(doc[max(0, at - REACH_TOLL) : at]):
        lemma = _verb_lemma(token)
        measure = words_of("states").get(token.lower_) or words_of("transitive").get(lemma)
        if measure and token.pos_ in ("VERB", "ADJ") and not _refuses(lemma, counted):
            return Harm(measure, token, "company")
        if token.is_sent_start:
            break
    return None


_IDENTIFIES = {"are", "were", "was", "is", "include", "includes", "included", ":"}


def _read_identified(doc: Doc, at: int) -> Harm | None:
    """ "among the injured are two girls", "the dead include five children", "the victims were two women"."""
    near = [token for token in doc[max(0, at - 3) : at] if not token.is_space]
    if len(near) < 2 or near[-2].lower_ not in ("the", "those"):
        return None
    measure = words_of("states").get(near[-1].lower_)
    return Harm(measure, near[-1], "identified") if measure else None


def _verb_lemma(token: Token) -> str:
    """The lemma of a verb, also where the tagger took a participle for an adjective or noun."""
    lemma: str = token.lemma_.lower()
    word = token.lower_
    if lemma == word and word.endswith(("ing", "ed")):
        stem = word.removesuffix("ing").removesuffix("ed")
        return next((s for s in (stem, stem + "e", stem + "y") if s in words_of("transitive")), lemma)
    return lemma


def _is_finished_passive(doc: Doc, token: Token) -> bool:
    """ "were killed 12 miles away" has its subject already; "12 soldiers killed, 30 wounded" too."""
    return token.tag_ == "VBN" and any(child.dep_ in ("nsubjpass", "auxpass") for child in token.lefts)


def _verb_pair(doc: Doc, token: Token, measure: str) -> Harm:
    """ "killing or wounding 30"."""
    if token.i > 1 and doc[token.i - 1].lower_ in ("or", "and"):
        other = words_of("transitive").get(_verb_lemma(doc[token.i - 2]))
        if other and other != measure:
            return Harm(_pair(measure, other), token, "pair")
    return Harm(measure, token, "object")


def _read_nominal(doc: Doc, at: int, counted: Counted) -> Harm | None:
    """ "the killing of 12", "bodies of five", "injuries to 12", "death sentence for" is none."""
    noun = doc[at - 1]
    lemma = lemma_of(noun)
    measure = words_of("nouns_of").get(lemma)
    if measure and doc[at].lower_ == "to" and lemma not in ("injury", "death"):
        return None
    if measure and not (lemma in ("loss", "taking", "shooting", "flight") and not counted.people):
        return Harm(measure, noun, "noun")
    return None


def _read_toll(doc: Doc, first: int, counted: Counted) -> Harm | None:
    """ "the death toll rose to 55", "fatalities stood at 9", "a toll of 1,754", "brought the number of dead to 30"."""
    for token in reversed(doc[max(0, first - REACH_TOLL) : first]):
        if (token.is_sent_end and token.i < first - 1) or token.lower_ in (";", "but", "while"):
            return None
        lemma = lemma_of(token)
        if lemma == "toll" or (lemma in words_of("tolls") and token.pos_ == "NOUN") or _is_number_of(doc, token):
            return _toll_of(doc, token, first)
    return None


def _is_number_of(doc: Doc, token: Token) -> bool:
    """ "the number of dead", "the number of people killed"."""
    return token.lower_ in words_of("states") and any(
        t.lower_ in ("number", "total", "tally", "count") for t in doc[max(0, token.i - 5) : token.i]
    )


def _toll_of(doc: Doc, token: Token, first: int) -> Harm | None:
    between = doc[token.i + 1 : first]
    verbs = load_lexicon("harm")["toll_verbs"]
    carried = any(t.lemma_.lower() in verbs or t.lower_ in ("of", "at", "to", ":") for t in between)
    straight = not any(t.like_num or t.lower_ in ("from", "by") for t in between)
    if (
        not carried
        or not straight
        or (
            lemma_of(token) != "toll"
            and "to" not in [t.lower_ for t in between]
            and not any(t.lemma_.lower() in verbs for t in between)
        )
    ):
        return None
    others = load_lexicon("harm")["toll_of_others"]
    before = [lemma_of(t) for t in doc[max(0, token.i - 2) : token.i]] + [
        t.lower_ for t in doc[max(0, token.i - 2) : token.i]
    ]
    measure = next((others[word] for word in before if word in others), None)
    return Harm(
        measure or words_of("tolls").get(lemma_of(token)) or words_of("states").get(token.lower_, "killed"),
        token,
        "toll",
        True,
    )


def _read_parse(doc: Doc, first: int, last: int, counted: Counted) -> Harm | None:
    """The parse: climb from the counted noun to the predicate that governs it."""
    token = counted.head or doc[last]
    for child in token.rights:
        if child.dep_ in ("acl", "relcl") and child.i - last < REACH_RIGHT:
            measure = (
                words_of("transitive").get(child.lemma_.lower())
                if _is_passive(child)
                else words_of("intransitive").get(child.lemma_.lower())
            )
            if measure and not _refuses(child.lemma_.lower(), counted):
                return Harm(measure, child, "clause")
    return _climb(token, counted)


def _climb(token: Token, counted: Counted) -> Harm | None:
    """At most five steps up, through coordination and apposition, as long as each is a complement of the next."""
    for _ in range(5):
        head, role = token.head, token.dep_
        if role not in _COMPLEMENTS or head is token:
            return None
        lemma = head.lemma_.lower()
        if lemma == "shoot" and role in ("dobj", "nsubjpass"):
            return Harm("killed", head, "parse") if is_deadly(head) else None
        if role in ("dobj", "nsubjpass", "oprd") or (role == "nsubj" and head.tag_ == "VBN" and _is_passive(head)):
            measure = words_of("transitive").get(lemma)
            return Harm(measure, head, "parse") if measure and not _refuses(lemma, counted) else None
        if role == "nsubj":
            return _of_subject(head, counted)
        if role == "pobj" and head.lower_ == "with" and head.head.lower_ in ("along", "together"):
            return _of_subject(head.head.head, counted)
        if role == "pobj":
            measure = words_of("nouns_of").get(lemma_of(head.head)) if head.lower_ == "of" else None
            return Harm(measure, head.head, "parse") if measure else None
        token = head
    return None


def is_deadly(verb: Token) -> bool:
    """ "shot dead", "shot to death", "shot and killed"."""
    near = [token.lower_ for token in verb.doc[verb.i + 1 : verb.i + 9]]
    return near[:2] == ["to", "death"] or "dead" in near or near[:2] == ["and", "killed"]


def _of_subject(verb: Token, counted: Counted) -> Harm | None:
    """What a subject suffers: by the verb itself, or by one joined to it with no subject of its own."""
    for each in (verb, *verb.conjuncts):
        if each is not verb and any(child.dep_ in ("nsubj", "nsubjpass") for child in each.children):
            continue
        lemma = each.lemma_.lower()
        passive = any(child.dep_ == "auxpass" for child in each.children)
        measure = words_of("transitive" if passive else "intransitive").get(lemma)
        if measure and not _refuses(lemma, counted):
            return Harm(measure, each, "parse")
    return None


def _is_passive(verb: Token) -> bool:
    if any(child.dep_ in ("auxpass", "nsubjpass") for child in verb.lefts):
        return True
    return verb.tag_ == "VBN" and not any(child.dep_ in ("dobj", "nsubj") for child in verb.children)
