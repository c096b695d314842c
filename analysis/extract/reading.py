"""A document as the extractor sees it: the text, its parse, and the facts found so far.

The parser reads a *shadow* of the text: the same length, so that every offset holds, with line breaks as blanks, curly
quotes as straight ones, and all-upper text lowered. Facts always take their words from the text itself.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING, Any, TypeVar

from analysis.documents import Document
from analysis.facts import Basis, Fact

if TYPE_CHECKING:  # spaCy takes half a second to load, and not all that read text parse it
    from spacy.tokens import Doc, Span, Token

FactType = TypeVar("FactType", bound=Fact)

# One character for one, always: the shadow must keep every offset.
_SHADOW = str.maketrans({
    "\n": " ", "\r": " ", "\t": " ", "\u2028": " ", "\u2029": " ", "\xa0": " ", "\u202f": " ", "\u2009": " ",
    "\u2018": "'", "\u2019": "'", "\u02bc": "'", "\u201c": '"', "\u201d": '"', "\u201e": '"', "\u00ab": '"',
    "\u00bb": '"', "\u2010": "-", "\u2011": "-",
})  # fmt: skip
_LINE = re.compile(r"[^\n\u2028\u2029]*(?:[\n\u2028\u2029]|$)")
SHADOW = "shadow"  # where a parse keeps the text it was made from
# Wire copy wrapped by hand at 60-80 columns: there a single line break ends no paragraph.
WRAPPED_COLUMNS = 90


def shadow_text(text: str) -> str:
    """The text as the parser reads it; `len(shadow_text(t)) == len(t)`."""
    shadow = text.translate(_SHADOW)
    letters = list(filter(str.isalpha, shadow[:4000]))
    if letters and sum(map(str.isupper, letters)) > 0.8 * len(letters):
        lowered = shadow.lower()
        shadow = lowered if len(lowered) == len(shadow) else shadow
    return shadow


def paragraph_starts(text: str) -> list[int]:
    """Offsets at which paragraphs begin: after blank lines, and after every line break of text that is not hard-wrapped."""
    lines = [(m.start(), m.group().strip()) for m in _LINE.finditer(text) if m.group()]
    wrapped = _is_wrapped([line for _, line in lines if line])
    starts, previous_blank = [], True
    for start, line in lines:
        if line and (previous_blank or not wrapped):
            starts.append(start)
        previous_blank = not line
    return starts or [0]


def _is_wrapped(lines: list[str]) -> bool:
    """Whether most lines that another follows at once stop short of a sentence's end, all within a column."""
    if len(lines) < 4 or max(map(len, lines)) > WRAPPED_COLUMNS:
        return False
    unfinished = sum(not line.endswith((".", "!", "?", '"', "”", ":")) for line in lines[:-1])
    return unfinished > 0.5 * (len(lines) - 1)


@dataclass
class Reading:
    """One document being read. Modules add to `facts` in the order of `pipeline.MODULES`; later ones may ask earlier ones."""

    document: Document
    parsed: Doc
    published: str | None = None
    published_basis: Basis = "unknown"
    facts: list[Fact] = field(default_factory=list)
    # What modules leave for later ones (mentions, attributions ...), by the module's own key.
    notes: dict[str, Any] = field(default_factory=dict)
    # For each kind asked for, how many facts were looked at, and those of the kind among them.
    _by_model: dict[type[Fact], tuple[int, list[Any]]] = field(default_factory=dict, repr=False)

    @cached_property
    def text(self) -> str:
        """The document's own text."""
        return self.document.text

    @cached_property
    def shadow(self) -> str:
        """The text as the parser reads it: what `parsed.text` puts together again from its tokens."""
        kept: str | None = self.parsed.user_data.get(SHADOW)
        return shadow_text(self.text) if kept is None else kept

    @cached_property
    def tokens(self) -> list[Token]:
        """All tokens, in order: asking the parse makes a new object each time."""
        return list(self.parsed)

    @cached_property
    def sentences(self) -> list[Span]:
        """The sentences of the parse, in order."""
        return list(self.parsed.sents)

    @cached_property
    def _sentence_starts(self) -> list[int]:
        return [sentence.start_char for sentence in self.sentences]

    @cached_property
    def _token_starts(self) -> list[int]:
        return [token.idx for token in self.tokens]

    @cached_property
    def paragraphs(self) -> list[int]:
        """Offsets at which paragraphs begin."""
        return paragraph_starts(self.text)

    def paragraph_at(self, offset: int) -> int:
        """The number of the paragraph that holds an offset."""
        return max(0, bisect_right(self.paragraphs, offset) - 1)

    def sentence_at(self, offset: int) -> Span:
        """The sentence that holds an offset."""
        return self.sentences[max(0, bisect_right(self._sentence_starts, offset) - 1)]

    def token_at(self, offset: int) -> Token:
        """The token that holds an offset (or the last one before it)."""
        return self.tokens[max(0, bisect_right(self._token_starts, offset) - 1)]

    def of(self, model: type[FactType]) -> list[FactType]:
        """The facts found so far of one kind, in the order found."""
        seen, found = self._by_model.get(model, (0, []))
        if seen < len(self.facts):
            found += [fact for fact in self.facts[seen:] if isinstance(fact, model)]
            self._by_model[model] = (len(self.facts), found)
        return list(found)

    def fact(self, model: type[FactType], start: int, end: int, rule: str, **fields: Any) -> FactType:
        """Make a fact of the words `text[start:end]`; `rule` says which rule of which module found it.

        The span is trimmed of blanks. The id and the asserted defaults are completed by the pipeline.
        """
        text = self.text
        while start < end and text[start].isspace():
            start += 1
        while end > start and text[end - 1].isspace():
            end -= 1
        assert start < end <= len(text), f"empty span for {model.__name__} by {rule}"
        return model(
            doc=self.document.path, doc_id=self.doc_id, start=start, end=end, text=text[start:end],
            published=self.published, published_basis=self.published_basis, extractor=rule, **fields,
        )  # fmt: skip

    @cached_property
    def doc_id(self) -> str:
        """SHA-256 of the text."""
        return self.document.doc_id
