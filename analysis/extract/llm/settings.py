"""Which model, where, and how long it may take. The key is read from the environment alone: command lines are public."""

from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path
from urllib.parse import urlsplit

from analysis.errors import UsageError

KEY_VARIABLE = "BRIEFING_LLM_API_KEY"
CACHE = Path(".briefing") / "llm"


@dataclass(frozen=True)
class LanguageModel:
    """A model at an address. `seconds` bounds one request, `retries` how often a failed one is repeated."""

    base_url: str
    name: str
    cache: Path | None = None
    seconds: float = 60.0
    retries: int = 2
    # Requests under way at once.
    parallel: int = 4

    @property
    def extractor(self) -> str:
        """The label of its facts."""
        return f"llm {self.name}"


def choose_model(base_url: str | None, name: str | None, root: Path) -> LanguageModel | None:
    """The model that was asked for, None without an address. Raises UsageError where it cannot be used at all."""
    if not base_url:
        return None
    if urlsplit(base_url).scheme not in ("http", "https") or not urlsplit(base_url).hostname:
        raise UsageError(f"--llm: {base_url!r} is no address; write it as http://localhost:8080/v1")
    if not name:
        raise UsageError("--llm-model: say which model to ask")
    if find_spec("openai") is None:
        raise UsageError("--llm: the package openai is not installed; install the project's extra `llm`")
    return LanguageModel(base_url, name, root / CACHE)
