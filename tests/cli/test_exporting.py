from __future__ import annotations

import subprocess
from pathlib import Path

from tests.command import Command


def test_export_writes_a_file_with_its_checksum(kgbuild: Command, store: Path, tmp_path: Path) -> None:
    out = tmp_path / "all.nq"
    assert kgbuild("export", "--store", store, "--format", "nquads", "--out", out).status == 0
    assert (
        subprocess.run(["sha256sum", "--check", "--quiet", "all.nq.sha256"], cwd=tmp_path, check=False).returncode == 0
    )
