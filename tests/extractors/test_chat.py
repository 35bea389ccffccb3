from __future__ import annotations

import pytest

from kgbuild.config import LlmConfig
from kgbuild.errors import UsageError
from kgbuild.extractors.chat import Answer, ChatEndpoint, NoAnswerError
from tests.extractors.double import Endpoint, completion, endpoint

pytestmark = pytest.mark.server

GOOD = completion("fine", 7, 3)
BUSY = (429, {"Retry-After": "3"}, "slow down")
BROKEN = (503, {}, "down")


def asked(double: Endpoint, **settings: object) -> tuple[Answer, list[float]]:
    """The answer, and how long was waited before each attempt."""
    waits: list[float] = []
    config = LlmConfig(url=double.url, model="m", **settings)  # type: ignore[arg-type]
    return ChatEndpoint(config, sleep=waits.append).ask("why?"), waits


def test_one_question_one_answer() -> None:
    with endpoint(GOOD) as double:
        assert asked(double)[0] == Answer("fine", 7, 3)
    body = double.asked[0]
    assert body["messages"] == [{"role": "user", "content": "why?"}]
    assert (body["model"], body["temperature"], body["response_format"]) == ("m", 0, {"type": "json_object"})


def test_some_endpoints_know_no_mode_for_json() -> None:
    with endpoint(GOOD) as double:
        asked(double, json_mode=False)
    assert "response_format" not in double.asked[0]


def test_who_is_busy_or_broken_is_asked_again_later() -> None:
    with endpoint(BUSY, BROKEN, GOOD) as double:
        answer, waits = asked(double)
    assert answer.text == "fine"
    assert waits == [0.0, 3.0, 2.0]


def test_in_the_end_there_is_no_answer() -> None:
    with endpoint(BROKEN) as double, pytest.raises(NoAnswerError, match="after 2 attempts: status 503: down"):
        asked(double, attempts=2)
    assert len(double.asked) == 2


def test_nobody_there_is_no_answer() -> None:
    with pytest.raises(NoAnswerError, match="ConnectError"):
        ChatEndpoint(LlmConfig(url="http://127.0.0.1:9/v1", model="m", attempts=1)).ask("why?")


def test_a_question_that_is_refused_is_not_asked_again() -> None:
    with endpoint((400, {}, "too long")) as double, pytest.raises(NoAnswerError, match="too long"):
        asked(double)
    assert len(double.asked) == 1


@pytest.mark.parametrize("status", [401, 403, 404])
def test_a_wrong_key_model_or_address_ends_the_work(status: int) -> None:
    with endpoint((status, {}, "no")) as double, pytest.raises(UsageError, match=f"refuses to answer at all.*{status}"):
        asked(double)


@pytest.mark.parametrize("body", ["[]", "{}", '{"choices": []}', "not JSON", '{"choices": [{"message": null}]}'])
def test_what_is_no_completion_is_no_answer(body: str) -> None:
    with endpoint((200, {}, body)) as double, pytest.raises(NoAnswerError, match="is no chat completion"):
        asked(double)


def test_the_key_comes_from_the_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    with endpoint(GOOD) as double:
        with pytest.raises(UsageError, match=r"\$SOME_KEY, which is not set"):
            asked(double, key_variable="SOME_KEY")
        monkeypatch.setenv("SOME_KEY", "secret")
        asked(double, key_variable="SOME_KEY")
    assert double.headers[0]["Authorization"] == "Bearer secret"
