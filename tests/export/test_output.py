from __future__ import annotations

import bz2
import gzip
import hashlib
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest
import zstandard

from kgbuild.errors import UsageError
from kgbuild.export.output import written


def unzstd(data: bytes) -> bytes:
    return zstandard.ZstdDecompressor().stream_reader(data).read()


@pytest.mark.parametrize(
    ("name", "read"), [("x.nq", bytes), ("x.nq.gz", gzip.decompress), ("x.bz2", bz2.decompress), ("x.zst", unzstd)]
)
def test_the_ending_says_how_it_is_compressed(tmp_path: Path, name: str, read: Callable[[bytes], bytes]) -> None:
    with written(tmp_path / name) as output:
        output.file.write(b"content " * 1000)
    data = (tmp_path / name).read_bytes()
    assert read(data) == b"content " * 1000
    assert output.sha256 == hashlib.sha256(data).hexdigest()


def test_the_checksum_is_one_that_sha256sum_reads(tmp_path: Path) -> None:
    with written(tmp_path / "x") as output:
        output.file.write(b"content")
    subprocess.run(["sha256sum", "--check", "--quiet", "x.sha256"], cwd=tmp_path, check=True)


def test_the_same_content_gives_the_same_bytes(tmp_path: Path) -> None:
    for name in ("a.gz", "b.gz"):
        with written(tmp_path / name) as output:
            output.file.write(b"content")
    assert (tmp_path / "a.gz").read_bytes() == (tmp_path / "b.gz").read_bytes()


def test_nothing_of_a_failed_file_stays(tmp_path: Path) -> None:
    (tmp_path / "x.gz").write_bytes(b"former")
    with pytest.raises(TypeError), written(tmp_path / "x.gz") as output:
        output.file.writelines([b"half", "no bytes"])  # type: ignore[list-item]
    assert [(p.name, p.read_bytes()) for p in tmp_path.iterdir()] == [("x.gz", b"former")]


def test_a_place_that_cannot_be_written_is_told(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="cannot be written"), written(tmp_path / "none" / "x"):
        pass
