from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from kgbuild.cli import run
from kgbuild.config import LlmConfig
from kgbuild.errors import UsageError
from kgbuild.extract import load_pipeline
from kgbuild.extractors.language_model import LanguageModel
from kgbuild.extractors.ledger import account_since
from kgbuild.model import Article
from tests.extractors.double import Endpoint, Reply, completion, endpoint, names

pytestmark = pytest.mark.server

TEXT = "قصف طيران التحالف الدولي قرية الشنقليطة، فيما توقفت زمردة تماما.\nوعادت زمردة إلى العمل."
Asked = Callable[..., list[tuple[str, str]]]


@pytest.fixture
def read(tmp_path: Path) -> Asked:
    """Reads `TEXT` with the help of an endpoint; the added names with their classes."""

    def read(double: Endpoint, text: str = TEXT, **settings: object) -> list[tuple[str, str]]:
        nlp = load_pipeline("ar")
        doc = nlp.make_doc(text)
        doc._.article = Article(id="a", source="a", text=text)
        for name in ("segments", "numbers", "dates", "entities"):
            doc = nlp.get_pipe(name)(doc)
        known = set(doc._.mentions)
        cache = {"cache": str(tmp_path / "answers")}
        config = LlmConfig(url=double.url, model="m", attempts=1, **(cache | settings))  # type: ignore[arg-type]
        doc = LanguageModel(config, "ar")(doc)
        return [(doc[m.start : m.end].text, m.cls) for m in doc._.mentions if m not in known]

    return read


def test_names_are_added_wherever_they_stand(read: Asked) -> None:
    with endpoint(names(زمردة="Organization")) as double:
        assert read(double) == [("زمردة", "Organization")] * 2
    assert TEXT in double.asked[0]["messages"][0]["content"]
    assert "MilitaryCoalition" in double.asked[0]["messages"][0]["content"]


def test_what_is_not_in_the_text_letter_by_letter_is_dropped(read: Asked) -> None:
    with endpoint(
        names(**{"زمرده": "Organization", "Zumurruda": "Person", "زمرد": "Person", "عادت زمردة": "Hero"})
    ) as double:
        assert read(double) == []


def test_the_lexicon_is_not_overruled(read: Asked) -> None:
    with endpoint(names(**{"التحالف الدولي": "Person", "الشنقليطة": "River"})) as double:
        assert read(double) == []


def test_an_answer_in_a_fence_is_read(read: Asked) -> None:
    with endpoint(completion('```json\n{"names": [{"text": "زمردة", "class": "Shop"}]}\n```')) as double:
        assert read(double) == [("زمردة", "Shop")] * 2


@pytest.mark.parametrize(
    ("reply", "reason"),
    [
        (completion("I cannot help with that."), "is no JSON"),
        (completion('{"names": "زمردة"}'), "not of the schema"),
        (completion('{"names": [{"text": "زمردة"}]}'), "not of the schema: 'class' is a required property"),
        (completion("[]"), "not of the schema"),
        ((500, {}, "out of order"), "status 500: out of order"),
    ],
)
def test_without_a_usable_answer_the_article_is_read_without(
    read: Asked, tmp_path: Path, reply: Reply, reason: str
) -> None:
    with endpoint(reply, names(زمردة="Shop")) as double:
        assert read(double) == []
        account = account_since(tmp_path / "answers", 0)
        assert (account.answered, account.failed) == (0, 1)
        assert reason in next(iter(account.reasons))
        assert len(read(double)) == 2, "a failure is not kept"


def test_answers_are_kept_by_what_was_asked(read: Asked, tmp_path: Path) -> None:
    with endpoint(names(زمردة="Shop")) as double:
        assert read(double) == read(double)
        assert len(double.asked) == 1
        read(double, TEXT + " حقا.")
        read(double, max_characters=40)
    account = account_since(tmp_path / "answers", 0)
    assert (account.answered, account.kept) == (len(double.asked), 1)
    config = LlmConfig(url="u", model="m", price_in=2.0, price_out=30.0)
    cost = (account.tokens_in * 2 + account.tokens_out * 30) / 1e6
    assert f"cost {cost:.4f}" in account.text(config)


def test_a_long_article_is_asked_about_in_stretches(read: Asked) -> None:
    with endpoint(names(زمردة="Shop")) as double:
        assert len(read(double, max_characters=40)) == 2
    assert len(double.asked) == 2


def test_a_prompt_of_ones_own(read: Asked, tmp_path: Path) -> None:
    prompt = tmp_path / "prompt.jinja"
    prompt.write_text("{{ language }}: {{ text | length }}")
    with endpoint(names(زمردة="Shop")) as double:
        read(double, prompt=str(prompt))
        assert double.asked[0]["messages"][0]["content"] == f"ar: {len(TEXT)}"
        prompt.write_text("{% if %}")
        with pytest.raises(UsageError, match="is no template"):
            read(double, prompt=str(prompt))
        with pytest.raises(UsageError, match="cannot be read"):
            read(double, prompt=str(tmp_path / "none"))


def test_the_command_switches_it_on_and_tells_what_it_cost(tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    article, settings = tmp_path / "a.txt", tmp_path / "models.toml"
    article.write_text(TEXT, "utf-8")
    with endpoint(names(زمردة="Organization")) as double:
        settings.write_text(f'[llm]\nurl = "{double.url}"\nmodel = "m"\ncache = "answers"\nprice_in = 1\n', "utf-8")
        assert run(["extract", str(article), "--models", str(settings)]) == 0
        out, err = capfd.readouterr()
        assert run(["extract", str(article)]) == 0
    added = [m["class"] for m in json.loads(out)["mentions"] if m["text"] == "زمردة"]
    assert added == ["Organization"] * 2
    assert "m: 1 answers, 0 kept from before, 0 failed; 100 tokens in, 10 out, cost 0.0001" in err
    assert not any(m["text"] == "زمردة" for m in json.loads(capfd.readouterr().out)["mentions"])
    assert len(double.asked) == 1


def test_a_wrong_key_ends_the_command(tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    article, settings = tmp_path / "a.txt", tmp_path / "models.toml"
    article.write_text(TEXT, "utf-8")
    with endpoint((401, {}, "who are you?")) as double:
        settings.write_text(f'[llm]\nurl = "{double.url}"\nmodel = "m"\ncache = "answers"\n', "utf-8")
        assert run(["extract", str(article), "--models", str(settings)]) == 2
    assert "refuses to answer at all: status 401: who are you?" in capfd.readouterr().err
