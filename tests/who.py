"""Reads who and where out of a text, with the components that do so and no others."""

from __future__ import annotations

from functools import cache

import spacy
from spacy.language import Language
from spacy.tokens import Doc

from kgbuild.arabic.tokenizer import create_arabic_tokenizer
from kgbuild.english.tokenizer import create_english_tokenizer
from kgbuild.model import Article, Entity
from kgbuild.pipeline.annotations import EntityMention, register_extensions


@cache
def pipeline(language: str = "ar") -> Language:
    """Tokens, segments, entities and links."""
    register_extensions()
    nlp = spacy.blank(language)
    make = create_english_tokenizer() if language == "en" else create_arabic_tokenizer()
    nlp.tokenizer = make(nlp)
    for name in ("kgbuild_segments", "kgbuild_entities", "kgbuild_linking"):
        nlp.add_pipe(name)
    return nlp


def read(text: str, language: str = "ar", *, document: str = "d") -> Doc:
    """The annotated document of one text."""
    nlp = pipeline(language)
    doc = nlp.make_doc(text)
    doc._.article = Article(id=document, source=f"{document}.txt", text=text, language=language)
    for _, component in nlp.pipeline:
        doc = component(doc)
    return doc


def entities(text: str, language: str = "ar", *, document: str = "d") -> dict[str, Entity]:
    """The entities of a text by the texts of their mentions."""
    doc = read(text, language, document=document)
    by_id = {entity.id: entity for entity in doc._.entities}
    return {doc[m.start : m.end].text: by_id[m.entity] for m in doc._.mentions}


def mentions(text: str, language: str = "ar") -> list[tuple[str, EntityMention]]:
    """The mentions of a text with their texts, in order."""
    doc = read(text, language)
    return [(doc[m.start : m.end].text, m) for m in doc._.mentions]
