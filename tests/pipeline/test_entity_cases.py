"""Short texts with the entities a reader takes from them: who is meant, and which namings mean the same one."""

from __future__ import annotations

import json
from collections.abc import Iterator
from functools import cache
from itertools import combinations
from pathlib import Path
from typing import Any

import pytest

from kgbuild.evaluation.names import name_keys, same_name
from kgbuild.extract import Extractor
from kgbuild.model import Article, Extraction, Mention

CASES = Path(__file__).parent.parent / "cases" / "identities"


def cases() -> Iterator[Any]:
    """One test for each line; `entities` must be found, `same` tells which are one entity, `absent` must be in none."""
    for path in sorted(CASES.glob("*.jsonl")):
        for number, line in enumerate(path.read_text("utf-8").splitlines(), 1):
            case = json.loads(line)
            yield pytest.param(case, id=f"{path.stem}:{number} {case['rule']}")


@cache
def extractor() -> Extractor:
    return Extractor()


def extract(case: dict[str, Any]) -> Extraction:
    text, language = case["text"], case.get("language", "ar")
    return extractor()(Article(id="d", source="d.txt", text=text, language=language))


def spans(case: dict[str, Any]) -> Iterator[tuple[dict[str, Any], int]]:
    """Each listed entity with the place of its name; names are listed in the order of the text."""
    start = 0
    for expected in case["entities"]:
        start = case["text"].index(expected["name"], start)
        yield expected, start
        start += len(expected["name"])


def found_at(extraction: Extraction, expected: dict[str, Any], start: int) -> Mention:
    """The mention of that name and class about that place."""
    end, keys = start + len(expected["name"]), name_keys([expected["name"]])
    near = [m for m in extraction.mentions if m.start < end and start < m.end]
    hits = [m for m in near if m.cls == expected["class"] and same_name(keys, name_keys([m.text]))]
    assert hits, f"{expected['name']} is no {expected['class']}; at its place: {[(m.text, m.cls) for m in near]}"
    return max(hits, key=lambda m: min(m.end, end) - max(m.start, start))


@pytest.mark.parametrize("case", list(cases()))
def test_entities_of_a_text(case: dict[str, Any]) -> None:
    extraction = extract(case)
    iris = {entity.id: entity.iri for entity in extraction.entities}
    named = [(expected, found_at(extraction, expected, start)) for expected, start in spans(case)]
    for expected, mention in named:
        if "key" in expected:
            assert iris[mention.entity].rsplit("/", 1)[-1] == expected["key"], expected["name"]
    for (a, one), (b, other) in combinations([pair for pair in named if "same" in pair[0]], 2):
        assert (one.entity == other.entity) == (a["same"] == b["same"]), f"{a['name']}, {b['name']}"
    texts = [mention.text.split() for mention in extraction.mentions]
    assert [word for word in case.get("absent", ()) if any(word in text for text in texts)] == []
