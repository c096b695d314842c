"""Numbers that count nothing: ages, clock times, dates, ordinals, names ("Resolution 1701", "F-16"), lists, telephones."""

import re

from analysis.extract.bounds import Bounded
from analysis.extract.calendar_numbers import is_date, is_plural
from analysis.extract.lexemes import load_lexicon
from analysis.extract.named_numbers import is_in_name
from analysis.extract.numbers import Number
from analysis.extract.reading import Reading


def is_excluded(reading: Reading, shadow: str, bounded: Bounded) -> bool:
    """Whether a number is none of the contract's figures."""
    number = bounded.number
    if bounded.money or (bounded.percent and number.kind != "share"):
        return False
    before, after = shadow[max(0, number.start - 40) : number.start], shadow[number.end : number.end + 40]
    if (
        _is_name(before, after, number, _counts_plural(reading, number))
        or _is_clock(before, after, number.words)
        or _is_age(before, after, number)
    ):
        return True
    if (
        _LATER.match(after)
        or (_PAST.search(before) and _SPAN_OF_TIME.match(after))
        or _describes(after)
        or _is_address(after, number)
        or _opens_item(before, after, number)
    ):
        return True
    if number.words == "one" and _is_pronoun(before, after):
        return True
    if _is_pair(before, after) or is_in_name(reading, before, after, number):
        return True
    return is_date(reading, before, after, number)


# "Five days after the strike": when, not how long.
_LATER = re.compile(
    r"[\s-](?:hours?|days?|weeks?|months?|years?)\s(?:after|before|later|earlier|ago|since|away|on from)\b",
    re.IGNORECASE,
)


# "In the last ten days": a stretch of the calendar, and no length that anybody counts.
_PAST = re.compile(r"\b(?:last|past|previous|preceding)\s$", re.IGNORECASE)
_SPAN_OF_TIME = re.compile(r"\s(?:hours|days|weeks|months)\b", re.IGNORECASE)


def _describes(after: str) -> bool:
    """ "five-storey", "three-point": what the number is glued to makes an adjective of it."""
    glued = re.match(r"-([a-z]+)\b", after, re.IGNORECASE)
    return bool(glued) and (glued[1].lower() if glued else "") in load_lexicon("exclusions")["describing"]


_STREET = re.compile(r"\s(?:[A-Z][a-z'.]+\s){1,3}(?:Street|Road|Avenue|Boulevard|Lane|Drive|Square|St|Rd|Ave)\b")


def _is_address(after: str, number: Number) -> bool:
    """ "575 Wilbraham Road": the number of a house."""
    return number.words.isdigit() and bool(_STREET.match(after))


_ITEM_BEFORE = re.compile(r"(?:^|[.:;!?]\s+|\s{3,})\(?$")
_ITEM_AFTER = re.compile(r"[.)]\s+[A-Za-z]")


def _opens_item(before: str, after: str, number: Number) -> bool:
    """ "2. Both sides withdraw": the number of an item of a list."""
    return (
        number.words.isdigit()
        and len(number.words) < 3
        and bool(_ITEM_BEFORE.search(before) and _ITEM_AFTER.match(after))
    )


_NAMES = re.compile(
    r"(?:[A-Za-z]-|[A-Za-z]{2,}\.|#|&\s|/|https?:\S*|\b[A-Z]{1,2}|@|\bcovid\s?-|\bno\.?\s|\bnos\.?\s)$|\d[:/.\u2013-]$|-\d+-$",
    re.IGNORECASE,
)


def _counts_plural(reading: Reading, number: Number) -> bool:
    """Whether a plural noun stands right after a number: "in the district 35,000 civilians are trapped"."""
    following = reading.token_at(number.end - 1).i + 1
    return following < len(reading.tokens) and reading.tokens[following].tag_ == "NNS"


def _is_name(before: str, after: str, number: Number, plural: bool) -> bool:
    """A number in a name: glued to letters ("F-16"), or after a word that numbers things ("Resolution 1701")."""
    if not number.words[:1].isdigit() and not number.words.isalpha():
        return False
    if _NAMES.search(before) and not before.endswith(("mid-", "pre-", "non-", "minus-")):
        return True
    if re.match(r"[:/]\d|\.\d+\.|-\d+-\d|[A-Z]+\d|[a-z]{4,}\d|-[A-Z]\b(?!-)|\)\s\d{3}|-\d+\b(?!\s?%)", after):
        return True
    word = _WORD_BEFORE.search(before)
    if word is None or (plural and word[2] in load_lexicon("exclusions")["places"]):
        return False
    return _is_numbered(word, after, number)


# The word before a number, and the number before that word: in "7.3 points 3.7 rebounds" the points are counted.
_WORD_BEFORE = re.compile(r"(\d\s)?\b([A-Za-z]+)\s(?:no\.?\s|number\s)?$", re.IGNORECASE)


def _is_numbered(before: re.Match[str], after: str, number: Number) -> bool:
    """Whether the word before a number numbers things: "Resolution 1701", and "the top 10", but not "the top 10 donors"."""
    lexicon, word = load_lexicon("exclusions"), before[2].lower()
    if before[1] or number.kind not in ("cardinal", "range") or (number.low or 0) > 99999:
        return False
    if word in lexicon["ranks"]:
        return not any(is_plural(noun) for noun in re.findall(r"[a-z-]+", after, re.IGNORECASE)[:2])
    return word in lexicon["numbered"]


_CLOCK_AFTER = re.compile(
    r"\s?(?::\d\d|[ap]\.?\s?m\b\.?|o'?clock|gmt\b|utc\b|hrs\b|hours?\s(?:gmt|local|utc)|[ap]m\b|local time|h\d\d)",
    re.IGNORECASE,
)
# Hours as soldiers write them, where nothing counted follows: "at 1300, four soldiers were killed".
_CLOCK_DIGITS = re.compile(r"(?:[01]\d|2[0-4])[0-5]\d")
_CLOCK_BEFORE = re.compile(r"\b(?:at|around|about|until|till|by|before|after|from|to|and)\s$", re.IGNORECASE)
_CLAUSE_END = re.compile(r"\s?(?:[,.;]|on\b|today\b|yesterday\b|and\s\d{4}\b|to\s\d{4}\b|tonight\b|last\snight\b)")
_CLOCK_ZONE = re.compile(
    r"\s?(?:\[|\()?\d{0,4}\s?(?:gmt\b|utc\b|est\b|local\stime|local\b(?=\s?(?:[,.;)\]]|on\b)))", re.IGNORECASE
)


def _is_clock(before: str, after: str, words: str) -> bool:
    """ "2:30", "0900 GMT", "at 5 p.m.", "at 1300,"."""
    if _CLOCK_AFTER.match(after) or _CLOCK_ZONE.match(after) or re.search(r"\d:$", before):
        return True
    if not _CLOCK_DIGITS.fullmatch(words):
        return False
    return words.startswith("0") or bool(_CLOCK_BEFORE.search(before) and _CLAUSE_END.match(after))


OLDEST = 120  # years: what is older is no person
_AGE_AFTER = re.compile(r"-?\s?-?(?:years?|months?|weeks?)[\s-](?:olds?\b|of age)", re.IGNORECASE)
_AGE_LIMIT = re.compile(
    r"\b(?:prisoners|people|soldiers|men|women|children|those|anyone|everyone|boys|girls|youths|captives|detainees|residents)"
    r"\s(?:under|over|below|above)\s$",
    re.IGNORECASE,
)
_BARE = re.compile(r"(?:[,.;:)]|\s(?:and|or|in|from|were|was|are|who|on|at)\b)")
_AGE_BEFORE = re.compile(
    r"\b(?:aged?|ages)\s(?:between\s|of\s|\d+\s(?:and|to|or)\s)?$|\b(?:under|over|below|above) the age of\s$",
    re.IGNORECASE,
)
# "Stela Torrado, 32," and "(47)": an apposition of digits alone after a capital or a name.
_AGE_APPOSED = re.compile(r"[A-Za-z]\w+,\s$")
_AGE_BARE = re.compile(r"\b(?:was|is|turned|turning|turns|be|just|only)\s$", re.IGNORECASE)


def _is_age(before: str, after: str, number: Number) -> bool:
    """Ages: "32-year-old", "aged 32", "..., 32, was killed"."""
    if (number.low or 0) > OLDEST:
        return False
    if _AGE_AFTER.match(after) or _AGE_BEFORE.search(before) or _is_age_of(before, after):
        return True
    if _AGE_LIMIT.search(before) and _BARE.match(after):
        return True  # "prisoners under 25"
    digits = number.words.isdigit() and number.low is not None and number.low > 0
    if digits and _AGE_APPOSED.search(before) and re.match(r"\s?[,.;)]\s?(?!\d)", after):
        return not re.match(r",\s\d|,?\s(?:and|or)\s\d", after)
    if not digits or not _AGE_BARE.search(before):
        return False
    return bool(re.match(r"\s?(?:when|at the time|by the end|years old|this year|next)\b", after, re.IGNORECASE))


_AGE_OF = re.compile(r"\b([a-z]+)\s(?:of|under|over|below)\s$", re.IGNORECASE)


def _is_age_of(before: str, after: str) -> bool:
    """ "a boy of 4", "children under five": an age where nothing counted follows."""
    word = _AGE_OF.search(before)
    known = load_lexicon("exclusions")["by_age"]
    return (
        bool(word)
        and (word[1].lower() if word else "") in (*known, "children", "boys", "girls", "infants")
        and not (re.match(r"\s(?:million|thousand|percent|per|%)", after))
    )


def _is_pair(before: str, after: str) -> bool:
    """ "The two sides", "the two also agreed": those who were named before."""
    if not re.search(r"\bthe\s$", before, re.IGNORECASE):
        return False
    noun = re.match(r"\s(?:warring\s)?([a-z]+)", after, re.IGNORECASE)
    return noun is not None and noun[1].lower() in load_lexicon("exclusions")["named_pairs"]


_PRONOUN_BEFORE = re.compile(
    r"\b(?:no|any|every|each|the|this|that|which|some|another|only|last|first|new|latest"
    r"|such|next|old|good|other|previous|single)[\s-]$",
    re.IGNORECASE,
)
_PRONOUN_AFTER = re.compile(
    r"\s?(?:of\b|another|who|that|which|can|could|would|should|might|may|must|is\b|was\b|has\b|had\b"
    r"|in which|where|day\b|thing\b|day,|by one|s\b|'s|and only|hand\b"
    r"|side\b|step\b|way\b|or the other|or another|such\b|to\b)|\s?[,.;:?!]",
    re.IGNORECASE,
)


def _is_pronoun(before: str, after: str) -> bool:
    """ "one of the", "no one", "one can": no count."""
    return bool(_PRONOUN_AFTER.match(after)) or (
        bool(_PRONOUN_BEFORE.search(before)) and not re.match(r"\s[a-z]+", after)
    )
