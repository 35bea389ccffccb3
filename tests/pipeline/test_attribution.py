from __future__ import annotations

import pytest

from kgbuild.extract import load_pipeline
from kgbuild.model import Article
from kgbuild.pipeline.attribution import Claim


def _claims(text: str) -> list[tuple[str, list[str]]]:
    nlp = load_pipeline("ar")
    doc = nlp.make_doc(text)
    doc._.article = Article(id="a", source="a", text=text)
    for _, component in nlp.pipeline:
        doc = component(doc)
    names = {e.id: e.label["ar"] for e in doc._.entities}
    claims: tuple[Claim, ...] = doc._.claims
    return [(claim.kind, [names[s] for s in claim.sources]) for claim in claims]


@pytest.mark.parametrize(
    ("text", "kind", "source"),
    [
        ("قالت قوات سوريا الديمقراطية إن مقاتليها تقدموا.", "speech", "قوات سوريا الديمقراطية"),
        ("قتل مدنيان، بحسب المرصد السوري لحقوق الإنسان.", "speech", "المرصد السوري لحقوق الإنسان"),
        ("نفت وزارة الدفاع الروسية قصف المدينة.", "denial", "وزارة الدفاع الروسية"),
    ],
)
def test_the_source_is_named(text: str, kind: str, source: str) -> None:
    assert any(k == kind and any(source in s for s in sources) for k, sources in _claims(text))


def test_a_speaker_carries_on_into_the_next_sentence() -> None:
    claims = _claims("قال المرصد السوري لحقوق الإنسان إن القصف تواصل. وأضاف أن الطائرات حلقت.")
    assert claims[0][1] == claims[1][1] != []


def test_an_unnamed_witness_is_a_source_without_a_name() -> None:
    assert _claims("قال شهود إن الطائرات قصفت السوق.") == [("speech", [])]


def test_to_carry_is_not_to_say() -> None:
    assert _claims("استهدفت طائرة سيارة تقل مسلحين.") == []


def test_the_same_source_is_the_one_that_spoke_last() -> None:
    claims = _claims("قالت وزارة الداخلية العراقية إن حريقا اندلع. وأصيب اثنان، بحسب المصدر نفسه.")
    assert claims[0][1] == claims[1][1] != []


def test_what_stands_before_while_somebody_said_is_not_his_word() -> None:
    text = "قصف الطيران السوق، فيما قال المرصد السوري لحقوق الإنسان إن هدنة بدأت في المدينة."
    nlp = load_pipeline("ar")
    doc = nlp.make_doc(text)
    doc._.article = Article(id="a", source="a", text=text)
    for _, component in nlp.pipeline:
        doc = component(doc)
    claim = doc._.claims[0]
    assert doc[claim.start : claim.end].text.startswith("فيما قال المرصد")


@pytest.mark.parametrize("text", ["قتل اثنان بحسب", "قتل اثنان، وقال", "بحسب المصدر", "فيما قال"])
def test_a_text_may_end_at_a_word_of_speech(text: str) -> None:
    assert all(isinstance(sources, list) for _, sources in _claims(text))
