"""Relations, from sentences kept as data: what each has to state, and what it must not be read to state.

`stated` and `absent` hold [type, subject, object]; a name is found where it is part of the entity's label.
"""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path

import pytest

from kgbuild.extract import Extractor
from kgbuild.model import Article

CASES = [
    json.loads(line)
    for path in sorted((Path(__file__).parents[1] / "cases" / "relations").glob("*.jsonl"))
    for line in path.read_text(encoding="utf-8").splitlines()
]


@cache
def _extractor() -> Extractor:
    return Extractor()


def _relations(text: str, language: str = "ar") -> set[tuple[str, str, str]]:
    extraction = _extractor()(Article(id="a", source="a", text=text, language=language))
    names = {e.id: " ".join(e.label.values()) for e in extraction.entities}
    for relation in extraction.relations:
        assert relation.evidence, relation
        assert all(0 <= start < end <= len(text) for start, end in relation.evidence)
    return {(r.type, names[r.subject], names[r.object]) for r in extraction.relations}


def _holds(wanted: list[str], found: set[tuple[str, str, str]]) -> bool:
    type_, subject, object_ = wanted
    return any(t == type_ and subject in s and object_ in o for t, s, o in found)


@pytest.mark.parametrize("case", CASES, ids=[f"{case['rule']}: {case['text'][:40]}" for case in CASES])
def test_what_is_stated_is_related_and_nothing_else(case: dict[str, object]) -> None:
    found = _relations(str(case["text"]), str(case.get("language", "ar")))
    for wanted in case.get("stated", []):  # type: ignore[attr-defined]
        assert _holds(wanted, found), (wanted, found)
    for unwanted in case.get("absent", []):  # type: ignore[attr-defined]
        assert not _holds(unwanted, found), (unwanted, found)


def test_two_names_in_one_sentence_are_not_related_by_that_alone() -> None:
    found = _relations("قصفت قوات سوريا الديمقراطية مواقع تنظيم داعش.")
    assert not {t for t, *_ in found} & {"affiliatedWith", "controls", "supportedBy", "memberOf"}
