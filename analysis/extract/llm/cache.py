"""Answers kept on disk by the hash of what was asked: the same passage is asked once, and a run repeats without the model."""

import contextlib
import hashlib
import json
import os
import uuid
from pathlib import Path
from typing import Any


class Cache:
    """Answers in a folder, one file each; without a folder nothing is kept."""

    def __init__(self, folder: Path | None) -> None:
        self.folder = folder

    def recall(self, request: dict[str, Any]) -> str | None:
        """The answer kept for a request; a damaged file counts as none."""
        if self.folder is None:
            return None
        try:
            answer = json.loads(self._path(request).read_bytes())["answer"]
        except (OSError, ValueError, KeyError, TypeError):
            return None
        return answer if isinstance(answer, str) else None

    def keep(self, request: dict[str, Any], answer: str) -> None:
        """Keep an answer; a folder that cannot be written to only costs time."""
        if self.folder is None:
            return
        path = self._path(request)
        partial = path.with_name(f".{path.name}.{uuid.uuid4().hex[:8]}")
        with contextlib.suppress(OSError):
            path.parent.mkdir(parents=True, exist_ok=True)
            partial.write_text(json.dumps({"request": request, "answer": answer}), encoding="ascii")
            os.replace(partial, path)

    def _path(self, request: dict[str, Any]) -> Path:
        assert self.folder is not None
        name = hashlib.sha256(json.dumps(request, sort_keys=True).encode()).hexdigest()
        return self.folder / name[:2] / f"{name}.json"
