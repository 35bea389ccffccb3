"""How far extraction falls where a tenth of what the lists hold is taken away: the rules must carry most of it."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

import pytest
import spacy
from spacy.language import Language
from spacy.tokens import Doc

from kgbuild.arabic.tokenizer import create_arabic_tokenizer
from kgbuild.evaluation.entities import match_entities
from kgbuild.evaluation.gold import Gold, read_gold
from kgbuild.evaluation.tally import Tally
from kgbuild.model import Article, Extraction, Mention
from kgbuild.pipeline.annotations import register_extensions
from kgbuild.pipeline.entities import EntityFinder
from kgbuild.pipeline.entity_rules import sources as entities_sources
from kgbuild.pipeline.entity_rules.lexicon import arabic_forms, stems_of
from kgbuild.pipeline.linking import Linker
from kgbuild.pipeline.segments import Segmenter

GOLD = Path(__file__).parents[3] / "shared" / "gold"
pytestmark = [
    pytest.mark.shared,
    pytest.mark.slow,
    pytest.mark.skipif(not GOLD.is_dir(), reason="the reference material is not here"),
]


def without(tenth: int, read: Callable[..., Any]) -> Callable[..., Any]:
    """`read`, a loader of names, that never sees every tenth of them from number `tenth` on."""

    def reading(names: Iterable[Any], *rest: Any) -> Any:
        if isinstance(names, dict):
            kept: Any = {cls: [e for n, e in enumerate(entries) if n % 10 != tenth] for cls, entries in names.items()}
        else:
            kept = [name for number, name in enumerate(names) if number % 10 != tenth]
        return read(kept, *rest)

    return reading


def forget_forms() -> None:
    """Let the forms be filled anew, and with them the sets that fill them once."""
    for filled in (arabic_forms, stems_of, entities_sources.adjectives_of):
        filled.cache_clear()


def cut(nlp: Language, gold: Gold) -> Doc:
    """The article in tokens and segments, which no list of names touches."""
    text = gold.article.read_text("utf-8")
    doc = nlp.make_doc(text)
    doc._.article = Article(id=gold.article.stem, source=gold.article.name, text=text)
    return Segmenter()(doc)


def extraction(doc: Doc) -> Extraction:
    spans = [doc[m.start : m.end] for m in doc._.mentions]
    mentions = tuple(
        Mention(
            id=f"m{number}", start=s.start_char, end=s.end_char, text=s.text, entity=m.entity, cls=m.cls, confidence=0.9
        )
        for number, (s, m) in enumerate(zip(spans, doc._.mentions, strict=True), 1)
    )
    return Extraction(article=doc._.article, iri="d", mentions=mentions, entities=doc._.entities)


def f1(nlp: Language, read: list[tuple[Gold, Doc]]) -> float:
    """How well entities are found in the documents by lexicons that are loaded anew."""
    forget_forms()
    find, link, total = EntityFinder(nlp), Linker(), Tally()
    for gold, doc in read:
        match_entities(gold, extraction(link(find(doc))), total)
    return total.rates(total.kinds("entity:")).f1


@pytest.fixture
def golds() -> list[Gold]:
    return [read_gold(path) for path in sorted(GOLD.glob("*.json"))]


def test_the_rules_carry_what_the_lists_lose(golds: list[Gold], monkeypatch: pytest.MonkeyPatch) -> None:
    register_extensions()
    nlp = spacy.blank("ar")
    nlp.tokenizer = create_arabic_tokenizer()(nlp)
    read = [(gold, cut(nlp, gold)) for gold in golds]
    whole = f1(nlp, read)
    falls = []
    for tenth in range(10):
        with monkeypatch.context() as patch:
            for name in ("name_trie", "phrase_trie"):
                patch.setattr(entities_sources, name, without(tenth, getattr(entities_sources, name)))
            falls.append(whole - f1(nlp, read))
    forget_forms()
    mean, worst = sum(falls) / len(falls), max(falls)
    print(f"entities F1 {whole:.3f}; without a tenth of the names: mean fall {mean:.3f}, worst {worst:.3f}")
    assert mean < 0.05
    assert worst < 0.12
