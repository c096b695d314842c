"""The lemmas around a word that the rules of the events' lexicon ask for, by the place where they stand."""

from collections.abc import Iterable
from functools import cached_property

from spacy.tokens import Token

from analysis.extract import dependents
from analysis.extract.trigger_lexicon import Rule

# How far to the right the infinitive of an order ("urged people in the villages of X and Y to leave") may stand.
REACH_OF_ORDER = 14
# Prepositions after which a noun's complements stand.
COMPLEMENTS = frozenset({"of", "on", "against", "in", "between", "to", "for"})


class Surroundings:
    """The lemmas around a word, by the place where they stand; computed when a rule first asks."""

    def __init__(self, token: Token, first: Token, placed: frozenset[int]) -> None:
        self.token = token
        self.first = first
        self.placed = placed

    @cached_property
    def object(self) -> frozenset[str]:
        """Lemmas of what the verb is done to."""
        return _lemmas(dependents.find_objects(self.token), self.placed)

    @cached_property
    def subject(self) -> frozenset[str]:
        """Lemmas of who or what does it."""
        subjects = dependents.find_subjects(self.token)
        return _lemmas(subjects or [c for c in self.token.children if c.dep_ == "nsubjpass"], self.placed)

    @cached_property
    def aim(self) -> frozenset[str]:
        """Lemmas of what is fired on or at, hung on the verb or on its object."""
        holders = [self.token, *(c for c in self.token.rights if c.dep_ == "dobj")]
        return _lemmas(
            [t for holder in holders for t in dependents.find_prepositional(holder, {"on", "at"})], self.placed
        )

    @cached_property
    def means(self) -> frozenset[str]:
        """Lemmas of what it is done with."""
        agents = list(dependents.find_prepositional(self.token, dependents.MEANS_PREPOSITIONS))
        # "Struck a shop in Kharkiv with two bombs": the parser may hang the weapon on what was struck, or on where.
        agents += [
            used
            for thing in dependents.find_objects(self.token)
            for noun in (thing, *dependents.find_prepositional(thing, {"in", "of", "at", "near"}))
            for used in dependents.find_prepositional(noun, {"with"})
        ]
        using = (c for c in self.token.rights if c.dep_ == "advcl" and c.lower_ == "using")
        used = (grand for child in using for grand in child.children if grand.dep_ == "dobj")
        return _lemmas([*dependents.find_subjects(self.token), *agents, *used], self.placed)

    @cached_property
    def modifier(self) -> frozenset[str]:
        """Lemmas to the left inside the noun's phrase."""
        near = [self.token.doc[i] for i in range(max(0, self.first.i - 2), self.first.i)]
        joined = [t for t in near if t.dep_ in ("compound", "amod", "nmod", "punct")]
        return frozenset(t.lemma_.lower() for t in [*self.token.lefts, *joined] if t.dep_ != "det")

    @cached_property
    def of(self) -> frozenset[str]:
        """Lemmas of the noun's complements."""
        return _lemmas(
            dependents.find_prepositional(self.token, COMPLEMENTS),
            self.placed,
        )

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


def _lemmas(heads: Iterable[Token], placed: frozenset[int]) -> frozenset[str]:
    """Lemmas of nouns, of those joined to them and of what stands before them; `person` and `area` for names of such.

    `placed` are the numbers of tokens that end the name of a place.
    """
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
            if token.i in placed or token.ent_type_ in ("GPE", "LOC", "FAC"):
                found.add("area")
            elif token.ent_type_ in ("PERSON", "NORP"):
                found.add("person")
    return frozenset(found)
