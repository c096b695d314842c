"""One extractor for all tests that read sentences: a model loaded once, instead of once a module."""

from functools import cache

from analysis.documents import Document
from analysis.extract.pipeline import Extractor
from analysis.facts import Fact


@cache
def extractor() -> Extractor:
    """The extractor, loaded when it is first asked for. Whoever gives it a hand folder takes it away again."""
    return Extractor()


def extract(text: str, published: str = "2024-05-08") -> list[Fact]:
    """The facts of a text that was published on a given day."""
    return extractor().extract(Document("a.txt", text, published, "given"))[0]
