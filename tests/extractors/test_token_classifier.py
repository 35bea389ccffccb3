"""Models made here: a spaCy pipeline with a ruler, and, where transformers is installed, a tiny BERT.

`.ci/run` installs it beside the environment and runs these tests with it.
"""

from __future__ import annotations

import json
import sys
import warnings
from pathlib import Path
from typing import Any

import pytest
import spacy

from kgbuild.cli import run
from kgbuild.errors import UsageError
from kgbuild.extractors.suggestions import Suggestion
from kgbuild.extractors.token_classifier import load_suggester

TEXT = "قصف طيران التحالف الدولي قرية الشنقليطة، فيما توقفت زمردة تماما."
LABELS = ("O", "B-ORG", "I-ORG", "B-SHIP")


@pytest.fixture(scope="module")
def spacy_model(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A pipeline that knows two names, and one that the lexicon knows better."""
    nlp = spacy.blank("ar")
    ruler: Any = nlp.add_pipe("entity_ruler")
    known = (("ORG", "زمردة"), ("PER", "التحالف الدولي"), ("MISC", "تماما"))
    ruler.add_patterns([{"label": label, "pattern": words} for label, words in known])
    folder = tmp_path_factory.mktemp("spacy") / "model"
    nlp.to_disk(folder)
    return folder


@pytest.fixture(scope="module")
def bert(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A BERT of one small layer that has learnt its sentences by heart."""
    pytest.importorskip("transformers")
    folder = tmp_path_factory.mktemp("bert")
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # torch's and transformers' own
        _train(folder)
    return folder


def _train(folder: Path) -> None:
    import torch
    from tokenizers import Tokenizer, models, pre_tokenizers
    from transformers import BertConfig, BertForTokenClassification, PreTrainedTokenizerFast

    words = ["[PAD]", "[UNK]", *"فيما توقفت زمردة الكبرى تماما عن العمل وصلت هند غدا".split()]  # noqa: SIM905 - a sentence
    kernel = Tokenizer(models.WordLevel({word: at for at, word in enumerate(words)}, unk_token="[UNK]"))
    kernel.pre_tokenizer = pre_tokenizers.Whitespace()
    tokenizer = PreTrainedTokenizerFast(
        tokenizer_object=kernel, unk_token="[UNK]", pad_token="[PAD]", model_max_length=48
    )
    config = BertConfig(
        vocab_size=len(words), hidden_size=32, num_hidden_layers=1, num_attention_heads=2, intermediate_size=32,
        max_position_embeddings=64, num_labels=len(LABELS), id2label=dict(enumerate(LABELS)),
        hidden_dropout_prob=0.0, attention_probs_dropout_prob=0.0,
    )  # fmt: skip
    torch.manual_seed(1)
    model = BertForTokenClassification(config)
    lesson = [("فيما توقفت زمردة الكبرى تماما", [0, 0, 1, 2, 0]), ("وصلت زمردة غدا", [0, 1, 0]), ("توقفت هند", [0, 3])]
    optimizer = torch.optim.Adam(model.parameters(), lr=0.02)
    for _ in range(40):
        for sentence, labels in lesson:
            loss = model(**tokenizer(sentence, return_tensors="pt"), labels=torch.tensor([labels])).loss
            loss.backward()
            optimizer.step()
            optimizer.zero_grad()
    model.save_pretrained(folder)
    tokenizer.save_pretrained(folder)


def found(model: Path, text: str, **labels: str) -> list[tuple[str, str]]:
    return [(text[s.start : s.end], s.cls) for s in load_suggester(str(model), labels)(text)]


def test_labels_of_a_spacy_pipeline_become_classes(spacy_model: Path) -> None:
    assert found(spacy_model, TEXT) == [("التحالف الدولي", "Person"), ("زمردة", "Organization")]
    assert ("تماما", "Shop") in found(spacy_model, TEXT, MISC="Shop")


def test_a_token_classifier_of_transformers_finds_what_it_learnt(bert: Path) -> None:
    text = "فيما توقفت زمردة الكبرى تماما"
    assert found(bert, text) == [("زمردة الكبرى", "Organization")]
    assert found(bert, "توقفت هند", SHIP="Vehicle") == [("هند", "Vehicle")]
    [suggestion] = load_suggester(str(bert), {})(text)
    assert isinstance(suggestion, Suggestion)
    assert 0.8 < suggestion.confidence <= 1.0


def test_a_line_longer_than_the_model_takes_is_read_in_windows(bert: Path) -> None:
    text = "فيما توقفت عن العمل " * 40 + "توقفت زمردة الكبرى تماما"
    assert ("زمردة الكبرى", "Organization") in found(bert, text)


@pytest.mark.parametrize("kind", ["spacy_model", "bert"])
def test_the_command_switches_it_on(
    kind: str, request: pytest.FixtureRequest, tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    model: Path = request.getfixturevalue(kind)
    article, settings = tmp_path / "a.txt", tmp_path / "models.toml"
    article.write_text(TEXT, "utf-8")
    settings.write_text(f'[transformers]\nmodel = "{model}"\nthreshold = 0.5\n', "utf-8")
    assert run(["extract", str(article), "--models", str(settings)]) == 0
    read = json.loads(capfd.readouterr().out)
    classes = {m["text"]: m["class"] for m in read["mentions"]}
    assert classes["زمردة"] == "Organization"
    assert classes["التحالف الدولي"] == "MilitaryCoalition", "the lexicon is not overruled"
    assert any(e["class"] == "Organization" and e["group"] == "actor" for e in read["entities"])


def test_a_high_threshold_keeps_it_silent(spacy_model: Path, tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    article, settings = tmp_path / "a.txt", tmp_path / "models.toml"
    article.write_text(TEXT, "utf-8")
    settings.write_text(f'[transformers]\nmodel = "{spacy_model}"\nthreshold = 0.99\n', "utf-8")
    assert run(["extract", str(article), "--models", str(settings)]) == 0
    assert "Organization" not in {m["class"] for m in json.loads(capfd.readouterr().out)["mentions"]}


def test_what_is_wrong_with_a_model_is_said(
    tmp_path: Path, spacy_model: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(UsageError, match="no model here"):
        load_suggester(str(tmp_path), {})
    with pytest.raises(UsageError, match="Hero is no class"):
        load_suggester(str(spacy_model), {"X": "Hero"})
    (tmp_path / "meta.json").write_text("{}")
    with pytest.raises(UsageError, match="spaCy cannot load it"):
        load_suggester(str(tmp_path), {})
    article, settings = tmp_path / "a.txt", tmp_path / "models.toml"
    article.write_text(TEXT, "utf-8")
    settings.write_text('[transformers]\nmodel = "nowhere"\n', "utf-8")
    assert run(["extract", str(article), "--models", str(settings)]) == 2
    assert "nowhere: no model here" in capfd.readouterr().err


def test_without_the_extra_the_way_to_it_is_said(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "config.json").write_text("{}")
    monkeypatch.setitem(sys.modules, "transformers", None)
    with pytest.raises(UsageError, match=r"kgbuild\[transformers\]"):
        load_suggester(str(tmp_path), {})


def test_a_broken_model_of_transformers_is_said(tmp_path: Path) -> None:
    pytest.importorskip("transformers")
    (tmp_path / "config.json").write_text("{}")
    with pytest.raises(UsageError, match="transformers cannot load it"):
        load_suggester(str(tmp_path), {})
