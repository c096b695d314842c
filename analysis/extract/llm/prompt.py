"""What the model is told: the instruction of `prompt.md`, then the passage as data between marks that it cannot contain."""

import hashlib
from functools import cache
from pathlib import Path
from typing import Any

from analysis.extract.llm.schemas import describe_kinds

PROMPT = Path(__file__).parent / "prompt.md"


@cache
def instruction() -> str:
    """The system message, with the fields of every kind."""
    return PROMPT.read_text(encoding="utf-8").replace("{KINDS}", describe_kinds())


def make_messages(passage: str, published: str | None, names: tuple[str, ...] = ()) -> list[dict[str, Any]]:
    """The two messages for a passage; `names` are those that the article uses, for surnames and pronouns.

    The mark is a hash of the data: an article cannot contain its own, so it cannot end its part.
    """
    known = "\n".join(names)
    mark = hashlib.sha256(f"{passage}|{known}".encode()).hexdigest()[:16]
    parts = [f"The article was published: {published or 'day unknown'}."]
    parts += [f"Names in the article (data):\n<<<{mark}\n{known}\n{mark}>>>"] if known else []
    parts += [f"Passage (data):\n<<<{mark}\n{passage}\n{mark}>>>"]
    return [{"role": "system", "content": instruction()}, {"role": "user", "content": "\n\n".join(parts)}]
