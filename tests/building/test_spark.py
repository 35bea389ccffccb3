"""Reading on Apache Spark, here in processes that it starts on this machine, gives the same graph."""

from __future__ import annotations

import shutil
import sys
from dataclasses import replace
from pathlib import Path

import pytest

from kgbuild.building import spark
from kgbuild.errors import UsageError
from tests.building.builds import build_into, published
from tests.telling import article, tells


@pytest.mark.slow
@pytest.mark.skipif(shutil.which("java") is None, reason="Spark needs Java")
def test_the_graph_is_the_same_and_refusals_are_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    pytest.importorskip("pyspark")
    monkeypatch.setenv("PYSPARK_PYTHON", sys.executable)
    monkeypatch.setenv("SPARK_LOCAL_IP", "127.0.0.1")
    monkeypatch.setattr(spark, "_AT_ONCE", 4)  # so that there are several jobs
    told = [article(f"a{n}", tells(killed=(n, n)), published="2017-06-09" if n % 2 else None) for n in range(6)]
    broken = replace(told[0], id="broken", source="broken.txt", text="no JSON")
    refused = build_into(tmp_path / "spark", [*told, broken], engine="spark")
    assert [error.source for error in refused] == ["broken.txt"]
    build_into(tmp_path / "plain", told)
    assert published(tmp_path / "spark") == published(tmp_path / "plain")


def test_without_spark_the_remedy_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "pyspark.sql", None)
    with pytest.raises(UsageError, match=r"pip install 'kgbuild\[spark\]'"):
        build_into(tmp_path, [article("a", tells())], engine="spark")
