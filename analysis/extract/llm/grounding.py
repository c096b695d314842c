"""What a model may say beside its quote: words that the document holds, days that there are, slugs of a form."""

import re
from collections.abc import Callable
from datetime import date
from typing import Any

from analysis.extract.llm.align import find_quote
from analysis.extract.reading import shadow_text

DAYS = ("as_of", "period_start", "date_start", "date_end")
# Copied as they stand.
SPANS = ("condition", "caveat")
# Names and free words, put together from words of the document.
WORDED = (
    "asserted_by", "relayed_by", "speaker", "holder", "addressee", "venue", "actor", "target", "place",
    "corroborated_by", "denominator", "obligor", "proposed_by", "demanded_by", "mediators", "quantity",
    "geography", "name", "role", "affiliation",
)  # fmt: skip
# What is normalised, and so need not stand in the document, has at least a form.
FORMS = {
    "track": re.compile(r"[a-z][a-z0-9-]{0,40}"),
    "population": re.compile(r"[a-z][a-z_ -]{0,40}"),
    "unit": re.compile(r"[A-Za-z][A-Za-z ._%-]{0,40}|%"),
    "legal_ref": re.compile(r"[\w .,/()-]{1,100}"),
}
_WORD = re.compile(r"\w+")
_DIGITS = re.compile(r"\d+")


def document_words(text: str) -> frozenset[str]:
    """The words of a document, lower-cased, marks apart."""
    return frozenset(_WORD.findall(shadow_text(text).lower()))


def find_invention(fields: dict[str, Any], text: str, words: frozenset[str]) -> str | None:
    """What an item says that the document's `text` and `words` do not, or None. Numbers are read by `stated`."""
    checks: tuple[Callable[[], str | None], ...] = (
        lambda: _check_days(fields), lambda: _check_forms(fields, words),
        lambda: _check_spans(fields, text), lambda: _check_words(fields, words),
    )  # fmt: skip
    return next(filter(None, (check() for check in checks)), None)


def _check_days(fields: dict[str, Any]) -> str | None:
    for name in DAYS:
        value = fields.get(name)
        if value is not None and not _is_day(value):
            return f"{name}: {value[:40]!r} is no day"
    return None


def _is_day(value: str) -> bool:
    try:
        return date.fromisoformat(value).isoformat() == value
    except ValueError:
        return False


def _check_forms(fields: dict[str, Any], words: frozenset[str]) -> str | None:
    for name, pattern in FORMS.items():
        value = fields.get(name)
        if value is not None and not pattern.fullmatch(value):
            return f"{name}: {value[:80]!r} has not the form of one"
    reference = fields.get("legal_ref") or ""
    return None if set(_DIGITS.findall(reference)) <= words else f"legal_ref: the document does not say {reference!r}"


def _check_spans(fields: dict[str, Any], text: str) -> str | None:
    for name in SPANS:
        value = fields.get(name)
        if value is not None and find_quote(text, value) is None:
            return f"{name}: the document does not say {value[:80]!r}"
    return None


def _check_words(fields: dict[str, Any], words: frozenset[str]) -> str | None:
    for name in WORDED:
        value = fields.get(name) or []
        for spoken in map(shadow_text, [value] if isinstance(value, str) else value):
            if not (spoken.isprintable() and set(_WORD.findall(spoken.lower())) <= words):
                return f"{name}: the document does not say {spoken[:80]!r}"
    return None
