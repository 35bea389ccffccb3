"""An article → everything that was read out of it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, replace
from functools import cache
from typing import Any

from spacy.language import Language
from spacy.tokens import Doc
from spacy.util import load_config, load_model_from_config

from kgbuild import ids
from kgbuild.assembly.confidence import Rater
from kgbuild.assembly.cues import cues_for
from kgbuild.assembly.reports import Assembler
from kgbuild.config import DEFAULT_BASE, ReadingConfig
from kgbuild.errors import UsageError
from kgbuild.loading import loading
from kgbuild.model import Article, Extraction, Mention
from kgbuild.pipeline.annotations import register_extensions
from kgbuild.pipeline.words import words_of
from kgbuild.resources import package_path

_TOKENIZERS = {"ar": "kgbuild.arabic_tokenizer.v1", "en": "kgbuild.english_tokenizer.v1"}

PARTS: Mapping[str, str] = {
    "head-nouns": "names that no list holds, by the noun before them",
    "dates": "expressions of time; without them, the days up to publication",
    "attribution": "who says so, and what is denied or doubted",
    "headlines": "a headline is one incident with what its article tells",
    "effects": "the dead and the damage told later belong to the incident that led to them",
    "relations": "what the text states of two names",
}
"""What `ReadingConfig.without` may leave out, to measure what it adds."""

_LEFT_OUT_WITHIN = frozenset({"head-nouns"})
"""What a component leaves out; for the rest, the pipeline is the same."""


def load_pipeline(language: str, base: str = DEFAULT_BASE, reading: ReadingConfig = ReadingConfig()) -> Language:  # noqa: B008 - frozen
    """The spaCy pipeline for `ar` or `en`, made once for a process. Models stand between `entities` and `linking`."""
    return _pipeline(language, base, replace(reading, without=reading.without & _LEFT_OUT_WITHIN))


@cache
def _pipeline(language: str, base: str, reading: ReadingConfig) -> Language:
    register_extensions()
    config = load_config(package_path("pipeline", "pipeline.cfg"))
    config["nlp"]["lang"] = language
    config["nlp"]["tokenizer"]["@tokenizers"] = _TOKENIZERS[language]
    config["components"]["linking"]["base"] = base
    config["components"]["entities"]["head_nouns"] = "head-nouns" not in reading.without
    place = config["nlp"]["pipeline"].index("linking")
    for name, component in _models(reading).items():
        config["components"][name] = component
        config["nlp"]["pipeline"].insert(place, name)
        place += 1
    with loading():
        nlp = load_model_from_config(config, auto_fill=True)
        # shape, case and the like of each new word, which no rule asks for; spaCy's types leave the table out
        nlp.vocab.lex_attr_getters = {}  # type: ignore[attr-defined]
        cues_for(nlp)
    return nlp


def _models(reading: ReadingConfig) -> dict[str, dict[str, Any]]:
    found: dict[str, dict[str, Any]] = {}
    if reading.classifier is not None:
        found["transformers"] = {"factory": "kgbuild_transformers", **asdict(reading.classifier)}
        found["transformers"]["labels"] = dict(reading.classifier.labels)
    if reading.llm is not None:
        found["llm"] = {"factory": "kgbuild_llm", "settings": asdict(reading.llm)}
    return found


class Extractor:
    """Reads articles: `Extractor()(article)` gives an `Extraction`. Pipelines are loaded at the first article.

    Raises UsageError where `reading` asks for what there is not.
    """

    def __init__(self, base: str = DEFAULT_BASE, reading: ReadingConfig | None = None, *, rate: bool = True) -> None:
        """Without `rate`, a report's confidence is the plain strength of the rules that made it."""
        self.base = base
        self._rate = rate
        self.reading = reading or ReadingConfig()
        unknown = sorted(self.reading.without - PARTS.keys())
        if unknown:
            raise UsageError(f"{', '.join(unknown)} cannot be left out; what can: {', '.join(PARTS)}")

    def __call__(self, article: Article) -> Extraction:
        """Mentions, entities, reports and relations of one article."""
        nlp = load_pipeline(article.language if article.language in _TOKENIZERS else "ar", self.base, self.reading)
        doc = nlp.make_doc(article.text)
        doc._.article = article
        for name, component in nlp.pipeline:
            if name not in self.reading.without:
                doc = component(doc)
        mentions = _mentions(doc, article)
        reports = Assembler(doc, cues_for(nlp), self.base, self.reading.without).reports()
        rater = Rater(article, mentions)
        return Extraction(
            article=article,
            iri=ids.document_iri(self.base, article.id),
            mentions=mentions,
            entities=doc._.entities,
            reports=tuple(map(rater.rated, reports)) if self._rate else reports,
            relations=doc._.relations,
        )


def _mentions(doc: Doc, article: Article) -> tuple[Mention, ...]:
    words = words_of(doc)
    return tuple(
        Mention(
            id=f"m{n}",
            start=words.starts[m.start],
            end=words.ends[m.end - 1],
            text=article.text[words.starts[m.start] : words.ends[m.end - 1]],
            entity=m.entity,
            cls=m.cls,
            confidence=m.confidence,
        )
        for n, m in enumerate(doc._.mentions, 1)
    )
