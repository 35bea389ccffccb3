"""Names that a language model finds (`kgbuild_llm`), extra `[llm]`: any endpoint that speaks OpenAI's chat completions.

The question is a template file, the answer JSON. It is held against a schema and against the text: a name that is not
there letter by letter, or has no class of the ontology, is dropped. Answers are kept by their question, so that reading
again costs nothing and gives the same. Where no usable answer comes, the article is read without, and the account
(`kgbuild.extractors.ledger`) says so.

Reads `doc._.segments` and `doc._.mentions`, adds to `doc._.mentions`.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from functools import cached_property
from pathlib import Path
from typing import Any

from jinja2 import Environment, TemplateError
from spacy.language import Language
from spacy.tokens import Doc

from kgbuild.config import LlmConfig
from kgbuild.errors import UsageError, unreadable
from kgbuild.extractors.chat import ChatEndpoint, NoAnswerError
from kgbuild.extractors.ledger import Ledger, key_of, ledger_folder
from kgbuild.extractors.suggestions import NAMED_CLASSES, Suggestion, add_suggestions, read_lines
from kgbuild.resources import data_path
from kgbuild.vocab import GROUP_CLASSES

_CONFIDENCE = 0.6
"""A model's own word for how sure it is means little; it stands below every rule."""
_FENCE = re.compile(r"^\s*```(?:json)?\s*|\s*```\s*$")


@Language.factory("kgbuild_llm", requires=["doc._.segments", "doc._.mentions"], assigns=["doc._.mentions"])
def create(nlp: Language, name: str, settings: dict[str, Any]) -> LanguageModel:
    """The component; `settings` are the fields of `kgbuild.config.LlmConfig`. Nothing is asked before a text comes."""
    return LanguageModel(LlmConfig(**settings), nlp.lang or "ar")


class LanguageModel:
    """Asks for the names in each stretch of an article."""

    def __init__(self, config: LlmConfig, language: str) -> None:
        self._config = config
        self._language = language
        self._endpoint = ChatEndpoint(config)
        self._ledger = Ledger(ledger_folder(config))
        self._template = _template(config.prompt)

    def __call__(self, doc: Doc) -> Doc:
        add_suggestions(doc, [found for offset, text in self._stretches(doc) for found in self._names(offset, text)])
        return doc

    def _stretches(self, doc: Doc) -> Iterator[tuple[int, str]]:
        """The lines put together up to the length that is asked about at once; offsets stay those of the document."""
        begin = end = -1
        for offset, line in read_lines(doc):
            if begin >= 0 and offset + len(line) - begin > self._config.max_characters:
                yield begin, doc.text[begin:end]
                begin = -1
            begin, end = (offset if begin < 0 else begin), offset + len(line)
        if begin >= 0:
            yield begin, doc.text[begin:end]

    def _names(self, offset: int, text: str) -> Iterator[Suggestion]:
        for name in self._answer(text)["names"]:
            if name["class"] not in NAMED_CLASSES:
                continue
            for match in re.finditer(re.escape(name["text"]), text):
                yield Suggestion(offset + match.start(), offset + match.end(), name["class"], _CONFIDENCE)

    def _answer(self, text: str) -> dict[str, Any]:
        """What the schema admits; no names where there is no such answer."""
        question = self._question(text)
        key = key_of(self._config.url, self._config.model, question)
        kept = self._ledger.kept(key)
        if kept is not None:
            return kept
        tokens_in = tokens_out = 0
        try:
            answer = self._endpoint.ask(question)
            tokens_in, tokens_out = answer.tokens_in, answer.tokens_out
            found = self._checked(answer.text)
        except NoAnswerError as error:
            self._ledger.failed(str(error), tokens_in=tokens_in, tokens_out=tokens_out)
            return {"names": []}
        self._ledger.keep(key, found, tokens_in=tokens_in, tokens_out=tokens_out)
        return found

    def _question(self, text: str) -> str:
        classes = {group: names for group, names in GROUP_CLASSES.items() if group != "incident"}
        return str(self._template.render(language=self._language, classes=classes, text=text))

    def _checked(self, written: str) -> dict[str, Any]:
        try:
            answer = json.loads(_FENCE.sub("", written))
        except ValueError as error:
            raise NoAnswerError(f"the answer is no JSON: {error}") from error
        errors = sorted(error.message for error in self._validator.iter_errors(answer))
        if errors:
            raise NoAnswerError(f"the answer is not of the schema: {errors[0][:200]}")
        return {"names": answer["names"]}

    @cached_property
    def _validator(self) -> Any:
        try:
            from jsonschema import Draft202012Validator
        except ImportError as error:
            raise UsageError(f"a language model needs pip install 'kgbuild[llm]' ({error})") from error
        return Draft202012Validator(json.loads(data_path("extractors", "names.schema.json").read_text("utf-8")))


def _template(path: str) -> Any:
    file = Path(path) if path else data_path("extractors", "names.jinja")
    try:
        return Environment(autoescape=False, trim_blocks=True).from_string(file.read_text("utf-8"))
    except (OSError, UnicodeDecodeError) as error:
        raise UsageError(f"{file}: the prompt {unreadable(error)}") from error
    except TemplateError as error:
        raise UsageError(f"{file}: the prompt is no template that jinja reads: {error}") from error
