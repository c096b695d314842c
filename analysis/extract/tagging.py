"""Parts of speech and lemmas, looked up once a word instead of once a token.

The model's own attribute ruler and lemmatizer decide from a token's form, its tag, its relation and the token before it; so the
same four give the same answer, and a twentieth of the time goes where a seventh of the parse went. What is not in the table is
asked of the model's own components, on those words alone.
"""

import numpy as np
from spacy.attrs import DEP, LEMMA, MORPH, ORTH, POS, TAG
from spacy.language import Language
from spacy.tokens import Doc

KEPT_WORDS = 200_000  # entries: about 60 MB; beyond it the table starts anew
ANSWER = [POS, LEMMA, MORPH]


class WordTable:
    """A pipeline component in place of `attribute_ruler` and `lemmatizer`: same attributes, same values."""

    def __init__(self, language: Language) -> None:
        self._vocab = language.vocab
        self._ask = [language.get_pipe("attribute_ruler"), language.get_pipe("lemmatizer")]
        self._known: dict[tuple[int, int, int, int, int], np.ndarray] = {}

    def __call__(self, doc: Doc) -> Doc:
        """Set part of speech, lemma and morphology of every token."""
        keys = self._keys(doc)
        missing = [number for number, key in enumerate(keys) if key not in self._known]
        if missing:
            self._learn(doc, keys, missing)
        if keys:
            answers = np.array([self._known[key] for key in keys], dtype=np.uint64)
            doc.from_array(ANSWER, answers)  # type: ignore[arg-type]  # spaCy's stub knows signed numbers only
        return doc

    @staticmethod
    def _keys(doc: Doc) -> list[tuple[int, int, int, int, int]]:
        rows = [tuple(row) for row in doc.to_array([ORTH, TAG, DEP]).tolist()]
        before = [(0, 0), *((row[0], row[2]) for row in rows)]
        return [(*row, *previous) for row, previous in zip(rows, before, strict=False)]

    def _learn(self, doc: Doc, keys: list, missing: list[int]) -> None:
        """Ask the model's components about the words that are new, each with the one before it."""
        if len(self._known) > KEPT_WORDS:
            self._known.clear()
            missing = list(range(len(keys)))
        numbers = [place for number in missing for place in (max(0, number - 1), number)]
        tokens = [doc[number] for number in numbers]
        asked = Doc(
            self._vocab, words=[token.text for token in tokens], tags=[token.tag_ for token in tokens],
            deps=[token.dep_ for token in tokens], heads=list(range(len(tokens))),
        )  # fmt: skip
        for component in self._ask:
            asked = component(asked)
        answers = asked.to_array(ANSWER)
        for place, number in enumerate(missing):
            self._known[keys[number]] = answers[2 * place + 1]


@Language.factory("briefing_word_table")
def _make_word_table(nlp: Language, name: str) -> WordTable:
    return WordTable(nlp)


def with_word_table(language: Language) -> Language:
    """The same pipeline with the table in place of the two components."""
    language.add_pipe("briefing_word_table", after="lemmatizer")
    for name in ("attribute_ruler", "lemmatizer"):
        language.remove_pipe(name)
    return language
