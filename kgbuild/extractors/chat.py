"""One question to an endpoint that speaks OpenAI's chat completions (https://platform.openai.com/docs/api-reference/chat)."""

from __future__ import annotations

import os
import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from kgbuild.config import LlmConfig
from kgbuild.errors import UsageError

_LONGEST_WAIT = 30.0
_HOPELESS = frozenset((401, 403, 404))
"""The key, the model or the address is wrong, so every other question would fail as well."""
_BUSY = frozenset((408, 409, 425, 429))
_LONGEST_REASON = 200


class NoAnswerError(Exception):
    """The endpoint gave no answer that can be used; the text is the reason."""


@dataclass(frozen=True, slots=True)
class Answer:
    """What the model wrote, and the tokens that question and answer took."""

    text: str
    tokens_in: int
    tokens_out: int


class ChatEndpoint:
    """Asks, and asks again where the endpoint is busy, fails or does not answer in time."""

    def __init__(self, config: LlmConfig, *, sleep: Callable[[float], None] = time.sleep) -> None:
        """Raises UsageError where the key that the settings name is not set, or the extra is not installed."""
        try:
            import httpx
        except ImportError as error:
            raise UsageError(f"a language model needs pip install 'kgbuild[llm]' ({error})") from error
        self._config = config
        self._address = f"{config.url.rstrip('/')}/chat/completions"
        self._sleep = sleep
        self._client = httpx.Client(timeout=config.timeout, headers=_headers(config))
        self._failures = (httpx.TransportError, httpx.DecodingError)

    def ask(self, question: str) -> Answer:
        """The model's answer.

        Raises NoAnswerError after the last attempt; UsageError where asking again cannot help (key, model, address).
        """
        reason, wait = "", 0.0
        for attempt in range(self._config.attempts):
            self._sleep(min(_LONGEST_WAIT, wait))
            wait = 2.0**attempt
            try:
                response = self._client.post(self._address, json=self._body(question))
            except self._failures as error:
                reason = f"{type(error).__name__}: {error}"[:_LONGEST_REASON]
                continue
            if response.status_code == 200:
                return _answer(response)
            reason = f"status {response.status_code}: {response.text[:_LONGEST_REASON]}"
            if response.status_code in _HOPELESS:
                raise UsageError(f"{self._config.url} refuses to answer at all: {reason}")
            if response.status_code not in _BUSY and response.status_code < 500:
                raise NoAnswerError(f"the endpoint refuses the question: {reason}")
            wait = _asked_to_wait(response.headers.get("Retry-After"), wait)
        raise NoAnswerError(f"no answer after {self._config.attempts} attempts: {reason}")

    def _body(self, question: str) -> dict[str, Any]:
        body = {
            "model": self._config.model,
            "messages": [{"role": "user", "content": question}],
            "temperature": 0,
        }
        return body | ({"response_format": {"type": "json_object"}} if self._config.json_mode else {})


def _headers(config: LlmConfig) -> dict[str, str]:
    if not config.key_variable:
        return {}
    key = os.environ.get(config.key_variable)
    if not key:
        raise UsageError(f"the endpoint's key is to be in ${config.key_variable}, which is not set")
    return {"Authorization": f"Bearer {key}"}


def _asked_to_wait(header: str | None, otherwise: float) -> float:
    """Seconds; a date in the header is not read."""
    return float(header) if header and header.isdecimal() else otherwise


def _answer(response: Any) -> Answer:
    try:
        data = response.json()
        text = data["choices"][0]["message"]["content"]
        usage = data.get("usage") or {}
        return Answer(str(text), int(usage.get("prompt_tokens") or 0), int(usage.get("completion_tokens") or 0))
    except (ValueError, KeyError, IndexError, TypeError, AttributeError) as error:
        raise NoAnswerError(f"the endpoint's answer is no chat completion: {error}") from error
