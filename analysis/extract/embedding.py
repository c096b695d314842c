"""Word vectors of the model, computed once a word instead of once a token.

The model's first layers turn a token into a vector by nothing but its form (norm, prefix, suffix, shape ...), so the same form has
the same vector, bit for bit; and they take a quarter of the time of a parse. What follows them reads neighbours and is left alone.
"""

from collections.abc import Callable
from typing import Any

import numpy as np
from spacy.language import Language
from spacy.tokens import Doc
from thinc.api import Model

KEPT_FORMS = 40_000  # forms: about 25 MB a table; beyond it the table starts anew
FIRST_ROWS = 4_096

Vectors = list[Any]


class VectorTable:
    """The vectors of the forms met so far, as one array and the row of each form."""

    def __init__(self, embed: Model[Any, Any]) -> None:
        extract, *self._layers = embed.layers
        self._columns = list(extract.attrs["columns"])
        self._rows: dict[bytes, int] = {}
        self._vectors = np.zeros((FIRST_ROWS, int(embed.get_dim("nO"))), dtype=np.float32)

    def look_up(self, docs: list[Doc]) -> Vectors:
        """One array of vectors (tokens by width) a document."""
        if len(self._rows) > KEPT_FORMS:
            self._rows.clear()
        forms = [doc.to_array(self._columns).reshape(len(doc), len(self._columns)) for doc in docs]
        keys = [_as_keys(rows) for rows in forms]
        self._learn(forms, keys)
        return [self._vectors[[self._rows[key] for key in of_doc]] for of_doc in keys]

    def _learn(self, forms: Vectors, keys: list[list[bytes]]) -> None:
        """Ask the model's layers about the forms that are new, all at once."""
        new: dict[bytes, Any] = {}
        for rows, of_doc in zip(forms, keys, strict=True):
            new.update((key, rows[number]) for number, key in enumerate(of_doc) if key not in self._rows)
        if not new:
            return
        answer: Any = [np.array(list(new.values()), dtype=np.uint64)]
        for layer in self._layers:
            answer = layer.predict(answer)
        self._keep(list(new), answer[0])

    def _keep(self, keys: list[bytes], vectors: Any) -> None:
        first = len(self._rows)
        while first + len(keys) > len(self._vectors):
            self._vectors = np.concatenate([self._vectors, np.zeros_like(self._vectors)])
        self._vectors[first : first + len(keys)] = vectors
        self._rows.update((key, first + number) for number, key in enumerate(keys))


def _as_keys(rows: Any) -> list[bytes]:
    """Each row as the bytes it consists of."""
    if not len(rows):
        return []
    whole = np.ascontiguousarray(rows)
    keys: list[bytes] = whole.view(f"V{whole.itemsize * whole.shape[1]}").ravel().tolist()
    return keys


def _forward(model: Model[Any, Any], docs: list[Doc], is_train: bool) -> tuple[Vectors, Callable[[Any], Any]]:
    """Vectors from the table; in training the model's own layers, whose weights then change."""
    if is_train:
        trained: tuple[Vectors, Callable[[Any], Any]] = model.layers[0](docs, is_train)
        return trained
    return model.attrs["table"].look_up(docs), lambda _: []


def with_vector_table(language: Language) -> Language:
    """The same pipeline, each of its embedding layers behind a table."""
    for name in ("tok2vec", "ner"):
        model = language.get_pipe(name).model  # type: ignore[attr-defined]
        for node in [node for node in model.walk() if node.has_ref("embed") is True]:
            embed = node.get_ref("embed")
            table: Model[Any, Any] = Model(
                "vector_table", _forward, layers=[embed], attrs={"table": VectorTable(embed)}
            )
            model.replace_node(embed, table)
    return language
