"""HTML made of elements: the one place where text from outside is escaped for HTML."""

import re
from typing import Any

from markupsafe import Markup, escape

VOID = frozenset({"br", "hr", "img", "meta", "link", "input", "col"})
# Not characters of HTML: control characters but for tab and newline, and lone surrogates.
CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]")


def clean(value: Any) -> Markup:
    """A value as HTML: Markup as it is, anything else escaped, control characters made visible."""
    if isinstance(value, Markup):
        return value
    return escape(CONTROL.sub("\ufffd", str(value)))


def element(name: str, *children: Any, **attributes: Any) -> Markup:
    """An element. Children that are not Markup are escaped; None is nothing. `class_` is `class`, `data_x` is `data-x`.

    >>> element("p", "1 < 2 ", element("b", "so"), class_="sum")
    Markup('<p class="sum">1 &lt; 2 <b>so</b></p>')
    """
    written = "".join(
        _attribute(key, value) for key, value in attributes.items() if value is not None and value is not False
    )
    inside = "".join(clean(child) for child in children if child is not None)
    # Both halves are escaped by `clean`; names come from this package.
    return Markup(f"<{name}{written}>" if name in VOID else f"<{name}{written}>{inside}</{name}>")  # noqa: S704


def _attribute(key: str, value: Any) -> str:
    name = key.rstrip("_").replace("_", "-")
    return f" {name}" if value is True else f' {name}="{clean(value)}"'


def joined(parts: Any) -> Markup:
    """Parts one after another, each escaped unless Markup."""
    return Markup("").join(clean(part) for part in parts)
