"""Trigger words of events: the lexicon `triggers.yml`, and the words of a reading that its rules take for an event."""

from collections.abc import Iterator
from dataclasses import dataclass

from spacy.tokens import Token

from analysis.extract.place_of_clause import ADJECTIVE
from analysis.extract.reading import Reading
from analysis.extract.surroundings import Surroundings
from analysis.extract.trigger_lexicon import Lexicon, Rule, load_lexicon
from analysis.extract.word_index import find_words
from analysis.facts import Place

# Part of names when capitalised ("Operation Inherent Resolve", "Mine Action").
PROPER = frozenset({"operation", "meeting", "conference", "summit", "forum"})


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


def find_triggers(reading: Reading) -> Iterator[Trigger]:
    """Every word that a rule takes for an event, in order, none inside another."""
    lexicon = load_lexicon()
    previous: Trigger | None = None
    placed = frozenset(reading.token_at(p.end - 1).i for p in reading.of(Place) if p.extractor != ADJECTIVE)
    for index in find_words(reading, lexicon.keys):
        trigger = read_trigger(reading.tokens[index], lexicon, placed)
        if trigger is None or is_modifier(trigger, placed):
            continue
        if previous is not None and not (trigger.first.i <= previous.token.i or _describes(previous, trigger)):
            yield previous
        previous = trigger
    if previous is not None:
        yield previous


def is_modifier(trigger: Trigger, placed: frozenset[int] = frozenset()) -> bool:
    """ "an attack helicopter", "combat troops": the word only says which."""
    token = trigger.token
    if not trigger.nominal or token.dep_ not in ("compound", "nmod") or token.head.i != token.i + 1:
        return False
    head = token.head
    # A verb of reaching after it is a verb, whatever the parser says ("airstrikes targeted").
    return (
        head.pos_ in ("NOUN", "PROPN")
        and head.lemma_ not in load_lexicon().classes["counting"]
        and read_trigger(head, load_lexicon(), placed) is None
    )


def _describes(trigger: Trigger, following: Trigger) -> bool:
    """ "shooting" in "a shooting attack": part of the name of the next."""
    return (
        following.nominal
        and trigger.token.dep_ in ("compound", "amod", "nmod")
        and trigger.token.head == following.token
    )


def read_trigger(token: Token, lexicon: Lexicon, placed: frozenset[int] = frozenset()) -> Trigger | None:
    """The event a word names, or None; its part of speech says which rules are asked first."""
    lemma, form = token.lemma_.lower(), token.lower_
    verbal = token.pos_ in ("VERB", "AUX") or (token.tag_ in ("VBN", "VBD", "VBG"))
    verb = lemma if lemma in lexicon.verbs else lexicon.forms.get(form)
    noun = lemma if lemma in lexicon.nouns else form if form in lexicon.nouns else None
    if noun and token.tag_ in ("NNP", "NNPS") and token.nbor(-1 if token.i else 0).tag_ == "NNP" and noun in PROPER:
        return None
    if noun and not (verbal and verb):
        trigger = _first_match(token, lexicon.nouns[noun], True, placed)
        if trigger or verb is None or token.tag_ in ("NN", "NNS", "NNP", "NNPS"):
            return trigger
    if verb and (verbal or form.endswith(("ed", "ing")) or form in lexicon.forms):
        return _first_match(token, lexicon.verbs[verb], False, placed)
    return None


def _first_match(token: Token, rules: list[Rule], nominal: bool, placed: frozenset[int]) -> Trigger | None:
    around: dict[int, Surroundings] = {}
    for rule in rules:
        first = _first_word(token, rule.words)
        if first is None:
            continue
        if around.setdefault(first.i, Surroundings(token, first, placed)).fulfil(rule):
            return None if rule.event_type is None else Trigger(token, first, rule.event_type, nominal)
    return None


def _first_word(token: Token, words: tuple[str, ...]) -> Token | None:
    """Where a rule's words begin when they end at the token; None where others stand there."""
    first = token.i - len(words) + 1
    if first < 0:
        return None
    pairs = zip(token.doc[first : token.i], words[:-1], strict=True)
    return token.doc[first] if all(word in (t.lower_, t.lemma_.lower()) for t, word in pairs) else None
