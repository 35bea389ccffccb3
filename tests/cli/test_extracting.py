from __future__ import annotations

import json
from pathlib import Path

from tests.command import Command


def test_extract_prints_one_object_an_article_in_input_order(kgbuild: Command, two: Path) -> None:
    status, out, _ = kgbuild("extract", two / "b.jsonl", two / "a.jsonl")
    found = [json.loads(line) for line in out.splitlines()]
    assert status == 0
    assert [x["document"]["id"] for x in found] == ["b", "a"]
    assert list(found[0]) == ["document", "mentions", "entities", "incidents", "relations"]


def test_extract_keeps_half_a_surrogate_pair_as_its_escape(kgbuild: Command, tmp_path: Path) -> None:
    (tmp_path / "a.jsonl").write_text('{"id": "a", "text": "\\"x \\ud800\\"", "title": "t"}\n')
    result = kgbuild("extract", tmp_path / "a.jsonl")
    assert all(json.loads(line) for line in result.out.splitlines())
