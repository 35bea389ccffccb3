"""Each run of the interpreter orders sets in its own way; what is read must not depend on it."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

_TEXT = (
    "قتل الطبيب سليم القاضي في اللاذقية يوم الخميس. وأصيب الطبيب هلال القاضي بجروح."
    " وقال الناشط سليم هلال القاضي إن القصف استهدف المدينة."
)


@pytest.mark.slow
def test_every_run_reads_the_same(tmp_path: Path) -> None:
    text = tmp_path / "a.txt"
    text.write_text(_TEXT, "utf-8")
    command = [sys.executable, "-m", "kgbuild", "extract", str(text), "--published", "2017-06-09"]
    seeds = ("0", "1", "2")
    runs = {subprocess.check_output(command, env={**os.environ, "PYTHONHASHSEED": seed}) for seed in seeds}
    assert len(runs) == 1
