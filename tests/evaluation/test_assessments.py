from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from kgbuild.errors import InputError
from kgbuild.evaluation.assessments import FIELDS, Assessment, read_assessments
from kgbuild.evaluation.clusters import b_cubed
from kgbuild.evaluation.predictions import read_predictions

RECORD: dict[str, Any] = {**dict.fromkeys(FIELDS), "code": "X1", "date": "2021-10-02"}


def _read(path: Path, *lines: str) -> list[Assessment | InputError]:
    path.write_text("\n".join(lines), "utf-8")
    return list(read_assessments(path))


def test_a_line_is_an_assessment(tmp_path: Path) -> None:
    [found] = _read(tmp_path / "a.jsonl", json.dumps({"id": 7, "incident": RECORD}), "")
    assert isinstance(found, Assessment)
    assert (found.text, found.code) == ("7", "X1")


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        ("{", "broken JSON, column 2"),
        ("[]", "is no assessment"),
        ('{"id": "a"}', "is no assessment: 'incident'"),
        ('{"id": "a", "incident": {"code": "X1"}}', "has no date, location_ar"),
        (json.dumps({"id": "a", "incident": RECORD | {"date": "2 October"}}), "write dates as 2017-06-09"),
        (json.dumps({"id": "a", "incident": RECORD | {"date": None}}), "is no assessment"),
    ],
)
def test_a_broken_line_is_refused_alone_with_what_is_wrong(tmp_path: Path, line: str, reason: str) -> None:
    found = _read(tmp_path / "a.jsonl", line, json.dumps({"id": "b", "incident": RECORD}))
    assert isinstance(found[0], InputError)
    assert reason in str(found[0])
    assert found[0].line == 1
    assert isinstance(found[1], Assessment)


def test_b_cubed_of_what_is_put_together_rightly_is_one() -> None:
    scores = b_cubed({"a": ("i", "X"), "b": ("i", "X"), "c": ("j", "Y")})
    assert scores is not None
    assert (scores.precision, scores.recall, scores.f1, scores.texts) == (1, 1, 1, 3)


def test_b_cubed_counts_what_is_put_together_wrongly_and_what_is_left_apart() -> None:
    scores = b_cubed({"a": ("i", "X"), "b": ("i", "Y"), "c": ("j", "Y"), "d": ("k", "Y")})
    assert scores is not None
    assert scores.precision == pytest.approx((0.5 + 0.5 + 1 + 1) / 4)
    assert scores.recall == pytest.approx((1 + 1 / 3 * 3) / 4)


def test_without_merged_incidents_there_is_no_b_cubed() -> None:
    assert b_cubed({}) is None


@pytest.mark.parametrize(("content", "reason"), [("{", "line 1: broken JSON"), ('{"document": {}}', "holds no extr")])
def test_a_file_that_extract_did_not_write_is_named(tmp_path: Path, content: str, reason: str) -> None:
    path = tmp_path / "out.jsonl"
    path.write_text(content, "utf-8")
    with pytest.raises(InputError, match=reason):
        read_predictions(path)
