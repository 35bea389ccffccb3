"""A file that appears whole or not at all, compressed as its name says, with its checksum beside it."""

from __future__ import annotations

import bz2
import gzip
import hashlib
import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Any, cast

from kgbuild.errors import UsageError


@dataclass(slots=True)
class Output:
    """`file` takes the content; `sha256` of the finished file is known once it is closed."""

    file: IO[bytes]
    sha256: str = ""


class _Hashing:
    """Passes bytes on and hashes them."""

    def __init__(self, file: IO[bytes]) -> None:
        self._file, self.digest = file, hashlib.sha256()

    def write(self, data: bytes) -> int:
        self.digest.update(data)
        return self._file.write(data)

    def flush(self) -> None:
        self._file.flush()


@contextmanager
def written(path: Path) -> Iterator[Output]:
    """Write a file under a temporary name and rename it at the end; if anything fails, nothing of it stays."""
    temporary = path.with_name(f".{path.name}.{os.getpid()}.tmp")
    try:
        raw = temporary.open("wb")
    except OSError as error:
        raise UsageError(f"{path}: cannot be written: {error.strerror}") from error
    try:
        with raw:
            hashing = _Hashing(raw)
            file = _compressor(path, cast(IO[bytes], hashing))
            output = Output(file)
            yield output
            if file is not cast(Any, hashing):
                file.close()
            raw.flush()
            os.fsync(raw.fileno())
        output.sha256 = hashing.digest.hexdigest()
        temporary.replace(path)
        _write_checksum(path, output.sha256)
    finally:
        temporary.unlink(missing_ok=True)


def _write_checksum(path: Path, digest: str) -> None:
    """In the form that `sha256sum --check` reads."""
    checksum = path.with_name(path.name + ".sha256")
    temporary = checksum.with_name(f".{checksum.name}.{os.getpid()}.tmp")
    temporary.write_text(f"{digest}  {path.name}\n", encoding="utf-8")
    temporary.replace(checksum)


def _compressor(path: Path, raw: IO[bytes]) -> IO[bytes]:
    if path.suffix == ".gz":
        return cast(IO[bytes], gzip.GzipFile("", "wb", fileobj=raw, mtime=0))
    if path.suffix == ".bz2":
        return cast(IO[bytes], bz2.BZ2File(raw, "wb"))
    if path.suffix == ".zst":
        return _zstd(raw)
    return raw


def _zstd(raw: IO[bytes]) -> IO[bytes]:
    try:
        import zstandard
    except ImportError as error:
        raise UsageError("writing .zst needs the extra: pip install 'kgbuild[zstd]'") from error
    return cast(IO[bytes], zstandard.ZstdCompressor().stream_writer(raw, closefd=False))
