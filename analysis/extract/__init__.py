"""From a document's text to the facts that it claims: one module a kind, the same verb (`find_facts`) in each."""

from analysis.extract.pipeline import Extractor

__all__ = ["Extractor"]
