"""The words of an office before they become one: plural titles, phrases between title and name, where a title goes on."""

from spacy.tokens import Token

from analysis.extract.actor_lexicon import roles

# What an office never reaches over.
STOPS = {",", ".", ";", ":", '"', "(", ")", "who", "which", "that", "--", "-", "and", "but"}
_LONGEST_PHRASE = 10
_PREPOSITIONS = {"for", "of", "to", "in", "at"}


def singular(title: Token) -> str:
    """ "Presidents" before two names is each one's title."""
    lower = title.lower_
    return lower if lower in roles().titles else lower.removesuffix("s")


def find_title(first: Token, last: int) -> int:
    """Back from `last` over "for Syria", "of State" and "there" to the title that they belong to; -1 for none.

    "the UN envoy for Syria, Geir Pedersen", "Secretary of State Ann Lee", "its representative there, Ann Lee".
    """
    doc = first.doc
    aside = last >= 0 and doc[last + 1].text == ","
    while aside and last > 0 and doc[last].lower_ in ("there", "here"):
        last -= 1
    if last < 2 or doc[last].lower_ in roles().titles:
        return last
    if not aside and doc[last].lower_ not in roles().portfolios:
        return last
    for index in range(last - 1, max(0, last - _LONGEST_PHRASE), -1):
        joined = doc[index].text == "-" and not doc[index].whitespace_  # "Secretary-General"
        if (doc[index].text in STOPS and not joined) or doc[index].pos_ in ("VERB", "AUX"):
            return last
        if doc[index].lower_ in _PREPOSITIONS and singular(doc[index - 1]) in roles().titles:
            return index - 1
    return last


def names_person(noun: Token) -> bool:
    """ "schoolteacher", "evacuee": a plain singular noun for what somebody does or has suffered, by its ending."""
    made = noun.lower_.endswith(tuple(roles().person_endings)) and noun.lower_ not in roles().no_roles
    return made and noun.tag_ in ("NN", "NNP") and noun.text.islower()


def is_age(token: Token) -> bool:
    """ "34-year-old", in one token or in several, is no part of an office."""
    return token.like_num or token.lower_ in ("year", "old", "-", "aged") or token.lower_.endswith("year-old")


def goes_on(token: Token) -> bool:
    """ "prime" of "chief negotiator": the head noun is yet to come."""
    following = token.nbor(1) if token.i + 1 < len(token.doc) else None
    # "The UN secretary-general's envoy": the office is the last word's.
    if following is not None and (following.lower_ == "'s" or (following.text == "-" and not token.whitespace_)):
        return True
    return following is not None and following.lower_ in roles().titles and token.dep_ in ("compound", "amod")
