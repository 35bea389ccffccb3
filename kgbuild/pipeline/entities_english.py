"""English: to follow."""

from __future__ import annotations

from spacy.language import Language
from spacy.tokens import Doc

from kgbuild.pipeline.entities_found import Found
from kgbuild.pipeline.entities_lexicon import arabic_forms
from kgbuild.pipeline.entities_view import View, view_of


class EnglishReader:
    def __init__(self, nlp: Language) -> None:
        pass

    def read(self, doc: Doc) -> tuple[View, list[Found]]:
        return view_of(doc, arabic_forms()), []
