from __future__ import annotations

from datetime import date

import pytest
from spacy.tokens import Doc

from kgbuild.extract import load_pipeline
from kgbuild.extractors.suggestions import Suggestion, add_suggestions, read_lines
from kgbuild.model import Article

TEXT = "قصف طيران التحالف الدولي قرية الشنقليطة، فيما توقفت زمردة تماما.\n\nاقرأ أيضاً\nهيئة زمردة"


@pytest.fixture
def doc() -> Doc:
    """The document as the models get it: with the mentions of lexicon and rules."""
    nlp = load_pipeline("ar")
    doc = nlp.make_doc(TEXT)
    doc._.article = Article(id="a", source="a", text=TEXT, published=date(2017, 6, 9))
    for name in ("segments", "numbers", "dates", "entities"):
        doc = nlp.get_pipe(name)(doc)
    return doc


def suggestion(words: str, cls: str = "Organization", confidence: float = 0.9, *, more: int = 0) -> Suggestion:
    start = TEXT.index(words)
    return Suggestion(start, start + len(words) + more, cls, confidence)


def named(doc: Doc) -> dict[str, str]:
    return {doc[m.start : m.end].text: m.cls for m in doc._.mentions}


def test_a_name_that_nobody_knew_is_added_in_its_place(doc: Doc) -> None:
    before = named(doc)
    add_suggestions(doc, [suggestion("زمردة")])
    assert named(doc) == {**before, "زمردة": "Organization"}
    assert [m.start for m in doc._.mentions] == sorted(m.start for m in doc._.mentions)
    added = next(m for m in doc._.mentions if m.cls == "Organization")
    assert (added.group, added.confidence, added.key) == ("actor", 0.9, None)


def test_what_lexicon_and_rules_found_is_never_overruled(doc: Doc) -> None:
    before = doc._.mentions
    add_suggestions(doc, [suggestion("التحالف الدولي", "Person", 1.0), suggestion("الدولي قرية", "Person", 1.0)])
    assert doc._.mentions == before


def test_of_two_suggestions_the_surer_one_stays(doc: Doc) -> None:
    add_suggestions(doc, [suggestion("زمردة تماما", "Family", 0.7), suggestion("زمردة", confidence=0.9)])
    assert "زمردة تماما" not in named(doc)
    assert named(doc)["زمردة"] == "Organization"


@pytest.mark.parametrize(
    "wrong",
    [
        suggestion("زمرد"),
        suggestion("زمردة", more=-2),
        suggestion("زمردة", "AirStrike"),
        suggestion("زمردة", "Nonsense"),
        Suggestion(-3, 2, "Person", 1.0),
        Suggestion(len(TEXT) - 2, len(TEXT) + 9, "Person", 1.0),
        Suggestion(5, 5, "Person", 1.0),
    ],
    ids=lambda wrong: f"{wrong.start}-{wrong.end} {wrong.cls}",
)
def test_what_does_not_agree_with_the_document_is_dropped(doc: Doc, wrong: Suggestion) -> None:
    before = doc._.mentions
    add_suggestions(doc, [wrong])
    assert doc._.mentions == before


def test_models_are_shown_no_furniture(doc: Doc) -> None:
    lines = list(read_lines(doc))
    assert [TEXT[offset : offset + len(line)] for offset, line in lines] == [line for _, line in lines]
    assert not any("اقرأ" in line for _, line in lines)
