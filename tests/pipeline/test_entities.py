"""Sentences with the mentions a reader finds in them, grouped by the rule they show, in tests/cases/entities."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.who import mentions, read

CASES = Path(__file__).parent.parent / "cases" / "entities"


def cases() -> Iterator[Any]:
    """One test for each line; `mentions` are all that must be found, `either` spans in which anything may be."""
    for path in sorted(CASES.glob("*.jsonl")):
        for number, line in enumerate(path.read_text("utf-8").splitlines(), 1):
            case = json.loads(line)
            yield pytest.param(path.stem, case, id=f"{path.stem}:{number} {case['rule']}")


@pytest.mark.parametrize(("name", "case"), list(cases()))
def test_a_sentence(name: str, case: dict[str, Any]) -> None:
    doc = read(case["text"], "en" if name == "english" else "ar")
    iris = {entity.id: entity.iri for entity in doc._.entities}
    found = {doc[m.start : m.end].start_char: m for m in doc._.mentions}
    spans = {(doc[m.start : m.end].start_char, doc[m.start : m.end].end_char): m for m in doc._.mentions}
    for expected in case["mentions"]:
        mention = spans.pop((expected["start"], expected["end"]), None)
        assert mention is not None, f"{expected['text']} is not found; at its place is {found.get(expected['start'])}"
        assert mention.cls == expected["class"], expected["text"]
        if "key" in expected:
            assert expected["key"] in (mention.key, iris[mention.entity].rsplit("/", 1)[-1]), expected["text"]
    inside = [(m["start"], m["end"]) for m in case["mentions"]]
    left = [s for s in spans if not any(a <= s[0] and s[1] <= b for a, b in inside)]
    left = [s for s in left if not any(a < s[1] and s[0] < b for a, b in case.get("either", ()))]
    assert [case["text"][a:b] for a, b in left] == []


def test_there_are_many_sentences_and_each_is_there_once() -> None:
    texts = [
        json.loads(line)["text"] for path in CASES.glob("*.jsonl") for line in path.read_text("utf-8").splitlines()
    ]
    assert len(texts) >= 400
    assert len(set(texts)) == len(texts)


def test_the_text_of_a_mention_is_that_of_the_article() -> None:
    text = "قصفت قوات النظام قرية معلك، ثم انسحبت إلى الرقة."
    doc = read(text)
    assert doc.text == text
    assert [doc[m.start : m.end].text for m in doc._.mentions] == ["قوات النظام", "قرية معلك", "الرقة"]


def test_furniture_is_not_read() -> None:
    text = "قصفت الطائرات مدينة إدلب.\n\nاقرأ أيضا\n\nروسيا تدين الهجوم على حلب"
    assert "حلب" not in [written for written, _ in mentions(text)]


def test_a_bare_noun_is_generic_and_a_name_is_not() -> None:
    found = dict(mentions("دمر القصف منزلا قرب جامع النور"))
    assert found["منزلا"].generic
    assert not found["جامع النور"].generic


def test_a_known_actor_has_its_key_and_an_unknown_one_none() -> None:
    found = dict(mentions("أعلن لواء الصمود أنه سيقاتل داعش"))
    assert (found["لواء الصمود"].key, found["داعش"].key) == (None, "isis")


def test_the_head_noun_is_told() -> None:
    found = dict(mentions("نزح سكان قرية معلك من عائلة الحمادة"))
    assert (found["قرية معلك"].head, found["عائلة الحمادة"].head) == ("قريه", "عايله")


def test_every_mention_belongs_to_an_entity_that_lists_it() -> None:
    doc = read("دخل الجيش السوري مدينة درعا ثم غادر المدينة، وقتل لغم طفلا في حي الكاشف.")
    listed = {m for entity in doc._.entities for m in entity.mentions}
    assert listed == {f"m{n}" for n in range(1, len(doc._.mentions) + 1)}
    assert all(mention.entity for mention in doc._.mentions)


def test_an_empty_document_has_nothing() -> None:
    doc = read("")
    assert (doc._.mentions, doc._.entities) == ((), ())
