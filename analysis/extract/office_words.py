"""The words of an office before they become one: plural titles, phrases between title and name, where a title goes on."""

from spacy.tokens import Token

from analysis.extract.actor_lexicon import roles

# What an office never reaches over.
STOPS = {",", ".", ";", ":", '"', "(", ")", "who", "which", "that", "--", "-", "and", "but"}
_LONGEST_PHRASE = 6


def singular(title: Token) -> str:
    """ "Presidents" before two names is each one's title."""
    lower = title.lower_
    return lower if lower in roles().titles else lower.removesuffix("s")


def over_phrase(first: Token, last: int) -> int:
    """Back over "for Syria" in "the UN envoy for Syria, Geir Pedersen": to the office that it belongs to."""
    doc = first.doc
    if last < 2 or doc[last + 1].text != "," or doc[last].lower_ in roles().titles:
        return last
    for index in range(last - 1, max(0, last - _LONGEST_PHRASE), -1):
        if doc[index].text in STOPS or doc[index].pos_ in ("VERB", "AUX"):
            return last
        if doc[index].lower_ in ("for", "of", "to", "in", "at") and doc[index - 1].lower_ in roles().titles:
            return index - 1
    return last


def goes_on(token: Token) -> bool:
    """ "prime" of "chief negotiator": the head noun is yet to come."""
    following = token.nbor(1) if token.i + 1 < len(token.doc) else None
    # "The UN secretary-general's envoy": the office is the last word's.
    if following is not None and (following.lower_ == "'s" or (following.text == "-" and not token.whitespace_)):
        return True
    return following is not None and following.lower_ in roles().titles and token.dep_ in ("compound", "amod")
