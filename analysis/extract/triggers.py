"""Trigger words of events: the lexicon `triggers.yml`, and the words of a reading that its rules take for an event."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache, cached_property
from pathlib import Path
from typing import Any

from spacy.tokens import Span, Token

from analysis.extract import dependents
from analysis.extract.reading import Reading
from analysis.extract.word_index import LEXICONS, find_words, hash_words, load_yaml

LEXICON = LEXICONS / "triggers.yml"
# Part of names when capitalised ("Operation Inherent Resolve", "Mine Action").
PROPER = frozenset({"operation", "meeting", "conference", "summit", "forum"})
# How far to the right the infinitive of an order ("urged people in the villages of X and Y to leave") may stand.
REACH_OF_ORDER = 14


@dataclass(frozen=True)
class Rule:
    """One line of the lexicon. `conditions` are (where, lemmas, wanted): all must hold."""

    event_type: str | None
    words: tuple[str, ...]
    conditions: tuple[tuple[str, frozenset[str], bool], ...]


@dataclass(frozen=True)
class Lexicon:
    """The rules by the lemma of a verb and by the last lemma of a noun, and every form that may be one of them."""

    verbs: dict[str, list[Rule]]
    nouns: dict[str, list[Rule]]
    forms: dict[str, str]
    classes: dict[str, frozenset[str]]
    keys: frozenset[int]  # ids of lemmas and forms, to look up in a document


@dataclass(frozen=True)
class Trigger:
    """A word, or a few (`first` to `token`), that names an event."""

    token: Token
    first: Token
    event_type: str
    nominal: bool

    @property
    def start(self) -> int:
        """Offset of its first character."""
        return int(self.first.idx)

    @property
    def end(self) -> int:
        """Offset after its last character, what makes a verb of it included ("broke out", "took effect", "came into force")."""
        particle = next((c for c in self.token.rights if c.dep_ == "prt" and c.i == self.token.i + 1), self.token)
        if self.event_type == "agreement" and not self.nominal:
            near = self.token.doc[self.token.i + 1 : self.token.i + 3]
            particle = next((t for t in near if t.lower_ in ("effect", "force")), particle)
        return int(particle.idx) + len(particle)


@cache
def load_lexicon(path: Path = LEXICON) -> Lexicon:
    """Read the lexicon once."""
    data = load_yaml(path)
    classes = {name: frozenset(str(word) for word in words) for name, words in data["classes"].items()}
    verbs: dict[str, list[Rule]] = {}
    nouns: dict[str, list[Rule]] = {}
    for entry in data["rules"]:
        conditions = tuple(_read_conditions(entry, classes))
        for verb in entry.get("verbs", ()):
            verbs.setdefault(verb, []).append(Rule(entry["type"], (verb,), conditions))
        for noun in entry.get("nouns", ()):
            # The tokeniser cuts "shoot-out" in three.
            for form in {noun, noun.replace("-", " - ")}:
                words = tuple(form.split())
                nouns.setdefault(words[-1], []).append(Rule(entry["type"], words, conditions))
    forms = {form: verb for verb in verbs for form in inflect(verb)} | data["forms"]
    return Lexicon(verbs, nouns, forms, classes, hash_words({*verbs, *nouns, *forms}))


def _read_conditions(
    entry: dict[str, Any], classes: dict[str, frozenset[str]]
) -> Iterator[tuple[str, frozenset[str], bool]]:
    for name, values in entry.items():
        if name not in ("type", "verbs", "nouns"):
            lemmas = frozenset().union(*(classes[value] for value in values))
            yield name.removeprefix("not_"), lemmas, not name.startswith("not_")


def inflect(verb: str) -> list[str]:
    """The regular forms that a tagger may leave unlemmatised.

    >>> inflect("raid")
    ['raided', 'raiding']
    """
    if verb.endswith("e"):
        return [verb + "d", verb[:-1] + "ing"]
    if verb.endswith("y") and verb[-2:-1] not in "aeiou":
        return [verb[:-1] + "ied", verb + "ing"]
    return [verb + "ed", verb + "ing"]


class Surroundings:
    """The lemmas around a word, by the place where they stand; computed when a rule first asks."""

    def __init__(self, token: Token, first: Token) -> None:
        self.token = token
        self.first = first

    @cached_property
    def object(self) -> frozenset[str]:
        """Lemmas of what the verb is done to."""
        return _lemmas(dependents.find_objects(self.token))

    @cached_property
    def subject(self) -> frozenset[str]:
        """Lemmas of who or what does it."""
        subjects = dependents.find_subjects(self.token)
        return _lemmas(subjects or [c for c in self.token.children if c.dep_ == "nsubjpass"])

    @cached_property
    def aim(self) -> frozenset[str]:
        """Lemmas of what is fired on or at, hung on the verb or on its object."""
        holders = [self.token, *(c for c in self.token.rights if c.dep_ == "dobj")]
        return _lemmas([t for holder in holders for t in dependents.find_prepositional(holder, {"on", "at"})])

    @cached_property
    def means(self) -> frozenset[str]:
        """Lemmas of what it is done with."""
        agents = dependents.find_prepositional(self.token, dependents.MEANS_PREPOSITIONS)
        using = (c for c in self.token.rights if c.dep_ == "advcl" and c.lower_ == "using")
        used = (grand for child in using for grand in child.children if grand.dep_ == "dobj")
        return _lemmas([*dependents.find_subjects(self.token), *agents, *used])

    @cached_property
    def modifier(self) -> frozenset[str]:
        """Lemmas to the left inside the noun's phrase."""
        near = [self.token.doc[i] for i in range(max(0, self.first.i - 2), self.first.i)]
        joined = [t for t in near if t.dep_ in ("compound", "amod", "nmod", "punct")]
        return frozenset(t.lemma_.lower() for t in [*self.token.lefts, *joined] if t.dep_ != "det")

    @cached_property
    def of(self) -> frozenset[str]:
        """Lemmas of the noun's complements."""
        return _lemmas(dependents.find_prepositional(self.token, {"of", "on", "against", "in", "between", "to", "for"}))

    @cached_property
    def next(self) -> frozenset[str]:
        """The two words after it."""
        return frozenset(t.lower_ for t in self.token.doc[self.token.i + 1 : self.token.i + 3])

    @cached_property
    def leads_to(self) -> frozenset[str]:
        """Lemmas of the words after it, as far as an order reaches."""
        end = min(self.token.sent.end, self.token.i + 1 + REACH_OF_ORDER)
        return frozenset(t.lemma_.lower() for t in self.token.doc[self.token.i + 1 : end])

    def fulfil(self, rule: Rule) -> bool:
        """Whether every condition of a rule holds."""
        return all(bool(lemmas & getattr(self, name)) == wanted for name, lemmas, wanted in rule.conditions)


def _lemmas(heads: list[Token] | Iterator[Token]) -> frozenset[str]:
    """Lemmas of nouns, of those joined to them and of what stands before them; `person` and `area` for names of such."""
    found: set[str] = set()
    for head in heads:
        for token in (head, *head.conjuncts):
            # Names keep their plural as lemma, and a sentence may begin with "Rockets".
            found.update((token.lemma_.lower(), token.lower_.removesuffix("s")))
            # An anti-aircraft gun is no aircraft.
            if not any(left.lower_.startswith("anti") for left in token.lefts):
                found.update(left.lemma_.lower() for left in token.lefts)
            found.update(
                right.lemma_.lower() for child in token.children if child.lower_ == "of" for right in child.children
            )
            if token.ent_type_ in ("PERSON", "NORP"):
                found.add("person")
            elif token.ent_type_ in ("GPE", "LOC", "FAC"):
                found.add("area")
    return frozenset(found)


def find_triggers(reading: Reading) -> Iterator[Trigger]:
    """Every word that a rule takes for an event, in order, none inside another."""
    lexicon = load_lexicon()
    previous: Trigger | None = None
    for index in find_words(reading, lexicon.keys):
        trigger = read_trigger(reading.tokens[index], lexicon)
        if trigger is None or is_modifier(trigger):
            continue
        if previous is not None and not (trigger.first.i <= previous.token.i or _describes(previous, trigger)):
            yield previous
        previous = trigger
    if previous is not None:
        yield previous


def is_modifier(trigger: Trigger) -> bool:
    """ "an attack helicopter", "combat troops": the word only says which."""
    token = trigger.token
    if not trigger.nominal or token.dep_ not in ("compound", "nmod") or token.head.i != token.i + 1:
        return False
    head = token.head
    # A verb of reaching after it is a verb, whatever the parser says ("airstrikes targeted").
    return (
        head.pos_ in ("NOUN", "PROPN")
        and head.lemma_ not in load_lexicon().classes["counting"]
        and read_trigger(head, load_lexicon()) is None
    )


def _describes(trigger: Trigger, following: Trigger) -> bool:
    """ "shooting" in "a shooting attack": part of the name of the next."""
    return (
        following.nominal
        and trigger.token.dep_ in ("compound", "amod", "nmod")
        and trigger.token.head == following.token
    )


def read_trigger(token: Token, lexicon: Lexicon) -> Trigger | None:
    """The event a word names, or None; its part of speech says which rules are asked first."""
    lemma, form = token.lemma_.lower(), token.lower_
    verbal = token.pos_ in ("VERB", "AUX") or (token.tag_ in ("VBN", "VBD", "VBG"))
    verb = lemma if lemma in lexicon.verbs else lexicon.forms.get(form)
    noun = lemma if lemma in lexicon.nouns else form if form in lexicon.nouns else None
    if noun and token.tag_ in ("NNP", "NNPS") and token.nbor(-1 if token.i else 0).tag_ == "NNP" and noun in PROPER:
        return None
    if noun and not (verbal and verb):
        trigger = _first_match(token, lexicon.nouns[noun], nominal=True)
        if trigger or verb is None or token.tag_ in ("NN", "NNS", "NNP", "NNPS"):
            return trigger
    if verb and (verbal or form.endswith(("ed", "ing")) or form in lexicon.forms):
        return _first_match(token, lexicon.verbs[verb], nominal=False)
    return None


def _first_match(token: Token, rules: list[Rule], nominal: bool) -> Trigger | None:
    around: dict[int, Surroundings] = {}
    for rule in rules:
        first = _first_word(token, rule.words)
        if first is None:
            continue
        if around.setdefault(first.i, Surroundings(token, first)).fulfil(rule):
            return None if rule.event_type is None else Trigger(token, first, rule.event_type, nominal)
    return None


def _first_word(token: Token, words: tuple[str, ...]) -> Token | None:
    """Where a rule's words begin when they end at the token; None where others stand there."""
    first = token.i - len(words) + 1
    if first < 0:
        return None
    pairs = zip(token.doc[first : token.i], words[:-1], strict=True)
    return token.doc[first] if all(word in (t.lower_, t.lemma_.lower()) for t, word in pairs) else None


def sentence_of(trigger: Trigger) -> Span:
    """The sentence that holds a trigger."""
    return trigger.token.sent
