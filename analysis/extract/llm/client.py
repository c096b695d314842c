"""Asking the model: several passages at once, each under a deadline, a bounded number of times, and not at all once it is gone."""

import asyncio
import os
from typing import Any

from analysis.extract.llm.cache import Cache
from analysis.extract.llm.schemas import parse_answer
from analysis.extract.llm.settings import KEY_VARIABLE, LanguageModel

# So many passages in a row without an answer, and the address is taken for gone for the rest of this process.
PATIENCE = 4
# An answer for one passage is a fraction of this; a model in a loop stops here.
MAXIMUM_TOKENS = 8192
GONE = "the address failed several times in a row and is asked no more"

Messages = list[dict[str, Any]]


class Failure(str):
    """Why there is no answer."""


class Client:
    """One model, spoken to through `openai`; answers that can be read are kept."""

    def __init__(self, model: LanguageModel) -> None:
        self.model = model
        self.cache = Cache(model.cache)
        self._failures = 0

    def ask_all(self, questions: list[Messages]) -> list[str | Failure]:
        """The answer to each question, or a Failure."""
        requests = [self._request(messages) for messages in questions]
        answers = [self.cache.recall(request) for request in requests]
        missing = [at for at, answer in enumerate(answers) if answer is None]
        fresh = asyncio.run(self._ask([requests[at] for at in missing])) if missing else []
        told: dict[int, str | Failure] = dict(zip(missing, fresh, strict=True))
        return [told[at] if answer is None else answer for at, answer in enumerate(answers)]

    def _request(self, messages: Messages) -> dict[str, Any]:
        """All that an answer depends on."""
        return {
            "base_url": self.model.base_url, "model": self.model.name, "messages": messages, "temperature": 0,
            "max_tokens": MAXIMUM_TOKENS,
        }  # fmt: skip

    async def _ask(self, requests: list[dict[str, Any]]) -> list[str | Failure]:
        from openai import AsyncOpenAI

        gate = asyncio.Semaphore(self.model.parallel)
        async with AsyncOpenAI(
            base_url=self.model.base_url, api_key=os.environ.get(KEY_VARIABLE) or "none",
            timeout=self.model.seconds, max_retries=self.model.retries,
        ) as server:  # fmt: skip
            return await asyncio.gather(*(self._ask_one(server, gate, request) for request in requests))

    async def _ask_one(self, server: Any, gate: asyncio.Semaphore, request: dict[str, Any]) -> str | Failure:
        async with gate:
            if self._failures >= PATIENCE:
                return Failure(GONE)
            answer = await self._ask_in_time(server, request)
        self._failures = self._failures + 1 if isinstance(answer, Failure) else 0
        if not isinstance(answer, Failure) and parse_answer(answer) is not None:
            self.cache.keep(request, answer)
        return answer

    async def _ask_in_time(self, server: Any, request: dict[str, Any]) -> str | Failure:
        """One question. The deadline covers all attempts: a timeout of the connection alone restarts with every byte."""
        from openai import OpenAIError

        asked = {name: value for name, value in request.items() if name != "base_url"}
        try:
            reply = await asyncio.wait_for(
                server.chat.completions.create(**asked, response_format={"type": "json_object"}),
                self.model.seconds * (self.model.retries + 1),
            )
            return str(reply.choices[0].message.content or "")
        except TimeoutError:
            return Failure("no answer in time")
        except OpenAIError as error:
            return Failure(f"{type(error).__name__}: {str(error)[:200]!r}")
        except (AttributeError, IndexError, TypeError, ValueError):
            return Failure("the server sent what is no completion")
