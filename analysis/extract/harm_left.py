"""Harm said before a number: "killing 12", "the deaths of 12", "the toll rose to 12", "along with two guards"."""

from spacy.tokens import Doc, Token

from analysis.extract.counted import Counted
from analysis.extract.counted_classes import lemma_of
from analysis.extract.harm_words import Harm, is_deadly, pair_measures, refuses, verb_lemma, words_of
from analysis.extract.lexemes import load_lexicon

# What may stand between a word of harm and the number of the harmed, an opening quotation mark among it.
_PASSED_OVER = {
    "the",
    "all",
    "those",
    "another",
    "a",
    "an",
    ":",
    "also",
    "reportedly",
    "his",
    "its",
    "their",
    "and",
    '"',
    "'",
}
_LOST = ("soldier", "fighter", "police", "peacekeeper")  # who is lost is killed; "lost 12 members" may only have left
REACH_TOLL = 14  # tokens between a toll and its number


def read_left(doc: Doc, at: int, counted: Counted) -> Harm | None:
    """The words before the number: "killing 12", "the deaths of 12", "lost 12 soldiers"."""
    while at >= 0 and (doc[at].lower_ in _PASSED_OVER or doc[at].pos_ in ("ADV", "SPACE")):
        at -= 1
    if at < 0:
        return None
    token = doc[at]
    if token.lower_ in ("of", "to", "among", "for", "in") and at > 0:
        return _read_nominal(doc, at, counted)
    if token.lower_ == "with" and at > 1 and doc[at - 1].lower_ in ("along", "together"):
        return _read_company(doc, at - 1, counted)
    if token.lower_ in _IDENTIFIES or token.lower_ == "at":
        return _read_identified(doc, at)
    lemma = verb_lemma(token)
    measure = words_of("transitive").get(lemma)
    if measure and not refuses(lemma, counted) and not _is_finished_passive(doc, token):
        return _verb_pair(doc, token, measure)
    if lemma == "lose" and (counted.noun_class in _LOST or counted.unit == "man" or _of_own(doc, token.i + 1)):
        return Harm("killed", token, "lost")
    return None


def _of_own(doc: Doc, at: int) -> bool:
    """ "lost two **of their own**"."""
    words = [token.lower_ for token in doc[at + 1 : at + 4]]
    return len(words) == 3 and words[0] == "of" and words[2] == "own"


def _read_company(doc: Doc, at: int, counted: Counted) -> Harm | None:
    """ "captured a commander along with 10 associates": the harm done to those named before."""
    for token in reversed(doc[max(0, at - REACH_TOLL) : at]):
        lemma = verb_lemma(token)
        measure = words_of("states").get(token.lower_) or words_of("transitive").get(lemma)
        if lemma == "shoot" and is_deadly(token):
            measure = "killed"
        if measure and token.pos_ in ("VERB", "ADJ") and not refuses(lemma, counted):
            return Harm(measure, token, "company")
        if token.is_sent_start:
            break
    return None


_IDENTIFIES = {"are", "were", "was", "is", "include", "includes", "included", ":"}


def _read_identified(doc: Doc, at: int) -> Harm | None:
    """ "among the injured are two girls", "the dead include five children", "and the wounded at 121"."""
    near = [token for token in doc[max(0, at - 3) : at] if not token.is_space]
    if len(near) < 2 or near[-2].lower_ not in ("the", "those"):
        return None
    measure = words_of("states").get(near[-1].lower_)
    return Harm(measure, near[-1], "identified") if measure else None


def _is_finished_passive(doc: Doc, token: Token) -> bool:
    """ "were killed 12 miles away" has its subject already; "12 soldiers killed, 30 wounded" too."""
    return token.tag_ == "VBN" and any(child.dep_ in ("nsubjpass", "auxpass") for child in token.lefts)


def _verb_pair(doc: Doc, token: Token, measure: str) -> Harm:
    """ "killing or wounding 30"."""
    if token.i > 1 and doc[token.i - 1].lower_ in ("or", "and"):
        other = words_of("transitive").get(verb_lemma(doc[token.i - 2]))
        if other and other != measure:
            return Harm(pair_measures(measure, other), token, "pair")
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


def read_toll(doc: Doc, first: int, counted: Counted) -> Harm | None:
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
    put = any(t.lemma_.lower() in verbs for t in doc[max(0, token.i - 6) : token.i])  # "put the toll as high as 40"
    carried = (put and not len(between)) or any(
        t.lemma_.lower() in verbs or t.lower_ in ("of", "at", "to", ":") for t in between
    )
    arrived = doc[first - 1].lower_ in ("to", "at") and (put or any(t.lemma_.lower() in verbs for t in between))
    straight = arrived or not (any(t.like_num for t in between) or doc[first - 1].lower_ in ("from", "by"))
    if (
        not carried
        or not straight
        or (
            lemma_of(token) != "toll"
            and "to" not in [t.lower_ for t in between]
            and not any(t.lemma_.lower() in verbs for t in between)
            and not (put and doc[first - 1].lower_ == "at")
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
