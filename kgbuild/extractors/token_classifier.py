"""Names that a token classifier finds (`kgbuild_transformers`), extra `[transformers]`.

The model is a folder: one that `transformers` saved, or a spaCy pipeline with `ner`; an installed spaCy package may be
named too. Nothing is fetched: a model has to lie on this machine.

Reads `doc._.segments` and `doc._.mentions`, adds to `doc._.mentions`.
"""

from __future__ import annotations

import tomllib
import warnings
from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path
from typing import Any

import spacy
from spacy.language import Language
from spacy.tokens import Doc

from kgbuild.errors import UsageError
from kgbuild.extractors.suggestions import NAMED_CLASSES, Suggester, Suggestion, add_suggestions, read_lines
from kgbuild.resources import data_path

_OF_SPACY = 0.85
"""spaCy's recogniser does not say how sure it is."""
_STRIDE = 32
"""Tokens that two windows over a long line share."""


@Language.factory(
    "kgbuild_transformers",
    default_config={"threshold": 0.8, "labels": {}},
    requires=["doc._.segments", "doc._.mentions"],
    assigns=["doc._.mentions"],
)
def create(nlp: Language, name: str, model: str, threshold: float, labels: dict[str, str]) -> TokenClassifier:
    """The component; the model is loaded at once, so that a wrong path is told before any article is read."""
    return TokenClassifier(load_suggester(model, labels), threshold)


class TokenClassifier:
    """Shows each line to the model and keeps what it is sure enough of."""

    def __init__(self, suggest: Suggester, threshold: float) -> None:
        self._suggest = suggest
        self._threshold = threshold

    def __call__(self, doc: Doc) -> Doc:
        add_suggestions(doc, self._suggestions(doc))
        return doc

    def _suggestions(self, doc: Doc) -> Iterator[Suggestion]:
        for offset, line in read_lines(doc):
            for found in self._suggest(line):
                if found.confidence >= self._threshold:
                    yield Suggestion(offset + found.start, offset + found.end, found.cls, found.confidence)


def load_suggester(model: str, labels: Mapping[str, str]) -> Suggester:
    """The model in the folder `model`, or the spaCy package of that name; `labels` go before those of `labels.toml`.

    Raises UsageError where there is none, or what it needs is not installed.
    """
    wrong = sorted(set(labels.values()) - NAMED_CLASSES)
    if wrong:
        raise UsageError(f"labels of {model}: {', '.join(wrong)} is no class of an entity in the ontology")
    known = {**_common_labels(), **labels}
    if Path(model, "meta.json").is_file() or spacy.util.is_package(model):
        return _spacy_model(model, known)
    if Path(model, "config.json").is_file():
        return _transformers_model(model, known)
    raise UsageError(
        f"{model}: no model here; name the folder of a token classifier that transformers saved (with config.json), "
        "or a spaCy pipeline by its folder or package"
    )


@cache
def _common_labels() -> Mapping[str, str]:
    table: dict[str, str] = tomllib.loads(data_path("extractors", "labels.toml").read_text("utf-8"))["labels"]
    return table


def _class_of(label: str, labels: Mapping[str, str]) -> str | None:
    plain = label.removeprefix("B-").removeprefix("I-")
    return labels.get(plain, plain if plain in NAMED_CLASSES else None)


def _spacy_model(model: str, labels: Mapping[str, str]) -> Suggester:
    try:
        nlp = spacy.load(model)
    except (OSError, ValueError) as error:
        raise UsageError(f"{model}: spaCy cannot load it: {error}") from error

    def suggest(text: str) -> Iterator[Suggestion]:
        for found in nlp(text).ents:
            cls = _class_of(found.label_, labels)
            if cls is not None:
                yield Suggestion(found.start_char, found.end_char, cls, _OF_SPACY)

    return suggest


def _transformers_model(model: str, labels: Mapping[str, str]) -> Suggester:
    try:
        from transformers import AutoModelForTokenClassification, AutoTokenizer, pipeline
        from transformers.utils.logging import disable_progress_bar
    except ImportError as error:
        raise UsageError(f"{model}: a token classifier needs pip install 'kgbuild[transformers]' ({error})") from error
    disable_progress_bar()  # the command line shows its own
    try:
        network = AutoModelForTokenClassification.from_pretrained(model, local_files_only=True)
        tokenizer = AutoTokenizer.from_pretrained(model, local_files_only=True)
    except (OSError, ValueError, KeyError) as error:
        raise UsageError(f"{model}: transformers cannot load it: {error}") from error
    classify: Any = pipeline(
        "token-classification", model=network, tokenizer=tokenizer, aggregation_strategy="first", stride=_STRIDE
    )

    def suggest(text: str) -> Iterator[Suggestion]:
        with warnings.catch_warnings():
            # Of tokenizers that do not mark where words go on, such as SentencePiece's, it says so at every line.
            warnings.filterwarnings("ignore", "Tokenizer does not support real words", UserWarning)
            names = classify(text)
        for found in names:
            cls = _class_of(found["entity_group"], labels)
            if cls is not None:
                yield Suggestion(found["start"], found["end"], cls, float(found["score"]))

    return suggest
