from __future__ import annotations

import re
from pathlib import Path

import pytest

from kgbuild.building.provenance import current_run, run_of
from kgbuild.config import ReadingConfig
from kgbuild.errors import UsageError
from kgbuild.extractors.settings import fingerprint, read_settings

DOCUMENT = (Path(__file__).parents[2] / "docs" / "models.md").read_text("utf-8")
LLM = '[llm]\nurl = "http://127.0.0.1:1/v1"\nmodel = "m"\n'


def written(folder: Path, text: str) -> Path:
    path = folder / "models.toml"
    path.write_text(text, "utf-8")
    return path


def test_paths_are_relative_to_the_file(tmp_path: Path) -> None:
    (tmp_path / "model").mkdir()
    config = read_settings(
        written(tmp_path, f'[transformers]\nmodel = "model"\nlabels = {{X = "Person"}}\n{LLM}cache = "c"\ntimeout = 5')
    )
    assert config.classifier is not None
    assert config.classifier.model == str(tmp_path / "model")
    assert config.classifier.labels == (("X", "Person"),)
    assert config.llm is not None
    assert config.llm.cache == str(tmp_path / "c")
    assert config.llm.timeout == 5


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("", "not nothing"),
        ("[other]", "not other"),
        ("llm = 3", r"written \[llm\]"),
        ("[llm", "is not TOML"),
        (LLM + "tempo = 1", "no setting tempo; there are url, model"),
        ('[llm]\nurl = "u"', r'\[llm\]: model must be given, as model = "…"'),
        (LLM + 'timeout = "a minute"', "timeout = 'a minute'; it has to be a number"),
        (LLM + "attempts = true", "it has to be a whole number"),
        (LLM + 'json_mode = "no"', "it has to be true or false"),
    ],
)
def test_what_is_wrong_in_the_file_is_said(tmp_path: Path, text: str, reason: str) -> None:
    with pytest.raises(UsageError, match=reason):
        read_settings(written(tmp_path, text))
    with pytest.raises(UsageError, match=r"none\.toml: cannot be read: No such file or directory$"):
        read_settings(tmp_path / "none.toml")


def test_the_settings_in_the_documentation_are_read(tmp_path: Path) -> None:
    tables = re.findall(r"^```toml\n(.*?)^```$", DOCUMENT, re.MULTILINE | re.DOTALL)
    config = read_settings(written(tmp_path, "".join(tables)))
    assert config.classifier is not None
    assert config.llm is not None


def test_the_run_tells_of_the_models(tmp_path: Path) -> None:
    assert run_of(ReadingConfig()) == current_run()
    prompt = tmp_path / "prompt"
    prompt.write_text("one")
    config = read_settings(written(tmp_path, LLM + 'prompt = "prompt"'))
    first = run_of(config)
    assert first != current_run()
    prompt.write_text("two")
    assert run_of(config) != first


def test_how_a_model_is_reached_makes_no_other_run(tmp_path: Path) -> None:
    one = read_settings(written(tmp_path, LLM))
    other = read_settings(written(tmp_path, LLM + 'timeout = 1\ncache = "c"\nkey_variable = "K"'))
    assert fingerprint(one) == fingerprint(other) != b""
