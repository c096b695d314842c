"""A number in its place: its bound, what it counts, what was done to it, and so its measure."""

from collections.abc import Iterator
from dataclasses import dataclass, replace

from spacy.tokens import Doc

from analysis.extract.bounds import Bounded, read_bounds
from analysis.extract.claimed import HARMS
from analysis.extract.counted import NOTHING, QUOTES, Counted, read_counted, read_number_behind, read_number_of
from analysis.extract.counted_classes import class_of
from analysis.extract.exclusions import is_excluded
from analysis.extract.harm import find_harm
from analysis.extract.harm_words import Harm, words_of
from analysis.extract.lexemes import load_lexicon
from analysis.extract.needs import read_need, read_need_before
from analysis.extract.numbers import find_numbers
from analysis.extract.reading import Reading

# States that belong to a figure's words where they stand right after its noun: "more than 40 people dead".
CLOSING_STATES = {"dead", "wounded", "injured", "missing", "homeless", "displaced"}
SMALL_VAGUE = {"several", "numerous", "multiple", "many", "few", "a few", "a handful", "countless", "a number"}


@dataclass(frozen=True)
class Mentioned:
    """One figure to be: `start`-`end` are its words, `first`-`last` its tokens."""

    start: int
    end: int
    first: int
    last: int
    bounded: Bounded
    counted: Counted
    harm: Harm | None
    measure: str
    rule: str
    # Another figure that this one says again in other units ("31 miles (50 km)"): bound and trend are its own too.
    echoes: "Mentioned | None" = None
    # The count that this one is a part of ("93 people, among them 20 children"): where that was, this was.
    whole: "Mentioned | None" = None
    # The count that this one is set beside ("up from 19"): who told that, told this.
    beside: "Mentioned | None" = None

    @property
    def number_end(self) -> int:
        """Where the number itself ends."""
        return self.bounded.number.end

    @property
    def has_predicate(self) -> bool:
        """Whether those counted are the subject of a clause that follows: "and 44 rebels have deserted"."""
        noun = self.counted.last
        if noun is None or noun.dep_ not in ("nsubj", "nsubjpass"):
            return False
        return noun.head.i > noun.i and noun.head.pos_ in ("VERB", "AUX")

    @property
    def vague(self) -> bool:
        """Whether it states no number."""
        return self.bounded.number.kind == "vague"


def shadow_of(reading: Reading) -> str:
    """The shadow text of a reading, made once."""
    return reading.shadow


def read_mentions(reading: Reading) -> Iterator[Mentioned]:
    """Every number of a reading that counts something."""
    shadow = shadow_of(reading)
    for number in find_numbers(shadow):
        bounded = read_bounds(shadow, number)
        if not is_excluded(reading, shadow, bounded):
            mention = read_mention(reading, bounded)
            if mention is not None:
                yield mention
        elif number.words == "one" and shadow.startswith(" of ", number.end):
            yield from _one_of(read_mention(reading, bounded))


def _one_of(mention: Mentioned | None) -> Iterator[Mentioned]:
    """ "One of the hostages was killed" is a count of one; "one of the reasons" is none."""
    if mention is not None and mention.harm is not None and mention.counted.people:
        yield mention


def read_mention(reading: Reading, bounded: Bounded) -> Mentioned | None:
    """What a number counts; None for vague words that count nothing of weight."""
    doc = reading.parsed
    first = reading.token_at(bounded.start).i
    number_last = reading.token_at(max(bounded.end, bounded.number.end) - 1).i
    counted = NOTHING if bounded.money else _counted(doc, number_last, bounded)
    last = counted.last.i if counted.last is not None else number_last
    harm = None if bounded.money else find_harm(doc, first, last, counted)
    if counted.head is None and not bounded.money and not bounded.percent:
        behind = read_number_behind(doc, first, number_last)
        if behind is not None and behind.last is not None:
            harm = find_harm(doc, behind.last.i, behind.last.i, behind) or harm
            harm = Harm(harm.measure, harm.token, "toll", True) if harm is not None else None
        counted = replace(behind, last=None) if behind is not None else read_number_of(doc, first) or counted
    measure, rule = choose_measure(bounded, counted, harm, doc, last)
    if rule == "need" and counted.last is None:
        counted = NOTHING  # "the number of those facing hunger": people, and no hungers
    if _is_named(doc, first, bounded, counted):
        return None
    start, end = bounded.start, _end(doc, bounded, last, counted)
    return Mentioned(start, end, first, last, bounded, counted, harm, measure, rule)


def _counted(doc: Doc, number_last: int, bounded: Bounded) -> Counted:
    number = bounded.number
    if bounded.percent and number.kind != "share":
        is_part = number_last + 1 < len(doc) and doc[number_last + 1].lower_ == "of"
        return read_counted(doc, number_last + 1, True) if is_part else NOTHING
    token = doc[number_last]
    if token.idx + len(token) > number.end and "-" in token.text:  # "60-day" as one token
        return read_counted(doc, number_last, False)
    return read_counted(doc, number_last + 1, number.kind in ("vague", "share"))


def _end(doc: Doc, bounded: Bounded, last: int, counted: Counted) -> int:
    """The end of the counted noun, and of a state right after it."""
    end = max(bounded.end, doc[last].idx + len(doc[last]))
    following = doc[last + 1] if last + 1 < len(doc) else None
    if following is not None and following.text in QUOTES and doc.text[bounded.end : end].count(following.text) == 1:
        return following.idx + len(following)  # "seven 'assailants'"
    if following is not None and not following.is_sent_start and not bounded.money and not bounded.percent:
        closing = following.lower_ in CLOSING_STATES or (
            counted.head is None and following.lower_ in words_of("states")
        )
        if (closing and not counted.hyphenated) or (counted.head is None and following.lower_ in ("more", "others")):
            return following.idx + len(following)
    return end


def _is_named(doc: Doc, first: int, bounded: Bounded, counted: Counted) -> bool:
    """A small whole number after a name and before no plural belongs to the name: "Planet 9", "Fortune 100"."""
    number = bounded.number
    if bounded.money or bounded.percent or bounded.operator != "eq" or first == 0 or not number.words.isdigit():
        return False
    before = doc[first - 1]
    if doc[first].text != number.words and not doc[first].text.endswith("-"):  # "640bhp": a unit is glued to it
        return False
    if before.pos_ != "PROPN" or not before.text[:1].isupper() or before.is_sent_start:
        return False
    if before.ent_type_ in ("DATE", "TIME"):
        return False
    return counted.head is None or (
        counted.noun_class is None and counted.head.tag_ != "NNS" and not counted.hyphenated
    )


def has_weight(mention: Mentioned) -> bool:
    """ "Several" and its like count only where harm or a facility is counted; "dozens" wherever something is."""
    number, counted = mention.bounded.number, mention.counted
    if mention.measure in HARMS:
        return True
    if mention.rule == "single" or (mention.rule == "part" and number.kind == "vague"):
        return False
    if number.words == "one":  # "one resident said" counts nobody
        return counted.head is not None and not counted.people
    if number.words in SMALL_VAGUE:
        return mention.measure == "facilities"
    return number.kind != "vague" or counted.head is not None


# Classes whose nouns say the measure themselves, whatever the verb.
_COUNTED_DEEDS = ("dead", "hurt", "hostage", "displaced", "casualty", "arrest", "abduction", "vanished", "uprooting")
_ORDNANCE = ("bomb", "rocket", "missile", "shell", "mortar", "drone", "projectile")
_ARMED = ("fighter", "soldier", "police", "suspect")  # who crosses a border, but flees no home


def choose_measure(bounded: Bounded, counted: Counted, harm: Harm | None, doc: Doc, last: int) -> tuple[str, str]:
    """The measure and the rule that gave it: the noun's own, then the harm, then need, then what the noun's class says."""
    if bounded.money or counted.noun_class == "money":
        return "money", "money"
    if bounded.percent:
        return "share", "share"
    noun = class_of(counted.noun_class) if counted.noun_class else {}
    if counted.noun_class in _COUNTED_DEEDS and _names_many(counted, bounded):
        return _measure_of_noun(counted, harm), "noun"
    if harm is not None:
        return harm.measure, harm.rule
    if counted.people or counted.head is None:
        found = read_need(doc, last)
        if found and not (found == "displaced" and counted.noun_class in _ARMED):
            return found, "need"
    if counted.noun_class == "strike" and _is_kept(counted):
        return "other", "number"
    if counted.last is None and read_need_before(doc, last):
        return "people_in_need", "need"
    if noun.get("measure") and not _is_of_talks(doc, last):
        return str(noun["measure"]), "noun"
    return ("personnel", "noun") if counted.noun_class in ("fighter", "suspect") else ("other", "number")


def _names_many(counted: Counted, bounded: Bounded) -> bool:
    """Not the noun before a noun: "several kidnapping and theft cases"."""
    vague = bounded.number.kind == "vague"
    return not vague or counted.head is None or counted.head.tag_ != "NN"


def _is_kept(counted: Counted) -> bool:
    """ "16 bombs were seized": arms that nobody fires."""
    head = counted.head
    governed = head is not None and counted.unit in _ORDNANCE and head.dep_ in ("dobj", "nsubjpass")
    return head is not None and governed and head.head.lemma_.lower() in load_lexicon("counted")["kept"]


def _is_of_talks(doc: Doc, last: int) -> bool:
    """ "Three rounds of military talks": rounds that nobody fires."""
    following = [token.lower_ for token in doc[last + 1 : last + 5]]
    return following[:1] == ["of"] and any(word in load_lexicon("counted")["talks"] for word in following)


def _measure_of_noun(counted: Counted, harm: Harm | None) -> str:
    """ "12 deaths" are killed whatever the verb; "12 hostages were killed" are killed."""
    own = str(class_of(counted.noun_class or "")["measure"])
    if counted.noun_class == "hostage" and harm is not None and harm.measure == "detained":
        return own  # "seized 12 hostages"
    if counted.noun_class in ("hostage", "displaced") and harm is not None:
        return harm.measure
    if counted.noun_class == "casualty" and harm is not None and harm.rule == "state":
        return harm.measure
    return own
