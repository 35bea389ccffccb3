from __future__ import annotations

import sys
from datetime import date, datetime
from pathlib import Path

import pyarrow as pa
import pytest
from pyarrow import parquet

from tests.reading.collecting import read, refusal, write


def save(path: Path, columns: dict[str, list[object]]) -> Path:
    parquet.write_table(pa.table(columns), path)
    return path


def test_rows_are_articles(tmp_path: Path) -> None:
    path = save(
        tmp_path / "a.parquet",
        {
            "id": [1, 2],
            "text": ["قتل مدني", "انفجار"],
            "published": [datetime(2017, 6, 9, 23), None],
            "other": [1.5, 2.5],
        },
    )
    first, second = read(path)[0]
    assert (first.id, first.text, first.published) == ("1", "قتل مدني", date(2017, 6, 9))
    assert (second.source, second.published) == (f"{path}:2", None)


def test_a_row_without_text_is_refused_alone(tmp_path: Path) -> None:
    path = save(tmp_path / "a.parquet", {"text": ["one", None, "three"]})
    articles, (error,) = read(path)
    assert [article.text for article in articles] == ["one", "three"]
    assert error.line == 2


def test_a_table_without_texts_is_refused(tmp_path: Path) -> None:
    path = save(tmp_path / "a.parquet", {"body": ["x"]})
    assert "no column `text`; the columns are body" in str(refusal(path))


@pytest.mark.parametrize("content", [b"", b"PAR1", b"PAR1 and something that is none"])
def test_a_broken_file_is_refused(tmp_path: Path, content: bytes) -> None:
    write(tmp_path, [("a.parquet", content)])
    said = str(refusal(tmp_path / "a.parquet"))
    assert "broken Parquet" in said
    assert said.endswith("; write or copy the file again")


def test_without_pyarrow_the_remedy_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = save(tmp_path / "a.parquet", {"text": ["x"]})
    monkeypatch.setitem(sys.modules, "pyarrow", None)
    assert "pip install 'kgbuild[parquet]'" in str(refusal(path))
